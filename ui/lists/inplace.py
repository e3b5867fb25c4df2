"""Editing in the cells of a list of kept records: F2, a double click or typing opens the field's editor, Enter saves."""

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from db.fields import Field
from huajie_desktop.errors import FieldErrors
from huajie_desktop.records.locking import Lock, locks_of
from huajie_desktop.records.meanwhile import Seen
from ui.desk.desk import Desk
from ui.desk.meanwhile import save_asking
from ui.forms.choices import choices_of
from ui.forms.sources import LedgerSource
from ui.lists.editing import EditingDelegate
from ui.lists.keyed_twice import keyed_twice
from ui.lists.selected_cells import SelectedCells, why_not
from ui.lists.tables import ListTable
from ui.widgets.buttons import WINDOW, add_action


class CellsInPlace(QObject):
    """Opens and saves one cell at a time, or with Ctrl+Enter that column of all selected rows; what is locked says why."""

    def __init__(self, desk: Desk, source: LedgerSource, table: ListTable) -> None:
        super().__init__(table)
        self._desk, self._source, self._table = desk, source, table
        self._seen = Seen(0, {})
        self._record: int | None = None
        self._retyped: str | None = None  # what could not be saved, to be shown again
        self._warned = False  # whether a sentence about a cell stands that the next saving makes untrue
        self._pending: tuple[int, str, str] = (0, "", "")
        self._for_all = False  # whether that is meant for all selected rows
        self._delegate = EditingDelegate(table.view, desk, self._field, self._text)
        self._delegate.many = True
        self._delegate.typed.connect(self._on_typed)
        self._delegate.typed_for_all.connect(self._on_typed_for_all)
        self._delegate.gone_on.connect(self._on_gone_on)
        table.view.setItemDelegate(self._delegate)
        table.view.hand = self
        table.model.editable = True
        tip = "直接在列表里修改光标所在的格子：回车保存到下一行，Ctrl+回车写进所有选中的行；直接打字是换掉原来的"
        self.action = add_action(table, "修改这一格", "F2", "", tip, self.begin, context=WINDOW)
        self.selected = SelectedCells(desk, source, table)

    @property
    def editor(self) -> QWidget | None:
        """The editor that is open."""
        return self._delegate.editor

    @Slot()
    def begin(self) -> None:
        """Opens the cell under the cursor, or says why it cannot be changed."""
        if self._ready():
            self._table.view.edit(self._table.view.currentIndex())

    def takes_typing(self) -> bool:
        """Gets ready for typing in the cell under the cursor; False where it cannot be changed, which is said."""
        if self.editor is None:  # else the input method hands on what was begun before it opened
            self._delegate.replacing = self._ready()
            return self._delegate.replacing
        return True

    def ends_typing(self) -> None:
        """What is opened next is opened with what stands there."""
        self._delegate.replacing = False

    def takes_click(self, index: QModelIndex) -> bool:
        """Opens the cell; not the name, by which the record is opened, nor what cannot be changed here."""
        field, record_id = self._field(index.column()), self._table.current_id()
        if field is None or field.key == self._source.name or record_id is None or self._lock(record_id, field) is not None:
            return False
        self.begin()
        return True

    def _ready(self) -> bool:
        """Whether the cell under the cursor can be changed; says why not, reads what the record says where it can."""
        index, record_id = self._table.view.currentIndex(), self._table.current_id()
        if record_id is None:
            self._desk.say("info", "请先用方向键把光标移到要修改的格子上，再按 F2。")
            return False
        field = self._field(index.column())
        if field is None:
            self._desk.say("info", why_not(self._table.model.columns[index.column()]))
            return False
        if (lock := self._lock(record_id, field)) is not None:
            self._desk.say("info", f"这项{self._source.noun}{lock.word}，不能直接修改。{lock.remedy}")
            return False
        with self._desk.reading() as session:
            self._seen = self._source.seen(session, record_id)
            self._delegate.choices = choices_of(session)
        self._record = record_id
        self._table.view.scrollTo(index)
        return True

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
            self._save_soon(key, text, for_all=False)

    @Slot(int, str)
    def _on_typed_for_all(self, column: int, text: str) -> None:
        self._table.view.setFocus()
        if self._record is not None:
            key = self._table.model.columns[column].key
            self._save_soon(key, text, for_all=len(self._table.selected_ids()) > 1)

    def _save_soon(self, key: str, text: str, *, for_all: bool) -> None:
        """Not at once: the list is read anew, and its editor must be closed by then."""
        assert self._record is not None
        self._pending, self._for_all = (self._record, key, text), for_all
        QTimer.singleShot(0, self._on_due)

    @Slot()
    def _on_due(self) -> None:
        record_id, key, text = self._pending
        field = self._source.fields[key]
        before = "" if self._for_all else self._seen.texts.get(key, "")
        if not keyed_twice(self._desk, self._table, field, text, before):
            self._reopen(record_id, key, text)
            return
        try:
            if self._for_all:
                self.selected.write(field, text)
            else:
                self._save(record_id, field, text)
        except FieldErrors as errors:
            self._warned = True
            self._desk.say("error", f"没有保存：{errors.messages.get(key) or errors}")
            self._reopen(record_id, key, text)

    def _save(self, record_id: int, field: Field, text: str) -> None:
        done = save_asking(self._desk, self._table, self._source.save, record_id, texts={field.key: text}, seen=self._seen)
        if done is not None:
            self._tell(field.label, text.strip(), done.doubts.get(field.key, ""))

    def _tell(self, label: str, text: str, doubt: str) -> None:
        """Says what is doubtful in a saved cell, and takes back what was said of the one before."""
        if doubt:
            self._desk.say("warning", f"已保存{label}，请再看一眼：{doubt}")
        elif self._warned:
            self._desk.say("done", f"已保存{label}{f'“{text[:20]}”' if text else '（空）'}。")
        self._warned = bool(doubt)

    def _reopen(self, record_id: int, key: str, text: str) -> None:
        """Opens the cell again with what was typed, so that nothing typed is lost; what is selected stays so."""
        keys = [column.key for column in self._table.model.columns]
        if key in keys and (self._for_all or self._table.go_to(record_id)):
            if not self._for_all:
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
