"""What there is to be done, declared: how urgent it is, and which records it is about. `todo.py` counts it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import CTE, ColumnElement, and_, func, or_, select

from db.acts import Act
from db.base import Record
from db.extensions import Extension
from db.images import among
from db.models import Milestone, Paper, PaperTask, Task
from db.supervision import Finding, Notice
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import Workflow
from huajie_desktop.lights.late import last_day_to_report
from huajie_desktop.lights.light import BEHIND, OVERDUE
from huajie_desktop.lights.rules import Rules
from huajie_desktop.lights.standing import has_light
from huajie_desktop.lights.unreported import unreported
from huajie_desktop.records.lines import URGENCIES
from huajie_desktop.records.listing import conditions
from huajie_desktop.seat import SeatSession
from huajie_desktop.supervision.extensions import EXTENSIONS
from huajie_desktop.work.checklist import TaskFilter, wanted_of
from huajie_desktop.work.deadlines import falling_due, unfinished
from huajie_desktop.work.occurrences import tasks_due
from huajie_desktop.work.review import of_others
from huajie_desktop.work.task_ledger import TASKS

LATE, NOW, SOON = URGENCIES
_SIGN_OFF = TASKS.life_of(Act.VERIFY)
_NEAR = 7  # days in which a milestone is near
Condition = ColumnElement[bool]


class Asked(NamedTuple):
    """By what a condition is judged: whose seat, which day, the office's rules on that day, the lights where they are joined."""

    session: SeatSession
    today: date
    rules: Rules
    stands: CTE | None = None

    def lit(self, light: str) -> Condition:
        """Tasks with that light."""
        return has_light(self.session, self.today, light) if self.stands is None else self.stands.c.light == light

    def within(self, days: int) -> Condition:
        """Tasks not stopped that fall due today or within so many days."""
        return and_(falling_due(self.today, self.today + timedelta(days=days)), _going_on())


@dataclass(frozen=True, slots=True)
class Part:
    """One number of a line: `key` is what a link to its records carries.

    What waits for a decision says in which life of which ledger (`decided`): it is for whoever may take it.
    """

    key: str
    word: str
    urgency: str
    of: type[Record]
    where: Callable[[Asked], Condition]
    decided: tuple[Ledger, Workflow | None] | None = None

    def condition(self, asked: Asked) -> Condition:
        """Which records it counts for whoever asks."""
        where = self.where(asked)
        return and_(where, ~among(self.of.id, others)) if (others := self.of_others(asked)) else where

    def of_others(self, asked: Asked) -> tuple[int, ...]:
        """The ids of what waits and another must decide."""
        return of_others(asked.session, *self.decided) if self.decided else ()


class Matter(NamedTuple):
    """One line of the queue with what can be counted of it, the most urgent first."""

    title: str
    parts: tuple[Part, ...]

    @property
    def decided(self) -> bool:
        """Whether it is about decisions."""
        return any(part.decided for part in self.parts)


def _going_on() -> Condition:
    """Tasks that are not stopped (中止)."""
    return Task.handling.is_distinct_from("suspended")


def still_open() -> Condition:
    """Tasks that are neither finished nor stopped."""
    return and_(unfinished(), _going_on())


def unanswered() -> Condition:
    """Notices whose unit has not answered."""
    return Notice.state.in_(("issued", "summoned"))


# milestones


def _milestones(first: date, last: date) -> Condition:
    """Unfinished tasks with a milestone of those days that is not reached."""
    marks = select(Milestone.task_id).where(Milestone.due.between(first, last), Milestone.reached_on.is_(None))
    return and_(still_open(), Task.id.in_(marks))


# reports: what is missing says `lights/late.py` of one task, `lights/unreported.py` of all


def _silent_this_month(asked: Asked) -> Condition:
    """Confirmed open tasks without a report of this month, of those that are asked for one by now."""
    today = asked.today
    if today.year != asked.session.seat.year:
        return Task.id.is_(None)
    return and_(_reporting(), unreported(asked.session, min(today, last_day_to_report(today, asked.rules)), today))


def _months_owed(asked: Asked) -> Condition:
    """Confirmed open tasks of which a month was not reported whose last day for it is past."""
    months = (date(asked.session.seat.year, month, 1) for month in range(1, 13))
    ends = [end for month in months if (end := last_day_to_report(month, asked.rules)) < asked.today]
    missing = [unreported(asked.session, end, asked.today) for end in ends]
    return and_(_reporting(), or_(*missing)) if missing else Task.id.is_(None)


def _reporting() -> Condition:
    return and_(TASKS.settled(Task), still_open())


# review, papers


def _returned_to_oneself(asked: Asked) -> Condition:
    session = asked.session
    own = wanted_of(session, TaskFilter(state="returned", author=session.seat.author.name), asked.today)
    return and_(*conditions(session, TASKS, own))


def _unsigned(asked: Asked, *, late: bool) -> Condition:
    waiting = and_(Paper.kind == "pledge", Paper.signed_on.is_(None), Paper.outdated_at.is_(None))
    passed = func.coalesce(Paper.sign_by < asked.today, False)
    return and_(waiting, passed if late else ~passed)


def _unpledged(_asked: Asked) -> Condition:
    """Confirmed unfinished tasks on no pledge in force."""
    on_pledges = select(PaperTask.task_id).join(Paper, Paper.id == PaperTask.paper_id)
    in_force = on_pledges.where(Paper.kind == "pledge", Paper.outdated_at.is_(None))
    return and_(TASKS.settled(Task), still_open(), Task.id.not_in(in_force))


MATTERS = (
    Matter("完成时限", (
        Part("overdue", "已逾期", LATE, Task, lambda a: a.lit(OVERDUE)),
        Part("due_7", "7 天内到期", NOW, Task, lambda a: a.within(7)),
        Part("due_15", "15 天内", SOON, Task, lambda a: a.within(15)),
        Part("due_30", "30 天内", SOON, Task, lambda a: a.within(30)),
    )),
    Matter("督查单", (
        Part("notices_late", "超期未反馈", LATE, Notice, lambda a: and_(unanswered(), Notice.term < a.today)),
        Part("notices_answered_late", "反馈待复核已过期限", LATE, Notice,
             lambda a: and_(Notice.state == "answered", Notice.term < a.today)),
        Part("notices_open", "未反馈", NOW, Notice, lambda _a: unanswered()),
        Part("notices_answered", "已反馈待复核", NOW, Notice, lambda _a: Notice.state == "answered"),
    )),
    Matter("问题整改", (
        Part("findings_late", "超期未整改", LATE, Finding, lambda a: and_(Finding.state == "handed", Finding.term < a.today)),
        Part("findings_answered_late", "反馈待复核已过期限", LATE, Finding,
             lambda a: and_(Finding.state == "answered", Finding.term < a.today)),
        Part("findings_open", "整改中", NOW, Finding, lambda _a: Finding.state == "handed"),
        Part("findings_answered", "已反馈待复核", NOW, Finding, lambda _a: Finding.state == "answered"),
    )),
    Matter("签收", (
        Part("receive_late", "逾期未签收", LATE, Task, lambda a: and_(Task.handling == "handed", Task.receive_by < a.today)),
        Part("receive", "待签收", NOW, Task, lambda _a: Task.handling == "handed"),
    )),
    Matter("月度进展", (
        Part("reports_owed", "应报未报", LATE, Task, _months_owed),
        Part("behind", "滞后", NOW, Task, lambda a: a.lit(BEHIND)),
        Part("report_now", "本月未报进展", NOW, Task, _silent_this_month),
    )),
    Matter("时间节点", (
        Part("milestones_due", "节点已到未完成", LATE, Task, lambda a: _milestones(date.min, a.today)),
        Part("milestones_near", "7 天内到节点", SOON, Task,
              lambda a: _milestones(a.today + timedelta(days=1), a.today + timedelta(days=_NEAR))),
    )),
    Matter("周期事项", (
        Part("occurrences_late", "逾期没办", LATE, Task, lambda a: tasks_due(date.min, a.today - timedelta(days=1))),
    )),
    Matter("延期申请", (
        Part("extensions_late", "原时限已过还没批", LATE, Extension,
              lambda a: and_(Extension.state == "asked", Extension.before < a.today), (EXTENSIONS, None)),
        Part("extensions_asked", "待审批", NOW, Extension, lambda _a: Extension.state == "asked", (EXTENSIONS, None)),
    )),
    Matter("销号", (Part("applied", "待核验", NOW, Task, lambda _a: Task.handling == "applied", (TASKS, _SIGN_OFF)),)),
    Matter("退回修改", (
        Part("returned", "退回没改好", SOON, Task, lambda _a: Task.state == "returned"),
    )),
    Matter("承诺书", (
        Part("pledges_late", "逾期未签", LATE, Paper, lambda a: _unsigned(a, late=True)),
        Part("pledges_waiting", "待签回", SOON, Paper, lambda a: _unsigned(a, late=False)),
        Part("unpledged", "已确认还没做", SOON, Task, _unpledged),
    )),
)  # fmt: skip
RETURNED = Part("returned_own", "退回给您", NOW, Task, _returned_to_oneself)
