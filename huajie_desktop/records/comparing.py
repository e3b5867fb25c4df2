"""Kept and read values in the form in which they can be compared, and what is kept of a ledger as of one look."""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from db.fields import Field, Kind
from db.personal import hide_numbers
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading import tokens
from huajie_desktop.reading.checks import Identity, comparable
from huajie_desktop.records.kept import Values, kept_values
from huajie_desktop.records.locking import Lock, lock_of
from huajie_desktop.records.parts import milestone_words
from huajie_desktop.seat import SeatSession
from huajie_desktop.values.shown import full, masked
from huajie_desktop.values.text import fold, is_blank, without_brackets

_LINES = re.compile(r"[；;\n]+")
_ITEMS = re.compile(r"[；;、，,\n]+")


def compared_keys(ledger: Ledger) -> list[str]:
    """The fields a sheet can say, in the order of the form."""
    return list(ledger.form_fields)


class KeptRecords:
    """What is kept of one ledger, as of one look: ids by identity in the order they were entered, values of those asked for."""

    def __init__(self, session: SeatSession, ledger: Ledger) -> None:
        self.ledger = ledger
        self.heads: dict[int, Values] = dict(kept_values(session, ledger, self._keys(ledger, ledger.sheets.identity)))
        self.by_identity: dict[Identity, list[int]] = {}
        for record_id, values in self.heads.items():
            self.by_identity.setdefault(tuple(comparable(values[key]) for key in ledger.sheets.identity), []).append(record_id)
        self._values: dict[int, Values] = {}
        self._locks: dict[tuple[str, ...], Lock] = {}  # by where records stand in their lives

    def values(self, session: SeatSession, ids: Iterable[int]) -> Mapping[int, Values]:
        """All that a sheet can say of those records, read once."""
        wanted = [record_id for record_id in ids if record_id not in self._values]
        self._values.update(kept_values(session, self.ledger, self._keys(self.ledger, compared_keys(self.ledger)), wanted))
        return self._values

    def lock(self, record_id: int) -> Lock:
        """What that record locks."""
        states = {life.column: self.heads[record_id][life.column] for life in self.ledger.lives}
        stands = tuple(states.values())
        if stands not in self._locks:
            self._locks[stands] = lock_of(self.ledger, states)
        return self._locks[stands]

    def ids(self, session: SeatSession, words: Iterable[str]) -> Mapping[str, int]:
        """By what templates call them the ids of those of the records that are kept: identities, in older ones numbers."""
        numbers = {word: int(word) for word in words if word.isdigit()}
        model: Any = self.ledger.model
        return {**numbers, **{uid: record_id for uid, record_id in session.execute(select(model.uid, model.id))}}

    def seen(self, record_id: int) -> Values:
        """What was read of a record before; nothing for one that was not asked for."""
        return self._values.get(record_id, {})

    @staticmethod
    def _keys(ledger: Ledger, keys: Sequence[str]) -> list[str]:
        further = [key for key in (*ledger.fresh, ledger.closes_by) if key in ledger.fields]
        return list(dict.fromkeys([*ledger.sheets.identity, *keys, *further]))


def normal(ledger: Ledger, key: str, value: Any) -> Hashable:
    """A kept or read value in the form in which they are the same; None for nothing, also where a word says so (/ 无)."""
    declared = ledger.fields[key]
    if declared.kind == Kind.DEADLINE:
        return (value.day, value.ongoing) if value else (None, False)
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
        case Kind.TEXT | Kind.LONG_TEXT | Kind.PHONE | Kind.ID_NUMBER if is_blank(str(value)):
            return None
    return comparable(value)


def _parts(value: Any, between: re.Pattern[str], words: Any) -> Hashable:
    """Kept parts are one text, read ones a list of items."""
    lines: Iterable[str] = between.split(value) if isinstance(value, str) else map(words, value)
    return tuple(found for line in lines if (found := fold(line))) or None


def base_of(ledger: Ledger, keys: Sequence[str], values: Mapping[str, Any]) -> dict[str, str]:
    """What a template notes of a record when it goes out, so that later changes on either side are known."""
    return {key: tokens.digest(normal(ledger, key, values.get(key))) for key in keys}


def is_masked(declared: Field, kept: Any, text: str) -> bool:
    """Whether a cell holds personal data, or a number in a free text, as it was masked when it went out."""
    if isinstance(kept, str) and kept != hide_numbers(kept) == text.strip():
        return True
    return declared.private and kept is not None and masked(declared.kind, full(declared, kept)) == text.strip()
