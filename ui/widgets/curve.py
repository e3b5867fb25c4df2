"""Shares over months as lines: what was planned dashed, what was reached as points joined; each line has its word."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import CAPTION, colour, font, scaled

_HEIGHT, _LEFT, _BELOW, _ABOVE, _RIGHT = 132, 42, 22, 24, 18  # px at 100 %
_WHOLE = 100


class Line(NamedTuple):
    """One line: its word, its colour, a whole per cent for each month or None, and whether it is dashed."""

    word: str
    tint: str
    shares: Sequence[int | None]
    dashed: bool = False


class Curve(QWidget):
    """Draws lines over the same months; what they say stands in words beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._months: Sequence[str] = ()
        self._lines: Sequence[Line] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, months: Sequence[str], lines: Sequence[Line]) -> None:
        """Shows those lines, one share for each of `months`; none at all hide it."""
        self._months, self._lines = months, [line for line in lines if any(share is not None for share in line.shares)]
        self.setVisible(bool(self._lines))
        self.setAccessibleDescription("；".join(map(self._in_words, self._lines)))
        self.update()

    def _in_words(self, line: Line) -> str:
        told = (f"{month} {share}%" for month, share in zip(self._months, line.shares, strict=True) if share is not None)
        return f"{line.word}：{'、'.join(told)}"

    def sizeHint(self) -> QSize:
        return QSize(scaled(260), scaled(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(160), scaled(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(CAPTION))
        room = QRectF(self.rect()).adjusted(scaled(_LEFT), scaled(_ABOVE), -scaled(_RIGHT), -scaled(_BELOW))
        self._draw_ground(painter, room)
        left = room.left()
        for line in self._lines:
            self._draw_line(painter, room, line)
            left = self._draw_word(painter, left, line)

    def _draw_ground(self, painter: QPainter, room: QRectF) -> None:
        for share in (0, 50, _WHOLE):
            y = self._y(room, share)
            painter.setPen(QPen(colour("hairline"), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(colour("quiet"))
            label = QRectF(0, y - scaled(9), room.left() - scaled(6), scaled(18))
            painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{share}%")
        width = scaled(40)
        step = max(1, round(width / max(self._step(room), 1.0)))
        for place, month in enumerate(self._months):
            if (len(self._months) - 1 - place) % step == 0:
                label = QRectF(self._x(room, place) - width / 2, room.bottom() + scaled(3), width, scaled(18))
                painter.drawText(label, Qt.AlignmentFlag.AlignCenter, month)

    def _draw_line(self, painter: QPainter, room: QRectF, line: Line) -> None:
        style = Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour(line.tint), scaled(2), style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        places = [(place, share) for place, share in enumerate(line.shares) if share is not None]
        points = [QPointF(self._x(room, place), self._y(room, min(share, _WHOLE))) for place, share in places]
        painter.drawPolyline(QPolygonF(points))
        if not line.dashed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(line.tint))
            for point in points:
                painter.drawEllipse(point, scaled(3), scaled(3))

    def _draw_word(self, painter: QPainter, left: float, line: Line) -> float:
        """The word of a line above, behind a piece of it; returns where the next may stand."""
        style = Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour(line.tint), scaled(2), style))
        middle = scaled(_ABOVE) / 2 - scaled(3)
        painter.drawLine(QPointF(left, middle), QPointF(left + scaled(18), middle))
        painter.setPen(colour("text"))
        width = painter.fontMetrics().horizontalAdvance(line.word) + scaled(4)
        label = QRectF(left + scaled(22), middle - scaled(9), width, scaled(18))
        painter.drawText(label, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line.word)
        return left + scaled(22) + width + scaled(14)

    def _step(self, room: QRectF) -> float:
        return room.width() / max(len(self._months) - 1, 1)

    def _x(self, room: QRectF, place: int) -> float:
        return room.left() + place * self._step(room)

    @staticmethod
    def _y(room: QRectF, share: int) -> float:
        return room.bottom() - room.height() * share / _WHOLE
