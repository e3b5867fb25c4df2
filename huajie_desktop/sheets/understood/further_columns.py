"""More columns than one that are called like a field: joined where it holds several things, doubted where they differ."""

import re
from collections.abc import Iterator, Sequence

from db.fields import FILLED_IN, Kind
from huajie_desktop.reading.cell_text import show
from huajie_desktop.reading.raw import Cell
from huajie_desktop.sheets.understood.found_table import Table
from huajie_desktop.values.text import DITTO, fold, is_blank, trim

_DIFFERS = "{}写的是“{}”，没有读，请核对{}"
_BETWEEN = re.compile(r"[、，,；;\s]+")  # what stands between several names in a cell
_LINES = FILLED_IN | {Kind.LONG_TEXT, Kind.MILESTONES}  # kinds of which each thing stands on a line of its own


class FurtherColumns:
    """Puts the columns of one field together, row by row."""

    def __init__(self, table: Table) -> None:
        self._table, fields = table, table.words.fields
        self.indexes = frozenset(i for rest in table.further.values() for i in rest)
        self._joined = [
            (table.index[key], table.together(key), "\n" if fields[key].kind in _LINES else "、") for key in table.joined
        ]
        self._second = [key for key in table.further if key not in table.joined and key != table.words.ledger.name]
        self._above: list[Cell] = []

    def put_together(self, row: list[Cell]) -> None:
        """Lets the first column of a field say what all of them say, each thing once."""
        if not self._joined:
            return
        for i in self.indexes:
            if row[i] in DITTO and self._above:
                row[i] = self._above[i]
        self._above = list(row)
        for first, together, between in self._joined:
            cells = [row[i] for i in together if not is_blank(show(row[i]))]
            if len(cells) > 1:
                texts = [trim(show(cell)) for cell in cells]
                row[first] = between.join(dict.fromkeys(texts) if between == "\n" else _once(texts))
            elif cells:
                row[first] = cells[0]

    def differing(self, row: list[Cell]) -> Iterator[tuple[str, str]]:
        """The fields of which a second column says something else, with what is said of it."""
        for key in self._second:
            for i in self._table.further[key]:
                text, column = trim(show(row[i])), self._table.column_at(i)
                if not is_blank(text) and fold(text) != fold(show(row[self._table.index[key]])):
                    label = self._table.words.fields[key].label
                    yield key, _DIFFERS.format(column.called, text[:20], label)


def _once(texts: Sequence[str]) -> Iterator[str]:
    """What several cells say without what an earlier one says already: who stands in both is one person, not two."""
    said: set[str] = set()
    for text in dict.fromkeys(texts):
        words = [word for word in _BETWEEN.split(text) if word and word not in said]
        if said and len(words) < len([word for word in _BETWEEN.split(text) if word]):
            text = "、".join(words)
        said.update(words)
        if text:
            yield text
