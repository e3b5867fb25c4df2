"""Whether a read row says what is kept: values in comparable form; only what the sheet says counts, personal data may be masked."""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from db.fields import Field, Kind
from huajie_desktop.records.kept import Values, kept_values
from huajie_desktop.records.ledger import Ledger
from huajie_desktop.records.parts import milestone_words
from huajie_desktop.spreadsheets import identity
from huajie_desktop.spreadsheets.checks import Identity, comparable
from huajie_desktop.spreadsheets.headers import vocabulary
from huajie_desktop.spreadsheets.records import ReadRecord
from huajie_desktop.values.text import fold, is_blank, without_brackets
from huajie_desktop.values.wording import full, masked

_LINES = re.compile(r"[；;\n]+")
_ITEMS = re.compile(r"[；;、，,\n]+")
DUE, ONGOING = "due", "ongoing"  # a task's deadline is compared in both


def compared_keys(ledger: Ledger) -> list[str]:
    """The fields a sheet can say, in the order of the form."""
    return list(vocabulary(ledger).fields)


class KeptRecords:
    """What is kept of one ledger, as of one look: values by id, ids by identity in the order they were entered."""

    def __init__(self, session: Session, ledger: Ledger) -> None:
        self.ledger = ledger
        further = [key for key in (ONGOING, "state") if key in ledger.fields]
        keys = list(dict.fromkeys([*ledger.identity, *compared_keys(ledger), *further]))
        self.values: dict[int, Values] = dict(kept_values(session, ledger, keys))
        self.by_identity: dict[Identity, list[int]] = {}
        for record_id, values in self.values.items():
            identity = tuple(comparable(values[key]) for key in ledger.identity)
            self.by_identity.setdefault(identity, []).append(record_id)


def normal(ledger: Ledger, key: str, value: Any) -> Hashable:
    """A kept or read value in the form in which they are the same; None for nothing, also where a word says so (/ 无)."""
    declared = ledger.fields[key]
    if value is None or value == "" or value is False:
        return None
    match declared.kind:
        case Kind.PERSON:  # of 张三（东） the reader takes the name alone
            return without_brackets(fold(value)) or None
        case Kind.PEOPLE:
            return tuple(without_brackets(fold(name)) for name in value) or None
        case Kind.MILESTONES:
            return _parts(value, _LINES, milestone_words)
        case Kind.QUANTITIES | Kind.FUNDING:
            return _parts(value, _ITEMS, lambda item: str(item.words))
        case Kind.TEXT | Kind.LONG_TEXT if is_blank(str(value)):
            return None
    return comparable(value)


def _parts(value: Any, between: re.Pattern[str], words: Any) -> Hashable:
    """Kept parts are one text, read ones a list of items."""
    lines: Iterable[str] = between.split(value) if isinstance(value, str) else map(words, value)
    return tuple(found for line in lines if (found := fold(line))) or None


def said(ledger: Ledger, key: str, values: Mapping[str, Any]) -> Hashable:
    """One field of kept values in comparable form; a task's deadline with whether it goes on."""
    if key == DUE and ONGOING in ledger.fields:
        return normal(ledger, DUE, values.get(DUE)), bool(values.get(ONGOING))
    return normal(ledger, key, values.get(key))


def read(ledger: Ledger, key: str, record: ReadRecord) -> Hashable:
    """The same of a read record."""
    if key == DUE and ONGOING in ledger.fields:
        return normal(ledger, DUE, record.due), record.ongoing
    return normal(ledger, key, record.value(ledger, key))


def base_of(ledger: Ledger, keys: Sequence[str], values: Mapping[str, Any]) -> dict[str, str]:
    """What a template notes of a record when it goes out, so that later changes on either side are known."""
    return {key: identity.digest(said(ledger, key, values)) for key in keys}


def is_masked(declared: Field, kept: Any, text: str) -> bool:
    """Whether a cell holds personal data as it was masked when it went out."""
    return declared.private and kept is not None and masked(full(declared, kept), declared.key) == text.strip()


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
