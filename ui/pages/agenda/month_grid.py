"""A month drawn as weeks: of each day whether it is worked and how much falls due; all of it by keys."""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from huajie_desktop.supervision.due_days import last_of, weeks_of, word_of
from ui.theme import CAPTION, colour, font, scaled

_WEEK = "一二三四五六日"
_HEAD, _LEAST, _WIDE = 28, 56, 84  # px at 100 %: the line of weekdays, a week, a day
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class MonthGrid(QWidget):
    """One month with a chosen day: arrows go from day to day, PgUp and PgDn from month to month, Enter opens the day."""

    chosen = Signal(object)  # date
    opened = Signal(object)  # date

    def __init__(self, today: date) -> None:
        super().__init__()
        self.day, self._today = today, today
        self._counts: Mapping[date, int] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("月历")
        self.setMinimumSize(scaled(7 * _WIDE), scaled(_HEAD + 5 * _LEAST))
        self.setToolTip("方向键换一天，PgUp、PgDn 换月，Home 回到今天，回车看这一天的事项")

    def show_counts(self, counts: Mapping[date, int], today: date) -> None:
        """How much falls due on each day; `today` is marked."""
        self._counts, self._today = counts, today
        self._tell()

    def go_to(self, day: date) -> None:
        """Chooses a day, in whichever month it lies."""
        if 1 < day.year < 9999:
            self.day = day
            self.chosen.emit(day)
            self._tell()

    def go_by(self, months: int) -> None:
        """Goes so many months on."""
        self.go_to(_months_on(self.day, months))

    def words_of_day(self, day: date) -> str:
        """What its cell says: the number, 今天, whether it is off or worked, how much falls due."""
        count = self._counts.get(day, 0)
        parts = (f"{day.day}日", "今天" if day == self._today else "", word_of(day), f"{count} 项" if count else "")
        return " ".join(filter(None, parts))

    def sizeHint(self) -> QSize:
        return QSize(scaled(7 * _WIDE), scaled(_HEAD + 6 * _LEAST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.go_to(self.day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go_by(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Home:
            self.go_to(self._today)
        elif key in _OPEN:
            self.opened.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (day := self.day_at(event.position().toPoint())) is not None:
            self.go_to(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if (day := self.day_at(event.position().toPoint())) is not None:
            self.opened.emit(day)

    def day_at(self, place: QPoint) -> date | None:
        """The day at a place of the widget, None where there is none."""
        return next((day for day, cell in self._cells() if cell.contains(place)), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(CAPTION))
        painter.setPen(colour("quiet"))
        wide = self.width() / 7
        for place, word in enumerate(_WEEK):
            head = QRect(round(place * wide), 0, round(wide), scaled(_HEAD))
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, f"星期{word}")
        for day, cell in self._cells():
            self._draw(painter, day, cell)
        if self.hasFocus():
            painter.setPen(QPen(colour("text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(next(cell for day, cell in self._cells() if day == self.day).adjusted(1, 1, -2, -2))

    def _cells(self) -> list[tuple[date, QRect]]:
        weeks = weeks_of(self.day.year, self.day.month)
        wide, high, top = (self.width() - 1) / 7, (self.height() - scaled(_HEAD) - 1) / len(weeks), scaled(_HEAD)
        return [
            (day, QRect(round(column * wide), round(top + row * high), round(wide), round(high)))
            for row, week in enumerate(weeks)
            for column, day in enumerate(week)
        ]

    def _draw(self, painter: QPainter, day: date, cell: QRect) -> None:
        painter.fillRect(cell, colour("chosen" if day == self.day else "ground" if word_of(day) == "休" else "surface"))
        painter.setPen(colour("hairline"))
        painter.drawRect(cell)
        inside = cell.adjusted(scaled(6), scaled(4), -scaled(6), -scaled(4))
        other = day.month != self.day.month
        painter.setPen(colour("disabled" if other else "text"))
        painter.setFont(font(13, bold=day == self._today))
        count = self._counts.get(day, 0)
        said = self.words_of_day(day).removesuffix(f" {count} 项")
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, said)
        if count:
            painter.setFont(font(13, bold=True))
            painter.setPen(colour("disabled" if other else "red" if day < self._today else "text"))
            said = f"{count} 项{'未办' if day < self._today else '到期'}"
            painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, said)

    def _tell(self) -> None:
        self.setAccessibleDescription(f"{self.day.year}年{self.day.month}月{self.words_of_day(self.day)}")
        self.update()


def _months_on(day: date, months: int) -> date:
    """The same day so many months on, or the last one of a shorter month."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    return date(year, month + 1, min(day.day, last_of(year, month + 1).day))
