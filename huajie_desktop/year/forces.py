"""Task forces (专班): who leads and serves in them, which units send members, and the tasks they lead."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from db.fields import Field, Kind, fields_of
from db.forces import ROLES
from db.journal import Changes
from db.log import Act
from db.models import ForceMember, ForceUnit, FurtherCategory, Person, Task, TaskForce
from db.words.searching import search_text
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.ordering import number_key
from huajie_desktop.records.asking import read_asked
from huajie_desktop.records.doubts import settle_changed
from huajie_desktop.records.entry import Saved
from huajie_desktop.records.meanwhile import Seen, bring_together
from huajie_desktop.records.naming import Names
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.township.people_words import PeopleWords
from huajie_desktop.values.shown import full
from huajie_desktop.work.task_ledger import TASKS

_STEP = 1000  # tasks between two looks at the job
_ONE_A_LINE = 6  # names in a cell of the overview; more stand one after the other
_PEOPLE = {role: Field(word, Kind.PEOPLE, role, help="几个人用、分开") for role, word in ROLES.items()}
_OWN = {declared.key: declared for declared in fields_of(TaskForce).values()}
_MORE = {
    "units": Field("成员单位", Kind.UNITS, "units", takes_up="offices", help="几个单位用、分开"),
    "phone": Field("联系电话", Kind.TEXT, "phone", max_length=40, help="联系人的电话"),
}
FIELDS: Mapping[str, Field] = {**_OWN, **_PEOPLE, **_MORE}
GROUPS = (
    ("", ("name", "category")),
    ("指挥部", ("commander", "deputy", "director", "contact", "phone")),
    ("成员", ("member", "units")),
    ("成立", ("document_number", "since", "until", "duties")),
)


class ForceRow(NamedTuple):
    """One task force as the page lists it."""

    id: int
    title: str
    commander: str
    category: str
    tasks: int


def rows(session: SeatSession) -> list[ForceRow]:
    """The campaign's task forces in order."""
    counts = _task_counts(session)
    return [
        ForceRow(
            force.id,
            force.name,
            "、".join(_names(force, "commander")),
            force.category.name if force.category else "",
            counts.get(force.id, 0),
        )
        for force in _forces(session)
    ]


def form_texts(session: SeatSession, force_id: int) -> dict[str, str]:
    """A task force as the texts a clerk would type; people of one name with their units."""
    force, words = session.get_one(TaskForce, force_id), PeopleWords(session)
    texts = {key: full(declared, getattr(force, declared.name)) for key, declared in _OWN.items() if key != "category"}
    texts["category"] = force.category.name if force.category else ""
    for role in ROLES:
        texts[role] = "、".join(words.word_of(link.person) for link in force.members if link.role == role)
    texts["units"] = "、".join(link.unit.name for link in force.member_units)
    texts["phone"] = next((link.person.phone or "" for link in force.members if link.role == "contact"), "")
    return texts


def seen(session: SeatSession, force_id: int) -> Seen:
    """A task force as it is shown to whoever is going to change it."""
    return Seen(session.get_one(TaskForce, force_id).version, form_texts(session, force_id))


def save_force(seat: Seat, force_id: int | None, texts: Mapping[str, str], *, seen: Seen | None = None) -> Saved:
    """Keeps the form as a new task force (None) or changes that one; people nobody knew are taken up.

    `seen` is the task force as it was shown. Raises FieldErrors, ChangedMeanwhile.
    """
    if force_id:
        with seat.reading() as session:
            now, force = form_texts(session, force_id), session.get_one(TaskForce, force_id)
            texts = {**now, **bring_together(session, force, now, texts, seen, FIELDS)}
    values = read_asked(seat, {**_OWN, **_MORE}, texts)
    if values["since"] and values["until"] and values["until"] < values["since"]:
        raise FieldErrors({"until": f"结束日期不能早于成立日期（{values['since'].isoformat()}）"})
    with seat.operation(Act.ARRANGE, f"{'修改' if force_id else '新增'}专班“{values['name']}”") as running:
        session = running.session
        force = session.get_one(TaskForce, force_id) if force_id else _new_force(session)
        _refuse_twin(session, force, values["name"])
        for key in ("name", "duties", "document_number", "since", "until"):
            setattr(force, key, values[key])
        names = Names(session)
        force.category_id = names.id_of(FIELDS["category"], values["category"])
        force.search = search_text(force.name)
        units = [names.unit(name) for name in values["units"] or ()]
        words = PeopleWords(session, [link.person for link in force.members])
        members = _members(words, texts)
        force.members = _renewed(force.members, members)
        force.member_units = _renewed_units(force.member_units, units)
        _keep_phone(session, members, values["phone"])
        session.add(force)
        session.flush()
        saved = force.id
    doubts = {"member": f"原来没有{'、'.join(words.taken_up)}，已加入人员"} if words.taken_up else {}
    return Saved(saved, running.changes, doubts)


def _new_force(session: SeatSession) -> TaskForce:
    year = session.campaign
    last = session.scalar(select(func.max(TaskForce.position)).where(TaskForce.campaign_id == year.id))
    return TaskForce(campaign_id=year.id, position=0 if last is None else last + 1)


def _refuse_twin(session: SeatSession, force: TaskForce, name: str) -> None:
    twin = select(TaskForce.id).where(TaskForce.name == name, TaskForce.campaign_id == force.campaign_id)
    with session.no_autoflush:
        if session.scalar(twin.where(TaskForce.id != (force.id or 0))):
            raise FieldErrors({"name": f"专班“{name}”已经有了"})


def _members(words: PeopleWords, texts: Mapping[str, str]) -> list[tuple[str, int]]:
    """Role and person of everybody named, in order; raises FieldErrors for names that say nobody, or several people."""
    found: list[tuple[str, int]] = []
    messages = {}
    for role in ROLES:
        try:
            found += [(role, person_id) for person_id in words.ids_of(texts.get(role, ""))]
        except Problem as problem:
            messages[role] = str(problem)
    if texts.get("phone", "").strip() and "contact" not in messages and not any(role == "contact" for role, _id in found):
        messages["contact"] = "写了联系电话，请写上联系人"
    if messages:
        raise FieldErrors(messages)
    return found


def _renewed(present: Sequence[ForceMember], wanted: Sequence[tuple[str, int]]) -> list[ForceMember]:
    links = {(link.role, link.person_id): link for link in present}
    renewed = [links.get((role, person_id)) or ForceMember(role=role, person_id=person_id) for role, person_id in wanted]
    for place, link in enumerate(renewed):
        link.position = place
    return renewed


def _renewed_units(present: Sequence[ForceUnit], wanted: Sequence[int]) -> list[ForceUnit]:
    links = {link.unit_id: link for link in present}
    renewed = [links.get(unit_id) or ForceUnit(unit_id=unit_id) for unit_id in wanted]
    for place, link in enumerate(renewed):
        link.position = place
    return renewed


def _keep_phone(session: SeatSession, members: Sequence[tuple[str, int]], phone: str | None) -> None:
    for person_id in [person_id for role, person_id in members if role == "contact"][:1]:
        session.get_one(Person, person_id).phone = phone or None


def delete_force(seat: Seat, force_id: int) -> Changes:
    """Removes a task force that leads no task. Raises Problem for one that does: it can only be ended by a day."""
    with seat.operation(Act.ARRANGE, "删除专班") as running:
        session = running.session
        force = session.get_one(TaskForce, force_id)
        if count := _task_counts(session).get(force_id):
            raise Problem(
                f"专班“{force.name}”还牵头 {count} 项任务，没有删除。请先把任务移出专班；不再运作的专班可以填上结束日期。"
            )
        running.call(f"删除专班“{force.name}”")
        session.delete(force)
    return running.changes


# the tasks a force leads


def task_ids(session: SeatSession, force_id: int) -> list[int]:
    """The tasks it leads, by number and as entered."""
    found = session.execute(select(Task.id, Task.number).where(Task.force_id == force_id).order_by(Task.id))
    return [task_id for task_id, _number in sorted(found, key=lambda row: number_key(row[1]))]


def state_counts(session: SeatSession, force_id: int) -> dict[str, int]:
    """How many of its tasks are in each state."""
    statement = select(Task.state, func.count()).where(Task.force_id == force_id).group_by(Task.state)
    return {state: count for state, count in session.execute(statement)}


def waiting(session: SeatSession, force_id: int) -> list[int]:
    """The tasks of its category that no task force leads yet; those it is a further category of, too."""
    force = session.get_one(TaskForce, force_id)
    if force.category_id is None:
        return []
    further = select(FurtherCategory.task_id).where(FurtherCategory.category_id == force.category_id)
    within = or_(Task.category_id == force.category_id, Task.id.in_(further))
    return list(session.scalars(select(Task.id).where(within, Task.force_id.is_(None)).order_by(Task.id)))


def take_category(seat: Seat, force_id: int, job: Job | None = None) -> Changes:
    """Gives a task force all tasks of its category that no other leads."""
    with seat.reading() as session:
        force, ids = session.get_one(TaskForce, force_id), waiting(session, force_id)
        if force.category_id is None:
            raise Problem(f"专班“{force.name}”还没有写负责类别，没有交给它任务。请先写上类别并保存。")
        if not ids:
            raise Problem(f"“{force.name}”负责的类别里没有等着交办的任务，没有改动。")
    return give(seat, ids, force_id, job)


def give(seat: Seat, ids: Sequence[int], force_id: int | None, job: Job | None = None) -> Changes:
    """Gives tasks to a task force, or takes them out of any (None); an approved task stays approved."""
    job = job or Silent()
    with seat.operation(Act.ARRANGE, "交办任务") as running:
        name = running.session.get_one(TaskForce, force_id).name if force_id else ""
        running.call(f"把 {len(ids)} 项任务交给“{name}”" if name else f"把 {len(ids)} 项任务移出专班")
        for start in range(0, len(ids), _STEP):
            job.step(start, len(ids), f"写入 {start}/{len(ids)}")
            running.update(Task, {task_id: {"force_id": force_id} for task_id in ids[start : start + _STEP]})
        settle_changed(running, TASKS, dict.fromkeys(ids, ("force",)))
    return running.changes


# the overview


def overview(session: SeatSession) -> list[tuple[str, ...]]:
    """The campaign's task forces as the overview (专班一览表) prints them: the texts of each row's cells, without its number."""
    counts = _task_counts(session)
    return [_cells(force, counts.get(force.id, 0)) for force in _forces(session)]


def _cells(force: TaskForce, tasks: int) -> tuple[str, ...]:
    contacts = [link.person for link in force.members if link.role == "contact"]
    phone = next((person.phone for person in contacts if person.phone), "")
    return (
        "\n".join(filter(None, (force.name, force.document_number, _term(force.since, force.until)))),
        _people(_names(force, "commander")),
        _people(_names(force, "deputy")),
        _people(_names(force, "director")),
        _listed([link.unit.name for link in force.member_units]),
        _listed([_bare(name) for name in _names(force, "member")]),
        force.duties or "",
        "\n".join(filter(None, ("、".join(person.name for person in contacts), phone))),
        str(tasks),
    )


def _listed(names: Sequence[str]) -> str:
    return ("\n" if len(names) <= _ONE_A_LINE else "、").join(names)


def _people(names: Sequence[str]) -> str:
    return "\n".join(map(_bare, names))


def _bare(name: str) -> str:
    """What tells two people of one name apart stands below the name: the columns are narrow."""
    return name.replace("（", "\n（")


def _term(since: date | None, until: date | None) -> str:
    """2021年2月至12月; with the year again where it is another."""
    begins = f"{since.year}年{since.month}月" if since else ""
    if until is None:
        return f"{begins}起" if begins else ""
    same = since is not None and since.year == until.year
    return f"{begins}至{'' if same else f'{until.year}年'}{until.month}月"


def _forces(session: SeatSession) -> Iterable[TaskForce]:
    loaded: tuple[Any, ...] = (
        selectinload(TaskForce.members).joinedload(ForceMember.person),
        selectinload(TaskForce.member_units).joinedload(ForceUnit.unit),
        selectinload(TaskForce.category),
    )
    statement = select(TaskForce).where(TaskForce.campaign_id == session.seat.campaign_id).options(*loaded)
    return session.scalars(statement.order_by(TaskForce.position, TaskForce.id)).all()


def _names(force: TaskForce, role: str) -> tuple[str, ...]:
    return tuple(link.person.name for link in force.members if link.role == role)


def _task_counts(session: SeatSession) -> dict[int, int]:
    statement = select(Task.force_id, func.count()).where(Task.force_id.is_not(None)).group_by(Task.force_id)
    return {force_id: count for force_id, count in session.execute(statement) if force_id is not None}
