"""Notices and open findings of a year as of a day, by unit or by category, for the bulletin."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, union
from sqlalchemy.orm import aliased

from db.models import Finding, FurtherCategory, Notice, Task
from huajie_desktop.seat import SeatSession
from huajie_desktop.supervision.bulletin_line import Line

_OPEN = ("issued", "summoned")  # states in which an answer is waited for


def supervised(session: SeatSession, day: date, *, by_category: bool) -> Iterator[tuple[int | None, Line]]:
    """What was issued so far and what is open that day, by unit; or by each category of the task it is about, if any."""
    key, level, unanswered = _key(Notice, by_category), Notice.level, case((_unanswered(day), 1), else_=0)
    issued = _of(session, Notice, by_category, key, level, func.count(), func.sum(unanswered))
    issued = issued.where(Notice.issued_on <= day, Notice.state != "draft").group_by(key, level)
    for place, kind, count, waiting in session.execute(issued):
        yield place, Line(None, "", notices=Counter({kind: count}), unanswered=waiting)
    key = _key(Finding, by_category)
    found = _of(session, Finding, by_category, key, func.count())
    still = or_(Finding.closed_on.is_(None), Finding.closed_on > day)
    for place, count in session.execute(found.where(Finding.found_on <= day, still).group_by(key)):
        yield place, Line(None, "", findings=count)


_PLACES = union(
    select(Task.id.label("task_id"), Task.category_id.label("category_id")),
    select(FurtherCategory.task_id, FurtherCategory.category_id),
).subquery()


def _key(model: Any, by_category: bool) -> ColumnElement[Any]:
    return _PLACES.c.category_id if by_category else model.unit_id


def _of(session: SeatSession, model: Any, by_category: bool, *columns: Any) -> Select[Any]:
    statement = select(*columns).select_from(model)
    if by_category:
        statement = statement.join(_PLACES, _PLACES.c.task_id == model.task_id)
    return statement.where(model.campaign_id == session.seat.campaign_id)


def _unanswered(day: date) -> ColumnElement[bool]:
    """Whether an answer was waited for at the end of that day; one that was followed by the next level is no longer asked for."""
    later = aliased(Notice)
    followed = exists().where(later.follows_id == Notice.id, later.issued_on <= day, later.state != "draft")
    silent = and_(Notice.state == "escalated", Notice.answered_on.is_(None))
    return and_(or_(Notice.state.in_(_OPEN), Notice.answered_on > day, silent), ~followed)
