"""The light as an expression of SQL, for lists of many thousands: what `light.py` says, condition by condition.

It is given what was known on the day, as `as_of` says it; `standing.py` reads that from what is kept.
"""

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, null, or_

from huajie_desktop.lights.light import BEHIND, DONE, NORMAL, OVERDUE, SOON, STOPPED, WAITING
from huajie_desktop.lights.planned import WHOLE
from huajie_desktop.lights.rules import Rules

Column = ColumnElement[Any]


class LightColumns(NamedTuple):
    """Where a list's statement has what a light depends on, as it was known on the day."""

    begin: Column
    due: Column
    ongoing: Column
    done: Column  # whether it was finished
    stopped: Column
    handed_on: Column
    marks: Column  # how many milestones it has, how many were due, how many reached; 0 where it has none
    marks_due: Column
    marks_reached: Column
    reported_on: Column  # of the last report
    stage: Column  # of the last report
    told: Column  # of the last report that says a per cent
    before: Column  # working days before the begin, from any day on
    until: Column  # working days up to the due day, from the same day on


def planned_column(columns: LightColumns, day: date, gone: int) -> ColumnElement[int]:
    """`planned_share`: whole per cent, NULL where there is no plan; `gone` are the working days up to the day."""
    open_end = and_(columns.due.is_(None), columns.marks == 0)
    whole = columns.until - columns.before
    return case(
        (or_(columns.ongoing, open_end), null()),
        (columns.due <= day, WHOLE),
        (columns.begin > day, 0),
        (columns.marks > 0, WHOLE * columns.marks_due // func.nullif(columns.marks, 0)),
        (whole == 0, 0),
        else_=WHOLE * (gone - columns.before) // func.nullif(whole, 0),
    )


def percent_column(columns: LightColumns) -> ColumnElement[int]:
    """What `TaskFacts.percent` is: whole per cent, NULL where reports do not say."""
    told = case(
        (columns.reported_on.is_(None), 0),
        (columns.stage == "done", WHOLE),
        (columns.told.is_not(None), columns.told),
        (columns.stage == "waiting", 0),
        else_=null(),
    )
    reached = WHOLE * columns.marks_reached // func.nullif(columns.marks, 0)
    return case((or_(columns.marks == 0, told >= reached), told), else_=reached)


def light_key(columns: LightColumns, day: date, rules: Rules, planned: Column, percent: Column) -> ColumnElement[str]:
    """The key of the light (LOOKS) on that day, by the two columns above."""
    open_due = and_(~columns.ongoing, columns.due.is_not(None))
    return case(
        (columns.done, DONE),
        (columns.stopped, STOPPED),
        (and_(open_due, columns.due < day), OVERDUE),
        (_behind(columns, day, rules, planned, percent), BEHIND),
        (and_(open_due, columns.due <= day + timedelta(days=rules.soon_days)), SOON),
        (~_begun(columns, percent), WAITING),
        else_=NORMAL,
    )


def _begun(columns: LightColumns, percent: Column) -> Column:
    wordless = and_(columns.stage.is_(None), percent.is_(None))
    said = and_(columns.reported_on.is_not(None), or_(func.coalesce(columns.stage, "waiting") != "waiting", wordless))
    return or_(func.coalesce(percent, 0) > 0, said)


def _behind(columns: LightColumns, day: date, rules: Rules, planned: Column, percent: Column) -> Column:
    limit = day - timedelta(days=rules.silent_days)
    silent = and_(
        columns.begin < limit,
        or_(columns.handed_on.is_(None), columns.handed_on > day, columns.handed_on < limit),
        or_(columns.reported_on.is_(None), columns.reported_on < limit),
    )
    return case((or_(planned.is_(None), percent.is_(None)), silent), else_=planned - percent > rules.behind_points)
