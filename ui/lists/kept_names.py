"""Keeping something under a name of one's own, as the conditions of a list; renaming and removing what was kept before."""

from collections.abc import Mapping
from typing import Any, Protocol

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QPushButton, QWidget

from huajie_desktop.errors import Problem
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.values.text import trim
from huajie_desktop.work import saved_filters
from huajie_desktop.work.checklist import TaskFilter
from ui.desk.desk import Desk
from ui.theme import scaled
from ui.widgets.building import as_tip, make_label, put, upright
from ui.widgets.dialogs import Dialog


class Shelf(Protocol):
    """Where such things are kept; see `huajie_desktop.named_habits`."""

    def own(self, session: SeatSession, /) -> Mapping[str, Any]: ...
    def keep(self, seat: Seat, name: str, value: Any, /) -> None: ...
    def rename(self, seat: Seat, before: str, name: str, /) -> None: ...
    def remove(self, seat: Seat, name: str, /) -> None: ...


class KeptUnderNames(Dialog):
    """A name for what is to be kept, above the names kept before."""

    def __init__(self, parent: QWidget, desk: Desk, shelf: Shelf, value: Any, noun: str, what: str, example: str) -> None:
        """`noun` is what such a thing is called, `what` what is kept now."""
        super().__init__(parent)
        self._desk, self._shelf, self._value = desk, shelf, value
        self._noun, self._what = noun, what
        self.setWindowTitle(f"存为{noun}")
        self._asked = ""  # the name of a kept one that is taken its place when it is said again
        self._removed: dict[str, Any] = {}  # in this dialog, the last one last
        self.setMinimumWidth(scaled(440))
        self.name = QLineEdit()
        self.name.setPlaceholderText(f"起个名称，如 {example}")
        self.kept = QListWidget()
        self.kept.currentTextChanged.connect(self._on_current)
        self._error = make_label(name="fieldError", wrap=True)
        self._error.hide()
        self._arrange()
        self._load()
        self.name.setFocus()

    def _arrange(self) -> None:
        heading = make_label(f"{self._what}存为", "groupTitle")
        hint = make_label(f"已存的{self._noun}。选中一个，可以把上面的名称给它，或者删除它。", "quiet", wrap=True)
        save = self._button("存下来", self._on_save, "primary", f"把{self._what}存下来（回车），已有这个名称的先问")
        save.setDefault(True)
        self._rename = self._button("改名", self._on_rename, "", f"把选中的{self._noun}改成上面的名称（Alt+R）", "Alt+R")
        self._remove = self._button("删除", self._on_remove, "", f"删除选中的{self._noun}（Alt+D）", "Alt+D")
        self._back = self._button("撤销", self._on_back, "", f"把刚才删除的{self._noun}放回来（Ctrl+Z）", "Ctrl+Z")
        self._back.setEnabled(False)
        close = self._button("关闭", self.reject, "plain", "不存了（Esc）")
        line, below = QHBoxLayout(), QHBoxLayout()
        put(line, (self.name, 1), save)
        for button in (self._rename, self._remove, self._back):
            below.addWidget(button)
        put(below, 1, close)
        put(upright(self, (24, 20, 24, 20), 12), heading, line, self._error, hint, self.kept, below)

    def _button(self, text: str, slot: object, kind: str, tip: str, keys: str = "") -> QPushButton:
        made = QPushButton(text)
        made.setProperty("kind", kind)
        made.setToolTip(as_tip(tip))
        made.setAutoDefault(False)
        if keys:
            made.setShortcut(QKeySequence(keys))
        made.clicked.connect(slot)
        return made

    def _load(self) -> None:
        with self._desk.reading() as session:
            names = list(self._shelf.own(session))
        self.kept.clear()
        self.kept.addItems(names)
        self._on_current()

    def _current(self) -> str:
        item = self.kept.currentItem()
        return item.text() if item is not None else ""

    def _try(self, service: object, *arguments: object) -> bool:
        try:
            if (wait := self._desk.waiting()) is not None:
                raise wait
            service(self._desk.seat, *arguments)  # type: ignore[operator]
        except Problem as problem:
            self._say(str(problem))
            return False
        return True

    @Slot()
    def _on_current(self) -> None:
        for button in (self._rename, self._remove):
            button.setEnabled(bool(self._current()))

    def _is_taken(self, name: str) -> bool:
        """Whether something of that name is kept, and it was not yet said that it goes."""
        with self._desk.reading() as session:
            taken = name in self._shelf.own(session) and name != self._asked
        if taken:
            self._asked = name
            self._say(f"已经有叫“{name}”的{self._noun}了，原来的会没有。要换掉它，再按一次“存下来”；不换就改个名称。")
        return taken

    def _say(self, fault: str) -> None:
        self._error.setText(fault)
        self._error.show()
        self.name.setFocus()

    @Slot()
    def _on_save(self) -> None:
        if not self._is_taken(trim(self.name.text())) and self._try(self._shelf.keep, self.name.text(), self._value):
            self._desk.say("done", f"已存为{self._noun}“{self.name.text().strip()}”。")
            self.accept()

    @Slot()
    def _on_rename(self) -> None:
        if self._current() and self._try(self._shelf.rename, self._current(), self.name.text()):
            self._load()

    @Slot()
    def _on_remove(self) -> None:
        name = self._current()
        with self._desk.reading() as session:
            removed = self._shelf.own(session).get(name)
        if removed is not None and self._try(self._shelf.remove, name):
            self._removed[name] = removed
            self._load()
        self._back.setEnabled(bool(self._removed))

    @Slot()
    def _on_back(self) -> None:
        name = next(reversed(self._removed), "")
        with self._desk.reading() as session:
            again = name in self._shelf.own(session)
        if again:  # renamed meanwhile: neither may go
            self._say(f"已经有叫“{name}”的{self._noun}了，请先给它改个名称，再撤销删除。")
        elif name and self._try(self._shelf.keep, name, self._removed[name]):
            del self._removed[name]
            self._load()
        self._back.setEnabled(bool(self._removed))


class KeptFilters(KeptUnderNames):
    """The conditions of the checklist as they stand."""

    def __init__(self, parent: QWidget, desk: Desk, wanted: TaskFilter) -> None:
        super().__init__(parent, desk, saved_filters, wanted, "筛选", "现在的条件", "七月到期")
