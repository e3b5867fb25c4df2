"""Checks across fields and across records: what is missing, what does not go together, the same record written twice."""

from collections.abc import Callable, Hashable, Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import UniqueConstraint

from db.base import table_of
from db.models import Unit
from huajie_desktop.declared.bounds import check_of
from huajie_desktop.declared.facets import Check, no_faults
from huajie_desktop.declared.ledger import Ledger, once_each
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.read_record import ERROR, WARNING, ReadRecord
from huajie_desktop.values.text import fold

_GIVEN = {"township_id", "campaign_id"}  # columns that say where all rows of a sheet are kept

DUPLICATE, RECORD = "duplicate", "record"

Identity = tuple[Hashable, ...]


def comparable(value: Any) -> Hashable:
    """A value in the form in which a read and a kept one are the same: width, case and white space do not count."""
    if isinstance(value, str):
        return fold(value) if value else None
    if value is None or value is False:
        return None
    if isinstance(value, Decimal):
        return int(value * 100)
    return tuple(map(comparable, value)) or None if isinstance(value, list | tuple) else value


def identity_of(record: ReadRecord, known: Known) -> Identity | None:
    """What a record is known again by; None without a name."""
    if not record.title:
        return None
    places, slots = record.places, record.slots
    return tuple([comparable(slots[places[key]]) for key in known.ledger.sheets.identity])


def other_identity(record: ReadRecord, known: Known) -> Identity | None:
    """What a record may be kept as under another name: a unit by any of its spellings."""
    if known.ledger.model is not Unit or not record.title or not (found := known.unit_words.find(record.title)):
        return None
    return (comparable(found.name),)


@once_each
def required_of(ledger: Ledger) -> tuple[tuple[str, str], ...]:
    """The fields that must be filled in, by key, and what is said of an empty one."""
    needed = {key: declared for key, declared in ledger.form_fields.items() if declared.required or key == ledger.name}
    return tuple(
        (key, "没有认出是哪个单位的，请选择" if key == ledger.place else f"没有填写{declared.label}，请补上或跳过这一行")
        for key, declared in needed.items()
    )


@once_each
def check_records_of(ledger: Ledger) -> Callable[[ReadRecord], None]:
    """What notes in a record what must be there and is not, and what the ledger's own check says; for many of one ledger."""
    said = ((check_of(ledger), ERROR), (ledger.rules.look, WARNING))
    rules: list[tuple[Check, str]] = [(rule, severity) for rule, severity in said if rule is not no_faults]
    required = [(ledger.places[key], key, message) for key, message in required_of(ledger)]

    def check(record: ReadRecord) -> None:
        if record.issues:
            record.issues = [issue for issue in record.issues if issue.rule != RECORD]
        slots = record.slots
        for place, key, message in required:
            if not slots[place] and slots[place] in (None, "") and not _is_faulty(record, key):
                record.complain(key, ERROR, message, RECORD)
        for rule, severity in rules:
            if faults := rule(record):
                for key, message in faults.items():
                    record.complain(key, severity, message, RECORD)

    return check


def _is_faulty(record: ReadRecord, key: str) -> bool:
    return any(issue.field == key and issue.severity == ERROR for issue in record.issues)


def check_record(record: ReadRecord, ledger: Ledger) -> None:
    """The same for one record; may be run again after mending."""
    check_records_of(ledger)(record)


def check_duplicates(records: Iterable[tuple[ReadRecord, Known]], file_of: Callable[[ReadRecord], str] = lambda _: "") -> None:
    """Complains at the name of every second and later record of the same identity; may be run again after mending.

    `file_of` says in which file a record stands, where there are several.
    """
    first: dict[tuple[type[Any], Identity], ReadRecord] = {}
    for record, known in records:
        if record.issues and any(issue.rule == DUPLICATE for issue in record.issues):
            record.issues = [issue for issue in record.issues if issue.rule != DUPLICATE]
        ledger = known.ledger
        if (identity := identity_of(record, known)) is None:
            continue
        other = first.setdefault((ledger.model, identity), record)
        if other is not record:
            severity = ERROR if _stands_once(ledger) else WARNING
            elsewhere = f"“{file_of(other)}”" if file_of(other) != file_of(record) else ""
            message = f"与{elsewhere} {other.cell(ledger.name)} 的{ledger.noun}重复，请核对要不要跳过"
            record.complain(ledger.name, severity, message, DUPLICATE)


@once_each
def _stands_once(ledger: Ledger) -> bool:
    """Whether two records of one identity cannot be kept at all."""
    names = {ledger.fields[key].name for key in ledger.sheets.identity}
    constraints = table_of(ledger.model).constraints
    return any(isinstance(rule, UniqueConstraint) and {c.name for c in rule.columns} - _GIVEN <= names for rule in constraints)
