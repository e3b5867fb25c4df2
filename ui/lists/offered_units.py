"""Units that may be made, with ticks: the villages of a township, or a column of names pasted from a spreadsheet."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from db.organisation import UNIT_KINDS
from huajie_desktop.township.village_names import Offered
from ui.theme import ROW_HEIGHT, scaled
from ui.widgets.building import FLUSH, across, as_tip, make_label, put, upright
from ui.widgets.buttons import INSIDE, ActionButton, add_action

_NONE, _SAME, _NEW = Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked, Qt.CheckState.Checked
_NAME, _WORDS, _CODE = range(3)
_WIDTHS = {_NAME: 180, _CODE: 126}  # px at 100 %


class OfferedUnits(QWidget):
    """The list: Space ticks, Ctrl+A all or none, Ctrl+V adds pasted names, Enter agrees."""

    agreed = Signal()
    counted = Signal(int)  # how many are ticked

    def __init__(self, pasted: Callable[[str], Sequence[Offered]]) -> None:
        """`pasted` makes units of the text of the clipboard."""
        super().__init__()
        self._pasted = pasted
        self._offered: list[Offered] = []
        self.table = _Ticks()
        self.table.entered.connect(self.agreed)
        self.table.itemChanged.connect(self._on_changed)
        self.said = make_label(name="quiet", wrap=True)
        add = partial(add_action, self, context=INSIDE)
        self.all_action = add("全勾或全不勾", "Ctrl+A", "tick", "把列出的都勾上，都勾上了就都去掉", self._on_all)
        self.paste_action = add("粘贴名称", "Ctrl+V", "copy", "从表格里复制一列名称，在这里粘贴，一行一个", self._on_paste)
        below = across(spacing=8)
        put(below, ActionButton(self.all_action, "link"), ActionButton(self.paste_action, "link"), 1)
        put(upright(self, FLUSH, 4), (self.table, 1), self.said, below)
        self.setFocusProxy(self.table)
        self.show_offered(())

    def show_offered(self, offered: Sequence[Offered]) -> None:
        """Lists these, ticked unless one that is kept may be it."""
        self._offered = list(offered)
        self.table.blockSignals(True)
        self.table.setRowCount(len(offered))
        for row, item in enumerate(offered):
            self._fill(row, item)
        self.table.blockSignals(False)
        if offered:
            self.table.setCurrentCell(0, _NAME)
        self._count()

    @property
    def make(self) -> list[Offered]:
        """Those to be made."""
        return self._in_state(_NEW)

    @property
    def same(self) -> list[Offered]:
        """Those that are a kept unit, as the clerk says."""
        return self._in_state(_SAME)

    def _in_state(self, state: Qt.CheckState) -> list[Offered]:
        return [item for row, item in enumerate(self._offered) if self._cell(row, _NAME).checkState() == state]

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        found = self.table.item(row, column)
        assert found is not None
        return found

    def _fill(self, row: int, item: Offered) -> None:
        name = QTableWidgetItem(item.name)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
        name.setFlags(flags | Qt.ItemFlag.ItemIsUserTristate if item.near else flags)
        name.setCheckState(_NONE if item.near else _NEW)
        words, code = QTableWidgetItem(), QTableWidgetItem(item.code)
        for cell in (words, code):
            cell.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        for column, cell in enumerate((name, words, code)):
            self.table.setItem(row, column, cell)
        self._say(row)

    def _say(self, row: int) -> None:
        """What will be done with a row, in words."""
        item, state = self._offered[row], self._cell(row, _NAME).checkState()
        if state == _NEW:
            words = f"{'另外' if item.near else ''}新建{UNIT_KINDS[item.kind]}"
        elif state == _SAME:
            words = f"就是已有的“{item.near_name}”，补上代码和别名"
        else:
            words = f"不建：是不是已有的“{item.near_name}”？按空格选" if item.near else "不建"
        self._cell(row, _WORDS).setText(words)
        self._cell(row, _WORDS).setToolTip(as_tip(words))

    def _count(self) -> None:
        asked = sum(1 for item in self._offered if item.near)
        if not self._offered:
            self.said.setText("没有要新建的单位。可以从表格里复制一列名称，在这里按 Ctrl+V 粘贴，一行一个。")
        else:
            near = f"；{asked} 个与已有的名称相近，请看一下" if asked else ""
            self.said.setText(f"列出 {len(self._offered)} 个，勾上 {len(self.make)} 个{near}。空格勾上或去掉，回车确定。")
        self.counted.emit(len(self.make) + len(self.same))

    @Slot(QTableWidgetItem)
    def _on_changed(self, cell: QTableWidgetItem) -> None:
        if cell.column() == _NAME:
            self._say(cell.row())
            self._count()

    @Slot()
    def _on_all(self) -> None:
        state = _NONE if len(self.make) == len(self._offered) else _NEW
        for row in range(self.table.rowCount()):
            self._cell(row, _NAME).setCheckState(state)

    @Slot()
    def _on_paste(self) -> None:
        there = {item.name for item in self._offered}
        fresh = [item for item in self._pasted(QApplication.clipboard().text()) if item.name not in there]
        if fresh:
            self.table.blockSignals(True)
            for item in fresh:
                self._offered.append(item)
                self.table.setRowCount(len(self._offered))
                self._fill(len(self._offered) - 1, item)
            self.table.blockSignals(False)
            self.table.setCurrentCell(len(self._offered) - 1, _NAME)
        self._count()
        if not fresh:
            self.said.setText("剪贴板里没有新的名称：请从表格里复制一列名称再粘贴；已经列出和已经有的不重复。")


class _Ticks(QTableWidget):
    """The table of units; Enter is told, and the cursor stays where the ticks are."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__(0, 3)
        self.setAccessibleName("要建的单位")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for column in range(3):
            stretch = QHeaderView.ResizeMode.Stretch if column == _WORDS else QHeaderView.ResizeMode.Fixed
            self.horizontalHeader().setSectionResizeMode(column, stretch)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, scaled(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)
