"""A few values asked for before a step: faults stand beside their fields, and what was typed stays until it is done."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from db.fields import Field
from huajie_desktop.errors import FieldErrors
from ui.desk.desk import Desk
from ui.forms.form_body import FormBody
from ui.theme import restyle, scaled
from ui.widgets.building import FLUSH, as_title, make_label, upright
from ui.widgets.dialogs import Dialog, room_for
from ui.widgets.scrolled import Scrolled

_WIDTH = 560  # px at 100 %


class AskingDialog(Dialog):
    """The fields, the verb and 取消; `do` gets the texts by key, and its result is kept once it is one."""

    USUAL = (*Dialog.USUAL, "Ctrl+S")  # as in every form

    def __init__(
        self, parent: QWidget, desk: Desk, heading: str, fields: Sequence[Field], verb: str,
        do: Callable[[Mapping[str, str]], Any], *, words: str = "", first: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(as_title(heading))
        self._do, self.result_of_step = do, None
        keys = tuple(field.key for field in fields)
        self.body = FormBody([("", keys)], 1, {field.key: field for field in fields}, {}, desk)
        inside = QWidget()
        column = upright(inside, FLUSH, 8)
        if words:
            above = upright(margins=(20, 0, 20, 0))
            above.addWidget(make_label(words, wrap=True))
            column.addLayout(above)
        column.addWidget(self.body)
        column.addStretch(1)
        outer = upright(self, (16, 16, 16, 16), 12)
        self._scrolled = Scrolled(inside, scaled(_WIDTH - 40))
        outer.addWidget(self._scrolled, 1)
        outer.addWidget(self._buttons(verb))
        for key, box in self.body.boxes.items():
            box.editor.set_value((first or {}).get(key, ""))
            box.editor.gone_on.connect(self._on_gone_on)
        self.body.boxes[keys[0]].editor.setFocus()
        self.setMinimumWidth(min(scaled(_WIDTH), room_for(self).width()))
        self.resize(self.sizeHint().boundedTo(room_for(self)))

    def _buttons(self, verb: str) -> QDialogButtonBox:
        box = QDialogButtonBox()
        yes = box.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        restyle(yes, kind="primary")
        yes.setDefault(True)
        box.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box

    def accept(self) -> None:
        """Does the step; faults are said beside their fields, and a refusal leaves the dialog as it is."""
        boxes = self.body.boxes
        messages: Mapping[str, str] = {}
        try:
            self.result_of_step = self._do({key: box.editor.value() for key, box in boxes.items()})
        except FieldErrors as errors:
            messages = errors.messages
        for key, box in boxes.items():
            box.show_error(messages.get(key, ""))
        if self.result_of_step is not None:
            super().accept()
        elif first := next((key for key in boxes if key in messages), None):
            boxes[first].editor.setFocus()
        QTimer.singleShot(0, self._grow)  # when the faults have been laid out

    @Slot()
    def _grow(self) -> None:
        """Takes the room the faults want, if the screen has it."""
        wanted = self.height() + self._scrolled.verticalScrollBar().maximum()
        self.resize(self.width(), max(min(wanted, room_for(self).height()), self.height()))

    @Slot()
    def _on_gone_on(self) -> None:
        self.focusNextChild()


def ask_step(dialog: AskingDialog) -> Any:
    """What came of the step of a dialog; None where the clerk gave up."""
    try:
        return dialog.result_of_step if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()
