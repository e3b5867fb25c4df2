"""Settings: how things are shown, the rules of the office, copies of everything, where the data lies."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from db.journal import Changes
from huajie_desktop import VERSION
from huajie_desktop.backups.shelf import Copy
from ui.desk.desk import Desk
from ui.desk.page import Page
from ui.pages.settings.backups_part import BackupsPart
from ui.pages.settings.data_part import DataPart
from ui.pages.settings.display_part import DisplayPart
from ui.pages.settings.fonts_part import FontsPart
from ui.pages.settings.light_rules_part import LightRulesPart
from ui.pages.settings.rules_part import RulesPart
from ui.widgets.filters import Tabs
from ui.widgets.stack import Stack

_COPIES = "backups"
_WORDS: dict[str | None, str] = {
    None: "显示", "rules": "规则", "lights": "亮灯规则", "fonts": "文书字体", _COPIES: "备份", "data": "数据与版本",
}  # fmt: skip


class SettingsPage(Page):
    """One tab for each part."""

    TITLE = "设置"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.display, self.rules, self.fonts = DisplayPart(desk), RulesPart(desk), FontsPart(desk)
        self.lights = LightRulesPart(desk)
        self.backups, self.data = BackupsPart(desk), DataPart(desk, VERSION)
        parts = (self.display, self.rules, self.lights, self.fonts, self.backups, self.data)
        self._parts: dict[str | None, QWidget] = dict(zip(_WORDS, parts, strict=True))
        self.tabs = Tabs(_WORDS, tips=False)
        self.tabs.chosen.connect(self._on_tab)
        self._stack = Stack()
        for part in self._parts.values():
            self._stack.addWidget(part)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._stack, 1)
        self._show(None)

    def refresh(self, _changes: Changes | None) -> None:
        """Reads the rules and what lies there anew."""
        self.rules.refresh()
        self.lights.refresh()
        self.fonts.refresh()
        self.data.refresh()
        if self.tabs.key == _COPIES:
            self.backups.refresh()

    def show_subject(self, subject: Any) -> None:
        """A tab asked for by its key, or a copy that is offered."""
        self._show(_COPIES if isinstance(subject, Copy) else subject)
        if isinstance(subject, Copy):
            self.backups.go_to_copy(subject.folder)
        elif subject == _COPIES:
            self.backups.refresh()

    @Slot(object)
    def _on_tab(self, key: str | None) -> None:
        self._show(key)
        if key == _COPIES:  # looking at sticks takes time: not where nobody asked
            self.backups.refresh()

    def _show(self, key: str | None) -> None:
        self.tabs.select(key)
        self._stack.setCurrentWidget(self._parts[key])
        self.setFocusProxy(self._parts[key])
