"""Figures of the campaign, counted by the database: for the home page and the status report."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, extract, func, or_, select, true, union

from db.choices import STATES
from db.fields import in_wan
from db.models import Category, Dimension, FurtherCategory, ImportBatch, Operation, Task, Unit
from db.organisation import VILLAGE_KINDS
from huajie_desktop.records.lines import HomeFigures, TaskLine, Total
from huajie_desktop.seat import SeatSession
from huajie_desktop.work.checklist import TaskFilter, task_ids, task_lines
from huajie_desktop.work.task_ledger import TASKS


def home(session: SeatSession, today: date, *, approved_only: bool = False) -> HomeFigures:
    """The figures of the first page; with `approved_only` those by category, place and month count approved tasks alone."""
    year = session.campaign
    states: dict[str, int] = dict.fromkeys(STATES, 0)
    states.update({state: count for state, count in session.execute(_of(year.id, Task.state, func.count()).group_by(Task.state))})
    total = sum(states.values())
    counted = _of(year.id, func.count()).where(_counts(approved_only))
    village = session.scalar(counted.join(Unit, Unit.id == Task.unit_id).where(Unit.kind.in_(VILLAGE_KINDS))) or 0
    silent = list(session.scalars(_villages().where(Unit.id.not_in(_of(year.id, Task.unit_id)))))
    return HomeFigures(
        year=year.year,
        total=total,
        states=states,
        dimensions=by_dimension(session, approved_only=approved_only),
        categories=by_category(session, approved_only=approved_only),
        village_tasks=village,
        other_tasks=(session.scalar(counted) or 0) - village,
        villages=len(list(session.scalars(_villages()))),
        silent_units=silent,
        months=_by_month(session, year.id, year.year, approved_only),
        due_next=_due_next(session, today),
        imports=session.scalar(
            select(func.count())
            .select_from(ImportBatch)
            .join(Operation)
            .where(ImportBatch.campaign_id == year.id, Operation.undone_by_id.is_(None))
        )
        or 0,
        approved_only=approved_only,
    )  # fmt: skip


def by_category(session: SeatSession, *, approved_only: bool = False) -> list[Total]:
    """Totals of every category of the campaign in order, those without tasks too; the group is the dimension.

    A task counts in its category and in each further one, so that these totals may add up to more than there are tasks.
    """
    year_id, counted = session.seat.campaign_id, _counted()
    statement = (
        select(Category.name, Dimension.name, *_sums())
        .join(Dimension, Dimension.id == Category.dimension_id)
        .outerjoin(counted, counted.c.category_id == Category.id)
        .outerjoin(Task, and_(Task.id == counted.c.task_id, _counts(approved_only)))
        .where(Dimension.campaign_id == year_id, or_(Category.closed_on.is_(None), Task.id.is_not(None)))
        .group_by(Category.id, Category.name, Dimension.name, Dimension.position, Category.position)
        .order_by(Dimension.position, Category.position)
    )
    return [_total(*row) for row in session.execute(statement)] + _without_category(session, year_id, approved_only)


def by_dimension(session: SeatSession, *, approved_only: bool = False) -> list[Total]:
    """Totals of every dimension of the campaign in order; a task in several of its categories counts once."""
    year_id, counted = session.seat.campaign_id, _counted()
    once = (
        select(Category.dimension_id, counted.c.task_id)
        .join(Category, Category.id == counted.c.category_id)
        .distinct()
        .subquery()
    )
    statement = (
        select(Dimension.name, *_sums())
        .outerjoin(once, once.c.dimension_id == Dimension.id)
        .outerjoin(Task, and_(Task.id == once.c.task_id, _counts(approved_only)))
        .where(Dimension.campaign_id == year_id)
        .group_by(Dimension.id, Dimension.name, Dimension.position)
        .order_by(Dimension.position)
    )
    return [_total(name, "", *sums) for name, *sums in session.execute(statement)] + _without_category(
        session, year_id, approved_only
    )


def whole(session: SeatSession, *, approved_only: bool = False) -> Total:
    """The total over all tasks of the campaign, each counted once."""
    return _total("合计", "", *session.execute(_of(session.seat.campaign_id, *_sums()).where(_counts(approved_only))).one())


def tasks_in(session: SeatSession) -> dict[int, tuple[int, int]]:
    """By category id how many tasks count in it and how many of them are approved; all years, those without tasks left out."""
    counted = _counted()
    counts = (func.count(), func.sum(case((TASKS.settled(Task), 1), else_=0)))
    statement = select(counted.c.category_id, *counts).join(Task, Task.id == counted.c.task_id)
    rows = session.execute(statement.group_by(counted.c.category_id))
    return {category_id: (tasks, approved) for category_id, tasks, approved in rows}


def by_unit(session: SeatSession, *, approved_only: bool = False) -> list[Total]:
    """Totals of every unit that has tasks, in the order of the tree; the group is the kind of unit."""
    statement = _of(session.seat.campaign_id, Unit.name, Unit.kind, *_sums()).join(Unit, Unit.id == Task.unit_id)
    statement = (
        statement.where(_counts(approved_only))
        .group_by(Unit.id, Unit.name, Unit.kind, Unit.position)
        .order_by(Unit.position, Unit.id)
    )
    return [_total(*row) for row in session.execute(statement)]


def _counts(approved_only: bool) -> ColumnElement[bool]:
    return TASKS.settled(Task) if approved_only else true()


def _of(campaign_id: int, *columns: Any) -> Select[Any]:
    return select(*columns).select_from(Task).where(Task.campaign_id == campaign_id)


def _counted() -> Subquery:
    """Each task with each category it counts in, once."""
    first = select(Task.id.label("task_id"), Task.category_id.label("category_id")).where(Task.category_id.is_not(None))
    return union(first, select(FurtherCategory.task_id, FurtherCategory.category_id)).subquery()


def _without_category(session: SeatSession, year_id: int, approved_only: bool) -> list[Total]:
    found = session.execute(_of(year_id, *_sums()).where(Task.category_id.is_(None), _counts(approved_only))).one()
    return [_total("未分类", "未分类", *found)] if found[0] else []


def _sums() -> tuple[ColumnElement[Any], ...]:
    approved = func.coalesce(func.sum(case((TASKS.settled(Task), 1), else_=0)), 0)
    return func.count(Task.id), approved, func.coalesce(func.sum(Task.investment), 0)


def _total(name: str, group: str, tasks: int, approved: int, investment: Decimal) -> Total:
    return Total(name, group, tasks, approved, in_wan(Decimal(investment)))


def _villages() -> Select[str]:
    return select(Unit.name).where(Unit.kind.in_(VILLAGE_KINDS), Unit.closed_on.is_(None)).order_by(Unit.position)


def _by_month(session: SeatSession, campaign_id: int, year: int, approved_only: bool) -> list[int]:
    months = [0] * 12
    month = extract("month", Task.due)
    within = _of(campaign_id, month, func.count()).where(Task.due.between(date(year, 1, 1), date(year, 12, 31)))
    for number, count in session.execute(within.where(_counts(approved_only)).group_by(month)):
        months[int(number) - 1] = count
    return months


def _due_next(session: SeatSession, today: date) -> list[TaskLine]:
    return task_lines(session, task_ids(session, TaskFilter(due="month"), "due", today=today)[:8])
