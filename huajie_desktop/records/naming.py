"""From the names a form or a sheet gives to the records they mean; people and offices nobody knew are taken up."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import func, select

from db.base import table_of
from db.fields import Field, Kind
from db.models import Category, Dimension, ListKind, Person, TaskForce, Unit
from db.rows import reserve_ids
from db.words.searching import search_text
from huajie_desktop.seat import Running, SeatSession


def called(session: SeatSession, record: Any) -> str:
    """A record by the word that means it alone: 李强（倪宅村） where several are called so; the township's is 李强."""
    name: str = record.name
    if not isinstance(record, Person) or record.unit is None or record.unit_id == session.seat.township_id:
        return name
    bearers = select(func.count()).where(Person.name == name, Person.closed_on.is_(None))
    return f"{name}（{record.unit.name}）" if (session.scalar(bearers) or 0) > 1 else name


class Names:
    """Looks names up inside one operation's session, remembering what it found."""

    def __init__(self, session: SeatSession) -> None:
        self.session = session
        self._year = session.campaign
        self._found: dict[tuple[Kind, Any, Any], int | None] = {}
        self._finders: Mapping[Kind, Callable[[Any, Any], int | None]] = {
            Kind.UNIT: self._unit,
            Kind.PERSON: self._person,
            Kind.CATEGORY: self._category,
            Kind.LIST_KIND: self._list_kind,
            Kind.FORCE: self._force,
        }

    def id_of(self, declared: Field, name: Any, unit_id: int | None = None) -> int | None:
        """The id of what a field of that kind names; people are looked for at `unit_id`, the township where None."""
        if name is None:
            return None
        key = (declared.kind, name, unit_id)
        if key not in self._found:
            self._found[key] = self._finders[declared.kind](name, unit_id)
        return self._found[key]

    def stay(self, people: Mapping[str, int], unit_id: int | None) -> None:
        """Says whom names mean at a unit whatever else they could mean: who is there already."""
        self._found.update({(Kind.PERSON, name, unit_id): person_id for name, person_id in people.items()})

    def know_units(self) -> None:
        """Looks all units up at once."""
        found = self.session.execute(select(Unit.name, Unit.id))
        self._found.update({(Kind.UNIT, name, None): unit_id for name, unit_id in found})

    def take_up(self, running: Running, people: Iterable[tuple[int | None, str]]) -> None:
        """Looks many people up at once, each at a unit or (None) at the township, and takes up those nobody knows."""
        township = self._year.township_id
        wanted = {(unit_id or township, name): (Kind.PERSON, name, unit_id) for unit_id, name in people}
        known = dict[tuple[int | None, str], int]()
        there = dict[str, int]()  # by name and unit in one word
        found = select(Person.id, Person.name, Person.unit_id, Unit.name).join(Unit, Unit.id == Person.unit_id)
        found = found.where(Person.closed_on.is_(None)).order_by(Person.id.desc())
        for person_id, name, unit_id, unit in self.session.execute(found) if wanted else ():
            known[unit_id, name] = there[f"{name}（{unit}）"] = person_id
        known.update({key: there[key[1]] for key in wanted if key not in known and key[1] in there})
        fresh = [key for key in wanted if key not in known]
        ids = reserve_ids(self.session.connection(), table_of(Person), len(fresh))
        rows = [(i, name, unit_id, township, search_text(name)) for i, (unit_id, name) in zip(ids, fresh, strict=True)]
        running.insert(Person, ("id", "name", "unit_id", "township_id", "search"), rows)
        known.update(zip(fresh, ids, strict=True))
        self._found.update({key: known[at] for at, key in wanted.items()})

    def unit(self, name: str) -> int:
        """The unit of that name; an unknown one is a new office of the township (the form or preview has said so)."""
        found = self.session.scalars(select(Unit.id).where(Unit.name == name)).first()
        if found is None:
            unit = Unit(name=name, kind="office", parent_id=self._year.township_id, search=search_text(name))
            self.session.add(unit)
            self.session.flush()
            found = unit.id
        return found

    def person(self, name: str, unit_id: int) -> int:
        """The person of that name at that unit, or 李强（倪宅村） who is at another; taken up if new."""
        statement = select(Person.id).where(Person.name == name, Person.unit_id == unit_id, Person.closed_on.is_(None))
        found = self.session.scalars(statement.order_by(Person.id)).first()
        told, _, of = name.rstrip("）").partition("（")
        if found is None and of:
            elsewhere = select(Person.id).join(Unit, Unit.id == Person.unit_id).where(Person.name == told, Unit.name == of)
            found = self.session.scalars(elsewhere.where(Person.closed_on.is_(None)).order_by(Person.id)).first()
        if found is None:
            person = Person(name=name, unit_id=unit_id, search=search_text(name))
            self.session.add(person)
            self.session.flush()
            found = person.id
        return found

    def _unit(self, name: str, _unit_id: int | None) -> int:
        return self.unit(name)

    def _person(self, name: str, unit_id: int | None) -> int:
        return self.person(name, unit_id or self._year.township_id)

    def _category(self, name: tuple[str, str], _unit_id: int | None) -> int | None:
        statement = select(Category.id).join(Dimension).where(Dimension.campaign_id == self._year.id)
        return self.session.scalars(statement.where(Dimension.name == name[0], Category.name == name[1])).first()

    def _list_kind(self, name: str, _unit_id: int | None) -> int | None:
        return self.session.scalars(
            select(ListKind.id).where(ListKind.name == name, ListKind.campaign_id == self._year.id)
        ).first()

    def _force(self, name: str, _unit_id: int | None) -> int | None:
        return self.session.scalars(
            select(TaskForce.id).where(TaskForce.name == name, TaskForce.campaign_id == self._year.id)
        ).first()
