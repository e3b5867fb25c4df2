"""Finds the header of a table whose words are not known, by its shape, so that the clerk can say what the columns are."""

from collections.abc import Sequence

from huajie_desktop.reading.raw import Cell, RawSheet
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.values.text import fold

_LONGEST = 40  # characters of a header cell
_DEPTH = 4  # rows of a header
_LOOKED_AT, _BELOW = 40, 40  # rows in which a header may begin, and rows below that tell how wide the table is
_COVERED = 0.75  # share of the columns with content that a header must name
_OVER, _GROUP = 0.9, 12  # share of the columns a row of groups stands over, and characters of a group's name
_FEW = 3  # columns from which a table is one even if it is short
_YEARS = range(1990, 2101)


def find_header(sheet: RawSheet) -> range | None:
    """The rows of the first header, from 0; None where the sheet holds no table, or a form of labels and values."""
    across = {(top, left): right for top, left, low, right in sheet.merges if right > left and low - top < _DEPTH}
    down = {(top, left): low for top, left, low, right in sheet.merges if low > top and right - left < 100}
    for first in range(min(len(sheet.rows), _LOOKED_AT)):
        if header := _header_at(sheet, first, across, down):
            return _without_title(sheet, header, across, down)
    return None


def _without_title(sheet: RawSheet, header: range, across: dict[tuple[int, int], int], down: dict[tuple[int, int], int]) -> range:
    """A first row that is a title or labels above the table is none of the header: what is below is one without it."""
    while len(header) > 1 and (rest := _header_at(sheet, header[1], across, down)):
        cells = kinds.filled(sheet.rows[header[0]])
        over = {at for column, _ in cells for at in range(column, across.get((header[0], column), column) + 1)}
        below = {
            at
            for row in rest
            for column, _ in kinds.filled(sheet.rows[row])
            for at in range(column, across.get((row, column), column) + 1)
        }
        titled = any(len(text) > _GROUP and across.get((header[0], column), column) - column > 2 for column, text in cells)
        if len(over & below) >= _OVER * len(below) and not titled:
            break
        header = rest
    return header


def _header_at(sheet: RawSheet, first: int, across: dict[tuple[int, int], int], down: dict[tuple[int, int], int]) -> range | None:
    named: set[int] = set()
    if not _may_begin(sheet.rows[first]):
        return None
    for row in range(first, min(first + _DEPTH, len(sheet.rows))):
        cells = kinds.filled(sheet.rows[row])
        if not _is_heading(sheet.rows[row], cells):
            return None
        for column, _text in cells:
            named |= set(range(column, across.get((row, column), column) + 1))
        last = max([row, *(down[at] for at in down if at[0] == row and at[0] >= first and down[at] < first + _DEPTH)])
        deeper = any((row, column) in across for column, _text in cells) or last > row
        if not (deeper and row + 1 < min(first + _DEPTH, len(sheet.rows)) and _more_heading(sheet, row + 1)):
            return range(first, row + 1) if _names_all(sheet, row + 1, named) else None
    return None


def _may_begin(row: list[Cell]) -> bool:
    """Whether a row is more than a title, and none that says who made the table (填报人：…)."""
    texts = [text for _, text in kinds.filled(row)]
    return len(texts) > 1 and not kinds.is_signature(texts)


def _is_heading(row: Sequence[Cell], cells: Sequence[tuple[int, str]]) -> bool:
    """Whether all cells are short words (or years), no two the same side by side, none a value."""
    words = [fold(text) for _, text in cells]
    values = [row[column] for column, _ in cells if not isinstance(row[column], str) or str(row[column]).startswith("\0")]
    odd = sum(not (isinstance(value, float | int) and value in _YEARS) for value in values)
    short = sum(len(word) <= _LONGEST for word in words)
    numbers = sum(1 for word in words if _is_number(word) and float(word) not in _YEARS)
    spared = len(words) // 8  # a stray number beside a wide header
    return odd <= spared and numbers <= spared and short * 10 >= 8 * len(words) and not any(":" in word for word in words)


def _is_number(word: str) -> bool:
    return word.replace(".", "", 1).isdecimal() and word.isascii()


def _more_heading(sheet: RawSheet, row: int) -> bool:
    """Whether the row below the first of a header still names columns and holds no record."""
    cells = kinds.filled(sheet.rows[row])
    return bool(cells) and _is_heading(sheet.rows[row], cells) and all(len(text) <= 16 for _, text in cells)


def _names_all(sheet: RawSheet, first: int, named: set[int]) -> bool:
    """Whether the header names most columns that hold something below, and there is enough of it to be a table."""
    below = [kinds.filled(row) for row in sheet.rows[first : first + _BELOW]]
    used = {column for cells in below for column, _ in cells}
    records = sum(1 for cells in below if cells)
    if not used:
        return len(named) >= _FEW
    wide = len(named) >= _FEW or (len(named) == 2 and records >= 4)
    return wide and len(used & named) >= _COVERED * len(used) and len(named) >= min(len(used), 2)
