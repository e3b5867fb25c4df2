"""Keeping what is half typed: a second after the last key and when a field is left, until it is saved or given up."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Slot

from huajie_desktop import drafts
from huajie_desktop.drafts import HalfTyped
from huajie_desktop.errors import Problem
from ui.desk.desk import Desk
from ui.widgets.buttons import add_action

_PAUSE = 1000  # ms after the last key
_TROUBLE = "没有写完的内容暂时存不下来，断电会丢失，请尽快保存。"


class Keeper(QObject):
    """Keeps what `half` gives under a name: None while there is no place for it, without texts once nothing is typed any more."""

    def __init__(self, parent: QObject, desk: Desk, half: Callable[[str], HalfTyped | None]) -> None:
        super().__init__(parent)
        self._desk, self._half = desk, half
        self.name = ""  # under which it is kept, empty when it is not
        self._dirty = self._told = False
        self._left: HalfTyped | None = None  # what is offered to be gone on with
        self._aside: HalfTyped | None = None  # what was just put aside
        self._resume = add_action(self, "继续填写", "", "", "把没有保存的填回来", self._on_resume)
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

    def set_aside(self) -> bool:
        """Keeps what stands there and lets go of it; says so once the next thing is shown. False where it could not be kept."""
        self._dirty, half = True, self._half(self.name)
        self.keep()
        if half is None or self._dirty:  # a job is writing, or the disk refused: that was told
            return False
        self._aside, self.name = replace(half, name=self.name), ""
        self._desk.typing.discard(self._aside.name)
        QTimer.singleShot(0, self._tell_aside)
        return True

    @Slot()
    def _tell_aside(self) -> None:
        self._left, self._aside = self._aside, None
        if self._left is not None:
            words = f"“{self._left.title}”没有保存，留作草稿了（Ctrl+Shift+K 可以找到）。"
            self._desk.say("info", words, offers=[self._resume])

    def offer_left(self, page: str, subject: Mapping[str, Any]) -> None:
        """Says what was typed of this very subject another time and not saved, if anything, and offers to go on with it."""
        with self._desk.reading() as session:
            left = [half for half in drafts.drafts(session) if half.name not in self._desk.typing]
        self._left = next((half for half in left if (half.page, half.subject) == (page, subject)), None)
        if self._left is not None:
            words = f"“{self._left.title}”上次有没有保存的内容（{when(self._left)}）。"
            self._desk.say("info", words, offers=[self._resume])

    @Slot()
    def _on_resume(self) -> None:
        if self._left is not None:
            go_on(self._desk, self._left)

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


def go_on(desk: Desk, half: HalfTyped) -> None:
    """Opens the page with the form as it was left; says so where the record is gone."""
    desk.going_on = half
    desk.visit(half.page, half.subject)
    if desk.going_on is None:
        return
    new = {**{key: value for key, value in half.subject.items() if key == "ledger"}, "new": True}
    desk.going_on = HalfTyped(half.page, new, half.title, {}, half.typed, half.name)
    desk.visit(half.page, new)
    if desk.going_on is None:
        desk.say("warning", f"“{half.title}”已经不在了，上次的内容填在新的一条里，还没有保存。")
    else:
        desk.going_on = None
        typed = "\n".join(filter(None, half.typed.values()))
        desk.say("warning", f"“{half.title}”已经不在了，或者现在打不开。上次填写的内容在详情里，可以复制。", typed)


def when(half: HalfTyped) -> str:
    """When it was kept last, in words."""
    return f"{half.at.month}月{half.at.day}日 {half.at:%H:%M}"
