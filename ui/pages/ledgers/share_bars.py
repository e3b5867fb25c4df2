"""A share as a bar with its words behind, in a cell of a table."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QWidget

from ui.theme import colour, scaled

_WORDS = 64  # px at 100 % for the words


class BarDelegate(QStyledItemDelegate):
    """Draws cells like 12.5% as bars; the largest share, `most`, fills the cell."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.most = 0.0

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        if not text:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect.adjusted(scaled(8), 0, -scaled(8), 0)
        room = row.width() - scaled(_WORDS)
        share = float(text.rstrip("%"))
        if share and room > 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("border"))
            width = max(scaled(3), round(room * share / self.most))
            painter.drawRoundedRect(QRect(row.left(), row.center().y() - scaled(4), width, scaled(10)), 3, 3)
        painter.setPen(colour("text"))
        painter.setFont(option.font)
        painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
