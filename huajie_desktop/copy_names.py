"""What the folders of copies are called on the disk, and what people call them."""

import re
from datetime import date, datetime
from typing import NamedTuple

from huajie_desktop.occasions import WORDS, Occasion

_FOLDER = re.compile(r"(\d{4}-\d{2}-\d{2}-\d{6})-([a-z]+)(-\d+)?")
_SINGLE = re.compile(r"(\d{4}-\d{2}-\d{2}-\d{6})-before-\d+\.db")  # what the program before this one kept of its data
_DAYS = "一二三四五六日"


class CopyName(NamedTuple):
    """What a name says: when the copy was made and why; `single` is a database alone, by an older program."""

    made: datetime
    occasion: str
    single: bool = False


def read_name(name: str) -> CopyName | None:
    """What the name of a file or folder says of a copy, None where it is none."""
    found = _SINGLE.fullmatch(name) or _FOLDER.fullmatch(name)
    if found is None:
        return None
    try:
        made = datetime.strptime(found[1], "%Y-%m-%d-%H%M%S")
    except ValueError:  # somebody's own folder
        return None
    single = found.re is _SINGLE
    return CopyName(made, Occasion.MIGRATION if single else found[2], single)


def name_of(made: datetime, occasion: str, number: int) -> str:
    """The name of a new copy's folder, `number` from 1 for those of one second."""
    return f"{made:%Y-%m-%d-%H%M%S}-{occasion}" + (f"-{number}" if number > 1 else "")


def occasion_said(occasion: str) -> str:
    """Why a copy was made, in words."""
    return WORDS.get(occasion, "留存")


def moment_said(made: datetime, today: date) -> str:
    """When a copy was made, as it is said: 今天 10:15."""
    near = {0: "今天", 1: "昨天", 2: "前天"}.get((today - made.date()).days)
    return f"{near or f'{made:%Y-%m-%d} 星期{_DAYS[made.weekday()]}'} {made:%H:%M}"


def with_moment(word: str, moment: str) -> str:
    """A word before such a moment, with a blank between a character and a digit alone."""
    return f"{word} {moment}" if moment[0].isdigit() else f"{word}{moment}"
