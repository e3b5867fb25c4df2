"""The agenda: the month with what falls due, and reminders to the units."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from db.journal import Changes
from db.models import Task
from ui.desk.desk import Desk
from ui.desk.page import Page
from ui.pages.agenda.month_part import MonthPart
from ui.pages.agenda.reminders_part import RemindersPart
from ui.widgets.filters import Tabs
from ui.widgets.stack import Stack

_MONTH, _REMINDERS = "month", "reminders"
_WORDS = {_MONTH: "到期月历", _REMINDERS: "催办"}
_TIPS = {_MONTH: "哪天有什么到期", _REMINDERS: "按单位催办：催办单、微信短信文字"}


class AgendaPage(Page):
    """One tab for each part; a part is read when it is looked at."""

    TITLE = "日程"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.month, self.reminders = MonthPart(desk), RemindersPart(desk)
        self._parts: dict[Any, MonthPart | RemindersPart] = {_MONTH: self.month, _REMINDERS: self.reminders}
        self.tabs = Tabs(_WORDS, tips=_TIPS)
        self.tabs.chosen.connect(self._on_tab)
        self._stack = Stack()
        for part in self._parts.values():
            self._stack.addWidget(part)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._stack, 1)
        for number, (key, word) in enumerate(_WORDS.items(), 1):
            self.add_action(word, f"Ctrl+Alt+{number}", "", _TIPS[key], self._on_key).setData(key)
        self._show(_MONTH)

    def refresh(self, _changes: Changes | None) -> None:
        """Reads the part that is shown anew."""
        self._parts[self.tabs.key].refresh()

    def show_subject(self, subject: Any) -> None:
        """A day ("day"), reminders to units ("reminders": their ids, none for all), or to those of tasks ("tasks": ids)."""
        if "day" in subject:
            self._show(_MONTH)
            self.month.show_day(subject["day"])
            self.month.setFocus()
            return
        units = subject.get("reminders", ())
        if "tasks" in subject:
            with self.desk.reading() as session:
                units = set(session.scalars(select(Task.unit_id).where(Task.id.in_(subject["tasks"]))))
        self._show(_REMINDERS)
        self.reminders.show_units(units)
        self.reminders.setFocus()

    @Slot(object)
    def _on_tab(self, key: str) -> None:
        self._show(key)
        self._parts[key].refresh()
        self._parts[key].setFocus()

    @Slot()
    def _on_key(self) -> None:
        self._on_tab(self.sender().data())  # type: ignore[attr-defined]

    def _show(self, key: str) -> None:
        self.tabs.select(key)
        self._stack.setCurrentWidget(self._parts[key])
        self.setFocusProxy(self._parts[key])
