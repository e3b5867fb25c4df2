"""Kept records as the values a sheet says: what an import compares with and an export writes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from db.fields import SEVERAL_NAMES, Deadline, Kind, fields_of
from db.images import CHUNK
from db.models import Category, Dimension
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.pointing import TARGETS, names_of_parts, part_words
from huajie_desktop.seat import SeatSession, visible
from huajie_desktop.values.people import told_apart

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


def still_there(session: SeatSession, ledger: Ledger, ids: Sequence[int]) -> list[int]:
    """Those of the records that were not removed since."""
    model: Any = ledger.model
    found: list[int] = []
    for start in range(0, len(ids), CHUNK):
        asked = select(model.id).where(model.id.in_(ids[start : start + CHUNK]), *visible(session.seat, model))
        found += session.scalars(asked)
    return found


def not_given_yet(session: SeatSession, ledger: Ledger, keys: Sequence[str]) -> frozenset[str]:
    """Those of the fields that a life of the records fills in and has filled in of none yet, as a number before any approval."""
    given = [key for key in keys if key not in ledger.parts and ledger.fields[key].kind == Kind.TEXT]
    given = [key for key in given if ledger.fields[key].name in ledger.life_columns]
    own = visible(session.seat, ledger.model)
    model: Any = ledger.model
    there = {key: select(model.id).where(ledger.column(key).is_not(None), *own).limit(1) for key in given}
    return frozenset(key for key, asked in there.items() if session.scalar(asked) is None)


def _read(session: SeatSession, ledger: Ledger, keys: Sequence[str], ids: list[int] | None) -> dict[int, Values]:
    model: Any = ledger.model
    columns: list[Any] = [model.id]
    taken: list[tuple[str, int, Take]] = []
    statement = select(model.id)
    for key in (key for key in keys if key not in ledger.parts):
        declared = ledger.fields[key]
        taken.append((key, len(columns), _TAKEN.get(declared.kind, _plain)))
        if target := TARGETS.get(declared.kind):
            other = aliased(target)
            statement = statement.outerjoin(other, other.id == ledger.column(key))
            columns.append(other.name)
            if declared.kind == Kind.CATEGORY:
                dimension = aliased(Dimension)
                statement = statement.outerjoin(dimension, dimension.id == other.dimension_id)
                columns.append(dimension.name)
        else:
            columns += [getattr(model, name) for name in declared.columns]
    statement = statement.with_only_columns(*columns, maintain_column_froms=True).order_by(model.id)
    statement = statement.where(*visible(session.seat, model))
    if ids is not None:
        statement = statement.where(model.id.in_(ids))
    found = {row[0]: {key: take(row, place) for key, place, take in taken} for row in session.execute(statement)}
    for key in (key for key in keys if key in ledger.parts):
        parts = _parts(session, ledger, key, ids if ids is not None else list(found))
        for record_id, values in found.items():
            values[key] = parts.get(record_id)
    return found


Take = Callable[[Any, int], Any]  # from a row and the place of a field's first column the value


def _plain(row: Any, place: int) -> Any:
    return row[place]


def _category(row: Any, place: int) -> Any:
    return (row[place + 1], row[place]) if row[place] is not None else None


def _deadline(row: Any, place: int) -> Any:
    found = Deadline(*row[place : place + len(Deadline._fields)])
    return found if found.day or found.ongoing else None


_TAKEN: Mapping[Kind, Take] = {Kind.CATEGORY: _category, Kind.DEADLINE: _deadline}


def _parts(session: SeatSession, ledger: Ledger, key: str, ids: Sequence[int]) -> dict[int, Any]:
    """Names of what hangs on the records as lists, all else as one text."""
    found: dict[int, Any] = {}
    if ledger.fields[key].kind not in SEVERAL_NAMES:
        for start in range(0, len(ids), CHUNK):
            found.update(part_words(session, ledger, key, list(ids[start : start + CHUNK])))
        return found
    part: Any = ledger.parts[key].model
    target: Any = TARGETS[fields_of(part)[part.POINTS].kind]
    owner = getattr(part, ledger.parts[key].column)
    statement = names_of_parts(part, owner)
    if target is Category:
        statement = statement.with_only_columns(owner, target.name, Dimension.name)
        statement = statement.join(Dimension, Dimension.id == target.dimension_id)
    if len(ids) <= CHUNK:
        statement = statement.where(owner.in_(ids))
    for record_id, name, of in session.execute(statement.order_by(owner, part.position)):
        found.setdefault(record_id, []).append((of, name) if target is Category else (name, of))
    return found if target is Category else {record_id: told_apart(names) for record_id, names in found.items()}
