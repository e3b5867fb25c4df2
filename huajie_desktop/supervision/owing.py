"""What each unit owes on a day (催办): what is late, not answered or not reported, what falls due; and the same as a message."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from db.models import Task, Unit
from db.personal import hide_numbers
from db.supervision import Finding, Notice
from huajie_desktop.lights.kept_facts import facts_of
from huajie_desktop.lights.late import missing_months
from huajie_desktop.seat import SeatSession, visible
from huajie_desktop.supervision.todo import asked_of, condition_on
from huajie_desktop.township.unit_names import names_on, paper_day
from huajie_desktop.values.spoken_days import in_short

LONGEST = 300  # characters of a message: two SMS of long ones, read at a glance
_NAMED = 2  # of a sort, in a message
_TITLE = 16  # characters of a title in a message
_SAID = 30  # characters of what is said at its end
_LINK = re.compile(r"(?:https?://|www\.)\S*", re.IGNORECASE | re.ASCII)


class Sort(NamedTuple):
    """One sort of what is owed: the number of the work queue it is counted by, what it is called, which day it is about."""

    key: str
    word: str
    model: Any
    day: str  # its column; none: the months that are missing
    late: bool = True  # whether it is late already


SORTS = (
    Sort("overdue", "逾期未完成", Task, "due"),
    Sort("notices_late", "督查单超期未反馈", Notice, "term"),
    Sort("findings_late", "问题超期未整改", Finding, "term"),
    Sort("receive_late", "逾期未签收", Task, "receive_by"),
    Sort("reports_owed", "月度进展未报", Task, ""),
    Sort("notices_open", "督查单待反馈", Notice, "term", late=False),
    Sort("findings_open", "问题待整改", Finding, "term", late=False),
    Sort("due_7", "7天内到期", Task, "due", late=False),
)


class Owed(NamedTuple):
    """One thing a unit owes: which sort, what it is called, until when (None: no day), and the months that are missing."""

    sort: Sort
    title: str
    day: date | None
    months: str = ""


def owed_by(session: SeatSession, today: date, ids: Collection[int] | None = None) -> dict[int, list[Owed]]:
    """What those units (None: all) owe by id, as the tree has them, the worst first; who owes nothing is left out."""
    found: dict[int, list[Owed]] = {}
    told: set[tuple[Any, int]] = set()  # what is late is not said again as what is open
    for sort in SORTS:
        for record_id, unit_id, owed in _of_sort(session, sort, today):
            if (sort.model, record_id) in told and sort.day:
                continue
            found.setdefault(unit_id, []).append(owed)
            if sort.day:
                told.add((sort.model, record_id))
    units = session.scalars(select(Unit.id).order_by(Unit.position, Unit.id))
    return {unit_id: found[unit_id] for unit_id in units if unit_id in found and (ids is None or unit_id in ids)}


def _of_sort(session: SeatSession, sort: Sort, today: date) -> Iterator[tuple[int, int, Owed]]:
    model = sort.model
    day = getattr(model, sort.day) if sort.day else Task.due
    wanted = select(model.id, model.unit_id, model.title, day).where(*visible(session.seat, model))
    rows = session.execute(wanted.where(condition_on(session, sort.key, today)).order_by(day, model.id)).all()
    months = {} if sort.day else _months(session, [row[0] for row in rows], today)
    for record_id, unit_id, title, until in rows:
        yield record_id, unit_id, Owed(sort, title, until if sort.day else None, months.get(record_id, ""))


def _months(session: SeatSession, ids: Sequence[int], today: date) -> dict[int, str]:
    rules = asked_of(session, today).rules
    return {
        task_id: in_runs([one.month for one in missing_months(facts, today, rules)])
        for task_id, facts in facts_of(session, ids).items()
    }


def in_runs(months: Sequence[int]) -> str:
    """Months in order, three and more in a row as one span: 1至3月、6月."""
    runs: list[list[int]] = []
    for month in months:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return "、".join(f"{run[0]}至{run[-1]}月" if len(run) > 2 else "、".join(f"{one}月" for one in run) for run in runs)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one unit is reminded of on a day, by the office that reminds it."""

    office: str
    unit_id: int
    unit: str
    today: date
    owed: tuple[Owed, ...]

    @property
    def late(self) -> bool:
        """Whether something of it is late already."""
        return self.owed[0].sort.late

    @property
    def summary(self) -> str:
        """How many of each sort, in a line."""
        return "、".join(f"{word}{len(found)}项" for word, found in _by_sort(self.owed).items())

    def message(self, until: str = "", contact: str = "") -> str:
        """A text to be sent, of at most LONGEST characters: no links, and numbers that mean one person hidden.

        `until` and `contact` are said as they are given, the contact's telephone too; "" leaves them out.
        """
        begin = f"【{self.office}催办】{self.unit}：截至{in_short(self.today, self.today.year)}，你单位有{len(self.owed)}项要办。"
        when = f"于{until[:_SAID]}前" if until else "抓紧"
        end = f"。请{when}办理并反馈。" + (f"联系人：{contact[:_SAID]}。" if contact else "")
        sorts = _by_sort(self.owed)
        for named in range(_NAMED, -1, -1):  # fewer names where all of it would be too long
            said = begin + "；".join(_sort_said(word, of_it, self.today, named) for word, of_it in sorts.items()) + end
            if len(said) <= LONGEST:
                break
        return said


def reminders(session: SeatSession, today: date, ids: Collection[int] | None = None) -> list[Reminder]:
    """A reminder to each of those units (None: all) that owes something."""
    names, office = names_on(session, paper_day(session.seat.year, today)), session.township.name
    found = owed_by(session, today, ids)
    return [Reminder(office, unit_id, names[unit_id], today, tuple(owed)) for unit_id, owed in found.items()]


def _by_sort(owed: Iterable[Owed]) -> Mapping[str, list[Owed]]:
    found: dict[str, list[Owed]] = {}
    for one in owed:
        found.setdefault(one.sort.word, []).append(one)
    return found


def _sort_said(word: str, owed: Sequence[Owed], today: date, named: int) -> str:
    said = [f"{_plain(one.title)}{_when(one, today)}" for one in owed[:named]]
    more = "等" if said and len(owed) > named else ""
    return f"{word}{len(owed)}项" + (f"：{'、'.join(said)}{more}" if said else "")


def _when(owed: Owed, today: date) -> str:
    said = in_short(owed.day, today.year) if owed.day else owed.months
    return f"（{said}）" if said else ""


def _plain(title: str) -> str:
    """A title as it may be sent on: in one line, short, without links and without numbers that mean one person."""
    text = " ".join(_LINK.sub("", hide_numbers(title)).split())
    return text if len(text) <= _TITLE else f"{text[: _TITLE - 1]}…"
