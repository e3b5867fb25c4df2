"""What must be known of the office to read what is typed or sent: its units, categories, names, and earlier corrections."""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sqlalchemy import select

from db.fields import Kind
from db.identity import lineage
from db.models import Category, Correction, Operation, Person, TaskForce, Unit
from huajie_desktop.declared.catalogue import Catalogue
from huajie_desktop.declared.facets import NamedUnits
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.office import categories, further_words, groups, list_kinds, resting_units, standing_units, units
from huajie_desktop.reading.memory import NOTHING, Memory, Remembered
from huajie_desktop.reading.tokens import Marks
from huajie_desktop.seat import SeatSession
from huajie_desktop.settings import signing
from huajie_desktop.values.categories import Categories
from huajie_desktop.values.units import Units

_UNITS = {NamedUnits.ANSWERING: units, NamedUnits.STANDING: standing_units, NamedUnits.GROUPS: groups}


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit of the office: township, office, area, village or committee."""

    id: int | None
    name: str
    aliases: tuple[str, ...]
    kind: str
    uid: str = ""

    def is_called(self, word: str) -> bool:
        """Whether a template means this unit: by its identity, in an older one by its id."""
        return word == (self.uid if not word.isdigit() else str(self.id))


@dataclass(frozen=True, slots=True)
class KnownCategory:
    """A category of the campaign with the dimension (三个五) it belongs to."""

    id: int | None
    name: str
    dimension: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownName:
    """Something else fields point at by name: a list kind, a task force."""

    id: int | None
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(slots=True)
class Known:
    """What the importer must know of the office: the campaign's year, its units, categories and names, and what is read."""

    year: int
    units: Sequence[KnownUnit]
    categories: Sequence[KnownCategory]
    ledger: Ledger  # what is read
    catalogue: Catalogue  # what it may be where nobody says it
    names: Mapping[Kind, Sequence[KnownName]] = field(default_factory=dict)
    resting: Mapping[str, str] = field(default_factory=dict)  # names of units that take nothing on, with why
    people: frozenset[str] = field(default=frozenset(), compare=False)  # everybody with the unit: 李强（倪宅村）
    marks: Marks = field(default_factory=Marks)  # the office's own, by which its templates are known again
    memory: Memory = NOTHING  # what was corrected in earlier sheets
    unit_words: Units[KnownUnit] = field(init=False, repr=False, compare=False)
    category_words: Categories[KnownCategory] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.unit_words = Units(self.units)
        self.category_words = Categories(self.categories)

    def reading(self, ledger: Ledger) -> "Known":
        """The same for reading records of another ledger."""
        other = copy.copy(self)
        other.ledger = ledger
        return other

    def with_units(self, more: Sequence[KnownUnit]) -> "Known":
        """The same with further units, which stand in the very file that is read."""
        other = copy.copy(self)
        other.units = [*self.units, *more]
        other.unit_words = Units(other.units)
        return other

    def with_memory(self, taught: Sequence[Remembered]) -> "Known":
        """The same with further corrections, which are not kept yet."""
        other = copy.copy(self)
        other.memory = Memory((*self.memory.items, *taught))
        return other


def known_office(session: SeatSession, ledger: Ledger | None = None) -> Known:
    """What the reader must know of the office to read records of that ledger; None: of the first there is."""
    year, catalogue = session.campaign, session.seat.catalogue
    ledger = ledger or catalogue.first
    named = ledger.rules.named_units
    further = {} if named is NamedUnits.STANDING else further_words(session)  # there a natural village is itself
    known = known_of(year.year, _UNITS[named](session), categories(session), catalogue, ledger, further)
    known.marks, known.memory = marks(session), memory(session)
    known.resting = resting_units(session)
    forces = session.scalars(select(TaskForce).where(TaskForce.campaign_id == year.id).order_by(TaskForce.position))
    there = select(Person.id, Person.name, Unit.name).outerjoin(Unit, Unit.id == Person.unit_id)
    everybody = session.execute(there.where(Person.closed_on.is_(None)).order_by(Person.id)).all()
    known.people = frozenset(f"{name}（{unit}）" for _, name, unit in everybody if unit)
    known.names = {
        Kind.LIST_KIND: [KnownName(kind.id, kind.name, kind.other_names()) for kind in list_kinds(session)],
        Kind.FORCE: [KnownName(force.id, force.name) for force in forces],
        Kind.PERSON: [KnownName(person_id, name) for person_id, name, _ in everybody if "（" in name],
    }
    return known


def known_of(
    year: int,
    unit_list: Sequence[Unit],
    category_list: Sequence[Category],
    catalogue: Catalogue,
    ledger: Ledger | None = None,
    further: Mapping[int, Sequence[str]] = MappingProxyType({}),
) -> Known:
    """The same from records that need not be kept yet; `further` are words that mean a unit beside its own, by its id."""
    return Known(
        year,
        [
            KnownUnit(unit.id, unit.name, (*unit.other_names(), *further.get(unit.id, ())), unit.kind, unit.uid or "")
            for unit in unit_list
        ],
        [KnownCategory(item.id, item.name, item.dimension.name, item.other_names()) for item in category_list],
        ledger or catalogue.first,
        catalogue,
    )


def memory(session: SeatSession) -> Memory:
    """All corrections of the office."""
    statement = select(Correction, Unit.name).outerjoin(Unit, Unit.id == Correction.unit_id).order_by(Correction.id)
    return Memory(
        tuple(
            Remembered(unit, item.ledger, item.kind, item.field, item.said, item.meant or "")
            for item, unit in session.execute(statement)
        )
    )


def marks(session: SeatSession) -> Marks:
    """What is this data's own and no other's, for telling its templates from another office's; copies of it share it.

    Before there was a secret, templates were marked with the data's name, and before that with when and by whom it was begun.
    """
    secret, sent_before = signing(session)
    if not sent_before:
        return Marks(secret)
    at, actor = session.execute(select(Operation.at, Operation.actor).order_by(Operation.id).limit(1)).one()
    return Marks(secret, (lineage(session)[0], f"{at.isoformat()} {actor}"))
