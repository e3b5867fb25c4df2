"""Earlier imports: who took in which files when, and taking a whole import back."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from huajie_desktop.exchange.batches import BatchLine
from huajie_desktop.records.listing import Column
from ui.desk import Desk
from ui.lines import LinesTable, arrange_below
from ui.takeback import take_back
from ui.theme import icon

_COLUMNS = (
    Column("at", "时间", 150, sortable=False),
    Column("actor", "导入人", 110, sortable=False),
    Column("title", "文件", 320, sortable=False),
    Column("new", "新增", 84, numeric=True, sortable=False),
    Column("same", "已有", 84, numeric=True, sortable=False),
    Column("skipped", "未导入", 84, numeric=True, sortable=False),
    Column("state", "情况", 104, sortable=False),
)


class _Line(NamedTuple):
    id: int
    batch: BatchLine
    at: str
    actor: str
    title: str
    new: str
    same: str
    skipped: str
    state: str


class BatchList(QWidget):
    """The earlier imports, the latest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.undo_action = QAction(icon("undo"), "撤销整批导入", self)
        self.undo_action.setStatusTip("这次导入的全部拿掉，数据回到导入之前")
        self.undo_action.setShortcut(QKeySequence("Ctrl+U"))
        self.undo_action.triggered.connect(self._on_undo)
        self.table = LinesTable("batches", _COLUMNS, getattr, desk.preferences, spare=("same", "actor"), tint=_tint)
        self.table.view.setSelectionMode(self.table.view.SelectionMode.SingleSelection)
        self.table.set_menu([self.undo_action])
        self.table.chosen.connect(self._on_chosen)
        arrange_below(self, "每次导入都可以整批撤销。", self.undo_action, self.table)
        self.setFocusProxy(self.table)

    def show_batches(self, batches: Sequence[BatchLine], begin: QAction) -> None:
        """Lists these imports; `begin` is the button of the empty list."""
        self.table.empty.say("还没有导入过", "导入过的文件会列在这里，随时可以整批撤销。", begin, "import")
        self.table.show_lines([_line(batch) for batch in batches])
        if batches and self.table.current_id() is None:
            self.table.step(0)
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        line = self.table.current_line()
        self.undo_action.setEnabled(line is not None and not line.batch.undone)

    @Slot()
    def _on_undo(self) -> None:
        line = self.table.current_line()
        if line is not None:
            take_back(self._desk, self, line.batch.operation_id, f"{line.at} 的导入 {line.new} 项")


def _line(batch: BatchLine) -> _Line:
    files = "、".join(batch.files[:3]) + (f" 等 {len(batch.files)} 个文件" if len(batch.files) > 3 else "")
    return _Line(
        batch.id, batch, f"{batch.at:%Y-%m-%d %H:%M}", batch.actor, files, str(batch.new), str(batch.same),
        str(batch.skipped), "已撤销" if batch.undone else "有效",
    )  # fmt: skip


def _tint(line: _Line, key: str) -> str | None:
    return ("grey" if line.batch.undone else "green") if key == "state" else None
