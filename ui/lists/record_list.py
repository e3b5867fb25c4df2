"""The list of one ledger's records: its filters, the order the clerk chose, groups with subtotals, the card of one beside it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records import listing
from huajie_desktop.records.doubts import mark_doubted
from huajie_desktop.records.grouping import grouping_keys, groups_of
from huajie_desktop.records.lines import Line
from huajie_desktop.seat import SeatSession
from ui.desk.desk import Desk
from ui.forms.card import RecordCard
from ui.forms.kept_form import KeptForm
from ui.forms.sources import LedgerSource
from ui.lists.card_beside import CardBeside, Parts
from ui.lists.columns import ChosenColumns
from ui.lists.inplace import CellsInPlace
from ui.lists.record_filters import RecordFilters
from ui.lists.rows import Column, record_cell
from ui.lists.tables import ListTable
from ui.widgets.building import FLUSH, across, put, upright
from ui.widgets.buttons import WINDOW, ActionButton, add_action
from ui.widgets.choice import Choice
from ui.widgets.filters import Chip, Tabs


class FilteredList(QWidget):
    """Records of one ledger under their filters: sorted by the header, counted beside the filters."""

    chosen = Signal()  # the selection changed

    def __init__(
        self, desk: Desk, ledger: Ledger, filters: RecordFilters, name: str, columns: Sequence[Column],
        *, sort: str = "", spare: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """`sort` is the key of the first order; the `spare` columns give way, the first one first, where it is narrow."""
        super().__init__()
        self._desk, self.ledger, self.filters = desk, ledger, filters
        self._sort = (sort, False)
        filters.changed.connect(self.reload)
        keys = [column.key for column in columns]
        stretch = ledger.name if ledger.name in keys else keys[0]
        self.table = ListTable(name, columns, self.fetch, record_cell, desk.preferences, stretch=stretch, spare=spare)
        self.table.chosen.connect(self._on_chosen)
        self.table.sorted.connect(self._on_sorted)
        self.setFocusProxy(self.table)

    def load(self) -> None:
        """Reads choices and records anew."""
        self.filters.load_choices()
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Reads which records are listed."""
        raise NotImplementedError

    def fetch(self, ids: Sequence[int]) -> list[Line]:
        """The lines of those records."""
        raise NotImplementedError

    def wanted_in(self, session: SeatSession) -> listing.Wanted:
        """What part of the ledger the filters ask for."""
        wanted = self.filters.wanted_in(session)
        return replace(wanted, conditions=(*wanted.conditions, *self.filters.further()))

    def seen(self, ids: Sequence[int]) -> Collection[int]:  # noqa: ARG002
        """The doubts (ids) about those records that stand before the eyes of whoever looks at the list."""
        return ()

    def give_way(self, ids: Sequence[int], gone: bool) -> None:
        """Something is about to be done with these records, after which they may be `gone`."""

    @Slot(str, bool)
    def _on_sorted(self, key: str, descending: bool) -> None:
        self._sort = (key, descending)
        self.reload()

    @Slot()
    def _on_chosen(self) -> None:
        self.filters.show_hits(self.table.count, len(self.table.selected_ids()))
        self.chosen.emit()


class RecordList(FilteredList):
    """All records, or those the filters let through, with the card of one; the page has the actions, and places `above`."""

    def __init__(
        self, desk: Desk, source: LedgerSource, filters: RecordFilters, new: QAction, parts: Parts,
        *, sort: str, spare: Sequence[str], empty: tuple[str, str], group_tip: str,
    ) -> None:  # fmt: skip
        """`new` is offered where the list is `empty`: a heading and what to do first."""
        ledger = source.ledger
        super().__init__(desk, ledger, filters, ledger.key, listing.columns_of(ledger), sort=sort, spare=spare)
        self.setAccessibleName("列表")
        self._new, self._empty = new, empty
        self.tabs = Tabs({None: "全部", **(ledger.life.words if ledger.life else {})})
        self.tabs.chosen.connect(filters.set_state)
        self.groups = Chip("分组")
        self.groups.set_choices([Choice(key, label) for key, label in grouping_keys(ledger).items()])
        self.groups.chosen.connect(self.reload)
        self.columns = ChosenColumns(desk, ledger, self.table, spare)
        self.in_place = CellsInPlace(desk, source, self.table)
        self.addAction(self.in_place.action)
        self.beside = CardBeside(desk, source, self.table, parts)
        self.above = self._make_line(group_tip)
        put(upright(self, FLUSH, 8), filters, (self.beside, 1))

    def _make_line(self, group_tip: str) -> QWidget:
        choose = add_action(self, "选择列", "Ctrl+L", "", "选择列表显示哪些列，排好次序", self.columns.choose, context=WINDOW)
        add_action(self, "分组", "Ctrl+U", "", group_tip, self.groups.click, context=WINDOW)
        fold = "折叠全部组，只看小计；再按一次展开"
        add_action(self, "折叠全部组", "Ctrl+Shift+G", "", fold, self._on_fold, context=WINDOW)
        made = QWidget()
        line = across(made, FLUSH, 8)
        if self.ledger.reviewed:
            line.addWidget(self.tabs, 1)
        put(line, self.groups, ActionButton(choose, "plain"))
        return made

    @property
    def card(self) -> RecordCard:
        """The card beside the list."""
        return self.beside.card

    @property
    def form(self) -> KeptForm:
        """The form in the card."""
        return self.beside.form

    def load(self) -> None:
        """Reads everything anew, and the record in the card unless something is being typed there."""
        self.filters.load_choices()
        self.columns.load()
        self.reload()
        self.beside.refresh()

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        """Shows what the filters know of the subject, a record ("id") or a new one ("new"); stays if something typed does."""
        if subject.get("new"):
            self.beside.open_new()
            return
        if not self.beside.may_leave():
            return
        self.filters.show_subject(subject)
        if "id" in subject and self.table.go_to(subject["id"]):
            self.beside.open_record(subject["id"])
        self.table.setFocus()

    def fetch(self, ids: Sequence[int]) -> list[Line]:
        """The lines of those records in the chosen columns."""
        with self._desk.reading() as session:
            lines = listing.record_lines(session, self.ledger, ids, self.columns.keys)
            return mark_doubted(session, self.ledger, lines)

    @Slot()
    def reload(self) -> None:
        """Reads which records are listed, and how many there are in each state."""
        ledger, group = self.ledger, str(self.groups.value or "")
        with self._desk.reading() as session:
            wanted = self.wanted_in(session)
            ids = listing.record_ids(session, ledger, wanted, *self._sort, group=group)
            groups = groups_of(session, ledger, wanted, group) if group else ()
            counts = listing.state_counts(session, ledger, wanted) if ledger.reviewed else {}
        self.tabs.select(self.filters.state)
        if ledger.reviewed:
            self.tabs.show_counts({None: sum(counts.values()), **counts})
        if self.filters.narrowed or self.filters.state:
            hint = "换一个条件，或者清除条件看全部。"
            self.table.empty.say(f"没有符合条件的{ledger.noun}", hint, self.filters.clear_action, "search")
        else:
            self.table.empty.say(*self._empty, self._new)
        self.table.show_ids(ids, groups)

    def give_way(self, ids: Sequence[int], gone: bool) -> None:
        """Closes the card of a record that is about to go."""
        if gone:
            self.beside.close_if_open(ids)

    @Slot()
    def _on_fold(self) -> None:
        self.table.fold_all(not self.table.folded)
