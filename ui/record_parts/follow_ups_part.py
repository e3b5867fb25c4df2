"""The follow-up notes on one record: written below the list, changed and taken away by keys."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from db.fields import fields_of
from db.models import FollowUp
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import FieldErrors
from huajie_desktop.work import follow_ups
from huajie_desktop.work.follow_ups import FollowUpLine
from ui.desk.desk import Desk
from ui.forms.editors import make_editor
from ui.forms.form_body import FieldBox
from ui.lists.lines import LineColumn, LinesTable
from ui.theme import scaled
from ui.widgets.building import flowing, put, upright
from ui.widgets.buttons import ActionButton, add_action
from ui.widgets.dialogs import may_delete

_COLUMNS = (LineColumn("on", "日期", 110), LineColumn("words", "情况", 200))


class FollowUpsPart(QWidget):
    """Lists the notes on a record, newest first; Ctrl+Enter keeps what is typed, Enter on a note takes it up to be changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ledger: Ledger | None = None
        self._record_id: int | None = None
        self._changing: int | None = None  # the note that stands in the editors
        self.keep = add_action(self, "记下", "Ctrl+Return", "plus", "记下这一天的跟进情况", self._on_keep)
        self.change = add_action(self, "修改", "F6", "edit", "把选中的一条拿到下面修改", self._on_change)
        self.remove = add_action(self, "删除", "Del", "minus", "删除选中的跟进记录", self._on_remove)
        self.table = LinesTable("follow_ups", _COLUMNS, desk.preferences, stretch="words", many=True)
        self.table.set_menu([self.change, self.remove])
        self.table.opened.connect(self._on_change)
        self.table.chosen.connect(self._on_chosen)
        self.table.empty.say(
            "没有跟进记录", "在下面写上日期和情况，按 Ctrl+回车 记下，如 约谈施工方，答应月底完工。", None, "info"
        )
        declared = fields_of(FollowUp)
        self.boxes = {key: FieldBox(declared[key], make_editor(declared[key], {}, desk)) for key in ("on", "words")}
        day = self.boxes["on"].editor
        assert isinstance(day, QLineEdit)
        day.setPlaceholderText("空着是今天")
        self._arrange()
        self.setFocusProxy(self.table)

    def _arrange(self) -> None:
        fields = QGridLayout()
        fields.setHorizontalSpacing(scaled(16))
        fields.addWidget(self.boxes["on"], 0, 0)
        fields.addWidget(self.boxes["words"], 0, 1)
        fields.setColumnStretch(1, 1)
        buttons = flowing(spacing=8)
        put(buttons, ActionButton(self.keep, "strong"), ActionButton(self.change, "plain"), ActionButton(self.remove, "plain"), 1)
        put(upright(self, (20, 12, 20, 12), 8), (self.table, 1), fields, buttons)

    def show_record(self, ledger: Ledger, record_id: int | None) -> None:
        """Reads the notes on a record anew; what is typed for another one goes."""
        if (ledger, record_id) != (self._ledger, self._record_id):
            self._clear()
        self._ledger, self._record_id = ledger, record_id
        found: list[FollowUpLine] = []
        if record_id is not None:
            with self._desk.reading() as session:
                found = follow_ups.lines(session, ledger, record_id)
        self.table.show_lines(found)
        self._on_chosen()

    def _clear(self) -> None:
        self._changing = None
        self.keep.setText("记下")
        for box in self.boxes.values():
            box.editor.set_value("")
            box.show_error("")

    @Slot()
    def _on_chosen(self) -> None:
        ids = self.table.selected_ids()
        self.change.setEnabled(len(ids) == 1)
        self.remove.setEnabled(bool(ids))
        self.keep.setEnabled(self._record_id is not None)

    @Slot()
    def _on_change(self) -> None:
        line: FollowUpLine | None = self.table.current_line()
        if line is not None:
            self._changing = line.id
            self.keep.setText("保存修改")
            self.boxes["on"].editor.set_value(line.on.isoformat())
            self.boxes["words"].editor.set_value(line.words)
            self.boxes["words"].editor.setFocus()

    @Slot()
    def _on_keep(self) -> None:
        if self._ledger is None or self._record_id is None:
            return
        texts = {key: box.editor.value() for key, box in self.boxes.items()}
        try:
            if self._changing is None:
                done = self._desk.do(follow_ups.add, self._ledger, self._record_id, texts["on"], texts["words"])
            else:
                done = self._desk.do(follow_ups.change, self._changing, texts["on"], texts["words"])
        except FieldErrors as errors:
            for key, box in self.boxes.items():
                box.show_error(errors.messages.get(key, ""))
            self.boxes[next(iter(errors.messages))].editor.setFocus()
            return
        if done is not None:
            self._clear()
            self.show_record(self._ledger, self._record_id)

    @Slot()
    def _on_remove(self) -> None:
        ids = self.table.selected_ids()
        if ids and self._ledger is not None and may_delete(self, "跟进记录", len(ids)):
            if self._changing in ids:
                self._clear()
            if self._desk.do(follow_ups.remove, ids) is not None:
                self.show_record(self._ledger, self._record_id)
