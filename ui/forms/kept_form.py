"""One kept record in the form: opened, typed, saved, the next one begun."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot

from huajie_desktop.declared.presets import filled_in
from huajie_desktop.records.doubts import DoubtLine
from huajie_desktop.records.locking import Lock
from ui.desk.desk import Desk
from ui.forms.desk_form import DeskForm
from ui.forms.sources import Source
from ui.widgets.buttons import take_step


class KeptForm(DeskForm):
    """The form of one record of a source; 0 stands for a new one, None for none at all."""

    saved = Signal(object)  # record id
    opened = Signal(object)  # record id, 0 for a new one
    left = Signal()

    def __init__(self, desk: Desk, source: Source) -> None:
        super().__init__(desk, source.groups, source.fields, source.usual)
        self._source = source
        self.given: dict[str, int] = {}  # columns nobody types, e.g. whose post it is
        self.record_id: int | None = None
        for box in self.boxes.values():
            box.ticked.connect(self._on_ticked)
        self.save_asked.connect(self._on_save_asked)
        self.leave_asked.connect(self._on_leave_asked)

    def _show_doubts(self, doubts: Sequence[DoubtLine]) -> None:
        """What is still to be looked at, each at its field; of a field of no form it stands in review."""
        for key, box in self.boxes.items():
            box.show_doubt("\n".join(f"待核对：{doubt.words}" for doubt in doubts if doubt.field == key))

    @Slot()
    def _on_ticked(self) -> None:
        key = next((key for key, box in self.boxes.items() if box is self.sender()), "")
        if key and self.record_id:
            self._desk.do(self._source.check, self.record_id, key)

    def load_choices(self) -> None:
        """Reads the units, categories and people there are to choose from."""
        with self._desk.reading() as session:
            self.set_choices(self._source.choices(session))

    def open_record(self, record_id: int) -> None:
        """Shows a kept record; what it locks cannot be changed here. What is being typed of that very record stays."""
        if record_id == self.record_id and self.changed:
            return
        with self._desk.reading() as session:
            record = session.get(self._source.model, record_id)
            if record is None:
                return
            seen, doubts = self._source.seen(session, record_id), self._source.doubts(session, record_id)
            lock, (state, said) = self._source.lock(record), self._source.note(record)
        if record_id != self.record_id:
            take_step(self)  # what was said spoke of another record
        self.record_id = record_id
        self.show_kept(seen)
        self._show_doubts(doubts)
        self.set_locked(lock.keys)
        self.heading.setText(seen.texts.get(self._source.name, self._source.noun))
        self.show_note(" · ".join(filter(None, (*said, self._lock_note(lock)))), state)
        self.follow(self._source.page, {**self._source.where, "id": record_id})
        if self._source.page:
            self._desk.showed.emit(self._source.page, {**self._source.where, "id": record_id})
            self._desk.recent.note(record)
        self.opened.emit(record_id)

    def open_new(self, texts: Mapping[str, str] | None = None, note: str = "") -> None:
        """Shows an empty form with what such a record begins with, and `texts` filled in by the program, too."""
        self.set_locked(())
        self._show_doubts(())
        self.show_fresh({**filled_in(self._source.filled, self._desk.today), **(texts or {})})
        self._head_new()
        self.show_note(note)
        self._begin_new()
        self.focus()

    def open_next(self) -> None:
        """Shows an empty form that takes over from the record shown before what the next one mostly says, too."""
        self._open_after(self.texts() if self.record_id is not None else {})

    def _open_after(self, texts: Mapping[str, str]) -> None:
        self.open_new({key: texts[key] for key in self._source.carried if texts.get(key)})

    def lose_record(self) -> None:
        """The record is gone, as after an undo: what was typed stays as a new one, else the form closes."""
        if not self.changed:
            self._close()
            return
        self.forget_kept()
        if self._source.gone:
            self.show_note(self._source.gone)
        else:
            self._head_new()
        self._begin_new()

    def may_leave(self) -> bool:
        """Whether what was typed may go; asks only if something was typed."""
        return self.record_id is None or self.may_leave_what_is_typed(self._source.asked_about(self.texts()))

    def _lock_note(self, lock: Lock) -> str:
        """What is said of a record that locks fields: what opens them, and what can be changed all the same."""
        if not lock.keys:
            return ""
        opener = f"先{lock.openers[0]}才能修改" if lock.openers else "不能修改"
        labels = "、".join(declared.label for key, declared in self._source.fields.items() if key not in lock.keys)
        return opener + (f"，只有{labels}可以直接填" if labels else "")

    def _head_new(self) -> None:
        self.heading.setText(f"新增{self._source.noun}")

    def _begin_new(self) -> None:
        take_step(self)
        self.record_id = 0
        self.follow(self._source.page, {**self._source.where, "new": True})
        self.opened.emit(0)

    @Slot(bool)
    def _on_save_asked(self, then_next: bool) -> None:
        if not self.save_action.isEnabled():
            return
        texts = self.texts()  # as they were typed: the list may show the kept record before the next one begins
        saved = self.save_by(self._source.save, self.record_id or None, **self.given)
        if saved is None:
            return
        self.saved.emit(saved.record_id)
        if then_next:
            self._open_after(texts)
        else:
            self.open_record(saved.record_id)
        self.say_doubts(self._source.called(texts), saved)

    @Slot()
    def _on_leave_asked(self) -> None:
        if self.may_leave():
            self._close()

    def _close(self) -> None:
        self.record_id = None
        self.left.emit()
