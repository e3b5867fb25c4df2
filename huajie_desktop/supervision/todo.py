"""The work queue (今日待办): the matters that are declared, counted for whoever asks, whose they are and how urgent.

Each number is counted by the very condition that lists its records (`condition`), so that both say the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, case, func, select, union

from db.base import Record, table_of
from db.models import Paper, Person, Responsibility, Task
from huajie_desktop.declared.life import REVIEW
from huajie_desktop.lights.kept_facts import editions
from huajie_desktop.lights.rules import rules_on
from huajie_desktop.lights.standing import standing
from huajie_desktop.records.lines import URGENCIES, WHOSE, TodoLine, TodoPart
from huajie_desktop.seat import SeatSession, visible
from huajie_desktop.supervision.matters import MATTERS, RETURNED, Asked, Condition, Part
from huajie_desktop.work.review import of_others, waiting
from huajie_desktop.work.task_ledger import TASKS

PAPERS = "papers"  # the register, which is no ledger of the catalogue
_OWN = "own:"  # begins the key of what a number counts of one's own tasks
_PARTS = {part.key: part for part in (*(part for matter in MATTERS for part in matter.parts), RETURNED)}
WAITING = "waiting"  # what waits for review: listed on the page of the review


def words(of: type[Record]) -> dict[str, str]:
    """What can be listed of a kind of record, by key."""
    found = {part.key: part.word for part in _PARTS.values() if part.of is of}
    return found | ({_OWN + key: f"您的{word}" for key, word in found.items() if key != RETURNED.key} if of is Task else {})


def condition(session: SeatSession, key: str) -> Condition:
    """The records a number of the queue counts today, as a condition of a list."""
    return condition_on(session, key, session.seat.today())


def condition_on(session: SeatSession, key: str, day: date) -> Condition:
    """The same on another day."""
    found = _PARTS[key.removeprefix(_OWN)].condition(asked_of(session, day))
    if not key.startswith(_OWN):
        return found
    own = _own_tasks(session)
    return Task.id.is_(None) if own is None else and_(found, Task.id.in_(own))


def papers(session: SeatSession, key: str) -> set[int]:
    """The ids of the papers a number of the queue counts."""
    return set(session.scalars(select(Paper.id).where(*visible(session.seat, Paper), condition(session, key))))


def asked_of(session: SeatSession, today: date) -> Asked:
    """What all conditions are judged by."""
    return Asked(session, today, rules_on(editions(session), today))


def queue(session: SeatSession, today: date) -> tuple[TodoLine, ...]:
    """The lines with something in them: one's own first, then what one is to decide, then the office's (WHOSE).

    Of these the most urgent first, of equal ones as they are declared.
    """
    counts = _counted(asked_of(session, today))
    lines = [*_own_lines(session, counts), *_review(session)]
    lines += [_line(session, matter.title, matter.parts, counts, "review" if matter.decided else "office") for matter in MATTERS]
    order = [*product(WHOSE, URGENCIES)]
    found = (line if any(part.number for part in line.parts) else line._replace(whose="office") for line in lines if line.parts)
    return tuple(sorted(found, key=lambda line: order.index((line.whose, line.urgency))))


_Counts = Mapping[str, "_Count"]


def _own_lines(session: SeatSession, counts: _Counts) -> Iterator[TodoLine]:
    """What is to be done of one's own tasks, and what came back to oneself."""
    yield _line(session, "退回修改", (RETURNED,), counts, "own")
    for matter in MATTERS:
        own = {_OWN + part.key: (part, counts[part.key].own) for part in matter.parts if not matter.decided}
        parts = [TodoPart(key, TASKS.key, part.word, part.urgency, number) for key, (part, number) in own.items() if number]
        yield TodoLine(matter.title, parts, "own")


def _line(session: SeatSession, title: str, parts: Iterable[Part], counts: _Counts, whose: str) -> TodoLine:
    catalogue, made = session.seat.catalogue, list[TodoPart]()
    for part in parts:
        number, _own, others = counts[part.key]
        if number or others:
            ledger = found.key if (found := catalogue.of(part.of)) else PAPERS
            made.append(TodoPart(part.key, ledger, part.word, part.urgency if number else "soon", number, others))
    return TodoLine(title, sorted(made, key=_urgency), whose)


def _urgency(part: TodoPart) -> int:
    return list(URGENCIES).index(part.urgency)


def _review(session: SeatSession) -> Iterator[TodoLine]:
    """What waits for review in each ledger; lives of other words have lines of their own."""
    parts = list[TodoPart]()
    for one in session.seat.catalogue.reviewed.values():
        if one.life and REVIEW.waiting in one.life.states and (whole := waiting(session, one)):
            others = len(of_others(session, one))
            urgency = "now" if whole > others else "soon"
            parts.append(TodoPart(WAITING, one.key, one.noun, urgency, whole - others, others))
    yield TodoLine("审核", sorted(parts, key=_urgency), "review")


class _Count(NamedTuple):
    """How many records a part is about, how many of these are one's own, and how many more another must decide."""

    number: int
    own: int
    others: int


def _counted(asked: Asked) -> dict[str, _Count]:
    """How many records each part is about, one statement a table."""
    session, found, own = asked.session, dict[str, _Count](), _own_tasks(asked.session)
    for model, parts in _by_model(_PARTS.values()):
        judged = asked._replace(stands=standing(session, asked.today)) if model is Task else asked
        shared = [part for part in parts if part.decided]
        conditions = [*(part.condition(judged) for part in parts), *(part.where(judged) for part in shared)]
        sums = [func.sum(case((condition, 1), else_=0)) for condition in conditions]
        counting = select(*sums).select_from(model).where(*visible(session.seat, model))
        if judged.stands is not None:
            counting = counting.join(judged.stands, judged.stands.c.id == Task.id)
        mine, rest = _by_own(session, counting, own if model is Task else None)
        numbers = [(one or 0) + (other or 0) for one, other in zip(mine, rest, strict=True)]
        wholes = dict(zip((part.key for part in shared), numbers[len(parts) :], strict=True))
        for part, number, of_own in zip(parts, numbers, mine, strict=False):
            found[part.key] = _Count(number, of_own or 0, wholes.get(part.key, number) - number)
    return found


def _by_own(session: SeatSession, counting: Select[Any], own: Any) -> tuple[Sequence[int | None], Sequence[int | None]]:
    """The sums of a statement over one's own tasks, and over all others."""
    none = [None] * len(counting.selected_columns)
    if own is None:
        return none, tuple(session.execute(counting).one())
    mine = case((Task.id.in_(own), 1), else_=0)
    rows = {is_own: sums for *sums, is_own in session.execute(counting.add_columns(mine).group_by(mine))}
    return rows.get(1, none), rows.get(0, none)


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
