"""A list of records with their form beside it: what the parts for units and categories share."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from db.fields import Field
from huajie_desktop.application import Application
from huajie_desktop.checklist import Column
from huajie_desktop.errors import FieldErrors
from ui.desk import Desk
from ui.forms import RecordForm
from ui.lines import LinesTable, no_tint
from ui.theme import icon, scaled
from ui.widgets.buttons import ActionButton
from ui.widgets.dialogs import ask

_FORM = 400  # px at 100 %


class Line(Protocol):
    """One record of the list: its id, and its fields' texts for the form."""

    @property
    def id(self) -> int: ...
    @property
    def texts(self) -> Mapping[str, str]: ...


class RecordsPart(QWidget):
    """Shows, changes and adds records of one kind."""

    def __init__(
        self,
        desk: Desk,
        noun: str,
        columns: Sequence[Column],
        fields: Mapping[str, Field],
        load: Callable[[Session], Sequence[Line]],
        save: Callable[[Application, int | None, Mapping[str, str]], Any],
        *,
        fixed: Sequence[str] = (),
    ) -> None:
        """`fixed` fields can be said for a new record only."""
        super().__init__()
        self._desk, self._noun, self._load, self._save, self._fixed = desk, noun, load, save, fixed
        self._open: int | None = None  # the record in the form, None for a new one
        self.new = QAction(icon("plus"), f"新增{noun}", self)
        self.new.triggered.connect(self._on_new)
        self.table = LinesTable(f"settings-{noun}", columns, getattr, desk.preferences, spare=("aliases",), tint=no_tint)
        self.table.view.setSelectionMode(self.table.view.SelectionMode.SingleSelection)
        self.table.set_menu([self.new])
        self.table.moved.connect(self._on_moved)
        self.table.opened.connect(self._on_opened)
        self.form = RecordForm([("", list(fields))], fields, {})
        self.form.setObjectName("side")
        self.form.setFixedWidth(scaled(_FORM))
        self.form.save_asked.connect(self._on_save)
        self.form.leave_asked.connect(self._on_leave)
        head = QHBoxLayout()
        head.addWidget(ActionButton(self.new))
        head.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(scaled(8))
        left.addLayout(head)
        left.addWidget(self.table, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(scaled(16))
        line.addLayout(left, 1)
        line.addWidget(self.form)
        self.setFocusProxy(self.table)
        self._show_new()

    def refresh(self) -> None:
        """Reads the records anew; what is being typed stays."""
        with self._desk.reading() as session:
            lines = self._load(session)
        self.table.show_lines(lines)
        if self.table.current_id() is None:
            self.table.step(0)
        if not self.form.changed:
            self._show_current()

    def may_leave(self) -> bool:
        """Whether what was typed may go; asks only if something was typed."""
        if not self.form.changed:
            return True
        text = f"“{self.form.heading.text()}”有改动还没有保存，离开后这些改动就没有了。"
        if not ask(self, "放弃没有保存的内容吗？", text, "放弃改动"):
            return False
        self.form.keep()
        return True

    def _show_current(self) -> None:
        line = self.table.current_line()
        if line is None:
            self._show_new()
            return
        self._open = line.id
        self.form.heading.setText(line.texts["name"])
        self._fill(line.texts)

    def _show_new(self) -> None:
        self._open = None
        self.form.heading.setText(f"新增{self._noun}")
        self._fill({})

    def _fill(self, texts: Mapping[str, str]) -> None:
        self.form.set_texts(texts)
        for name in self._fixed:
            self.form.boxes[name].setEnabled(self._open is None)

    @Slot(object)
    def _on_moved(self, _record_id: object) -> None:
        if self.may_leave():
            self._show_current()

    @Slot(object)
    def _on_opened(self, _record_id: object) -> None:
        self._show_current()
        self.form.focus()

    @Slot()
    def _on_new(self) -> None:
        if self.may_leave():
            self._show_new()
            self.form.focus()

    @Slot()
    def _on_leave(self) -> None:
        if self.may_leave():
            self._show_current()
            self.table.setFocus()

    @Slot(bool)
    def _on_save(self, then_new: bool) -> None:
        texts, before = self.form.texts(), set(self.table.model.ids)
        try:
            changes = self._desk.do(self._save, self._open, texts)
        except FieldErrors as errors:
            self.form.show_errors(errors.messages)
            return
        if changes is None:
            return
        self.form.keep()
        self.refresh()
        fresh = set(self.table.model.ids) - before
        if fresh:
            self.table.go_to(fresh.pop())
        self._show_current()
        if then_new:
            self._on_new()
