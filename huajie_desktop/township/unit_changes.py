"""Units over time: renamed, merged into another, split on a day; what was before that day keeps the old name."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from db.fields import Field, Kind
from db.journal import Changes
from db.log import Act
from db.models import Membership, Person, Post, Unit, UnitChange
from db.organisation import CHANGE_KINDS, UNIT_KINDS
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.occasions import Occasion
from huajie_desktop.records.asking import read_asked
from huajie_desktop.records.entry import make_findable
from huajie_desktop.seat import Running, Seat, SeatSession
from huajie_desktop.township.handing_over import move_unfinished
from huajie_desktop.township.registers import UNITS
from huajie_desktop.township.unit_rules import line_above

_DAY = Field("变更日期", Kind.DAY, required=True, help="从这一天起，如 今天、7月1日").named("on")
RENAMING = {"name": Field("新名称", Kind.TEXT, required=True, max_length=60).named("name"), "on": _DAY}
MERGING = {"successor": Field("并入哪个单位", Kind.UNIT, required=True).named("successor"), "on": _DAY}
SPLITTING = {
    "names": Field("拆分成", Kind.TEXT, required=True, max_length=200, help="各新单位的名称，用、分开").named("names"),
    "on": _DAY,
}


def rename(seat: Seat, unit_id: int, texts: Mapping[str, str]) -> Changes:
    """Gives a unit another name from a day on (`texts` by the keys of RENAMING); the old one is read as an alias."""
    values = _asked(seat, RENAMING, texts)
    with seat.operation(Act.ARRANGE, "单位更名") as running:
        session = running.session
        unit = session.get_one(Unit, unit_id)
        before, on = unit.name, values["on"]
        running.call(f"{before}更名为{values['name']}")
        latest = session.scalars(_changes_of(unit_id).order_by(UnitChange.on.desc()).limit(1)).first()
        if latest and latest.on >= on:
            raise FieldErrors({"on": f"{latest.on.isoformat()} 已经有过变更，日期要在它之后"})
        if before == values["name"]:
            raise FieldErrors({"name": "新名称和现在的名称一样"})
        session.add(UnitChange(unit_id=unit_id, successor_id=unit_id, kind="renamed", on=on, name_before=before))
        with session.no_autoflush:
            unit.name = values["name"]
            add_words(unit, (before,))
            _settle(session, unit)
    return running.changes


def merge_into(seat: Seat, unit_id: int, texts: Mapping[str, str]) -> Changes:
    """Merges a unit into another on a day (`texts` by the keys of MERGING) and closes it.

    Unfinished work, people and natural villages go over; finished tasks, earlier years and papers stay where they are.
    """
    values = _asked(seat, MERGING, texts)
    with seat.operation(Act.ARRANGE, "单位并入", Occasion.MERGE) as running:
        session = running.session
        unit = _changeable(session, unit_id)
        heir = session.scalars(select(Unit).where(Unit.name == values["successor"])).first()
        if heir is None or heir.closed_on:
            raise FieldErrors({"successor": f"没有单位“{values['successor']}”"})
        if unit_id in line_above(session, heir.id):
            raise FieldErrors({"successor": "不能并入它自己或它的下级单位"})
        heir_id, on = heir.id, values["on"]
        running.call(f"{unit.name}并入{heir.name}")
        _end(session, unit, on)
        session.add(UnitChange(unit_id=unit_id, successor_id=heir_id, kind="merged", on=on, name_before=unit.name))
        _hand_on(running, unit_id, heir_id, on)
    return running.changes


def _hand_on(running: Running, unit_id: int, heir_id: int, on: date) -> None:
    """The unfinished work of that day's year and later, the people, and the units below."""
    session = running.session
    move_unfinished(running, Unit, unit_id, heir_id, on.year, f"责任单位已并入{session.get_one(Unit, heir_id).name}")
    running.update(Person, {person_id: {"unit_id": heir_id} for person_id in session.scalars(_people_of(unit_id))})
    below = session.scalars(select(Unit.id).where(Unit.parent_id == unit_id, Unit.closed_on.is_(None))).all()
    running.update(Unit, {below_id: {"parent_id": heir_id} for below_id in below})


def split(seat: Seat, unit_id: int, texts: Mapping[str, str]) -> Changes:
    """Splits a unit on a day (`texts` by the keys of SPLITTING): closes it and sets up the new ones beside it.

    Its unfinished tasks stay with it until a person has said which new unit each belongs to.
    """
    values = _asked(seat, SPLITTING, texts)
    names = [name for name in values["names"].replace("，", "、").replace(",", "、").split("、") if name.strip()]
    names = list(dict.fromkeys(map(str.strip, names)))
    if len(names) < 2:
        raise FieldErrors({"names": "拆分至少要有两个新单位，用、分开"})
    with seat.operation(Act.ARRANGE, "单位拆分") as running:
        session, on = running.session, values["on"]
        old = _changeable(session, unit_id)
        running.call(f"{old.name}拆分为{'、'.join(names)}"[:200])
        groups = list(
            session.scalars(select(Membership.group_id).where(Membership.unit_id == unit_id, Membership.until.is_(None)))
        )
        for name in names:
            new = Unit(name=name, kind=old.kind, parent_id=old.parent_id, since=on)
            with session.no_autoflush:
                _settle(session, new, "names")
            session.add(new)
            session.flush()
            session.add(UnitChange(unit_id=unit_id, successor_id=new.id, kind="split", on=on, name_before=old.name))
            session.add_all(Membership(unit_id=new.id, group_id=group_id, since=on) for group_id in groups)
        _end(session, old, on)
    return running.changes


def _changeable(session: SeatSession, unit_id: int) -> Unit:
    unit = session.get_one(Unit, unit_id)
    if unit_id == session.seat.township_id:
        raise Problem("镇本级不能并入别的单位，也不能拆分，没有改动。")
    if unit.closed_on:
        raise Problem(f"“{unit.name}”已停用，没有改动。要先恢复它。")
    return unit


def _end(session: SeatSession, unit: Unit, on: date) -> None:
    """Closes a unit on a day, and with it the posts in it and its places in groups."""
    unit.closed_on = on
    posts = session.scalars(select(Post).where(Post.unit_id == unit.id, Post.until.is_(None))).all()
    for term in (*posts, *session.scalars(select(Membership).where(Membership.unit_id == unit.id, Membership.until.is_(None)))):
        term.until = on
    session.flush()


def _people_of(unit_id: int) -> Any:
    return select(Person.id).where(Person.unit_id == unit_id, Person.closed_on.is_(None))


def changes_of(session: SeatSession, unit_id: int) -> Sequence[UnitChange]:
    """What a unit went through and what came out of others into it, the latest first."""
    statement = select(UnitChange).where((UnitChange.unit_id == unit_id) | (UnitChange.successor_id == unit_id))
    return session.scalars(statement.order_by(UnitChange.on.desc(), UnitChange.id.desc())).all()


class ChangeLine(NamedTuple):
    """One change as listed: the day, what it was, and from what to what."""

    id: int
    on: str
    kind: str
    title: str


def change_lines(session: SeatSession, unit_id: int) -> list[ChangeLine]:
    """What a unit went through in words, the latest first."""
    lines = []
    later: dict[int, str] = {}  # what a unit was called after a renaming: the name the next renaming took from it
    for change in changes_of(session, unit_id):
        now = later.get(change.successor_id) or session.get_one(Unit, change.successor_id).name
        lines.append(ChangeLine(change.id, change.on.isoformat(), CHANGE_KINDS[change.kind], f"{change.name_before} → {now}"))
        if change.kind == "renamed":
            later[change.unit_id] = change.name_before
    return lines


def _changes_of(unit_id: int) -> Any:
    return select(UnitChange).where(UnitChange.unit_id == unit_id)


def add_words(unit: Unit, words: Sequence[str]) -> None:
    """Takes up words as aliases of a unit, as many as there is room for."""
    kept = list(unit.other_names())
    for word in words:
        if (
            word
            and word != unit.name
            and word not in kept
            and len("、".join([*kept, word])) <= (UNITS.fields["aliases"].max_length or 0)
        ):
            kept.append(word)
    unit.aliases = "、".join(word for word in kept if word != unit.name) or None


def _settle(session: SeatSession, unit: Unit, key: str = "name") -> None:
    """Asks the rules of a unit whose name was typed in the field `key`; raises FieldErrors."""
    if messages := UNITS.rules.settle(session, unit):
        words = f"{UNIT_KINDS[unit.kind]}“{unit.name}”："
        raise FieldErrors({key: words + "；".join(messages.values())})
    make_findable(UNITS, unit)


def _asked(seat: Seat, fields: Mapping[str, Field], texts: Mapping[str, str]) -> dict[str, Any]:
    values = read_asked(seat, fields, texts)
    if values["on"] > seat.today():
        raise FieldErrors({"on": "变更日期不能晚于今天，请到那一天再办"})
    return values
