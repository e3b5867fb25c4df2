"""The checklist: every task, filtered and sorted, with the form beside the list."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.acts import Act
from db.journal import Changes
from huajie_desktop.declared.life import REVIEW
from huajie_desktop.receiving.typed import TypedTable
from huajie_desktop.records import entry
from huajie_desktop.work import review
from huajie_desktop.work.checklist import TaskFilter
from huajie_desktop.work.task_ledger import TASKS
from ui.desk import dossier, unlocking
from ui.desk.desk import Desk
from ui.desk.exporting import export_shown
from ui.desk.page import Page
from ui.forms.card import RecordCard
from ui.pages.checklist.bulk_change import BulkChange
from ui.pages.checklist.task_beside import TaskBeside
from ui.pages.checklist.task_form import TaskForm
from ui.pages.checklist.task_list import TaskList
from ui.pages.checklist.typed_entry import GridEntry
from ui.widgets.dialogs import ask_words

_SUBMIT, _WITHDRAW, _RETURN = (REVIEW.of(verb)[0] for verb in (Act.SUBMIT, Act.WITHDRAW, Act.RETURN))
_ENTRY = "entry"  # what is typed as a table survives the page under this key
_CONCERNED = {
    "tasks", "responsibilities", "milestones", "units", "categories", "people", "cooperations", "further_categories",
    "quantities", "funding", "occurrences", "attachments", "list_kinds", "task_forces", "queries",
}  # fmt: skip


class ChecklistPage(Page):
    """List and form of all tasks."""

    TITLE = "任务清单"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._make_actions()
        self.list = TaskList(desk, self, self.new)
        self.tabs, self.filters, self.table = self.list.tabs, self.list.filters, self.list.table
        self.list.chosen.connect(self._on_chosen)
        self.table.set_menu([self.new, self.submit, self.withdraw, self.send_back, self.unlock, self.delete])
        self._splitter = TaskBeside(desk, self.list)
        self._listing = QWidget()
        column = QVBoxLayout(self._listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.list.above)
        column.addWidget(self._splitter, 1)
        self.body.addWidget(self._listing, 1)
        self.setFocusProxy(self.table)
        self.entry: GridEntry | None = None
        self._instead: QWidget | None = None  # what is shown in place of the list
        self._resting: list[QAction] = []  # the list's actions meanwhile
        if len(desk.kept.get(_ENTRY, ())):  # the page was built anew
            self._on_grid()
        self._on_chosen()

    def _make_actions(self) -> None:
        self.delete = self.add_action(
            "删除", self._on_delete, picture="delete", keys="Ctrl+D", tip="删除选中的任务，可以撤销", button="plain"
        )
        self.send_back = self.add_action(
            _RETURN.word, self._on_send_back, picture="return", keys="Ctrl+R", tip=_RETURN.tip, button="plain"
        )
        self.withdraw = self.add_action(
            _WITHDRAW.word, self._on_withdraw, picture="undo", keys="Ctrl+B", tip=_WITHDRAW.tip.format(noun="任务")
        )
        self.unlock = self.add_action(unlocking.WORD, self._on_unlock, keys=unlocking.KEYS, tip=unlocking.TIP)
        self.bulk = self.add_action(
            "批量修改",
            self._on_bulk,
            picture="edit",
            keys="Ctrl+Shift+B",
            tip="一次改多项任务的同一个内容，先看改动再保存",
            button="plain",
        )
        self.export = self.add_action(
            "导出", self._on_export, picture="export", keys="Ctrl+E", tip="把列出的任务按现在的列导出为表格", button="plain"
        )
        self.papers = self.add_action(
            "制作文书", self._on_papers, picture="pledge", keys="Ctrl+Shift+Y", tip="为选中的任务做通知单、延期或销号申请表"
        )
        self.dossier = self.add_action(dossier.WORD, self._on_dossier, picture="report", keys=dossier.KEYS, tip=dossier.TIP)
        self.submit = self.add_action(
            _SUBMIT.word, self._on_submit, picture="submit", keys="Ctrl+T", tip=_SUBMIT.tip.format(noun="任务"), button=""
        )
        self.grid = self.add_action(
            "表格录入", self._on_grid, picture="list", keys="Ctrl+Shift+N", tip="像电子表格一样录入或粘贴许多任务", button=""
        )
        self.new = self.add_action(
            "新增任务", self._on_new, picture="plus", keys="Ctrl+N", tip="录入一项新任务", button="primary"
        )

    # filling

    def refresh(self, changes: Changes | None) -> None:
        """Reads the list anew, and the form unless something is being typed there."""
        if changes is not None and not _CONCERNED & changes.touched.keys():
            return
        if self.entry is not None:
            self.entry.refresh()
        self.list.load()
        self._splitter.refresh()

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        """Shows a search ("text"), a state ("state"), a key of DUE_FILTERS ("due"), a task ("id") or a new one ("new").

        What is typed as a table waits.
        """
        self._show_list()
        if subject.get("new"):
            self._on_new()
            return
        if not self._splitter.may_leave():
            return
        self.list.show_wanted(TaskFilter(subject.get("text", ""), state=subject.get("state"), due=subject.get("due")))
        if "id" in subject and self.table.go_to(subject["id"]):
            self._splitter.open_task(subject["id"])
        self.table.setFocus()

    def may_leave(self) -> bool:
        """Asks if something typed would be lost."""
        return self._splitter.leave()

    def may_close(self) -> bool:
        """Asks if something typed as a table would be lost."""
        return self.entry is None or self.entry.may_leave()

    @property
    def card(self) -> RecordCard:
        """The card beside the list."""
        return self._splitter.card

    @property
    def form(self) -> TaskForm:
        """The form in the card."""
        return self._splitter.form

    @Slot()
    def _on_new(self) -> None:
        self._splitter.open_new()

    # what is shown in place of the list

    @Slot()
    def _on_grid(self) -> None:
        if self.may_leave():
            if self.entry is None:
                table = self.desk.kept.setdefault(_ENTRY, TypedTable(self.desk.seat))
                self.entry = GridEntry(self.desk, table)
                self.entry.left.connect(self._show_list)
            self._show_instead(self.entry)

    @Slot()
    def _on_bulk(self) -> None:
        if self.may_leave():
            change = BulkChange(self.desk, TASKS, self.table.selected_ids(), self.table.ids)
            change.left.connect(self._show_list)
            self._show_instead(change)

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
        selected = self.table.selected_ids()
        for action in (self.submit, self.withdraw, self.send_back, self.unlock, self.delete):
            action.setEnabled(bool(selected))
        self.bulk.setEnabled(bool(self.table.count))

    @Slot()
    def _on_export(self) -> None:
        export_shown(self.desk, self, TASKS, self.list.ids, self.list.columns.keys)

    @Slot()
    def _on_papers(self) -> None:
        if ids := self.table.selected_ids():
            self.desk.visit("papers", {"kind": "notice", "ids": ids})

    @Slot()
    def _on_dossier(self) -> None:
        ids = self.table.selected_ids()
        name = self.form.heading.text() if len(ids) == 1 and self.form.task_id == ids[0] else f"任务 {len(ids)} 项"
        dossier.save_dossiers(self.desk, self, ids, name)

    @Slot()
    def _on_submit(self) -> None:
        ids = self.table.selected_ids()
        self.desk.do_many(f"{_SUBMIT.called} {len(ids)} 项", review.submit, ids)

    @Slot()
    def _on_withdraw(self) -> None:
        ids = self.table.selected_ids()
        self.desk.do_many(f"{_WITHDRAW.called} {len(ids)} 项", review.withdraw, ids)

    @Slot()
    def _on_send_back(self) -> None:
        ids = self.table.selected_ids()
        reason = ask_words(self, f"{_RETURN.word} {len(ids)} 项", _RETURN.asks, _RETURN.word)
        if reason is not None:
            self.desk.do_many(f"{_RETURN.word} {len(ids)} 项", review.send_back, ids, reason)

    @Slot()
    def _on_unlock(self) -> None:
        unlocking.unlock(self.desk, self, self.table.selected_ids(), TASKS)

    @Slot()
    def _on_delete(self) -> None:
        ids = self.table.selected_ids()
        self._splitter.close_if_open(ids)
        self.desk.do_many(f"删除 {len(ids)} 项", entry.delete, ids, TASKS)
