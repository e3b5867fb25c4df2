"""The view of a list with the house's manners: whole rows, Enter opens, typing goes into a cell where cells can be edited."""

from bisect import bisect_left
from collections.abc import Callable, Collection
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from ui.theme import ROW_HEIGHT, scaled

_FAR = (Qt.Key.Key_Home, Qt.Key.Key_End)
_ROWS, _WIDTH = 3, 240  # rows, and px at 100 %, a list keeps
ALONE_SELECTED = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class Hand(Protocol):
    """Whoever edits in the cells of a list."""

    @property
    def editor(self) -> QWidget | None:
        """The editor that is open."""

    def takes_typing(self) -> bool:
        """Gets ready to have the cell under the cursor opened by typing; False where it cannot be changed, which was said."""
        ...

    def ends_typing(self) -> None:
        """The cell was opened; what is opened next is not opened by typing."""

    def takes_click(self, index: QModelIndex) -> bool:
        """Opens a cell that was clicked twice; False where a double click opens the record."""
        ...


class TableView(QTableView):
    """The view with the house's manners: whole rows, no grid, Enter opens."""

    entered_row = Signal()
    selected_anew = Signal()  # a click or key begins another selection
    turned = Signal(bool)  # ← (True) or → on the line over a group
    resized = Signal(int)  # width of what shows rows

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hand: Hand | None = None  # who edits in the cells, where they can be edited
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

    def go_on(self, row: int, heads: Collection[int], *, alone: bool = True) -> None:
        """Puts the cursor where that row was: on a selected one near it, else on the next that is no head, or the last, which
        is selected `alone` unless others are out of sight.
        """
        if not (places := [place for place in range(self.model().rowCount()) if place not in heads]):
            return
        parts = self.selectionModel().selection()
        near = [min(max(row, parts.at(at).top()), parts.at(at).bottom()) for at in range(parts.size())]
        place = min(near, key=lambda other: abs(other - row)) if near else places[min(bisect_left(places, row), len(places) - 1)]
        how = QItemSelectionModel.SelectionFlag.NoUpdate if near or not alone else ALONE_SELECTED
        self.selectionModel().setCurrentIndex(self.model().index(place, 0), how)
        self.show_row(place)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        if self.hand is None or not self.hand.takes_click(index):
            self.entered_row.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        bottom = self.visualRect(self.currentIndex()).bottom()
        super().resizeEvent(event)
        self.resized.emit(self.viewport().width())
        if event.size().height() <= bottom < event.oldSize().height():  # e.g. a message appeared above
            self.scrollTo(self.currentIndex())

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        command = super().selectionCommand(index, event)
        if isinstance(event, QKeyEvent) and event.key() in _FAR and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            command = ALONE_SELECTED  # as in a spreadsheet: the row that was gone to is the one that is meant
        if command & QItemSelectionModel.SelectionFlag.Clear:
            self.selected_anew.emit()
        return command

    def keyPressEvent(self, event: QKeyEvent) -> None:
        on_head = self.currentIndex().isValid() and not self.currentIndex().flags() & Qt.ItemFlag.ItemIsSelectable
        sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered_row.emit()
        elif on_head and sideways:
            self.turned.emit(event.key() == Qt.Key.Key_Left)
        elif sideways and self._several_selected():
            self._step_aside(-1 if event.key() == Qt.Key.Key_Left else 1)
        elif self.hand is not None and _types(event):
            self._type(partial(super().keyPressEvent, event))
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.hand is None or not (event.preeditString() or event.commitString()):
            super().inputMethodEvent(event)
            return
        self._type(partial(super().inputMethodEvent, event))  # hands on only what began with a preedit
        editor = self.hand.editor
        if editor is not None and event.commitString() and not editor.value():  # type: ignore[attr-defined]
            QApplication.sendEvent(editor, event)

    def _type(self, hand_on: Callable[[], None]) -> None:
        """Opens the cell with what is typed there, where it can be changed."""
        assert self.hand is not None
        if self.hand.takes_typing():
            self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
            hand_on()
            self.hand.ends_typing()
            self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def _several_selected(self) -> bool:
        parts = self.selectionModel().selection()
        return sum(parts.at(place).height() for place in range(parts.size())) > 1

    def _step_aside(self, columns: int) -> None:
        """Moves the cursor to the next column that is shown; the selected rows stay so."""
        index = self.currentIndex()
        column = index.column() + columns
        while 0 <= column < self.model().columnCount() and self.isColumnHidden(column):
            column += columns
        if 0 <= column < self.model().columnCount():
            there = self.model().index(index.row(), column)
            self.selectionModel().setCurrentIndex(there, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(there)


def _types(event: QKeyEvent) -> bool:
    """Whether a key is a sign that is typed; the blank is not, which selects."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return not held and bool(event.text().strip()) and event.text().isprintable()
