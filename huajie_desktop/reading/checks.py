"""Checks across fields and across records: what is missing, what does not go together, the same record written twice."""

from collections.abc import Hashable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import UniqueConstraint

from db.base import table_of
from db.fields import fields_of
from db.models import Task, Unit
from huajie_desktop.declared.ledger import Ledger, once_each
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.read_record import ERROR, WARNING, ReadRecord
from huajie_desktop.sheets.understood.headers import Vocabulary
from huajie_desktop.values.text import fold

_GIVEN = {"township_id", "campaign_id"}  # columns that say where all rows of a sheet are kept

DUPLICATE, RECORD = "duplicate", "record"

_TITLE, _UNIT = fields_of(Task)["title"], fields_of(Unit)["name"]

Identity = tuple[Hashable, ...]


def comparable(value: Any) -> Hashable:
    """A value in the form in which a read and a kept one are the same: width, case and white space do not count."""
    if value is None or value == "" or value is False:
        return None
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, Decimal):
        return int(value * 100)
    return tuple(map(comparable, value)) or None if isinstance(value, list | tuple) else value


def identity_of(record: ReadRecord, known: Known) -> Identity | None:
    """What a record is known again by; None without a name."""
    if not record.title:
        return None
    ledger = known.ledger
    if ledger.model is Task:
        return comparable(record.unit), fold(record.title)  # by the ten thousand, so without a detour
    return tuple(comparable(record.value(ledger, key)) for key in ledger.identity)


def other_identity(record: ReadRecord, known: Known) -> Identity | None:
    """What a record may be kept as under another name: a unit by any of its spellings."""
    if known.ledger.model is not Unit or not record.title or not (found := known.unit_words.find(record.title)):
        return None
    return (comparable(found.name),)


def check_record(record: ReadRecord, words: Vocabulary) -> None:
    """Notes what must be there and is not, and what the ledger's own check says; may be run again after mending."""
    if record.issues:
        record.issues = [issue for issue in record.issues if issue.rule != RECORD]
    for key, message in words.required:
        if record.more.get(key) in (None, "") and not any(i.field == key and i.severity == ERROR for i in record.issues):
            record.complain(key, ERROR, message, RECORD)
    for key, message in _overlong(record, words):
        record.complain(key, ERROR, message, RECORD)
    values = record.values if words.rules else {}
    for rule, severity in words.rules:
        for key, message in rule(values).items():
            record.complain(key, severity, message, RECORD)


def _overlong(record: ReadRecord, words: Vocabulary) -> Iterator[tuple[str, str]]:
    """What has no room where it is kept; what is no part of every sheet is measured as it is read."""
    for key, text, declared in (("title", record.title, _TITLE), (words.ledger.place or "unit", record.unit, _UNIT)):
        if text and len(text) > (declared.max_length or 0) and (declared is _UNIT or words.of_tasks):
            yield key, f"{declared.label}不能超过 {declared.max_length} 个字，现在 {len(text)} 个"


def check_duplicates(records: Iterable[tuple[ReadRecord, Known]]) -> None:
    """Complains at the name of every second and later record of the same identity; may be run again after mending."""
    first: dict[tuple[type[Any], Identity], ReadRecord] = {}
    for record, known in records:
        if any(issue.rule == DUPLICATE for issue in record.issues):
            record.issues = [issue for issue in record.issues if issue.rule != DUPLICATE]
        ledger = known.ledger
        if (identity := identity_of(record, known)) is None:
            continue
        other = first.setdefault((ledger.model, identity), record)
        if other is not record:
            severity = ERROR if _stands_once(ledger) else WARNING
            message = f"与 {other.cell(ledger.name)} 的{ledger.noun}重复，请核对要不要跳过"
            record.complain(ledger.name, severity, message, DUPLICATE)


@once_each
def _stands_once(ledger: Ledger) -> bool:
    """Whether two records of one identity cannot be kept at all."""
    names = {ledger.fields[key].name for key in ledger.identity}
    constraints = table_of(ledger.model).constraints
    return any(isinstance(rule, UniqueConstraint) and {c.name for c in rule.columns} - _GIVEN <= names for rule in constraints)
