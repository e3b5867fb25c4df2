"""What forms offer to choose from: the units, categories, people, list kinds and task forces there are now."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from db.fields import Field, Kind
from db.models import Category, ListKind, Person, TaskForce, Unit
from huajie_desktop import office
from huajie_desktop.ordering import name_key
from huajie_desktop.seat import SeatSession
from ui.forms.editors import choices_said
from ui.widgets.choice import Choice


def choices_of(session: SeatSession) -> Mapping[Kind, Sequence[Choice]]:
    """By kind of field; people by name, since two of one name are told apart by their unit."""
    forces = select(TaskForce).where(TaskForce.campaign_id == session.seat.campaign_id)
    return {
        Kind.UNIT: [_choice(unit) for unit in office.units(session)],
        Kind.CATEGORY: [_choice(item) for item in office.categories(session)],
        Kind.PERSON: [Choice(name, name, search) for name, search in office.people(session)],
        Kind.LIST_KIND: [_choice(item) for item in office.list_kinds(session)],
        Kind.FORCE: [_choice(item) for item in session.scalars(forces.order_by(TaskForce.position, TaskForce.id))],
    }


def values_of(session: SeatSession, declared: Field) -> Sequence[Choice]:
    """What a filter by that field offers: its values as they are kept, people each with their own id."""
    match declared.kind:
        case Kind.CHOICE:
            return choices_said(declared)
        case Kind.FLAG:
            return [Choice(True, "是"), Choice(False, "否")]
        case Kind.PERSON:
            found = select(Person.id, Person.name, Person.search).where(Person.closed_on.is_(None))
            people = session.execute(found.order_by(Person.id))
            return [Choice(*row) for row in sorted(people, key=lambda row: name_key(row[1]))]
        case _:
            return choices_of(session)[declared.kind]


def _choice(record: Unit | Category | ListKind | TaskForce) -> Choice:
    return Choice(record.id, record.name, record.search)
