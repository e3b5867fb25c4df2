"""Sheets in which no list was recognised: where one may begin, so that a person says what its columns are."""

from collections.abc import Sequence

from huajie_desktop.reading.raw import RawSheet
from huajie_desktop.reading.read_record import ReadFile, ReadTable
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.sheets.understood.column_mapping import examples
from huajie_desktop.sheets.understood.found_table import Overrides, Table
from huajie_desktop.sheets.understood.headers import Vocabulary
from huajie_desktop.sheets.understood.layout import find_header
from huajie_desktop.sheets.understood.sheet_tables import map_header

_OFFERED = 6  # rows that may be the header
_LOOKED_AT = 40  # rows among which these are


def tables_by_hand(file: ReadFile, sheet: RawSheet, mapping: Overrides, words: Vocabulary) -> list[Table]:
    """The table a person pointed at in a sheet where none is recognised, or none; where else one may stand is noted."""
    shaped, others = find_header(sheet), _possible_headers(sheet)
    headers = [shaped, *(found for found in others if found.stop != shaped.stop)] if shaped else others
    if (said := _said_header(sheet, mapping, headers)) and said not in headers:
        headers.append(said)
    tables: list[Table] = []
    for header in headers:
        table = _table_under(sheet, header, file.known.year, mapping, words)
        if header == said and words.ledger.name in table.index:
            tables.append(table)
        else:
            (file.unsaid if header == shaped else file.offered).append(_unread(sheet, table))
    return tables


def _possible_headers(sheet: RawSheet) -> list[range]:
    """Where a header may stand beside where its shape says, in rows from 0, the likeliest first; empty: a list without one."""
    rows = [number for number, row in enumerate(sheet.rows[:_LOOKED_AT]) if kinds.filled(row)]
    if not rows:
        return []
    below = [range(number, number + 1) for number in rows[:_OFFERED] if any(map(kinds.filled, sheet.rows[number + 1 :]))]
    bare = range(rows[0], rows[0])
    return [*below, bare] if _is_all_words(sheet, rows[0]) else [bare, *below]


def _said_header(sheet: RawSheet, mapping: Overrides, offered: Sequence[range]) -> range | None:
    """The header under which a person said last what a column is; None where nobody did."""
    rows = [row for (name, row, _), key in mapping.items() if name == sheet.name and key]
    row = rows[-1] if rows else None
    if row is None or row >= len(sheet.rows):
        return None
    return next((header for header in offered if header.stop == row), range(max(row - 1, 0), row))


def _table_under(sheet: RawSheet, header: range, year: int, mapping: Overrides, words: Vocabulary) -> Table:
    """The table under such a header with every column that holds something, and an example of what."""
    found = examples(sheet.rows[header.stop :])
    table = map_header(sheet, header, year, mapping, words, frozenset(found))
    for column in table.columns:
        column.example = found.get(column.index, "")
    return table


def _unread(sheet: RawSheet, table: Table) -> ReadTable:
    """What the person is shown of it."""
    return ReadTable(
        sheet.name, tuple(row + 1 for row in table.header), table.columns, table.missing, begins=table.first, read=False
    )


def _is_all_words(sheet: RawSheet, row: int) -> bool:
    """Whether all cells of a row are texts, so that it may be a header."""
    cells = [sheet.rows[row][column] for column, _ in kinds.filled(sheet.rows[row])]
    return all(isinstance(cell, str) and not cell.startswith("\0") for cell in cells)
