"""A table whose rows are ticked with Space or a click anywhere in them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem

from ui.theme import ROW_HEIGHT, scaled
from ui.widgets.badge import CellDelegate


class TickTable(QTableWidget):
    """Whole rows, a box in the first column; `able` says which can be ticked."""

    ticked = Signal()

    def __init__(self, columns: Sequence[tuple[str, int]]) -> None:
        """`columns`: heading and width (px at 100 %) of each, the first that of the boxes."""
        super().__init__(0, len(columns))
        self.setHorizontalHeaderLabels([word for word, _width in columns])
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(scaled(32))
        for place, (_word, width) in enumerate(columns):
            header.resizeSection(place, scaled(width))
        self.itemChanged.connect(self._on_changed)
        self.cellClicked.connect(self._on_clicked)

    def able(self, row: int) -> bool:
        """Whether that row can be ticked."""
        raise NotImplementedError

    def is_ticked(self, row: int) -> bool:
        """Whether that row can be ticked and is."""
        return self.able(row) and self._box(row).checkState() == Qt.CheckState.Checked

    def set_ticked(self, row: int, on: bool) -> None:
        """Ticks a row, or takes its tick away."""
        self._box(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def put_cell(self, row: int, column: int, text: str) -> QTableWidgetItem:
        """Puts a text into a cell; the first column's is the box. Rows that cannot be ticked are paler."""
        item = QTableWidgetItem(text)
        usable = Qt.ItemFlag.ItemIsEnabled if self.able(row) else Qt.ItemFlag.NoItemFlags
        item.setFlags(usable | Qt.ItemFlag.ItemIsSelectable | (usable if column else Qt.ItemFlag.ItemIsUserCheckable))
        self.setItem(row, column, item)
        return item

    def _box(self, row: int) -> QTableWidgetItem:
        item = self.item(row, 0)
        assert item is not None
        return item

    def _toggle(self, row: int) -> None:
        if 0 <= row < self.rowCount() and self.able(row):
            self.set_ticked(row, not self.is_ticked(row))

    @Slot(int, int)
    def _on_clicked(self, row: int, column: int) -> None:
        if column:  # the box itself is ticked by Qt
            self._toggle(row)

    @Slot(QTableWidgetItem)
    def _on_changed(self, _item: QTableWidgetItem) -> None:
        self.ticked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._toggle(self.currentRow())
        else:
            super().keyPressEvent(event)
