"""Where papers belong and in what form, and what the register keeps of it."""

from pathlib import Path
from typing import NamedTuple

from db.models import Paper
from huajie_desktop.papers.printing import Target
from huajie_desktop.typesetting.files import WORD


class Destination(NamedTuple):
    """Where papers belong: one file or stream, or with `separate` a folder of files that end in `ending`.

    Beside one file lie those of its name that end in one of `also`.
    """

    target: Target
    separate: bool
    ending: str
    also: tuple[str, ...] = ()

    @property
    def path(self) -> Path | None:
        """The file or folder; None for a stream."""
        return self.target if isinstance(self.target, Path) else None

    @property
    def given(self) -> str:
        """As what papers are given out so, a key of GIVEN_AS; "" where they reach no file."""
        if self.path is None:
            return ""
        if WORD in self.also:
            return "both"
        return "word" if (self.ending if self.separate else self.path.suffix.lower()) == WORD else "pdf"


def note_given(paper: Paper, given: str) -> None:
    """Notes as what a paper is given out, beside what it was before; "" changes nothing."""
    if given and paper.given_as not in (given, "both"):
        paper.given_as = "both" if paper.given_as else given
