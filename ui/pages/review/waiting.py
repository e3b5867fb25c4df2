"""What waits for review in one ledger: filters and the list of submitted records."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy import ColumnElement

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.lines import Line
from huajie_desktop.records.listing import Wanted, columns_of, record_ids, record_lines
from huajie_desktop.work.queries import has_open, open_counts
from ui.desk.desk import Desk
from ui.forms.choices import values_of
from ui.lists.filter_bar import FilterBar
from ui.lists.filters import Chip
from ui.lists.rows import record_cell
from ui.lists.tables import ListTable
from ui.theme import scaled
from ui.widgets.choice import Choice

_QUERIES = "queries"  # column and filter of open queries
_COLUMNS = 4  # of the ledger beside its name


class _QueryColumn:
    """How many queries of a record are open."""

    key, label, width, numeric, sortable = _QUERIES, "疑问", 64, True, False


class WaitingList(QWidget):
    """The submitted records of one ledger."""

    moved = Signal(object)  # id of the record with the cursor, None when there is none
    chosen = Signal()  # the selection changed

    def __init__(self, desk: Desk, ledger: Ledger) -> None:
        super().__init__()
        self._desk, self.ledger = desk, ledger
        self._sort = (ledger.day if ledger.day and ledger.place is None else "", False)
        shown = [key for key in ledger.columns if key not in ("state", "number", "responsible", "investment")][: _COLUMNS + 1]
        self._keys = tuple(dict.fromkeys([*shown, ledger.name]))
        chips = {key: Chip(ledger.fields[key].label) for key in ledger.filters} | {_QUERIES: Chip("疑问")}
        chips[_QUERIES].set_choices([Choice(True, "有疑问"), Choice(False, "没有疑问")])
        self.filters = FilterBar(chips, "搜索", f"看全部等待审核的{ledger.noun}")
        self.filters.changed.connect(self.reload)
        for action in (self.filters.find_action, self.filters.clear_action):
            self.addAction(action)
        spare = [key for key in reversed(self._keys) if key not in (ledger.name, ledger.place)]
        self.table = ListTable(
            f"review-{ledger.key}", (*columns_of(ledger, self._keys), _QueryColumn()), self._fetch, record_cell, desk.preferences,
            stretch=ledger.name, spare=spare,
        )  # fmt: skip
        self.table.moved.connect(self.moved)
        self.table.chosen.connect(self._on_chosen)
        self.table.sorted.connect(self._on_sorted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, scaled(16), 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.filters)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        """Reads choices and records anew."""
        with self._desk.reading() as session:
            for key in self.ledger.filters:
                self.filters.chips[key].set_choices(values_of(session, self.ledger.fields[key]))
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Reads the records anew; the cursor stays at its place when its record is gone."""
        values = self.filters.values
        queried, noun = values.pop(_QUERIES), self.ledger.noun
        asked: tuple[ColumnElement[bool], ...] = ()
        if queried is not None:
            asked = (has_open(self.ledger) if queried else ~has_open(self.ledger),)
        life = self.ledger.life
        wanted = Wanted(self.filters.text, {**values, **({life.column: life.waiting} if life else {})}, asked)
        row = self.table.view.currentIndex().row()
        with self._desk.reading() as session:
            ids = record_ids(session, self.ledger, wanted, *self._sort)
        if self.filters.narrowed:
            self.table.empty.say(f"没有符合条件的{noun}", "换一个条件，或者清除条件。", self.filters.clear_action, "search")
        else:
            self.table.empty.say(f"没有等待审核的{noun}", "提交审核的、或从表格导入的会出现在这里。", picture="review")
        self.table.show_ids(ids)
        if len(ids) and self.table.current_id() is None:
            self.table.put_cursor(min(max(row, 0), len(ids) - 1))
        self.moved.emit(self.table.current_id())
        self._on_chosen()

    def _fetch(self, ids: Sequence[int]) -> list[Line]:
        with self._desk.reading() as session:
            counts = open_counts(session, self.ledger, ids)
            lines: list[Line] = record_lines(session, self.ledger, ids, self._keys)
        for line in lines:
            line.cells[_QUERIES] = str(counts.get(line.id, ""))
        return lines

    @Slot(str, bool)
    def _on_sorted(self, key: str, descending: bool) -> None:
        self._sort = (key, descending)
        self.reload()

    @Slot()
    def _on_chosen(self) -> None:
        self.filters.show_hits(self.table.count, len(self.table.selected_ids()))
        self.chosen.emit()
