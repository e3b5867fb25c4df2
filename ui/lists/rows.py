"""The rows of a list: the ids are known, the rows are read in windows of 200 when they come into sight."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.widgets.badge import FOLDED_ROLE, MARK_ROLE, TINT_ROLE
from ui.widgets.state_colours import STATE_COLOURS

WINDOW = 200  # rows read at once
_KEPT = 20  # windows kept, so that scrolling through everything does not fill the memory
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Column(Protocol):
    """What a list must know of a column; the services' columns are such."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def numeric(self) -> bool: ...
    @property
    def sortable(self) -> bool: ...


class Group(Protocol):
    """What a list must know of a group of neighbouring rows; the services' groups are such."""

    @property
    def value(self) -> object: ...
    @property
    def size(self) -> int: ...
    @property
    def words(self) -> str: ...


class Head(NamedTuple):
    """The line over a group: its words, and whether the group is folded."""

    words: str
    folded: bool


Fetch = Callable[[Sequence[int]], Sequence[Any]]  # ids -> rows with an `id`, in that order, missing ones left out
Cell = Callable[[Any, str], str]  # row, column key -> text
Tint = Callable[[Any, str], str | None]  # row, column key -> palette colour of a dot before the text, None for none


def record_cell(line: Any, key: str) -> str:
    """One cell of a generic line (`huajie_desktop.records.lines.Line`)."""
    return line.cells.get(key, "")  # type: ignore[no-any-return]


def state_tint(line: Any, key: str) -> str | None:
    """The colour of a record's state in the column "state", and of what is still to be looked at."""
    if key == "state":
        return STATE_COLOURS.get(line.state, "grey")
    return getattr(line, "tints", {}).get(key) or ("yellow" if key in getattr(line, "doubted", ()) else None)


def no_tint(_line: Any, _key: str) -> None:
    """For lists without a state."""


class ListModel(QAbstractTableModel):
    """The rows of a list by id, those below 0 the lines over groups; `fetch` reads a window of them, `cell` words one value."""

    def __init__(
        self, columns: Sequence[Column], fetch: Fetch, cell: Cell, parent: QObject | None = None, tint: Tint = state_tint
    ) -> None:
        super().__init__(parent)
        self.columns = columns
        self.ids: array[int] = array("q")
        self.editable = False  # whether the view may open editors
        self.heads: Mapping[int, Head] = {}  # the groups' lines by their id
        self._fetch, self._cell, self._tint = fetch, cell, tint
        self._windows: dict[int, dict[int, Any]] = {}

    def set_ids(self, ids: "array[int]", heads: Mapping[int, Head] | None = None) -> None:
        """Shows other rows; the selection is the table's business."""
        self.beginResetModel()
        self.ids, self.heads = ids, heads or {}
        self._windows.clear()
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Shows other columns of the same rows."""
        self.beginResetModel()
        self.columns = columns
        self._windows.clear()
        self.endResetModel()

    def row_of(self, record_id: int) -> int | None:
        """Where a record stands, None if it is not in the list."""
        try:
            return self.ids.index(record_id)
        except ValueError:
            return None

    def line(self, row: int) -> Any | None:
        """The row's record as read; None if it was deleted meanwhile."""
        number = row // WINDOW
        window = self._windows.get(number)
        if window is None:
            ids = self.ids[number * WINDOW : (number + 1) * WINDOW]
            if self.heads:
                ids = array("q", (i for i in ids if i >= 0))
            window = {line.id: line for line in self._fetch(ids)}
            if len(self._windows) >= _KEPT:
                self._windows.pop(next(iter(self._windows)))
            self._windows[number] = window
        return window.get(self.ids[row])

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.heads and index.isValid() and self.ids[index.row()] < 0:
            return Qt.ItemFlag.ItemIsEnabled
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.heads and (record_id := self.ids[index.row()]) < 0:
            head = self.heads[record_id]
            return head.words if role == Qt.ItemDataRole.DisplayRole else head.folded if role == FOLDED_ROLE else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            line, key = self.line(index.row()), self.columns[index.column()].key
            why = getattr(line, "tips", {}).get(key) if role == Qt.ItemDataRole.ToolTipRole else None
            return "" if line is None else why or self._cell(line, key)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[index.column()].numeric else _LEFT
        if role == TINT_ROLE:
            line = self.line(index.row())
            return None if line is None else self._tint(line, self.columns[index.column()].key)
        if role == MARK_ROLE:
            return getattr(self.line(index.row()), "marks", {}).get(self.columns[index.column()].key)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and section < len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].label
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if self.columns[section].numeric else _LEFT
            if role == Qt.ItemDataRole.ToolTipRole and self.columns[section].sortable:
                return f"点一下按{self.columns[section].label}排序，再点一下倒过来"
        return None
