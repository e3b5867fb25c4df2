"""The checklist as it is looked at: what part of it, in which order, with which counts; nothing in here writes."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select

from db.base import table_of
from db.choices import STATES
from db.fields import in_wan
from db.images import CHUNK
from db.models import Category, Dimension, JournalEntry, Operation, Task, Unit
from huajie_desktop.journal.authors import signed_by
from huajie_desktop.lights.standing import has_light
from huajie_desktop.records.lines import TaskLine
from huajie_desktop.records.listing import Wanted, conditions, part_words, record_ids
from huajie_desktop.records.personal_marks import marked
from huajie_desktop.seat import SeatSession
from huajie_desktop.values.shown import due_words
from huajie_desktop.work.deadlines import falling_due, falling_due_within, overdue
from huajie_desktop.work.occurrences import tasks_due
from huajie_desktop.work.queries import has_open
from huajie_desktop.work.task_ledger import TASKS

DUE_FILTERS = {
    "overdue": "已过时限",
    "this_week": "本周到期",
    "week": "7 天内到期",
    "month": "30 天内到期",
    "occurrence_late": "周期事项逾期",
    "occurrence_week": "周期事项 7 天内到期",
    "ongoing": "持续推进",
    "none": "没有时限",
}
POINTED = ("unit", "category", "responsible", "lead", "list_kind", "force")  # keys of TASKS a filter names a record for


@dataclass(frozen=True)
class TaskFilter:
    """What part of the checklist is looked at; None or empty means no restriction."""

    text: str = ""
    unit_id: int | None = None
    category_id: int | None = None
    dimension_id: int | None = None
    state: str | None = None
    due: str | None = None  # key of DUE_FILTERS
    responsible_id: int | None = None
    lead_id: int | None = None
    list_kind_id: int | None = None
    force_id: int | None = None
    key_project: bool | None = None
    nobody: bool | None = None  # True: only tasks nobody answers for
    author: str | None = None  # only what that person entered, imported or changed
    queried: bool | None = None  # True: only tasks with open queries
    mark: str | None = None  # key of MARKS, or ANY: only what the person herself marked so
    light: str | None = None  # key of LOOKS: only tasks with that light


def wanted_of(session: SeatSession, wanted: TaskFilter, today: date, day: date | None = None) -> Wanted:
    """The filter as the generic list takes it; lights are those of `day`, by default of today."""
    values: Mapping[str, object] = {
        **{key: getattr(wanted, f"{key}_id") for key in POINTED},
        "state": wanted.state,
        "key_project": wanted.key_project,
    }
    parts: list[ColumnElement[bool]] = []
    if wanted.dimension_id is not None:
        parts.append(Task.category_id.in_(select(Category.id).where(Category.dimension_id == wanted.dimension_id)))
    if wanted.due is not None:
        parts.append(_due_condition(wanted.due, today))
    if wanted.nobody:
        parts.append(~Task.responsible.any())
    if wanted.author is not None:
        parts.append(_touched_by(signed_by(session, wanted.author)))
    if wanted.mark is not None:
        parts.append(marked(session, TASKS, wanted.mark))
    if wanted.queried:
        parts.append(has_open(TASKS))
    if wanted.light is not None:
        parts.append(has_light(session, day or today, wanted.light))
    return Wanted(wanted.text, values, tuple(parts), day=day or today)


def task_ids(
    session: SeatSession, wanted: TaskFilter, sort: str = "", descending: bool = False, *, today: date, group: str = ""
) -> "array[int]":
    """The ids of the tasks wanted, in order; `sort` and `group` are field keys, "" is by unit, as entered."""
    return record_ids(session, TASKS, wanted_of(session, wanted, today), sort, descending, group=group)


def state_counts(session: SeatSession, wanted: TaskFilter, *, today: date) -> dict[str, int]:
    """How many of the tasks wanted are in each state, whatever state the filter says; "all" is the sum."""
    asked = conditions(session, TASKS, wanted_of(session, replace(wanted, state=None), today))
    statement = select(Task.state, func.count()).where(*asked).group_by(Task.state)
    found: dict[str, int] = {state: count for state, count in session.execute(statement)}
    return {"all": sum(found.values()), **{state: found.get(state, 0) for state in STATES}}


def task_lines(session: SeatSession, ids: Sequence[int]) -> list[TaskLine]:
    """The lines of those few tasks for pages that are kept for the next start; lists use `record_lines`."""
    lines: dict[int, TaskLine] = {}
    for start in range(0, len(ids), CHUNK):
        lines.update(_chunk(session, list(ids[start : start + CHUNK])))
    return [lines[task_id] for task_id in ids if task_id in lines]


def _chunk(session: SeatSession, ids: list[int]) -> dict[int, TaskLine]:
    people, year = part_words(session, TASKS, "responsible", ids), session.seat.year
    columns = (
        select(
            Task.id, Task.number, Task.title, Category.name, Dimension.name, Unit.name,
            Task.due, Task.due_precision, Task.ongoing, Task.investment, Task.state,
        )
        .join(Unit, Unit.id == Task.unit_id)
        .outerjoin(Category, Category.id == Task.category_id)
        .outerjoin(Dimension, Dimension.id == Category.dimension_id)
        .where(Task.id.in_(ids))
    )  # fmt: skip
    return {
        row[0]: TaskLine(
            row[0], row[1] or "", row[2], row[3] or "", row[4] or "", row[5], people.get(row[0], ""),
            row[6], due_words(row[6], row[7], row[8], year), None if row[9] is None else in_wan(row[9]),
            row[10], STATES[row[10]],
        )
        for row in session.execute(columns)
    }  # fmt: skip


def _due_condition(due: str, today: date) -> ColumnElement[bool]:
    match due:
        case "overdue":
            return overdue(today)
        case "this_week":
            monday = today - timedelta(days=today.weekday())
            return falling_due(monday, monday + timedelta(days=6))
        case "week" | "month":
            return falling_due_within(today, 7 if due == "week" else 30)
        case "occurrence_late":
            return tasks_due(date.min, today - timedelta(days=1))
        case "occurrence_week":
            return tasks_due(today, today + timedelta(days=7))
        case "ongoing":
            return Task.ongoing.is_(True)
        case _:
            return Task.due.is_(None)


def _touched_by(signed: ColumnElement[bool]) -> ColumnElement[bool]:
    """Tasks that were changed in operations so signed."""
    entries = select(JournalEntry.id).join(Operation, Operation.id == JournalEntry.operation_id)
    own = (JournalEntry.kind == table_of(Task).name, JournalEntry.record_id == Task.id, signed)
    return entries.where(*own).exists()
