"""One sitting at the desk once the data is open: first start, who is there, the way in, the way out."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from huajie_desktop import office
from huajie_desktop.application import Application
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.occasions import Occasion
from huajie_desktop.seat import Seat
from huajie_desktop.township import seating
from huajie_desktop.township.shipped import usual_township
from ui.desk.desk import Desk
from ui.desk.jobs import Job, Jobs
from ui.desk.preferences import Preferences
from ui.desk.quiet_copies import QuietCopies
from ui.forms.drafts import DraftsLeft
from ui.pages.home import home_page  # noqa: F401  # loaded here, on the worker, because it is shown first
from ui.shell.copies_told import CopiesTold
from ui.shell.farewell import Farewell
from ui.shell.start import FirstStart, SignIn
from ui.shell.window import Window

_SETTLED = 1500  # ms after the first page stands, when nobody minds another thread


class Opened(NamedTuple):
    """What the opening found; no names before the first set-up."""

    data: Application
    set_up: bool
    names: list[str]


def open_data(folder: Path, _job: Job) -> Opened:
    """Opens the data; runs on the worker. Raises Problem."""
    data = Application.open(folder)
    if not seating.is_set_up(data):
        return Opened(data, False, [])
    with data.reading() as session:
        return Opened(data, True, office.actors(session))


class Sitting(QObject):
    """From the opened data to the closed window."""

    entered = Signal()  # the pages are there
    restore_asked = Signal(object)  # Copy that shall take the place of what is open; None: the clerk will say which

    def __init__(self, opened: Opened, window: Window, preferences: Preferences, jobs: Jobs) -> None:
        super().__init__(window)
        self.desk: Desk | None = None  # until somebody sits there
        self.copies = QuietCopies(opened.data, self)
        self._opened, self._window, self._preferences, self._jobs = opened, window, preferences, jobs
        self._first: FirstStart | None = None
        self._left: DraftsLeft | None = None
        self._told: CopiesTold | None = None
        window.person_asked.connect(self._on_person_asked)
        window.closed.connect(self._on_closed)

    def begin(self, actor: str | None) -> None:
        """Asks for township, year and name at the first start, for the name at others unless `actor` says it."""
        if not self._opened.set_up:
            self._first = FirstStart(*usual_township()[:2])
            self._first.agreed.connect(self._on_agreed)
            self._first.restore_asked.connect(self._on_restore_asked)
            self._window.show_alone(self._first)
        elif actor:
            self.sign_in(actor)
        else:
            self._ask_name(self._opened.names)

    def _ask_name(self, names: list[str]) -> None:
        sign_in = SignIn(names, self._preferences.last_name)
        sign_in.signed.connect(self.sign_in)
        self._window.show_alone(sign_in)

    @Slot(str, int, str)
    def _on_agreed(self, township: str, year: int, name: str) -> None:
        assert self._first is not None
        try:
            seat = seating.set_up(self._opened.data, township, year, name)
        except FieldErrors as errors:
            self._first.show_errors(errors.messages)
        except Problem as problem:
            self._window.messages.show_message("error", str(problem))
        else:
            self._sit_down(seat)

    @Slot(str)
    def sign_in(self, name: str) -> None:
        """Lets the clerk of that name in."""
        try:
            self._sit_down(seating.come_in(self._opened.data, name))
        except Problem as problem:
            self._window.messages.show_message("error", str(problem))

    def _sit_down(self, seat: Seat) -> None:
        self._preferences.last_name = seat.author.name
        if self.desk is None:
            self.desk = Desk(seat, self._preferences, self._jobs, self)
            self.desk.restore_asked.connect(self.restore_asked)
            QTimer.singleShot(_SETTLED, self.copies.begin)
            self._left = DraftsLeft(self.desk, self._window)
            self._window.drafts_asked.connect(self._left.show_list)
        self.desk.seat = seat
        self._window.enter(self.desk)
        if self._told is None:
            self._told = CopiesTold(self.desk, self.copies, self._window)
        if self._left is not None:
            self._left.tell()
        self.entered.emit()
        QTimer.singleShot(0, self.desk.keep_glance)

    @Slot()
    def _on_person_asked(self) -> None:
        with self._opened.data.reading() as session:
            self._ask_name(office.actors(session))

    @Slot()
    def _on_closed(self) -> None:
        if self.desk is not None:
            self.desk.keep_glance()
            self._window.hide()
            if (copying := self.copies.copy(Occasion.CLOSE)) is not None:
                Farewell().wait_for(copying)
        self.leave()

    def leave(self) -> None:
        """Lets the data go."""
        self._window.closed.disconnect(self._on_closed)
        self.copies.close()
        self._opened.data.close()

    @Slot()
    def _on_restore_asked(self) -> None:
        self.restore_asked.emit(None)
