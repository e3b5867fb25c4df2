"""What is done once a day behind the clerk's back, when the data is opened and when another day begins: notices escalate."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Slot

from huajie_desktop.supervision.escalating import Escalated, escalate
from huajie_desktop.supervision.notice_ledger import NOTICES
from ui.desk.desk import Desk
from ui.shell.day_watch import in_hand
from ui.widgets.buttons import add_action

_SETTLED = 1500  # ms after the first page stands, or until it is asked again whether something is in hand


class DayChores(QObject):
    """Does them as soon as no job runs, and says what came of it with the way there."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._raised: Sequence[int] = ()
        self.look = add_action(self, "看升级的", "", "right", "在督查单台账里只看刚才升级的", self._on_look)

    @Slot()
    def begin(self) -> None:
        """Does what is due today, when what runs has ended and nothing in hand would be torn away by it."""
        if in_hand():
            QTimer.singleShot(_SETTLED, self.begin)
        else:
            self._desk.jobs.when_idle(self._escalate)

    def _escalate(self) -> None:
        done: Escalated | None = self._desk.do(escalate, self._desk.today)
        if done is not None and done.words:
            self._raised = (*done.issued, *done.talks)
            self._desk.say("warning", done.words, offers=(self.look, self._desk.take_back))

    @Slot()
    def _on_look(self) -> None:
        self._desk.visit("ledgers", {"ledger": NOTICES.key, "ids": self._raised})
