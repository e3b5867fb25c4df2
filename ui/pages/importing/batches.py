"""Earlier imports: who took in which files when, what became of their rows; opening one again, and taking it back whole."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from huajie_desktop.receiving.batches import BatchLine, FileLine, files_of
from ui.desk.desk import Desk
from ui.desk.takeback import take_back
from ui.lists.lines import LineColumn, LinesTable
from ui.theme import scaled
from ui.widgets.building import FLUSH, across, make_label, put, upright
from ui.widgets.buttons import WINDOW, ActionButton, add_action

_COLUMNS = (
    LineColumn("at", "时间", 150),
    LineColumn("actor", "导入人", 90),
    LineColumn("title", "文件", 260),
    LineColumn("units", "单位", 150),
    LineColumn("new", "新增", 70, numeric=True),
    LineColumn("changed", "修改", 70, numeric=True),
    LineColumn("closed", "撤下", 70, numeric=True),
    LineColumn("same", "没变", 70, numeric=True),
    LineColumn("skipped", "未导入", 80, numeric=True),
    LineColumn("state", "情况", 100, tint=lambda line: "grey" if line.batch.undone else "green"),
)
_FILE_COLUMNS = (
    LineColumn("title", "文件和没有导入的行", 420),
    LineColumn("unit", "单位", 120),
    LineColumn("ledger", "表格", 140),
    LineColumn("counts", "结果", 260),
)
_HEIGHT = 220  # px at 100 %


class _Line(NamedTuple):
    id: int
    batch: BatchLine
    at: str
    actor: str
    title: str
    units: str
    new: str
    changed: str
    closed: str
    same: str
    skipped: str
    state: str


class BatchList(QWidget):
    """The earlier imports, the latest first, and below the files of the chosen one."""

    reopened = Signal(int)  # id of the batch

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.undo_action = add_action(
            self, "撤销整批导入", "Ctrl+U", "undo", "这次导入的全部拿掉，数据回到导入之前", self._on_undo, context=WINDOW
        )
        self.open_action = add_action(
            self,
            "再看预览",
            "Ctrl+P",
            "search",
            "按这次的文件和改正再看一遍预览，可以接着改、再导入",
            self._on_open,
            context=WINDOW,
        )
        self.table = LinesTable("batches", _COLUMNS, desk.preferences, spare=("units", "same", "actor"))
        self.table.set_menu([self.open_action, self.undo_action])
        self.table.chosen.connect(self._on_chosen)
        self.table.moved.connect(self._on_moved)
        self.table.opened.connect(self._on_opened)
        self.files = LinesTable("batch-files", _FILE_COLUMNS, desk.preferences, spare=("ledger", "unit"), many=True)
        self.files.setFixedHeight(scaled(_HEIGHT))
        self._arrange()
        self.setFocusProxy(self.table)

    def _arrange(self) -> None:
        words = make_label("每次导入都可以整批撤销，也可以再看预览。", "quiet")
        line = across()
        put(line, (words, 1), ActionButton(self.open_action), ActionButton(self.undo_action))
        put(upright(self, FLUSH, 8), line, (self.table, 1), self.files)

    def show_batches(self, batches: Sequence[BatchLine], begin: QAction) -> None:
        """Lists these imports; `begin` is the button of the empty list."""
        self.table.empty.say("还没有导入过", "导入过的文件会列在这里，随时可以整批撤销。", begin, "import")
        self.table.show_lines([_line(batch) for batch in batches])
        if batches and self.table.current_id() is None:
            self.table.step(0)
        self.files.setVisible(bool(batches))
        self._on_chosen()

    @Slot(object)
    def _on_moved(self, _line: object) -> None:
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        line = self.table.current_line()
        self.undo_action.setEnabled(line is not None and not line.batch.undone)
        self.open_action.setEnabled(line is not None)
        if line is None:
            self.files.show_lines([])
            return
        with self._desk.reading() as session:
            found = files_of(session, line.batch.id)
        self.files.show_lines(_below(found))

    @Slot(object)
    def _on_opened(self, _line: object) -> None:
        self._on_open()

    @Slot()
    def _on_open(self) -> None:
        line = self.table.current_line()
        if line is not None:
            self.reopened.emit(line.batch.id)

    @Slot()
    def _on_undo(self) -> None:
        line = self.table.current_line()
        if line is not None:
            take_back(self._desk, self, line.batch.operation_id, f"{line.at} 的导入 {line.new} 项")


class _FileRow(NamedTuple):
    id: int
    title: str
    unit: str = ""
    ledger: str = ""
    counts: str = ""


def _below(files: Sequence[FileLine]) -> list[_FileRow]:
    """Each file, and under it the rows that were not taken."""
    rows: list[_FileRow] = []
    for file in files:
        month = f"{int(file.month)}月" if file.month else ""
        rows.append(_FileRow(len(rows) + 1, file.name, file.unit, f"{file.ledger}{month}", file.counts))
        for why in file.left_out:
            rows.append(_FileRow(len(rows) + 1, f"　　{why}"))
    return rows


def _line(batch: BatchLine) -> _Line:
    files = "、".join(batch.files[:3]) + (f" 等 {len(batch.files)} 个文件" if len(batch.files) > 3 else "")
    units = "、".join(batch.units[:3]) + (f"等 {len(batch.units)} 个" if len(batch.units) > 3 else "")
    counts = (batch.new, batch.changed, batch.closed, batch.same, batch.skipped)
    at, state = f"{batch.at:%Y-%m-%d %H:%M}", "已撤销" if batch.undone else "有效"
    new, changed, closed, same, skipped = map(str, counts)
    return _Line(batch.id, batch, at, batch.actor, files, units, new, changed, closed, same, skipped, state)
