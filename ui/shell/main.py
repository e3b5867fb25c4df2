"""The window's composition root: paints first, opens the data beside it, then lets the clerk in."""

import gc
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from huajie_desktop.errors import Problem
from huajie_desktop.folders import data_folder
from huajie_desktop.lock import in_use, knock, was_knocked
from resources import product_name
from ui.desk.jobs import Job, Jobs
from ui.desk.preferences import Preferences
from ui.shell.window import Window
from ui.theme import apply_theme, make_application, speak_chinese

if TYPE_CHECKING:
    from huajie_desktop.backups.shelf import Copy
    from huajie_desktop.work.glance import Glance
    from ui.shell.restoring import Restoring
    from ui.shell.sitting import Opened, Sitting


_LOOK = 400  # ms between two looks whether the program was started a second time


class Wish:
    """Where the clerk asked to go while the data was still being opened."""

    def __init__(self) -> None:
        self.page, self.subject = "", object()

    def visit(self, page: str, subject: object = None) -> None:
        """Remembers the page and what to show there."""
        self.page, self.subject = page, subject


class Program(QObject):
    """The window, and the data being opened beside its first paint."""

    usable = Signal()  # the first page is filled and painted

    def __init__(self, folder: Path, actor: str | None = None) -> None:
        super().__init__()
        self.status = 0
        self.sitting: Sitting | None = None
        self._folder, self._actor = folder, actor
        self._seen: Glance | None = None
        self._asking = False
        self._wish = Wish()
        self.preferences = Preferences(folder)
        self.jobs = Jobs()
        self.window = Window(self.preferences, self.jobs)
        self.window.painted.connect(self._on_painted, Qt.ConnectionType.QueuedConnection)
        self.jobs.failed.connect(self._on_failed)
        self._restoring: Restoring | None = None
        self._knocks = QTimer(self, interval=_LOOK)
        self._knocks.timeout.connect(self._on_look)

    def begin(self) -> None:
        """Shows the window; the data is opened behind its first paint."""
        self.window.show()

    @Slot()
    def _on_painted(self) -> None:
        from huajie_desktop.work.glance import look  # not needed before the first paint

        self._seen = look(self._folder, date.today())
        if self._seen is not None and self._actor:
            self._show_glance(self._seen, self._actor)
        elif self._seen is not None:
            from ui.shell.start import SignIn  # not needed before the first paint

            sign_in = SignIn(self._seen.names, self.preferences.last_name)
            sign_in.signed.connect(self._on_signed)
            self.window.show_alone(sign_in)
            self._asking = True
        self.jobs.start("打开数据", self._open, self._on_opened)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        speak_chinese(application)

    def _show_glance(self, seen: "Glance", name: str) -> None:
        """Shows the first page as that person left it; another may look at another year and waits for the data."""
        from huajie_desktop.values.names import same_name  # not needed before the first paint

        if not same_name(seen.name, name):
            return
        from ui.pages.home.home_page import HomePage  # not needed before the first paint

        page = HomePage(self._wish)  # type: ignore[arg-type]  # a desk that only remembers where the clerk wants to go
        page.show_figures(seen.figures, seen.day)
        self.window.show_glance(page, seen.title, seen.counts)
        self._on_entered()

    def _open(self, job: Job) -> "Opened":
        # everything that needs SQLAlchemy is imported here, on the worker: it takes longer to load than the whole window
        from ui.shell.sitting import open_data

        return open_data(self._folder, job)

    def _on_opened(self, opened: "Opened") -> None:
        from ui.shell.sitting import Sitting  # loaded by _open

        _collect_again()
        was_knocked(self._folder)  # by a start that gave up before, perhaps while nobody could answer
        self._knocks.start()
        self.window.closed.connect(self._knocks.stop)
        self.sitting = Sitting(opened, self.window, self.preferences, self.jobs)
        self.sitting.entered.connect(self._on_entered)
        self.sitting.restore_asked.connect(self._on_restore_asked)
        if not self._asking:
            self._let_in()

    @Slot(str)
    def _on_signed(self, name: str) -> None:
        self._asking, self._actor = False, name
        if self.sitting is not None:
            self._let_in()
        elif self._seen is not None:
            self._show_glance(self._seen, name)

    def _let_in(self) -> None:
        assert self.sitting is not None
        self.sitting.begin(self._actor)
        if self._wish.page:
            self.window.visit(self._wish.page, self._wish.subject)
        if self._restoring is not None:
            self._restoring.tell()

    @Slot()
    def _on_entered(self) -> None:
        self.window.stack.repaint()
        self.usable.emit()

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        if self.sitting is None:
            from ui.shell.start import Failed  # not needed where all goes well

            _collect_again()
            self.status = 1
            failed = Failed(self._sentence(error))
            failed.closed.connect(self.window.close)
            failed.restore_asked.connect(self._on_restore_asked)
            self.window.show_alone(failed)
            if self._restoring is not None:
                self._restoring.tell()

    @Slot()
    @Slot(object)
    def _on_restore_asked(self, copy: "Copy | None" = None) -> None:
        """Lets the data go, brings a copy back, and opens what is there then; in a new window, since nothing shown holds."""
        from ui.shell.restoring import Restoring  # loaded with the data

        if self.sitting is not None and self.sitting.desk is not None and (wait := self.sitting.desk.waiting()) is not None:
            self.sitting.desk.tell(wait)
            return
        if self.sitting is not None:
            self._actor = self.sitting.desk.seat.author.name if self.sitting.desk else self._actor
            self.sitting.leave()
        self._knocks.stop()
        self.sitting, self._seen, self._asking, self.status = None, None, False, 0
        before, self.window = self.window, Window(self.preferences, self.jobs)
        self.window.setGeometry(before.geometry())
        self.window.show()
        self.window.activateWindow()
        before.hide()
        before.deleteLater()
        self._restoring = Restoring(self._folder, self.window, self.jobs, self.preferences)
        self._restoring.done.connect(self._on_restored)
        self._restoring.begin(copy)

    @Slot()
    def _on_restored(self) -> None:
        self.jobs.start("打开数据", self._open, self._on_opened)

    def on_fault(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What Python calls for an exception nobody met: told in one sentence, a fault logged before."""
        desk = self.sitting.desk if self.sitting is not None else None
        if issubclass(kind, KeyboardInterrupt):
            self.window.close()
        elif desk is not None:
            desk.tell(error.with_traceback(trace))
        else:
            self.window.messages.show_message("error", self._sentence(error.with_traceback(trace)))

    @Slot()
    def _on_look(self) -> None:
        if was_knocked(self._folder):
            self.window.come_forward()

    def _sentence(self, error: BaseException) -> str:
        from huajie_desktop.faults import record_fault  # not needed where all goes well

        return str(error) if isinstance(error, Problem) else record_fault(self._folder, error)


def run(
    folder: Path | None,
    actor: str | None = None,
    on_painted: Callable[[], object] | None = None,
    on_usable: Callable[[], object] | None = None,
) -> int:
    """Opens the window on the data in `folder` (None: the user's own) and returns the exit status when it is closed.

    Where another window has that data, it comes forward and this start is at its end. `actor` skips the question for a name;
    the two calls are made at the first paint and when the home page is filled.
    """
    folder = data_folder() if folder is None else folder
    if in_use(folder) and knock(folder):
        return 0
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = make_application(sys.argv[0])
    application.setApplicationName(product_name())
    apply_theme(application, Preferences(folder).text_size)
    program = Program(folder, actor)
    sys.excepthook = program.on_fault
    if on_painted is not None:
        program.window.painted.connect(on_painted)
    if on_usable is not None:
        program.usable.connect(on_usable)
    program.begin()
    application.exec()
    sys.excepthook = sys.__excepthook__
    return program.status


def _collect_again() -> None:
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
