"""One task force in the form: people and units as names, several by 、."""

from PySide6.QtCore import Signal, Slot

from db.fields import Kind
from db.models import TaskForce
from huajie_desktop.township.people_words import PeopleWords
from huajie_desktop.year import forces
from ui.desk.desk import Desk
from ui.forms.choices import choices_of
from ui.forms.desk_form import DeskForm
from ui.widgets.choice import Choice
from ui.widgets.dialogs import ask

PAGE = "forces"


class ForceForm(DeskForm):
    """The form of one task force; 0 stands for a new one, None for none at all."""

    saved = Signal(object)  # force id
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, forces.GROUPS, forces.FIELDS)
        self.setObjectName("side")
        self.force_id: int | None = None
        self.keep()  # nothing is typed yet
        self.save_asked.connect(self._on_save_asked)
        self.leave_asked.connect(self._on_leave_asked)

    def load_choices(self) -> None:
        """Reads the categories, units and people there are to choose from."""
        with self._desk.reading() as session:
            people = [Choice(word, word, search) for word, search in PeopleWords(session).choices]
            self.set_choices({**choices_of(session), Kind.PERSON: people})

    def open_force(self, force_id: int) -> None:
        """Shows a kept task force."""
        with self._desk.reading() as session:
            force = session.get(TaskForce, force_id)
            if force is None:
                return
            seen = forces.seen(session, force_id)
        self.force_id = force_id
        self.show_kept(seen)
        self.heading.setText(force.name)
        self.follow(PAGE, {"id": force_id})

    def open_new(self) -> None:
        """Shows an empty form."""
        self.force_id = 0
        self.show_fresh({})
        self.heading.setText("新增专班")
        self.follow(PAGE, {"new": True})
        self.focus()

    def lose_force(self) -> None:
        """The task force is gone, as after an undo: what was typed stays as a new one, else the form closes."""
        if self.changed:
            self.force_id = 0
            self.forget_kept()
            self.heading.setText("新增专班")
        else:
            self._close()

    def may_leave(self) -> bool:
        """Whether what was typed may go; asks only if something was typed."""
        if self.force_id is None or not self.changed:
            return True
        name = self.texts()["name"].strip() or "新专班"
        if not ask(self, "放弃没有保存的内容吗？", f"“{name}”有改动还没有保存，离开后这些改动就没有了。", "放弃改动"):
            return False
        self.discard()
        return True

    @Slot(bool)
    def _on_save_asked(self, then_next: bool) -> None:
        texts = self.texts()
        name = texts["name"].strip()
        saved = self.save_by(f"“{name}”", forces.save_force, self.force_id or None)
        if saved is None:
            return
        self.saved.emit(saved)
        if then_next:
            self.open_new()
        else:
            self.open_force(saved)

    @Slot()
    def _on_leave_asked(self) -> None:
        if self.may_leave():
            self._close()

    def _close(self) -> None:
        self.force_id = None
        self.left.emit()
