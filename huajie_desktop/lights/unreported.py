"""A missing report as a condition on tasks, for long lists and sums: what `late.missing_months` says, month by month."""

import calendar
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from db.ledgers.progress import Progress
from db.models import Step, Task
from huajie_desktop.seat import SeatSession

_AT_REST = ("suspended", "signed_off")


def unreported(session: SeatSession, last: date, day: date, told: ColumnElement[bool] | None = None) -> ColumnElement[bool]:
    """Whether the report about the month of `last`, the last day for it, is not there on `day`; of tasks that are open then.

    `told` says whether it is there, where the statement knows that already.
    """
    first = date(session.seat.year, 1, 1)
    return and_(
        ~(_told(session, last, day) if told is None else told),
        func.coalesce(Task.start, first) <= last,
        or_(Task.handed_on.is_(None), Task.handed_on > day, Task.handed_on <= last),
        func.coalesce(stood(last), "").not_in(_AT_REST),
    )


def stood(day: date) -> Any:
    """Where a task stood on its way to the sign-off at the end of a day, NULL before its first step."""
    steps = select(Step.handling).where(Step.task_id == Task.id, Step.on <= day)
    return steps.order_by(Step.id.desc()).limit(1).scalar_subquery()


def _told(session: SeatSession, last: date, day: date) -> ColumnElement[bool]:
    """Whether the month was reported up to that day; older reports, which say no day, at its end. Read from an index alone."""
    own, month = Progress.campaign_id == session.seat.campaign_id, f"{last.month:02}"
    undated = last.replace(day=calendar.monthrange(last.year, last.month)[1]) <= day
    made = or_(Progress.reported_on <= day, Progress.reported_on.is_(None)) if undated else Progress.reported_on <= day
    return exists().where(own, Progress.task_id == Task.id, Progress.month == month, made)
