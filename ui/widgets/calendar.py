"""A month to pick a day from, below the line it is for; all of it by keys, and within the screen."""

from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QTextCharFormat
from PySide6.QtWidgets import QAbstractItemView, QCalendarWidget, QPushButton, QWidget

from ui.theme import colour, icon
from ui.widgets.building import make_label, put, upright
from ui.widgets.popup import PopUp

_FIRST, _LAST = QDate(1990, 1, 1), QDate(2099, 12, 31)
_HINT = "方向键选一天，PgUp、PgDn 换月，回车填入"
_WEEK = "一二三四五六日"
_ENDS = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)


class _Month(QCalendarWidget):
    """Days of the months beside stand back."""

    def paintCell(self, painter: QPainter, rect: QRect, day: QDate | date) -> None:
        if isinstance(day, date):
            day = QDate(day.year, day.month, day.day)
        if (day.year(), day.month()) == (self.yearShown(), self.monthShown()):
            super().paintCell(painter, rect, day)
        else:
            painter.setPen(colour("disabled"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(day.day()))


class MonthCalendar(PopUp):
    """The pop-up calendar of one line: weeks begin on Monday, today is underlined and named at the foot."""

    picked = Signal(object)  # date

    def __init__(self, line: QWidget) -> None:
        super().__init__(line, "日历")
        self._today = date.min
        self.month = _Month()
        self.month.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self.month.setDateRange(_FIRST, _LAST)
        for day in _ENDS:
            self.month.setWeekdayTextFormat(day, self._plain("text"))
        for name, picture in (("qt_calendar_prevmonth", "left"), ("qt_calendar_nextmonth", "right")):
            if (button := self.month.findChild(QWidget, name)) is not None:
                button.setIcon(icon(picture))  # type: ignore[attr-defined]
        self.month.activated.connect(self._on_activated)
        self.month.clicked.connect(self._on_activated)
        view = self.month.findChild(QAbstractItemView)
        assert view is not None
        self._view = view
        view.installEventFilter(self)
        self.now = QPushButton()
        self.now.setProperty("kind", "row")
        self.now.clicked.connect(self._on_today)
        put(upright(self, (8, 8, 8, 8), 4), (self.month, 1), self.now, make_label(_HINT, "quiet"))

    @staticmethod
    def _plain(tint: str) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(colour(tint))
        return made

    def open_at(self, day: date, today: date) -> None:
        """Opens below the line, above it where the screen ends, with that day chosen."""
        self._mark(today)
        self.now.setText(f"今天 {today.month}月{today.day}日 星期{_WEEK[today.weekday()]}（Ctrl+;）")
        self.month.setSelectedDate(QDate(day.year, day.month, day.day))
        self.open_with(self.sizeHint())
        self._view.setFocus()

    def _mark(self, today: date) -> None:
        if self._today != today:
            self.month.setDateTextFormat(QDate(), QTextCharFormat())  # none is marked any more
            marked = QTextCharFormat()
            marked.setFontWeight(QFont.Weight.Bold)
            marked.setFontUnderline(True)
            self.month.setDateTextFormat(QDate(today.year, today.month, today.day), marked)
            self._today = today

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Semicolon and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._on_today()
            return True
        return False

    @Slot()
    def _on_today(self) -> None:
        self._pick(self._today)

    @Slot(QDate)
    def _on_activated(self, day: QDate) -> None:
        if self.isVisible():  # a double click announces the day twice
            self._pick(date(day.year(), day.month(), day.day()))

    def _pick(self, day: date) -> None:
        self.hide()
        self._line.setFocus()
        self.picked.emit(day)
