"""Each task as it was known on a day, one row a task, for aggregates over many thousands: what `facts.py` gives task by task."""

import calendar
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    type_coerce,
)

from db.ledgers.progress import Progress
from db.models import Extension, Milestone, Step, Task
from db.reports import MONTHS
from db.types import Money
from huajie_desktop.lights.planned import WHOLE
from huajie_desktop.lights.rules import Rules
from huajie_desktop.lights.workdays import Workdays
from huajie_desktop.seat import SeatSession
from huajie_desktop.work.task_ledger import TASKS

_STAMP = 12  # characters of day and month, by which the newest report is found
_PADDED = 1000  # added to per cent, so that texts of them have the same length

Column = ColumnElement[Any]


class Asked(NamedTuple):
    """Of which day, by which rules, over which tasks."""

    day: date
    rules: Rules
    workdays: Workdays
    approved_only: bool


def known_tasks(session: SeatSession, asked: Asked) -> Select[Any]:
    """Of each task of the year: id, unit_id, category_id, planned (money), and as of the day due_came, done, in_time, percent
    (of what is done 100, None where nobody said), spent (money), unreported (this month's report is missing), unreceived.
    """
    day, told = asked.day, _told(session.seat.year, asked.day)
    due, ended = _due(day), _ended_on(day)
    done, stopped = ended.is_not(None), func.coalesce(_handling(day) == "suspended", false())
    dated = and_(~Task.ongoing, due.is_not(None))
    return (
        select(
            Task.id,
            Task.unit_id,
            Task.category_id,
            Task.investment.label("planned"),
            _flag(and_(dated, due <= day), "due_came"),
            _flag(done, "done"),
            _flag(and_(done, or_(~dated, ended <= due)), "in_time"),
            case((done, WHOLE), else_=_percent(told, day)).label("percent"),
            type_coerce(told.c.spent, Money()).label("spent"),
            _flag(_unreported(session, asked), "unreported"),
            _flag(and_(_unreceived(asked), ~done, ~stopped), "unreceived"),
        )
        .outerjoin(told, told.c.task_id == Task.id)
        .where(Task.campaign_id == session.seat.campaign_id, TASKS.settled(Task) if asked.approved_only else true())
    )


def _flag(condition: Column, name: str) -> Column:
    return case((condition, 1), else_=0).label(name)


def _reported_on(year: int) -> Column:
    """The day of a report; of an older one, which did not say, the last of its month."""
    lasts = {key: date(year, int(key), calendar.monthrange(year, int(key))[1]) for key in MONTHS}
    return func.coalesce(Progress.reported_on, case(lasts, value=Progress.month))


def _told(year: int, day: date) -> Subquery:
    """Of each task what its reports up to that day said last: `stage`, `percent` (of the last that says one), `spent`.

    The newest is found as the largest text of day and month with what it says behind, in one go over all reports.
    """
    on = _reported_on(year)
    stamp = cast(on, String) + Progress.month
    return (
        select(
            Progress.task_id,
            func.substr(func.max(stamp + func.coalesce(Progress.stage, "")), _STAMP + 1).label("stage"),
            _newest(stamp, Progress.percent, cast(Progress.percent + _PADDED, String), Integer()).label("percent"),
            _newest(stamp, Progress.invested, cast(type_coerce(Progress.invested, Integer()), String), Integer()).label("spent"),
        )
        .where(on <= day)
        .group_by(Progress.task_id)
        .subquery()
    )


def _newest(stamp: Column, said: Any, words: Column, kind: Integer) -> Column:
    return cast(func.substr(func.max(case((said.is_not(None), stamp + words))), _STAMP + 1), kind)


def _percent(told: Subquery, day: date) -> Column:
    """What `TaskFacts.percent` says of a task that is not done."""
    said = case(
        (told.c.task_id.is_(None), 0),
        (told.c.stage == "done", WHOLE),
        (told.c.percent.is_not(None), told.c.percent - _PADDED),
        (told.c.stage == "waiting", 0),
        else_=null(),
    )
    mine = and_(Milestone.task_id == Task.id, Milestone.due.is_not(None))
    reached = func.sum(case((Milestone.reached_on <= day, 1), else_=0))
    marked = select(WHOLE * reached // func.count()).where(mine).having(func.count() > 0).scalar_subquery()
    more = func.coalesce(said, 0)
    return case((~exists().where(mine), said), (marked > more, marked), else_=more)


def _due(day: date) -> Column:
    """The due day as it was then: a later decision does not count yet."""
    later = and_(Extension.task_id == Task.id, Extension.state == "granted", Extension.decided_on > day)
    before = select(Extension.before).where(later).order_by(Extension.decided_on, Extension.id).limit(1).scalar_subquery()
    return case((exists().where(later), before), else_=Task.due)


def _handling(day: date) -> Column:
    """Where the task stood on its way on that day."""
    taken = and_(Step.task_id == Task.id, Step.on <= day)
    return select(Step.handling).where(taken).order_by(Step.id.desc()).limit(1).scalar_subquery()


def _ended_on(day: date) -> Column:
    """The day it was finished, None while it was open; a sign-off that was taken back later still counts on days before."""
    signed = and_(Step.task_id == Task.id, Step.on <= day)
    on = select(Step.on).where(signed).order_by(Step.id.desc()).limit(1).scalar_subquery()
    return case((Task.finished_on <= day, Task.finished_on), (_handling(day) == "signed_off", on))


def last_day_to_report(day: date, rules: Rules) -> date:
    """The last day on which the report of that day's month is in time."""
    return day.replace(day=min(rules.report_day, calendar.monthrange(day.year, day.month)[1]))


def _unreported(session: SeatSession, asked: Asked) -> Column:
    """Whether the month's report is missing, as `lights.late.missing_months` says for that month."""
    day, last = asked.day, last_day_to_report(asked.day, asked.rules)
    if day <= last:
        return false()
    year = session.seat.year
    told = exists().where(
        Progress.task_id == Task.id, Progress.month == f"{day.month:02}", _reported_on(year) <= day
    )  # fmt: skip
    begun = and_(
        func.coalesce(Task.start, literal(date(year, 1, 1))) <= last,
        or_(Task.handed_on.is_(None), Task.handed_on > day, Task.handed_on <= last),
    )
    resting = or_(_ended_on(last).is_not(None), func.coalesce(_handling(last) == "suspended", false()))
    return and_(begun, ~told, ~resting)


def _unreceived(asked: Asked) -> Column:
    """Whether it was handed out so long ago that it ought to have been received, and was not."""
    handed = asked.day
    while asked.workdays.add_working_days(handed, asked.rules.receive_days) >= asked.day:
        handed -= timedelta(days=1)
    return and_(Task.handed_on <= handed, or_(Task.received_on.is_(None), Task.received_on > asked.day))
