"""Cells and rows of a list to the clipboard and back, as spreadsheet programs put and take them."""

from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from db.fields import Field
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.receiving.pasting import from_clipboard, to_clipboard
from huajie_desktop.sending.exporting import rows_to_copy
from huajie_desktop.sheets.written.formulas import unguarded
from ui.desk.desk import MANY, Desk
from ui.lists.selected_cells import SelectedCells
from ui.lists.tables import ListTable
from ui.widgets.buttons import ALONE, add_action
from ui.widgets.dialogs import ask

_MOST = 20_000  # rows copied at once


class Clipboard(QObject):
    """Ctrl+C takes the column with the cursor of the selected rows, Ctrl+V writes a column there."""

    def __init__(self, desk: Desk, ledger: Ledger, table: ListTable, cells: SelectedCells) -> None:
        super().__init__(table)
        self._desk, self._ledger, self._table, self._cells = desk, ledger, table, cells
        cell = "复制选中各行的这一列，可以粘贴到 Excel、WPS 或别的行"
        rows = "复制选中的整行，连同表头，可以粘贴到 Excel、WPS"
        into = "把复制的一个值写进选中的各行，或者把复制的一列从上到下写进选中的行"
        self.copy = add_action(table.view, "复制格子", "Ctrl+C", "copy", cell, self._on_copy, context=ALONE)
        self.copy_rows = add_action(table.view, "复制整行", "Ctrl+Shift+C", "", rows, self._on_copy_rows, context=ALONE)
        self.paste = add_action(table.view, "粘贴到格子", "Ctrl+V", "", into, self._on_paste, context=ALONE)

    @Slot()
    def _on_copy(self) -> None:
        index = self._table.view.currentIndex()
        if index.isValid():
            self._copy([self._table.model.columns[index.column()].key], header=False)

    @Slot()
    def _on_copy_rows(self) -> None:
        hidden = self._table.view.isColumnHidden
        self._copy([column.key for place, column in enumerate(self._table.model.columns) if not hidden(place)], header=True)

    def _copy(self, keys: list[str], *, header: bool) -> None:
        ids = self._table.selected_ids()
        keys = [key for key in keys if key in self._ledger.fields]
        if not ids or not keys or len(ids) > _MOST:
            said = f"一次最多复制 {_MOST} 行，没有复制。要全部请用“导出”。" if len(ids) > _MOST else "请先选中要复制的行。"
            self._desk.say("info", said)
            return
        read = partial(rows_to_copy, self._desk.seat, self._ledger, ids, keys)
        if len(ids) > MANY:
            self._desk.start(f"复制 {len(ids)} 行", read, partial(self._put, keys, header))
        else:
            self._put(keys, header, read())

    def _put(self, keys: list[str], header: bool, rows: list[list[str]]) -> None:
        """Puts the rows on the clipboard, with the `header` of whole ones above them."""
        what = f"{len(rows)} 行" if header else f"{len(rows)} 格"
        if header:
            rows.insert(0, [self._ledger.fields[key].label_with_unit for key in keys])
        QGuiApplication.clipboard().setText(to_clipboard(rows))
        private = any(self._ledger.fields[key].private for key in keys)
        self._desk.say("info", f"已复制 {what}。" + ("个人信息是遮盖的。" if private else ""))

    @Slot()
    def _on_paste(self) -> None:
        told = QGuiApplication.clipboard().mimeData()
        rows = self._desk.ask(partial(from_clipboard, told.text(), told.html()))
        if rows is None or (field := self._cells.field()) is None:
            return
        if not any(any(row) for row in rows) or any(len(row) > 1 for row in rows):
            self._desk.say("info", "一次只能粘贴一个值或一列值，没有粘贴。许多列请用表格录入（Ctrl+Shift+N）。")
            return
        texts, ids = [unguarded(row[0] if row else "") for row in rows], self._table.selected_ids()
        if len(texts) == 1:
            self._desk.ask(partial(self._cells.write, field, texts[0]))
        elif len(texts) == len(ids) or len(ids) == 1:
            self._write_down(field, texts, ids)
        else:
            self._desk.say(
                "info", f"复制的是 {len(texts)} 行，选中的是 {len(ids)} 行，对不上，没有粘贴。请选中一样多的行，或只选第一行。"
            )

    def _write_down(self, field: Field, texts: list[str], ids: list[int]) -> None:
        """Writes the texts into the selected rows, from a single one downwards, after a look at the first texts."""
        if len(ids) == 1:
            rows = [record_id for record_id in self._table.model.ids if record_id >= 0]
            ids = rows[rows.index(ids[0]) :][: len(texts)]
        if len(ids) < len(texts):
            self._desk.say("info", f"复制的是 {len(texts)} 行，从这里往下只有 {len(ids)} 行，没有粘贴。")
            return
        first = "\n".join(f"{text or '（空）'}" for text in texts[:5]) + ("\n……" if len(texts) > 5 else "")
        if ask(self._table, f"把 {len(texts)} 个值从上到下写进“{field.label}”？", first, f"写进 {len(texts)} 行"):
            self._cells.write_each(field, dict(zip(ids, texts, strict=True)))
