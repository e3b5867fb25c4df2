"""Back and forward through pages and records that were looked at, as in a browser."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from ui.desk.page import Page
from ui.shell.commands import Commands

if TYPE_CHECKING:
    from ui.desk.desk import Desk

_MOST = 100  # places
Place = tuple[str, Mapping[str, Any] | None]  # page key, record on it


class Trail(QObject):
    """Where the clerk was, in order; a new place forgets what lay ahead."""

    visit_asked = Signal(str, object)  # page key, subject

    def __init__(self, parent: QObject, commands: Commands) -> None:
        super().__init__(parent)
        self._places: list[Place] = []
        self._at = -1
        self._going, self._key = False, ""
        self._desk: Desk | None = None
        commands.back.triggered.connect(self._on_back)
        commands.forth.triggered.connect(self._on_forth)

    def show_page(self, key: str, page: Page) -> None:
        """This page is shown now."""
        if self._desk is None:
            self._desk = page.desk
            self._desk.showed.connect(self._note)
        self._key = key
        self._note(key, None)

    @Slot(str, object)
    def _note(self, key: str, subject: Mapping[str, Any] | None) -> None:
        place: Place = (key, dict(subject) if subject is not None else None)
        here = self._places[self._at] if self._at >= 0 else ("", None)
        if self._going or place == here or (subject is None and key == here[0]):
            return
        if here == (key, None):
            self._at -= 1  # the record is what was looked at on that page
        self._places = [*self._places[: self._at + 1], place][-_MOST:]
        self._at = len(self._places) - 1

    def _go(self, step: int) -> None:
        if not 0 <= self._at + step < len(self._places):
            return
        key, subject = self._places[self._at + step]
        self._going = True
        self.visit_asked.emit(key, subject)
        self._going = False
        if self._key == key:  # else something typed keeps the clerk where she is
            self._at += step

    @Slot()
    def _on_back(self) -> None:
        self._go(-1)

    @Slot()
    def _on_forth(self) -> None:
        self._go(1)
