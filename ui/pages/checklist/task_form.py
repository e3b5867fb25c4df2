"""A task in the form: opened, typed, saved, the next one begun."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot

from db.choices import STATES
from db.models import Task
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.locking import Lock, lock_of, states_of
from huajie_desktop.work import tasks
from huajie_desktop.work.task_ledger import TASKS
from ui.desk.desk import Desk
from ui.forms.choices import choices_of
from ui.forms.desk_form import DeskForm
from ui.theme import STATE_COLOURS
from ui.widgets.badge import dotted
from ui.widgets.dialogs import ask

PAGE = "checklist"  # key of the page the form stands on
CARRIED = ("category", "unit", "lead")  # what the next new task takes over from the one before


class TaskForm(DeskForm):
    """The form of one task; 0 stands for a new one, None for none at all."""

    saved = Signal(object)  # task id
    left = Signal()
    opened = Signal(object)  # task id, 0 for a new one

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, TASKS.groups, TASKS.form_fields, TASKS.usual)
        self.setObjectName("side")
        self.task_id: int | None = None
        self.save_asked.connect(self._on_save_asked)
        self.leave_asked.connect(self._on_leave_asked)

    def load_choices(self) -> None:
        """Reads the units, categories and people there are to choose from."""
        with self._desk.reading() as session:
            self.set_choices(choices_of(session))

    def open_task(self, task_id: int) -> None:
        """Shows a kept task."""
        with self._desk.reading() as session:
            task = session.get(Task, task_id)
            if task is None:
                return
            seen = tasks.seen(session, task_id)
            note = task_note(task.state, task.number, task.return_reason)
        self.task_id = task_id
        self.show_kept(seen)
        lock = lock_of(TASKS, states_of(TASKS, task))
        self.set_locked(lock.keys)
        self.heading.setText(task.title)
        self.show_note(note + lock_note(TASKS, lock))
        self.follow(PAGE, {"id": task_id})
        self.opened.emit(task_id)

    def open_new(self, carried: Mapping[str, str] | None = None) -> None:
        """Shows an empty form; `carried` are texts taken over, shown as filled in by the program."""
        kept = {key: text for key, text in (carried or {}).items() if text}
        self.task_id = 0
        self.set_locked(())
        self.show_fresh(kept)
        self.heading.setText("新增任务")
        self.show_note("")
        self.follow(PAGE, {"new": True})
        self.opened.emit(0)
        self.focus()

    def lose_task(self) -> None:
        """The task is gone, as after an undo: what was typed stays as a new one, else the form closes."""
        if self.changed:
            self.task_id = 0
            self.forget_kept()
            self.show_note("这项任务已经不在清单里，保存后是一项新任务。")
            self.follow(PAGE, {"new": True})
            self.opened.emit(0)
        else:
            self._close()

    def may_leave(self) -> bool:
        """Whether what was typed may go; asks only if something was typed."""
        if self.task_id is None or not self.changed:
            return True
        name = self.texts()["title"].strip() or "新任务"
        if not ask(self, "放弃没有保存的内容吗？", f"“{name}”有改动还没有保存，离开后这些改动就没有了。", "放弃改动"):
            return False
        self.discard()
        return True

    @Slot(bool)
    def _on_save_asked(self, then_next: bool) -> None:
        if not self.save_action.isEnabled():
            return
        texts = self.texts()
        name = texts["title"].strip()
        saved = self.save_by(f"“{name}”", tasks.save_task, self.task_id or None)
        if saved is None:
            return
        self.saved.emit(saved)
        if then_next:
            self.open_new({key: texts[key] for key in CARRIED})
        else:
            self.open_task(saved)

    @Slot()
    def _on_leave_asked(self) -> None:
        if self.may_leave():
            self._close()

    def _close(self) -> None:
        self.task_id = None
        self.left.emit()


def task_note(state: str, number: str | None, reason: str | None) -> str:
    """State, number and reason of a return as one line of rich text."""
    parts = [dotted(STATES[state], STATE_COLOURS[state]), number or "", f"退回原因：{reason}" if reason else ""]
    return " · ".join(filter(None, parts))


def lock_note(ledger: Ledger, lock: Lock) -> str:
    """What stands behind the state of a record that locks fields: what opens them, and what can be changed all the same."""
    if not lock.keys:
        return ""
    opener = f"先{lock.openers[0]}才能修改" if lock.openers else "不能修改"
    labels = lock.open_labels(ledger)
    return f" · {opener}" + (f"，只有{labels}可以直接填" if labels else "")
