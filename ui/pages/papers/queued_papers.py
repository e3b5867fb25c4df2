"""The papers a number of the work queue counts: a filter of the register, in sight while it is asked for."""

from collections.abc import Collection

from db.models import Paper
from huajie_desktop.papers.register import RegisterLine
from huajie_desktop.supervision import todo
from ui.desk.desk import Desk
from ui.widgets.choice import Choice
from ui.widgets.filters import Chip


class QueuedPapers(Chip):
    """The chip that says which of them are shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("只看")
        self._desk = desk
        self._ids: Collection[int] = ()
        self.set_choices([Choice(key, word) for key, word in todo.words(Paper).items()])
        self.hide()

    def read(self) -> None:
        """Reads anew which papers are counted; nothing while none are asked for."""
        self.setVisible(self.value is not None)
        if isinstance(self.value, str):
            with self._desk.reading() as session:
                self._ids = todo.papers(session, self.value)

    def kept(self, lines: list[RegisterLine]) -> list[RegisterLine]:
        """Those of the lines that are asked for."""
        return lines if self.value is None else [line for line in lines if line.id in self._ids]
