"""Figures of the campaign, counted by the database: for the home page and the status report."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, case, extract, func, select
from sqlalchemy.orm import Session

from db.choices import STATES
from db.fields import in_wan
from db.models import Category, Dimension, ImportBatch, Operation, Task, Unit
from db.organisation import VILLAGE_KINDS
from huajie_desktop.checklist import TaskFilter, task_ids, task_lines
from huajie_desktop.lines import HomeFigures, TaskLine, Total
from huajie_desktop.office import campaign


def home(session: Session, today: date) -> HomeFigures:
    """The figures of the first page."""
    year = campaign(session)
    states: dict[str, int] = dict.fromkeys(STATES, 0)
    states.update({state: count for state, count in session.execute(_of(year.id, Task.state, func.count()).group_by(Task.state))})
    total = sum(states.values())
    village = (
        session.scalar(_of(year.id, func.count()).join(Unit, Unit.id == Task.unit_id).where(Unit.kind.in_(VILLAGE_KINDS))) or 0
    )
    silent = list(session.scalars(_villages().where(Unit.id.not_in(_of(year.id, Task.unit_id)))))
    categories = by_category(session)
    return HomeFigures(
        year=year.year,
        total=total,
        states=states,
        dimensions=_merged(categories),
        categories=categories,
        village_tasks=village,
        other_tasks=total - village,
        villages=len(list(session.scalars(_villages()))),
        silent_units=silent,
        months=_by_month(session, year.id, year.year),
        due_next=_due_next(session, today),
        imports=session.scalar(
            select(func.count()).select_from(ImportBatch).join(Operation).where(Operation.undone_by_id.is_(None))
        ) or 0,
    )  # fmt: skip


def by_category(session: Session) -> list[Total]:
    """Totals of every category of the campaign in order, those without tasks too; the group is the dimension."""
    year_id = campaign(session).id
    statement = (
        select(Category.name, Dimension.name, *_sums())
        .join(Dimension, Dimension.id == Category.dimension_id)
        .outerjoin(Task, Task.category_id == Category.id)
        .where(Dimension.campaign_id == year_id)
        .group_by(Category.id, Category.name, Dimension.name, Dimension.position, Category.position)
        .order_by(Dimension.position, Category.position)
    )
    totals = [_total(*row) for row in session.execute(statement)]
    without = session.execute(_of(year_id, *_sums()).where(Task.category_id.is_(None))).one()
    return totals + ([_total("未分类", "未分类", *without)] if without[0] else [])


def by_unit(session: Session) -> list[Total]:
    """Totals of every unit that has tasks, in the order of the tree; the group is the kind of unit."""
    statement = _of(campaign(session).id, Unit.name, Unit.kind, *_sums()).join(Unit, Unit.id == Task.unit_id)
    statement = statement.group_by(Unit.id, Unit.name, Unit.kind, Unit.position).order_by(Unit.position, Unit.id)
    return [_total(*row) for row in session.execute(statement)]


def _of(campaign_id: int, *columns: Any) -> Select[Any]:
    return select(*columns).select_from(Task).where(Task.campaign_id == campaign_id)


def _sums() -> tuple[ColumnElement[Any], ...]:
    approved = func.coalesce(func.sum(case((Task.state == "approved", 1), else_=0)), 0)
    return func.count(Task.id), approved, func.coalesce(func.sum(Task.investment), 0)


def _total(name: str, group: str, tasks: int, approved: int, investment: Decimal) -> Total:
    return Total(name, group, tasks, approved, in_wan(Decimal(investment)))


def _merged(categories: list[Total]) -> list[Total]:
    merged: dict[str, Total] = {}
    for line in categories:
        sofar = merged.get(line.group, Total(line.group, "", 0, 0, Decimal(0)))
        merged[line.group] = Total(
            line.group, "", sofar.tasks + line.tasks, sofar.approved + line.approved, sofar.investment + line.investment
        )
    return list(merged.values())


def _villages() -> Select[str]:
    return select(Unit.name).where(Unit.kind.in_(VILLAGE_KINDS), Unit.closed_on.is_(None)).order_by(Unit.position)


def _by_month(session: Session, campaign_id: int, year: int) -> list[int]:
    months = [0] * 12
    month = extract("month", Task.due)
    within = _of(campaign_id, month, func.count()).where(Task.due.between(date(year, 1, 1), date(year, 12, 31)))
    for number, count in session.execute(within.group_by(month)):
        months[int(number) - 1] = count
    return months


def _due_next(session: Session, today: date) -> list[TaskLine]:
    return task_lines(session, task_ids(session, TaskFilter(due="month"), "due", today=today)[:8])
