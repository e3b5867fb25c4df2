"""The checklist: every task, filtered and sorted, with the form beside the list."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from db.choices import STATES
from db.journal import Changes
from huajie_desktop import checklist, entry, review
from huajie_desktop.lines import TaskLine
from huajie_desktop.registers import TASKS
from ui.desk import Desk
from ui.page import Page
from ui.pages.task_filters import TaskFilters
from ui.pages.task_form import CARRIED, TaskForm
from ui.tables import ListTable
from ui.theme import scaled
from ui.widgets.dialogs import ask_words
from ui.widgets.filters import Tabs

BESIDE = 1040  # px of the page from which list and form stand side by side (1200 px of window)
_ROOM = 400  # px at 100 % high, below which the form stands in place of the list
_SPARE = ("responsible", "investment", "category", "number")
_CONCERNED = {"tasks", "responsibilities", "milestones", "units", "categories", "people"}


def task_cell(line: TaskLine, key: str) -> str:
    """One cell of a list of tasks."""
    if key == "due":
        return line.due_words
    if key == "state":
        return line.state_word
    value = getattr(line, key)
    return "" if value is None else f"{value:f}" if key == "investment" else str(value)


class ChecklistPage(Page):
    """List and form of all tasks."""

    TITLE = "任务清单"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._sort = ("position", False)
        self._make_actions()
        self.tabs = Tabs({None: "全部", **STATES})
        self.tabs.chosen.connect(self._on_tab)
        self.filters = TaskFilters(desk, self)
        self.filters.changed.connect(self._reload)
        self.table = ListTable("tasks", checklist.TASK_COLUMNS, self._fetch, task_cell, desk.preferences, spare=_SPARE)
        self.table.set_menu([self.new, self.submit, self.withdraw, self.send_back, self.delete])
        self.table.moved.connect(self._on_moved)
        self.table.opened.connect(self._on_opened)
        self.table.chosen.connect(self._on_chosen)
        self.table.sorted.connect(self._on_sorted)
        self.form = TaskForm(desk)
        self.form.saved.connect(self._on_saved)
        self.form.left.connect(self._on_left)
        self.form.hide()
        self._splitter = QSplitter()
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(self.form)
        self._splitter.setStretchFactor(0, 1)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.filters)
        self.body.addWidget(self._splitter, 1)
        self.setFocusProxy(self.table)
        self._on_chosen()

    def _make_actions(self) -> None:
        self.delete = self.add_action(
            "删除", self._on_delete, picture="delete", keys="Ctrl+D", tip="删除选中的任务，可以撤销", button="plain"
        )
        self.send_back = self.add_action(
            "退回", self._on_send_back, picture="return", keys="Ctrl+R", tip="写明原因，退回修改", button="plain"
        )
        self.withdraw = self.add_action("撤回", self._on_withdraw, picture="undo", keys="Ctrl+B", tip="把待审核的任务撤回为草稿")
        self.submit = self.add_action(
            "提交审核", self._on_submit, picture="submit", keys="Ctrl+T", tip="把选中的任务交去审核", button=""
        )
        self.new = self.add_action(
            "新增任务", self._on_new, picture="plus", keys="Ctrl+N", tip="录入一项新任务", button="primary"
        )

    # filling

    def refresh(self, changes: Changes | None) -> None:
        """Reads the list anew, and the form unless something is being typed there."""
        if changes is not None and not _CONCERNED & changes.touched.keys():
            return
        self.filters.load_choices()
        self.form.load_choices()
        self._reload()
        if self.form.task_id and not self._exists(self.form.task_id):
            self.form.lose_task()
        elif self.form.task_id and not self.form.changed:
            self.form.open_task(self.form.task_id)

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        """Shows a search ("text"), a state ("state"), a task ("id") or a new one ("new")."""
        if subject.get("new"):
            self._on_new()
            return
        if not self.form.may_leave():
            return
        state = subject.get("state")
        self.tabs.select(state)
        self.filters.set_wanted(checklist.TaskFilter(text=subject.get("text", ""), state=state))
        if "id" in subject and self.table.go_to(subject["id"]):
            self._show_task(subject["id"])
        self.table.setFocus()

    def may_leave(self) -> bool:
        """Asks if something typed would be lost."""
        if not self.form.may_leave():
            return False
        if self.form.changed:
            self._on_left()
        return True

    def _fetch(self, ids: Any) -> list[TaskLine]:
        with self.desk.reading() as session:
            return checklist.task_lines(session, ids)

    def _exists(self, task_id: int) -> bool:
        return bool(self._fetch([task_id]))

    @Slot()
    def _reload(self) -> None:
        wanted, today = self.filters.wanted, self.desk.today
        sort, descending = self._sort
        with self.desk.reading() as session:
            ids = checklist.task_ids(session, wanted, sort, descending, today=today)
            counts = checklist.state_counts(session, wanted, today=today)
        self.tabs.show_counts({None: counts["all"], **counts})
        if self.filters.narrowed or self.tabs.key:
            self.table.empty.say("没有符合条件的任务", "换一个条件，或者清除条件看全部。", self.filters.clear_action, "search")
        else:
            self.table.empty.say("清单还是空的", "先导入各村报来的表格，或者自己录入第一项任务。", self.new)
        self.table.show_ids(ids)

    # the form beside the list

    def _show_task(self, task_id: int) -> None:
        self.form.open_task(task_id)
        self._show_form()

    def _show_form(self) -> None:
        if self.form.isHidden():
            self.form.show()
            self._lay_out()

    def _lay_out(self) -> None:
        beside = self.width() >= scaled(BESIDE)
        self._splitter.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        self._splitter.insertWidget(1 if beside else 0, self.form)
        length = self._splitter.width() if beside else self._splitter.height()
        self.table.setVisible(beside or length >= scaled(_ROOM))
        form = min(scaled(460), length // 2) if beside else length * 3 // 5
        self._splitter.setSizes([length - form, form] if beside else [form, length - form])

    @Slot(object)
    def _on_moved(self, task_id: int | None) -> None:
        if self.form.isHidden() or task_id is None or task_id == self.form.task_id:
            return
        if self.form.may_leave():
            self._show_task(task_id)
        elif self.form.task_id:
            self.table.go_to(self.form.task_id)

    @Slot(object)
    def _on_opened(self, task_id: int) -> None:
        if task_id == self.form.task_id or self.form.may_leave():
            if task_id != self.form.task_id:
                self._show_task(task_id)
            self.form.focus()

    @Slot()
    def _on_new(self) -> None:
        if self.form.may_leave():
            self._show_form()
            texts = self.form.texts() if self.form.task_id is not None else {}
            self.form.open_new({key: texts.get(key, "") for key in CARRIED})

    @Slot(object)
    def _on_saved(self, task_id: int) -> None:
        self.table.go_to(task_id)

    @Slot()
    def _on_left(self) -> None:
        self.form.task_id = None
        self.form.hide()
        self.table.show()
        self.table.setFocus()

    # the list

    @Slot(object)
    def _on_tab(self, state: str | None) -> None:
        self.filters.set_wanted(replace(self.filters.wanted, state=state))

    @Slot(str, bool)
    def _on_sorted(self, key: str, descending: bool) -> None:
        self._sort = (key, descending)
        self._reload()

    @Slot()
    def _on_chosen(self) -> None:
        selected = self.table.selected_ids()
        self.filters.show_hits(len(self.table.model.ids), len(selected))
        for action in (self.submit, self.withdraw, self.send_back, self.delete):
            action.setEnabled(bool(selected))

    @Slot()
    def _on_submit(self) -> None:
        ids = self.table.selected_ids()
        self.desk.do_many(f"提交 {len(ids)} 项", review.submit, ids)

    @Slot()
    def _on_withdraw(self) -> None:
        ids = self.table.selected_ids()
        self.desk.do_many(f"撤回 {len(ids)} 项", review.withdraw, ids)

    @Slot()
    def _on_send_back(self) -> None:
        ids = self.table.selected_ids()
        reason = ask_words(self, f"退回 {len(ids)} 项", "写明退回的原因，录入的人会看到。", "退回")
        if reason is not None:
            self.desk.do_many(f"退回 {len(ids)} 项", review.send_back, ids, reason)

    @Slot()
    def _on_delete(self) -> None:
        if self.form.task_id in (ids := self.table.selected_ids()):
            self._on_left()
        self.desk.do_many(f"删除 {len(ids)} 项", entry.delete, ids, TASKS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.form.isHidden():
            self._lay_out()
