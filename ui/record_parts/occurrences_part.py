"""The days a recurring task falls due: what is done, what is late; done one by one, by keys alone if wished."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QWidget

from db.fields import fields_of
from db.models import Occurrence
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import FieldErrors
from huajie_desktop.work import attachments, occurrences
from huajie_desktop.work.occurrences import OccurrenceLine
from ui.desk.desk import Desk
from ui.forms.editors import make_editor
from ui.forms.form_body import FieldBox
from ui.lists.lines import LineColumn, LinesTable
from ui.theme import scaled
from ui.widgets.building import FLUSH, flowing, make_label, put, upright
from ui.widgets.buttons import ActionButton, add_action


def _state(line: OccurrenceLine) -> tuple[str, str]:
    return ("已办", "green") if line.done_on else ("逾期", "red") if line.late else ("未到期", "grey")


_COLUMNS = (
    LineColumn("number", "次", 56, numeric=True),
    LineColumn("due", "应办日期", 110),
    LineColumn("state", "情况", 90, word=lambda line: _state(line)[0], tint=lambda line: _state(line)[1]),
    LineColumn("done_on", "办理日期", 110),
    LineColumn("files", "佐证", 60, numeric=True, word=lambda line: str(line.files or "")),
    LineColumn("note", "办理情况", 140),
)


class OccurrencesPart(QWidget):
    """The occurrences of a task by day, with the editors to note one as done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._task_id: int | None = None
        self.finish = add_action(self, "已办", "Ctrl+Return", "done", "选中的各次记为已办", self._on_finish)
        self.reopen = add_action(self, "改为未办", "F7", "undo", "选中的各次改回未办", self._on_reopen)
        self.prove = add_action(self, "添加佐证", "F6", "attach", "给这一次添加照片或文件", self._on_prove)
        self.table = LinesTable(
            "occurrences", _COLUMNS, desk.preferences, stretch="note", spare=("number", "files", "done_on"), many=True
        )
        self.table.set_menu([self.finish, self.reopen, self.prove])
        self.table.opened.connect(self._on_opened)
        self.table.chosen.connect(self._on_chosen)
        self.table.empty.say("没有周期", "在“内容”里填写周期，如 每周一、每月5日，保存后这里列出每一次。", None, "calendar")
        declared = fields_of(Occurrence)
        self.boxes = {key: FieldBox(declared[key], make_editor(declared[key], {}, desk)) for key in ("done_on", "note")}
        day, note = (box.editor for box in self.boxes.values())
        assert isinstance(day, QLineEdit)
        assert isinstance(note, QLineEdit)
        day.setPlaceholderText("空着是今天")
        day.returnPressed.connect(self._on_day_typed)
        note.returnPressed.connect(self._on_finish)
        self._summary = make_label(name="quiet")
        self._arrange()
        self.setFocusProxy(self.table)

    def _arrange(self) -> None:
        fields = QGridLayout()
        fields.setHorizontalSpacing(scaled(16))
        fields.addWidget(self.boxes["done_on"], 0, 0)
        fields.addWidget(self.boxes["note"], 0, 1)
        fields.setColumnStretch(1, 1)
        buttons = flowing(spacing=8)
        put(
            buttons, ActionButton(self.finish, "strong"), ActionButton(self.reopen, "plain"), ActionButton(self.prove, "plain"), 1
        )
        self._below = QWidget()
        put(upright(self._below, FLUSH, 8), fields, buttons)
        put(upright(self, (20, 12, 20, 12), 8), self._summary, (self.table, 1), self._below)

    def show_record(self, _ledger: Ledger, record_id: int | None) -> None:
        """Reads the occurrences of a task anew; of another task the cursor stands on the first that is not done."""
        another, self._task_id = record_id != self._task_id, record_id
        found: list[OccurrenceLine] = []
        if record_id is not None:
            with self._desk.reading() as session:
                found = occurrences.lines(session, record_id, self._desk.today)
        self.table.show_lines(found)
        done, late = sum(1 for line in found if line.done_on), sum(1 for line in found if line.late)
        self._summary.setText(f"共 {len(found)} 次，已办 {done} 次" + (f"，逾期 {late} 次" if late else ""))
        self._summary.setVisible(bool(found))
        self._below.setVisible(bool(found))
        if another:
            self._clear()
            self._go_to_open(found)
        self._on_chosen()

    def _go_to_open(self, found: list[OccurrenceLine]) -> None:
        waiting = next((line.id for line in found if not line.done_on), None)
        if waiting is not None:
            self.table.go_to(waiting)

    def _clear(self) -> None:
        for box in self.boxes.values():
            box.editor.set_value("")
            box.show_error("")

    @Slot()
    def _on_chosen(self) -> None:
        ids = self.table.selected_ids()
        for action in (self.finish, self.reopen):
            action.setEnabled(bool(ids))
        self.prove.setEnabled(len(ids) == 1)

    @Slot(object)
    def _on_opened(self, _occurrence_id: int) -> None:
        self.boxes["done_on"].editor.setFocus()

    @Slot()
    def _on_day_typed(self) -> None:
        self.boxes["note"].editor.setFocus()

    @Slot()
    def _on_finish(self) -> None:
        texts = {key: box.editor.value() for key, box in self.boxes.items()}
        try:
            changes = self._desk.do(occurrences.finish, self.table.selected_ids(), texts["done_on"], texts["note"])
        except FieldErrors as errors:
            for key, box in self.boxes.items():
                box.show_error(errors.messages.get(key, ""))
            self.boxes[next(iter(errors.messages))].editor.setFocus()
            return
        if changes is not None and self._task_id is not None:
            self._clear()
            with self._desk.reading() as session:
                self._go_to_open(occurrences.lines(session, self._task_id, self._desk.today))
            self.table.setFocus()

    @Slot()
    def _on_reopen(self) -> None:
        self._desk.do(occurrences.reopen, self.table.selected_ids())

    @Slot()
    def _on_prove(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, "添加佐证")
        ids = self.table.selected_ids()
        if names and ids and self._task_id is not None:
            self._desk.do(attachments.add, self._task_id, [Path(name) for name in names], proves=(Occurrence, ids[0]))
