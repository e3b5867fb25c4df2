"""What falls due day by day (到期月历): unfinished tasks, milestones, terms of notices and findings, extensions to be decided.

Ongoing tasks have no last day (`work/deadlines.py`), but their milestones have."""

from calendar import Calendar, monthrange
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, select

from db.extensions import Extension
from db.models import Milestone, Task, Unit
from db.supervision import Finding, Notice
from huajie_desktop.lights.workdays import official
from huajie_desktop.seat import SeatSession, visible
from huajie_desktop.supervision.matters import still_open, unanswered


class DueOn(NamedTuple):
    """One thing that falls due on a day: what sort it is, of which ledger (key), its record, unit and title."""

    day: date
    sort: str
    ledger: str
    record_id: int
    unit: str
    title: str

    @property
    def words(self) -> str:
        """All of it in a line: 任务 倪宅村 路灯."""
        return f"{self.sort} {self.unit} {self.title}"


class _Sort(NamedTuple):
    word: str
    model: Any
    day: Any
    holds: ColumnElement[bool]
    title: Any


def _sorts() -> tuple[_Sort, ...]:
    return (
        _Sort("任务", Task, Task.due, and_(still_open(), ~Task.ongoing), Task.title),
        _Sort("督查单", Notice, Notice.term, unanswered(), Notice.title),
        _Sort("整改", Finding, Finding.term, Finding.state == "handed", Finding.title),
        _Sort("延期待批", Extension, Extension.before, Extension.state == "asked", Extension.title),
    )


def due_between(session: SeatSession, first: date, last: date) -> dict[date, list[DueOn]]:
    """What is still open and due from `first` to `last`, both counted, by day; of a day by sort, then by unit."""
    found: dict[date, list[DueOn]] = {}
    for word, statement, model in _statements(session, first, last):
        ledger = session.seat.catalogue.of(model)
        assert ledger is not None
        for day, record_id, unit, title in session.execute(statement):
            found.setdefault(day, []).append(DueOn(day, word, ledger.key, record_id, unit, title))
    return dict(sorted(found.items()))


def _statements(session: SeatSession, first: date, last: date) -> Iterator[tuple[str, Select[Any], Any]]:
    for word, model, day, holds, title in _sorts():
        wanted = select(day, model.id, Unit.name, title).join(Unit, Unit.id == model.unit_id)
        wanted = wanted.where(*visible(session.seat, model), holds, day.between(first, last))
        yield word, wanted.order_by(day, Unit.position, model.id), model
        if model is Task:
            marks: Any = select(Milestone.due, Task.id, Unit.name, Task.title + "：" + Milestone.text)
            marks = marks.join(Task, Task.id == Milestone.task_id).join(Unit, Unit.id == Task.unit_id)
            still = (*visible(session.seat, Task), still_open(), Milestone.reached_on.is_(None))
            marks = marks.where(*still, Milestone.due.between(first, last))
            yield "节点", marks.order_by(Milestone.due, Unit.position, Milestone.id), Task


def weeks_of(year: int, month: int) -> list[list[date]]:
    """The weeks of a month, Monday first, with the days before and after it that fill them."""
    return Calendar().monthdatescalendar(year, month)


def last_of(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def word_of(day: date) -> str:
    """休 for a day off, 班 for a Saturday or Sunday that is worked, by the official calendar; "" for a usual working day."""
    if not official().is_working_day(day):
        return "休"
    return "班" if day.weekday() >= 5 else ""
