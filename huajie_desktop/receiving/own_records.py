"""The records of our own template as its rows show them: what an untouched cell says, and how well a row fits a record."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from difflib import SequenceMatcher
from functools import cached_property
from typing import NamedTuple

from db.fields import Field, Kind
from db.personal import hide_numbers
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.tokens import digest
from huajie_desktop.receiving.previews import PreviewRow
from huajie_desktop.records.comparing import compared_keys, normal
from huajie_desktop.records.kept import Values
from huajie_desktop.sheets.written.workbook_writing import TOO_LONG, cut
from huajie_desktop.values.shown import full, looks_masked, masked
from huajie_desktop.values.text import fold, is_blank, without_brackets, without_ordinal

NOTHING = frozenset((digest(None), digest((None, False))))  # what empty cells say
_OF_A_FEW = {Kind.CHOICE, Kind.FLAG, Kind.CATEGORY, Kind.CATEGORIES, Kind.LIST_KIND, Kind.FORCE, Kind.UNIT, Kind.UNITS}
_TEXTS = {Kind.TEXT, Kind.LONG_TEXT}
_NEAR = 0.6  # likeness of a name typed over another one to that, where the hidden cell or the rest of the row says it is the same
_SHARED = 20  # records that may say the same of a field for it to be searched by
_NUMBERED = re.compile(r"\d+|[一二三四五六七八九十]+|[东南西北上下前后左右]")  # what tells two names apart however alike they are


class Agreement(NamedTuple):
    """In how many fields beside the name a row says what a record says, and in how many it does not."""

    same: int
    other: int
    telling: int  # of the same, those that few records share

    @property
    def is_whole(self) -> bool:
        """Whether nothing is otherwise, and that is no chance."""
        return self.telling > 1 and not self.other


class OwnRecord:
    """A record of the template's unit: as it stood in the template, where that is still known, and as it is kept now."""

    def __init__(self, ledger: Ledger, record_id: int, sent: Mapping[str, str], kept: Values) -> None:
        self.id, self.name = record_id, str(kept.get(ledger.name) or "")
        self._ledger, self._sent, self._kept = ledger, sent, kept
        self._forms: dict[str, frozenset[str]] = {}

    def forms(self, key: str) -> frozenset[str]:
        """The digests of what an untouched cell may say of a field, then and now."""
        if key not in self._forms:
            found = frozenset(self._found(key))
            self._forms[key] = found | NOTHING if found & NOTHING else found
        return self._forms[key]

    def _found(self, key: str) -> Iterator[str]:
        declared, value = self._ledger.fields[key], self._kept.get(key)
        if key in self._sent:
            yield self._sent[key]
        yield digest(normal(self._ledger, key, value))
        if value is not None and declared.private:
            yield digest(masked(declared.kind, full(declared, value)))
        elif isinstance(value, str):
            yield digest(normal(self._ledger, key, hide_numbers(value)))
            if cut(value) is not value:
                yield digest(cut(value))


def says(row: PreviewRow) -> dict[str, str]:
    """By field the digest of what a row says; only of fields that have a column in the sheet."""
    record, ledger = row.record, row.file.ledger
    keys = (key for key in compared_keys(ledger) if key != ledger.place and (key in record.letters or key in row.typed))
    return {key: form_of(row, key) for key in keys}


def form_of(row: PreviewRow, key: str) -> str:
    """The digest of what a row says of one field; of what was put in place of a value (masked, cut) that of its text."""
    record, ledger = row.record, row.file.ledger
    raw = record.raw.get(key, "").strip()
    if key not in row.typed and is_blank(raw):
        return digest(None)
    declared = ledger.fields[key]
    stands_for = (declared.private and looks_masked(declared, raw)) or raw.endswith(TOO_LONG)
    return digest(raw if stands_for else normal(ledger, key, record[key]))


def is_telling(declared: Field) -> bool:
    """Whether a field tells records apart; of what is chosen from a list many say the same."""
    return declared.kind not in _OF_A_FEW


def is_text(declared: Field) -> bool:
    """Whether two records hardly ever say the same of a field."""
    return declared.kind in _TEXTS


class OwnRecords:
    """All of them, and how well a row fits one."""

    def __init__(self, ledger: Ledger, records: Sequence[OwnRecord]) -> None:
        self._ledger = ledger
        self.by_id = {record.id: record for record in records}
        self._said: dict[PreviewRow, dict[str, str]] = {}
        self._agreements: dict[tuple[PreviewRow, int], Agreement] = {}

    def said(self, row: PreviewRow) -> dict[str, str]:
        """What a row says, looked up once."""
        if row not in self._said:
            self._said[row] = says(row)
        return self._said[row]

    def named(self, row: PreviewRow) -> Sequence[int]:
        """The records of exactly the row's name."""
        return self._names.get(self.said(row).get(self._ledger.name, ""), ())

    @cached_property
    def _names(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for record in self.by_id.values():
            for form in record.forms(self._ledger.name) - NOTHING:
                found.setdefault(form, []).append(record.id)
        return found

    def agreement(self, row: PreviewRow, record_id: int) -> Agreement:
        """How the rest of a row fits a record."""
        at = (row, record_id)
        if at not in self._agreements:
            record, fields = self.by_id[record_id], self._ledger.fields
            rest = {key: form for key, form in self.said(row).items() if key != self._ledger.name}
            alike = [key for key, form in rest.items() if form in record.forms(key)]
            same = [key for key in alike if rest[key] not in NOTHING]
            telling = sum(1 for key in same if is_telling(fields[key]))
            self._agreements[at] = Agreement(len(same), len(rest) - len(alike), telling)
        return self._agreements[at]

    def is_bare(self, row: PreviewRow) -> bool:
        """Whether a row says nothing but a name."""
        return all(form in NOTHING for key, form in self.said(row).items() if key != self._ledger.name)

    def is_near(self, row: PreviewRow, record_id: int) -> bool:
        """Whether a row's name may be that of a record with a slip mended or a word added, or was left out."""
        said, kept = bare(str(row.record[self._ledger.name] or "")), bare(self.by_id[record_id].name)
        fits = self.agreement(row, record_id)
        if not fits.telling and fits.other:
            return False
        if not said:
            return True
        if fits.other and numerals(said) != numerals(kept):
            return False
        within = min(len(said), len(kept)) > 1 and (said in kept or kept in said)
        return within or SequenceMatcher(None, said, kept, autojunk=False).ratio() >= _NEAR

    def fullest(self, row: PreviewRow, among: Set[int], beside: int | None) -> list[int]:
        """Which of those records the rest of a row fits best, if it fits at all, and better than `beside`."""
        shared: dict[int, int] = {}
        for key, form in self.said(row).items():
            for record_id in self.saying(key, form):
                shared[record_id] = shared.get(record_id, 0) + 1
        least = self.agreement(row, beside).same if beside is not None else 0
        fitting = {i: self.agreement(row, i) for i in shared if i in among and i != beside}
        good = {i: fit.same for i, fit in fitting.items() if fit.telling and fit.same >= fit.other and fit.same > least}
        return [record_id for record_id, same in good.items() if same == max(good.values())][:3]

    def saying(self, key: str, form: str) -> Sequence[int]:
        """The records of which a field that tells them apart says that; none where many do."""
        return self._owners.get((key, form), ())

    @cached_property
    def _owners(self) -> Mapping[tuple[str, str], list[int]]:
        """By field and what it says the records that say it, where it tells them from most others."""
        keys = [k for k in compared_keys(self._ledger) if k != self._ledger.name and is_telling(self._ledger.fields[k])]
        found: dict[tuple[str, str], list[int]] = {}
        for record in self.by_id.values():
            for key in keys:
                for form in record.forms(key) - NOTHING:
                    found.setdefault((key, form), []).append(record.id)
        return {at: ids for at, ids in found.items() if len(ids) <= _SHARED}


def bare(title: str) -> str:
    """A name without its number and what stands in brackets."""
    folded = fold(title)
    return without_brackets(without_ordinal(folded)) or folded


def numerals(name: str) -> list[str]:
    """What tells two names apart however alike they are."""
    return _NUMBERED.findall(name)
