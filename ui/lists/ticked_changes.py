"""Changes that are about to be made, each with what stands there and what will: ticked, or left out by Space or a click."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from huajie_desktop.records.replacing import Place
from ui.theme import ROW_HEIGHT, scaled
from ui.widgets.badge import CellDelegate
from ui.widgets.building import as_tip

_COLUMNS = (("", 36), ("名称", 150), ("内容", 110), ("原来", 230), ("改为", 230), ("不能改的原因", 150))


_BEFORE = 6  # characters shown before what is changed


class TickedChanges(QTableWidget):
    """All are ticked at first but those that cannot be made, which say why."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__(0, len(_COLUMNS))
        self._places: Sequence[Place] = ()
        self.setAccessibleName("要改的地方")
        self.setHorizontalHeaderLabels([word for word, _width in _COLUMNS])
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
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, (_word, width) in enumerate(_COLUMNS):
            header.resizeSection(place, scaled(width))
        for place in (3, 4):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.itemChanged.connect(self._on_changed)
        self.cellClicked.connect(self._on_clicked)

    def show_places(self, places: Sequence[Place]) -> None:
        """Lists these."""
        self.blockSignals(True)
        self._places = places
        self.setRowCount(len(places))
        for row, place in enumerate(places):
            self._fill(row, place)
        self.blockSignals(False)
        self.setColumnHidden(len(_COLUMNS) - 1, not any(place.reason for place in places))
        if places:
            self.setCurrentCell(0, 1)
        self.ticked.emit()

    def chosen(self) -> list[Place]:
        """Those that are ticked."""
        on = Qt.CheckState.Checked
        return [place for row, place in enumerate(self._places) if not place.reason and self._box(row).checkState() == on]

    def _fill(self, row: int, place: Place) -> None:
        same = next((at for at, (one, other) in enumerate(zip(place.before, place.after, strict=False)) if one != other), 0)
        start = max(0, same - _BEFORE)
        texts = ("", place.name, place.label, place.before, place.after, place.reason)
        for column, text in enumerate(texts):
            shown = f"…{text[start:]}" if start and column in (3, 4) else text
            item = QTableWidgetItem(" ".join(shown.split()))
            item.setData(Qt.ItemDataRole.ToolTipRole, as_tip(text))
            able = Qt.ItemFlag.ItemIsEnabled if not place.reason else Qt.ItemFlag.NoItemFlags
            box = Qt.ItemFlag.ItemIsUserCheckable if not column else able
            item.setFlags(able | Qt.ItemFlag.ItemIsSelectable | box)
            if not column:
                item.setCheckState(Qt.CheckState.Unchecked if place.reason else Qt.CheckState.Checked)
            self.setItem(row, column, item)

    def _box(self, row: int) -> QTableWidgetItem:
        item = self.item(row, 0)
        assert item is not None
        return item

    def _toggle(self, row: int) -> None:
        if 0 <= row < len(self._places) and not self._places[row].reason:
            item = self._box(row)
            off = item.checkState() != Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Checked if off else Qt.CheckState.Unchecked)

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
