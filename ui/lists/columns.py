"""Which columns a list shows and in which order: chosen by keyboard, dragged by mouse, remembered for each person."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QPushButton, QWidget

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.kept import not_given_yet
from huajie_desktop.records.listing import Column as Listed
from huajie_desktop.records.listing import columns_of
from huajie_desktop.settings import habit, keep_habit
from ui.desk.desk import Desk
from ui.lists.rows import Column
from ui.lists.tables import ListTable
from ui.widgets.building import as_tip, flowing, make_label, upright
from ui.widgets.dialogs import Dialog, give_size

_JUDGED = 90  # px at 100 % of the column of what is judged
_KEY = Qt.ItemDataRole.UserRole


def judged_column(ledger: Ledger) -> tuple[Column, ...]:
    """The column of what is judged of the records of a ledger, where something is."""
    judged = ledger.shown.judged
    return (Listed(judged.key, judged.label, _JUDGED),) if judged else ()


class ChosenColumns(QObject):
    """The columns of one ledger's list as the person at the desk wants them; the name is always among them."""

    def __init__(
        self,
        desk: Desk,
        ledger: Ledger,
        table: ListTable,
        spare: Sequence[str] = (),
        before: Callable[[], Sequence[Column]] = tuple,
    ) -> None:
        """`spare` give way where it is narrow, as long as nobody chose columns: the usual ones may be chosen, too. What stands
        `before` them is no field, nor is what is judged, which stands behind them.
        """
        super().__init__(table)
        self._desk, self._ledger, self._table, self._spare, self._before = desk, ledger, table, spare, before
        self.keys: tuple[str, ...] = ledger.shown.columns
        self._empty: frozenset[str] = frozenset()  # columns nothing can stand in yet
        self._shown: tuple[Any, ...] = (columns_of(ledger), False)
        table.header.let_order()
        table.header.ordered.connect(self.keep)

    def load(self) -> None:
        """Shows the columns as kept for the person at the desk."""
        with self._desk.reading() as session:
            kept = habit(session, f"columns/{self._ledger.key}", list) or ()
            chosen = tuple(key for key in kept if key in self._ledger.fields)
            self._empty = not_given_yet(session, self._ledger, chosen or self._ledger.shown.columns)
        self._show(chosen)

    def choose(self) -> None:
        """Asks which columns to show, and in which order."""
        dialog = ColumnsDialog(self._table, self._ledger, self.keys)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.keep(() if dialog.usual else dialog.keys)
        dialog.deleteLater()
        self._table.setFocus()

    @Slot(object)
    def keep(self, keys: Sequence[str]) -> None:
        """Shows these columns from now on, the usual ones where there are none."""
        if (wait := self._desk.waiting()) is not None:
            self._desk.tell(wait)
            return
        keys = tuple(key for key in keys if key in self._ledger.fields)
        keep_habit(self._desk.seat, f"columns/{self._ledger.key}", list(keys) or None)
        self._show(keys)

    def _show(self, chosen: tuple[str, ...]) -> None:
        keys = chosen or self._ledger.shown.columns
        columns = (*self._before(), *columns_of(self._ledger, keys, self._empty), *judged_column(self._ledger))
        self.keys = keys
        if (columns, bool(chosen)) != self._shown:
            self._shown = (columns, bool(chosen))
            self._table.show_columns(columns, () if chosen else self._spare)


class ColumnsDialog(Dialog):
    """All columns there are, the shown ones ticked and in their order. 空格 ticks, Ctrl+↑ and Ctrl+↓ move."""

    def __init__(self, parent: QWidget, ledger: Ledger, keys: Sequence[str]) -> None:
        super().__init__(parent)
        self._ledger, self._reset = ledger, False
        self.setWindowTitle("选择列")
        give_size(self, 420, 520)
        self.list = _Movable()
        self._fill(keys)
        title = make_label("列表显示哪些列", "groupTitle")
        hint = make_label("空格打勾或去掉，Ctrl+↑、Ctrl+↓ 移动。拖动列表的表头也可以换次序。", "quiet", wrap=True)
        buttons = flowing()
        for word, kind, slot, tip in (
            ("恢复默认", "plain", self._on_reset, "换回程序原来的列"),
            ("确定", "primary", self.accept, "按打勾的显示（回车）"),
            ("取消", "", self.reject, "不改了（Esc）"),
        ):
            button = QPushButton(word)
            button.setProperty("kind", kind)
            button.setToolTip(as_tip(tip))
            button.setAutoDefault(False)
            button.setDefault(kind == "primary")
            button.clicked.connect(slot)
            buttons.addWidget(button)
            if kind == "plain":
                buttons.addStretch(1)
        column = upright(self, (24, 20, 24, 20), 12)
        for widget in (title, hint, self.list):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.list.setFocus()

    @property
    def keys(self) -> list[str]:
        """The ticked columns in order."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item.data(_KEY) for item in items if item.checkState() == Qt.CheckState.Checked]

    @property
    def usual(self) -> bool:
        """Whether the program's own columns were asked back, which give way where it is narrow."""
        return self._reset and tuple(self.keys) == self._ledger.shown.columns

    def _fill(self, keys: Sequence[str]) -> None:
        self.list.ensurePolished()  # else its lines are laid out as the system has them
        self.list.clear()
        for key in (*keys, *(key for key in self._ledger.fields if key not in keys)):
            item = QListWidgetItem(self._ledger.fields[key].label)
            item.setData(_KEY, key)
            item.setCheckState(Qt.CheckState.Checked if key in keys else Qt.CheckState.Unchecked)
            if key == self._ledger.name:  # without its name a line says nothing
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
                item.setToolTip("这一列总是显示")
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    @Slot()
    def _on_reset(self) -> None:
        self._fill(self._ledger.shown.columns)
        self._reset = True
        self.list.setFocus()


class _Movable(QListWidget):
    """A list whose current line goes up and down with Ctrl, or is dragged."""

    def __init__(self) -> None:
        super().__init__()
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            row = self.currentRow()
            if 0 <= row + step < self.count():
                self.insertItem(row + step, self.takeItem(row))
                self.setCurrentRow(row + step)
        else:
            super().keyPressEvent(event)
