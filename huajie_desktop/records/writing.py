"""Puts read values into kept records field by field, names resolved: for forms, bulk changes and sheets."""

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from db.fields import POINTING, Deadline, Field, Kind
from db.images import Row
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.read_record import ReadRecord
from huajie_desktop.records.naming import Names
from huajie_desktop.records.parts import renewed


def stored(names: Names, declared: Field) -> Callable[[Any], Any]:
    """What makes a read value of a field the one that is kept in its column; of a deadline the values of its columns."""
    if declared.kind in POINTING:
        return partial(names.id_of, declared)
    if declared.kind == Kind.FLAG:
        return bool
    if declared.further:
        return _deadline
    return _or_none


def _or_none(value: Any) -> Any:
    return None if value == "" else value


def _deadline(value: Deadline | None) -> Deadline:
    return value or Deadline()


def columns_of(names: Names, ledger: Ledger, key: str, record: ReadRecord) -> Row:
    """The columns a field is kept in with their new values; a deadline's text may give the beginning, too."""
    declared = ledger.fields[key]
    value = stored(names, declared)(record.get(key))
    if not declared.further:
        return {declared.name: value}
    begin = record.get(declared.begins) if declared.begins else None
    return dict(zip(declared.columns, value, strict=True)) | ({ledger.fields[declared.begins].name: begin} if begin else {})


def write_fields(names: Names, ledger: Ledger, kept: Any, record: ReadRecord, keys: Collection[str]) -> None:
    """Makes those fields of a kept record what the read one says; its own columns first, since parts are looked for by them."""
    several = [key for key in ledger.form_fields if key in keys and key in ledger.parts]
    for key in ledger.form_fields:
        if key in keys and key not in several and not _is_the_same(ledger.fields[key], kept, record.get(key)):
            for name, value in columns_of(names, ledger, key, record).items():
                setattr(kept, name, value)
    for key, make in ledger.rules.by_unit.items():
        name = ledger.fields[key].name
        if getattr(kept, name) is None:
            setattr(kept, name, make(names.session)(getattr(kept, ledger.fields[str(ledger.place)].name)))
    for key in several:
        setattr(kept, ledger.fields[key].name, renewed(names, ledger, kept, key, record.get(key) or ()))


def _is_the_same(declared: Field, kept: Any, name: Any) -> bool:
    """Whether a person is meant who is there already, wherever he works."""
    there = getattr(kept, declared.key, None) if declared.kind == Kind.PERSON else None
    return there is not None and there.name == name
