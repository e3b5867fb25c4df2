"""The course of a task month by month: how far it was and should have been, what was spent, which months are missing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select

from db.fields import in_wan
from db.ledgers.progress import Progress
from db.models import Task
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.lights.kept_facts import editions, facts_of
from huajie_desktop.lights.late import late_in_reporting, missing_months
from huajie_desktop.lights.planned import planned_share
from huajie_desktop.lights.rules import rules_on
from huajie_desktop.lights.task_facts import TaskFacts, as_of
from huajie_desktop.lights.workdays import official
from huajie_desktop.seat import SeatSession


class Point(NamedTuple):
    """One month of a task: what was reported of it, and the planned share at its end; whole per cent, amounts in 元."""

    month: int
    planned: int | None
    percent: int | None
    invested: Decimal | None

    @property
    def words(self) -> str:
        """What was reported, in figures."""
        said = [f"{self.percent}%"] if self.percent is not None else []
        said += [f"{in_wan(self.invested):f}万元"] if self.invested is not None else []
        return f"{self.month}月 {'，'.join(said)}" if said else ""


class Course(NamedTuple):
    """The months of a task up to a day, the planned share on that day, the planned investment, and what is late."""

    points: tuple[Point, ...]
    planned: int | None
    investment: Decimal | None
    late: str

    @property
    def percent(self) -> int | None:
        """What was reported last."""
        return next((point.percent for point in reversed(self.points) if point.percent is not None), None)

    @property
    def invested(self) -> Decimal | None:
        """What was spent by the last report that says so."""
        return next((point.invested for point in reversed(self.points) if point.invested is not None), None)

    @property
    def words(self) -> str:
        """How far it is and should be, and what was spent of what was planned, in one sentence."""
        done = "还没有报过比例" if self.percent is None else f"已报 {self.percent}%"
        plan = "" if self.planned is None else f"，序时进度 {self.planned}%"
        whole = "" if self.investment is None else f"／{in_wan(self.investment):f}"
        spent = "" if self.invested is None else f"；资金 {in_wan(self.invested):f}{whole} 万元"
        return f"{done}{plan}{spent}。"


def course_of(session: SeatSession, task_id: int, day: date) -> Course:
    """How a task went up to that day."""
    facts = facts_of(session, [task_id])[task_id]
    asked = (Progress.month, Progress.percent, Progress.invested)
    kept = session.execute(select(*asked).where(Progress.task_id == task_id).order_by(Progress.month))
    reports = {int(month): (percent, invested) for month, percent, invested in kept}
    workdays = official()
    points = tuple(
        Point(end.month, planned_share(as_of(facts, min(end, day)), end, workdays), *reports.get(end.month, (None, None)))
        for end in _months(facts, session.seat.year, day, reports)
    )
    late = late_in_reporting(facts, day, rules_on(editions(session), day))
    investment = session.scalar(select(Task.investment).where(Task.id == task_id))
    return Course(points, planned_share(as_of(facts, day), day, workdays), investment, late.why if late else "")


def missing_of(session: SeatSession, of: Ledger, ids: Sequence[int], day: date) -> Mapping[int, str]:
    """By id of those records that have any the months whose reports are missing on that day: 4月、5月; of tasks alone."""
    if of.model is not Task:
        return {}
    rules = rules_on(editions(session), day)
    found = {task_id: missing_months(facts, day, rules) for task_id, facts in facts_of(session, ids).items()}
    return {task_id: "、".join(f"{month.month}月" for month in months) for task_id, months in found.items() if months}


def _months(facts: TaskFacts, year: int, day: date, reports: Iterable[int]) -> Iterator[date]:
    """The ends of the months of the year from the one it began in, or was reported of first, to this one."""
    first = min([*reports, facts.begin.month if facts.begin.year == year else 1 if facts.begin.year < year else 12])
    last = max([*reports, day.month if day.year == year else 12 if day.year > year else 1])
    for month in range(first, last + 1):
        yield date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
