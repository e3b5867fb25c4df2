"""Short lists whose lines are at hand: the list table without reading in windows, its columns saying how a line looks there."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

from ui.desk.preferences import Preferences
from ui.lists.rows import Cell, Tint
from ui.lists.tables import ListTable


class LineColumn(NamedTuple):
    """One column: its label and width at 100 %, what a line says there (its attribute of that name unless said), its dot."""

    key: str
    label: str
    width: int
    numeric: bool = False
    word: Callable[[Any], str] | None = None
    tint: Callable[[Any], str | None] | None = None  # palette colour of a dot before the word
    sortable: bool = False


class LinesTable(ListTable):
    """A list table over lines with an `id`, shown in the order given; one can be selected at a time unless `many` can."""

    def __init__(
        self, name: str, columns: Sequence[LineColumn], preferences: Preferences, *,
        stretch: str = "title", spare: Sequence[str] = (), many: bool = False,
    ) -> None:  # fmt: skip
        lines: dict[int, Any] = {}
        super().__init__(
            name, columns, partial(_pick, lines), words_of(columns), preferences, stretch=stretch, spare=spare,
            tint=tints_of(columns),
        )  # fmt: skip
        if not many:
            self.view.setSelectionMode(self.view.SelectionMode.SingleSelection)
        self._lines = lines

    def show_lines(self, lines: Sequence[Any]) -> None:
        """Shows these lines; selection and cursor stay with their ids."""
        self._lines.clear()
        self._lines.update((line.id, line) for line in lines)
        self.show_ids(array("q", self._lines))

    @property
    def lines(self) -> Mapping[int, Any]:
        """The lines by their ids, in the order shown."""
        return MappingProxyType(self._lines)

    def current_line(self) -> Any | None:
        """The line with the cursor, None when there is none."""
        found = self.current_id()
        return None if found is None else self._lines.get(found)


def words_of(columns: Sequence[LineColumn]) -> Cell:
    """What a line says in each of the columns."""
    return partial(_word, {column.key: column.word for column in columns})


def tints_of(columns: Sequence[LineColumn]) -> Tint:
    """The colour of the dot before it."""
    return partial(_tint, {column.key: column.tint for column in columns})


def _word(said: Mapping[str, Callable[[Any], str] | None], line: Any, key: str) -> str:
    word = said[key]
    if word is not None:
        return word(line)
    value = getattr(line, key)
    return "" if value is None else str(value)


def _tint(said: Mapping[str, Callable[[Any], str | None] | None], line: Any, key: str) -> str | None:
    tint = said[key]
    return None if tint is None else tint(line)


def _pick(lines: dict[int, Any], ids: Sequence[int]) -> list[Any]:
    return [lines[line_id] for line_id in ids if line_id in lines]
