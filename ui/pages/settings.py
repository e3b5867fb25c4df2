"""Settings: the office's units and categories, how things are shown, where the data lies, what was done."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.journal import Changes
from huajie_desktop import VERSION
from ui.desk import Desk
from ui.page import Page
from ui.settings.data import DataPart
from ui.settings.display import DisplayPart
from ui.settings.office import CategoriesPart, UnitsPart
from ui.settings.past import PastPart
from ui.widgets.filters import Tabs

_KEY = "settings"
_WORDS: dict[str | None, str] = {None: "单位", "categories": "类别", "display": "显示", "data": "数据与版本", "past": "操作记录"}


class SettingsPage(Page):
    """One tab for each part."""

    TITLE = "设置"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.units, self.categories = UnitsPart(desk), CategoriesPart(desk)
        self.display, self.data = DisplayPart(desk), DataPart(desk, VERSION)
        self.past = PastPart(desk)
        self._parts: dict[str | None, QWidget] = dict(
            zip(_WORDS, (self.units, self.categories, self.display, self.data, self.past), strict=True)
        )
        self.tabs = Tabs(_WORDS, tips=False)
        self.tabs.chosen.connect(self._on_tab)
        self._stack = QStackedWidget()
        for part in self._parts.values():
            self._stack.addWidget(part)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._stack, 1)
        self._show(desk.kept.get(_KEY))

    def refresh(self, _changes: Changes | None) -> None:
        """Reads everything anew."""
        for part in (self.units, self.categories, self.past):
            part.refresh()

    def show_subject(self, subject: Any) -> None:
        """A tab asked for by its key."""
        self._show(subject)

    def may_leave(self) -> bool:
        """Asks if something typed would be lost."""
        return self.units.may_leave() and self.categories.may_leave()

    @Slot(object)
    def _on_tab(self, key: str | None) -> None:
        if self.may_leave():
            self._show(key)
        else:
            self.tabs.select(self.desk.kept.get(_KEY))

    def _show(self, key: str | None) -> None:
        self.desk.kept[_KEY] = key  # the same tab again when the text size was changed
        self.tabs.select(key)
        self._stack.setCurrentWidget(self._parts[key])
        self.setFocusProxy(self._parts[key])
