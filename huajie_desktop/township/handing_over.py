"""Handing work over: what one person (or a unit that ended) still had to do becomes another's."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from db.base import Record
from db.fields import Field, Kind
from db.journal import Changes
from db.log import Act
from db.models import Person, Post
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.records.references import Pointer, pointers, turn, unfinished
from huajie_desktop.seat import Running, Seat, SeatSession
from huajie_desktop.work.signed import outdate

POSTS_TOO = Field("职务也一并移交", Kind.FLAG, help="原来的职务今天结束，由接手的人从今天起担任").named("posts")


class Part(NamedTuple):
    """What of one sort would go over, and how many: 任务的牵头领导 3."""

    words: str
    number: int


def preview(session: SeatSession, person_id: int, *, posts: bool = False) -> list[Part]:
    """How many of each sort a person would hand over."""
    counted: dict[str, int] = {}
    for pointer, where in _work(session, Person):
        count = session.scalar(select(func.count()).where(pointer.at == person_id, *where)) or 0
        counted[pointer.words] = counted.get(pointer.words, 0) + count
    if posts:
        counted["职务"] = len(_posts(session, person_id))
    return [Part(words, count) for words, count in counted.items() if count]


def hand_over(seat: Seat, giver_id: int, taker_id: int, *, posts: bool = False) -> Changes:
    """Gives all unfinished work of one person to another: tasks, leads, task force roles, ledgers; posts only if asked.

    Raises Problem when there is nothing to give, FieldErrors for the same person twice.
    """
    if giver_id == taker_id:
        raise FieldErrors({"taker": "不能移交给本人"})
    with seat.operation(Act.ARRANGE, "工作移交") as running:
        session = running.session
        giver, taker = session.get_one(Person, giver_id), session.get_one(Person, taker_id)
        label, what = f"{giver.name}的工作移交给{taker.name}", f"责任人由{giver.name}改为{taker.name}"
        if taker.closed_on:
            raise FieldErrors({"taker": f"“{taker.name}”已停用，不能接手"})
        if not preview(session, giver_id, posts=posts):
            raise Problem(f"{giver.name}没有要移交的工作，没有改动。")
        running.call(label)
        if posts:
            for post in _posts(session, giver_id):
                session.add(
                    Post(person_id=taker_id, unit_id=post.unit_id, title=post.title, since=seat.today(), position=post.position)
                )
                post.until = seat.today()
        move_unfinished(running, Person, giver_id, taker_id, session.seat.year, what)
    return running.changes


def move_unfinished(running: Running, target: type[Record], old: int, new: int, year: int, what: str) -> None:
    """Turns all unfinished work of campaigns of that year and later to another unit or person.

    `what` says what happened to a task, for the papers it stood on.
    """
    session = running.session
    tasks: Mapping[int, str] = {}
    for pointer in pointers(target):
        where = unfinished(pointer, year)
        if where is not None:
            tasks = {**tasks, **_printed(session, pointer, old, where)}
            turn(running, pointer, old, new, where)
    outdate(running, tasks, what)


def _work(session: SeatSession, target: type[Record]) -> list[tuple[Pointer, list[ColumnElement[bool]]]]:
    year = session.seat.year
    found = [(pointer, unfinished(pointer, year)) for pointer in pointers(target)]
    return [(pointer, where) for pointer, where in found if where is not None]


def _posts(session: SeatSession, person_id: int) -> list[Post]:
    return list(session.scalars(select(Post).where(Post.person_id == person_id, Post.until.is_(None)).order_by(Post.position)))


def _printed(session: SeatSession, pointer: Pointer, old: int, where: list[ColumnElement[bool]]) -> dict[int, str]:
    """The records (id -> name) whose papers name the unit or person the pointer shows: as their own, or among their people."""
    found: dict[int, str] = {}
    for ledger in session.seat.catalogue.values():
        people = {part.model: part.column for key, part in ledger.parts.items() if ledger.fields[key].kind == Kind.PEOPLE}
        if not ledger.outdates or pointer.model not in (ledger.model, *people):
            continue
        statement = select(ledger.model.id, ledger.column(ledger.name)).where(pointer.at == old, *where)
        if column := people.get(pointer.model):
            statement = statement.join(pointer.model, getattr(pointer.model, column) == ledger.model.id)
        found.update((record_id, name) for record_id, name in session.execute(statement))
    return found
