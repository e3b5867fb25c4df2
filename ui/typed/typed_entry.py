"""Typing many new records at once: the table, what is wrong in it in words, and the one button that keeps it all."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from db.journal import Changes
from huajie_desktop.application import Application
from huajie_desktop.errors import Problem
from huajie_desktop.reading.read_record import ERROR
from huajie_desktop.receiving.intake import Outcome
from huajie_desktop.receiving.pasting import block_of, from_clipboard, to_clipboard
from huajie_desktop.receiving.previews import APPLIED, status_words
from huajie_desktop.receiving.typed import TypedTable
from huajie_desktop.receiving.typed_faults import issues_at
from ui.desk.desk import MANY, Desk
from ui.forms.choices import choices_of
from ui.lists.read_rows import TINTS, note_of
from ui.theme import scaled
from ui.typed.typed_filling import Filling
from ui.typed.typed_kept import KeptTable
from ui.typed.typed_sheet import SheetView
from ui.widgets.badge import dotted
from ui.widgets.building import FLUSH, across, flowing, make_label, put, upright
from ui.widgets.buttons import ActionButton, add_action
from ui.widgets.dialogs import Leaving, ask_leaving

_HINT = (
    "直接输入；Tab 向右，回车到下一行。可以从 Excel、WPS 复制一块粘贴进来（Ctrl+V），有没有表头都行。保存前什么也不会写进清单。"
)

_TAKEN_BACK = "已撤销保存：这些行不在清单里了，也没有回到表格里。要它们回到清单，按 Ctrl+Y（或窗口右下角的“恢复”）。"
_LOCKED = "项已确认，要先退回才能改，留在表格里"


def _keep(_app: Application, table: TypedTable) -> Outcome:
    return table.keep()


def _said(table: TypedTable, row: int, key: str | None, keys: Sequence[str]) -> str:
    """What is wrong in a cell in words, else in its row."""
    found = table.row(row)
    if found is None:
        return ""
    said = [(key, issue)] if key and (issue := table.issue(row, key)) else []
    if not said:
        said = [(other, issue) for other in keys if (issue := table.issue(row, other))]
    lines = [dotted(f"{table.field(at).label}：{issue.message}", TINTS[issue.severity], "text") for at, issue in said[:3]]
    if note := note_of(found):
        lines.append(dotted(note, TINTS["differs"], "text"))
    if found.status == "locked":
        lines.append(dotted(f"{found.lock.told}，这一行不会保存", TINTS["locked"], "text"))
    return "<br>".join(lines) or dotted("这一行没有问题", "green", "text")


class GridEntry(QWidget):
    """The typed table of one ledger. What is typed stays when the clerk goes to another page and comes back."""

    left = Signal()
    saved = Signal()  # rows were kept

    def __init__(self, desk: Desk, kept: KeptTable) -> None:
        super().__init__()
        self._desk, self._kept, self.table = desk, kept, kept.table
        self.setAccessibleName("表格录入")
        self._keys = list(self.table.keys)
        self._saved: set[str] = set()  # what the steps are called by which rows were saved
        self.view = SheetView(desk, self.table, self._keys, self._text_of)
        self._make_actions()
        self.view.typed.connect(self.write)
        self.view.moved.connect(self._tell)
        self._words = make_label(markup=True)
        self._words.setWordWrap(True)
        self._words.setMinimumHeight(scaled(44))
        self._counts = make_label(markup=True)
        self._arrange()
        self.setFocusProxy(self.view)
        self.refresh()

    def _make_actions(self) -> None:
        tip = "把没有错误的行写进清单，都是草稿，可以整批撤销；有错误的行留在表格里，接着改"
        self.save = add_action(self, "保存", "Ctrl+S", "save", tip, self._on_save)
        self.paste = add_action(self, "粘贴", "Ctrl+V", "copy", "把复制的一块从光标处粘贴进来", self._on_paste)
        self.copy = add_action(self, "复制", "Ctrl+C", "copy", "复制选中的格子", self._on_copy)
        self.filling = Filling(self, self._desk, self.table, self.view, self._keys)
        self.filling.wrote.connect(self._show)
        self.remove = add_action(self, "删除行", "Ctrl+-", "minus", "删除选中的行", self._on_remove)
        self.undo = add_action(self, "撤销输入", "Ctrl+Z", "undo", "撤销表格里的上一步", self._on_undo)
        self.redo = add_action(self, "恢复输入", "Ctrl+Y", "redo", "恢复刚才撤销的一步", self._on_redo)
        self.problem = add_action(self, "下一处问题", "F8", "warning", "到下一处有错误或要核对的格子", self._on_problem)
        self.leave = add_action(self, "关闭", "Esc", "close", "不录了，回到列表", self._on_leave)

    def _arrange(self) -> None:
        top = flowing(spacing=8)
        top.addStretch(1)
        for action, kind in (
            (self.paste, "plain"), (self.filling.down, "plain"), (self.remove, "plain"),
            (self.problem, "plain"), (self.leave, ""), (self.save, "primary"),
        ):  # fmt: skip
            top.addWidget(ActionButton(action, kind))
        below = across(spacing=16)
        put(below, self._counts, (self._words, 1), ActionButton(self.filling.take))
        put(upright(self, FLUSH, 8), top, (self.view, 1), below)

    # filling

    def refresh(self, changes: Changes | None = None) -> None:
        """Reads everything anew, after something was changed elsewhere; says so where what was saved here was taken back."""
        with self._desk.reading() as session:
            self.view.delegate.choices = choices_of(session)
        self.table.read_again()
        self._show()
        step = self._desk.steps.redoable
        if changes and step and changes.operation_id == step.operation_id and step.label in self._saved and self.isVisible():
            self._desk.say("info", _TAKEN_BACK)

    @Slot(object)
    def write(self, cells: Mapping[tuple[int, str], str]) -> None:
        """Types texts into cells as one step."""
        self.table.write(cells)
        self._show()

    def go_on(self) -> None:
        """Fills in what was left typed before the last start, if that is to go on."""
        if self._kept.go_on():
            self._show()

    def give_up(self) -> bool:
        """Whether what was typed may go: saved first, left as a draft, or not at all."""
        if not len(self.table):
            return True
        answer = ask_leaving(self, f"{self.table.name} {len(self.table)} 行", aside=True)
        if answer is Leaving.SAVE:
            self._on_save()
            return not len(self.table)
        gone = answer is Leaving.ASIDE and self._kept.put_aside()
        self._show()
        return gone

    def _show(self) -> None:
        self._kept.follow()
        self.view.show_table()
        counts, words = self.table.preview.counts(), status_words(self.table.ledger)
        shown = [dotted(f"{words[status]} {counts[status]}", TINTS[status]) for status in words if counts[status]]
        self._counts.setText("&nbsp;&nbsp;&nbsp;".join(shown) or "还没有内容")
        ready, faulty = sum(counts[status] for status in APPLIED), counts["error"]
        rest = f"，{faulty} 项还要改" if faulty else ""
        self.save.setText(f"保存 {ready} 项{rest}" if ready else f"改正 {faulty} 行后保存" if faulty else "保存")
        self.save.setEnabled(bool(ready or faulty or counts["locked"]))
        self.undo.setEnabled(self.table.can_undo)
        self.redo.setEnabled(self.table.can_redo)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        """Says in words what is wrong where the cursor stands, else in its row."""
        row, key = self.view.cell()
        self._words.setText(_said(self.table, row, key, self._keys) if len(self.table) else _HINT)
        self.filling.offer()

    def _text_of(self, index: object) -> str:
        row, column = index.row(), index.column()  # type: ignore[attr-defined]
        return self.table.text(row, self._keys[column - 1])

    # what can be done

    @Slot()
    def _on_paste(self) -> None:
        told = QGuiApplication.clipboard().mimeData()
        try:
            rows = from_clipboard(told.text(), told.html())
        except Problem as problem:
            self._desk.tell(problem)
            return
        places, keys = self.view.selected()
        if len(rows) == 1 and len(rows[0]) == 1:
            self.write({(row, key): rows[0][0] for row in places for key in keys})
            return
        row, key = self.view.cell()
        block = block_of(rows, self.table.ledger, self._keys[self._keys.index(key) :] if key else self._keys)
        count = self.table.paste(row, block)
        self._show()
        if block.has_header:
            beside = f"；没有用到的列：{'、'.join(block.left_out)}" if block.left_out else ""
            self._desk.say("info", f"按表头粘贴了 {count} 行{beside}。")

    @Slot()
    def _on_copy(self) -> None:
        rows, keys = self.view.selected()
        QGuiApplication.clipboard().setText(to_clipboard([[self.table.text(row, key) for key in keys] for row in rows]))

    @Slot()
    def _on_remove(self) -> None:
        self.table.remove(self.view.selected()[0])
        self._show()

    @Slot()
    def _on_undo(self) -> None:
        self.table.undo()
        self._show()

    @Slot()
    def _on_redo(self) -> None:
        self.table.redo()
        self._show()

    @Slot()
    def _on_problem(self) -> None:
        row, key = self.view.cell()
        here = (row, self._keys.index(key) if key else -1)
        every = issues_at(self.table, self._keys)
        self._go_to([cell for cell in every if cell > here] or every)

    def _go_to(self, cells: Sequence[tuple[int, int]]) -> None:
        for row, place in cells[:1]:
            self.view.put_cursor(row, place + 1)

    @Slot()
    def _on_save(self) -> None:
        counts = self.table.preview.counts()
        if counts["locked"] and not any(counts[status] for status in ("error", *APPLIED)):
            self._desk.say("warning", f"没有可以保存的：{counts['locked']} {_LOCKED}。")
        elif counts["error"] and not any(counts[status] for status in APPLIED):
            self._go_to(issues_at(self.table, self._keys, ERROR))
            self._desk.say("warning", f"有 {counts['error']} 行有错误，还没有保存。请改正，或删除这些行（Ctrl+-）再保存。")
        elif len(self.table) > MANY:
            self._desk.start(f"保存 {len(self.table)} 项", self.table.keep, self._on_kept)
        elif (outcome := self._desk.do(_keep, self.table)) is not None:
            self._drop(outcome)

    def _on_kept(self, outcome: Outcome) -> None:
        self._desk.take(outcome)
        self._drop(outcome)

    def _drop(self, outcome: Outcome) -> None:
        self._saved.add(outcome.changes.label)
        self.view.put_cursor(0, self.view.first_typed)
        self._show()
        self.saved.emit()
        counts = self.table.preview.counts()
        faulty, locked = counts["error"], counts["locked"]
        there = len(self.table) - faulty - locked
        said = [f"已保存 {outcome.new + outcome.changed} 项，都是草稿，在列表里选中后按 Ctrl+T 提交审核"]
        said += [f"{faulty} 项还要改，留在表格里"] * bool(faulty) + [f"{locked} {_LOCKED}"] * bool(locked)
        said += [f"{there} 项清单中已有，留在表格里"] * bool(there)
        self._desk.done("；".join(said) + "。")
        if faulty:
            self._go_to(issues_at(self.table, self._keys, ERROR))

    @Slot()
    def _on_leave(self) -> None:
        if self.give_up():
            self.left.emit()
