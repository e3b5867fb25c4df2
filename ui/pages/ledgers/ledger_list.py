"""The records of one ledger: filters above, the list, and the form beside it."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy import ColumnElement

from db.base import table_of
from db.journal import Changes
from db.models import Category, Person, Query, Unit
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records import entry, listing
from huajie_desktop.records.entry import Saved
from huajie_desktop.records.grouping import grouping_keys, groups_of
from huajie_desktop.records.lines import Line
from huajie_desktop.records.listing import Wanted
from huajie_desktop.records.meanwhile import Seen
from huajie_desktop.seat import Seat, SeatSession
from ui.desk.desk import Desk
from ui.forms.card import RecordCard
from ui.forms.choices import values_of
from ui.forms.record_parts.queries_part import QueriesPart
from ui.forms.record_parts.versions_part import HistoryPart
from ui.lists.columns import ChosenColumns
from ui.lists.filter_bar import FilterBar
from ui.lists.filters import Chip, Tabs
from ui.lists.inplace import CellsInPlace, Read, Save
from ui.lists.rows import record_cell
from ui.lists.tables import ListTable
from ui.pages.ledgers.ledger_form import LedgerForm
from ui.pages.ledgers.period import month_chips, period_of
from ui.theme import scaled
from ui.widgets.beside import Beside
from ui.widgets.buttons import ActionButton
from ui.widgets.choice import Choice

_STATE = "state"
_IN_LINE = 3  # filters beside the search; further ones stand in a line of their own


def _parts(desk: Desk, ledger: Ledger) -> dict[str, QWidget]:
    """What a record has beside its form."""
    parts: dict[str, QWidget] = {"疑问": QueriesPart(desk)} if ledger.reviewed else {}
    return {**parts, "历史": HistoryPart(desk)}


def _reading_and_saving(ledger: Ledger) -> tuple[Read, Save]:
    def read(session: SeatSession, record_id: int) -> Seen:
        return entry.seen(session, ledger, record_id)

    def save(seat: Seat, record_id: int, texts: Mapping[str, str], seen: Seen | None) -> Saved:
        return entry.save(seat, ledger, record_id, texts, seen=seen)

    return read, save


class LedgerList(QWidget):
    """List and form of one ledger; the page has the actions, and `above` (states, groups, columns) at the place it likes."""

    chosen = Signal()  # the selection changed

    def __init__(self, desk: Desk, ledger: Ledger, new: QAction) -> None:
        super().__init__()
        self.setAccessibleName("列表")
        self._desk, self._ledger, self._new = desk, ledger, new
        self._sort = (ledger.day or "", False)
        self._concerned = {table_of(model).name for model in (ledger.model, Unit, Category, Person, Query)}
        self.tabs = Tabs({None: "全部", **(ledger.life.words if ledger.life else {})})
        self.tabs.chosen.connect(self._reload)
        self.groups = Chip("分组")
        self.groups.set_choices([Choice(key, label) for key, label in grouping_keys(ledger).items()])
        self.groups.chosen.connect(self._reload)
        chips = {key: Chip(ledger.fields[key].label) for key in ledger.filters} | (month_chips() if ledger.day else {})
        self.filters = FilterBar(chips, "内容、单位、人、编号或拼音首字母", f"看全部{ledger.noun}", list(chips)[_IN_LINE:])
        self.filters.changed.connect(self._reload)
        stays = {ledger.name, ledger.day, ledger.place, _STATE}
        self._spare = [key for key in reversed(ledger.columns) if key not in stays]
        self.table = self._make_table()
        self.columns = ChosenColumns(desk, ledger, self.table, self._spare)
        self.in_place = CellsInPlace(desk, ledger, self.table, *_reading_and_saving(ledger))
        self.form = LedgerForm(desk, ledger)
        self.form.saved.connect(self._on_saved)
        self.form.left.connect(self._on_left)
        self.form.opened.connect(self._on_form_opened)
        self.card = RecordCard(self.form, _parts(desk, ledger))
        self._beside = Beside(self.table, self.card)
        self.above = self._make_line()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.filters)
        column.addWidget(self._beside, 1)
        self.setFocusProxy(self.table)

    def _make_table(self) -> ListTable:
        ledger = self._ledger
        made = ListTable(
            ledger.key,
            listing.columns_of(ledger),
            self._fetch,
            record_cell,
            self._desk.preferences,
            stretch=ledger.name if ledger.name in ledger.columns else ledger.columns[0],
            spare=self._spare,
        )
        made.moved.connect(self._on_moved)
        made.opened.connect(self._on_opened)
        made.chosen.connect(self._on_chosen)
        made.sorted.connect(self._on_sorted)
        return made

    def _make_line(self) -> QWidget:
        choose = self._action("选择列", "Ctrl+L", "选择列表显示哪些列，排好次序", self.columns.choose)
        self._action("分组", "Ctrl+U", "按单位、类别等分组，带小计", self.groups.click)
        self._action("折叠全部组", "Ctrl+Shift+G", "折叠全部组，只看小计；再按一次展开", self._on_fold)
        self.addAction(self.in_place.action)
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(scaled(8))
        if self._ledger.reviewed:
            line.addWidget(self.tabs)
        line.addWidget(self.groups)
        line.addWidget(ActionButton(choose, "plain"))
        return made

    def _action(self, text: str, keys: str, tip: str, slot: object) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setStatusTip(tip)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    # filling

    def refresh(self, changes: Changes | None) -> None:
        """Reads the list anew, and the form unless something is being typed there."""
        if changes is not None and not self._concerned & changes.touched.keys():
            return
        with self._desk.reading() as session:
            for key in self._ledger.filters:
                self.filters.chips[key].set_choices(values_of(session, self._ledger.fields[key]))
        self.form.load_choices()
        self.columns.load()
        self._reload()
        if self.form.record_id and not self._fetch([self.form.record_id]):
            self.form.lose_record()
        elif self.form.record_id and not self.form.changed:
            self.form.open_record(self.form.record_id)
        elif self.form.record_id:
            self._on_form_opened(self.form.record_id)

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        """Shows a search ("text"), a state ("state"), values by key ("values"), a record ("id") or a new one ("new")."""
        if not self.form.may_leave():
            return
        if subject.get("new"):
            self.open_new()
            return
        if self._ledger.reviewed:
            self.tabs.select(subject.get("state"))
        self.filters.show_wanted(subject.get("text", ""), subject.get("values", {}))
        if "id" in subject and self.table.go_to(subject["id"]):
            self._show_record(subject["id"])
        self.table.setFocus()

    def may_leave(self) -> bool:
        """Asks if something typed would be lost."""
        if not self.form.may_leave():
            return False
        if self.form.changed:
            self._on_left()
        return True

    def open_new(self) -> None:
        """Begins a new record."""
        if self.form.may_leave():
            self._beside.show_card(True)
            self.form.open_new()

    def close_if_open(self, ids: list[int]) -> None:
        """Closes the form where it shows one of these records, which are about to go."""
        if self.form.record_id in ids:
            self._on_left()

    def _fetch(self, ids: Any) -> list[Line]:
        with self._desk.reading() as session:
            return listing.record_lines(session, self._ledger, ids, self.columns.keys)

    def _wanted(self, year: int) -> Wanted:
        ledger, values = self._ledger, self.filters.values
        kept = {key: values[key] for key in ledger.filters} | ({_STATE: self.tabs.key} if ledger.reviewed else {})
        period = period_of(values, year)
        conditions: tuple[ColumnElement[bool], ...] = ()
        if period and ledger.day:
            conditions = (getattr(ledger.model, ledger.fields[ledger.day].name).between(period.begin, period.end),)
        return Wanted(self.filters.text, kept, conditions)

    @Slot()
    def _reload(self) -> None:
        ledger = self._ledger
        with self._desk.reading() as session:
            wanted = self._wanted(session.seat.year)
            group = str(self.groups.value or "")
            ids = listing.record_ids(session, ledger, wanted, *self._sort, group=group)
            groups = groups_of(session, ledger, wanted, group) if group else ()
            if ledger.reviewed:
                counts = listing.state_counts(session, ledger, wanted)
                self.tabs.show_counts({None: sum(counts.values()), **counts})
        if self.filters.narrowed or self.tabs.key:
            self.table.empty.say(
                f"没有符合条件的{ledger.noun}", "换一个条件，或者清除条件看全部。", self.filters.clear_action, "search"
            )
        else:
            self.table.empty.say(f"{ledger.title}还是空的", "先导入已有的表格，或者自己录入第一条。", self._new)
        self.table.show_ids(ids, groups)

    # the form beside the list

    def _show_record(self, record_id: int) -> None:
        self.form.open_record(record_id)
        self._beside.show_card(True)

    @Slot(object)
    def _on_moved(self, record_id: int | None) -> None:
        if self.card.isHidden() or record_id is None or record_id == self.form.record_id:
            return
        if self.form.may_leave():
            self._show_record(record_id)
        elif self.form.record_id:
            self.table.go_to(self.form.record_id)

    @Slot(object)
    def _on_opened(self, record_id: int) -> None:
        if record_id == self.form.record_id or self.form.may_leave():
            if record_id != self.form.record_id:
                self._show_record(record_id)
            self.card.setFocus()

    @Slot(object)
    def _on_form_opened(self, record_id: int) -> None:
        self.card.show_record(self._ledger, record_id or None)

    @Slot(object)
    def _on_saved(self, record_id: int) -> None:
        self.table.go_to(record_id)

    @Slot()
    def _on_left(self) -> None:
        self.form.record_id = None
        self._beside.show_card(False)
        self.table.setFocus()

    @Slot()
    def _on_fold(self) -> None:
        self.table.fold_all(not self.table.folded)

    @Slot(str, bool)
    def _on_sorted(self, key: str, descending: bool) -> None:
        self._sort = (key, descending)
        self._reload()

    @Slot()
    def _on_chosen(self) -> None:
        self.filters.show_hits(self.table.count, len(self.table.selected_ids()))
        self.chosen.emit()
