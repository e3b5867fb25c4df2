"""The checklist as it is looked at: filters, order, lines and counts; nothing in here writes."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from db.choices import STATES
from db.fields import Kind, fields_of, in_wan
from db.images import CHUNK
from db.models import Category, Dimension, Person, Responsibility, Task, Unit
from huajie_desktop.lines import TaskLine
from huajie_desktop.office import campaign
from huajie_desktop.values.wording import due_words

DUE_FILTERS = {
    "overdue": "已过时限",
    "week": "7 天内到期",
    "month": "30 天内到期",
    "ongoing": "持续推进",
    "none": "没有时限",
}


@dataclass(frozen=True)
class TaskFilter:
    """What part of the checklist is looked at; None or empty means no restriction."""

    text: str = ""
    unit_id: int | None = None
    category_id: int | None = None
    dimension_id: int | None = None
    state: str | None = None
    due: str | None = None


class Column(NamedTuple):
    """One column of the list: its label, usual width in pixels at 100 %, and whether it holds numbers."""

    key: str
    label: str
    width: int
    numeric: bool = False
    sortable: bool = True


def _columns() -> tuple[Column, ...]:
    """The list's columns under the labels of the declared fields."""
    declared = {field.key: field for field in fields_of(Task).values()}
    widths = {
        "number": 150, "title": 260, "category": 130, "unit": 110, "responsible": 150, "due": 120, "investment": 130, "state": 90,
    }  # fmt: skip
    return tuple(
        Column(key, declared[key].label_with_unit, width, declared[key].kind is Kind.MONEY, declared[key].kind is not Kind.PEOPLE)
        for key, width in widths.items()
    )


TASK_COLUMNS = _columns()

_ORDER: Mapping[str, tuple[Any, ...]] = {
    "position": (Unit.position, Task.id),
    "number": (Task.number,),
    "title": (Task.title,),
    "category": (Dimension.position, Category.position),
    "unit": (Unit.position, Unit.id),
    "due": (Task.due,),
    "investment": (Task.investment,),
    "state": (Task.state,),
}


def task_ids(
    session: Session, wanted: TaskFilter, sort: str = "position", descending: bool = False, *, today: date
) -> "array[int]":
    """The ids of the tasks wanted, in order; `sort` is a column key or "position" (by unit, as entered)."""
    order = [part.desc() if descending else part for part in _ORDER[sort]]
    statement = select(Task.id).where(_condition(session, wanted, today)).order_by(*order, Task.id)
    if sort in ("unit", "position"):
        statement = statement.join(Unit, Unit.id == Task.unit_id)
    elif sort == "category":
        statement = statement.outerjoin(Category, Category.id == Task.category_id).outerjoin(Dimension)
    return array("q", session.scalars(statement))


def state_counts(session: Session, wanted: TaskFilter, *, today: date) -> dict[str, int]:
    """How many of the tasks wanted are in each state, whatever state the filter says; "all" is the sum."""
    anyhow = TaskFilter(wanted.text, wanted.unit_id, wanted.category_id, wanted.dimension_id, None, wanted.due)
    statement = select(Task.state, func.count()).where(_condition(session, anyhow, today)).group_by(Task.state)
    found: dict[str, int] = {state: count for state, count in session.execute(statement)}
    return {"all": sum(found.values()), **{state: found.get(state, 0) for state in STATES}}


def task_lines(session: Session, ids: Sequence[int]) -> list[TaskLine]:
    """The lines of those tasks, in order of `ids`; missing ones are left out."""
    lines: dict[int, TaskLine] = {}
    for start in range(0, len(ids), CHUNK):
        lines.update(_chunk(session, list(ids[start : start + CHUNK])))
    return [lines[task_id] for task_id in ids if task_id in lines]


def _chunk(session: Session, ids: list[int]) -> dict[int, TaskLine]:
    people, year = responsible_names(session, ids), campaign(session).year
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
            row[0], row[1] or "", row[2], row[3] or "", row[4] or "", row[5], "、".join(people.get(row[0], ())),
            row[6], due_words(row[6], row[7], row[8], year), None if row[9] is None else in_wan(row[9]),
            row[10], STATES[row[10]],
        )
        for row in session.execute(columns)
    }  # fmt: skip


def responsible_names(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    """The names answering for each task, the main one first; at most CHUNK ids at once."""
    names: dict[int, list[str]] = {}
    statement = select(Responsibility.task_id, Person.name).join(Person).where(Responsibility.task_id.in_(ids))
    for task_id, name in session.execute(statement.order_by(Responsibility.task_id, Responsibility.position)):
        names.setdefault(task_id, []).append(name)
    return names


def _condition(session: Session, wanted: TaskFilter, today: date) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [Task.campaign_id == campaign(session).id]
    if wanted.unit_id is not None:
        parts.append(Task.unit_id == wanted.unit_id)
    if wanted.category_id is not None:
        parts.append(Task.category_id == wanted.category_id)
    if wanted.dimension_id is not None:
        parts.append(Task.category_id.in_(select(Category.id).where(Category.dimension_id == wanted.dimension_id)))
    if wanted.state is not None:
        parts.append(Task.state == wanted.state)
    if wanted.due is not None:
        parts.append(_due_condition(wanted.due, today))
    parts.extend(_text_condition(word) for word in wanted.text.lower().split())
    return and_(*parts)


def _due_condition(due: str, today: date) -> ColumnElement[bool]:
    match due:
        case "overdue":
            return Task.due < today
        case "week" | "month":
            return Task.due.between(today, today + timedelta(days=7 if due == "week" else 30))
        case "ongoing":
            return Task.ongoing.is_(True)
        case _:
            return Task.due.is_(None)


def _text_condition(word: str) -> ColumnElement[bool]:
    """Task, unit or person containing the word, by characters or pinyin initials."""
    like = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    people = select(Responsibility.task_id).join(Person).where(Person.search.like(like, escape="\\"))
    return or_(
        Task.search.like(like, escape="\\"),
        Task.number.like(like, escape="\\"),
        Task.unit_id.in_(select(Unit.id).where(Unit.search.like(like, escape="\\"))),
        Task.id.in_(people),
    )
