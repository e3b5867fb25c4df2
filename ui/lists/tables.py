"""Lists of any length: selection by id, sorting by the header, groups with their lines, an empty state."""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedLayout, QTableView, QWidget

from ui.desk.preferences import Preferences
from ui.lists.folds import Folds
from ui.lists.list_header import ListHeader
from ui.lists.rows import Cell, Column, Fetch, Group, ListModel, Tint, state_tint
from ui.theme import ROW_HEIGHT, scaled
from ui.widgets.badge import CellDelegate, GroupDelegate
from ui.widgets.empty import EmptyState

_ROWS, _WIDTH = 3, 240  # rows, and px at 100 %, a list keeps
_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


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
        self.view = _TableView(self)
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
        self.view.clicked.connect(self._on_clicked)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.view.selectionModel().currentRowChanged.connect(self._on_current)

    # what is shown

    def show_ids(self, ids: "array[int]", groups: Sequence[Group] = ()) -> None:
        """Shows these records in this order, group by group; selection and cursor stay with their records or go on from there."""
        before, row = self.current_id(), self.view.currentIndex().row()
        self._ids = ids
        self._folds.show(groups)
        with self._same_place():
            self._fill()
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
        self.view.selectionModel().setCurrentIndex(self.model.index(row, column), _ALONE)

    def step(self, rows: int = 1) -> None:
        """Moves the cursor by so many rows, to the first row if there was none."""
        row = min(len(self.model.ids) - 1, max(0, self.view.currentIndex().row() + rows))
        if row >= 0:
            self.put_cursor(row)

    def set_menu(self, actions: Sequence[QAction]) -> None:
        """The actions of the right-click menu: the same the buttons have."""
        self.view.addActions(list(actions))
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
        selected, current, column = self.selected_ids(), self.current_id(), self.view.currentIndex().column()
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


class _TableView(QTableView):
    """The view with the house's manners: whole rows, no grid, Enter opens."""

    entered_row = Signal()
    turned = Signal(bool)  # ← (True) or → on the line over a group
    resized = Signal(int)  # width of what shows rows

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(True)
        self.horizontalHeader().setMinimumSectionSize(scaled(48))
        self.doubleClicked.connect(self._on_double_clicked)

    def minimumSizeHint(self) -> QSize:
        height = self.horizontalHeader().sizeHint().height() + min(_ROWS, self.model().rowCount()) * scaled(ROW_HEIGHT)
        return super().minimumSizeHint().expandedTo(QSize(scaled(_WIDTH), height))

    def show_row(self, row: int) -> None:
        """Scrolls no further than it takes to see the row."""
        self.executeDelayedItemsLayout()  # the scroll bar does not know of new rows yet
        shown = next((c for c in range(self.model().columnCount()) if not self.isColumnHidden(c)), 0)
        self.scrollTo(self.model().index(row, shown))  # to a cell of a hidden column nothing would scroll

    def go_on(self, row: int, heads: Collection[int]) -> None:
        """Puts the cursor where that row was: on a selected one near it, else on the next that is no head, or the last."""
        if not (places := [place for place in range(self.model().rowCount()) if place not in heads]):
            return
        parts = self.selectionModel().selection()
        near = [min(max(row, parts.at(at).top()), parts.at(at).bottom()) for at in range(parts.size())]
        place = min(near, key=lambda other: abs(other - row)) if near else places[min(bisect_left(places, row), len(places) - 1)]
        how = QItemSelectionModel.SelectionFlag.NoUpdate if near else _ALONE
        self.selectionModel().setCurrentIndex(self.model().index(place, 0), how)
        self.show_row(place)

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.entered_row.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        bottom = self.visualRect(self.currentIndex()).bottom()
        super().resizeEvent(event)
        self.resized.emit(self.viewport().width())
        if event.size().height() <= bottom < event.oldSize().height():  # e.g. a message appeared above
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        on_head = self.currentIndex().isValid() and not self.currentIndex().flags() & Qt.ItemFlag.ItemIsSelectable
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered_row.emit()
        elif on_head and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.turned.emit(event.key() == Qt.Key.Key_Left)
        else:
            super().keyPressEvent(event)
