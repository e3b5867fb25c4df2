"""What fields of records point at, and the words of the parts that hang on records."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, null, select
from sqlalchemy.orm import aliased

from db.fields import Kind, fields_of
from db.models import Category, ListKind, Person, TaskForce, Unit
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.parts import ITEMS
from huajie_desktop.seat import SeatSession
from huajie_desktop.values.people import told_apart

TARGETS: Mapping[Kind, type[Any]] = {
    Kind.UNIT: Unit, Kind.CATEGORY: Category, Kind.PERSON: Person, Kind.LIST_KIND: ListKind, Kind.FORCE: TaskForce,
}  # fmt: skip


def part_words(session: SeatSession, ledger: Ledger, key: str, ids: Sequence[int], *, apart: str = "") -> dict[int, str]:
    """What hangs on those records under a field of several parts (people, units, quantities …), worded; at most CHUNK ids.

    `apart` stands between them instead of what does so in a line.
    """
    items = ITEMS.get(ledger.fields[key].kind)
    model: Any = ledger.parts[key].model
    owner = getattr(model, ledger.parts[key].column)
    statement: Any
    statement = select(owner, model) if items else names_of_parts(model, owner)
    said: dict[int, list[Any]] = {}
    for record_id, *one in session.execute(statement.where(owner.in_(ids)).order_by(owner, model.position)):
        said.setdefault(record_id, []).append(items.words(one[0]) if items else tuple(one))
    between = apart or (items.between if items else "、")
    return {record_id: between.join(texts if items else told_apart(texts)) for record_id, texts in said.items()}


def names_of_parts(part: Any, owner: Any) -> Select[Any]:
    """What parts point at by name, with the record they are of before it, and behind it the unit that tells people apart."""
    target: Any = TARGETS[fields_of(part)[part.POINTS].kind]
    unit: Any = aliased(Unit)
    statement = select(owner, target.name, unit.name if target is Person else null())
    statement = statement.join(target, target.id == getattr(part, part.POINTS))
    return statement.outerjoin(unit, unit.id == target.unit_id) if target is Person else statement
