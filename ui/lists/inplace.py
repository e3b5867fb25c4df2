"""Editing in the cells of a list of kept records: F2 opens the field's editor, Enter saves and goes down."""

from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from db.fields import Field
from huajie_desktop.errors import FieldErrors
from huajie_desktop.records.locking import Lock, locks_of
from huajie_desktop.records.meanwhile import Seen
from ui.desk.desk import Desk
from ui.desk.meanwhile import save_asking
from ui.forms.choices import choices_of
from ui.forms.sources import LedgerSource
from ui.lists.editing import EditingDelegate
from ui.lists.tables import ListTable
from ui.widgets.buttons import WINDOW, add_action


class CellsInPlace(QObject):
    """Opens and saves one cell at a time; what cannot be changed says why."""

    def __init__(self, desk: Desk, source: LedgerSource, table: ListTable) -> None:
        super().__init__(table)
        self._desk, self._source, self._table = desk, source, table
        self._seen = Seen(0, {})
        self._record: int | None = None
        self._retyped: str | None = None  # what could not be saved, to be shown again
        self._warned = False  # whether a sentence about a cell stands that the next saving makes untrue
        self._pending: tuple[int, str, str] = (0, "", "")
        self._delegate = EditingDelegate(table.view, desk, self._field, self._text)
        self._delegate.typed.connect(self._on_typed)
        self._delegate.gone_on.connect(self._on_gone_on)
        table.view.setItemDelegate(self._delegate)
        table.model.editable = True
        tip = "直接在列表里修改光标所在的格子，回车保存"
        self.action = add_action(table, "修改这一格", "F2", "", tip, self.begin, context=WINDOW)

    @Slot()
    def begin(self) -> None:
        """Opens the cell under the cursor, or says why it cannot be changed."""
        index, record_id = self._table.view.currentIndex(), self._table.current_id()
        if record_id is None:
            self._desk.say("info", "请先用方向键把光标移到要修改的格子上，再按 F2。")
            return
        field = self._field(index.column())
        if field is None:
            self._desk.say("info", f"“{self._table.model.columns[index.column()].label}”由程序填写，不能直接修改。")
        elif (lock := self._lock(record_id, field)) is not None:
            self._desk.say("info", f"这项{self._source.noun}{lock.word}，不能直接修改。{lock.remedy}")
        else:
            with self._desk.reading() as session:
                self._seen = self._source.seen(session, record_id)
                self._delegate.choices = choices_of(session)
            self._record = record_id
            self._table.view.scrollTo(index)
            self._table.view.edit(index)

    def _lock(self, record_id: int, field: Field) -> Lock | None:
        with self._desk.reading() as session:
            return locks_of(session, self._source.ledger, [record_id], (field.key,)).get(record_id)

    def _field(self, column: int) -> Field | None:
        return self._source.fields.get(self._table.model.columns[column].key)

    def _text(self, index: Any) -> str:
        text, self._retyped = self._retyped, None
        return text if text is not None else self._seen.texts.get(self._table.model.columns[index.column()].key, "")

    @Slot(int, int, str)
    def _on_typed(self, _row: int, column: int, text: str) -> None:
        key = self._table.model.columns[column].key
        if self._record is not None and text.strip() != self._seen.texts.get(key, "").strip():
            # not at once: the list is read anew, and its editor must be closed by then
            self._pending = (self._record, key, text)
            QTimer.singleShot(0, self._on_due)

    @Slot()
    def _on_due(self) -> None:
        record_id, key, text = self._pending
        try:
            done = save_asking(self._desk, self._table, self._source.save, record_id, texts={key: text}, seen=self._seen)
        except FieldErrors as errors:
            self._warned = True
            self._desk.say("error", f"没有保存：{errors.messages.get(key) or errors}")
            self._reopen(record_id, key, text)

        else:
            if done is not None:
                self._tell(self._source.fields[key].label, text.strip(), done.doubts.get(key, ""))

    def _tell(self, label: str, text: str, doubt: str) -> None:
        """Says what is doubtful in a saved cell, and takes back what was said of the one before."""
        if doubt:
            self._desk.say("warning", f"已保存{label}，请再看一眼：{doubt}")
        elif self._warned:
            self._desk.say("done", f"已保存{label}{f'“{text[:20]}”' if text else '（空）'}。")
        self._warned = bool(doubt)

    def _reopen(self, record_id: int, key: str, text: str) -> None:
        """Opens the cell again with what was typed, so that nothing typed is lost."""
        keys = [column.key for column in self._table.model.columns]
        if self._table.go_to(record_id) and key in keys:
            self._table.put_cursor(self._table.view.currentIndex().row(), keys.index(key))
            self._retyped = text
            self._table.view.edit(self._table.view.currentIndex())

    @Slot(int, int)
    def _on_gone_on(self, rows: int, columns: int) -> None:
        index = self._table.view.currentIndex()
        row = min(max(index.row() + rows, 0), self._table.model.rowCount() - 1)
        column = min(max(index.column() + columns, 0), self._table.model.columnCount() - 1)
        self._table.put_cursor(row, column)
        self._table.view.setFocus()
