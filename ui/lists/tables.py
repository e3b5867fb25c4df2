"""Lists of any length: selection by id, sorting by the header, groups with their lines, an empty state."""

from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedLayout, QWidget

from ui.desk.preferences import Preferences
from ui.lists.chosen_rows import ChosenRows
from ui.lists.folds import Folds
from ui.lists.list_header import ListHeader
from ui.lists.rows import Cell, Column, Fetch, Group, ListModel, Tint, state_tint
from ui.lists.table_view import ALONE_SELECTED, TableView
from ui.widgets.badge import CellDelegate, GroupDelegate
from ui.widgets.empty import EmptyState


class ListTable(QWidget):
    """A list with header, selection by id, remembered widths and an empty state; Enter or double click opens a row.

    Rows in groups have a line over each group, which is never selected; Enter, a click, ← and → fold and unfold it.
    """

    opened = Signal(object)  # record id
    moved = Signal(object)  # id of the current row, None when there is none
    chosen = Signal()  # the selection changed
    sorted = Signal(str, bool)  # column key, descending

    def __init__(
        self, name: str, columns: Sequence[Column], fetch: Fetch, cell: Cell, preferences: Preferences, *,
        stretch: str = "title", spare: Sequence[str] = (), tint: Tint = state_tint,
    ) -> None:  # fmt: skip
        """`stretch` takes what room is left; the `spare` columns give way, the first one first, where there is too little."""
        super().__init__()
        self.setAccessibleName("列表")
        self._ids: array[int] = array("q")
        self._folds = Folds()
        self._heads: list[int] = []  # rows of the groups' lines
        self.model = ListModel(columns, fetch, cell, self, tint)
        self.view = TableView(self)
        self.view.setModel(self.model)
        self.chosen_rows = ChosenRows(self.view, self.model)
        self.view.setItemDelegate(CellDelegate(self.view))
        self._over_groups = GroupDelegate(self.view)
        self.header = ListHeader(name, self.view, preferences, stretch)
        self.header.set_columns(columns, spare)
        self.header.sorted.connect(self.sorted)
        self.empty = EmptyState()
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self.view)
        self._layers.addWidget(self.empty)
        self.setFocusProxy(self.view)
        self._restoring = False
        self.view.resized.connect(self.header.fit)
        self.view.entered_row.connect(self._on_entered)
        self.view.turned.connect(self._on_turned)
        self.view.clicked.connect(self._on_clicked)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.view.selectionModel().currentRowChanged.connect(self._on_current)

    # what is shown

    def show_ids(self, ids: "array[int]", groups: Sequence[Group] = (), *, filtered: bool = False) -> None:
        """Shows these records in this order, group by group; selection and cursor stay with their records or go on from there.

        With `filtered` what is no longer listed is only out of sight: it is selected again when it comes back.
        """
        before, row = self.current_id(), self.view.currentIndex().row()
        if filtered:
            self.chosen_rows.hide()
        self._ids = ids
        self._folds.show(groups)
        with self._same_place():
            self._fill()
        self.chosen_rows.settle()
        if before is not None and self.current_id() is None:
            self._restoring, beyond = True, set(self.chosen_rows.beyond)
            self.view.go_on(row, self._heads, alone=not beyond)
            self.chosen_rows.beyond.update(beyond)  # the cursor went on by itself: nobody began another selection
            self._restoring = False
        if self.current_id() != before:
            self.moved.emit(self.current_id())
        self.chosen.emit()

    def show_columns(self, columns: Sequence[Column], spare: Sequence[str] = ()) -> None:
        """Shows other columns of the same records."""
        with self._same_place():
            self.model.set_columns(columns)
            self.header.set_columns(columns, spare)
            self._lay_heads()

    @property
    def count(self) -> int:
        """How many records are listed, folded ones too."""
        return len(self._ids)

    @property
    def ids(self) -> list[int]:
        """All records listed, folded ones too, in order."""
        return list(self._ids)

    def current_id(self) -> int | None:
        """The id of the row with the cursor, None on the line over a group."""
        row = self.view.currentIndex().row()
        return self.model.ids[row] if 0 <= row < len(self.model.ids) and row not in self._heads else None

    def selected_ids(self) -> list[int]:
        """The ids of the selected rows, in the order of the list."""
        return self.chosen_rows.ids()

    def go_to(self, record_id: int) -> bool:
        """Puts the cursor on a record, unfolding its group; False if it is not in the list."""
        if self._folds and self.model.row_of(record_id) is None and record_id in self._ids:
            self.fold_all(False)
        row = self.model.row_of(record_id)
        if row is None:
            return False
        self.put_cursor(row)
        self.view.show_row(row)
        return True

    def put_cursor(self, row: int, column: int = 0) -> None:
        """Selects one row alone, whatever keys are held."""
        self.chosen_rows.beyond.clear()
        self.view.selectionModel().setCurrentIndex(self.model.index(row, column), ALONE_SELECTED)

    def step(self, rows: int = 1) -> None:
        """Moves the cursor by so many rows, to the first row if there was none."""
        row = min(len(self.model.ids) - 1, max(0, self.view.currentIndex().row() + rows))
        if row >= 0:
            self.put_cursor(row)

    def set_menu(self, actions: Sequence[QAction]) -> None:
        """The actions of the right-click menu: the same the buttons have."""
        before = self.view.actions()
        self.view.insertActions(before[0] if before else None, list(actions))  # type: ignore[arg-type]
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    @property
    def folded(self) -> bool:
        """Whether any group is folded."""
        return bool(self._folds)

    def fold_all(self, folded: bool) -> None:
        """Folds every group, or unfolds them."""
        self._folds.fold_all(folded)
        with self._same_place():
            self._fill()

    # inside

    @contextmanager
    def _same_place(self) -> Iterator[None]:
        """Selection, cursor (in its column) and scroll position stay through a new filling."""
        selected = self.chosen_rows.all_ids()
        current, column = self.current_id(), self.view.currentIndex().column()
        key = self.model.columns[column].key if column >= 0 else ""
        scrolled = self.view.verticalScrollBar().value()
        self._restoring = True
        yield
        keys = [shown.key for shown in self.model.columns]
        self.chosen_rows.choose(selected, current, keys.index(key) if key in keys else max(0, min(column, len(keys) - 1)))
        self._restoring = False
        self.view.verticalScrollBar().setValue(scrolled)

    def _fill(self) -> None:
        self.model.set_ids(*self._folds.lay(self._ids))
        self._lay_heads()
        self._layers.setCurrentIndex(0 if self._ids else 1)

    def _lay_heads(self) -> None:
        """Stretches the lines over groups across all columns."""
        for row in self._heads:
            self.view.setItemDelegateForRow(row, None)  # type: ignore[arg-type]
        self.view.clearSpans()
        self._heads = [self.model.ids.index(head) for head in self.model.heads]
        for row in self._heads:
            self.view.setSpan(row, 0, 1, len(self.model.columns))
            self.view.setItemDelegateForRow(row, self._over_groups)

    def _fold(self, row: int, folded: bool | None = None) -> None:
        """Folds or unfolds the group whose line stands there; None turns it."""
        if self._folds.turn(self.model.ids[row], folded):
            with self._same_place():
                self._fill()
            self.view.selectionModel().setCurrentIndex(self.model.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
            self.chosen.emit()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not self._restoring and current.isValid():
            self.moved.emit(self.current_id())

    @Slot(QItemSelection, QItemSelection)
    def _on_selection(self, _more: QItemSelection, _less: QItemSelection) -> None:
        if not self._restoring:
            self.chosen.emit()

    @Slot()
    def _on_entered(self) -> None:
        if (row := self.view.currentIndex().row()) in self._heads:
            self._fold(row)
        elif (record_id := self.current_id()) is not None:
            self.opened.emit(record_id)

    @Slot(bool)
    def _on_turned(self, back: bool) -> None:
        if (row := self.view.currentIndex().row()) in self._heads:
            self._fold(row, back)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if index.row() in self._heads:
            self._fold(index.row())
