"""The two ways a unit is late with a task: in receiving what it was handed, and in reporting; and a clock that goes wrong."""

import calendar
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from huajie_desktop.lights.rules import Rules
from huajie_desktop.lights.task_facts import TaskFacts, as_of
from huajie_desktop.lights.workdays import Workdays
from huajie_desktop.values.spoken_days import in_short, in_words


class Late(NamedTuple):
    """What is late: the last day it was in time, and the sentence that says so."""

    last_day: date
    why: str


def late_in_receiving(facts: TaskFacts, day: date, rules: Rules, workdays: Workdays) -> Late | None:
    """Whether what was handed out (交办) was not received (签收) by that day and its last day is past; None where it is not."""
    known = as_of(facts, day)
    if known.handed_on is None or known.received_on is not None or known.ending is not None or known.stopped_on is not None:
        return None
    last = workdays.add_working_days(known.handed_on, rules.receive_days)
    if day <= last:
        return None
    handed, until = in_short(known.handed_on, day.year), in_short(last, day.year)
    why = f"{handed}交办，应在{rules.receive_days}个工作日内（{until}前）签收，已经过了{(day - last).days}天，还没有签收。"
    return Late(last, why + workdays.not_known(known.handed_on, last))


def late_in_reporting(facts: TaskFacts, day: date, rules: Rules) -> Late | None:
    """Whether reports are missing on that day, with the months named and the first last day that passed."""
    missing = missing_months(facts, day, rules)
    if not missing:
        return None
    names = "、".join(f"{month.month}月" if month.year == day.year else f"{month.year}年{month.month}月" for month in missing)
    return Late(last_day_to_report(missing[0], rules), f"{names}的进展没有报送（最晚每月{rules.report_day}日报送）。")


def missing_months(facts: TaskFacts, day: date, rules: Rules) -> tuple[date, ...]:
    """The first days of the months whose last day to report is past without a report about them, in order.

    Asked for is every month of the year on whose last day to report the task had begun and been handed out, and was neither
    stopped nor finished; nothing of a task that is stopped or finished by now. A report that comes late is one from the day it
    was made. `unreported.py` is the same for long lists.
    """
    known = as_of(facts, day)
    if known.ending is not None or known.stopped_on is not None:
        return ()
    told = {(one.month or one.reported_on).replace(day=1) for one in known.reports}
    first = max(known.begin, known.handed_on or date.min)
    return tuple(
        month
        for month in _months(max(first, known.first_day), min(day, date(known.first_day.year, 12, 31)))
        if month not in told
        and first <= last_day_to_report(month, rules) < day
        and not _at_rest(known, last_day_to_report(month, rules))
    )


def clock_warning(today: date, last_entry: date) -> str:
    """The sentence that the computer's day lies before the last thing that was entered; "" where it does not."""
    if today >= last_entry:
        return ""
    return (
        f"电脑上的日期是{in_words(today)}，可是已经有{in_words(last_entry)}的记录。"
        "亮灯、逾期和到期天数是按电脑上的日期算的，请先核对电脑的日期。"
    )


def _at_rest(facts: TaskFacts, day: date) -> bool:
    stopped = any(on <= day and (again is None or again > day) for on, again in facts.pauses)
    return stopped or any(on <= day and (again is None or again > day) for on, _signed, again in facts.endings)


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def last_day_to_report(month: date, rules: Rules) -> date:
    """The last day in time for the report about a month, given by its first day."""
    return month.replace(day=min(rules.report_day, calendar.monthrange(month.year, month.month)[1]))
