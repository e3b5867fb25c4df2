"""The township as it stands on a day: units in their tree, people under them with their posts; closing and reopening."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select

from db.journal import Changes
from db.log import Act
from db.models import Membership, Person, Post, Responsibility, Task, Unit
from db.organisation import GROUP_KINDS, UNIT_KINDS
from db.words.searching import holds, search_text, words_of
from db.words.sounding import Ear, ears
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Problem
from huajie_desktop.records.lines import Line
from huajie_desktop.records.listing import record_lines
from huajie_desktop.records.sought import digits_of
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.township.registers import MEMBERS, MEMBERSHIPS, POSTS, UNITS
from huajie_desktop.township.unit_names import names_on


@dataclass(frozen=True)
class Node:
    """One line of the tree: a heading, a unit, a member of a group, or a person; `note` says posts or how many."""

    kind: str  # heading, unit, member, person
    id: int  # of the unit or person; 0 for a heading
    name: str
    note: str = ""
    search: str = ""
    closed: bool = False
    below: tuple["Node", ...] = ()
    phone: str = ""  # by which a person is found, and which is not shown


@dataclass(frozen=True)
class _Read:
    """Everything the tree is made of, read once."""

    units: dict[int, Unit]
    names: dict[int, str]
    below: dict[int, list[Unit]]
    people: dict[int, list[Person]]
    posts: dict[tuple[int, int], list[Post]]  # by unit and person
    members: dict[int, list[int]]  # by group
    on: date


def tree(session: SeatSession, on: date, *, closed: bool = False) -> Node:
    """The township with all below it as of a day: under headings by kind of unit; closed units and people only if asked."""
    read = _read(session, on, closed)
    top = session.seat.township_id
    return _unit_node(read, read.units[top])


def _read(session: SeatSession, on: date, closed: bool) -> _Read:
    below, posts, members = defaultdict(list), defaultdict(list), defaultdict(list)
    units = {
        unit.id: unit for unit in session.scalars(select(Unit).order_by(Unit.position, Unit.id)) if closed or _stands(unit, on)
    }
    for unit in units.values():
        if unit.parent_id is not None:
            below[unit.parent_id].append(unit)
    found = {person.id: person for person in session.scalars(select(Person).order_by(Person.id)) if closed or _stands(person, on)}
    for post in session.scalars(select(Post).where(*_in_term(Post, on)).order_by(Post.position, Post.id)):
        if post.person_id in found:
            posts[post.unit_id, post.person_id].append(post)
    for member in session.scalars(select(Membership).where(*_in_term(Membership, on))):
        members[member.group_id].append(member.unit_id)
    return _Read(units, names_on(session, on), below, _by_unit(found, posts), posts, members, on)


def _by_unit(people: Mapping[int, Person], posts: Mapping[tuple[int, int], list[Post]]) -> dict[int, list[Person]]:
    """The people of each unit: whoever has a post there, in the order the posts were given, then whoever else belongs to it."""
    found = defaultdict[int, list[Person]](list)
    for (unit_id, person_id), _held in sorted(posts.items(), key=lambda item: item[1][0].id):
        found[unit_id].append(people[person_id])
    for person in people.values():
        if person.unit_id is not None and (person.unit_id, person.id) not in posts:
            found[person.unit_id].append(person)
    return found


def _stands(record: Unit | Person, on: date) -> bool:
    begun = not isinstance(record, Unit) or record.since is None or record.since <= on
    return begun and (record.closed_on is None or record.closed_on > on)


def _in_term(model: Any, on: date) -> tuple[Any, ...]:
    return or_(model.since.is_(None), model.since <= on), or_(model.until.is_(None), model.until > on)


def _unit_node(read: _Read, unit: Unit) -> Node:
    people = [_person_node(read, unit, person) for person in read.people[unit.id]]
    inside = [_unit_node(read, child) for child in read.below[unit.id] if child.id != unit.id]
    if unit.kind == "township":
        inside, people = _under_headings(read, inside, people), []
    ids = [unit_id for unit_id in read.members[unit.id] if unit_id in read.units]
    members = [_member_node(read, read.units[unit_id]) for unit_id in sorted(ids, key=list(read.units).index)]
    note = f"{len(members)} 个成员" if unit.kind in GROUP_KINDS and members else ""
    if unit.kind == "hamlet":
        note = UNIT_KINDS["hamlet"]
    return replace(_member_node(read, unit), kind="unit", note=note, below=(*people, *members, *inside))


def _under_headings(read: _Read, units: list[Node], people: list[Node]) -> list[Node]:
    """What the township holds itself: its units by kind, and last its own people."""
    by_kind = {kind: [node for node in units if read.units[node.id].kind == kind] for kind in UNIT_KINDS}
    own = [Node("heading", 0, "镇本级人员", str(len(people)), below=tuple(people))] if people else []
    return [*(_heading(kind, nodes) for kind, nodes in by_kind.items() if nodes), *own]


def _heading(kind: str, nodes: list[Node]) -> Node:
    if kind == "leadership" and len(nodes) == 1:
        return nodes[0]
    return Node("heading", 0, UNIT_KINDS[kind], note=str(len(nodes)), below=tuple(nodes))


def _member_node(read: _Read, unit: Unit) -> Node:
    name = read.names[unit.id]
    return Node("member", unit.id, name, search=f"{search_text(name)} {unit.search}", closed=not _stands(unit, read.on))


def _person_node(read: _Read, unit: Unit, person: Person) -> Node:
    titles = "、".join(post.title for post in read.posts.get((unit.id, person.id), ()))
    found_by, closed = f"{person.search} {search_text(titles)}", not _stands(person, read.on)
    return Node("person", person.id, person.name, titles, found_by, closed, phone=person.phone or "")


class PersonLine(NamedTuple):
    """One person of a unit as listed: the posts there, and how many tasks of the year he answers for."""

    id: int
    title: str
    posts: str
    tasks: int


def people_lines(session: SeatSession, unit_id: int) -> list[PersonLine]:
    """The people in force of a unit, those with a post there first."""
    held = select(Post.person_id).where(Post.unit_id == unit_id, Post.until.is_(None))
    wanted = or_(Person.unit_id == unit_id, Person.id.in_(held))
    people = session.scalars(select(Person).where(wanted, Person.closed_on.is_(None)).order_by(Person.id)).all()
    posts: dict[int, list[str]] = {}
    for post in session.scalars(
        select(Post).where(Post.unit_id == unit_id, Post.until.is_(None)).order_by(Post.position, Post.id)
    ):
        posts.setdefault(post.person_id, []).append(post.title)
    counted = select(Responsibility.person_id, func.count()).join(Task, Task.id == Responsibility.task_id)
    counted = counted.where(Task.campaign_id == session.seat.campaign_id).group_by(Responsibility.person_id)
    tasks = {person_id: count for person_id, count in session.execute(counted)}
    lines = [PersonLine(who.id, who.name, "、".join(posts.get(who.id, ())), tasks.get(who.id, 0)) for who in people]
    return sorted(lines, key=lambda line: not line.posts)


def membership_lines(session: SeatSession, unit_id: int) -> list[Line]:
    """The groups a unit belongs or belonged to."""
    return _linked(session, MEMBERSHIPS, Membership.unit_id == unit_id)


def member_lines(session: SeatSession, group_id: int) -> list[Line]:
    """The units that belong or belonged to a group."""
    return _linked(session, MEMBERS, Membership.group_id == group_id)


def post_lines(session: SeatSession, person_id: int) -> list[Line]:
    """The posts a person holds or held."""
    return _linked(session, POSTS, Post.person_id == person_id)


def _linked(session: SeatSession, ledger: Ledger, owned: Any) -> list[Line]:
    model: Any = ledger.model
    ids = session.scalars(select(model.id).where(owned).order_by(model.until.is_not(None), model.id)).all()
    return record_lines(session, ledger, ids, ledger.shown.columns)


def found_in(root: Node, text: str) -> tuple[Node | None, Ear]:
    """What of the tree is called so, or where nothing is what sounds so, with all above and below it; and how it was found."""
    for ear in ears(words_of(text)):
        if found := _narrowed(root, text, ear):
            return found, ear
    return None, Ear.LETTER


def _narrowed(node: Node, text: str, ear: Ear) -> Node | None:
    if is_called(node, text, ear):
        return node
    below = tuple(found for child in node.below if (found := _narrowed(child, text, ear)))
    return replace(node, below=below) if below else None


def is_called(node: Node, text: str, ear: Ear = Ear.LETTER) -> bool:
    """Whether a unit or person is called so, or with that ear sounds so, or has that telephone."""
    return node.kind != "heading" and all(_says(node, word, ear) for word in words_of(text))


def _says(node: Node, word: str, ear: Ear) -> bool:
    digits = digits_of(word)
    return holds(node.search, word, ear) or bool(digits and digits in node.phone.replace("-", ""))


def people_labels(session: SeatSession, *, without: int = 0) -> dict[int, tuple[str, str]]:
    """People in force, each told apart by unit (张三（倪宅村）), with what else finds them, by id."""
    statement = select(Person, Unit.name).outerjoin(Unit, Unit.id == Person.unit_id).where(Person.closed_on.is_(None))
    rows = session.execute(statement.where(Person.id != without).order_by(Unit.position, Person.id)).all()
    return dict(_told_apart((person.id, f"{person.name}（{unit or '未填单位'}）", person.search) for person, unit in rows))


def unit_labels(session: SeatSession, *, without: int = 0) -> dict[int, tuple[str, str]]:
    """All units by name, closed ones too, with what else finds them, by id."""
    units = session.scalars(select(Unit).where(Unit.id != without).order_by(Unit.position, Unit.id))
    return dict(_told_apart((unit.id, unit.name, unit.search) for unit in units))


def _told_apart(found: Iterable[tuple[int, str, str]]) -> Iterable[tuple[int, tuple[str, str]]]:
    seen: dict[str, int] = {}
    for record_id, label, search in found:
        seen[label] = seen.get(label, 0) + 1
        yield record_id, (label if seen[label] == 1 else f"{label}{seen[label]}", search)


def close_unit(seat: Seat, unit_id: int) -> Changes:
    """Takes a unit out of use from today on; what it did stays. Raises Problem for the township."""
    with seat.operation(Act.ARRANGE, "停用单位") as running:
        unit = running.session.get_one(Unit, unit_id)
        running.call(f"停用单位“{unit.name}”")
        _set_closed(running.session, unit, seat.today())
    return running.changes


def close_person(seat: Seat, person_id: int) -> Changes:
    """Takes a person out of use from today on; the posts end today, what was done stays."""
    with seat.operation(Act.ARRANGE, "停用人员") as running:
        person = running.session.get_one(Person, person_id)
        running.call(f"停用人员“{person.name}”")
        person.closed_on = seat.today()
        for post in person.posts:
            post.until = post.until or seat.today()
    return running.changes


def reopen_unit(seat: Seat, unit_id: int) -> Changes:
    """Takes a closed unit into use again."""
    with seat.operation(Act.ARRANGE, "恢复单位") as running:
        unit = running.session.get_one(Unit, unit_id)
        running.call(f"恢复单位“{unit.name}”")
        _set_closed(running.session, unit, None)
    return running.changes


def reopen_person(seat: Seat, person_id: int) -> Changes:
    """Takes a closed person into use again; posts that ended stay ended."""
    with seat.operation(Act.ARRANGE, "恢复人员") as running:
        person = running.session.get_one(Person, person_id)
        running.call(f"恢复人员“{person.name}”")
        person.closed_on = None
    return running.changes


def _set_closed(session: SeatSession, unit: Unit, day: date | None) -> None:
    with session.no_autoflush:
        unit.closed_on = day
        messages = UNITS.rules.settle(session, unit)
    if messages:
        raise Problem("；".join(messages.values()) + "，没有改动。")
