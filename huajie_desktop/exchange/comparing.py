"""Whether a read row says what is kept already: only what the sheet says counts, and personal data may be masked."""

from collections.abc import Hashable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from db.fields import Field, Kind
from huajie_desktop.records.kept import Values, kept_values
from huajie_desktop.records.ledger import Ledger
from huajie_desktop.spreadsheets.checks import Identity, comparable
from huajie_desktop.spreadsheets.headers import vocabulary
from huajie_desktop.spreadsheets.records import ReadRecord
from huajie_desktop.values.text import fold, without_brackets
from huajie_desktop.values.wording import full, masked

_UNCOMPARED = (Kind.MILESTONES, Kind.QUANTITIES, Kind.FUNDING)  # many words for the same thing
Kept = Mapping[Identity, list[Values]]


def kept_records(session: Session, ledger: Ledger) -> Kept:
    """All kept records of a ledger by identity, in the order they were entered."""
    keys = [key for key, declared in vocabulary(ledger).fields.items() if declared.kind not in _UNCOMPARED]
    further = [key for key in ("ongoing",) if key in ledger.fields]
    found: dict[Identity, list[Values]] = {}
    for _id, values in kept_values(session, ledger, list(dict.fromkeys([*ledger.identity, *keys, *further]))):
        found.setdefault(_identity(ledger, values), []).append(values)
    return found


def _identity(ledger: Ledger, values: Values) -> Identity:
    return tuple(comparable(values[key]) for key in ledger.identity)


def says_the_same(record: ReadRecord, ledger: Ledger, kept: Values) -> bool:
    """Whether all that the sheet says of a record is what is kept; a field without a column says nothing."""
    for key, value in kept.items():
        if key in ledger.identity:
            continue
        read = _worded(ledger.fields[key], record.value(ledger, key))
        if read is None and key not in record.letters and not (key == "ongoing" and "due" in record.letters):
            continue
        if read != _worded(ledger.fields[key], value) and not _is_masked(ledger.fields[key], value, record.raw.get(key, "")):
            return False
    return True


def _worded(declared: Field, value: Any) -> Hashable:
    """A value as it is compared; of 张三（东） the reader takes the name alone."""
    if declared.kind == Kind.PERSON:
        return without_brackets(fold(value)) if value else None
    if declared.kind == Kind.PEOPLE:
        return tuple(without_brackets(fold(name)) for name in value or ()) or None
    return comparable(value)


def _is_masked(declared: Field, kept: Any, said: str) -> bool:
    return declared.private and masked(full(declared, kept), declared.key) == said.strip()
