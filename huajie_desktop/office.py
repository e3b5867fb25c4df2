"""The office as it stands: who works in it, its units, the year's dimensions, categories and list kinds."""

import re
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from db.journal import Changes
from db.log import Act
from db.models import Category, Dimension, ListKind, Operation, Person, Setting, Unit, UnitChange
from db.organisation import GROUP_KINDS, SILENT_KINDS, UNIT_KINDS, VILLAGE_KINDS
from db.words.readings import initials
from huajie_desktop.ordering import name_key
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.settings import LETTERS, SHORT_NAME, rule
from huajie_desktop.values.names import folded_name
from huajie_desktop.values.people import told_apart
from huajie_desktop.values.text import clean

_KIND_OF_TOWNSHIP = re.compile(r"(镇|乡|街道|街道办事处)$")
OWN_WORD, VILLAGE_WORD = "镇级", "村级"  # the list kinds known by these words take the tasks nobody said a list for


def actors(session: Session) -> list[str]:
    """Names of the people who have worked here, the latest first; of one name spelt several ways the latest."""
    latest = func.max(Operation.id)
    statement = select(Person.name).join(Operation, Operation.author_uid == Person.uid).group_by(Person.id, Person.name)
    names: dict[str, str] = {}
    for name in session.scalars(statement.order_by(latest.desc())):
        names.setdefault(folded_name(name), name)
    return list(names.values())


def short_name(session: SeatSession) -> str:
    """The township in one character, as it stands in numbers; the first of its name unless the office settled another."""
    return clean(rule(session, SHORT_NAME)) or clean(session.township.name)[:1]


def letters(session: SeatSession) -> str:
    """The township in a few capitals, as they stand in the codes of papers: its initials unless the office settled others."""
    return rule(session, LETTERS) or initials_of(session.township.name)


def initials_of(township: str) -> str:
    """Two to four capitals of a township's name without the word for what it is."""
    bare = _KIND_OF_TOWNSHIP.sub("", township) or township
    found = "".join(letter for letter in initials(bare).upper() if "A" <= letter <= "Z")[:4]
    return found if len(found) > 1 else (found + "XZ")[:2]


def units(session: SeatSession) -> Sequence[Unit]:
    """All units in force that can answer for a task, in the order of the tree: offices, areas, villages, committees."""
    answering = (Unit.closed_on.is_(None), Unit.kind.not_in(SILENT_KINDS))
    return session.scalars(select(Unit).where(*answering).order_by(Unit.position, Unit.id)).all()


def standing_units(session: SeatSession) -> Sequence[Unit]:
    """All units in force, natural villages and groups too."""
    return session.scalars(select(Unit).where(Unit.closed_on.is_(None)).order_by(Unit.position, Unit.id)).all()


def resting_units(session: SeatSession) -> dict[str, str]:
    """The names of units that answer for nothing, or no longer, with why."""
    resting = or_(Unit.closed_on.is_not(None), Unit.kind.in_(SILENT_KINDS))
    found = session.execute(select(Unit.name, Unit.kind, Unit.closed_on).where(resting))
    return {name: "已停用" if closed else f"是{UNIT_KINDS[kind]}，不承担任务" for name, kind, closed in found}


def groups(session: SeatSession) -> Sequence[Unit]:
    """The working areas, alliances and belts in force that other units belong to."""
    grouping = (Unit.closed_on.is_(None), Unit.kind.in_(GROUP_KINDS))
    return session.scalars(select(Unit).where(*grouping).order_by(Unit.position, Unit.id)).all()


def further_words(session: SeatSession) -> dict[int, list[str]]:
    """By unit, what it is called beside its own names: its natural villages, and the units merged into it."""
    merged = select(UnitChange.unit_id, UnitChange.successor_id).where(UnitChange.kind == "merged").order_by(UnitChange.id)
    heirs: dict[int, int] = {unit_id: heir for unit_id, heir in session.execute(merged)}
    all_units = session.scalars(select(Unit).order_by(Unit.position, Unit.id)).all()
    answering = [unit for unit in all_units if unit.kind != "hamlet" and unit.closed_on is None]
    own = {word for unit in answering for word in (unit.name, *unit.other_names())}
    words: dict[int, list[str]] = {}
    for unit in all_units:
        owner = _owner(unit, heirs)
        if owner is not None and owner != unit.id:
            words.setdefault(owner, []).extend(word for word in _called(unit) if word and word not in own)
    return words


def _owner(unit: Unit, heirs: Mapping[int, int]) -> int | None:
    """The unit that answers for it today: a natural village's own, and of a merged one the heir of its heirs."""
    owner = unit.parent_id if unit.kind == "hamlet" else unit.id
    for _step in heirs:
        owner = heirs.get(owner, owner) if owner is not None else None
    return owner


def _called(unit: Unit) -> Iterable[str]:
    """The names of a unit; of a natural village with and without the word for what it is."""
    bare = [word.removesuffix("自然村") for word in (unit.name, *unit.other_names())]
    return dict.fromkeys(bare + [f"{word}自然村" for word in bare] if unit.kind == "hamlet" else bare)


def dimensions(session: SeatSession) -> Sequence[Dimension]:
    """The campaign's dimensions in order."""
    return session.scalars(
        select(Dimension).where(Dimension.campaign_id == session.seat.campaign_id).order_by(Dimension.position)
    ).all()


def categories(session: SeatSession) -> Sequence[Category]:
    """The campaign's categories in force in order, each with its dimension."""
    statement = select(Category).join(Dimension).options(joinedload(Category.dimension))
    statement = statement.where(Dimension.campaign_id == session.seat.campaign_id, Category.closed_on.is_(None))
    return session.scalars(statement.order_by(Dimension.position, Category.position)).all()


def list_kinds(session: SeatSession) -> Sequence[ListKind]:
    """The campaign's list kinds in force in order."""
    statement = select(ListKind).where(ListKind.campaign_id == session.seat.campaign_id, ListKind.closed_on.is_(None))
    return session.scalars(statement.order_by(ListKind.position, ListKind.id)).all()


def usual_list_kinds(session: SeatSession) -> dict[str, int | None]:
    """By kind of unit the list kind of a task nobody said a list for: 村级 for villages and committees, else 镇级."""
    words = {word: kind.id for kind in reversed(list_kinds(session)) for word in (kind.name, *kind.other_names())}
    return {kind: words.get(VILLAGE_WORD if kind in VILLAGE_KINDS else OWN_WORD) for kind in UNIT_KINDS}


def people(session: SeatSession) -> list[tuple[str, str]]:
    """All people in force in their order, of several of one name each with the unit, and what else finds them (initials)."""
    named = select(Person.name, Person.search, Unit.name).outerjoin(Unit, Unit.id == Person.unit_id)
    found = session.execute(named.where(Person.closed_on.is_(None)).order_by(Person.id)).all()
    in_order = sorted(found, key=lambda row: name_key(row[0]))
    words = told_apart([(name, unit) for name, _search, unit in in_order])
    return [(word, search) for word, (_name, search, _unit) in zip(words, in_order, strict=True)]


def is_demo(session: SeatSession) -> bool:
    """Whether the data is made up for showing the program."""
    return session.scalar(select(Setting.value).where(Setting.name == "demo")) == "1"


def mark_as_demo(seat: Seat) -> Changes:
    """Marks the data as made up; every page and paper says so from then on."""
    with seat.operation(Act.SET_UP, "标记为演示数据") as running:
        running.session.add(Setting(name="demo", value="1"))
    return running.changes
