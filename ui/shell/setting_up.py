"""An office begun at the window: whose data it is, made behind its page, then its villages, then the way in."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from db.journal import Changes
from huajie_desktop.application import Application
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.faults import record_fault
from huajie_desktop.seat import Seat
from huajie_desktop.township import new_units, seating
from huajie_desktop.township.village_names import Offered
from ui.desk.jobs import Job, Jobs
from ui.shell.first_start import Beginning, FirstStart, FirstVillages
from ui.shell.window import Window


class SettingUp(QObject):
    """From the empty folder, or the data an earlier attempt made, to somebody who sits there."""

    made = Signal(object)  # Application
    seated = Signal(object, object)  # Seat, and the Changes of the villages or None
    restore_asked = Signal()

    def __init__(self, folder: Path, data: Application | None, window: Window, jobs: Jobs) -> None:
        super().__init__(window)
        self._folder, self._data, self._window, self._jobs = folder, data, window, jobs
        self._seat: Seat | None = None
        self._first = FirstStart(date.today().year)
        self._first.agreed.connect(self._on_agreed)
        self._first.restore_asked.connect(self.restore_asked)
        jobs.failed.connect(self._on_failed)

    def begin(self) -> None:
        """Asks for township, name, year and categories."""
        self._window.show_alone(self._first)

    @Slot(object)
    def _on_agreed(self, said: Beginning) -> None:
        try:
            seating.check_first(said.township, said.year)
        except FieldErrors as errors:
            self._first.show_errors(errors.messages)
        else:
            self._first.setEnabled(False)  # once is enough
            self._jobs.start("新建数据", partial(self._set_up, said), self._on_set_up)

    def _set_up(self, said: Beginning, _job: Job) -> Seat:
        """Makes the data, unless an earlier attempt did, and sets the office up; runs on the worker. Raises Problem."""
        self._data = self._data or Application.create(self._folder)
        return seating.set_up(self._data, said.township, said.year, said.name, code=said.code, categories=said.categories)

    def _on_set_up(self, seat: Seat) -> None:
        """Asks for the villages of a new office, unless it came with all it has."""
        self._seat = seat
        self.made.emit(self._data)
        with seat.reading() as session:
            name, code = session.township.name, session.township.code or ""
            offered = new_units.missing_villages(session, code)
        if code and not offered:
            self._come_in(None)
            return
        asked = FirstVillages(name, offered, self._pasted)
        asked.agreed.connect(self._on_villages)
        asked.left.connect(self._on_left)
        self._window.show_alone(asked)
        asked.first.setFocus()

    def _pasted(self, text: str) -> Sequence[Offered]:
        assert self._seat is not None
        with self._seat.reading() as session:
            return new_units.pasted(session, text)

    @Slot(object, object)
    def _on_villages(self, make: Sequence[Offered], same: Sequence[Offered]) -> None:
        assert self._seat is not None
        try:
            taken = new_units.take(self._seat, make, same)
        except Problem as problem:
            self._window.messages.show_message("error", str(problem))
        else:
            self._come_in(taken.changes)

    @Slot()
    def _on_left(self) -> None:
        self._come_in(None)

    def _come_in(self, changes: Changes | None) -> None:
        self._jobs.failed.disconnect(self._on_failed)
        self.seated.emit(self._seat, changes)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._first.setEnabled(True)
        sentence = str(error) if isinstance(error, Problem) else record_fault(self._folder, error)
        self._window.messages.show_message("error", sentence)
