"""Finds the tables of a sheet: header rows (one to three), the columns' fields, and the title lines above."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from huajie_desktop.reading.filling import DIMENSION
from huajie_desktop.reading.raw import Cell, RawSheet
from huajie_desktop.reading.read_record import Column, letter_of
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.sheets.understood.headers import (
    NODE_DAY,
    NODE_TEXT,
    SERIAL,
    SURE,
    Match,
    Vocabulary,
    money_unit,
    period_end,
)
from huajie_desktop.values.text import fold, without_brackets

Overrides = Mapping[tuple[str, int, int], str | None]  # (sheet, last header row from 1, column from 0) -> field or None
_MAX_HEADER_CELL, _MAX_DEPTH, _SMALL = 24, 3, 3000
_TITLE_LINE = re.compile(r"单位|清单|日期|村名")
_MAX_COLUMNS = 400  # columns beyond are never part of a list of tasks


@dataclass(slots=True)
class Table:
    """One table of a sheet: rows `first` to `last` (exclusive) hold its records; all counted from 0."""

    words: Vocabulary
    header: range
    first: int
    last: int
    columns: list[Column]
    index: dict[str, int] = field(default_factory=dict)  # column of each field that is one cell
    periods: list[tuple[int, dt.date, str]] = field(default_factory=list)  # columns holding milestones, with their day and header
    serial: int | None = None
    node_day: int | None = None
    node_text: int | None = None
    money_units: dict[str, str] = field(default_factory=dict)  # the headers' units of money by field
    above: range = range(0)  # the title lines
    identity: int | None = None  # column of what our template says of its rows

    @property
    def missing(self) -> list[str]:
        """Fields a list of such records should have and this table has no column for."""
        return [name for name in self.words.expected if name not in self.index]


def find_tables(sheet: RawSheet, year: int, overrides: Overrides, words: Vocabulary) -> list[Table]:
    """The tables of a sheet from top to bottom; none when no row looks like a header."""
    grid = _Grid(sheet, words)
    tables: list[Table] = []
    for row in _candidates(sheet.rows, words):
        if tables and row < tables[-1].first:
            continue
        if table := _best(grid, row, year, overrides):
            if tables and _same_header(tables[-1], table):
                continue  # the header repeated on a new page, left out row by row
            start = _title_start(sheet.rows, tables[-1].first, row) if tables else 0
            table.above = range(start, row)
            if tables:
                tables[-1].last = start
            tables.append(table)
    return tables


def map_header(sheet: RawSheet, header: range, year: int, overrides: Overrides, words: Vocabulary) -> Table:
    """The table under a header that was found by its shape; which of its columns are known, its words say."""
    return _map(_Grid(sheet, words), header, year, overrides)


def _title_start(rows: list[list[Cell]], first: int, header: int) -> int:
    """The first of the title lines right above a second table; notes and totals belong to the table before."""
    start = header
    for number in range(header - 1, first, -1):
        texts = [text for _, text in kinds.filled(rows[number])]
        if not texts:
            continue
        if (
            len(texts) > 3
            or kinds.is_total(texts)
            or kinds.is_note(texts, False)
            or (len(texts) > 1 and not _TITLE_LINE.search(fold(texts[0])))
        ):
            break
        start = number
    return start


class _Grid:
    """The cells of a sheet with the text of merged ranges known everywhere inside."""

    def __init__(self, sheet: RawSheet, words: Vocabulary) -> None:
        self.name, self.rows, self.words = sheet.name, sheet.rows, words
        wide = [m for m in sheet.merges if m[3] > m[1] and m[2] - m[0] < 6 and m[3] - m[1] < 500]
        self.across = {
            (r, c): left for top, left, low, right in wide for r in range(top, low + 1) for c in range(left, right + 1)
        }
        self._merged = {r for top, _, low, _ in sheet.merges for r in range(top, min(low, top + 5) + 1)}

    def text(self, row: int, column: int) -> str:
        line = self.rows[row] if row < len(self.rows) else []
        cell = line[column] if column < len(line) else ""
        return cell if isinstance(cell, str) and not cell.startswith("\0") else ""

    def is_merged(self, row: int) -> bool:
        """Whether cells of this row are merged, so that those which are not stand for themselves."""
        return row in self._merged

    def parent(self, row: int, column: int) -> str:
        """The text over a column: its own cell, the merged range's, or without merges the nearest to the left."""
        if own := self.text(row, column):
            return own
        if (row, column) in self.across:
            return self.text(row, self.across[row, column])
        if self.is_merged(row):
            return ""
        left = next((c for c in range(column - 1, max(column - 8, -1), -1) if self.text(row, c).strip()), None)
        return self.text(row, left) if left is not None and self.words.is_group(self.text(row, left)) else ""


def _candidates(rows: list[list[Cell]], words: Vocabulary) -> list[int]:
    """Rows that may be headers: at least two header words (in a long sheet at least one written without frills)."""
    plain = frozenset(words.words)
    look = rows if len(rows) <= _SMALL else None
    found = []
    for number, row in enumerate(rows):
        if look is None and number > 60 and plain.isdisjoint(row):
            continue
        if sum(1 for cell in row[:_MAX_COLUMNS] if _is_word(cell, words)) >= 2:
            found.append(number)
    return found


def _is_word(cell: Cell, words: Vocabulary) -> bool:
    if not isinstance(cell, str) or not cell or len(cell) > 60 or cell.startswith("\0"):
        return False
    match = words.match_words(cell)
    return (match.field is not None and match.likeness >= SURE) or words.is_group(cell)


def _best(grid: _Grid, row: int, year: int, overrides: Overrides) -> Table | None:
    """The reading of a header at this row with the most fields; None when it is no header."""
    if not _is_header_row(grid.rows[row]):
        return None
    best: Table | None = None
    for depth in range(1, _MAX_DEPTH + 1):
        if depth > 1 and not _continues(grid, row, row + depth - 1):
            break
        table = _map(grid, range(row, row + depth), year, overrides)
        if best is None or _worth(table) > _worth(best):
            best = table
    given = best is not None and any((grid.name, best.header[-1] + 1, c.index) in overrides for c in best.columns)
    return best if best and (given or _is_table(best)) else None


def _worth(table: Table) -> int:
    return len(table.index) + len(table.periods) + 2 * (table.node_text is not None)


def _is_table(table: Table) -> bool:
    helpful = len(set(table.index) & table.words.helpful)
    unknown = sum(1 for column in table.columns if column.field is None and column.index != table.serial)
    return table.words.ledger.name in table.index and helpful >= 2 and (helpful >= 3 or len(table.columns) <= 3 or not unknown)


def _is_header_row(row: list[Cell]) -> bool:
    filled = [cell for cell in row[:_MAX_COLUMNS] if cell not in ("", None)]
    texts = [cell for cell in filled if isinstance(cell, str) and len(without_brackets(fold(cell))) <= _MAX_HEADER_CELL]
    return len(texts) * 10 >= len(filled) * 7


def _continues(grid: _Grid, first: int, row: int) -> bool:
    """Whether this row still belongs to the header above: short words under groups, nothing that looks like data."""
    if row >= len(grid.rows):
        return False
    line = grid.rows[row][:_MAX_COLUMNS]
    filled = kinds.filled(line)
    if not filled or any(len(text) > 20 or not isinstance(line[c], str) or str(line[c])[0] == "\0" for c, text in filled):
        return False
    words = grid.words
    named = sum(
        1 for c, text in filled if _is_word(text, words) or words.is_period(text) or _under(words, grid.parent(row - 1, c), text)
    )
    under = sum(1 for c, text in filled if _is_under_group(grid, first, row, c, text))
    return named * 2 >= len(filled) and under == len(filled)


def _under(words: Vocabulary, group: str, text: str) -> bool:
    """Whether a word means something only under that group: 时间 under 时间节点, 性别 under 当事人甲."""
    return words.match_node(group, text) is not None or words.match_words(group + text).likeness == 1


def _is_under_group(grid: _Grid, first: int, row: int, column: int, text: str) -> bool:
    above = grid.text(row - 1, column)
    if not above.strip() or fold(above) == fold(text) or (row - 1, column) in grid.across:
        return True
    return (
        not grid.is_merged(row - 1)
        and (grid.words.is_group(above) or not grid.text(row - 1, column + 1).strip())
        and first <= row - 1
    )


def _map(grid: _Grid, header: range, year: int, overrides: Overrides) -> Table:
    """Takes each column for the field its header names best; a field takes one column, the likest and then the first."""
    width = min(max(len(grid.rows[r]) for r in header), _MAX_COLUMNS)
    words_of = grid.words
    table = Table(words_of, header, header[-1] + 1, len(grid.rows), [])
    found: list[tuple[Column, Match]] = []
    for index in range(width):
        words = list(dict.fromkeys(w for r in header if (w := grid.parent(r, index).strip())))
        if not words:
            continue
        column = Column(index, letter_of(index), " ".join("".join(word.split()) for word in words), None, 0.0)
        table.columns.append(column)
        if (
            words_of.is_period(words[-1])
            and (len(words) > 1 or words_of.match(words[-1]).field is None)
            and (day := period_end(words[-1], year))
        ):
            column.field, column.likeness = words_of.milestones, 1.0
            table.periods.append((index, day, words[-1].strip()))
        else:
            found.append((column, _match(words_of, words)))
    _assign(table, found)
    _override(table, grid.name, overrides)
    for key in words_of.money:
        if key in table.index:
            table.money_units[key] = money_unit(next(c.header for c in table.columns if c.index == table.index[key]))
    return table


def _match(known: Vocabulary, words: list[str]) -> Match:
    """The best of the lowest header cell, all joined, and the one above when nothing stands below."""
    if len(words) > 1 and (node := known.match_node(words[-2], words[-1])):
        return Match(node, 1.0)
    leaf = known.match(words[-1])
    joined = known.match("".join(words)) if len(words) > 1 else leaf
    if joined.field and (joined.likeness > leaf.likeness or (joined.likeness == 1 and not leaf.field)):
        return joined
    return leaf


def _assign(table: Table, found: list[tuple[Column, Match]]) -> None:
    words, named = table.words, [match for _, match in found]
    for column, match in sorted(found, key=lambda pair: -pair[1].likeness):
        name = _read_as_deadline(table, column, match.field, named)
        if name == SERIAL and table.serial is None:
            table.serial = column.index
        elif _is_half_node(table, name, named):
            if name == NODE_DAY:
                table.node_day = column.index
            else:
                table.node_text = column.index
            column.field, column.likeness = words.milestones, match.likeness
        elif name and (name in words.fields or name == DIMENSION) and name not in table.index:
            table.index[name] = column.index
            column.field, column.likeness = name, match.likeness


def _read_as_deadline(table: Table, column: Column, name: str | None, named: list[Match]) -> str | None:
    """A second deadline called as the milestones are is theirs; a day of milestones without their text is the deadline."""
    words, due = table.words, table.words.deadline
    if name == due and words.milestones and named.count(Match(due, 1.0)) > 1:
        return words.milestones if fold(column.header) == fold(words.fields[words.milestones].label) else name
    lacking = due and due not in table.index and all(match.field != due for match in named)
    return due if name == NODE_DAY and lacking and not _is_half_node(table, name, named) else name


def _is_half_node(table: Table, name: str | None, named: list[Match]) -> bool:
    """Whether a column is the days or the texts of milestones: some other one must be the other half."""
    half, other = (table.node_day, NODE_TEXT) if name == NODE_DAY else (table.node_text, NODE_DAY)
    return name in (NODE_DAY, NODE_TEXT) and half is None and any(match.field == other for match in named)


def _override(table: Table, sheet: str, overrides: Overrides) -> None:
    """Applies a person's corrections of the mapping."""
    for column in table.columns:
        key = (sheet, table.header[-1] + 1, column.index)
        if key not in overrides:
            continue
        chosen = overrides[key]
        table.index = {name: i for name, i in table.index.items() if i != column.index and name != chosen}
        table.periods = [period for period in table.periods if period[0] != column.index]
        for other in table.columns:
            if other.field == chosen and chosen != "milestones":
                other.field = None
        column.field, column.likeness = chosen, 1.0
        if chosen:
            table.index[chosen] = column.index


def _same_header(one: Table, other: Table) -> bool:
    return [(c.index, fold(c.header)) for c in one.columns] == [(c.index, fold(c.header)) for c in other.columns]
