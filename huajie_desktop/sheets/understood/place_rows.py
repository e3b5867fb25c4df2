"""Finds the rows of a table that are headings naming a unit: in the leading cells, with counts or sums beside it at most."""

from collections.abc import Set

from huajie_desktop.reading.known import Known
from huajie_desktop.reading.raw import Cell, RawSheet
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.sheets.understood.found_table import Table
from huajie_desktop.sheets.understood.place_headings import (
    PlaceHeading,
    bare_name,
    is_label,
    looks_like_place,
    read_heading,
    style_of,
)
from huajie_desktop.values.text import fold

_MOST_CELLS = 5  # of a heading that names a unit
_LOOKED_AT = 200  # rows that tell which column is filled in most
_Found = list[tuple[int, str]]


class PlaceRows:
    """The headings of one table that say whose records stand below; `useful` are the columns that make a row a record."""

    def __init__(self, sheet: RawSheet, table: Table, known: Known, useful: Set[int]) -> None:
        self._sheet, self._table, self._known = sheet, table, known
        self._place = known.ledger.place or ""
        self._title = table.index[known.ledger.name]
        self._money = {table.index[name] for name in table.words.money if name in table.index}
        self._leading = max(self._title, table.index.get(self._place, 0))
        self._styles: frozenset[str] | None = None
        self._probe = self._fullest(useful)

    def known(self, found: _Found) -> PlaceHeading | None:
        """The heading a row is, if it names a unit of the office."""
        text = self._text(found)
        return read_heading(text, self._known) if text else None

    def unknown(self, found: _Found) -> PlaceHeading | None:
        """The heading of a unit nobody knows, in a table where others name known ones."""
        text = self._text(found)
        if not text or not (styles := self.styles()):
            return None
        words = self._known.category_words
        alike = style_of(text) in styles - {""} or looks_like_place(text)
        if not alike or words.find(text) or words.find_dimension(text):
            return None
        return PlaceHeading(text, bare_name(text), None)

    def styles(self) -> frozenset[str]:
        """How the headings of the table that name a known unit are numbered or marked; empty where there are none."""
        if self._styles is None:
            rows = self._sheet.rows[self._table.first : self._table.last] if self._place else []
            headings = (self.known(found) for row in filter(self.is_bare, rows) if (found := kinds.filled(row)))
            self._styles = frozenset(style_of(heading.text) for heading in headings if heading)
        return self._styles

    def is_bare(self, row: list[Cell]) -> bool:
        """Whether the column that most records fill in is blank in a row, so that it may be none."""
        return self._probe is None or len(row) <= self._probe or row[self._probe] in ("", None)

    def _fullest(self, useful: Set[int]) -> int | None:
        """The column that most records fill in beside their name, None where there is no other."""
        rows = self._sheet.rows[self._table.first : min(self._table.last, self._table.first + _LOOKED_AT)]
        columns = sorted(useful - self._money - {self._title, self._table.index.get(self._place)})
        filled = {i: sum(1 for row in rows if len(row) > i and row[i] not in ("", None)) for i in columns}
        return max(columns, key=lambda i: filled[i], default=None)

    def _text(self, found: _Found) -> str:
        """The words of a row that may be such a heading, "" where it says more."""
        if not self._place or (len(found) > _MOST_CELLS and len({text for _, text in found}) > 1):
            return ""
        first, used = self._joined(found)
        others = [(i, other) for i, other in found[used:] if fold(other) != fold(first)]
        only = all(kinds.is_count(other, i in self._money) or kinds.is_signature([other]) for i, other in others)
        return first if only and found[0][0] <= self._leading else ""

    def _joined(self, found: _Found) -> tuple[str, int]:
        """The words, and of how many cells: 一 | 倪宅村 and 村名： | 倪宅村 stand in two."""
        first = found[0][1]
        if len(found) > 1 and is_label(first):
            return f"{first.rstrip(':：')}：{found[1][1]}", 2
        if [i for i, _ in found[:2]] == [self._table.serial, self._title] and self._numbers(first, found):
            return f"{first}、{found[1][1]}", 2
        return first, 1

    def _numbers(self, serial: str, found: _Found) -> bool:
        return kinds.is_numeral(serial) or (
            serial.isdigit() and len(found) == 2 and self._known.unit_words.find(found[1][1]) is not None
        )
