"""Keeping what is half typed: a second after the last key and when a field is left, until it is saved or given up."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer, Slot

from huajie_desktop import drafts
from huajie_desktop.drafts import HalfTyped
from huajie_desktop.errors import Problem
from ui.desk.desk import Desk

_PAUSE = 1000  # ms after the last key
_TROUBLE = "没有写完的内容暂时存不下来，断电会丢失，请尽快保存。"


class Keeper(QObject):
    """Keeps what `half` gives under a name: None while there is no place for it, without texts once nothing is typed any more."""

    def __init__(self, parent: QObject, desk: Desk, half: Callable[[str], HalfTyped | None]) -> None:
        super().__init__(parent)
        self._desk, self._half = desk, half
        self.name = ""  # under which it is kept, empty when it is not
        self._dirty = self._told = False
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self.keep)

    def take_over(self, name: str) -> None:
        """Goes on under the name of what was left."""
        self.name, self._dirty = name, True
        self._desk.typing.add(name)
        self._pause.start()

    @Slot()
    def keep(self) -> None:
        """Keeps what stands there now; trouble is told once and does not disturb the typing."""
        self._pause.stop()
        half = self._half(self.name) if self._dirty else None
        if half is None:
            return
        if self._desk.jobs.busy:  # it may be writing for long
            self._pause.start()
            return
        if not half.typed:
            self.drop()
            return
        try:
            self.name = drafts.keep(self._desk.seat, half)
        except Problem as problem:
            if not self._told:
                self._desk.say("warning", _TROUBLE, str(problem))
            self._told = True
        else:
            self._desk.typing.add(self.name)
            self._dirty = self._told = False

    @Slot()
    def drop(self) -> None:
        """Forgets what was kept: it is saved, or the clerk gave it up."""
        self._pause.stop()
        self._dirty = False
        name, self.name = self.name, ""
        if name:
            self._desk.typing.discard(name)
            forget(self._desk, name)

    @Slot()
    def typed(self) -> None:
        """Something was typed: it is kept when the keys rest."""
        self._dirty = True
        self._pause.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self._dirty:
            self._pause.start(0)  # not now: the field may still complete what was typed
        return False


def forget(desk: Desk, name: str) -> None:
    """Drops what was kept under a name, as soon as no job runs that may be writing for long; trouble is told."""
    if desk.jobs.busy:
        desk.jobs.when_idle(partial(forget, desk, name))
        return
    try:
        drafts.drop(desk.seat, name)
    except Problem as problem:
        desk.tell(problem)
