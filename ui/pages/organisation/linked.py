"""Lines that hang on a unit or person (posts, memberships, members): listed, and below the list the form of one of them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from db.fields import Kind
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records import entry
from huajie_desktop.records.lines import Line
from huajie_desktop.records.listing import columns_of
from huajie_desktop.seat import SeatSession
from ui.desk.desk import Desk
from ui.forms.kept_form import KeptForm
from ui.forms.sources import LedgerSource
from ui.lists.lines import LineColumn, LinesTable
from ui.lists.rows import record_cell
from ui.theme import scaled
from ui.widgets.building import FLUSH, flowing, put, upright
from ui.widgets.buttons import ALONE, WINDOW, ActionButton, add_action
from ui.widgets.choice import Choice

_FORM = 230  # px at 100 % high
PAGE = "organisation"


class LinkedPart(QWidget):
    """The lines of one ledger that belong to one record."""

    opened = Signal(object)  # id of a line that says where it leads

    def __init__(
        self,
        desk: Desk,
        ledger: Ledger,
        owner: str,
        load: Callable[[SeatSession, int], Sequence[Line]],
        *,
        choices: Callable[[SeatSession], Sequence[Choice]] | None = None,
        hint: str = "",
    ) -> None:
        """`owner` is the column that says whose lines they are; `choices` are the units offered, all where None."""
        super().__init__()
        self._desk, self._ledger, self._owner, self._load, self._choices = desk, ledger, owner, load, choices
        self._owner_id: int | None = None
        noun = ledger.title
        self.new = add_action(self, f"新增{noun}", "Ctrl+J", "plus", f"再加一条{noun}", self._on_new, context=WINDOW)
        self.end = add_action(self, "到今天为止", "Ctrl+Shift+T", "done", "把选中的一条今天结束", self._on_end, context=WINDOW)
        self.delete = add_action(self, "删除", "Del", "delete", "删除选中的一条，可以撤销", self._on_delete, context=ALONE)
        columns = [
            LineColumn(key, label, 170 if ledger.fields[key].kind == Kind.UNIT else 110, numeric, partial(record_cell, key=key))
            for key, label, _width, numeric, _sortable in columns_of(ledger)
        ]
        stretch = ledger.name if ledger.name in ledger.shown.columns else ledger.shown.columns[0]
        self.table = LinesTable(f"organisation-{ledger.key}", columns, desk.preferences, stretch=stretch)
        self.table.set_menu([self.new, self.end, self.delete])
        self.table.moved.connect(self._on_moved)
        self.table.opened.connect(self._on_opened)
        self.table.empty.say(f"还没有{noun}", hint, self.new, "people")
        self.form = KeptForm(
            desk, LedgerSource(ledger, "")
        )  # no page shows such a line alone, so that a draft of it could not go on
        self.form.setFixedHeight(scaled(_FORM))
        self.form.heading.hide()
        self.form.leave_action.setShortcut(QKeySequence("Ctrl+W"))  # Esc is the card's too; see eventFilter
        for box in self.form.boxes.values():
            box.editor.installEventFilter(self)
        self.form.saved.connect(self._on_saved)
        self.form.left.connect(self._on_left)
        self.form.hide()
        self._arrange()
        self.setFocusProxy(self.table)

    def _arrange(self) -> None:
        buttons = flowing(spacing=8)
        put(buttons, ActionButton(self.new), ActionButton(self.end, "plain"), ActionButton(self.delete, "plain"), 1)
        head = QWidget()
        head.setLayout(buttons)
        buttons.setContentsMargins(scaled(20), scaled(8), scaled(20), scaled(4))
        put(upright(self, FLUSH, 0), head, (self.table, 1), self.form)

    def show_record(self, _ledger: Ledger, record_id: int | None) -> None:
        """Shows the lines of that unit or person."""
        if record_id != self._owner_id:
            self._owner_id = record_id
            self._close()
        self.refresh()

    def refresh(self) -> None:
        """Reads the lines anew; what is being typed stays."""
        if self._owner_id is None:
            return
        with self._desk.reading() as session:
            lines = self._load(session, self._owner_id)
        self.table.show_lines(lines)
        for action in (self.end, self.delete):
            action.setEnabled(bool(lines))
        if self.form.record_id and not self.form.changed:
            if any(line.id == self.form.record_id for line in lines):
                self.form.open_record(self.form.record_id)
            else:
                self._close()

    def may_leave(self) -> bool:
        """Whether what was typed may go; asks only if something was typed."""
        if not self.form.may_leave():
            return False
        self._close()
        return True

    def _show_form(self) -> None:
        self.form.load_choices()
        if self._choices is not None:
            with self._desk.reading() as session:
                self.form.set_choices({Kind.UNIT: self._choices(session)})
        assert self._owner_id is not None
        self.form.given = {self._owner: self._owner_id}
        self.form.show()

    def _close(self) -> None:
        self.form.record_id = None
        self.form.set_texts({})
        self.form.hide()

    @Slot()
    def _on_new(self) -> None:
        if self._owner_id is not None and self.form.may_leave():
            self._show_form()
            self.form.open_new()

    @Slot(object)
    def _on_opened(self, line_id: int) -> None:
        if self.form.record_id == line_id or self.form.may_leave():
            self._show_form()
            self.form.open_record(line_id)
            self.form.focus()

    @Slot(object)
    def _on_moved(self, line_id: int | None) -> None:
        if line_id is not None and self.form.record_id and self.form.record_id != line_id and not self.form.changed:
            self.form.open_record(line_id)

    @Slot()
    def _on_end(self) -> None:
        line_id = self.table.current_id()
        if line_id is None or not self.form.may_leave():
            return
        self._desk.do(entry.save, self._ledger, line_id, {"until": self._desk.today.isoformat()})

    @Slot()
    def _on_delete(self) -> None:
        line_id = self.table.current_id()
        if line_id is not None:
            self._close()
            noun = self._ledger.title
            self._desk.do_many(f"删除{noun}", entry.delete, [line_id], self._ledger, done=f"已删除一条{noun}。")

    @Slot(object)
    def _on_saved(self, line_id: int) -> None:
        self.refresh()
        self.table.go_to(line_id)

    @Slot()
    def _on_left(self) -> None:
        self._close()
        self.table.setFocus()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keeps Esc in an editor from leaving the whole part; `keyPressEvent` gets it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.form.isHidden():
            self.form.leave_action.trigger()
        else:
            super().keyPressEvent(event)
