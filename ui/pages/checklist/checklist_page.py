"""The checklist: every task, filtered and sorted, with the form beside the list."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from db.acts import Act
from db.journal import Changes
from huajie_desktop.records.entry import texts_of
from huajie_desktop.work.task_ledger import TASKS
from ui.desk import dossier
from ui.desk.desk import Desk
from ui.desk.exporting import export_shown
from ui.desk.page import Page
from ui.forms.card import RecordCard
from ui.forms.give_dialog import ask_and_give
from ui.forms.kept_form import KeptForm
from ui.lists.chosen_actions import ChosenActions
from ui.lists.record_list import RecordList
from ui.pages.checklist.bulk_change import BulkChange
from ui.pages.checklist.issuing_notices import issue_notices
from ui.pages.checklist.task_list import task_list
from ui.typed.typed_entry import GridEntry
from ui.typed.typed_kept import typed_table
from ui.widgets.building import FLUSH, put, upright

_CONCERNED = {
    "tasks", "responsibilities", "milestones", "units", "categories", "people", "cooperations", "further_categories",
    "quantities", "funding", "occurrences", "attachments", "list_kinds", "task_forces", "queries", "doubts",
    "follow_ups", "progress", "extensions", "task_steps", "light_rules",
}  # fmt: skip


class ChecklistPage(Page):
    """List and form of all tasks."""

    TITLE = "任务清单"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._asked = next(ledger for ledger in desk.catalogue.values() if ledger.asked)
        self._make_actions()
        self.list = task_list(desk, self, self.new)
        self.tabs, self.filters, self.table = self.list.tabs, self.list.filters, self.list.table
        self.list.chosen.connect(self._on_chosen)
        review = (self.submit, self.withdraw, self.send_back, self.unlock, self.check, self.ask)
        self.table.set_menu([self.new, *review, *self.moves, self.delete])
        self._listing = QWidget()
        put(upright(self._listing, FLUSH, 8), self.list.above, (self.list, 1))
        self.body.addWidget(self._listing, 1)
        self.setFocusProxy(self.table)
        self.entry: GridEntry | None = None
        self._instead: QWidget | None = None  # what is shown in place of the list
        self._resting: list[QAction] = []  # the list's actions meanwhile
        self._on_chosen()

    def _make_actions(self) -> None:
        self._actions = ChosenActions(self, "任务", self._shown)
        self.delete, self.send_back = self._actions.add("delete"), self._actions.add(Act.RETURN)
        self.withdraw, self.unlock = self._actions.add(Act.WITHDRAW), self._actions.add(Act.UNLOCK)
        self.check = self._actions.add("check")
        self.bulk = self.add_action(
            "批量修改", "Ctrl+Shift+B", "edit", "一次改多项任务的同一个内容，先看改动再保存", self._on_bulk, "plain"
        )
        self.export = self.add_action("导出", "Ctrl+E", "export", "把列出的任务按现在的列导出为表格", self._on_export, "plain")
        self.papers = self.add_action(
            "制作文书", "Ctrl+Shift+Y", "pledge", "为选中的任务做通知单、延期或销号申请表", self._on_papers
        )
        self.ask = self.add_action(self._asked.asked, "Alt+Y", "", "为选中的一项任务填写申请，到期之前提出", self._on_ask)
        tip = "给选中的任务各发一份督查单，要求只写一次"
        self.supervise = self.add_action("发督查单…", "Ctrl+Shift+I", "submit", tip, self._on_supervise, "plain")
        self.dossier = self.add_action(dossier.WORD, dossier.KEYS, "report", dossier.TIP, self._on_dossier)
        tip = "看选中任务的责任单位欠办什么，做催办单或复制文字"
        self.remind = self.add_action("催办", "Ctrl+Alt+U", "", tip, self._on_remind)
        tip = "上级布置的一件事，一次交给全部或选定的单位，每个单位各建一项"
        self.give = self.add_action("统一交办", "Ctrl+Shift+0", "submit", tip, self._on_give, "plain")
        self.submit = self._actions.add(Act.SUBMIT)
        self.moves = self._actions.add_moves([TASKS])
        self.grid = self.add_action("表格录入", "Ctrl+Shift+N", "list", "像电子表格一样录入或粘贴许多任务", self._on_grid, "")
        self.new = self.add_action("新增任务", "Ctrl+N", "plus", "录入一项新任务", self._on_new, "primary")

    def _shown(self) -> RecordList:
        return self.list

    # filling

    def refresh(self, changes: Changes | None) -> None:
        """Reads the list anew, and the form unless something is being typed there."""
        if changes is not None and not _CONCERNED & changes.touched.keys():
            return
        if self.entry is not None:
            self.entry.refresh(changes)
        self.list.load()

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        """Shows a search ("text"), a state ("state"), a key of DUE_FILTERS ("due"), a task ("id") or a new one ("new"),
        those of a unit or category by its id ("unit", "category").

        What is typed as a table waits, unless it is asked for ("grid").
        """
        if subject.get("grid"):
            self._on_grid()
            return
        self._show_list()
        self.list.show_subject(subject)

    def may_leave(self) -> bool:
        """Asks if something typed would be lost."""
        return self.list.beside.leave()

    def may_close(self) -> bool:
        """Asks if something typed as a table would be lost."""
        return self.entry is None or self.entry.give_up()

    @property
    def card(self) -> RecordCard:
        """The card beside the list."""
        return self.list.card

    @property
    def form(self) -> KeptForm:
        """The form in the card."""
        return self.list.form

    @Slot()
    def _on_new(self) -> None:
        self.list.beside.open_new()

    # what is shown in place of the list

    @Slot()
    def _on_grid(self) -> None:
        if self.may_leave():
            if self.entry is None:
                self.entry = GridEntry(self.desk, typed_table(self.desk))
                self.entry.left.connect(self._show_list)
            self._show_instead(self.entry)
            self.entry.go_on()

    @Slot()
    def _on_bulk(self) -> None:
        if self.may_leave():
            change = BulkChange(self.desk, TASKS, self.table.selected_ids(), self.table.ids)
            change.left.connect(self._show_list)
            self._show_instead(change)
            column = self.table.view.currentIndex().column()
            change.begin(self.table.model.columns[column].key if column >= 0 else "")

    def _show_instead(self, widget: QWidget) -> None:
        self._show_list()
        self._resting = [action for action in self.actions() if action.isVisible()]
        for action in self._resting:
            action.setVisible(False)
        self._listing.hide()
        self._instead = widget
        self.title.setText(widget.accessibleName())
        self.body.addWidget(widget, 1)
        widget.show()
        self.setFocusProxy(widget)
        widget.setFocus()

    @Slot()
    def _show_list(self) -> None:
        for action in self._resting:
            action.setVisible(True)
        if self._instead is not None:
            self._instead.hide()
            self.body.removeWidget(self._instead)
            if self._instead is not self.entry:
                self._instead.deleteLater()
        self._instead, self._resting = None, []
        self.title.setText(self.TITLE)
        self._listing.show()
        self.setFocusProxy(self.table)
        self.table.setFocus()

    # the list

    @Slot()
    def _on_chosen(self) -> None:
        self._actions.enable(self.table.selected_ids())
        self.ask.setEnabled(self.table.current_id() is not None)
        self.bulk.setEnabled(bool(self.table.count))

    @Slot()
    def _on_export(self) -> None:
        export_shown(self.desk, self, TASKS, self.table.ids, self.list.columns.keys)

    @Slot()
    def _on_give(self) -> None:
        if self.may_leave() and ask_and_give(self, self.desk) is not None:
            self.list.gather("demand")

    @Slot()
    def _on_ask(self) -> None:
        """Begins what is asked for of the task with the cursor: unit and name as it has them."""
        task_id = self.table.current_id()
        if task_id is None or not self.may_leave():
            return
        with self.desk.reading() as session:
            said = texts_of(session, TASKS, task_id)
        texts = {key: said[key] for key in (str(self._asked.place), self._asked.name)}
        self.desk.visit("ledgers", {"ledger": self._asked.key, "new": True, "texts": texts})

    @Slot()
    def _on_papers(self) -> None:
        if ids := self.table.selected_ids():
            self.desk.visit("papers", {"kind": "notice", "ids": ids})

    @Slot()
    def _on_supervise(self) -> None:
        if ids := self.table.selected_ids():
            issue_notices(self, self.desk, ids)

    @Slot()
    def _on_remind(self) -> None:
        self.desk.visit("agenda", {"tasks": self.table.selected_ids()})

    @Slot()
    def _on_dossier(self) -> None:
        ids = self.table.selected_ids()
        name = self.form.heading.text() if len(ids) == 1 and self.form.record_id == ids[0] else f"任务 {len(ids)} 项"
        dossier.save_dossiers(self.desk, self, ids, name)
