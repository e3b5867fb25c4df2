"""The table new records are typed in: cells typed directly, keys as in a spreadsheet, blocks pasted."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from db.fields import Field, Kind
from huajie_desktop.receiving.previews import status_words
from huajie_desktop.receiving.typed import TypedTable
from ui.desk.desk import Desk
from ui.forms.editors import WIDE
from ui.lists.editing import EditingDelegate
from ui.lists.read_rows import TINTS
from ui.theme import ROW_HEIGHT, scaled
from ui.widgets.badge import TINT_ROLE

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WIDTHS = {
    Kind.DAY: 110,
    Kind.DEADLINE: 160,
    Kind.MONEY: 140,
    Kind.NUMBER: 90,
    Kind.FLAG: 80,
    Kind.PERSON: 110,
    Kind.CATEGORY: 120,
}
_STATE_WIDTH = 110
_SIGN = 13  # px at 100 % of a sign in a heading
_LINES = 6  # of a cell shown at most


class SheetModel(QAbstractTableModel):
    """The cells: first what becomes of the row, then the fields as typed; always some empty rows more."""

    def __init__(self, table: TypedTable, keys: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self.table, self.keys = table, keys
        self._words = status_words(table.ledger)
        self._rows = table.count

    def show(self) -> None:
        """Shows what the table holds now."""
        wanted = self.table.count
        if wanted > self._rows:
            self.beginInsertRows(_NOWHERE, self._rows, wanted - 1)
            self._rows = wanted
            self.endInsertRows()
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, len(self.keys)))

    def field(self, column: int) -> Field | None:
        """The field a column holds, None for the state."""
        return self.table.field(self.keys[column - 1]) if column else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.keys) + 1

    def flags(self, index: _Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        typed = index.column() and self.table.may_type(self.keys[index.column() - 1])
        return plain | Qt.ItemFlag.ItemIsEditable if typed else plain

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            if column:
                return self.table.text(row, self.keys[column - 1])
            found = self.table.row(row)
            return self._words[found.status] if found else self.table.standing(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            issue = self.table.issue(row, self.keys[column - 1]) if column else None
            return issue.message if issue else self.data(index)
        if role == TINT_ROLE:
            return self._tint(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column and (field := self.field(column)):
            right = field.kind in (Kind.MONEY, Kind.NUMBER)
            return (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        return None

    def _tint(self, row: int, column: int) -> str | None:
        found = self.table.row(row)
        if found is None:
            return None
        if not column:
            return TINTS[found.status]
        issue = self.table.issue(row, self.keys[column - 1])
        return TINTS[issue.severity] if issue else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            if orientation == Qt.Orientation.Vertical:
                return str(section + 1)
            field = self.field(section)
            return "情况" if field is None else field.label_with_unit + (" *" if field.required else "")
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal and (field := self.field(section)):
            return field.help or field.label
        return None


class SheetView(QTableView):
    """The view with the keys of a spreadsheet; `actions()` of its parent with keys go before those of the window."""

    typed = Signal(object)  # texts by (row, key): one step
    moved = Signal()

    def __init__(self, desk: Desk, table: TypedTable, keys: Sequence[str], text_of: Callable[[_Index], str]) -> None:
        super().__init__()
        self.setObjectName("sheet")
        self._model = SheetModel(table, keys, self)
        self._anchor: int | None = None  # the column a run of Tab began in; Enter goes back there
        self.setModel(self._model)
        self.delegate = EditingDelegate(self, desk, self._model.field, text_of)
        self.delegate.typed.connect(self._on_typed)
        self.delegate.gone_on.connect(self.go)
        self.setItemDelegate(self.delegate)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        for column in range(self._model.columnCount()):
            self.setColumnWidth(column, scaled(self._width(column)))
        self.selectionModel().currentChanged.connect(self._on_current)
        self.put_cursor(0, self.first_typed)

    def _width(self, column: int) -> int:
        field = self._model.field(column)
        if field is None:
            return _STATE_WIDTH
        if field.kind in WIDE or field.key == self._model.table.ledger.name:
            return 240
        return max(_WIDTHS.get(field.kind, 130), _SIGN * len(field.label_with_unit) + 30)

    # the cursor

    @property
    def first_typed(self) -> int:
        """The first column that is typed into."""
        return next((place for place, key in enumerate(self._model.keys, 1) if self._model.table.may_type(key)), 1)

    def put_cursor(self, row: int, column: int) -> None:
        """Puts the cursor on one cell."""
        index = self._model.index(min(row, self._model.rowCount() - 1), column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def go(self, rows: int, columns: int) -> None:
        """Moves the cursor by so many cells; past the last column to the next row, and back to where a run of Tab began."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        last = self._model.columnCount() - 1
        if columns:
            self._anchor = column if self._anchor is None else self._anchor
            column += columns
            first = self.first_typed
            row, column = (row + 1, first) if column > last else (max(row - 1, 0), last) if column < first else (row, column)
        else:
            row, column = max(0, row + rows), self._anchor if self._anchor is not None and rows > 0 else column
        anchor = self._anchor
        self.put_cursor(row, column)
        self._anchor = anchor if columns else None

    def cell(self) -> tuple[int, str]:
        """The row of the cursor, and the key of its column ("" for the state)."""
        column = self.currentIndex().column()
        return self.currentIndex().row(), self._model.keys[column - 1] if column > 0 else ""

    def selected(self) -> tuple[range, list[str]]:
        """The rows and the keys of the selected block."""
        parts = self.selectionModel().selection()
        if parts.isEmpty():
            row, key = self.cell()
            return range(row, row + 1), [key] if key else []
        block = parts.at(0)
        return range(block.top(), block.bottom() + 1), list(self._model.keys[max(0, block.left() - 1) : block.right()])

    def show_table(self) -> None:
        """Shows what the table holds now; a row is as tall as its cells have lines."""
        self._model.show()
        header, usual, line = self.verticalHeader(), scaled(ROW_HEIGHT), self.fontMetrics().lineSpacing()
        table, keys = self._model.table, self._model.keys
        for row in range(self._model.rowCount()):
            lines = min(max((table.text(row, key).count("\n") for key in keys), default=0), _LINES - 1)
            if header.sectionSize(row) != usual + lines * line:
                header.resizeSection(row, usual + lines * line)

    # keys

    def _on_typed(self, row: int, column: int, text: str) -> None:
        self.typed.emit({(row, self._model.keys[column - 1]): text})

    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._anchor = None
        self.moved.emit()

    def _action_of(self, event: QKeyEvent) -> QAction | None:
        keys = QKeySequence(event.keyCombination())
        owner = self.parentWidget()
        actions = owner.actions() if owner is not None else []
        return next((action for action in actions if action.isEnabled() and keys in action.shortcuts()), None)

    def event(self, event: QEvent) -> bool:
        # keys that mean something in this table are not the window's while the cursor is here
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._action_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if action := self._action_of(event):
            action.trigger()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1, 0)
            return
        self.delegate.replacing = bool(event.text()) and event.text().isprintable()
        super().keyPressEvent(event)
        self.delegate.replacing = False

    def focusNextPrevChild(self, onwards: bool) -> bool:
        self.go(0, 1 if onwards else -1)  # Tab goes from cell to cell
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.delegate.replacing = True
        super().inputMethodEvent(event)  # opens the editor, but hands on only what began with a preedit
        self.delegate.replacing = False
        editor = self.delegate.editor
        if editor is not None and event.commitString() and not editor.value():  # type: ignore[attr-defined]
            QApplication.sendEvent(editor, event)
