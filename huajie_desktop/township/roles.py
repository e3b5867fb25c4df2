"""All that one person is: posts, task forces, tasks led and answered for, lines of ledgers."""

from typing import NamedTuple

from sqlalchemy import select

from db.base import Entry
from db.fields import Kind
from db.forces import ROLES
from db.models import ForceMember, Post, Responsibility, Task, TaskForce, Unit
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.seat import SeatSession, visible
from huajie_desktop.work.task_ledger import TASKS


class Role(NamedTuple):
    """One role as listed: what it is called, in what, when; and the record it stands in (ledger key "" for a post)."""

    id: int  # its place in the list
    role: str
    title: str
    term: str
    ledger: str
    record_id: int


def roles_of(session: SeatSession, person_id: int) -> list[Role]:
    """Posts first, then task forces, tasks and ledgers of the year worked on."""
    found = [*_posts(session, person_id), *_forces(session, person_id), *_tasks(session, person_id)]
    for ledger in session.seat.catalogue.ledgers.values():
        found += _of_ledger(session, ledger, person_id)
    return [Role(place, *role) for place, role in enumerate(found, 1)]


_Found = list[tuple[str, str, str, str, int]]


def term_words(since: object, until: object) -> str:
    """A term in words: 2021-02-25 起, 至 2021-12-31."""
    return " ".join(filter(None, (f"{since} 起" if since else "", f"至 {until}" if until else "")))


def _posts(session: SeatSession, person_id: int) -> _Found:
    statement = select(Post, Unit.name).join(Unit, Unit.id == Post.unit_id).where(Post.person_id == person_id)
    rows = session.execute(statement.order_by(Post.until.is_not(None), Post.position, Post.id))
    return [(post.title, unit, term_words(post.since, post.until), "", post.id) for post, unit in rows]


def _forces(session: SeatSession, person_id: int) -> _Found:
    statement = select(ForceMember.role, TaskForce).join(TaskForce, TaskForce.id == ForceMember.force_id)
    rows = session.execute(
        statement.where(ForceMember.person_id == person_id, TaskForce.campaign_id == session.seat.campaign_id).order_by(
            TaskForce.position
        )
    )
    return [(ROLES[role], force.name, term_words(force.since, force.until), "forces", force.id) for role, force in rows]


def _tasks(session: SeatSession, person_id: int) -> _Found:
    this_year = Task.campaign_id == session.seat.campaign_id
    led = select(Task.id, Task.title, Task.due).where(Task.lead_id == person_id, this_year).order_by(Task.due, Task.id)
    found: _Found = [("牵头领导", title, _until(due), TASKS.key, task_id) for task_id, title, due in session.execute(led)]
    answered = select(Task.id, Task.title, Task.due, Responsibility.position).join(
        Responsibility, Responsibility.task_id == Task.id
    )
    for task_id, title, due, place in session.execute(
        answered.where(Responsibility.person_id == person_id, this_year).order_by(Responsibility.position > 0, Task.due, Task.id)
    ):
        found.append(("主要责任人" if place == 0 else "责任人", title, _until(due), TASKS.key, task_id))
    return found


def _until(due: object) -> str:
    return f"{due} 前" if due else ""


def _of_ledger(session: SeatSession, ledger: Ledger, person_id: int) -> _Found:
    if not issubclass(ledger.model, Entry):
        return []
    found: _Found = []
    for declared in ledger.fields.values():
        if declared.kind == Kind.PERSON:
            name, column = getattr(ledger.model, ledger.fields[ledger.name].name), getattr(ledger.model, declared.name)
            rows = select(ledger.model.id, name).where(column == person_id, *visible(session.seat, ledger.model))
            found += [(f"{ledger.noun}{declared.label}", str(title), "", ledger.key, i) for i, title in session.execute(rows)]
    return found
