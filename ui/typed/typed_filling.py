"""Filling cells of the typed table at one stroke: from above, from the left, with today, with what may be meant, with nothing."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from db.fields import Kind
from huajie_desktop.receiving.typed import TypedTable
from huajie_desktop.receiving.typed_faults import near
from huajie_desktop.values.spoken_days import in_words
from ui.desk.desk import Desk
from ui.typed.typed_sheet import SheetView
from ui.widgets.building import as_caption
from ui.widgets.buttons import add_action

_DAYS = (Kind.DAY, Kind.DEADLINE)
_OFFERED = "改成建议的"


class Filling(QObject):
    """The actions that fill the selected cells, each one step that can be taken back."""

    wrote = Signal()

    def __init__(self, entry: QWidget, desk: Desk, table: TypedTable, view: SheetView, keys: Sequence[str]) -> None:
        super().__init__(entry)
        self._desk, self._table, self._view, self._keys = desk, table, view, keys
        self.down = add_action(entry, "向下填充", "Ctrl+D", "down", "选中几行时用第一行填满，否则照抄上一行", self._on_down)
        tip = "选中几列时用第一列填满，否则照抄左边一格"
        self.right = add_action(entry, "向右填充", "Ctrl+R", "right", tip, self._on_right)
        self.above = add_action(entry, "同上一行", "Ctrl+'", "up", "照抄上一行的这一格，到下一格", self._on_above)
        tip = "把今天的日期填进选中的日期格子"
        self.today = add_action(entry, "今天", "Ctrl+;", "calendar", tip, self._on_today)
        self.clear = add_action(entry, "清空格子", "Del", "close", "清空选中的格子", self._on_clear)
        self.take = add_action(entry, _OFFERED, "Ctrl+.", "done", "把看不懂的词改成建议的那一个", self._on_take)

    def offer(self) -> None:
        """Shows what may be meant in the cell under the cursor, if that is not understood."""
        near = self._near()
        self.take.setText(as_caption(f"改成“{near}”") if near else _OFFERED)
        self.take.setEnabled(bool(near))
        self.take.setVisible(bool(near))

    def _near(self) -> str:
        row, key = self._view.cell()
        return near(self._table, row, key) if key else ""

    def _write(self, cells: Mapping[tuple[int, str], str]) -> None:
        self._table.write(cells)
        self.wrote.emit()

    @Slot()
    def _on_down(self) -> None:
        rows, keys = self._view.selected()
        top = rows[0] if len(rows) > 1 else rows[0] - 1
        if top >= 0:
            self._table.fill_down(top, rows[-1], keys)
            self.wrote.emit()

    @Slot()
    def _on_right(self) -> None:
        rows, keys = self._view.selected()
        first = self._keys.index(keys[0]) if keys else 0
        left = first if len(keys) > 1 else first - 1
        if left >= 0:
            filled = keys[1:] if len(keys) > 1 else keys
            self._write({(row, key): self._table.text(row, self._keys[left]) for row in rows for key in filled})

    @Slot()
    def _on_above(self) -> None:
        row, key = self._view.cell()
        if row and key:
            self._write({(row, key): self._table.text(row - 1, key)})
            self._view.go(0, 1)

    @Slot()
    def _on_today(self) -> None:
        rows, keys = self._view.selected()
        days = [key for key in keys if self._table.field(key).kind in _DAYS]
        self._write({(row, key): in_words(self._desk.today) for row in rows for key in days})

    @Slot()
    def _on_clear(self) -> None:
        rows, keys = self._view.selected()
        self._write({(row, key): "" for row in rows if row < self._table.count for key in keys})

    @Slot()
    def _on_take(self) -> None:
        if near := self._near():
            self._write({self._view.cell(): near})
