"""A line of text as forms use it; Ctrl+Z is its own while there is something to take back in it."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget


class LineEditor(QLineEdit):
    """One line of text."""

    edited = Signal()
    gone_on = Signal()  # on to the next field

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textEdited.connect(self.edited)

    def value(self) -> str:
        """The text as typed or picked."""
        return self.text()

    def set_value(self, text: str) -> None:
        """Shows a text; nothing to undo before it."""
        self.setText(text)
        self.setCursorPosition(0)

    def begin_over(self, text: str) -> None:  # noqa: ARG002
        """Shows nothing, as what will be typed takes the place of a text."""
        self.set_value("")

    def event(self, event: QEvent) -> bool:
        # Ctrl+Z belongs to the text while there is something to take back in it, else to the window
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._passes_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def _passes_undo(self, event: QKeyEvent) -> bool:
        """Whether an undo or redo key is not for this line's own text."""
        undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
        return undo or (event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable())
