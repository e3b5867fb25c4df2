"""A record copied into a new one, and patterns: contents kept under a name, from which new records are begun."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.named_habits import NamedHabits
from huajie_desktop.records.entry import texts_of, to_copy
from ui.desk.desk import Desk
from ui.lists.kept_names import KeptUnderNames
from ui.widgets.buttons import WINDOW, ActionButton, add_action
from ui.widgets.choice import Choice
from ui.widgets.filters import ChoiceList

if TYPE_CHECKING:
    from ui.lists.record_list import RecordList


class Patterns(QObject):
    """What new records of a list can begin with, beside nothing."""

    def __init__(self, desk: Desk, ledger: Ledger, listing: "RecordList") -> None:
        super().__init__(listing)
        self._desk, self._ledger, self._listing = desk, ledger, listing
        self._shelf = NamedHabits(f"patterns/{ledger.key}", "样式")
        self._kept: Mapping[str, Mapping[str, str]] = {}
        self._named: list[QAction] = []  # one for each, for the search
        add = partial(add_action, listing, context=WINDOW)
        copied = f"照选中的这一条{ledger.noun}新填一条；编号、审核情况和附件不照抄"
        self.copy = add("复制这条", "Ctrl+Shift+D", "copy", copied, self._on_copy)
        kept = "把这一条的内容起个名称存下来，以后按它新增；改名、删除也在这里"
        self.keep = add("存为样式", "Ctrl+Alt+D", "", kept, self._on_keep)
        self.begin = add("按样式新增", "Ctrl+Alt+N", "plus", "从存好的样式里选一个，照它新填一条", self._on_begin)
        self.button = ActionButton(self.begin, "plain")
        self._list = ChoiceList(self.button, "样式")
        self._list.chosen.connect(self._on_chosen)
        self.begin.setVisible(False)

    def load(self) -> None:
        """Reads what there is."""
        with self._desk.reading() as session:
            kept = self._shelf.own(session)
        if kept == self._kept:
            return
        for action in self._named:
            self._listing.removeAction(action)
            action.deleteLater()
        self._kept = kept
        self._named = [self._action_of(name) for name in kept]
        self.begin.setVisible(bool(kept))

    def _action_of(self, name: str) -> QAction:
        made = add_action(self._listing, f"新增：{name}", "", "plus", f"按样式“{name}”新填一条", self._on_named)
        made.setData(name)
        return made

    def _begin(self, name: str) -> None:
        texts = {key: text for key, text in self._kept[name].items() if key in self._ledger.form_fields}
        self._listing.beside.open_filled(texts, f"照样式“{name}”填好的，请改好再保存")

    def _content(self, typed: Mapping[str, str] | None, record_id: int | None) -> dict[str, str]:
        """What stands in the form, else what the record says, without what belongs to that one record alone."""
        if typed is None and record_id is not None:
            with self._desk.reading() as session:
                typed = texts_of(session, self._ledger, record_id)
        return to_copy(self._ledger, typed or {})

    @Slot()
    def _on_copy(self) -> None:
        record_id = self._listing.table.current_id()
        if record_id is None:
            self._desk.say("info", f"请先选中要复制的{self._ledger.noun}。")
            return
        texts = self._content(None, record_id)
        name = texts.get(self._ledger.name, "")[:20]
        self._listing.beside.open_filled(texts, f"照“{name}”填好的，请改好再保存")

    @Slot()
    def _on_keep(self) -> None:
        texts = self._content(self._listing.beside.texts, self._listing.table.current_id())
        if not texts:
            self._desk.say("info", f"请先选中或填好一条{self._ledger.noun}，再存为样式。")
            return
        dialog = KeptUnderNames(self._listing, self._desk, self._shelf, texts, "样式", "这一条的内容", "路灯安装")
        dialog.exec()
        dialog.deleteLater()
        self.load()

    @Slot()
    def _on_begin(self) -> None:
        self._list.open_at([Choice(name, name) for name in self._kept], None)

    @Slot(object)
    def _on_chosen(self, name: str) -> None:
        self._begin(name)

    @Slot()
    def _on_named(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._begin(action.data())
