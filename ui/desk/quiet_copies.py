"""Copies made behind the window's back, on a thread and a connection of their own: nobody waits for them."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from db.backup import Moment
from huajie_desktop.application import Application
from huajie_desktop.backups.copying import Source, SourceDamaged
from huajie_desktop.backups.keeping import Kept, keep, last_good
from huajie_desktop.backups.soundness import look_through
from huajie_desktop.errors import Problem, storage_problems
from huajie_desktop.occasions import Occasion


class QuietCopies(QObject):
    """One thing after another; what came of it is told on the window's thread."""

    kept = Signal(object)  # Kept
    looked = Signal(object)  # list of findings, empty where all is well
    failed = Signal(object)  # the exception

    def __init__(self, data: Application, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data = data
        self._closed = False
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="copies")
        self._counts = data.engine.dialect.name == "sqlite"  # a server is copied by whoever keeps it
        if self._counts:
            data.copy_first = self.copy

    def begin(self) -> None:
        """What is due when the data was opened: looking it through after an unclean end, and the copy of the day."""
        if self._closed:
            return
        if self._data.doubtful:
            self.look_through()
        if self._counts:
            self._submit(self._copy_of_the_day, self._tell)

    def copy(self, occasion: Occasion) -> "Future[Any] | None":
        """Copies everything as it is now, however it goes on; may be called from any thread and takes no time itself."""
        if not self._counts:
            return None
        try:
            with storage_problems():
                moment = Moment(self._data.engine)
        except Problem as problem:
            return self._submit(partial(_refuse, problem), self._tell)
        return self._submit(partial(self._keep, moment, occasion), self._tell)

    def look_through(self) -> None:
        """Looks whether the data is whole; at the next start where it is being closed."""
        if not self._closed:
            self._submit(partial(look_through, self._data.engine), self.looked.emit)

    def copy_last(self) -> "Future[Any] | None":
        """The copy when the window is closed; what comes of it is asked of what is returned, as nobody hears signals any more."""
        self.blockSignals(True)
        return self.copy(Occasion.CLOSE)

    def close(self) -> None:
        """Waits for what is going on."""
        self._closed, self._data.copy_first = True, None
        self._executor.shutdown(wait=True)

    def _copy_of_the_day(self) -> Kept | None:
        newest = last_good(self._data.folder)
        if newest is not None and newest.made.date() == date.today():
            return None
        return self._keep(Moment(self._data.engine), Occasion.DAY)

    def _keep(self, moment: Moment, occasion: Occasion) -> Kept:
        with moment:
            made = keep(Source(self._data.folder, moment), occasion, self._data.today(), only_new=True)
        if any(isinstance(refused, SourceDamaged) for refused in made.refused):
            self._data.doubtful = True  # whatever becomes of this window, it is looked through
        return made

    def _tell(self, made: Kept | None) -> None:
        if made is not None:
            self.kept.emit(made)

    def _submit(self, work: Callable[[], Any], then: Callable[[Any], object]) -> "Future[Any]":
        future = self._executor.submit(work)
        future.add_done_callback(partial(self._on_done, then))
        return future

    def _on_done(self, then: Callable[[Any], object], future: "Future[Any]") -> None:
        with suppress(RuntimeError):  # the window is gone meanwhile
            if (error := future.exception()) is not None:
                self.failed.emit(error)
            else:
                then(future.result())


def _refuse(problem: Problem) -> None:
    raise problem
