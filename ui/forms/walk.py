"""From field to field by the keyboard: Enter goes on, with Shift back; in long texts it may break the line."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.forms.editors import Editor, LongEditor
from ui.forms.form_body import FormBody

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.KeyboardModifier.NoModifier: 1, Qt.KeyboardModifier.ShiftModifier: -1}


class GoingOn(QObject):
    """Watches editors for Enter, whether they take it from a list of theirs or not."""

    gone = Signal(QObject, int)  # the editor; 1 on, -1 back

    def watch(self, editor: Editor) -> None:
        """Follows one more editor."""
        editor.installEventFilter(self)
        editor.gone_on.connect(self._on_gone_on)

    def watch_choice(self, widget: QWidget) -> None:
        """Follows a widget that is no editor, such as one of two to choose from."""
        widget.installEventFilter(self)

    @Slot()
    def _on_gone_on(self) -> None:
        self.gone.emit(self.sender(), 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.key() not in _ENTER:
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if isinstance(watched, LongEditor):
            if modifiers == Qt.KeyboardModifier.AltModifier or (not modifiers and watched.wants_break()):
                watched.break_line()
                return True
            if not modifiers:
                watched.drop_empty_line()
        if modifiers not in _STEPS:
            return False
        self.gone.emit(watched, _STEPS[modifiers])
        return True


class Walk(QObject):
    """The way through the fields of a form that can be reached now."""

    arrived = Signal(str)  # field key
    ended = Signal()  # gone on from the last field: this record is done

    def __init__(self, body: FormBody) -> None:
        super().__init__(body)
        self._body = body
        self._going = GoingOn(self)
        self._going.gone.connect(self.go)
        for box in body.boxes.values():
            self._going.watch(box.editor)

    @Slot(QObject, int)
    def go(self, editor: QObject, step: int) -> None:
        """Goes so many fields on from an editor."""
        keys = self._body.keys
        place = next((place for place, key in enumerate(keys) if self._body.boxes[key].editor is editor), -1) + step
        if place >= len(keys):
            self.ended.emit()
        elif place >= 0:
            self.arrived.emit(keys[place])
