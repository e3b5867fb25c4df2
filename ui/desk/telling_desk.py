"""What a desk tells: sentences in the strip of the window, refusals with the way out of them, and which page to go to."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction

from huajie_desktop.errors import Cancelled, Problem
from huajie_desktop.faults import record_fault
from ui.desk.reading_desk import ReadingDesk

T = TypeVar("T")


class TellingDesk(ReadingDesk):
    """The side of a desk that speaks."""

    said = Signal(str, str, str, object)  # kind (done, info, warning, error), sentence, details, actions offered
    visit_asked = Signal(str, object)  # page key, what to show there

    def ways_out(self, problem: Problem) -> Sequence[QAction]:  # noqa: ARG002
        """What is offered beside a Problem that is told."""
        return ()

    def ask(self, read: Callable[[], T]) -> T | None:
        """What reading gives; None if a Problem was told instead."""
        try:
            return read()
        except Problem as problem:
            self.tell(problem)
            return None

    def say(self, kind: str, sentence: str, details: str = "", offers: Sequence[QAction] = ()) -> None:
        """Shows a sentence in the strip of the page, with buttons for what is offered; kinds: done, info, warning, error."""
        self.said.emit(kind, sentence, details, tuple(offers))

    def tell(self, error: BaseException) -> None:
        """Shows a Problem as it is, anything else as one sentence with the log's place."""
        if isinstance(error, Cancelled):
            self.say("info", str(error))
        elif isinstance(error, Problem):
            self.say("error", str(error), offers=self.ways_out(error))
        else:
            self.say("error", record_fault(self.seat.folder, error))

    def visit(self, page: str, subject: object = None) -> None:
        """Goes to a page, which gets `subject` through its `show_subject`."""
        self.visit_asked.emit(page, subject)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self.tell(error)
