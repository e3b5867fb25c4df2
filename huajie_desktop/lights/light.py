"""The light of a task on any day, with the reason for it and what would change it; pure functions, the day passed in.

The worst that holds counts: finished and stopped tasks have no other; then overdue, behind, soon, not begun. `in_sql.py` is
the same for long lists.
"""

import calendar
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from huajie_desktop.lights.planned import counted_by_weekdays, planned_share
from huajie_desktop.lights.rules import Edition, Rules, rules_on
from huajie_desktop.lights.task_facts import TaskFacts, as_of
from huajie_desktop.lights.workdays import Workdays
from huajie_desktop.values.spoken_days import in_short

OVERDUE, BEHIND, SOON, WAITING, NORMAL, STOPPED, DONE = "overdue", "behind", "soon", "waiting", "normal", "stopped", "done"


class Look(NamedTuple):
    """How a sort of light is shown: its word, the window's name of its colour, whether with a tick."""

    word: str
    colour: str
    tick: bool = False


LOOKS: Mapping[str, Look] = {  # what is to be done first comes first
    OVERDUE: Look("逾期", "red"),
    BEHIND: Look("滞后", "yellow"),
    SOON: Look("临期", "blue"),
    WAITING: Look("未启动", "grey"),
    NORMAL: Look("正常", "green"),
    STOPPED: Look("中止", "grey"),
    DONE: Look("完成", "green", tick=True),
}


class Light(NamedTuple):
    """One light: its key in LOOKS, why it is so, and what would make it green ("" where it is), both as sentences."""

    key: str
    why: str
    to_green: str

    @property
    def word(self) -> str:
        """What stands beside the colour, always."""
        return LOOKS[self.key].word

    @property
    def colour(self) -> str:
        """The window's name of its colour."""
        return LOOKS[self.key].colour

    @property
    def tick(self) -> bool:
        """Whether it is a tick in place of a lamp."""
        return LOOKS[self.key].tick


class MonthLight(NamedTuple):
    """The light at a month's end, or on the last day that has come."""

    day: date
    light: Light


def light_of(facts: TaskFacts, day: date, rules: Rules, workdays: Workdays) -> Light:
    """The light at the end of that day by what was known of the task then; what is dated later changes nothing."""
    known = as_of(facts, day)
    case = _Case(known, day, rules, planned_share(known, day, workdays), workdays)
    key = case.key()
    why, to_green = _SENTENCES[key](case)
    reopened = f"{case.short(known.reopened_on)}重新打开。" if known.reopened_on and key != DONE else ""
    return Light(key, reopened + why, to_green)


def months_of(
    facts: TaskFacts, year: int, editions: Iterable[Edition], workdays: Workdays, today: date
) -> tuple[MonthLight, ...]:
    """The lights at the ends of a year's months by the rules that held then, the last as of `today`; none for months to come.

    What a month's end showed stays: who was behind and caught up later keeps the yellow month.
    """
    held = tuple(editions)
    ends = (min(day, today) for day in _month_ends(year) if day.replace(day=1) <= today)
    return tuple(MonthLight(day, light_of(facts, day, rules_on(held, day), workdays)) for day in ends)


def _month_ends(year: int) -> Iterator[date]:
    return (date(year, month, calendar.monthrange(year, month)[1]) for month in range(1, 13))


@dataclass(frozen=True, slots=True)
class _Case:
    """A task as it was known on a day, before the rules of that day."""

    facts: TaskFacts
    day: date
    rules: Rules
    planned: int | None
    workdays: Workdays

    def key(self) -> str:
        """Which light it is: the first of these that holds."""
        left = self.left
        holds = {
            DONE: self.facts.ending is not None,
            STOPPED: self.facts.stopped_on is not None,
            OVERDUE: left is not None and left < 0,
            BEHIND: self.behind,
            SOON: left is not None and left <= self.rules.soon_days,
            WAITING: not self.facts.begun,
        }
        return next((key for key, so in holds.items() if so), NORMAL)

    @property
    def left(self) -> int | None:
        """Days to the due day, below 0 behind it; None where none counts."""
        due = self.facts.due
        return None if self.facts.ongoing or due is None else (due - self.day).days

    @property
    def behind(self) -> bool:
        percent = self.facts.percent
        if self.planned is None or percent is None:
            return (self.day - self.heard).days > self.rules.silent_days
        return self.planned - percent > self.rules.behind_points

    @property
    def heard(self) -> date:
        """The day something was heard of it last: a report, else that it was handed out, else its beginning."""
        last = self.facts.last_report
        return max(self.facts.begin, self.facts.handed_on or date.min, last.reported_on if last else date.min)

    def short(self, day: date | None) -> str:
        """A day in words, with its year where that is not the year looked at."""
        return in_short(day, self.day.year) if day else ""

    @property
    def term(self) -> str:
        """The due day, and what it was before it was changed."""
        first = min(self.facts.due_changes, key=lambda change: change.decided_on, default=None)
        before = f"（原为{self.short(first.before)}，经批准更改）" if first and first.before else ""
        return f"完成时限是{self.short(self.facts.due)}{before}"

    @property
    def progress(self) -> str:
        """How far it is as far as anybody said."""
        percent = self.facts.percent
        return "报送的进展没有写完成比例" if percent is None else f"实际完成{percent}%"


def _done(case: _Case) -> tuple[str, str]:
    ending, due = case.facts.ending, case.facts.due
    assert ending is not None
    late = (ending.finished_on - due).days if due and not case.facts.ongoing else 0
    signed = f"{case.short(ending.signed_off_on)}销号" if ending.signed_off_on else "还没有销号"
    return f"{case.short(ending.finished_on)}办结{f'，比完成时限晚{late}天' if late > 0 else ''}，{signed}。", ""


def _stopped(case: _Case) -> tuple[str, str]:
    return f"{case.short(case.facts.stopped_on)}起中止办理，还没有恢复。", "恢复办理后，按恢复当天的时限和进度重新亮灯。"


def _overdue(case: _Case) -> tuple[str, str]:
    why = f"{case.term}，已经逾期{-(case.left or 0)}天，还没有办结，{case.progress}。"
    return why, "办结并登记办结日期后显示完成；经批准延期的，按新的时限重新亮灯。"


def _behind(case: _Case) -> tuple[str, str]:
    facts, rules, percent = case.facts, case.rules, case.facts.percent
    if case.planned is None or percent is None:
        silent = f"{_heard(case)}，已有{(case.day - case.heard).days}天没有新的进展，超过{rules.silent_days}天。"
        return _by_reports(case) + silent, "报送一次进展，写明完成比例。"
    open_ones = (one for one in facts.milestones if one.due <= case.day and one.reached_on is None)
    short = [f"{one.text or '节点'}（{case.short(one.due)}）" for one in open_ones]
    missed = f"到期没有完成的节点：{'、'.join(short)}。" if short else ""
    points = case.planned - percent
    why = f"按序时进度应完成{case.planned}%，{case.progress}，落后{points}个百分点，超过{rules.behind_points}个百分点。{missed}"
    ends = "；临近完成时限，办结后显示完成" if case.left is not None and case.left <= rules.soon_days else ""
    to_green = f"完成比例达到{case.planned - rules.behind_points}%就不再滞后{ends}。"
    return why + counted_by_weekdays(facts, case.workdays), to_green


def _soon(case: _Case) -> tuple[str, str]:
    left = f"还有{case.left}天" if case.left else "当天到期"
    return f"{case.term}，{left}，{case.progress}。", "在完成时限前办结并登记办结日期，显示完成。"


def _waiting(case: _Case) -> tuple[str, str]:
    begin = case.short(case.facts.begin)
    if case.day < case.facts.begin:
        return f"启动时间是{begin}，还没有到。", "启动后报送进展。"
    said = "报送的进展说还没有启动" if case.facts.last_report else "还没有报送过进展"
    return f"启动时间是{begin}，{said}。", "报送进展，说明已经启动。"


def _normal(case: _Case) -> tuple[str, str]:
    if case.planned is None or case.facts.percent is None:
        return f"{_by_reports(case)}{_heard(case)}，没有超过{case.rules.silent_days}天。", ""
    if case.facts.percent == 100:
        return "报送的进展已完成100%，还没有登记办结。", ""
    return f"按序时进度应完成{case.planned}%，{case.progress}，没有落后{case.rules.behind_points}个百分点以上。", ""


def _by_reports(case: _Case) -> str:
    """Why it is judged by the age of what was heard of it."""
    if case.facts.ongoing:
        return "持续推进的任务看多久没有进展。"
    if case.planned is None:
        return "没有完成时限，看多久没有进展。"
    return "报送的进展没有写完成比例，没法和序时进度比，看多久没有进展。"


def _heard(case: _Case) -> str:
    last, heard = case.facts.last_report, case.heard
    if last and last.reported_on == heard:
        return f"最近一次进展是{case.short(heard)}报的"
    since = "启动" if heard == case.facts.begin else "交办"
    return f"{case.short(heard)}{since}后还没有报送进展"


_SENTENCES: Mapping[str, Callable[[_Case], tuple[str, str]]] = {
    DONE: _done, STOPPED: _stopped, OVERDUE: _overdue, BEHIND: _behind, SOON: _soon, WAITING: _waiting, NORMAL: _normal,
}  # fmt: skip
