"""What was corrected in senders' sheets and is offered next time: seen, changed, forgotten."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from huajie_desktop.errors import FieldErrors
from huajie_desktop.receiving import remembering
from huajie_desktop.receiving.remembering import CorrectionLine
from ui.desk.desk import Desk
from ui.lists.lines import LineColumn, LinesTable
from ui.theme import restyle, scaled
from ui.widgets.building import FLUSH, across, make_label, put, upright
from ui.widgets.buttons import ALONE, ActionButton, add_action
from ui.widgets.dialogs import Dialog, give_size, may_delete

_COLUMNS = (
    LineColumn("unit", "单位", 130, word=lambda line: line.unit or "不论哪个单位"),
    LineColumn("ledger", "表格", 150),
    LineColumn("kind", "改正的是", 90),
    LineColumn("title", "表里写的", 240, word=lambda line: line.said),
    LineColumn("meant", "读成", 240, word=lambda line: line.field if line.kind == "表头" else f"{line.field}：{line.meant}"),
)
_HINT = "导入时改正过的表头和内容记在这里，同一个单位下次再这样写，会按改正的读并提示。"


class MemoryPart(QWidget):
    """The list of corrections."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lines: dict[int, CorrectionLine] = {}
        self.edit = add_action(self, "修改…", "F2", "edit", "修改这一条（回车也可以）", self._on_edit, context=ALONE)
        self.delete = add_action(self, "删除", "Del", "delete", "不再按这一条改正，可以撤销", self._on_delete, context=ALONE)
        self.table = LinesTable("corrections", _COLUMNS, desk.preferences, spare=("ledger", "kind"), many=True)
        self.table.empty.say("还没有改正过", _HINT, picture="edit")
        self.table.set_menu([self.edit, self.delete])
        self.table.chosen.connect(self._on_chosen)
        self.table.moved.connect(self._on_moved)
        self.table.opened.connect(self._on_opened)
        words = make_label(_HINT, "quiet", wrap=True)
        line = across()
        put(line, (words, 1), ActionButton(self.edit), ActionButton(self.delete))
        put(upright(self, FLUSH, 8), line, (self.table, 1))
        self.setFocusProxy(self.table)

    def refresh(self) -> int:
        """Lists what is remembered; returns how many there are."""
        with self._desk.reading() as session:
            found = remembering.corrections(session)
        self._lines = {line.id: line for line in found}
        self.table.show_lines(found)
        if found and self.table.current_id() is None:
            self.table.step(0)
        self._on_chosen()
        return len(found)

    @Slot()
    def _on_chosen(self) -> None:
        chosen = self.table.current_id() is not None
        self.edit.setEnabled(chosen)
        self.delete.setEnabled(chosen)

    @Slot(object)
    def _on_moved(self, _line: object) -> None:
        self._on_chosen()

    @Slot(object)
    def _on_opened(self, _line: object) -> None:
        self._on_edit()

    @Slot()
    def _on_edit(self) -> None:
        line = self._lines.get(self.table.current_id() or 0)
        if line is None:
            return
        dialog = CorrectionDialog(self, line)
        try:
            while dialog.exec():
                try:
                    self._desk.do(remembering.change_correction, line.id, *dialog.said)
                    return
                except FieldErrors as faults:
                    dialog.show_fault(str(faults))
        finally:
            dialog.deleteLater()

    @Slot()
    def _on_delete(self) -> None:
        current = self.table.current_id()
        ids = list(self.table.selected_ids()) or ([] if current is None else [current])
        if ids and may_delete(self, "改正记忆", len(ids)) and self._desk.do(remembering.forget, ids) is not None:
            self._desk.done(f"已删除 {len(ids)} 条改正记忆。")


class CorrectionDialog(Dialog):
    """Two lines of text: what is written, and what it means."""

    def __init__(self, parent: QWidget, line: CorrectionLine) -> None:
        super().__init__(parent)
        self.setWindowTitle("修改改正记忆")
        give_size(self, 460, 200)
        self.written, self.meant = QLineEdit(line.said), QLineEdit(line.field if line.kind == "表头" else line.meant)
        self._fault = make_label(name="fieldError", wrap=True)
        form = QFormLayout()
        form.setHorizontalSpacing(scaled(12))
        form.setVerticalSpacing(scaled(8))
        form.addRow(make_label("表里写的"), self.written)
        form.addRow(make_label("读成" if line.kind == "表头" else f"{line.field}改为"), self.meant)
        box = QDialogButtonBox()
        restyle(box.addButton("保存", QDialogButtonBox.ButtonRole.AcceptRole), kind="primary")
        box.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        put(upright(self, (24, 20, 24, 20)), form, self._fault, 1, box)

    @property
    def said(self) -> tuple[str, str]:
        """What was typed."""
        return self.written.text(), self.meant.text()

    def show_fault(self, words: str) -> None:
        """Says what is wrong with it."""
        self._fault.setText(words)
