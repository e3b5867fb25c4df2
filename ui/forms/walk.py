"""From field to field by the keyboard: Enter goes on, with Shift back; in long texts it may break the line."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from ui.forms.editors import LongEditor
from ui.forms.form_body import FormBody


class Walk(QObject):
    """The way through the fields of a form that can be reached now."""

    arrived = Signal(str)  # field key
    ended = Signal()  # gone on from the last field: this record is done

    def __init__(self, body: FormBody) -> None:
        super().__init__(body)
        self._body = body
        for box in body.boxes.values():
            box.editor.installEventFilter(self)
            box.editor.gone_on.connect(self._on_gone_on)

    def go(self, editor: QObject, step: int) -> None:
        """Goes so many fields on from an editor."""
        keys = self._body.keys
        place = next((place for place, key in enumerate(keys) if self._body.boxes[key].editor is editor), -1) + step
        if place >= len(keys):
            self.ended.emit()
        elif place >= 0:
            self.arrived.emit(keys[place])

    @Slot()
    def _on_gone_on(self) -> None:
        self.go(self.sender(), 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if isinstance(watched, LongEditor):
            if modifiers == Qt.KeyboardModifier.AltModifier or (not modifiers and watched.wants_break()):
                watched.break_line()
                return True
            if not modifiers:
                watched.drop_empty_line()
        if modifiers not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            return False
        self.go(watched, -1 if modifiers else 1)
        return True
