"""Records about which something is still to be done, by the day it is to be done by."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_

from huajie_desktop.declared.ledger import Ledger

OVERDUE, TODAY, WEEK, OPEN = "overdue", "today", "week", "open"
AWAITED_WHEN: Mapping[str, str] = {OVERDUE: "已过期", TODAY: "今天", WEEK: "7天之内", OPEN: "没有办完的"}


def is_awaited(ledger: Ledger, when: str, today: date) -> ColumnElement[bool]:
    """The condition of what is to be done by then, a key of AWAITED_WHEN; the ledger declares what is awaited."""
    awaited = ledger.shown.awaited
    assert awaited is not None, ledger.key
    day, still = ledger.column(awaited.day), awaited.open(ledger.model)
    until: Mapping[str, ColumnElement[bool]] = {
        OVERDUE: day < today, TODAY: day == today, WEEK: day.between(today, today + timedelta(days=7)),
    }  # fmt: skip
    return and_(still, until[when]) if when in until else still
