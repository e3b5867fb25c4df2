"""Review: what waits for approval, each record in full beside the list."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSplitter, QWidget

from db.journal import Changes
from db.models import Task
from huajie_desktop import checklist, review, tasks
from huajie_desktop.lines import TaskLine
from huajie_desktop.registers import TASKS
from ui.desk import Desk
from ui.page import Page
from ui.pages.checklist import task_cell
from ui.pages.task_filters import TaskFilters
from ui.pages.task_form import task_note
from ui.tables import ListTable
from ui.theme import scaled
from ui.widgets.dialogs import ask_words
from ui.widgets.record import RecordView

_COLUMNS = tuple(column for column in checklist.TASK_COLUMNS if column.key in ("title", "category", "unit", "due"))


class ReviewPage(Page):
    """Approves or returns one, many or all."""

    TITLE = "审核"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._sort = ("position", False)
        self._make_actions()
        self.filters = TaskFilters(desk, self)
        self.filters.changed.connect(self._reload)
        self.table = ListTable("review", _COLUMNS, self._fetch, task_cell, desk.preferences, spare=("category",))
        self.table.set_menu([self.approve, self.send_back, self.select_all])
        self.table.moved.connect(self._on_moved)
        self.table.chosen.connect(self._on_chosen)
        self.table.sorted.connect(self._on_sorted)
        self.record = RecordView(TASKS.groups, TASKS.form_fields)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(self.record)
        splitter.setStretchFactor(0, 1)
        self.record.setMinimumWidth(scaled(320))
        splitter.setSizes([scaled(760), scaled(420)])
        self.body.addWidget(self.filters)
        self.body.addWidget(splitter, 1)
        self.setFocusProxy(self.table)

    def _make_actions(self) -> None:
        self.select_all = self.add_action(
            "全选", self._on_select_all, picture="review", keys="Ctrl+Shift+A", tip="选中列出的全部任务", button="plain"
        )
        self.send_back = self.add_action(
            "退回", self._on_send_back, picture="return", keys="Ctrl+R", tip="写明原因，退回修改", button=""
        )
        self.approve = self.add_action(
            "通过", self._on_approve, picture="done", keys="Ctrl+Return", tip="确认选中的任务并编号", button="primary"
        )

    def refresh(self, _changes: Changes | None) -> None:
        """Reads the waiting tasks anew."""
        self.filters.load_choices()
        self._reload()

    def _fetch(self, ids: Any) -> list[TaskLine]:
        with self.desk.reading() as session:
            return checklist.task_lines(session, ids)

    @Slot()
    def _reload(self) -> None:
        sort, descending = self._sort
        wanted = checklist.TaskFilter(**{**self.filters.wanted.__dict__, "state": "submitted"})
        row = self.table.view.currentIndex().row()
        with self.desk.reading() as session:
            ids = checklist.task_ids(session, wanted, sort, descending, today=self.desk.today)
        if self.filters.narrowed:
            self.table.empty.say("没有符合条件的任务", "换一个条件，或者清除条件。", self.filters.clear_action, "search")
        else:
            self.table.empty.say("没有等待审核的任务", "清单里提交、或从表格导入的任务会出现在这里。", picture="review")
        self.table.show_ids(ids)
        if ids and self.table.current_id() is None:
            self.table.view.selectRow(min(max(row, 0), len(ids) - 1))
        self._on_moved(self.table.current_id())
        self._on_chosen()

    @Slot(object)
    def _on_moved(self, task_id: int | None) -> None:
        with self.desk.reading() as session:
            task = None if task_id is None else session.get(Task, task_id)
            if task is None:
                self.record.clear("选中一项任务，这里显示它的全部内容。")
            else:
                note = task_note(task.state, task.number, task.return_reason)
                self.record.show_record(task.title, note, tasks.form_texts(session, task.id))

    @Slot(str, bool)
    def _on_sorted(self, key: str, descending: bool) -> None:
        self._sort = (key, descending)
        self._reload()

    @Slot()
    def _on_chosen(self) -> None:
        selected = self.table.selected_ids()
        self.filters.show_hits(len(self.table.model.ids), len(selected))
        self.approve.setText(f"通过 {len(selected)} 项" if len(selected) > 1 else "通过")
        for action in (self.approve, self.send_back):
            action.setEnabled(bool(selected))

    @Slot()
    def _on_select_all(self) -> None:
        self.table.view.selectAll()
        self.table.setFocus()

    @Slot()
    def _on_approve(self) -> None:
        ids = self.table.selected_ids()
        done = f"已通过 {len(ids)} 项，已编号。可以到“承诺书”打印。"
        self.desk.do_many(f"审核通过 {len(ids)} 项", review.approve, ids, done=done)

    @Slot()
    def _on_send_back(self) -> None:
        ids = self.table.selected_ids()
        reason = ask_words(self, f"退回 {len(ids)} 项", "写明退回的原因，录入的人会看到。", "退回")
        if reason is not None:
            self.desk.do_many(f"退回 {len(ids)} 项", review.send_back, ids, reason)
