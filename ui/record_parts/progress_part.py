"""How a task goes on: its course as a curve and in words, its milestones ticked off, what is counted, months not reported."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QWidget

from db.fields import fields_of
from db.models import Milestone, Task
from db.part_kinds import MilestonePart
from db.reports import Report
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import FieldErrors
from huajie_desktop.supervision.course import Course, course_of
from huajie_desktop.values.brought import of_planned
from huajie_desktop.work import attachments, ticking
from ui.desk.desk import Desk
from ui.forms.editors import make_editor
from ui.forms.form_body import FieldBox
from ui.lists.lines import LineColumn, LinesTable
from ui.theme import scaled
from ui.widgets.building import FLUSH, flowing, make_label, put, upright
from ui.widgets.buttons import ActionButton, add_action
from ui.widgets.curve import Curve, Line


class _MilestoneLine(NamedTuple):
    id: int
    due: date | None
    text: str
    evidence: str
    reached_on: date | None
    given: str
    late: bool


def _state(line: _MilestoneLine) -> tuple[str, str]:
    return ("完成", "green") if line.reached_on else ("逾期", "red") if line.late else ("未到期", "grey")


_COLUMNS = (
    LineColumn("due", "节点时间", 110),
    LineColumn("text", "节点要求", 140),
    LineColumn("state", "情况", 90, word=lambda line: _state(line)[0], tint=lambda line: _state(line)[1]),
    LineColumn("reached_on", "完成日期", 110),
    LineColumn("evidence", "要的佐证", 110),
    LineColumn("given", "已交佐证", 110),
)


class ProgressPart(QWidget):
    """The course of a task above, its milestones below; Ctrl+Enter ticks the chosen off, F7 takes that back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ledger: Ledger | None = None
        self._task_id: int | None = None
        self.done = add_action(self, "完成", "Ctrl+Return", "done", "选中的节点记为完成；空着的日期是今天", self._on_done)
        self.undone = add_action(self, "改为未完成", "F7", "undo", "选中的节点改回未完成", self._on_undone)
        self.prove = add_action(self, "添加佐证", "F6", "attach", "给这个节点添加照片或文件", self._on_prove)
        self.table = LinesTable(
            "milestones", _COLUMNS, desk.preferences, stretch="text", spare=("evidence", "given", "due"), many=True
        )
        self.table.set_menu([self.done, self.undone, self.prove])
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self.table.empty.say(
            "没有时间节点", "在“内容”的“时间节点”里填写，每行一个，如 6月底 完成招标 佐证：中标通知书。", None, "calendar"
        )
        self.curve = Curve()
        self._words, self._late = make_label(wrap=True), make_label(name="doubt", wrap=True)
        self._months = make_label(name="quiet", wrap=True)
        self._make_boxes()
        self._arrange()
        self.setFocusProxy(self.table)

    def _make_boxes(self) -> None:
        milestone, brought = fields_of(Milestone), Report.FIELDS["brought"]
        declared = {"reached_on": milestone["reached_on"], "given": milestone["given"], "brought": brought}
        self.boxes = {key: FieldBox(field, make_editor(field, {}, self._desk)) for key, field in declared.items()}
        for key, slot in (("reached_on", self._on_day_typed), ("given", self._on_done)):
            editor = self.boxes[key].editor
            assert isinstance(editor, QLineEdit)
            editor.returnPressed.connect(slot)
        day = self.boxes["reached_on"].editor
        assert isinstance(day, QLineEdit)
        day.setPlaceholderText("空着是今天")
        self.count = add_action(self, "登记数量", "F9", "edit", "把上面写的完成数量登记到任务", self._on_count)
        self._quantities = make_label(wrap=True)

    def _arrange(self) -> None:
        fields, self._below, self._counted = QGridLayout(), QWidget(), QWidget()
        fields.setHorizontalSpacing(scaled(16))
        fields.addWidget(self.boxes["reached_on"], 0, 0)
        fields.addWidget(self.boxes["given"], 0, 1)
        fields.setColumnStretch(1, 1)
        buttons = flowing(spacing=8)
        put(buttons, ActionButton(self.done, "strong"), ActionButton(self.undone, "plain"), ActionButton(self.prove, "plain"), 1)
        put(upright(self._below, FLUSH, 8), fields, buttons)
        line = flowing(spacing=8)
        put(line, ActionButton(self.count, "plain"), 1)
        put(upright(self._counted, FLUSH, 8), self._quantities, self.boxes["brought"], line)
        column = upright(self, (20, 12, 20, 12), 8)
        put(column, self._words, self._late, self.curve, self._months, (self.table, 1), self._below, self._counted)

    def show_record(self, ledger: Ledger, record_id: int | None) -> None:
        """Reads the course and the milestones of a task anew."""
        another = record_id != self._task_id
        self._ledger, self._task_id = ledger, record_id
        if record_id is None:
            self.table.show_lines([])
            return
        with self._desk.reading() as session:
            course = course_of(session, record_id, self._desk.today)
            task = session.get_one(ledger.model, record_id)
            marks = [
                _MilestoneLine(one.id, one.due, one.text, one.evidence or "", one.reached_on, one.given or "", self._is_late(one))
                for one in ticking.milestones_of(ledger, task)
            ]
            counted = [
                f"{one.name} {of_planned(one.done or Decimal(0), one.amount)}{one.unit}"
                for one in ticking.quantities_of(ledger, task)
            ]
        self._show_course(course)
        self.table.show_lines(marks)
        self._below.setVisible(bool(marks))
        self._quantities.setText("数量：" + "、".join(counted))
        self._counted.setVisible(bool(counted))
        if another:
            self._clear()
            self._go_to_open(marks)
        self._on_chosen()

    def _is_late(self, milestone: MilestonePart) -> bool:
        return milestone.reached_on is None and milestone.due is not None and milestone.due < self._desk.today

    def _show_course(self, course: Course) -> None:
        points = course.points
        whole = course.investment
        money = [None if point.invested is None or not whole else round(point.invested * 100 / whole) for point in points]
        self.curve.show_lines(
            [f"{point.month}月" for point in points],
            [
                Line("序时", "grey", [point.planned for point in points], dashed=True),
                Line("完成比例", "green", [point.percent for point in points]),
                Line("资金", "blue", money),
            ],
        )
        self._words.setText(course.words)
        self._late.setText(course.late)
        self._late.setVisible(bool(course.late))
        told = "；".join(filter(None, (point.words for point in points)))
        self._months.setText(f"各月：{told}" if told else "还没有报过进展。在“台账”的月度进展里录入或导入。")

    def _go_to_open(self, marks: list[_MilestoneLine]) -> None:
        waiting = next((line.id for line in marks if not line.reached_on), None)
        if waiting is not None:
            self.table.go_to(waiting)

    def _clear(self) -> None:
        for box in self.boxes.values():
            box.editor.set_value("")
            box.show_error("")

    @Slot()
    def _on_chosen(self) -> None:
        ids = self.table.selected_ids()
        self.done.setEnabled(bool(ids))
        self.undone.setEnabled(bool(ids))
        self.prove.setEnabled(len(ids) == 1)

    @Slot(object)
    def _on_opened(self, _milestone_id: int) -> None:
        self.boxes["reached_on"].editor.setFocus()

    @Slot()
    def _on_day_typed(self) -> None:
        self.boxes["given"].editor.setFocus()

    def _told(self, errors: FieldErrors) -> None:
        for key, box in self.boxes.items():
            box.show_error(errors.messages.get(key, ""))
        self.boxes[next(iter(errors.messages))].editor.setFocus()

    @Slot()
    def _on_done(self) -> None:
        ids = self.table.selected_ids()
        if not ids or self._ledger is None or self._task_id is None:
            return
        day, given = self.boxes["reached_on"].editor.value(), self.boxes["given"].editor.value()
        try:
            done = self._desk.do(ticking.tick, self._ledger, self._task_id, ids, day, given)
        except FieldErrors as errors:
            self._told(errors)
            return
        if done is not None:
            self._show_again()

    @Slot()
    def _on_undone(self) -> None:
        ids = self.table.selected_ids()
        if ids and self._desk.do(ticking.untick, self._ledger, self._task_id, ids) is not None:
            self._show_again()

    @Slot()
    def _on_count(self) -> None:
        try:
            done = self._desk.do(ticking.bring, self._ledger, self._task_id, self.boxes["brought"].editor.value())
        except FieldErrors as errors:
            self._told(errors)
            return
        if done is not None:
            self._show_again()

    def _show_again(self) -> None:
        if self._ledger is not None:
            task_id, self._task_id = self._task_id, None
            self.show_record(self._ledger, task_id)
            self.table.setFocus()

    @Slot()
    def _on_prove(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, "添加佐证")
        ids = self.table.selected_ids()
        if names and ids and self._task_id is not None:
            self._desk.do(attachments.add, self._task_id, [Path(name) for name in names], of=Task, proves=(Milestone, ids[0]))
