"""The light as an expression of SQL, for lists of many thousands: what `light.py` says, condition by condition.

It covers lists as of today: tasks as they stand, whose columns hold nothing dated later than the day. Without milestones the
planned share is counted here (`linear_share`); with them, or where a plan was worked out before, it is passed in as an
expression. What lists of an earlier day need (due days that were changed since, later reports left out) `light_of` says.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, and_, case, false, func, literal, null, or_, select

from huajie_desktop.lights.light import BEHIND, DONE, NORMAL, OVERDUE, SOON, STOPPED, WAITING
from huajie_desktop.lights.planned import WHOLE
from huajie_desktop.lights.rules import Rules
from huajie_desktop.lights.workdays import Workdays

Column = ColumnElement[Any]


class LightColumns(NamedTuple):
    """Where a list's statement has what a light depends on."""

    first_day: date  # where tasks without a start begin
    start: Column
    due: Column
    ongoing: Column
    finished_on: Column  # NULL while it is open, as when it was opened again
    handed_on: Column
    percent: Column  # of the last report that says one
    stage: Column  # of the last report
    reported_on: Column  # of the last report
    stopped: Column = false()  # whether it is stopped now


def count_rows(first: date, last: date, workdays: Workdays) -> Iterator[dict[str, Any]]:
    """The rows of a table of each `day` from `first` to `last`: the working days from `first` on `before` it and `upto` it.

    It must reach from the earliest beginning in the list, and `day`, to the latest due day: else those tasks count as unplanned.
    """
    before = 0
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        upto = before + workdays.is_working_day(day)
        yield {"day": day, "before": before, "upto": upto}
        before = upto


def linear_share(columns: LightColumns, day: date, counts: FromClause) -> Column:
    """`planned_share` of tasks without milestones by a table of `count_rows`: whole per cent, NULL where there is no plan."""

    def counted(name: str, when: Column) -> Column:
        return select(counts.c[name]).where(counts.c.day == when).scalar_subquery()

    begin = _begin(columns)
    before = counted("before", begin)
    whole = counted("upto", columns.due) - before
    gone = counted("upto", literal(day)) - before
    return case(
        (or_(columns.ongoing, columns.due.is_(None)), null()),
        (columns.due <= day, WHOLE),
        (begin > day, 0),
        (whole == 0, 0),
        else_=WHOLE * gone // whole,
    )


def light_key(columns: LightColumns, day: date, rules: Rules, planned: Column) -> ColumnElement[str]:
    """The key of the light (LOOKS) on that day; `planned` is whole per cent, NULL for ongoing tasks and without a plan."""
    open_due = and_(~columns.ongoing, columns.due.is_not(None))
    return case(
        (func.coalesce(columns.finished_on <= day, false()), DONE),
        (columns.stopped, STOPPED),
        (and_(open_due, columns.due < day), OVERDUE),
        (_behind(columns, day, rules, planned), BEHIND),
        (and_(open_due, columns.due <= day + timedelta(days=rules.soon_days)), SOON),
        (~_begun(columns), WAITING),
        else_=NORMAL,
    )


def _begin(columns: LightColumns) -> Column:
    return func.coalesce(columns.start, literal(columns.first_day))


def _percent(columns: LightColumns) -> Column:
    """What `TaskFacts.percent` is of a task without milestones."""
    return case(
        (columns.reported_on.is_(None), 0),
        (columns.stage == "done", WHOLE),
        (columns.percent.is_not(None), columns.percent),
        (columns.stage == "waiting", 0),
        else_=null(),
    )


def _begun(columns: LightColumns) -> Column:
    percent = _percent(columns)
    wordless = and_(columns.stage.is_(None), percent.is_(None))
    return and_(
        columns.reported_on.is_not(None),
        or_(func.coalesce(percent, 0) > 0, func.coalesce(columns.stage, "waiting") != "waiting", wordless),
    )


def _behind(columns: LightColumns, day: date, rules: Rules, planned: Column) -> Column:
    percent, limit = _percent(columns), day - timedelta(days=rules.silent_days)
    silent = and_(
        _begin(columns) < limit,
        or_(columns.handed_on.is_(None), columns.handed_on > day, columns.handed_on < limit),
        or_(columns.reported_on.is_(None), columns.reported_on < limit),
    )
    return case((or_(planned.is_(None), percent.is_(None)), silent), else_=planned - percent > rules.behind_points)
