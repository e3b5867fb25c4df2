"""The list of tasks with the card of one of them beside it, built when it is first needed: most looks are at the list alone."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from db.models import Task
from huajie_desktop.records.registers import TASKS
from ui.desk.desk import Desk
from ui.forms.card import RecordCard
from ui.forms.kept_form import KeptForm
from ui.forms.record_parts.attachments_part import AttachmentsPart
from ui.forms.record_parts.occurrences_part import OccurrencesPart
from ui.forms.record_parts.queries_part import QueriesPart
from ui.forms.record_parts.versions_part import HistoryPart
from ui.pages.checklist.task_list import TaskList
from ui.pages.checklist.task_source import TaskSource
from ui.widgets.beside import Beside


class TaskBeside(Beside):
    """Opens tasks of the list in the card, one at a time."""

    def __init__(self, desk: Desk, listing: TaskList) -> None:
        super().__init__(listing, QWidget())
        self._desk, self._table = desk, listing.table
        self._made: RecordCard | None = None
        self._table.moved.connect(self._on_moved)
        self._table.opened.connect(self._on_opened)

    @property
    def card(self) -> RecordCard:
        """The card, built if it was not yet."""
        if self._made is None:
            form = KeptForm(self._desk, TaskSource())
            form.setObjectName("side")
            form.load_choices()
            form.saved.connect(self._table.go_to)
            form.left.connect(self.close_card)
            form.opened.connect(self._on_form_opened)
            parts = (AttachmentsPart, OccurrencesPart, QueriesPart, HistoryPart)
            words = ("附件", "周期", "疑问", "历史")
            self._made = RecordCard(form, {word: part(self._desk) for word, part in zip(words, parts, strict=True)})
            self.put(self._made)
        return self._made

    @property
    def form(self) -> KeptForm:
        """The form in the card."""
        form = self.card.form
        assert isinstance(form, KeptForm)
        return form

    def refresh(self) -> None:
        """Reads the open task anew unless something is being typed there."""
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

    def open_task(self, record_id: int) -> None:
        """Shows a task."""
        self.form.open_record(record_id)
        self.show_card(True)

    def open_new(self) -> None:
        """Begins a new task."""
        if self.may_leave():
            form = self.form
            self.show_card(True)
            form.open_next()

    def close_if_open(self, record_ids: list[int]) -> None:
        """Closes the card where it shows one of these tasks, which are about to go."""
        if self._made is not None and self.form.record_id in record_ids:
            self.close_card()

    def leave(self) -> bool:
        """Closes the card where something typed may go; False if the clerk stays."""
        if not self.may_leave():
            return False
        if self._made is not None and self.form.changed:
            self.close_card()
        return True

    @Slot()
    def close_card(self) -> None:
        """Leaves the list alone."""
        self.form.record_id = None
        self.show_card(False)
        self._table.setFocus()

    def _exists(self, record_id: int) -> bool:
        with self._desk.reading() as session:
            task = session.get(Task, record_id)
            return task is not None and task.campaign_id == session.seat.campaign_id

    @Slot(object)
    def _on_moved(self, record_id: int | None) -> None:
        if self._made is None or self._made.isHidden() or record_id is None or record_id == self.form.record_id:
            return
        if self.may_leave():
            self.open_task(record_id)
        elif self.form.record_id:
            self._table.go_to(self.form.record_id)

    @Slot(object)
    def _on_opened(self, record_id: int) -> None:
        form = self.form
        if record_id == form.record_id or form.may_leave():
            if record_id != form.record_id:
                self.open_task(record_id)
            self.card.setFocus()

    @Slot(object)
    def _on_form_opened(self, record_id: int) -> None:
        self.card.show_record(TASKS, record_id or None)
