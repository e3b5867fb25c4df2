"""One sitting at the desk once the data is open: first start, who is there, the way in, the way out."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from huajie_desktop.application import Application
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.township import office
from ui.desk import Desk
from ui.drafts import DraftsLeft
from ui.jobs import Job, Jobs
from ui.pages import home  # noqa: F401  # loaded here, on the worker, because it is shown first
from ui.preferences import Preferences
from ui.start import FirstStart, SignIn
from ui.window import Window


class Opened(NamedTuple):
    """What the opening found; no names before the first set-up."""

    app: Application
    set_up: bool
    names: list[str]


def open_data(folder: Path, _job: Job) -> Opened:
    """Opens the data; runs on the worker. Raises Problem."""
    app = Application.open(folder)
    if not office.is_set_up(app):
        return Opened(app, False, [])
    with app.reading() as session:
        return Opened(app, True, office.actors(session))


class Sitting(QObject):
    """From the opened data to the closed window."""

    entered = Signal()  # the pages are there

    def __init__(self, opened: Opened, window: Window, preferences: Preferences, jobs: Jobs) -> None:
        super().__init__(window)
        self.desk = Desk(opened.app, preferences, jobs, self)
        self._opened, self._window, self._preferences = opened, window, preferences
        self._first: FirstStart | None = None
        self._left = DraftsLeft(self.desk, window)
        window.drafts_asked.connect(self._left.show_list)
        window.person_asked.connect(self._on_person_asked)
        window.closed.connect(self._on_closed)

    def begin(self, actor: str | None) -> None:
        """Asks for township, year and name at the first start, for the name at others unless `actor` says it."""
        if not self._opened.set_up:
            self._first = FirstStart(office.DEFAULT_TOWNSHIP, office.DEFAULT_YEAR)
            self._first.agreed.connect(self._on_agreed)
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
        self.desk.app.actor = name
        try:
            office.set_up(self.desk.app, township, year)
        except FieldErrors as errors:
            self._first.show_errors(errors.messages)
        except Problem as problem:
            self._window.messages.show_message("error", str(problem))
        else:
            self.sign_in(name)

    @Slot(str)
    def sign_in(self, name: str) -> None:
        """Lets the clerk of that name in."""
        self.desk.app.actor = self._preferences.last_name = name
        self._window.enter(self.desk)
        self._left.tell()
        self.entered.emit()
        QTimer.singleShot(0, self.desk.keep_glance)

    @Slot()
    def _on_person_asked(self) -> None:
        with self.desk.reading() as session:
            self._ask_name(office.actors(session))

    @Slot()
    def _on_closed(self) -> None:
        self.desk.keep_glance()
        self.desk.app.close()
