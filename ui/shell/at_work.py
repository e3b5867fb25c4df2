"""What the window lets be done while a job runs: the page it was started from is shut, the others are there to be read."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from ui.desk.jobs import Job, Jobs
from ui.shell.kept_focus import KeptFocus
from ui.shell.progress_strip import ELSEWHERE, HERE

if TYPE_CHECKING:
    from ui.shell.window import Window


class AtWork(QObject):
    """Follows the jobs of one window; who writes meanwhile is refused in words by the desk (`Desk.waiting`)."""

    def __init__(self, window: "Window", jobs: Jobs) -> None:
        super().__init__(window)
        self._window, self._focus = window, KeptFocus()
        jobs.began.connect(self._on_began)
        jobs.finished.connect(self._on_finished)
        jobs.settled.connect(self._on_settled)

    def show_page(self, key: str, subject: object = None) -> bool:
        """Whether the page shown now goes to a `subject`; where it is shut Esc belongs to the job, else to the page."""
        window = self._window
        shut = key == window.stack.shut
        window.progress.answer(HERE if shut else ELSEWHERE)
        if shut and subject is not None and window.desk is not None and (wait := window.desk.waiting()) is not None:
            window.desk.tell(wait)
        if shut:
            window.setFocus()  # keys must go somewhere
        return not shut and subject is not None

    @Slot(object)
    def _on_began(self, job: Job) -> None:
        window = self._window
        self._focus.keep()
        if not window.current:  # before the data is open, and while a name is being asked
            window.set_live(False)
            return
        self._set_writing(False)
        if not job.apart:
            window.stack.shut_page(window.current)
        self.show_page(window.current)

    @Slot()
    def _on_finished(self) -> None:
        window = self._window
        shut = window.stack.open_page()
        window.set_live(bool(window.current))
        if shut != window.current:
            self._focus.keep()  # whoever reads elsewhere goes on there
        elif not self._focus.give_back() and shut:  # e.g. a question was answered: keys must go somewhere
            window.pages[shut].setFocus()

    @Slot()
    def _on_settled(self) -> None:
        """The result shows on the page that waited for it: keys must not go there while another page is shown."""
        focus, window = QApplication.focusWidget(), self._window
        lost = focus is not None and window.isAncestorOf(focus) and not focus.isVisible()
        if lost and not self._focus.give_back() and window.current:
            window.pages[window.current].setFocus()

    def _set_writing(self, writes: bool) -> None:
        """Nobody else sits down, and nothing half typed is gone on with, while a job runs."""
        self._window.commands.set_writing(writes)
        self._window.bar.person.setEnabled(writes)
