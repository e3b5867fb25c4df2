"""Figures to look at: number tiles and bars, always with their words."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui.theme import CAPTION, colour, font, scaled
from ui.widgets.badge import dotted
from ui.widgets.building import as_tip, make_label, upright

_ROW, _ROOMY = 24, 34  # px at 100 % of one bar, at least and at most
_TILE = 100  # px at 100 % that hold a word of four signs


class Tile(QPushButton):
    """A number with its word; a click shows what was counted."""

    asked = Signal(object)  # the key

    def __init__(self, key: object, word: str, tint: str | None, tip: str) -> None:
        super().__init__()
        self.key = key
        self.setProperty("kind", "tile")
        self.setToolTip(as_tip(tip))
        self._number = make_label(name="figure")
        caption = make_label(dotted(word, tint, "quiet") if tint else word, "quiet", markup=bool(tint))
        column = upright(self, (16, 10, 16, 12), 2)
        for label in (self._number, caption):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)
        self._word = word
        self.setMinimumWidth(scaled(_TILE))
        self.clicked.connect(self._on_clicked)

    def show_number(self, number: int | None) -> None:
        """The number counted; None where it could not be, which is not 0."""
        self._number.setText("" if number is None else str(number))
        self.setAccessibleName(self._word if number is None else f"{self._word} {number}")

    @Slot()
    def _on_clicked(self) -> None:
        self.asked.emit(self.key)


class Bar(NamedTuple):
    """One bar: a name, how many, and how many of them are done (None: only those are counted); a `heading` has no bar."""

    name: str
    total: int
    done: int | None
    heading: bool = False


class Bars(QWidget):
    """Bars one below the other: the whole in grey, the done part in green, the numbers behind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: Sequence[Bar] = ()

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Shows these bars."""
        self._bars = bars
        self.setMinimumHeight(len(bars) * scaled(_ROW))
        self.setMaximumHeight(len(bars) * scaled(_ROOMY))
        self.setAccessibleDescription("\uff1b".join(_said(bar) for bar in bars))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(360), len(self._bars) * scaled(_ROW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((bar.total for bar in self._bars if not bar.heading), default=0) or 1
        height = self.height() // max(1, len(self._bars))
        for place, bar in enumerate(self._bars):
            self._draw(painter, bar, QRect(0, place * height, self.width(), height), most)

    def _draw(self, painter: QPainter, bar: Bar, row: QRect, most: int) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        names, numbers = scaled(132), scaled(72)
        painter.setFont(font(13, bold=bar.heading))
        painter.setPen(colour("text"))
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignLeft, bar.name)
        painter.setFont(font(CAPTION))
        painter.setPen(colour("quiet"))
        number = str(bar.total) if bar.done is None else f"{bar.done} / {bar.total}"
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignRight, number)
        if bar.heading:
            return
        room = QRect(names, row.center().y() - scaled(4), row.width() - names - numbers, scaled(10))
        painter.setPen(Qt.PenStyle.NoPen)
        for count, tint in ((most, "hover"), (bar.total, "border"), (bar.total if bar.done is None else bar.done, "green")):
            if count:
                width = max(scaled(4), round(room.width() * count / most))
                painter.setBrush(colour(tint))
                painter.drawRoundedRect(QRect(room.left(), room.top(), width, room.height()), 3, 3)


def _said(bar: Bar) -> str:
    return f"{bar.name} 已确认 {bar.total} 项" if bar.done is None else f"{bar.name} 共 {bar.total} 项，已确认 {bar.done} 项"
