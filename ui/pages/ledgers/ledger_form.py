"""One record of any ledger in the form: opened, typed, saved, the next one begun."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot

from db.base import Entry
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records import entry
from huajie_desktop.records.locking import lock_of, states_of
from ui.desk.desk import Desk
from ui.forms.choices import choices_of
from ui.forms.desk_form import DeskForm
from ui.pages.checklist.task_form import lock_note, task_note
from ui.widgets.dialogs import ask

PAGE = "ledgers"  # key of the page the form stands on


class LedgerForm(DeskForm):
    """The form of one record; 0 stands for a new one, None for none at all."""

    saved = Signal(object)  # record id
    opened = Signal(object)  # record id, 0 for a new one
    left = Signal()

    def __init__(self, desk: Desk, ledger: Ledger, page: str = PAGE) -> None:
        """`page` is the key of the page the form stands on."""
        super().__init__(desk, ledger.groups, ledger.form_fields, ledger.usual)
        self._ledger, self._page = ledger, page
        self.given: dict[str, int] = {}  # columns nobody types, e.g. whose post it is
        self.record_id: int | None = None
        self.save_asked.connect(self._on_save_asked)
        self.leave_asked.connect(self._on_leave_asked)

    def load_choices(self) -> None:
        """Reads the units, categories and people there are to choose from."""
        with self._desk.reading() as session:
            self.set_choices(choices_of(session))

    def open_record(self, record_id: int) -> None:
        """Shows a kept record; what it locks cannot be changed here."""
        ledger = self._ledger
        with self._desk.reading() as session:
            record = session.get(ledger.model, record_id)
            if record is None:
                return
            seen = entry.seen(session, ledger, record_id)
        texts = seen.texts
        self.record_id = record_id
        self.show_kept(seen)
        self.heading.setText(texts.get(ledger.name, ledger.noun))
        lock = lock_of(ledger, states_of(ledger, record))
        self.set_locked(lock.keys)
        note = ""
        if isinstance(record, Entry):
            note = task_note(record.state, texts.get("number"), record.return_reason)
        self.show_note(note + lock_note(ledger, lock))
        self.follow(self._page, {"ledger": ledger.key, "id": record_id})
        self.opened.emit(record_id)

    def open_new(self, texts: Mapping[str, str] | None = None) -> None:
        """Shows an empty form with what the ledger fills in by itself, and `texts` filled in by the program, too."""
        self.record_id = 0
        self.set_locked(())
        filled = {**dict(self._ledger.filled), **(texts or {})}
        self.show_fresh(filled)
        self.heading.setText(f"新增{self._ledger.noun}")
        self.show_note("")
        self.follow(self._page, {"ledger": self._ledger.key, "new": True})
        self.opened.emit(0)
        self.focus()

    def lose_record(self) -> None:
        """The record is gone, as after an undo: what was typed stays as a new one, else the form closes."""
        if self.changed:
            self.record_id = 0
            self.forget_kept()
            self.show_note("这条记录已经不在台账里，保存后是一条新记录。")
            self.opened.emit(0)
        else:
            self._close()

    def may_leave(self) -> bool:
        """Whether what was typed may go; asks only if something was typed."""
        if self.record_id is None or not self.changed:
            return True
        name = self.texts().get(self._ledger.name, "").strip()[:30] or f"新{self._ledger.noun}"
        if not ask(self, "放弃没有保存的内容吗？", f"“{name}”有改动还没有保存，离开后这些改动就没有了。", "放弃改动"):
            return False
        self.discard()
        return True

    @Slot(bool)
    def _on_save_asked(self, then_next: bool) -> None:
        if not self.save_action.isEnabled():
            return
        called = f"这条{self._ledger.noun}"
        saved = self.save_by(called, entry.save, self._ledger, self.record_id or None, **self.given)
        if saved is None:
            return
        self.saved.emit(saved)
        if then_next:
            self.open_new()
        else:
            self.open_record(saved)

    @Slot()
    def _on_leave_asked(self) -> None:
        if self.may_leave():
            self._close()

    def _close(self) -> None:
        self.record_id = None
        self.left.emit()
