"""Papers: made, registered and worded."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from db.journal import Changes
from ui.desk.desk import Desk
from ui.desk.page import Page
from ui.pages.papers.making_part import MakingPart
from ui.pages.papers.register_part import RegisterPart
from ui.pages.papers.unwritten_strip import UnwrittenStrip
from ui.pages.papers.wordings_part import WordingPart
from ui.widgets.building import across, put
from ui.widgets.filters import Tabs
from ui.widgets.stack import Stack

REGISTER, WORDINGS = "register", "wordings"
_WORDS: dict[str | None, str] = {None: "制作", REGISTER: "登记", WORDINGS: "措辞"}
_TIPS = {None: "打印或保存文书", REGISTER: "发出、签回、扫码", WORDINGS: "改文书上的话"}


class PapersPage(Page):
    """One tab for each part; a part is read when it is looked at."""

    TITLE = "文书"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.making, self.register, self.wordings = MakingPart(desk), RegisterPart(desk), WordingPart(desk)
        self.making.left_waiting.connect(self._on_left_waiting)
        self._parts: dict[str | None, Any] = {None: self.making, REGISTER: self.register, WORDINGS: self.wordings}
        self.unwritten = UnwrittenStrip(desk)
        self.unwritten.written.connect(self._on_written)
        self.tabs = Tabs(_WORDS, tips=_TIPS)
        self.tabs.chosen.connect(self._on_tab)
        self.register.counted.connect(self._on_counted)
        self._stack = Stack()
        for part in self._parts.values():
            self._stack.addWidget(part)
        for action, kind in self.making.buttons:
            self.add_button(action, kind)
        line = across(spacing=16)
        put(line, self.tabs, (self.unwritten, 1))
        self.body.addLayout(line)
        self.body.addWidget(self._stack, 1)
        for number, (key, word) in enumerate(_WORDS.items(), 1):
            action = self.add_action(word, f"Ctrl+Alt+{number}", "", _TIPS[key], self._on_key)
            action.setData(key)
        self._show(None)

    def refresh(self, _changes: Changes | None) -> None:
        """Reads the part that is shown anew, and how many papers are not back."""
        self.unwritten.refresh()
        self._parts[self.tabs.key].refresh()
        if self.tabs.key != REGISTER:
            self.register.refresh()

    def show_subject(self, subject: Any) -> None:
        """A tab by its key, papers of a kind ({"kind": key, "ids": […], "said": {label: text}}), a {"wording": name}, an entry by
        its {"id": …}, or entries a number of the work queue counts ({"todo": key}).
        """
        if isinstance(subject, str):
            self._show(subject)
        elif "wording" in subject:
            self._show(WORDINGS)
            self.wordings.show_wording(subject["wording"])
        elif "kind" in subject:
            self._show(None)
            self.making.choose(subject["kind"], subject.get("ids"), subject.get("said"))
        elif "todo" in subject:
            self._show(REGISTER)
            self.register.show_todo(subject["todo"])
        else:
            self._show(REGISTER)
            self.register.show_paper(subject["id"])

    def may_leave(self) -> bool:
        """Asks if something typed would be lost."""
        return self.register.may_leave() and self.wordings.may_leave()

    @Slot(object)
    def _on_tab(self, key: str | None) -> None:
        self._show(key)
        self._parts[key].refresh()
        self._parts[key].setFocus()  # e.g. into the field for the scanner: what is scanned next must not be lost

    @Slot()
    def _on_key(self) -> None:
        self._on_tab(self.sender().data())  # type: ignore[attr-defined]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.tabs.key != REGISTER or not self.register.take_scanned(event):
            super().keyPressEvent(event)

    @Slot()
    def _on_left_waiting(self) -> None:
        self.unwritten.refresh()

    @Slot(object)
    def _on_written(self, files: list[Path]) -> None:
        self.refresh(None)
        if files:
            self.making.shelf.show_files(files)

    @Slot(int)
    def _on_counted(self, waiting: int) -> None:
        self.tabs.show_counts({REGISTER: waiting} if waiting else {})

    def _show(self, key: str | None) -> None:
        self.tabs.select(key)
        self._stack.setCurrentWidget(self._parts[key])
        self.setFocusProxy(self._parts[key])
        for action, _kind in self.making.buttons:
            action.setVisible(key is None)
