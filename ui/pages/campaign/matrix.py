"""Dimensions side by side with their categories below: how many tasks are in each, gone through with the arrow keys."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from huajie_desktop.year.campaigns import CategoryLine, DimensionLine
from ui.theme import BODY, CAPTION, HEADING, TITLE, colour, elided, font, scaled
from ui.widgets.building import as_tip

_HEAD, _LEAST, _MOST = 44, 56, 92  # px at 100 % of a dimension's row, and of a category's at least and at most
_GAP, _EDGE = 6, 14  # px at 100 % around a tile, and inside it
Cell = DimensionLine | CategoryLine
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LINE = Qt.ItemDataRole.UserRole


class CategoryMatrix(QTableView):
    """The matrix; Enter or a double click opens a cell."""

    moved = Signal()  # the cursor went to another cell
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._model = _Model()
        self.setModel(self._model)
        self.setItemDelegate(_Tile(self))
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("板块与类别")
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setMinimumSectionSize(scaled(_HEAD))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_opened)

    def show_lines(self, lines: Sequence[DimensionLine]) -> None:
        """Shows these dimensions; the cursor stays with its cell, or goes to the first category."""
        before = self.current
        self._model.show_lines(lines)
        self._fit()
        if before is None or not self.go_to(type(before), before.id):
            self._put_cursor(self._model.index(min(1, self._model.rowCount() - 1), 0))

    @property
    def current(self) -> Cell | None:
        """The cell with the cursor."""
        found: Cell | None = self.currentIndex().data(_LINE)
        return found

    @property
    def dimension(self) -> DimensionLine | None:
        """The dimension the cursor is in."""
        return self._model.dimension(self.currentIndex().column())

    def go_to(self, kind: type[Cell], record_id: int) -> bool:
        """Puts the cursor on a dimension or category; False if it is not there."""
        index = self._model.find(kind, record_id)
        if index.isValid():
            self._put_cursor(index)
        return index.isValid()

    def _put_cursor(self, index: QModelIndex) -> None:
        self.setCurrentIndex(index)

    def _fit(self) -> None:
        rows = max(1, self._model.rowCount() - 1)
        room = self.viewport().height() - scaled(_HEAD)
        height = max(scaled(_LEAST), min(scaled(_MOST), room // rows))
        for row in range(self._model.rowCount()):
            self.setRowHeight(row, height if row else scaled(_HEAD))

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self.moved.emit()

    @Slot(QModelIndex)
    def _on_opened(self, _index: QModelIndex) -> None:
        self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class _Model(QAbstractTableModel):
    """A column for each dimension: itself in the first row, its categories below."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[DimensionLine] = ()

    def show_lines(self, lines: Sequence[DimensionLine]) -> None:
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def dimension(self, column: int) -> DimensionLine | None:
        return self._lines[column] if 0 <= column < len(self._lines) else None

    def cell(self, row: int, column: int) -> Cell | None:
        found = self.dimension(column)
        if found is None or row == 0:
            return found
        return found.categories[row - 1] if row <= len(found.categories) else None

    def find(self, kind: type[Cell], record_id: int) -> QModelIndex:
        for column in range(self.columnCount()):
            for row in range(self.rowCount()):
                cell = self.cell(row, column)
                if isinstance(cell, kind) and cell.id == record_id:
                    return self.index(row, column)
        return QModelIndex()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        longest = max((len(line.categories) for line in self._lines), default=-1)
        return 0 if parent.isValid() else 1 + longest

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        found = self.cell(index.row(), index.column())
        return Qt.ItemFlag.NoItemFlags if found is None else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self.cell(index.row(), index.column())
        if role == _LINE or found is None:
            return found
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return as_tip(_words(found)) if role == Qt.ItemDataRole.ToolTipRole else _words(found)
        return None


def _words(cell: Cell) -> str:
    if isinstance(cell, DimensionLine):
        return f"{cell.name}：{cell.tasks} 项任务"
    closed = "，已停用" if cell.closed else ""
    return f"{cell.name}：{cell.tasks} 项任务，已确认 {cell.approved} 项{closed}"


class _Tile(QStyledItemDelegate):
    """Draws a dimension as a heading, a category as a tile with its number."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        cell = index.data(_LINE)
        if cell is None:
            return
        gap, edge = scaled(_GAP), scaled(_EDGE)
        tile = option.rect.adjusted(gap, gap, -gap, -gap)  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)  # type: ignore[attr-defined]
        view: Any = self.parent()
        painter.save()
        painter.fillRect(option.rect, colour("surface"))  # type: ignore[attr-defined]  # over the row the view marks as chosen
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or hovered or isinstance(cell, CategoryLine):
            painter.setBrush(colour("chosen" if chosen else "hover" if hovered else "surface"))
            edging = "text" if chosen and view.hasFocus() else "border" if chosen else "hairline"
            painter.setPen(colour(edging) if chosen or isinstance(cell, CategoryLine) else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(tile, scaled(6), scaled(6))
        inside = tile.adjusted(edge, 0, -edge, 0)
        if isinstance(cell, DimensionLine):
            count = f"{cell.tasks} 项"
            _draw(painter, inside, elided(view, cell.name, inside.width()), HEADING, bold=True)
            if view.fontMetrics().horizontalAdvance(f"{cell.name}　{count}") <= inside.width():
                _draw(painter, inside, count, HEADING, right=True, shade="quiet")
        else:
            _draw_category(painter, inside, cell, view)
        painter.restore()


def _draw_category(painter: QPainter, room: QRect, cell: CategoryLine, view: Any) -> None:
    number, below = str(cell.tasks), f"已停用 · 已确认 {cell.approved}" if cell.closed else f"已确认 {cell.approved}"
    words, middle = view.fontMetrics(), room.center().y()
    upper = QRect(room.left(), middle - scaled(21), room.width(), scaled(21))
    lower = QRect(room.left(), middle + scaled(2), room.width(), scaled(18))
    left = room.width() - 2 * words.horizontalAdvance(number)  # the number is that much larger than the words
    beside = words.horizontalAdvance(cell.name) <= left
    shade = "disabled" if cell.closed or not cell.tasks else "text"
    _draw(painter, room if beside else lower, number, TITLE if beside else HEADING, bold=True, right=True, shade=shade)
    _draw(painter, upper, elided(view, cell.name, room.width()), BODY, shade="disabled" if cell.closed else "text")
    if words.horizontalAdvance(below) <= left:
        _draw(painter, lower, below, CAPTION, shade="quiet")


def _draw(
    painter: QPainter, room: QRect, text: str, size: int, *, bold: bool = False, right: bool = False, shade: str = "text"
) -> None:
    painter.setFont(font(size, bold=bold))
    painter.setPen(colour(shade))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, text)
