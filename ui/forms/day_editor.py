"""A day or a deadline: words such as 下周一 and +7, keys that move it by a day or a month, and a calendar to pick it from."""

from datetime import date

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from db.fields import Kind
from huajie_desktop.values.dates import parse_due
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.spoken_days import in_words, months_on, spoken_day, standing_day, with_weekday
from ui.desk.reading_desk import ReadingDesk
from ui.forms.line_editor import MeantEditor
from ui.theme import icon
from ui.widgets.building import as_tip
from ui.widgets.calendar import MonthCalendar

_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_NONE = Qt.KeyboardModifier.NoModifier
_DIRECTIONS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
_SIGNS = {"+": 1, "＋": 1, "-": -1, "－": -1, "−": -1}
TIP = "可以写 今天、下周一、月底、+7；上下键或 +、- 改一天，Ctrl+上下键改一个月，Alt+↓ 打开日历"


class DayEditor(MeantEditor):
    """One day. A deadline keeps its words (8月底前); what is counted from today is spelled out."""

    def __init__(self, desk: ReadingDesk, kind: Kind) -> None:
        super().__init__()
        self._desk, self._in_words = desk, kind == Kind.DEADLINE
        self._touched = False  # typed in since a day was put there: signs are text then
        self._over = ""  # the day a cell says that is typed over
        self._run: tuple[str, str] | None = None  # what stood there before the sign that was pressed last, and the sign
        self._calendar: MonthCalendar | None = None
        self.textEdited.connect(self._on_touched)
        self.button: QAction = self.addAction(icon("calendar"), QLineEdit.ActionPosition.TrailingPosition)
        self.button.setToolTip(as_tip("日历（Alt+↓）"))
        self.button.triggered.connect(self.open_calendar)

    def begin_over(self, text: str) -> None:
        super().begin_over(text)
        self.shown = self._over = text  # + and +7 count from it

    def set_value(self, text: str) -> None:
        super().set_value(text)
        self._touched, self._run, self._over = False, None, ""

    def put(self, text: str) -> None:
        super().put(text)
        self._touched, self._run = False, None

    # what the text means

    def meant(self, text: str) -> str:
        day = self._spoken(text)
        if day is not None:
            return in_words(day) if self._in_words else day.isoformat()
        without = text.strip()[1:]  # a sign that stayed before a day typed behind it
        return without if text.strip()[:1] in _SIGNS and len(without) > 4 and self._read(without) else text

    def told(self, text: str) -> str:
        day = self._spoken(text) or self._read(text)
        return with_weekday(day) if day is not None and text.strip() else ""

    def _spoken(self, text: str) -> date | None:
        if self._in_words and text.strip()[:1] not in _SIGNS and self._read(text):
            return None  # words a deadline is kept in
        year = self._desk.seat.year
        return spoken_day(text, self._desk.today, year, standing_day(self.shown, year))

    def _read(self, text: str) -> date | None:
        if not text.strip():
            return None
        try:
            return parse_due(text, self._desk.seat.year).day
        except Unreadable:
            return None

    # keys

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()  # before the keys of page and window
            return True
        return super().event(event)

    @staticmethod
    def _is_own(event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        opens = key == Qt.Key.Key_Down and held == _ALT
        return opens or (key in _DIRECTIONS and held in (_NONE, _CTRL)) or (key == Qt.Key.Key_Semicolon and held == _CTRL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif not self._is_own(event):
            if event.modifiers() & (_CTRL | _ALT) or not self._take(event.text()):
                self._run = None
                super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Semicolon:
            self._show(self._desk.today)
        elif event.modifiers() & _ALT:
            self.open_calendar()
        else:
            self._step(_DIRECTIONS[Qt.Key(event.key())], months=bool(event.modifiers() & _CTRL))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.preeditString() or not self._take(event.commitString()):
            self._run = None
            super().inputMethodEvent(event)

    def _take(self, typed: str) -> bool:
        """Whether typed signs move the day that stands there: + by one, and + with 7 behind it by seven."""
        if typed in _SIGNS:
            before = self.text() or self._over
            if self._touched or not before or standing_day(before, self._desk.seat.year) is None or self._is_inside():
                return False
            if not self.text():
                self.put(before)
            self._step(_SIGNS[typed])
            self._run = before, "+" if _SIGNS[typed] > 0 else "-"
            return True
        if self._run is None or not typed.isdigit():
            return False
        before, sign = self._run
        self.put(f"{sign}{typed}")
        self.shown, self._touched = before, True
        self.edited.emit()
        self._tell()
        return True

    def _is_inside(self) -> bool:
        return not self.hasSelectedText() and 0 < self.cursorPosition() < len(self.text())

    def _step(self, number: int, *, months: bool = False) -> None:
        """Moves the day; an empty line becomes today, words that are no one day stay."""
        text = self.value()
        day = standing_day(text, self._desk.seat.year)
        if day is None and text.strip():
            return
        if day is None:
            self._show(self._desk.today)
            return
        moved = months_on(day, number) if months else date.fromordinal(day.toordinal() + number)
        if 1990 <= moved.year <= 2099:
            self._show(moved)

    def _show(self, day: date) -> None:
        """Puts a day there as if it had been typed, all of it marked, so that typing replaces it."""
        self.put(in_words(day) if self._in_words else day.isoformat())
        self.selectAll()
        self.edited.emit()
        self.say(with_weekday(day))

    @Slot()
    def _on_touched(self) -> None:
        self._touched = True

    # the calendar

    @Slot()
    def open_calendar(self) -> None:
        """Opens the calendar at the day meant."""
        if self.isReadOnly():
            return
        self.setFocus()
        self.hush()
        if self._calendar is None:
            self._calendar = MonthCalendar(self)
            self._calendar.picked.connect(self._on_picked)
        self._calendar.open_at(self._read(self.value()) or self._desk.today, self._desk.today)

    @Slot(object)
    def _on_picked(self, day: date) -> None:
        if day != self._read(self.value()):  # 8月底前 stays, where its last day was picked
            self._show(day)
