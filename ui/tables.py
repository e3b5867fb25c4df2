"""Lists of any length: selection by id, sorting by the header, remembered widths, an empty state."""

from array import array
from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedLayout, QTableView, QWidget

from ui.preferences import Preferences
from ui.rows import Cell, Column, Fetch, ListModel, Tint, state_tint
from ui.theme import ROW_HEIGHT, scaled, text_size
from ui.widgets.badge import CellDelegate
from ui.widgets.empty import EmptyState

_STRETCHED = 200  # px at 100 % the stretching column keeps before others give way


class ListTable(QWidget):
    """A list with header, selection by id, remembered widths and an empty state; Enter or double click opens a row."""

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
        self._name, self._columns, self._preferences = name, columns, preferences
        self._spare = [[column.key for column in columns].index(key) for key in spare]
        self._stretch = [column.key for column in columns].index(stretch)
        self.model = ListModel(columns, fetch, cell, self, tint)
        self.view = _TableView(self)
        self.view.setModel(self.model)
        # the headers would ask every row whether the whole column is selected: 2 s at 100,000 rows
        nothing = QItemSelectionModel(self.model, self)
        self.view.horizontalHeader().setSelectionModel(nothing)
        self.view.verticalHeader().setSelectionModel(nothing)
        self.view.setItemDelegate(CellDelegate(self.view))
        self.empty = EmptyState()
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self.view)
        self._layers.addWidget(self.empty)
        self.setFocusProxy(self.view)
        self._restoring = False
        self._set_up_header()
        self.view.resized.connect(self._on_view_resized)
        self.view.entered_row.connect(self._on_entered)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.view.selectionModel().currentRowChanged.connect(self._on_current)

    # what is shown

    def show_ids(self, ids: "array[int]") -> None:
        """Shows these records in this order; selection and current row stay with their records."""
        selected, current = self.selected_ids(), self.current_id()
        scrolled = self.view.verticalScrollBar().value()
        self._restoring = True
        self.model.set_ids(ids)
        self._select(selected, current)
        self._restoring = False
        self.view.verticalScrollBar().setValue(scrolled)
        self._layers.setCurrentIndex(0 if ids else 1)
        if self.current_id() != current:
            self.moved.emit(self.current_id())
        self.chosen.emit()

    def current_id(self) -> int | None:
        """The id of the row with the cursor."""
        row = self.view.currentIndex().row()
        return self.model.ids[row] if 0 <= row < len(self.model.ids) else None

    def selected_ids(self) -> list[int]:
        """The ids of the selected rows, in the order of the list."""
        ids = self.model.ids
        parts = self.view.selectionModel().selection()
        ranges = sorted((parts.at(place).top(), parts.at(place).bottom()) for place in range(parts.size()))
        return [record_id for top, bottom in ranges for record_id in ids[top : bottom + 1]]

    def go_to(self, record_id: int) -> bool:
        """Puts the cursor on a record; False if it is not in the list."""
        row = self.model.row_of(record_id)
        if row is None:
            return False
        self.put_cursor(row)
        self.view.scrollTo(self.view.currentIndex())
        return True

    def put_cursor(self, row: int) -> None:
        """Selects one row alone, whatever keys are held."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().setCurrentIndex(self.model.index(row, 0), flags)

    def step(self, rows: int = 1) -> None:
        """Moves the cursor by so many rows, to the first row if there was none."""
        row = min(len(self.model.ids) - 1, max(0, self.view.currentIndex().row() + rows))
        if row >= 0:
            self.put_cursor(row)

    def set_menu(self, actions: Sequence[QAction]) -> None:
        """The actions of the right-click menu: the same the buttons have."""
        self.view.addActions(list(actions))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    # inside

    def _set_up_header(self) -> None:
        header = self.view.horizontalHeader()
        widths = self._preferences.widths(self._name)
        if len(widths) != len(self._columns):
            widths = [column.width for column in self._columns]
        self._widths = widths  # at 100 %
        for place, width in enumerate(widths):
            header.resizeSection(place, scaled(width))
        header.setSectionResizeMode(self._stretch, QHeaderView.ResizeMode.Stretch)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorShown(True)
        header.sectionClicked.connect(self._on_header_clicked)
        header.sectionResized.connect(self._on_resized)
        self._sort = ("", False)

    def _select(self, ids: Sequence[int], current: int | None) -> None:
        places = {record_id: row for row, record_id in enumerate(self.model.ids)} if len(ids) > 1 else {}
        rows = [self.model.row_of(i) if len(ids) == 1 else places.get(i) for i in ids]
        selection, last = QItemSelection(), len(self._columns) - 1
        for top, bottom in _runs(sorted(row for row in rows if row is not None)):
            selection.append(QItemSelectionRange(self.model.index(top, 0), self.model.index(bottom, last)))
        model = self.view.selectionModel()
        row = self.model.row_of(current) if current is not None else None
        if row is not None:
            model.setCurrentIndex(self.model.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
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
        if (record_id := self.current_id()) is not None:
            self.opened.emit(record_id)

    @Slot(int)
    def _on_header_clicked(self, section: int) -> None:
        column, header = self._columns[section], self.view.horizontalHeader()
        if column.sortable:
            descending = self._sort == (column.key, False)
            self._sort = (column.key, descending)
            header.setSortIndicator(section, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
            self.sorted.emit(column.key, descending)

    @Slot(int)
    def _on_view_resized(self, width: int) -> None:
        header = self.view.horizontalHeader()
        sizes = [scaled(width) for width in self._widths]
        sizes[self._stretch] = scaled(_STRETCHED)
        missing = sum(sizes) - width
        for place in self._spare:
            header.setSectionHidden(place, missing > 0)
            missing -= sizes[place]

    @Slot(int, int, int)
    def _on_resized(self, section: int, _before: int, now: int) -> None:
        if section != self._stretch and self.isVisible() and now and now != scaled(self._widths[section]):
            self._widths[section] = round(now * 100 / text_size())
            self._preferences.remember_widths(self._name, self._widths)


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
    resized = Signal(int)  # width of what shows rows

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.entered_row.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit(self.viewport().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered_row.emit()
        else:
            super().keyPressEvent(event)
