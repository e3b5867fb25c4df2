"""The card of one record beside its list, built when it is first needed: most looks are at the list alone."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from huajie_desktop.seat import visible
from ui.desk.desk import Desk
from ui.forms.card import RecordCard
from ui.forms.kept_form import KeptForm
from ui.forms.sources import LedgerSource
from ui.lists.moves_strip import MovesStrip
from ui.lists.tables import ListTable
from ui.widgets.beside import Beside

Parts = Mapping[str, Callable[[Desk], QWidget]]  # by its word, what a record has beside its form


class CardBeside(Beside):
    """Opens records of the list in the card, one at a time; stays where something typed is not to be lost."""

    def __init__(self, desk: Desk, source: LedgerSource, table: ListTable, parts: Parts) -> None:
        super().__init__(table, QWidget())
        self._desk, self._source, self._table, self._parts = desk, source, table, parts
        self._made: RecordCard | None = None
        table.moved.connect(self._on_moved)
        table.opened.connect(self._on_opened)

    @property
    def card(self) -> RecordCard:
        """The card, built if it was not yet."""
        if self._made is None:
            form = KeptForm(self._desk, self._source)
            form.load_choices()
            form.saved.connect(self._table.go_to)
            form.left.connect(self.close_card)
            form.opened.connect(self._on_form_opened)
            parts = {word: make(self._desk) for word, make in self._parts.items()}
            self._made = RecordCard(form, parts, MovesStrip(self._desk))
            self.put(self._made)
        return self._made

    @property
    def form(self) -> KeptForm:
        """The form in the card."""
        form = self.card.form
        assert isinstance(form, KeptForm)
        return form

    def refresh(self) -> None:
        """Reads the open record anew unless something is being typed there."""
        if self._made is None:
            return
        form = self.form
        form.load_choices()
        if form.record_id and not self._exists(form.record_id):
            form.lose_record()
        elif form.record_id and not form.changed:
            form.open_record(form.record_id)
        elif form.record_id:
            self._on_form_opened(form.record_id)

    def may_leave(self) -> bool:
        """Whether what was typed in the form may go; asks only if something was typed."""
        return self._made is None or self.form.may_leave()

    def leave(self) -> bool:
        """Closes the card where something typed may go; False if the clerk stays."""
        typed = self._made is not None and self.form.changed
        if not self.may_leave():
            return False
        if typed:
            self.close_card()
        return True

    def open_record(self, record_id: int) -> None:
        """Shows a record."""
        self.form.open_record(record_id)
        self.show_card(True)

    def open_new(self) -> None:
        """Begins a new record."""
        if self.may_leave():
            form = self.form
            self.show_card(True)
            form.open_next()

    def open_filled(self, texts: Mapping[str, str], note: str) -> None:
        """Begins a new record with those texts filled in; `note` says where they are from."""
        if self.may_leave():
            form = self.form
            self.show_card(True)
            form.open_new(texts, note)

    @property
    def texts(self) -> dict[str, str] | None:
        """What stands in the form of the card, None where it is not shown."""
        return None if self._made is None or self._made.isHidden() else self.form.texts()

    def close_if_open(self, ids: Sequence[int]) -> None:
        """Closes the card where it shows one of these records, which are about to go."""
        if self._made is not None and self.form.record_id in ids:
            self.close_card()

    def leave_unlisted(self) -> None:
        """Nothing is listed any more: a record that is only looked at goes out of sight; the keys stay where they are."""
        if self._made is not None and self.form.record_id and not self.form.changed:
            self.form.record_id = None
            self.show_card(False)

    @Slot()
    def close_card(self) -> None:
        """Leaves the list alone."""
        self.form.record_id = None
        self.show_card(False)
        self._table.setFocus()

    def _exists(self, record_id: int) -> bool:
        model: Any = self._source.model
        with self._desk.reading() as session:
            found = select(model.id).where(model.id == record_id, *visible(session.seat, model))
            return session.scalar(found) is not None

    @Slot(object)
    def _on_moved(self, record_id: int | None) -> None:
        if self._made is None or self._made.isHidden() or record_id is None or record_id == self.form.record_id:
            return
        if self.form.record_id and self.form.record_id not in self._table.model.ids:
            self._follow(record_id)
        elif self.may_leave():
            self.open_record(record_id)
            if self._table.current_id() != record_id:  # what was typed has been saved, and was gone to
                self._table.go_to(record_id)
        elif self.form.record_id:
            self._table.go_to(self.form.record_id)

    def _follow(self, record_id: int) -> None:
        """Goes on to the record that took the place of the one in the card, which is no longer listed."""
        assert self.form.record_id is not None
        if self.form.changed:
            self._table.view.selectionModel().clear()  # what is being typed stays here: nothing else is to be acted on meanwhile
        elif self._exists(self.form.record_id):  # else `refresh` lets it go
            self.open_record(record_id)

    @Slot(object)
    def _on_opened(self, record_id: int) -> None:
        form = self.form
        if record_id == form.record_id or form.may_leave():
            if record_id != form.record_id:
                self.open_record(record_id)
            self.card.setFocus()

    @Slot(object)
    def _on_form_opened(self, record_id: int) -> None:
        self.card.show_record(self._source.ledger, record_id or None)
