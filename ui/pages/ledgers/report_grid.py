"""The reports of a month typed as a table: whose and of which month stands above it, and is changed by keys."""

from functools import partial
from typing import cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from db.fields import Kind
from db.journal import Changes
from db.reports import MONTHS
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.receiving.typed_reports import TypedReports, units_to_report
from huajie_desktop.sending.templates import units_for
from huajie_desktop.supervision.course import missing_of
from ui.desk.desk import Desk
from ui.forms.choices import choices_of
from ui.typed.typed_entry import GridEntry
from ui.typed.typed_kept import KeptTable
from ui.widgets.building import FLUSH, flowing, make_label, put, upright
from ui.widgets.buttons import ActionButton, add_action
from ui.widgets.choice import Choice
from ui.widgets.filters import Chip


class ReportGrid(QWidget):
    """One typed table after another: of a unit and a month, the next unit by one key."""

    left = Signal()

    def __init__(self, desk: Desk, ledger: Ledger) -> None:
        super().__init__()
        self._desk, self._ledger = desk, ledger
        self.unit_chip, self.month_chip = Chip("单位"), Chip("月份")
        self.unit_chip.chosen.connect(self._on_chosen)
        self.month_chip.chosen.connect(self._on_chosen)
        self.month_chip.set_choices([Choice(key, word) for key, word in MONTHS.items()])
        self.month_chip.set_value(f"{desk.today.month:02}")
        self.next = add_action(self, "下一个单位", "Ctrl+PgDown", "down", "到下一个单位的任务", self._on_next)
        self.previous = add_action(self, "上一个单位", "Ctrl+PgUp", "up", "到上一个单位的任务", self._on_previous)
        self._words = make_label(name="quiet")
        self.entry: GridEntry | None = None
        self._reporting: set[int] = set()  # units with something to report on: the others are passed over
        line = flowing(spacing=8)
        put(line, self.unit_chip, self.month_chip, ActionButton(self.previous), ActionButton(self.next), self._words, 1)
        self._column = upright(self, FLUSH, 8)
        put(self._column, line)

    def open(self, unit_id: int | None = None, month: str | None = None) -> None:
        """Shows the table of a unit (None: the first one to report) and a month (None: the one shown)."""
        with self._desk.reading() as session:
            self._reporting = units_to_report(session, self._ledger)
            answering = {unit.id for unit in units_for(session, self._ledger)}
            self.unit_chip.set_choices([one for one in choices_of(session)[Kind.UNIT] if one.value in answering])
        units = self._units
        first = next((unit for unit in units if unit in self._reporting), next(iter(units), None))
        self.unit_chip.set_value(unit_id if unit_id in units else first)
        self.month_chip.set_value(month or self.month_chip.value)
        self._show()

    def refresh(self, changes: Changes | None) -> None:
        """Reads the rows anew, after something was changed elsewhere."""
        if self.entry is not None:
            self.entry.refresh(changes)
            self._tell()

    def give_up(self) -> bool:
        """Whether what was typed may go."""
        return self.entry is None or self.entry.give_up()

    @property
    def table(self) -> TypedReports:
        """The table that is shown."""
        assert self.entry is not None
        return cast(TypedReports, self.entry.table)

    @property
    def _units(self) -> list[int]:
        found: list[int] = self.unit_chip.values
        return found

    def _show(self) -> None:
        unit_id, month = cast("int | None", self.unit_chip.value), str(self.month_chip.value)
        subject = {"ledger": self._ledger.key, "grid": True, "unit": unit_id, "month": month}
        place = f"reports {self._ledger.key} {unit_id} {month}"
        kept = self._desk.kept.get(place)
        if kept is None:
            made = TypedReports(self._desk.seat, self._ledger, month, unit_id, partial(missing_of, day=self._desk.today))
            kept = self._desk.kept[place] = KeptTable(self._desk, made, "ledgers", subject)
        if self.entry is not None:
            self._column.removeWidget(self.entry)
            self.entry.deleteLater()
        self.entry = GridEntry(self._desk, kept)
        self.entry.left.connect(self.left)
        self.entry.saved.connect(self._tell)
        self._column.addWidget(self.entry, 1)
        self.setFocusProxy(self.entry)
        self.entry.go_on()
        self.entry.view.put_cursor(self.table.first_open(), self.entry.view.first_typed)
        self.entry.view.setFocus()
        self._tell()

    @Slot()
    def _tell(self) -> None:
        count, done = self.table.count, self.table.reported
        noun = self._desk.seat.catalogue[self._ledger.sheets.each_of].noun
        nothing = f"这个单位没有要报进展的{noun}：还没有录入，或者都办完了。"
        self._words.setText(f"{count} 项{noun}，已报 {done} 项" if count else nothing)

    def _go(self, step: int) -> None:
        here = cast("int | None", self.unit_chip.value)
        units = [unit for unit in self._units if unit in self._reporting or unit == here]
        if here is not None and len(units) > 1 and self.give_up():
            self.unit_chip.set_value(units[(units.index(here) + step) % len(units)])
            self._show()

    @Slot()
    def _on_next(self) -> None:
        self._go(1)

    @Slot()
    def _on_previous(self) -> None:
        self._go(-1)

    @Slot()
    def _on_chosen(self) -> None:
        if self.month_chip.value is None:
            self.month_chip.set_value(self.table.month)
        if self.give_up():
            self._show()
        else:
            self.unit_chip.set_value(self.table.unit_id)
            self.month_chip.set_value(self.table.month)
