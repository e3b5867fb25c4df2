"""Notices that another day has begun: at midnight, after the computer slept, or when its clock was set."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QApplication

if TYPE_CHECKING:
    from ui.desk.desk import Desk

_LONGEST = 60_000  # ms between two looks: a timer knows nothing of hours slept through and of clocks that are set


class DayWatch(QObject):
    """Says when it is another day, though not while a job runs or something in hand would be torn away by it."""

    turned = Signal()

    def __init__(self, desk: "Desk", parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._day = desk, desk.today
        self.timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.look)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.applicationStateChanged.connect(self.look)  # e.g. the clerk came back to the window
        self._wait()

    @Slot()
    def look(self) -> None:
        """Asks what day it is; called at each visit of a page, too."""
        today = self._desk.today
        if today != self._day and not self._desk.jobs.busy and not in_hand():
            self._day = today
            self.turned.emit()
        self._desk.rescue.look()  # whether the file is still there
        self._wait()

    def _wait(self) -> None:
        now = datetime.now()
        midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time())
        self.timer.start(min(_LONGEST, int((midnight - now) / timedelta(milliseconds=1)) + 1))


def in_hand() -> bool:
    """Whether a question, a list that is open or a cell that is being typed in would be lost by filling a page anew."""
    if QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None:
        return True
    above = QApplication.focusWidget()
    while above is not None:
        view = above.parentWidget()
        if isinstance(view, QAbstractItemView) and view.viewport() is above:
            return True
        above = view
    return False
