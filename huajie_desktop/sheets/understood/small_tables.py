"""Takes a small table of something else out of a list's rows: counts by category right of it, behind a blank column."""

from collections.abc import Sequence

from huajie_desktop.reading.raw import Cell, RawSheet
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.sheets.understood.found_table import Overrides, Table

_FEWEST = 2  # columns of such a table, and cells of each of its rows
_LIST = 2  # fields the list has left of it


def take_out(sheet: RawSheet, table: Table, overrides: Overrides) -> tuple[int, str] | None:
    """Blanks the cells of such a table, so that the list can be found anew. Returns its header row from 1 and its words.

    None where there is none. Rows without a gap from the first one on, and others than those of the list, tell it from
    further columns of the list behind a blank one.
    """
    gap = _gap(table)
    if gap is None or any(at == sheet.name and i > gap for at, _, i in overrides):
        return None
    heads = [column for column in table.columns if column.index > gap]
    rows = sheet.rows[table.first : table.last]
    if len(heads) < _FEWEST or sum(i < gap for i in table.index.values()) < _LIST or not _is_apart(rows, gap):
        return None
    for row in (*(sheet.rows[number] for number in table.header), *rows):
        del row[gap:]
    return table.header[0] + 1, "、".join(column.header for column in heads)


def _gap(table: Table) -> int | None:
    """The first column without a header between those of the list and further ones."""
    headed, title = {column.index for column in table.columns}, table.index[table.words.ledger.name]
    return next((i for i in range(title + 1, max(headed)) if i not in headed), None)


def _is_apart(rows: Sequence[list[Cell]], gap: int) -> bool:
    """Whether what stands right of the gap are rows of their own."""
    parts = [kinds.filled(row) for row in rows]
    right = [[text for i, text in cells if i > gap] for cells in parts]
    left = sum(any(i < gap for i, _ in cells) for cells in parts)
    held = [cells for cells in right if cells]
    without_gap = bool(held) and held == right[: len(held)] and min(map(len, held)) >= _FEWEST
    return without_gap and not _fills(parts, gap) and (len(held) != left or any(map(kinds.is_total, held)))


def _fills(parts: Sequence[Sequence[tuple[int, str]]], column: int) -> bool:
    return any(i == column for cells in parts for i, _ in cells)
