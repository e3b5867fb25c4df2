"""What a page counts aside where counting takes longer than a blink: on the jobs' thread, once more if asked for meanwhile."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from huajie_desktop.jobs import Job
from ui.desk.desk import Desk


class Aside(QObject):
    """One count of a page; `then` gets what `work` found, on the window's thread."""

    def __init__(self, desk: Desk, title: str, work: Callable[[Job], Any], then: Callable[[Any], object], page: QObject) -> None:
        super().__init__(page)
        self._desk, self._title, self._work, self._then = desk, title, work, then
        self._asked = False

    def ask(self) -> None:
        """Counts as soon as no job runs; what is asked for while it counts is counted once more."""
        if not self._asked:
            self._asked = True
            self._desk.jobs.when_idle(self._start)

    def _start(self) -> None:
        self._asked = False
        self._desk.start(self._title, self._work, self._found, apart=True)

    def _found(self, found: Any) -> None:
        if not self._asked:  # else it is old already
            self._then(found)
