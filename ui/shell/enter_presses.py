"""Enter presses the button that has the keys, as the space bar does."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QMainWindow


class EnterPresses(QMainWindow):
    """A window in which Enter presses a focused button; it gets what nobody below took, so that lists and fields keep theirs."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)
