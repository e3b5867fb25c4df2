"""The columns of a table nobody reads though something stands in them."""

from collections import Counter

from huajie_desktop.reading.cell_text import show
from huajie_desktop.reading.raw import Cell
from huajie_desktop.reading.read_record import Column
from huajie_desktop.sheets.understood.found_table import Table
from huajie_desktop.sheets.understood.headers import SERIAL
from huajie_desktop.values.text import is_blank

_CLEARLY = 4  # characters; no mark of nothing is longer
_AT_ONCE = 1000  # rows counted together, so that what a column repeats is looked at once


class UnreadColumns:
    """Counts record by record what stands in columns that are none of a field's; serials and identities do not count."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._width = max(column.index for column in table.columns) + 1
        words = table.words
        self._serials = {c.index for c in table.columns if words.match(c.header).field == SERIAL}
        self._unread = sorted(set(range(self._width)) - table.read - table.given - ({table.serial} & self._serials))
        self._counts = Counter[int]()
        self._rows: list[list[Cell]] = []  # not counted yet

    def count(self, row: list[Cell]) -> None:
        """Counts what stands in one row beside what is read."""
        self._rows.append(row[:])
        if len(self._rows) == _AT_ONCE:
            self._count_rows()

    def found(self) -> list[tuple[Column, int]]:
        """Those in which something stands, and in how many rows; what has no header is a column of the table from now on."""
        self._count_rows()
        return [(self._table.column_at(i), count) for i, count in sorted(self._counts.items())]

    def _count_rows(self) -> None:
        widest = max(map(len, self._rows), default=0)
        for i in (*self._unread, *range(self._width, widest)):
            cells = [row[i] for row in self._rows if i < len(row)]
            silent = {cell for cell in set(cells) if not self._says(i, cell)}
            if count := sum(cell not in silent for cell in cells) if silent else len(cells):
                self._counts[i] += count
        self._rows = []

    def _says(self, index: int, cell: Cell) -> bool:
        if cell in ("", None) or index == self._table.identity or (index in self._serials and show(cell).strip().isdecimal()):
            return False
        return cell.__class__ is not str or len(str(cell).strip()) > _CLEARLY or not is_blank(show(cell))
