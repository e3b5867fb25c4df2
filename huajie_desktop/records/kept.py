"""Kept records as the values a sheet says: what an import compares with and an export writes."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import aliased

from db.fields import Kind
from db.images import CHUNK
from db.models import Category, Dimension
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.listing import PARTS, TARGETS, part_words
from huajie_desktop.seat import SeatSession, visible

Values = dict[str, Any]  # by field key: names where a field points at something, amounts in 元, stored choices


def kept_values(
    session: SeatSession, ledger: Ledger, keys: Sequence[str], ids: Sequence[int] | None = None
) -> Iterator[tuple[int, Values]]:
    """Id and values of those records in the order of `ids`; None: all of the campaign as they were entered.

    A category is its dimension and name, people and units are lists of names, quantities and the like one text.
    """
    if ids is None:
        yield from _read(session, ledger, keys, None).items()
        return
    for start in range(0, len(ids), CHUNK):
        chunk = list(ids[start : start + CHUNK])
        found = _read(session, ledger, keys, chunk)
        yield from ((record_id, found[record_id]) for record_id in chunk if record_id in found)


def _read(session: SeatSession, ledger: Ledger, keys: Sequence[str], ids: list[int] | None) -> dict[int, Values]:
    model: Any = ledger.model
    relations = inspect(ledger.model).relationships
    several = [key for key in keys if ledger.fields[key].name in relations]
    plain = [key for key in keys if key not in several]
    columns: list[Any] = [model.id]
    statement = select(model.id)
    for key in plain:
        declared = ledger.fields[key]
        columns.append(getattr(model, declared.name))
        if target := TARGETS.get(declared.kind):
            other = aliased(target)
            statement = statement.outerjoin(other, other.id == columns[-1])
            columns[-1] = other.name
            if declared.kind == Kind.CATEGORY:
                dimension = aliased(Dimension)
                statement = statement.outerjoin(dimension, dimension.id == other.dimension_id)
                columns.append(dimension.name)
    statement = statement.with_only_columns(*columns, maintain_column_froms=True).order_by(model.id)
    statement = statement.where(*visible(session.seat, model))
    if ids is not None:
        statement = statement.where(model.id.in_(ids))
    places = _places(ledger, plain)
    found = {row[0]: {key: _value(row, place) for key, place in places} for row in session.execute(statement)}
    for key in several:
        parts = _parts(session, ledger, key, ids if ids is not None else list(found))
        for record_id, values in found.items():
            values[key] = parts.get(record_id)
    return found


def _places(ledger: Ledger, plain: Sequence[str]) -> list[tuple[str, int]]:
    """Where in a row each value stands, negative for a category, which takes two."""
    places, place = [], 1
    for key in plain:
        category = ledger.fields[key].kind == Kind.CATEGORY
        places.append((key, -place if category else place))
        place += 2 if category else 1
    return places


def _value(row: Any, place: int) -> Any:
    if place > 0:
        return row[place]
    return (row[1 - place], row[-place]) if row[-place] is not None else None


def _parts(session: SeatSession, ledger: Ledger, key: str, ids: Sequence[int]) -> dict[int, Any]:
    """Names of what hangs on the records as lists, all else as one text."""
    declared = ledger.fields[key]
    found: dict[int, Any] = {}
    if (pointed := PARTS.get(declared.kind)) is None:
        for start in range(0, len(ids), CHUNK):
            found.update(part_words(session, ledger, key, list(ids[start : start + CHUNK])))
        return found
    part: Any = inspect(ledger.model).relationships[declared.name].mapper.class_
    target: Any = inspect(part).relationships[pointed].mapper.class_
    (column,) = inspect(ledger.model).relationships[declared.name].remote_side
    owner = getattr(part, column.key or "")
    statement = select(owner, target.name).join(target, target.id == getattr(part, f"{pointed}_id"))
    if target is Category:
        statement = statement.add_columns(Dimension.name).join(Dimension, Dimension.id == target.dimension_id)
    if len(ids) <= CHUNK:
        statement = statement.where(owner.in_(ids))
    for record_id, *names in session.execute(statement.order_by(owner, part.position)):
        found.setdefault(record_id, []).append((names[1], names[0]) if len(names) > 1 else names[0])
    return found
