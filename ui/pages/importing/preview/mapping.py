"""What the columns of a file were taken for, table by table, and correcting it."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from huajie_desktop.reading.filling import DIMENSION
from huajie_desktop.reading.read_record import Column, ReadTable
from huajie_desktop.receiving.previews import FilePreview
from huajie_desktop.sheets.understood.headers import LIKELY, SURE, Vocabulary, vocabulary
from ui.theme import restyle, scaled
from ui.widgets.badge import TINT_ROLE, CellDelegate
from ui.widgets.building import across, legible, make_label, upright
from ui.widgets.dialogs import give_size

Key = tuple[str, int, int]  # sheet, last header row from 1, column from 0
UNREAD = "不读这一列"
_ROW = 44  # px at 100 %


class MappingDialog(QDialog):
    """The columns of one file with the field each was taken for; `corrections` is what the clerk changed."""

    def __init__(self, parent: QWidget, file: FilePreview) -> None:
        super().__init__(parent)
        self.setWindowTitle("列对应")
        give_size(self, 760, 600)
        self._known = vocabulary(file.ledger)
        self._words: dict[str | None, str] = {None: UNREAD} | ({DIMENSION: "板块"} if self._known.category else {})
        self._words.update((name, field.label) for name, field in self._known.fields.items())
        self._tables, self._unread = file.read.tables, file.read.problem is not None
        self._boxes: dict[Key, QComboBox] = {}
        self._before: dict[Key, str | None] = {}
        self._which = QComboBox()
        self._which.addItems([legible(_name_table(table)) for table in self._tables])
        self._which.setVisible(len(self._tables) > 1)
        self._missing = make_label(name="quiet", wrap=True)
        self._shown: list[QTableWidget] = [self._make_table(table) for table in self._tables]
        self._arrange(file)
        self._which.currentIndexChanged.connect(self._on_table)
        self._on_table(0)

    @property
    def corrections(self) -> dict[Key, str | None]:
        """The columns the clerk changed, with the field they hold (None: not to be read).

        Of a file nobody could read those count as well that she left as they were: they are hers now.
        """
        said = {key: box.currentData() for key, box in self._boxes.items()}
        return {key: name for key, name in said.items() if name != self._before[key] or (self._unread and name)}

    def box_of(self, header: str) -> QComboBox:
        """The choice beside the first column of that header."""
        key = next(_key(table, column) for table in self._tables for column in table.columns if column.header == header)
        return self._boxes[key]

    def _arrange(self, file: FilePreview) -> None:
        heading = make_label(file.read.name, "groupTitle", wrap=True)
        hint = make_label(
            "左边是表里的表头，右边是读成的内容。认错了的请改正，改好后这个文件会重新读一遍，已经改正的内容不会丢。", wrap=True
        )
        box = QDialogButtonBox()
        again = box.addButton("重新读取", QDialogButtonBox.ButtonRole.AcceptRole)
        restyle(again, kind="primary")
        box.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column = upright(self, (24, 20, 24, 20), 12)
        for widget in (heading, hint, self._which, self._missing, *self._shown, box):
            column.addWidget(widget)

    def _make_table(self, table: ReadTable) -> QTableWidget:
        made = QTableWidget(len(table.columns), 4)
        made.setHorizontalHeaderLabels(["列", "表头", "把握", "读成"])
        made.setItemDelegate(CellDelegate(made))
        made.verticalHeader().hide()
        made.verticalHeader().setDefaultSectionSize(scaled(_ROW))
        made.setShowGrid(False)
        made.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        made.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header = made.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for place, width in ((0, 56), (2, 120), (3, 240)):
            header.resizeSection(place, scaled(width))
        for row, column in enumerate(table.columns):
            self._add_row(made, row, table, column)
        return made

    def _add_row(self, made: QTableWidget, row: int, table: ReadTable, column: Column) -> None:
        key = _key(table, column)
        sure = _sureness(self._known, column)
        for place, text in enumerate((column.letter, column.header, sure.word)):
            item = QTableWidgetItem(text)
            item.setData(Qt.ItemDataRole.ToolTipRole, text)
            if place == 2:
                item.setData(TINT_ROLE, sure.tint)
            made.setItem(row, place, item)
        box = QComboBox()
        for name, word in self._words.items():
            box.addItem(word, name)
        box.setCurrentIndex(box.findData(column.field))
        box.setAccessibleName(column.header)
        box.currentIndexChanged.connect(self._on_chosen)
        self._boxes[key], self._before[key] = box, column.field
        holder = QWidget()
        line = across(holder, (0, 3, 8, 3))
        line.addWidget(box)
        made.setCellWidget(row, 3, holder)

    @Slot(int)
    def _on_table(self, place: int) -> None:
        for number, table in enumerate(self._shown):
            table.setVisible(number == place)
        missing = "、".join(self._words[name] for name in self._tables[place].missing)
        self._missing.setText(f"没有找到的列：{missing}" if missing else "该有的列都找到了。")

    @Slot()
    def _on_chosen(self) -> None:
        """A field of one value stands in one column: the column that had it before is not read any more."""
        changed = next((key for key, box in self._boxes.items() if box is self.sender()), None)
        if changed is None:
            return
        name = self._boxes[changed].currentData()
        if name is None or name in self._known.several:
            return
        tables = ([_key(table, column) for column in table.columns] for table in self._tables)
        for key in next(keys for keys in tables if changed in keys):  # lists side by side have a header row in common
            if key != changed and self._boxes[key].currentData() == name:
                self._boxes[key].setCurrentIndex(self._boxes[key].findData(None))


class _Sureness(NamedTuple):
    word: str
    tint: str


def _sureness(words: Vocabulary, column: Column) -> _Sureness:
    if column.field is None:
        known = words.match(column.header).field is not None
        return _Sureness("不用读" if known else "没有认出", "grey" if known else "yellow")
    if column.likeness >= 1:
        return _Sureness("完全对上", "green")
    if column.likeness >= SURE:
        return _Sureness(f"很像 {column.likeness:.0%}", "green")
    return _Sureness(f"有点像 {column.likeness:.0%}" if column.likeness >= LIKELY else f"不太像 {column.likeness:.0%}", "yellow")


def _key(table: ReadTable, column: Column) -> Key:
    return table.sheet, table.header_rows[-1], column.index


def _name_table(table: ReadTable) -> str:
    where = f"工作表“{table.sheet}”" if table.sheet else "表格"
    begins = f"（{table.columns[0].letter} 列起）" if table.columns and table.columns[0].index else ""
    return f"{where}，表头在第 {table.header_rows[-1]} 行{begins}"
