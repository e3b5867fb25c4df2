"""Which tasks are overdue and which fall due: what is finished is neither. The one definition for lists, figures and pages."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_

from db.models import Task


def unfinished() -> ColumnElement[bool]:
    """Tasks that nobody has said to be done (办结)."""
    return Task.finished_on.is_(None)


def overdue(today: date) -> ColumnElement[bool]:
    """Unfinished tasks whose last day is past; on that day itself there is still time. Ongoing ones have none, as lights say."""
    return and_(unfinished(), ~Task.ongoing, Task.due < today)


def falling_due(first: date, last: date) -> ColumnElement[bool]:
    """Unfinished tasks whose last day is one of these, both counted; ongoing ones have none."""
    return and_(unfinished(), ~Task.ongoing, Task.due.between(first, last))


def falling_due_within(today: date, days: int) -> ColumnElement[bool]:
    """Unfinished tasks that fall due today or within so many days."""
    return falling_due(today, today + timedelta(days=days))
