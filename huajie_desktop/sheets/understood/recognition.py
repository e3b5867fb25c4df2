"""Recognises which ledger a workbook is of: by what its titles and names say, then by the words of its header rows."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import PurePath
from typing import NamedTuple

from huajie_desktop.declared.catalogue import Catalogue
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.filling import DIMENSION
from huajie_desktop.reading.raw import Cell, RawSheet
from huajie_desktop.reading.tokens import is_token, ledger_of
from huajie_desktop.sheets.understood.headers import NODE_DAY, NODE_TEXT, SERIAL, vocabulary
from huajie_desktop.values.text import fold, header_word, without_brackets

_ROWS, _SHEETS, _LONGEST = 40, 3, 24  # rows and sheets looked at, characters of a header cell
_TITLE_ROWS, _TITLE_CELLS = 6, 2  # rows that may be titles, cells such a row has at most
_LARGE, _FEW, _MANY = 10, 2, 3  # a ledger of so many fields is recognised by three columns, a smaller one by two
_NEAR = 1.0  # words; who leads by no more does not lead clearly
_SHARED = 0.5  # what a word counts for that a third ledger knows, too
_AUXILIARY = frozenset(("", SERIAL, DIMENSION, NODE_DAY, NODE_TEXT))
_STATED = re.compile(
    r"(?:填报|报送|上报|填表|申报|承诺|责任|报表|编制|制表|联系)?(?:单位|部门|科室|村居?|村名|人|日期|时间|电话|年度)(?:名称)?:"
)


class Recognised(NamedTuple):
    """The ledger a file was taken for, and those it may be of as well: where there are any, the clerk is asked."""

    ledger: Ledger
    others: tuple[Ledger, ...] = ()


class _Header(NamedTuple):
    """The header row of a file that names most fields of one ledger."""

    ledger: Ledger
    known: Mapping[str, str]  # all header words of the ledger, with their fields
    found: frozenset[str]  # those that stand there, one a field


class Recognition:
    """Tells files of the ledgers there are apart; of those equally likely the first is taken, and the first where none is."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._ledgers = catalogue

    def of(self, name: str, sheets: Sequence[RawSheet], said: Ledger | None = None) -> Recognised:
        """What the file of that name holds: its own hidden word says it, else the clerk (`said`), else what stands in it.

        There titles, sheets and name come first, then the words of its headers.
        """
        if (token := _token(sheets)) and (own := self._ledgers.get(ledger_of(token))):
            return Recognised(own)
        if said:
            return Recognised(said)
        looked = _looked_at(sheets)
        if not looked:
            return Recognised(self._ledgers.first)
        words = [[self._header_words(row) for row in sheet.rows[:_ROWS]] for sheet in looked]
        headers = {header.ledger.key: header for header in self._headers(list(chain.from_iterable(words)))}
        titles = [text for sheet, rows in zip(looked, words, strict=True) for text in _titles(sheet, rows)]
        names = [_compared(sheet.name) for sheet in looked]
        return self._weighed([self._named(texts) for texts in (titles, names, [_compared(PurePath(name).stem)])], headers)

    def _weighed(self, named: Sequence[Sequence[str]], headers: Mapping[str, _Header]) -> Recognised:
        """By what is named, the nearest to the table first, and by the headers that stand there, both by key.

        A name without its header is no more than a doubt, unless there is no header at all.
        """
        for keys in named:
            if fitting := [headers[key] for key in keys if key in headers]:
                return self._best(fitting)
        unfit = tuple(self._ledgers[key] for key in next(filter(None, named), ()))
        if usual := self._usual(headers):
            best, others = self._best(usual)
            return Recognised(best, (*others, *unfit))
        return Recognised(unfit[0], unfit[1:]) if unfit else Recognised(self._ledgers.first)

    @cached_property
    def _fields(self) -> Mapping[str, Mapping[str, str]]:
        """By ledger its header words with the fields they name."""
        return {
            key: {word: named for word, named in vocabulary(ledger).words.items() if named not in _AUXILIARY}
            for key, ledger in self._ledgers.items()
        }

    @cached_property
    def _knowing(self) -> Counter[str]:
        """How many ledgers known by headers know a header word; those that know the very same words, as reports do, are one."""
        known = {frozenset(fields) for key, fields in self._fields.items() if not self._ledgers[key].sheets.titled}
        return Counter(word for words in known for word in words)

    @cached_property
    def _all_words(self) -> frozenset[str]:
        return frozenset(word for fields in self._fields.values() for word in fields)

    @cached_property
    def _title_words(self) -> Mapping[str, tuple[str, ...]]:
        return {key: tuple(map(fold, ledger.sheets.title_words)) for key, ledger in self._ledgers.items()}

    @cached_property
    def _reports(self) -> Mapping[str, str]:
        """The ledgers of reports by key with the ledger they report on, as these are offered."""
        of = {key: ledger.sheets.each_of for key, ledger in self._ledgers.items() if ledger.sheets.each_of}
        return {key: of[key] for place in self._ledgers for key in of if of[key] == place}

    def _named(self, texts: Iterable[str]) -> list[str]:
        """The keys of the ledgers the texts name; what stands last in a Chinese compound is what it is, so that comes first.

        A word for reports (进展) is one for those on what else is named (民生实事进展).
        """
        places = dict[str, int]()
        for text in texts:
            for key, words in self._title_words.items():
                ends = [text.rfind(word) + len(word) for word in words if word in text]
                if ends:
                    places[key] = max(places.get(key, 0), *ends)
        meant = [key for key, of in self._reports.items() if of in places]
        found = sorted(places, key=lambda key: -places[key])
        return list(dict.fromkeys(one for key in found for one in (meant if meant and key in self._reports else [key])))

    def _usual(self, headers: Mapping[str, _Header]) -> list[_Header]:
        """Those a file without a telling name may be of: of reports, all known by the same words, the first."""
        further = [key for key in self._reports if key in headers][1:]
        return [header for key, header in headers.items() if key not in further and not header.ledger.sheets.titled]

    def _header_words(self, row: Sequence[Cell]) -> list[str]:
        """The cells of a row that are header words of some ledger, cleaned."""
        texts = (cell for cell in row if cell.__class__ is str and len(str(cell)) <= _LONGEST)
        return [word for text in texts if (word := header_word(str(text))) in self._all_words]

    def _headers(self, rows: Sequence[Sequence[str]]) -> Iterator[_Header]:
        """The best header row of each ledger that has one."""
        pairs = [(here, below) for here, below in zip(rows, [*rows[1:], ()], strict=True) if here]
        for key, known in self._fields.items():
            if found := _best_row(self._ledgers[key], known, pairs):
                yield _Header(self._ledgers[key], known, found)

    def _best(self, headers: Sequence[_Header]) -> Recognised:
        """The first of them, unless a later one leads clearly; with those that are not clearly behind."""
        best = headers[0]
        for header in headers[1:]:
            if self._lead(header, best) > _NEAR:
                best = header
        near = [header.ledger for header in headers if header is not best and self._is_near(header, best)]
        return Recognised(best.ledger, tuple(near))

    def _is_near(self, other: _Header, best: _Header) -> bool:
        """Whether another ledger may be meant: little behind with a word of its own, or no header could tell them apart."""
        lead = self._lead(other, best)
        alike = lead == 0 and best.known.keys() <= other.known.keys()
        return alike or (lead >= -_NEAR and not other.found <= best.known.keys())

    def _lead(self, one: _Header, other: _Header) -> float:
        """By how many words a ledger explains a file better than another; below 0: worse. What both know says nothing."""
        ahead = (1 if self._knowing[word] <= 1 else _SHARED for word in one.found if word not in other.known)
        return sum(ahead) - sum(1 for word in other.found if word not in one.known)


def _looked_at(sheets: Sequence[RawSheet]) -> list[RawSheet]:
    """The first sheets that hold something; hidden ones only where nothing else does."""
    filled = [sheet for sheet in sheets if sheet.rows]
    return ([sheet for sheet in filled if sheet.visible] or filled)[:_SHEETS]


def _token(sheets: Sequence[RawSheet]) -> str:
    """The hidden word of our own template, "" where there is none."""
    return next((str(cell) for sheet in sheets for row in sheet.rows[:_ROWS] for cell in row if is_token(cell)), "")


def _best_row(ledger: Ledger, known: Mapping[str, str], pairs: Iterable[tuple[Sequence[str], Sequence[str]]]) -> frozenset[str]:
    """The words of the row that names most fields (with the row below it, where a header has two); empty where none does."""
    needed = _MANY if len(ledger.form_fields) >= _LARGE else _FEW
    best = dict[str, str]()
    for here, below in pairs:
        found = _by_field(known, here)
        if len(found) >= needed:
            found = _by_field(known, below) | found
        if ledger.name in found and len(found) >= max(needed, len(best) + 1):
            best = found
    return frozenset(best.values())


def _by_field(known: Mapping[str, str], words: Sequence[str]) -> dict[str, str]:
    """One word for each field they name."""
    return {known[word]: word for word in words if word in known}


def _titles(sheet: RawSheet, words: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines over a sheet's header that say what it is; who sent it and when (填报单位：…) says nothing of that."""
    for row, header_words in zip(sheet.rows[:_TITLE_ROWS], words, strict=False):
        texts = [_compared(str(cell)) for cell in row if cell not in ("", None)]
        if len(texts) > _TITLE_CELLS or len(header_words) > 1:
            return
        for before, text in zip(["", *texts], texts, strict=False):
            if not before.endswith(":"):
                yield _STATED.split(text)[0]


def _compared(text: str) -> str:
    """A title or name for finding words in it: what stands in brackets is said by the way."""
    return without_brackets(fold(text))
