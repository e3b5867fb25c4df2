"""The columns of a table nobody reads though something stands in them."""

from collections import Counter

from huajie_desktop.reading.cell_text import show
from huajie_desktop.reading.raw import Cell
from huajie_desktop.reading.read_record import Column
from huajie_desktop.sheets.understood.found_table import Table
from huajie_desktop.sheets.understood.headers import SERIAL
from huajie_desktop.values.text import is_blank

_CLEARLY = 4  # characters; no mark of nothing is longer


class UnreadColumns:
    """Counts record by record what stands in columns that are none of a field's; serials and identities do not count."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._width = max(column.index for column in table.columns) + 1
        words = table.words
        self._serials = {c.index for c in table.columns if words.match(c.header).field == SERIAL}
        self._unread = sorted(set(range(self._width)) - table.read - table.given - ({table.serial} & self._serials))
        self._counts = Counter[int]()

    def count(self, row: list[Cell]) -> None:
        """Counts what stands in one row beside what is read."""
        size = len(row)
        for i in self._unread if size <= self._width else (*self._unread, *range(self._width, size)):
            if i < size and row[i] not in ("", None) and self._says(i, show(row[i]).strip()):
                self._counts[i] += 1

    def found(self) -> list[tuple[Column, int]]:
        """Those in which something stands, and in how many rows; what has no header is a column of the table from now on."""
        return [(self._table.column_at(i), count) for i, count in sorted(self._counts.items())]

    def _says(self, index: int, text: str) -> bool:
        if index == self._table.identity or (index in self._serials and text.isdecimal()):
            return False
        return len(text) > _CLEARLY or not is_blank(text)
