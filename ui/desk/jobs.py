"""Work in the background: plain functions on one thread, their progress and result as signals."""

import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from huajie_desktop.errors import Cancelled

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_PAUSE = 0.05  # seconds between two progress signals
# Seconds until a thread that works gives way to one that waits. Drawing a page asks for the interpreter some twenty times: with
# the usual five milliseconds each the window would stand still for a tenth of a second while papers are made.
_TURN = 0.001


class Job(QObject):
    """One running piece of work; the function gets it and calls `step`, which raises Cancelled when the user stopped it.

    What is `apart` has nothing to do with the page it was asked for on: that page need not be shut meanwhile.
    """

    stepped = Signal(int, int, str)
    ended = Signal(object)  # the Future

    def __init__(self, title: str, parent: QObject, *, apart: bool = False) -> None:
        super().__init__(parent)
        self.title, self.apart = title, apart
        self._stop = threading.Event()
        self._last = 0.0

    def step(self, done: int, total: int, text: str = "") -> None:
        """Reports `done` of `total`; called from the worker. Raises Cancelled."""
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._last >= _PAUSE or done >= total:
            self._last = now
            self.stepped.emit(done, total, text)

    def cancel(self) -> None:
        """Asks the work to stop at its next step."""
        self._stop.set()

    def finish(self, future: "Future[Any]") -> None:
        """Announces the end; called from the worker."""
        self.ended.emit(future)


class Jobs(QObject):
    """Runs one job after another on one thread and hands each result to a function on the window's thread."""

    began = Signal(object)  # Job
    finished = Signal()
    failed = Signal(object)  # the exception
    settled = Signal()  # its result was handed on, and shows

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_TURN)
        self._executor: ThreadPoolExecutor | None = None  # made with the first job: the first paint needs none
        self._current: Job | None = None
        self._then: Callable[[Any], object] | None = None
        self._waiting: list[Callable[[], object]] = []

    @property
    def busy(self) -> bool:
        """Whether something runs now."""
        return self._current is not None

    @property
    def title(self) -> str:
        """What runs now, "" for nothing."""
        return "" if self._current is None else self._current.title

    def when_idle(self, call: Callable[[], object]) -> None:
        """Calls it when nothing runs: now, or as soon as what runs has ended and its result shows."""
        if self.busy:
            self._waiting.append(call)
        else:
            call()

    def start(
        self, title: str, work: Callable[[Job], Any], then: Callable[[Any], object] | None = None, *, apart: bool = False
    ) -> None:
        """Runs `work(job)` in the background and `then(result)` afterwards; one at a time."""
        if self.busy:
            raise RuntimeError("a job is running already")
        job = Job(title, self, apart=apart)
        self._current, self._then = job, then
        job.ended.connect(self._on_ended)
        self.began.emit(job)
        self._thread().submit(work, job).add_done_callback(job.finish)

    def close(self) -> None:
        """Stops what runs and waits for it."""
        if self._current is not None:
            self._current.cancel()
        if self._executor is not None:
            self._executor.shutdown(wait=True)

    def _thread(self) -> "ThreadPoolExecutor":
        if self._executor is None:
            from concurrent.futures import ThreadPoolExecutor

            self._executor = ThreadPoolExecutor(1, thread_name_prefix="job")
        return self._executor

    @Slot(object)
    def _on_ended(self, future: "Future[Any]") -> None:
        job, then = self._current, self._then
        self._current = self._then = None
        if job is not None:
            job.deleteLater()
        self.finished.emit()
        error = future.exception()
        if error is not None:
            self.failed.emit(error)
        elif then is not None:
            then(future.result())
        self.settled.emit()
        while self._waiting and not self.busy:
            self._waiting.pop(0)()
