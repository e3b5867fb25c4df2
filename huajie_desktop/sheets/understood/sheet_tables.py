"""Finds the tables of a sheet: header rows (one to three), the columns' fields, and the title lines above."""

import re

from huajie_desktop.reading.raw import Cell, RawSheet
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.sheets.understood.column_mapping import MOST_COLUMNS, map_columns
from huajie_desktop.sheets.understood.found_table import Overrides, Table
from huajie_desktop.sheets.understood.header_cells import Grid
from huajie_desktop.sheets.understood.headers import SURE, Vocabulary
from huajie_desktop.values.text import fold, without_brackets

_MAX_HEADER_CELL, _MAX_DEPTH, _SMALL = 24, 3, 3000
_TITLE_LINE = re.compile(r"单位|清单|日期|村名")


def find_tables(sheet: RawSheet, year: int, overrides: Overrides, words: Vocabulary) -> list[Table]:
    """The tables of a sheet from top to bottom; none when no row looks like a header."""
    grid = Grid(sheet, words)
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
    return map_columns(Grid(sheet, words), header, year, overrides)


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


def _candidates(rows: list[list[Cell]], words: Vocabulary) -> list[int]:
    """Rows that may be headers: at least two header words (in a long sheet at least one written without frills)."""
    plain = frozenset(words.words)
    look = rows if len(rows) <= _SMALL else None
    found = []
    for number, row in enumerate(rows):
        if look is None and number > 60 and plain.isdisjoint(row):
            continue
        if sum(1 for cell in row[:MOST_COLUMNS] if _is_word(cell, words)) >= 2:
            found.append(number)
    return found


def _is_word(cell: Cell, words: Vocabulary) -> bool:
    if not isinstance(cell, str) or not cell or len(cell) > 60 or cell.startswith("\0"):
        return False
    match = words.match_words(cell)
    return (match.field is not None and match.likeness >= SURE) or words.is_group(cell)


def _best(grid: Grid, row: int, year: int, overrides: Overrides) -> Table | None:
    """The reading of a header at this row with the most fields; None when it is no header."""
    if not _is_header_row(grid.rows[row]):
        return None
    best: Table | None = None
    for depth in range(1, _MAX_DEPTH + 1):
        if depth > 1 and not _continues(grid, row, row + depth - 1):
            break
        table = map_columns(grid, range(row, row + depth), year, overrides)
        if best is None or _worth(table) > _worth(best):
            best = table
    given = best is not None and any((grid.name, best.header[-1] + 1, c.index) in overrides for c in best.columns)
    return best if best and grid.words.ledger.name in best.index and (given or _is_table(best)) else None


def _worth(table: Table) -> int:
    return len(table.index) + len(table.periods) + 2 * (table.node_text is not None)


def _is_table(table: Table) -> bool:
    if table.doubtful:
        return False
    helpful = len(set(table.index) & table.words.helpful)
    unknown = sum(1 for column in table.columns if column.field is None and column.index != table.serial)
    return helpful >= 2 and (helpful >= 3 or len(table.columns) <= 3 or not unknown)


def _is_header_row(row: list[Cell]) -> bool:
    filled = [cell for cell in row[:MOST_COLUMNS] if cell not in ("", None)]
    texts = [cell for cell in filled if isinstance(cell, str) and len(without_brackets(fold(cell))) <= _MAX_HEADER_CELL]
    return len(texts) * 10 >= len(filled) * 7


def _continues(grid: Grid, first: int, row: int) -> bool:
    """Whether this row still belongs to the header above: short words under groups, nothing that looks like data."""
    if row >= len(grid.rows):
        return False
    line = grid.rows[row][:MOST_COLUMNS]
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


def _is_under_group(grid: Grid, first: int, row: int, column: int, text: str) -> bool:
    above = grid.text(row - 1, column)
    if not above.strip() or fold(above) == fold(text) or (row - 1, column) in grid.across:
        return True
    return (
        not grid.is_merged(row - 1)
        and (grid.words.is_group(above) or not grid.text(row - 1, column + 1).strip())
        and first <= row - 1
    )


def _same_header(one: Table, other: Table) -> bool:
    return [(c.index, fold(c.header)) for c in one.columns] == [(c.index, fold(c.header)) for c in other.columns]
