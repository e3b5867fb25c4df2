"""How every task of the year stands on a day, in one statement, for long lists; `kept_facts.lights_of` says it of a few.

Both say the same (`tests/lights/test_standing.py`), on any day: what is dated later is left out, the due day is as it was then.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    column,
    false,
    func,
    or_,
    select,
    union,
    values,
)
from sqlalchemy.orm import aliased

from db.ledgers.progress import Progress
from db.models import Extension, Milestone, Step, Task
from huajie_desktop.lights.in_sql import LightColumns, light_key, percent_column, planned_column
from huajie_desktop.lights.kept_facts import editions
from huajie_desktop.lights.light import LOOKS
from huajie_desktop.lights.rules import Rules, rules_on
from huajie_desktop.lights.workdays import Workdays, official
from huajie_desktop.seat import SeatSession

_STAMP = 12  # characters of a report's day and month, by which reports of one task are in order


def light_counts(
    session: SeatSession, day: date, *by: ColumnElement[Any], where: Iterable[ColumnElement[bool]] = ()
) -> dict[Any, dict[str, int]]:
    """How many of the year's tasks have each light on that day: by light, all of LOOKS, for each value of those columns of Task.

    Without columns the one key is `()`, with several it is a tuple, with one the value. `where` are conditions on Task.
    """
    stands = standing(session, day)
    counted = select(*by, stands.c.light, func.count()).select_from(Task)
    statement = counted.join(stands, stands.c.id == Task.id).where(*where).group_by(*by, stands.c.light)
    found: dict[Any, dict[str, int]] = {} if by else {(): dict.fromkeys(LOOKS, 0)}
    for *said, light, count in session.execute(statement):
        key = said[0] if len(by) == 1 else tuple(said)
        found.setdefault(key, dict.fromkeys(LOOKS, 0))[light] = count
    return found


def has_light(session: SeatSession, day: date, *lights: str) -> ColumnElement[bool]:
    """The condition that a Task has one of those lights on that day."""
    stands = standing(session, day)
    return Task.id.in_(select(stands.c.id).where(stands.c.light.in_(lights)))


def light_column(session: SeatSession, day: date) -> ColumnElement[str]:
    """The key of the light of a Task on that day, to be listed or put into order by; join `standing` where several are asked."""
    stands = standing(session, day)
    return select(stands.c.light).where(stands.c.id == Task.id).scalar_subquery()


def standing(session: SeatSession, day: date) -> CTE:
    """A row a task of the year: `id`, `due` (as it was), `percent` and `planned` (whole per cent or NULL), `light` (a key)."""
    seat = session.seat
    days = _days(session, seat.campaign_id, day)
    return _standing(seat.campaign_id, seat.year, day, rules_on(editions(session), day), days)


@lru_cache(maxsize=4)  # the same object for the same question: one statement may ask it at several places, and SQL answers once
def _standing(campaign_id: int, year: int, day: date, rules: Rules, days: tuple[date, ...]) -> CTE:
    workdays = official()
    known = _Known(campaign_id, year, day, days, workdays)
    columns = known.columns
    planned = planned_column(columns, day, _up_to(workdays, day)).label("planned")
    percent = percent_column(columns).label("percent")
    light = light_key(columns, day, rules, planned, percent).label("light")
    return known.rows(Task.id, columns.due.label("due"), percent, planned, light).cte("standing")


class _Known:
    """What was known of each task on a day: joins and the columns they give; `days` are those the tasks begin or are due on."""

    def __init__(self, campaign_id: int, year: int, day: date, days: Iterable[date], workdays: Workdays) -> None:
        first = date(year, 1, 1)
        self._campaign_id = campaign_id
        changed, marks, told = _due_then(day), _marks_then(day), _told_then(campaign_id, year, day)
        begin: ColumnElement[Any] = func.coalesce(Task.start, first)
        due = case((changed.c.task_id.is_not(None), changed.c.before), else_=Task.due)
        counted = _counted({first, *days}, workdays)
        start, end = counted.alias("start_days"), counted.alias("end_days")
        self._joins = (
            (changed, changed.c.task_id == Task.id), (marks, marks.c.task_id == Task.id), (told, told.c.task_id == Task.id),
            (start, start.c.day == begin), (end, end.c.day == due),
        )  # fmt: skip
        self.columns = LightColumns(
            begin, due, Task.ongoing.expression, _done_then(day), Task.id.in_(_held("suspended", day)), Task.handed_on.expression,
            func.coalesce(marks.c.marks, 0), func.coalesce(marks.c.due, 0), func.coalesce(marks.c.reached, 0),
            told.c.reported_on, told.c.stage, told.c.percent, start.c.before, end.c.upto,
        )  # fmt: skip

    def rows(self, *columns: Any) -> Select[Any]:
        """Those columns of every task of the year."""
        statement = select(*columns).select_from(Task).where(Task.campaign_id == self._campaign_id)
        for joined, condition in self._joins:
            statement = statement.outerjoin(joined, condition)
        return statement


def _due_then(day: date) -> Any:
    """The due day before the first decision that came later, of each task with one."""
    sooner = aliased(Extension)
    granted = (Extension.state == "granted", Extension.decided_on > day)
    earlier = or_(
        sooner.decided_on < Extension.decided_on, and_(sooner.decided_on == Extension.decided_on, sooner.id < Extension.id)
    )
    same = (sooner.task_id == Extension.task_id, sooner.state == "granted", sooner.decided_on > day, earlier)
    return (
        select(Extension.task_id, Extension.before).where(*granted, ~select(sooner.id).where(*same).exists()).subquery("changed")
    )


def _marks_then(day: date) -> Any:
    """How many milestones each task has, were due and reached."""
    due, reached = (func.sum(case((one <= day, 1), else_=0)) for one in (Milestone.due, Milestone.reached_on))
    counted = select(Milestone.task_id, func.count().label("marks"), due.label("due"), reached.label("reached"))
    return counted.where(Milestone.due.is_not(None)).group_by(Milestone.task_id).subquery("marks")


def _told_then(campaign_id: int, year: int, day: date) -> Any:
    """The day and stage of each task's last report, and the last per cent one says; one pass over an index (`db/reports.py`)."""
    ends = {f"{month:02}": date(year, month, monthrange(year, month)[1]) for month in range(1, 13)}
    made: ColumnElement[Any] = func.coalesce(Progress.reported_on, case(ends, value=Progress.month))  # older ones did not say
    stamp = cast(made, String) + Progress.month
    last = func.max(stamp + func.coalesce(Progress.stage, ""))
    said = func.max(case((Progress.percent.is_not(None), stamp + cast(Progress.percent, String))))
    return (
        select(
            Progress.task_id,
            func.max(made).label("reported_on"),
            func.nullif(func.substr(last, _STAMP + 1), "").label("stage"),
            cast(func.substr(said, _STAMP + 1), Integer).label("percent"),
        )
        .where(Progress.campaign_id == campaign_id, made <= day)
        .group_by(Progress.task_id)
        .subquery("told")
    )


def _held(handling: str, day: date, *, lasting: bool = True) -> Select[Any]:
    """Tasks that a step had brought there and none had moved on up to that day, with `lasting` also where none did since."""
    after = aliased(Step)
    following = select(after.on).where(after.task_id == Step.task_id, after.id > Step.id).order_by(after.id).limit(1)
    moved_on = func.coalesce(following.scalar_subquery(), date.max if lasting else date.min)
    return select(Step.task_id).where(Step.handling == handling, Step.on <= day, moved_on > day)


def _done_then(day: date) -> ColumnElement[bool]:
    """Whether it was finished by that day: the day it was finished, or a sign-off it had not been opened again after."""
    finished = func.coalesce(Task.finished_on <= day, false())
    signed = and_(Task.finished_on.is_(None), Task.id.in_(_held("signed_off", day)))
    return or_(finished, signed, Task.id.in_(_held("signed_off", day, lasting=False)))


def _days(session: SeatSession, campaign_id: int, day: date) -> tuple[date, ...]:
    """The different days the year's tasks begin or are due on: few, however many tasks there are."""
    own = Task.campaign_id == campaign_id
    before = select(Extension.before).where(Extension.state == "granted", Extension.decided_on > day)
    found = session.scalars(union(select(Task.start).where(own), select(Task.due).where(own), before))
    return tuple(sorted(one for one in found if one is not None))


def _counted(days: Iterable[date], workdays: Workdays) -> CTE:
    """A table of those days with the working days before and up to each."""
    rows = [(one, (upto := _up_to(workdays, one)) - workdays.is_working_day(one), upto) for one in sorted(days)]
    shape = (column("day", Date), column("before", Integer), column("upto", Integer))
    return values(*shape, name="workdays").data(rows).cte("workdays")


def _up_to(workdays: Workdays, day: date) -> int:
    return workdays.working_days_between(date.min, day)
