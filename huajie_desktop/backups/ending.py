"""Whether the program that had the data last came to its end: a mark lies in the folder as long as it is open."""

from contextlib import suppress
from pathlib import Path

_MARK = "open.mark"


def mark_open(folder: Path) -> bool:
    """Marks the folder as open; returns whether whoever had it last never closed it."""
    left = (folder / _MARK).exists()
    with suppress(OSError):  # then nothing tells of an unclean end
        (folder / _MARK).touch(0o600)
    return left


def mark_closed(folder: Path) -> None:
    """Takes the mark away: the data was closed as it should be."""
    with suppress(OSError):
        (folder / _MARK).unlink(missing_ok=True)
