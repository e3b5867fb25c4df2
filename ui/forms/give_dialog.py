"""One demand for several units: what is to be done by when, and the units with ticks; each gets a task of its own."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QDialogButtonBox, QHeaderView, QWidget

from db.organisation import UNIT_KINDS
from db.words.searching import holds
from huajie_desktop import office
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import FieldErrors
from huajie_desktop.records.leaving import Partly
from huajie_desktop.work import giving
from huajie_desktop.work.task_ledger import TASKS
from ui.desk.desk import Desk
from ui.forms.choices import choices_of
from ui.forms.form_body import FormBody
from ui.forms.walk import GoingOn
from ui.theme import restyle
from ui.widgets.building import across, as_title, make_label, put, upright
from ui.widgets.buttons import ActionButton, add_action
from ui.widgets.choice import Choice
from ui.widgets.dialogs import Dialog, give_size
from ui.widgets.line import LineEditor
from ui.widgets.panes import Panes
from ui.widgets.tick_table import TickTable

_KEYS = ("title", "content", "category", "due", "force")
_WIDTH, _HEIGHT, _SIDE_BY_SIDE = 900, 600, 700  # px at 100 %


class _Unit(NamedTuple):
    id: int
    name: str
    kind: str
    found_by: str


class UnitTicks(TickTable):
    """The units that can answer for something; what is ticked stays so while others are looked for."""

    def __init__(self, units: Sequence[_Unit], ticked: Sequence[str] = ()) -> None:
        super().__init__((("", 36), ("单位", 200), ("类型", 110)))
        self.setAccessibleName("交给哪些单位")
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._units = units
        self.blockSignals(True)
        self.setRowCount(len(units))
        for row, unit in enumerate(units):
            for column, text in enumerate(("", unit.name, UNIT_KINDS[unit.kind])):
                self.put_cell(row, column, text)
            self.set_ticked(row, unit.name in ticked)
        self.blockSignals(False)

    def able(self, row: int) -> bool:
        return row < len(self._units)

    @property
    def chosen(self) -> list[int]:
        """The units (ids) that are ticked, in the order of the tree."""
        return [unit.id for row, unit in enumerate(self._units) if self.is_ticked(row)]

    def look_for(self, words: str) -> None:
        """Lists those alone whose name, kind or initials hold the words."""
        for row, unit in enumerate(self._units):
            self.setRowHidden(row, not (holds(unit.found_by, words) or words.strip() in UNIT_KINDS[unit.kind]))
        shown = next((row for row in range(self.rowCount()) if not self.isRowHidden(row)), -1)
        self.setCurrentCell(shown, 1)

    def turn_all(self) -> None:
        """Ticks all that are listed; where they are all ticked, takes the ticks away."""
        listed = [row for row in range(self.rowCount()) if not self.isRowHidden(row)]
        on = not all(map(self.is_ticked, listed))
        self.blockSignals(True)
        for row in listed:
            self.set_ticked(row, on)
        self.blockSignals(False)
        self.ticked.emit()


class GiveDialog(Dialog):
    """Asks for both and gives it; `made` says afterwards what came of it."""

    USUAL = (*Dialog.USUAL, "Ctrl+S")  # as in every form

    def __init__(
        self, parent: QWidget, desk: Desk, texts: Mapping[str, str] | None = None, source: tuple[Ledger, int] | None = None
    ) -> None:
        """`texts` by key of a task are filled in; `source` is the record they come from."""
        super().__init__(parent)
        self.setWindowTitle(as_title("统一交办"))
        self._desk, self._source, self._said = desk, source, dict(texts or {})
        self.made: Partly | None = None
        with desk.reading() as session:
            choices = choices_of(session)
            kept = [_Unit(u.id, u.name, u.kind, Choice(u.id, u.name, u.search).found_by) for u in office.units(session)]
        fields = {key: TASKS.form_fields[key] for key in _KEYS}
        self.body = FormBody([("", _KEYS)], None, fields, choices, desk)
        self.units = UnitTicks(kept, [self._said.get("unit", "")])
        self.sought = LineEditor()
        self.sought.setPlaceholderText("找单位：名称、拼音首字母，或 行政村")
        tip = "勾上列出的全部单位，再按一次都去掉"
        self.all_action = add_action(self, "全选列出的", "Ctrl+Shift+A", "tick", tip, self._on_all)
        self._count = make_label(name="quiet")
        self._going = GoingOn(self)
        self._going.gone.connect(self._on_gone)
        for key, box in self.body.boxes.items():
            box.editor.set_value(self._said.get(key, ""))
            self._going.watch(box.editor)
        self._arrange()
        self.sought.textChanged.connect(self.units.look_for)
        self.units.ticked.connect(self._on_ticked)
        self._on_ticked()
        give_size(self, _WIDTH, _HEIGHT)
        self.body.boxes["title"].editor.setFocus()

    def _arrange(self) -> None:
        right, head = QWidget(), across(spacing=8)
        put(head, (self._count, 1), ActionButton(self.all_action, "link"))
        put(upright(right, (16, 4, 0, 0), 8), self.sought, head, (self.units, 1))
        box = QDialogButtonBox()
        self._yes = box.addButton("交办", QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        restyle(self._yes, kind="primary")
        self._yes.setAutoDefault(False)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        hint = "写好要做什么、什么时候完成，再勾上单位；每个单位各建一项任务，在清单里可以按“统一交办”合成一行。"
        words = make_label(hint, wrap=True)
        put(upright(self, (24, 20, 24, 20), 12), words, (Panes((self.body, 1), (right, 1), least=_SIDE_BY_SIDE), 1), box)

    @property
    def texts(self) -> dict[str, str]:
        """What was typed, with what the source says beside it."""
        return {**self._said, **{key: box.editor.value() for key, box in self.body.boxes.items()}}

    def accept(self) -> None:
        try:
            self.made = self._desk.do(giving.give, self.texts, self.units.chosen, self._source)
        except FieldErrors as errors:
            for key, box in self.body.boxes.items():
                box.show_error(errors.messages.get(key, ""))
            first = next((key for key in _KEYS if key in errors.messages), _KEYS[0])
            self.body.boxes[first].editor.setFocus()
            return
        if self.made is not None:
            super().accept()

    @Slot(QObject, int)
    def _on_gone(self, editor: QObject, step: int) -> None:
        """Enter goes on to the next field, behind the last to the units."""
        editors = [box.editor for box in self.body.boxes.values()]
        place = next(place for place, found in enumerate(editors) if found is editor) + step
        (editors[place] if 0 <= place < len(editors) else self.sought).setFocus()

    @Slot()
    def _on_all(self) -> None:
        self.units.turn_all()

    @Slot()
    def _on_ticked(self) -> None:
        count = len(self.units.chosen)
        self._count.setText(f"已选 {count} 个单位，空格勾上或去掉。")
        self._yes.setText(f"建立 {count} 项任务" if count else "建立任务")
        self._yes.setEnabled(count > 0)


def ask_and_give(
    page: QWidget, desk: Desk, texts: Mapping[str, str] | None = None, source: tuple[Ledger, int] | None = None
) -> Partly | None:
    """Asks what is given to whom, gives it and says so; None where the clerk gave up."""
    dialog = GiveDialog(page, desk, texts, source)
    try:
        dialog.exec()
        made = dialog.made
    finally:
        dialog.deleteLater()
    if made is not None and made.left:
        told = f"已建 {made.done} 项任务，留下 {len(made.left)} 项：{made.left[0].words}"
        desk.say("warning", told, "\n".join(found.words for found in made.left), (desk.take_back,))
    elif made is not None:
        desk.done(f"已建 {made.done} 项任务。写全的等待审核，还缺类别或时限的是草稿。")
    return made
