"""Short lists whose lines are at hand: the list table without reading in windows."""

from array import array
from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.lists.rows import Cell, Column, Tint, state_tint
from ui.lists.tables import ListTable
from ui.shell.preferences import Preferences
from ui.theme import scaled
from ui.widgets.buttons import ActionButton


class LinesTable(ListTable):
    """A list table over lines with an `id`, shown in the order given."""

    def __init__(
        self, name: str, columns: Sequence[Column], cell: Cell, preferences: Preferences, *,
        stretch: str = "title", spare: Sequence[str] = (), tint: Tint = state_tint,
    ) -> None:  # fmt: skip
        lines: dict[int, Any] = {}
        super().__init__(name, columns, partial(_pick, lines), cell, preferences, stretch=stretch, spare=spare, tint=tint)
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


def _pick(lines: dict[int, Any], ids: Sequence[int]) -> list[Any]:
    return [lines[line_id] for line_id in ids if line_id in lines]


def no_tint(_line: Any, _key: str) -> None:
    """For lists without a state."""


def arrange_below(holder: QWidget, hint: str, action: QAction, table: LinesTable) -> None:
    """Lays out a holder of one table: above it what it is for, and the button of what can be done with a line."""
    words = QLabel(hint)
    words.setObjectName("quiet")
    line = QHBoxLayout()
    line.addWidget(words, 1)
    line.addWidget(ActionButton(action))
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(scaled(8))
    column.addLayout(line)
    column.addWidget(table, 1)
