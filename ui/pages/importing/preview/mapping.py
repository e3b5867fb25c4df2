"""What the columns of a file were taken for, table by table, and correcting it."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
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
from ui.widgets.dialogs import Dialog, give_size
from ui.widgets.steady import Combo

Key = tuple[str, int, int]  # sheet, last header row from 1, column from 0
UNREAD = "不读这一列"
_ROW = 44  # px at 100 %
_HEADS = ["列", "表头", "内容如", "把握", "读成"]
_EXAMPLE, _SURE, _BOX = 2, 3, 4
_HEADLESS = "（没有表头）"
_KNOWN = "左边是表里的表头，右边是读成的内容。认错了的请改正，改好后这个文件会重新读一遍，已经改正的内容不会丢。"
_UNKNOWN = "这张表没有认出来。先选表头在第几行（也可以没有表头），再指定哪一列是什么，至少要有“{}”。"


class MappingDialog(Dialog):
    """The columns of one file with the field each was taken for; `corrections` is what the clerk changed."""

    def __init__(self, parent: QWidget, file: FilePreview) -> None:
        super().__init__(parent)
        self.setWindowTitle("列对应")
        give_size(self, 860, 600)
        self._known = vocabulary(file.ledger)
        self._words: dict[str | None, str] = {None: UNREAD} | ({DIMENSION: "板块"} if self._known.category else {})
        self._words.update((name, field.label) for name, field in self._known.fields.items())
        self._tables = file.read.mappable
        self._boxes: dict[Key, QComboBox] = {}
        self._before: dict[Key, str | None] = {}
        self._which = Combo()
        self._which.addItems([legible(_name_table(table)) for table in self._tables])
        self._which.setVisible(len(self._tables) > 1)
        self._missing = make_label(name="quiet", wrap=True)
        self._hint = make_label(wrap=True)
        self._shown: list[QTableWidget] = [self._make_table(table) for table in self._tables]
        self._arrange(file)
        self._which.currentIndexChanged.connect(self._on_table)
        self._on_table(0)

    @property
    def corrections(self) -> dict[Key, str | None]:
        """The columns the clerk changed, with the field they hold (None: not to be read).

        Of a table that was not read all that is known of its columns counts, once the clerk looks at it or says anything of
        it; what is looked at counts last.
        """
        tables = list(self._tables)
        shown = tables.pop(self._which.currentIndex())
        changed = {key: box.currentData() for key, box in self._boxes.items() if box.currentData() != self._before[key]}
        found: dict[Key, str | None] = {}
        for table in (*tables, shown):
            keys = [_key(table, column) for column in table.columns]
            said = {key: changed[key] for key in keys if key in changed}
            if not table.read and (said or table is shown):
                said |= {key: held for key in keys if (held := self._boxes[key].currentData())}
            found |= said
        return found

    def box_of(self, header: str) -> QComboBox:
        """The choice beside the first column of that header."""
        key = next(_key(table, column) for table in self._tables for column in table.columns if column.header == header)
        return self._boxes[key]

    def _arrange(self, file: FilePreview) -> None:
        heading = make_label(file.read.name, "groupTitle", wrap=True)
        box = QDialogButtonBox()
        again = box.addButton("重新读取", QDialogButtonBox.ButtonRole.AcceptRole)
        restyle(again, kind="primary")
        box.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column = upright(self, (24, 20, 24, 20), 12)
        for widget in (heading, self._hint, self._which, self._missing, *self._shown, box):
            column.addWidget(widget)

    def _make_table(self, table: ReadTable) -> QTableWidget:
        made = QTableWidget(len(table.columns), len(_HEADS))
        made.setHorizontalHeaderLabels(_HEADS)
        made.setColumnHidden(_EXAMPLE, not any(column.example for column in table.columns))
        made.setItemDelegate(CellDelegate(made))
        made.verticalHeader().hide()
        made.verticalHeader().setDefaultSectionSize(scaled(_ROW))
        made.setTabKeyNavigation(False)  # Tab goes from box to box, and on behind the last
        made.setShowGrid(False)
        made.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        made.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header = made.horizontalHeader()
        header.setMinimumSectionSize(scaled(56))  # what the longest heading takes
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place in (1, _EXAMPLE):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        for place, width in ((0, 48), (_SURE, 116), (_BOX, 200)):
            header.resizeSection(place, scaled(width))
        for row, column in enumerate(table.columns):
            self._add_row(made, row, table, column)
        return made

    def _add_row(self, made: QTableWidget, row: int, table: ReadTable, column: Column) -> None:
        key = _key(table, column)
        sure = _sureness(self._known, column)
        for place, text in enumerate((column.letter, column.header or _HEADLESS, column.example, sure.word)):
            item = QTableWidgetItem(text)
            item.setData(Qt.ItemDataRole.ToolTipRole, text)
            if place == _SURE:
                item.setData(TINT_ROLE, sure.tint)
            made.setItem(row, place, item)
        box = Combo()
        for name, word in self._words.items():
            box.addItem(word, name)
        box.setCurrentIndex(box.findData(column.field))
        box.setAccessibleName(f"{column.letter} 列 {column.header or column.example}".strip())
        box.currentIndexChanged.connect(self._on_chosen)
        self._boxes[key], self._before[key] = box, column.field
        holder = QWidget()
        line = across(holder, (0, 3, 8, 3))
        line.addWidget(box)
        made.setCellWidget(row, _BOX, holder)

    @Slot(int)
    def _on_table(self, place: int) -> None:
        for number, table in enumerate(self._shown):
            table.setVisible(number == place)
        name = self._words[self._known.ledger.name]
        self._hint.setText(_KNOWN if self._tables[place].read else _UNKNOWN.format(name))
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
    return table.sheet, table.starts, column.index


def _name_table(table: ReadTable) -> str:
    where = f"工作表“{table.sheet}”" if table.sheet else "表格"
    if not table.header_rows:
        return f"{where}，没有表头，第 {table.starts + 1} 行起是内容"
    begins = f"（{table.columns[0].letter} 列起）" if table.columns and table.columns[0].index else ""
    return f"{where}，表头在第 {table.starts} 行{begins}"
