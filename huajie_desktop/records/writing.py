"""Puts read values into kept records field by field, names resolved: for forms, bulk changes and sheets that came back."""

from collections.abc import Mapping
from typing import Any

from db.fields import Kind
from db.images import Row
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.read_record import ReadRecord
from huajie_desktop.records.listing import PARTS, TARGETS
from huajie_desktop.records.naming import Names
from huajie_desktop.records.parts import write_items, write_names
from huajie_desktop.work.task_ledger import TASKS

ITEMS = (Kind.MILESTONES, Kind.QUANTITIES, Kind.FUNDING)  # of many parts each


def columns_of_field(names: Names, ledger: Ledger, key: str, record: ReadRecord) -> Row:
    """The columns a field is kept in with their new values; a task's deadline takes several."""
    declared, value = ledger.fields[key], record.value(ledger, key)
    if declared.kind in TARGETS:
        return {declared.name: names.id_of(declared, value)}
    if declared.kind == Kind.FLAG:
        return {declared.name: bool(value)}
    if ledger is not TASKS or key != "due":
        return {declared.name: None if value == "" else value}
    start: Mapping[str, Any] = {"start": record.start} if record.start else {}
    precision, text = record.due_precision or None, record.due_text[:100] or None
    return {"due": value, "ongoing": record.ongoing, "due_precision": precision, "due_text": text, **start}


def write_field(names: Names, ledger: Ledger, kept: Any, key: str, record: ReadRecord) -> None:
    """Makes one field of a kept record what the read one says."""
    declared = ledger.fields[key]
    if declared.kind in PARTS:
        write_names(names, kept, key, record.value(ledger, key) or ())
    elif declared.kind in ITEMS:
        write_items(kept, key, record)
    else:
        for name, value in columns_of_field(names, ledger, key, record).items():
            setattr(kept, name, value)
