"""Each task as a bulletin counts it on a day, a row a task: how it stands, and whether its unit is late with it."""

import calendar
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, String, Subquery, and_, case, cast, false, func, or_, select, true
from sqlalchemy import type_coerce as taken_as

from db.ledgers.progress import Progress
from db.models import Step, Task
from db.reports import MONTHS
from db.types import Money
from huajie_desktop.lights.late import last_day_to_report
from huajie_desktop.lights.light import DONE, STOPPED
from huajie_desktop.lights.planned import WHOLE
from huajie_desktop.lights.rules import Rules
from huajie_desktop.lights.standing import standing
from huajie_desktop.lights.unreported import stood, unreported
from huajie_desktop.lights.workdays import Workdays
from huajie_desktop.seat import SeatSession
from huajie_desktop.work.task_ledger import TASKS

_STAMP = 12  # characters of a report's day and month, by which reports of one task are in order

Column = ColumnElement[Any]


class Asked(NamedTuple):
    """Of which day, by which rules, over which tasks."""

    day: date
    rules: Rules
    workdays: Workdays
    approved_only: bool


def known_tasks(session: SeatSession, asked: Asked) -> Select[Any]:
    """Of each task of the year: id, unit_id, category_id, light, planned (money), and as of the day due_came, in_time, percent
    (of what is done 100, NULL where nobody said), spent (money), unreported (this month's report is missing), unreceived.
    """
    day, stands, told = asked.day, standing(session, asked.day), _told(session, asked.day)
    dated = and_(~Task.ongoing, stands.c.due.is_not(None))
    done, open_now = stands.c.light == DONE, stands.c.light.not_in((DONE, STOPPED))
    return (
        select(
            Task.id,
            Task.unit_id,
            Task.category_id,
            stands.c.light,
            Task.investment.label("planned"),
            _flag(and_(dated, stands.c.due <= day), "due_came"),
            _flag(and_(done, or_(~dated, _ended_on(day) <= stands.c.due)), "in_time"),
            case((done, WHOLE), else_=stands.c.percent).label("percent"),
            taken_as(told.c.spent, Money()).label("spent"),
            _flag(and_(open_now, _unreported(session, asked, told)), "unreported"),
            _flag(and_(open_now, _unreceived(asked)), "unreceived"),
        )
        .join(stands, stands.c.id == Task.id)
        .outerjoin(told, told.c.task_id == Task.id)
        .where(Task.campaign_id == session.seat.campaign_id, TASKS.settled(Task) if asked.approved_only else true())
    )


def _flag(condition: Column, name: str) -> Column:
    return case((condition, 1), else_=0).label(name)


def _told(session: SeatSession, day: date) -> Subquery:
    """Of each task what was spent by the last report up to that day that says so, and whether the month itself has a report."""
    year = session.seat.year
    ends = {key: date(year, int(key), calendar.monthrange(year, int(key))[1]) for key in MONTHS}
    made = func.coalesce(Progress.reported_on, case(ends, value=Progress.month))  # older ones did not say
    stamp = cast(made, String) + Progress.month + cast(taken_as(Progress.invested, Integer()), String)
    spent = func.substr(func.max(case((Progress.invested.is_not(None), stamp))), _STAMP + 1)
    this_month = func.max(case((Progress.month == f"{day.month:02}", 1), else_=0))
    return (
        select(Progress.task_id, cast(spent, Integer).label("spent"), this_month.label("this_month"))
        .where(Progress.campaign_id == session.seat.campaign_id, made <= day)
        .group_by(Progress.task_id)
        .subquery("spent")
    )


def _ended_on(day: date) -> Column:
    """The day it was finished, NULL while it was open; a sign-off that was taken back later still counts on days before."""
    taken = and_(Step.task_id == Task.id, Step.on <= day)
    on = select(Step.on).where(taken).order_by(Step.id.desc()).limit(1).scalar_subquery()
    return case((Task.finished_on <= day, Task.finished_on), (stood(day) == "signed_off", on))


def _unreported(session: SeatSession, asked: Asked, told: Subquery) -> Column:
    """Whether the month's report is missing."""
    last = last_day_to_report(asked.day, asked.rules)
    return unreported(session, last, asked.day, func.coalesce(told.c.this_month, 0) > 0) if last < asked.day else false()


def _unreceived(asked: Asked) -> Column:
    """Whether it was handed out so long ago that it ought to have been received, and was not."""
    handed = asked.day
    while asked.workdays.add_working_days(handed, asked.rules.receive_days) >= asked.day:
        handed -= timedelta(days=1)
    return and_(Task.handed_on <= handed, or_(Task.received_on.is_(None), Task.received_on > asked.day))
