"""The first page at a glance: kept when it is shown, so that at the next start it stands there at once.

It is shown only if nothing was done since, as it is on the day it is looked at; then it says exactly what counting anew would.
When the window is closed it is kept for the days to come as well: the first start of a day is one of those.
"""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from db.connecting import Place
from db.snapshots import read_snapshot
from huajie_desktop.folders import DATABASE
from huajie_desktop.records.lines import HomeFigures, TaskLine, TodoLine, TodoPart, Total

if TYPE_CHECKING:
    from huajie_desktop.seat import Seat

_NAME = "home/6"  # another one whenever what is kept changes: what an older program kept says nothing of the rest


class Glance(NamedTuple):
    """What the window shows before the data is open: its title, the counts beside the pages, who works here, the figures.

    `name` is whose page it is: another person may look at another year.
    """

    name: str
    day: date
    title: str
    counts: dict[str, int]
    names: list[str]
    figures: HomeFigures
    always: bool = False  # whether it is shown whatever the day: made-up data stands on one


def look(folder: Path, today: date, *, place: Place | None = None) -> Glance | None:
    """The glance kept in `folder`, or at `place`; None if there is none or it is not of today or of the present data."""
    kept = read_snapshot(place or folder / DATABASE, _NAME)
    if kept is None:
        return None
    try:
        found = (_unpack(glance) for glance in json.loads(kept) if glance[1] == today.isoformat() or glance[6])
        return next(found, None)
    except (ValueError, TypeError, ArithmeticError, LookupError):  # what is damaged is told when the data is opened
        return None


def keep(seat: "Seat", *glances: Glance) -> None:
    """Keeps what the first page shows now, and on days to come. Not an operation: it says nothing that the records do not say."""
    seat.keep_snapshot(_NAME, json.dumps(glances, ensure_ascii=False, default=str))


def _unpack(kept: list[Any]) -> Glance:
    name, day, title, counts, names, figures, always = kept
    found = HomeFigures(*figures)
    return Glance(
        name,
        date.fromisoformat(day),
        title,
        counts,
        names,
        found._replace(
            dimensions=[_total(line) for line in found.dimensions],
            categories=[_total(line) for line in found.categories],
            due_next=[_line(line) for line in found.due_next],
            todo=tuple(TodoLine(title, [TodoPart(*part) for part in parts], whose) for title, parts, whose in found.todo),
        ),
        always,
    )


def _total(kept: Any) -> Total:
    name, group, tasks, approved, investment = kept
    return Total(name, group, tasks, approved, Decimal(investment))


def _line(kept: Any) -> TaskLine:
    line = TaskLine(*kept)
    return line._replace(
        due=date.fromisoformat(str(line.due)) if line.due else None,
        investment=None if line.investment is None else Decimal(line.investment),
    )
