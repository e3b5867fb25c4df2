"""One sitting at the desk once the data is open: first start, who is there, the way in, the way out."""

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from db.journal import Changes
from huajie_desktop import office
from huajie_desktop.application import Application
from huajie_desktop.backups.keeping import Kept
from huajie_desktop.errors import Problem
from huajie_desktop.faults import record_fault
from huajie_desktop.folders import has_data, must_be_empty
from huajie_desktop.lights.kept_facts import clock_doubt
from huajie_desktop.network import warning_of
from huajie_desktop.papers.unwritten import unfinished
from huajie_desktop.seat import Seat
from huajie_desktop.township import seating
from huajie_desktop.township.divisions import divisions
from ui.desk.desk import Desk
from ui.desk.jobs import Job, Jobs
from ui.desk.preferences import Preferences
from ui.desk.quiet_copies import QuietCopies
from ui.forms.drafts import DraftsLeft
from ui.pages.home import home_page  # noqa: F401  # loaded here, on the worker, because it is shown first
from ui.pages.papers.unwritten_strip import say_unwritten
from ui.shell.copies_told import CopiesTold
from ui.shell.day_chores import DayChores
from ui.shell.farewell import Farewell, say_refusal
from ui.shell.setting_up import SettingUp
from ui.shell.start import SignIn
from ui.shell.window import Window
from ui.widgets.buttons import add_action

_AHEAD = 10  # days: over a week's holiday
_SETTLED = 1500  # ms after the first page stands, when nobody minds another thread


class Opened(NamedTuple):
    """What the opening found: no data in an empty folder, and no names before the first set-up."""

    folder: Path
    data: Application | None
    set_up: bool = False
    names: Sequence[str] = ()


def open_data(folder: Path, _job: Job) -> Opened:
    """Opens the data, where there is any; runs on the worker. Raises Problem."""
    if not has_data(folder):
        must_be_empty(folder)
        divisions()  # which the first start will look through
        return Opened(folder, None)
    data = Application.open(folder)
    if not seating.is_set_up(data):
        divisions()
        return Opened(folder, data)
    with data.reading() as session:
        return Opened(folder, data, True, office.actors(session))


class Sitting(QObject):
    """From the opened data to the closed window."""

    entered = Signal()  # the pages are there
    restore_asked = Signal(object)  # Copy that shall take the place of what is open; None: the clerk will say which

    def __init__(self, opened: Opened, window: Window, preferences: Preferences, jobs: Jobs) -> None:
        super().__init__(window)
        self.desk: Desk | None = None  # until somebody sits there
        self.copies: QuietCopies | None = None  # from then on
        self._opened, self._window, self._preferences, self._jobs = opened, window, preferences, jobs
        self._data = opened.data
        self._left: DraftsLeft | None = None
        self._told: CopiesTold | None = None
        self._chores: DayChores | None = None
        self._to_papers = add_action(self, "去文书页", "", "right", "重新写出没有写完的文件", self._on_to_papers)
        window.person_asked.connect(self._on_person_asked)
        window.closed.connect(self._on_closed)

    def begin(self, actor: str | None) -> None:
        """Asks for township, year and name at the first start, for the name at others unless `actor` says it."""
        if not self._opened.set_up:
            setting_up = SettingUp(self._opened.folder, self._data, self._window, self._jobs)
            setting_up.made.connect(self._on_made)
            setting_up.seated.connect(self._on_seated)
            setting_up.restore_asked.connect(self._on_restore_asked)
            setting_up.begin()
        elif actor:
            self.sign_in(actor)
        else:
            self._ask_name(self._opened.names)

    def _ask_name(self, names: Sequence[str]) -> None:
        sign_in = SignIn(names, self._preferences.last_name)
        sign_in.signed.connect(self.sign_in)
        self._window.show_alone(sign_in)

    @Slot(object)
    def _on_made(self, data: Application) -> None:
        self._data = data

    @Slot(object, object)
    def _on_seated(self, seat: Seat, changes: Changes | None) -> None:
        self._sit_down(seat)
        if changes is not None and self.desk is not None:
            self.desk.take(changes)
            self.desk.done(f"已{changes.label}。")

    @Slot(str)
    def sign_in(self, name: str) -> None:
        """Lets the clerk of that name in."""
        assert self._data is not None
        try:
            self._sit_down(seating.come_in(self._data, name))
        except Problem as problem:
            self._window.messages.show_message("error", str(problem))

    def _sit_down(self, seat: Seat) -> None:
        self._preferences.last_name = seat.author.name
        if self.desk is None:
            self.desk = Desk(seat, self._preferences, self._jobs, self)
            self.desk.restore_asked.connect(self.restore_asked)
            assert self._data is not None
            self.copies = QuietCopies(self._data, self)
            QTimer.singleShot(_SETTLED, self.copies.begin)
            self._left = DraftsLeft(self.desk, self._window)
            self._window.drafts_asked.connect(self._left.show_list)
        self.desk.seat = seat
        self._window.messages.clear()
        self._window.enter(self.desk)
        if self._told is None and self.copies is not None:
            self._window.day.turned.connect(self._tell_clock)
            self._told = CopiesTold(self.desk, self.copies, self._window)
            self._chores = DayChores(self.desk, self._window)
            self._window.day.turned.connect(self._chores.begin)
            QTimer.singleShot(_SETTLED, self._chores.begin)
        if self._left is not None:
            self._left.tell()
        if warning := warning_of(self._opened.folder):
            self.desk.say("warning", warning)
        self._tell_unwritten(seat)
        self._tell_clock()
        self.entered.emit()
        QTimer.singleShot(0, self.desk.keep_glance)

    def _tell_unwritten(self, seat: Seat) -> None:
        """Says that files of papers are missing which are registered, and offers the page where they are written again."""
        with seat.reading() as session:
            words = say_unwritten(unfinished(session))
        if words and self.desk is not None:
            self.desk.say("warning", f"{words}可以在“文书”页重新写出。", offers=[self._to_papers])

    @Slot()
    def _tell_clock(self) -> None:
        """Says that the computer's clock stands before the last entry."""
        if self.desk is not None:
            with self.desk.reading() as session:
                doubt = clock_doubt(session)
            if doubt:
                self.desk.say("warning", doubt)

    @Slot()
    def _on_to_papers(self) -> None:
        self._window.visit("papers")

    @Slot()
    def _on_person_asked(self) -> None:
        assert self._data is not None
        with self._data.reading() as session:
            self._ask_name(office.actors(session))

    @Slot()
    def _on_closed(self) -> None:
        if self.desk is not None:
            self.desk.leaving.emit()
            self.desk.keep_glance(_AHEAD)
            self._preferences.geometry = self._window.saveGeometry()  # not where no office was begun, or its data is gone
            self._window.hide()
            if self.copies is not None and (copying := self.copies.copy_last()) is not None:
                Farewell().wait_for(copying)
                say_refusal(self._window, self._refusal(copying))
        self.leave()

    def _refusal(self, copying: "Future[Kept]") -> str:
        """Why the last copy could not be made, "" where all went well."""
        error = copying.exception()
        if error is None:
            return copying.result().refusal
        return str(error) if isinstance(error, Problem) else record_fault(self._opened.folder, error)

    def leave(self) -> None:
        """Lets the data go."""
        self._window.closed.disconnect(self._on_closed)
        if self.copies is not None:
            self.copies.close()
        if self._data is not None:
            self._data.close()

    @Slot()
    def _on_restore_asked(self) -> None:
        self.restore_asked.emit(None)
