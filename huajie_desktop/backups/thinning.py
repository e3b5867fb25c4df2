"""Which copies stay: the last ones, one of every day for a month, one of every month for two years; the rest goes."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from huajie_desktop.backups.file_store import sweep_store
from huajie_desktop.backups.manifest import read_files
from huajie_desktop.backups.shelf import ASIDE, STORE, Copy, copies_in, take_away

LAST, DAYS, MONTHS = 10, 30, 24
WORDS = f"保留最近 {LAST} 份、{DAYS} 天里每天一份、{MONTHS} 个月里每月一份"


def staying(made: Sequence[datetime]) -> set[int]:
    """The places in that list, the newest first, of what stays: the newest of each day and of each month."""
    stay = set(range(min(LAST, len(made))))
    for name, most in ((_day, DAYS), (_month, MONTHS)):
        first: dict[str, int] = {}
        for number, moment in enumerate(made):
            first.setdefault(name(moment), number)
        stay.update(list(first.values())[:most])
    return stay


def thin_out(place: Path, office: str) -> list[Copy]:
    """Takes the superfluous whole copies of one office away, and the contents no copy of any office needs; returns those gone.

    Raises OSError. What cannot be read, and what an older program kept, is left alone; and with it all contents.
    """
    mine = [copy for copy in copies_in(place) if copy.manifest is not None and copy.manifest.office == office and not copy.fault]
    stay = staying([copy.made for copy in mine])
    gone = [copy for number, copy in enumerate(mine) if number not in stay]
    for copy in reversed(gone):
        take_away(copy)
    needed = _needed(place) if gone else None
    if needed is not None:
        sweep_store(place / STORE, needed)
    return gone


def _needed(place: Path) -> set[str] | None:
    """The digests of the contents the copies of a place need; None while that cannot be known of one of them."""
    needed: set[str] = set()
    for copy in copies_in(place):
        if not copy.single and copy.occasion != ASIDE:
            files = read_files(copy.folder)
            if files is None:
                return None
            needed.update(file.digest for file in files)
    return needed


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"


def _month(moment: datetime) -> str:
    return f"{moment:%Y-%m}"
