"""Lists of any length: selection by id, sorting by the header, groups with their lines, an empty state."""

from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedLayout, QWidget

from ui.desk.preferences import Preferences
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
        self._beyond: set[int] = set()  # selected records a filter hides
        self.model = ListModel(columns, fetch, cell, self, tint)
        self.view = TableView(self)
        self.view.setModel(self.model)
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
        self.view.selected_anew.connect(self._beyond.clear)
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
            self._beyond.update(self.selected_ids())
        self._ids = ids
        self._folds.show(groups)
        with self._same_place():
            self._fill()
        self._beyond.difference_update(self.selected_ids())
        if before is not None and self.current_id() is None:
            self._restoring = True
            self.view.go_on(row, self._heads)
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
        ids = self.model.ids
        parts = self.view.selectionModel().selection()
        ranges = sorted((parts.at(place).top(), parts.at(place).bottom()) for place in range(parts.size()))
        found = [record_id for top, bottom in ranges for record_id in ids[top : bottom + 1]]
        return [record_id for record_id in found if record_id >= 0] if self._heads else found

    @property
    def beyond(self) -> int:
        """How many selected records a filter hides; whatever is done with the selected ones is not done with these."""
        return len(self._beyond)

    def keep_beyond(self, there: Callable[[list[int]], Collection[int]]) -> None:
        """Forgets those of them that are no longer `there`."""
        if self._beyond:
            self._beyond.intersection_update(there(sorted(self._beyond)))

    def go_back_to(self, selected: Sequence[int], current: int | None, scrolled: int) -> None:
        """Selects those rows as far as they are listed, with the cursor and the scroll bar where they were."""
        self._select(selected, current, max(0, self.view.currentIndex().column()))
        self.view.executeDelayedItemsLayout()
        self.view.verticalScrollBar().setValue(scrolled)

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
        self._beyond.clear()
        self.view.selectionModel().setCurrentIndex(self.model.index(row, column), ALONE_SELECTED)

    def put_cursor_in(self, record_id: int, column: int, *, keep_selected: bool = False) -> bool:
        """Puts the cursor into a cell of that record; the selection can stay. False if it is not in the list."""
        if not keep_selected and not self.go_to(record_id):
            return False
        if (row := self.model.row_of(record_id)) is None:
            return False
        how = QItemSelectionModel.SelectionFlag.NoUpdate if keep_selected else ALONE_SELECTED
        self.view.selectionModel().setCurrentIndex(self.model.index(row, column), how)
        return True

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
        """Selection, cursor and scroll position stay through a new filling."""
        selected = list({*self._beyond, *self.selected_ids()}) if self._beyond else self.selected_ids()
        current, column = self.current_id(), self.view.currentIndex().column()
        scrolled = self.view.verticalScrollBar().value()
        self._restoring = True
        yield
        self._select(selected, current, max(0, min(column, len(self.model.columns) - 1)))
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

    def _select(self, ids: Sequence[int], current: int | None, column: int) -> None:
        places = {record_id: row for row, record_id in enumerate(self.model.ids)} if len(ids) > 1 else {}
        rows = [self.model.row_of(i) if len(ids) == 1 else places.get(i) for i in ids]
        selection, last = QItemSelection(), len(self.model.columns) - 1
        for top, bottom in _runs(sorted(row for row in rows if row is not None)):
            selection.append(QItemSelectionRange(self.model.index(top, 0), self.model.index(bottom, last)))
        model = self.view.selectionModel()
        row = self.model.row_of(current) if current is not None else None
        if row is not None:
            model.setCurrentIndex(self.model.index(row, column), QItemSelectionModel.SelectionFlag.NoUpdate)
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

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


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted row numbers as first and last of each unbroken run: a selection of many rows must stay a few ranges."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
