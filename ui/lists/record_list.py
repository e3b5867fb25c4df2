"""The list of one ledger's records: its filters, the order the clerk chose, groups with subtotals, the card of one beside it."""

from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from db.words.sounding import Ear
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.doubts import mark_doubted
from huajie_desktop.records.grouping import grouping_keys, groups_of
from huajie_desktop.records.hearing import found_ids
from huajie_desktop.records.judged import with_judged
from huajie_desktop.records.kept import still_there
from huajie_desktop.records.lines import Line
from huajie_desktop.records.listing import Wanted, columns_of, record_lines, state_counts
from huajie_desktop.records.sums import whole_count
from huajie_desktop.seat import SeatSession
from ui.desk.desk import Desk
from ui.forms.card import RecordCard
from ui.forms.kept_form import KeptForm
from ui.forms.sources import LedgerSource
from ui.lists.card_beside import CardBeside, Parts
from ui.lists.clipboard import Clipboard
from ui.lists.columns import ChosenColumns, judged_column
from ui.lists.find_and_replace import Replacing
from ui.lists.inplace import CellsInPlace
from ui.lists.kept_place import KeptPlace
from ui.lists.own_marks import MarkColumn, OwnMarks, tints_of, with_marks
from ui.lists.patterns import Patterns
from ui.lists.record_filters import RecordFilters
from ui.lists.row_sums import RowSums
from ui.lists.rows import Column, record_cell
from ui.lists.tables import ListTable
from ui.widgets.building import FLUSH, flowing, put, upright
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
        self._filtered = False  # whether the list is read because its filters changed
        self._whole: int | None = None  # how many records there are, listed or not, once that was asked
        filters.changed.connect(self._on_filters)
        keys = [column.key for column in columns]
        stretch = ledger.name if ledger.name in keys else keys[0]
        self.table = ListTable(
            name, columns, self.fetch, record_cell, desk.preferences, stretch=stretch, spare=spare, tint=tints_of(ledger)
        )
        self.table.chosen.connect(self._on_chosen)
        self.table.sorted.connect(self._on_sorted)
        self._place = KeptPlace(desk, self, name)
        self._listed = Wanted()  # what the listed records were looked for by in the end
        self.sums = RowSums(desk, ledger, self.table, self.summed_keys, lambda: self._listed)
        self.setFocusProxy(self.table)

    def summed_keys(self) -> Sequence[str]:
        """The columns whose amounts are added up on the status bar."""
        return self.ledger.shown.columns

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.sums.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.sums.leave()
        self._place.note()

    def load(self) -> None:
        """Reads choices and records anew; the first time as the list was left."""
        self.filters.load_choices()
        with self._desk.reading() as session:
            self.table.chosen_rows.keep(partial(still_there, session, self.ledger))
        self._place.find()
        self._whole = None
        self.reload()
        self._place.find_rows()

    def way(self) -> dict[str, Any]:
        """Filters and order in plain values."""
        return {"filters": self.filters.way(), "sort": list(self._sort)}

    def take_way(self, way: Mapping[str, Any]) -> None:
        """Takes up filters and order as they were; the list is read afterwards."""
        self.filters.blockSignals(True)
        self.filters.take_way(way["filters"])
        self.filters.blockSignals(False)
        self._order_by(*way["sort"])

    def _order_by(self, key: str, descending: bool) -> None:
        known = {"", *self.ledger.fields, *(column.key for column in judged_column(self.ledger))}
        if (key, descending) != self._sort and key in known:
            self._sort = (key, descending)
            self.table.header.mark(key, descending)

    @Slot()
    def reload(self) -> None:
        """Reads which records are listed."""
        raise NotImplementedError

    def _count_whole(self, session: SeatSession, everything: Wanted, listed: int) -> None:
        """Finds out how many there are altogether; no filter changes that."""
        if not self.filters.in_part:
            self._whole = listed
        elif self._whole is None:
            self._whole = whole_count(session, self.ledger, everything)

    def fetch(self, ids: Sequence[int]) -> list[Line]:
        """The lines of those records."""
        raise NotImplementedError

    def look_for(self, session: SeatSession, *, group: str = "") -> "tuple[Wanted, array[int]]":
        """The records the filters ask for, by ear where none is written so; what they come to is added up of the same."""
        asked = self.filters.wanted_in(session)
        wanted = replace(asked, conditions=(*asked.conditions, *self.filters.further(session)))
        self._listed, ids = found_ids(session, self.ledger, wanted, *self._sort, group=group)
        self.filters.by_sound = self._listed.ear is not Ear.LETTER
        return self._listed, ids

    def seen(self, ids: Sequence[int]) -> Collection[int]:  # noqa: ARG002
        """The doubts (ids) about those records that stand before the eyes of whoever looks at the list."""
        return ()

    def give_way(self, ids: Sequence[int], gone: bool) -> None:
        """Something is about to be done with these records, after which they may be `gone`."""

    @Slot(str, bool)
    def _on_sorted(self, key: str, descending: bool) -> None:
        self._sort = (key, descending)
        self.reload()
        self._place.keep_soon()

    @Slot()
    def _on_filters(self) -> None:
        self._filtered = True
        self.reload()
        self._filtered = False
        self._place.keep_soon()

    @Slot()
    def _on_chosen(self) -> None:
        table = self.table
        self.filters.show_hits(table.count, len(table.selected_ids()), self._whole, len(table.chosen_rows.beyond))
        self.chosen.emit()


class RecordList(FilteredList):
    """All records, or those the filters let through, with the card of one; the page has the actions, and places `above`."""

    def __init__(
        self, desk: Desk, source: LedgerSource, filters: RecordFilters, new: QAction, parts: Parts,
        *, sort: str, spare: Sequence[str], empty: tuple[str, str], group_tip: str,
    ) -> None:  # fmt: skip
        """`new` is offered where the list is `empty`: a heading and what to do first."""
        ledger = source.ledger
        super().__init__(desk, ledger, filters, ledger.key, columns_of(ledger), sort=sort, spare=spare)
        self.setAccessibleName("列表")
        self._new, self._empty = new, empty
        self.tabs = Tabs({None: "全部", **(ledger.life.words if ledger.life else {})})
        self.tabs.chosen.connect(filters.set_state)
        self.groups = Chip("分组")
        self.groups.set_choices([Choice(key, label) for key, label in grouping_keys(ledger).items()])
        self.groups.chosen.connect(self._on_groups)
        self.marks = OwnMarks(desk, ledger, self)
        self.columns = ChosenColumns(desk, ledger, self.table, spare, self._marks_column)
        self.in_place = CellsInPlace(desk, source, self.table)
        self.addAction(self.in_place.action)
        self.clipboard = Clipboard(desk, ledger, self.table, self.in_place.selected)
        self.replacing = Replacing(desk, ledger, self.table, self.in_place.selected)
        self.beside = CardBeside(desk, source, self.table, parts)
        self.patterns = Patterns(desk, ledger, self)
        self.above = self._make_line(group_tip)
        self.beside.hold(filters, self.above)
        put(upright(self, FLUSH, 8), filters, (self.beside, 1))

    def _make_line(self, group_tip: str) -> QWidget:
        choose = add_action(self, "选择列", "Ctrl+L", "", "选择列表显示哪些列，排好次序", self.columns.choose, context=WINDOW)
        add_action(self, "分组", "Ctrl+U", "", group_tip, self.groups.click, context=WINDOW)
        fold = "折叠全部组，只看小计；再按一次展开"
        add_action(self, "折叠全部组", "Ctrl+Shift+G", "", fold, self._on_fold, context=WINDOW)
        made = QWidget()
        line = flowing(made, FLUSH, 8)
        if self.ledger.reviewed:
            line.addWidget(self.tabs, 1)
        put(line, self.patterns.button, self.groups, ActionButton(choose, "plain"))
        return made

    def summed_keys(self) -> Sequence[str]:
        return self.columns.keys

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
        self.columns.load()
        super().load()
        self.patterns.load()
        self.beside.refresh()

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        """Shows what the filters know of the subject, a record ("id") or a new one ("new"); stays if something typed does."""
        if subject.get("new"):
            if texts := subject.get("texts"):
                self.beside.open_filled(texts, "照任务填好的，请补上其余的。")
            else:
                self.beside.open_new()
            return
        if not self.beside.may_leave():
            return
        alone = "id" in subject and not subject.keys() - {"id", "ledger"}
        if not alone or subject["id"] not in self.table.ids:  # a record that is listed is shown where it stands
            if "todo" in subject:
                self.filters.show_todo(subject["todo"])
            else:
                self.filters.show_subject(subject)
        if "id" in subject and self.table.go_to(subject["id"]):
            self.beside.open_record(subject["id"])
        self.table.setFocus()

    def fetch(self, ids: Sequence[int]) -> list[Line]:
        """The lines of those records in the chosen columns."""
        with self._desk.reading() as session:
            lines = with_marks(session, self.ledger, record_lines(session, self.ledger, ids, self.columns.keys))
            return with_judged(session, self.ledger, mark_doubted(session, self.ledger, lines), self._desk.day)

    def _marks_column(self) -> Sequence[Column]:
        return (MarkColumn(),) if self.marks.any() else ()

    @Slot()
    def reload(self) -> None:
        """Reads which records are listed, and how many there are in each state."""
        ledger, group = self.ledger, str(self.groups.value or "")
        with self._desk.reading() as session:
            wanted, ids = self.look_for(session, group=group)
            groups = groups_of(session, ledger, wanted, group) if group else ()
            counts = state_counts(session, ledger, wanted) if ledger.reviewed else {}
            self._count_whole(session, Wanted(), len(ids))
        self.tabs.select(self.filters.state)
        if ledger.reviewed:
            self.tabs.show_counts({None: sum(counts.values()), **counts})
        if self.filters.in_part:
            hint = "换一个条件，或者清除条件看全部。"
            self.table.empty.say(f"没有符合条件的{ledger.noun}", hint, self.filters.clear_action, "search")
        else:
            self.table.empty.say(*self._empty, self._new)
        self.table.show_ids(ids, groups, filtered=self._filtered)
        if not ids:
            self.beside.leave_unlisted()

    def way(self) -> dict[str, Any]:
        return {**super().way(), "group": self.groups.value}

    def take_way(self, way: Mapping[str, Any]) -> None:
        super().take_way(way)
        self.groups.set_value(way["group"])

    def gather(self, key: str) -> None:
        """Shows the records in groups by a field, each folded into its line."""
        self.groups.set_value(key)
        self._on_groups()
        self.table.fold_all(True)

    @Slot()
    def _on_groups(self) -> None:
        self.reload()
        self._place.keep_soon()

    def give_way(self, ids: Sequence[int], gone: bool) -> None:
        if gone:
            self.beside.close_if_open(ids)

    @Slot()
    def _on_fold(self) -> None:
        self.table.fold_all(not self.table.folded)
