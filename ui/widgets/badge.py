"""Cells and badges: text with room around it, a state as a dot with its word."""

from html import escape
from typing import Any

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QToolTip

from ui.theme import COLOURS, colour, font, pixmap, scaled
from ui.widgets.building import as_tip, legible

TICKED = "ticked"  # as a tint: a green tick before the word
TINT_ROLE = Qt.ItemDataRole.UserRole + 1  # a palette colour: the cell shows a dot of it before its word
FOLDED_ROLE = Qt.ItemDataRole.UserRole + 2  # on the line over a group: whether the group is folded
MARK_ROLE = Qt.ItemDataRole.UserRole + 3  # a word that stands at the end of the cell, whatever its text has to give way

_Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Draws list cells; a tool tip only where the text is cut. With `cursor` the present cell has a frame."""

    cursor = False

    def displayText(self, value: Any, locale: QLocale | QLocale.Language) -> str:
        return legible(value if isinstance(value, str) else super().displayText(value, locale))  # with its line breaks

    def paint(self, painter: QPainter, option: Any, index: _Index) -> None:  # the bindings type no member of an option
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        tint = index.data(TINT_ROLE)
        painter.save()
        room = _room(option.rect)
        if tint == TICKED:
            tint, side = "green", scaled(14)
            painter.drawPixmap(
                QRect(room.left() - scaled(3), room.center().y() - side // 2, side, side), pixmap("done", tint, 14)
            )
            room.adjust(side + scaled(1), 0, 0, 0)
        elif tint:
            side = scaled(8)
            middle = QPointF(room.left() + side / 2, room.center().y() + 0.5)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(tint))
            painter.drawEllipse(middle, side / 2, side / 2)
            room.adjust(side + scaled(7), 0, 0, 0)
        if mark := index.data(MARK_ROLE):
            painter.setPen(colour("yellow"))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, mark)
            room.adjust(0, 0, -option.fontMetrics.horizontalAdvance(mark) - scaled(8), 0)
        chosen = option.state & QStyle.StateFlag.State_Selected  # on its darker ground the colours are too faint for words
        painter.setPen(colour("text" if chosen else tint or "text"))
        painter.setFont(option.font)
        painter.drawText(room, option.displayAlignment, _cut(text, option.fontMetrics, room))
        if self.cursor and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("text"), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: Any, index: _Index) -> bool:
        text = index.data(Qt.ItemDataRole.ToolTipRole) or ""
        if option.fontMetrics.horizontalAdvance(text) > _room(option.rect).width():
            QToolTip.showText(event.globalPos(), as_tip(text), view)
        else:
            QToolTip.hideText()
        return True


class GroupDelegate(QStyledItemDelegate):
    """Draws the line over a group: bold, with an arrow that says whether it is folded."""

    def paint(self, painter: QPainter, option: Any, index: _Index) -> None:
        self.initStyleOption(option, index)
        painter.save()
        painter.fillRect(option.rect, colour("ground"))
        room = _room(option.rect)
        arrow = pixmap("right" if index.data(FOLDED_ROLE) else "down", "quiet", 16)
        side = scaled(16)
        painter.drawPixmap(QRect(room.left(), room.center().y() - side // 2, side, side), arrow)
        room.adjust(side + scaled(6), 0, 0, 0)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colour("quiet"))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.setPen(colour("text"))
        painter.setFont(font(bold=True))
        shown = painter.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


def dotted(word: str, tint: str, shade: str | None = None) -> str:
    """A word with a dot of a palette colour before it, as rich text; the word in `shade` or the same colour."""
    dot = f'<span style="color:{COLOURS[tint]};font-size:{scaled(10)}px">●</span>'
    return f'{dot}&nbsp;<span style="color:{COLOURS[shade or tint]}">{escape(word)}</span>'


def _cut(text: str, metrics: QFontMetrics, room: QRect) -> str:
    """What of a text there is room for: its lines, where the cell is as tall, else all of them in one."""
    lines = text.split("\n")
    if len(lines) * metrics.lineSpacing() > max(room.height(), metrics.lineSpacing()):
        lines = [" ".join(lines)]
    return "\n".join(metrics.elidedText(line, Qt.TextElideMode.ElideRight, room.width()) for line in lines)


def _room(rect: QRect) -> QRect:
    return rect.adjusted(scaled(8), 0, -scaled(8), 0)
