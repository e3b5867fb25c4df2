"""The work queue (今日待办), declared: what there is to be done, how urgent it is, and which records it is about.

Each number is counted by the very condition that lists its records (`condition`), so that both say the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, union

from db.base import Record, table_of
from db.extensions import Extension
from db.ledgers.progress import Progress
from db.models import Milestone, Paper, PaperTask, Person, Responsibility, Task
from db.supervision import Finding, Notice
from huajie_desktop.declared.life import REVIEW
from huajie_desktop.lights.kept_facts import editions
from huajie_desktop.lights.late import last_day_to_report
from huajie_desktop.lights.rules import Rules, rules_on
from huajie_desktop.records.lines import URGENCIES, TodoLine, TodoPart
from huajie_desktop.records.listing import conditions
from huajie_desktop.seat import SeatSession, visible
from huajie_desktop.supervision.known_tasks import stood_on
from huajie_desktop.work.checklist import TaskFilter, wanted_of
from huajie_desktop.work.deadlines import falling_due, overdue, unfinished
from huajie_desktop.work.occurrences import tasks_due
from huajie_desktop.work.task_ledger import TASKS

LATE, NOW, SOON = URGENCIES
PAPERS = "papers"  # the register, which is no ledger of the catalogue
_NEAR = 7  # days in which a milestone is near
Condition = ColumnElement[bool]


class Asked(NamedTuple):
    """By what a condition is judged: whose seat, which day, the office's rules on that day."""

    session: SeatSession
    today: date
    rules: Rules

    def within(self, days: int) -> Condition:
        """Tasks not stopped that fall due today or within so many days."""
        return and_(falling_due(self.today, self.today + timedelta(days=days)), _going_on())


@dataclass(frozen=True, slots=True)
class Part:
    """One number of a line: `key` is what a link to its records carries."""

    key: str
    word: str
    urgency: str
    of: type[Record]
    where: Callable[[Asked], Condition]


class Matter(NamedTuple):
    """One line of the queue with what can be counted of it, the most urgent first."""

    title: str
    parts: tuple[Part, ...]


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


# reports


def _reported(month: int) -> Condition:
    return exists().where(Progress.task_id == Task.id, Progress.month == f"{month:02}")


def _silent_this_month(asked: Asked) -> Condition:
    """Confirmed unfinished tasks that have begun, without a report of this month."""
    today = asked.today
    begun = or_(Task.start.is_(None), Task.start <= today)
    of_this_year = today.year == asked.session.seat.year
    return and_(TASKS.settled(Task), still_open(), begun, ~_reported(today.month)) if of_this_year else Task.id.is_(None)


def _months_owed(asked: Asked) -> Condition:
    """Confirmed unfinished tasks of which a month was not reported whose last day for it is past: `late.missing_months`."""
    year = asked.session.seat.year
    ends = [(month, last_day_to_report(date(year, month, 1), asked.rules)) for month in range(1, 13)]
    missing = [_owes(month, end) for month, end in ends if end < asked.today]
    return and_(TASKS.settled(Task), still_open(), or_(*missing)) if missing else Task.id.is_(None)


def _owes(month: int, end: date) -> Condition:
    begun = and_(or_(Task.start.is_(None), Task.start <= end), or_(Task.handed_on.is_(None), Task.handed_on <= end))
    rested = stood_on(end).in_(("suspended", "signed_off"))
    return and_(begun, ~_reported(month), func.coalesce(rested, False).is_(False))


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
        Part("overdue", "已逾期", LATE, Task, lambda a: and_(overdue(a.today), _going_on(), Task.ongoing.is_(False))),
        Part("due_7", "7 天内到期", NOW, Task, lambda a: a.within(7)),
        Part("due_15", "15 天内", SOON, Task, lambda a: a.within(15)),
        Part("due_30", "30 天内", SOON, Task, lambda a: a.within(30)),
    )),
    Matter("督查单", (
        Part("notices_late", "超期未反馈", LATE, Notice, lambda a: and_(unanswered(), Notice.term < a.today)),
        Part("notices_open", "未反馈", NOW, Notice, lambda _a: unanswered()),
        Part("notices_answered", "已反馈待复核", NOW, Notice, lambda _a: Notice.state == "answered"),
    )),
    Matter("问题整改", (
        Part("findings_late", "超期未整改", LATE, Finding, lambda a: and_(Finding.state == "handed", Finding.term < a.today)),
        Part("findings_open", "整改中", NOW, Finding, lambda _a: Finding.state == "handed"),
        Part("findings_answered", "已反馈待复核", NOW, Finding, lambda _a: Finding.state == "answered"),
    )),
    Matter("签收", (
        Part("receive_late", "逾期未签收", LATE, Task, lambda a: and_(Task.handling == "handed", Task.receive_by < a.today)),
        Part("receive", "待签收", NOW, Task, lambda _a: Task.handling == "handed"),
    )),
    Matter("月度进展", (
        Part("reports_owed", "应报未报", LATE, Task, _months_owed),
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
              lambda a: and_(Extension.state == "asked", Extension.before < a.today)),
        Part("extensions_asked", "待审批", NOW, Extension, lambda _a: Extension.state == "asked"),
    )),
    Matter("销号", (Part("applied", "待核验", NOW, Task, lambda _a: Task.handling == "applied"),)),
    Matter("退回修改", (
        Part("returned_own", "退回给您", NOW, Task, _returned_to_oneself),
        Part("returned", "退回没改好", SOON, Task, lambda _a: Task.state == "returned"),
    )),
    Matter("承诺书", (
        Part("pledges_late", "逾期未签", LATE, Paper, lambda a: _unsigned(a, late=True)),
        Part("pledges_waiting", "待签回", SOON, Paper, lambda a: _unsigned(a, late=False)),
        Part("unpledged", "已确认还没做", SOON, Task, _unpledged),
    )),
)  # fmt: skip
_PARTS = {part.key: part for matter in MATTERS for part in matter.parts}
WAITING = "waiting"  # what waits for review: listed on the page of the review


def words(of: type[Record]) -> dict[str, str]:
    """What can be listed of a kind of record, by key."""
    return {part.key: part.word for part in _PARTS.values() if part.of is of}


def condition(session: SeatSession, key: str) -> Condition:
    """The records a number of the queue counts today, as a condition of a list."""
    return condition_on(session, key, session.seat.today())


def condition_on(session: SeatSession, key: str, day: date) -> Condition:
    """The same on another day."""
    return _PARTS[key].where(asked_of(session, day))


def papers(session: SeatSession, key: str) -> set[int]:
    """The ids of the papers a number of the queue counts."""
    return set(session.scalars(select(Paper.id).where(*visible(session.seat, Paper), condition(session, key))))


def asked_of(session: SeatSession, today: date) -> Asked:
    """What all conditions are judged by."""
    return Asked(session, today, rules_on(editions(session), today))


def queue(session: SeatSession, today: date) -> tuple[TodoLine, ...]:
    """The lines with something in them, the most urgent first; of equal ones as they are declared."""
    asked = asked_of(session, today)
    counts = _counted(asked, _PARTS.values())
    own = _own_tasks(session)
    of_tasks = [part for part in _PARTS.values() if part.of is Task and counts[part.key]]
    mine = {} if own is None else _counted(asked, of_tasks, own)
    lines = [_line(session, matter, counts, mine) for matter in MATTERS]
    found = [line for line in (_review(session), *lines) if line.parts]
    return tuple(sorted(found, key=lambda line: list(URGENCIES).index(line.urgency)))


def _line(session: SeatSession, matter: Matter, counts: Mapping[str, int], mine: Mapping[str, int]) -> TodoLine:
    catalogue = session.seat.catalogue
    parts = [
        TodoPart(part.key, found.key if (found := catalogue.of(part.of)) else PAPERS, part.word, part.urgency, counts[part.key],
                 mine.get(part.key, 0))
        for part in matter.parts if counts[part.key]
    ]  # fmt: skip
    return TodoLine(matter.title, parts)


def _review(session: SeatSession) -> TodoLine:
    """What waits for review in each ledger; lives of other words have lines of their own."""
    ledgers = [one for one in session.seat.catalogue.reviewed.values() if one.life and REVIEW.waiting in one.life.states]
    counts = {ledger.key: _waiting(session, ledger.model) for ledger in ledgers}
    return TodoLine("审核", [TodoPart(WAITING, one.key, one.noun, NOW, counts[one.key]) for one in ledgers if counts[one.key]])


def _waiting(session: SeatSession, model: Any) -> int:
    waiting = select(func.count()).select_from(model).where(*visible(session.seat, model), model.state == REVIEW.waiting)
    return session.scalar(waiting) or 0


def _counted(asked: Asked, parts: Iterable[Part], among: Any = None) -> dict[str, int]:
    """How many records each part is about, one statement a table; with `among` (ids) those of them alone."""
    session, found = asked.session, dict[str, int]()
    for model, of_it in _by_model(parts):
        sums = [func.coalesce(func.sum(case((part.where(asked), 1), else_=0)), 0) for part in of_it]
        counting = select(*sums).select_from(model).where(*visible(session.seat, model))
        kept = counting if among is None else counting.where(model.id.in_(among))
        found.update(zip((part.key for part in of_it), session.execute(kept).one(), strict=True))
    return found


def _by_model(parts: Iterable[Part]) -> Iterator[tuple[Any, Sequence[Part]]]:
    by: dict[str, list[Part]] = {}
    for part in parts:
        by.setdefault(table_of(part.of).name, []).append(part)
    return ((of_it[0].of, of_it) for of_it in by.values())


def _own_tasks(session: SeatSession) -> Any:
    """The ids of tasks whoever sits here leads or answers for; None where nobody is known by that identity."""
    me = session.scalar(select(Person.id).where(Person.uid == session.seat.author.uid)) if session.seat.author.uid else None
    if me is None:
        return None
    answered = select(Responsibility.task_id).where(Responsibility.person_id == me)
    return union(select(Task.id).where(Task.lead_id == me), answered)
