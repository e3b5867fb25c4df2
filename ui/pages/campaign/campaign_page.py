"""The year's campaign: dimensions and categories, list kinds, numbers, and the years themselves."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from db.journal import Changes
from huajie_desktop.work import figures
from huajie_desktop.year.campaigns import CAMPAIGN, CATEGORIES, DIMENSIONS, LIST_KINDS
from ui.desk.desk import Desk
from ui.desk.page import Page
from ui.pages.campaign.kinds_part import ListKindsPart
from ui.pages.campaign.numbers_part import NumberPart
from ui.pages.campaign.ordered_part import CampaignPart
from ui.pages.campaign.structure_part import StructurePart
from ui.pages.campaign.years_part import YearsPart
from ui.widgets.filters import Tabs
from ui.widgets.stack import Stack

_WORDS: dict[str | None, str] = {None: "板块与类别", "kinds": "清单种类", "numbers": "编号样式", "years": "年度"}
_TABS = {DIMENSIONS.key: None, CATEGORIES.key: None, LIST_KINDS.key: "kinds", CAMPAIGN.key: "numbers"}


class CampaignPage(Page):
    """One tab for each part."""

    TITLE = "年度"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.structure, self.kinds = StructurePart(desk), ListKindsPart(desk)
        self.numbers, self.years = NumberPart(desk), YearsPart(desk)
        self._parts: dict[str | None, CampaignPart] = dict(
            zip(_WORDS, (self.structure, self.kinds, self.numbers, self.years), strict=True)
        )
        self.following = self.add_action(
            "下一栏", "Ctrl+PgDown", "right", "到下一栏：清单种类、编号样式、年度", self._on_following
        )
        self.make_year = self.add_action("建立新年度", "Ctrl+J", "calendar", "照这一年建立新的年度", self._on_make_year, "")
        self.tabs = Tabs(_WORDS, tips=False)
        self.tabs.chosen.connect(self._on_tab)
        self._stack = Stack()
        for part in self._parts.values():
            self._stack.addWidget(part)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._stack, 1)
        self._key: str | None = None  # of the part shown, while its tabs may say another
        self._show(None)

    @property
    def part(self) -> CampaignPart:
        """The part that is shown."""
        return self._parts[self.tabs.key]

    def refresh(self, _changes: Changes | None) -> None:
        """Reads everything anew."""
        with self.desk.reading() as session:
            year, whole = session.campaign, figures.whole(session)
            name = f"{year.year} 年{year.name}"
        self.subtitle.setText(f"{name} · 任务 {whole.tasks} 项 · 已确认 {whole.approved} 项")
        for part in self._parts.values():
            part.refresh()

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        """Shows a record of a part by "ledger" and "id" or "new", or a part by "tab"."""
        if not self.may_leave():
            return
        key = _TABS[subject["ledger"]] if "ledger" in subject else subject.get("tab")
        self._show(key)
        if "ledger" in subject:
            match self.part:
                case StructurePart() | ListKindsPart():
                    self.part.show_subject(subject)
                case NumberPart():
                    self.part.show_subject()

    def may_leave(self) -> bool:
        """Asks if something typed would be lost."""
        return self.part.may_leave()

    @Slot(object)
    def _on_tab(self, key: str | None) -> None:
        if self._parts[self._key].may_leave():
            self._show(key)
            self.part.setFocus()
        else:
            self.tabs.select(self._key)

    @Slot()
    def _on_following(self) -> None:
        keys = list(_WORDS)
        key = keys[(keys.index(self.tabs.key) + 1) % len(keys)]
        self.tabs.select(key)
        self._on_tab(key)

    @Slot()
    def _on_make_year(self) -> None:
        if self.part.may_leave():
            self._show("years")
            self.years.form.focus()

    def _show(self, key: str | None) -> None:
        self._key = key
        self.tabs.select(key)
        self._stack.setCurrentWidget(self._parts[key])
        self.setFocusProxy(self._parts[key])
