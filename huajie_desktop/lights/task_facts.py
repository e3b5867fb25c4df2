"""What a task's light depends on, each fact with the day it came to be known, so that any day can be asked for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple


class DueChange(NamedTuple):
    """The due day was changed by a decision of that day (延期批准); what it was until then."""

    decided_on: date
    before: date | None


class Milestone(NamedTuple):
    """One milestone with its due day, and the day it was reached."""

    due: date
    reached_on: date | None = None
    text: str = ""


class Reported(NamedTuple):
    """One report: the day it was made, per cent done, the stage (`db.reports.STAGES`), and any day of the month it is about."""

    reported_on: date
    percent: int | None = None
    stage: str | None = None
    month: date | None = None  # the month of `reported_on` unless said


class Pause(NamedTuple):
    """The task was stopped (中止) on a day, and went on on another."""

    stopped_on: date
    resumed_on: date | None = None


class Ending(NamedTuple):
    """The task was finished (办结), signed off (销号), and opened again: the days of each."""

    finished_on: date
    signed_off_on: date | None = None
    reopened_on: date | None = None


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """All that a light depends on; days that are not known are None, what there can be several of stands in any order."""

    first_day: date  # of the campaign or the year: where a task without a start begins
    start: date | None = None
    due: date | None = None  # as it is now; what it was before say `due_changes`
    ongoing: bool = False
    due_changes: tuple[DueChange, ...] = ()
    handed_on: date | None = None  # 交办
    received_on: date | None = None  # 签收
    pauses: tuple[Pause, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    reports: tuple[Reported, ...] = ()
    endings: tuple[Ending, ...] = ()

    @property
    def begin(self) -> date:
        """The day it begins."""
        return self.start or self.first_day

    @property
    def last_report(self) -> Reported | None:
        """What was reported last; of several of one day the last in `reports`."""
        return _newest(self.reports)

    @property
    def percent(self) -> int | None:
        """Per cent done, as reported last or as milestones were reached if that is more; 0 before any report, None if unsaid."""
        told, count = self._reported(), len(self.milestones)
        if not count:
            return told
        return max(100 * sum(one.reached_on is not None for one in self.milestones) // count, told or 0)

    def _reported(self) -> int | None:
        last = self.last_report
        if last is None:
            return 0
        if last.stage == "done":
            return 100
        said = _newest(one for one in self.reports if one.percent is not None)
        return said.percent if said else (0 if last.stage == "waiting" else None)

    @property
    def begun(self) -> bool:
        """Whether anybody said that it was begun: a report that does not say 未启动 or 0, or a milestone that was reached."""
        last, percent = self.last_report, self.percent
        if percent:
            return True
        return last is not None and (last.stage not in (None, "waiting") or (last.stage is None and percent is None))

    @property
    def ending(self) -> Ending | None:
        """How it ended, None while it is open."""
        lasting = (one for one in self.endings if one.reopened_on is None)
        return max(lasting, key=lambda one: one.finished_on, default=None)

    @property
    def reopened_on(self) -> date | None:
        """The last day it was opened again."""
        return max((one.reopened_on for one in self.endings if one.reopened_on), default=None)

    @property
    def stopped_on(self) -> date | None:
        """Since when it is stopped, None while it is not."""
        return max((pause.stopped_on for pause in self.pauses if pause.resumed_on is None), default=None)


def as_of(facts: TaskFacts, day: date) -> TaskFacts:
    """What was known of it at the end of that day: nothing that is dated later, and the due day as it was then."""

    def known(when: date | None) -> date | None:
        return when if when is not None and when <= day else None

    later = [change for change in facts.due_changes if change.decided_on > day]
    return replace(
        facts,
        due=min(later, key=lambda change: change.decided_on).before if later else facts.due,
        due_changes=tuple(change for change in facts.due_changes if change.decided_on <= day),
        handed_on=known(facts.handed_on),
        received_on=known(facts.received_on),
        pauses=tuple(Pause(on, known(resumed)) for on, resumed in facts.pauses if on <= day),
        milestones=tuple(one._replace(reached_on=known(one.reached_on)) for one in facts.milestones),
        reports=tuple(report for report in facts.reports if report.reported_on <= day),
        endings=tuple(Ending(on, known(signed), known(again)) for on, signed, again in facts.endings if on <= day),
    )


def _newest(reports: Iterable[Reported]) -> Reported | None:
    return max(reversed(tuple(reports)), key=lambda one: one.reported_on, default=None)
