"""Keys nobody below took: Enter presses the focused button, and what a page means nothing by is the window's."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QMainWindow

from ui.widgets.buttons import ALONE, STEP

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LastResort(QMainWindow):
    """A window that gets what lists, fields and the actions of the page left; those of its own that say ALONE wait for it."""

    stepped = Signal()  # the clerk goes on in some part of it

    def customEvent(self, event: QEvent) -> None:
        if event.type() == STEP:
            self.stepped.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = QKeySequence(event.keyCombination())
        waiting = [action for action in self.actions() if action.shortcutContext() == ALONE and action.isEnabled()]
        if plain and event.key() in _ENTER and isinstance(focused, QAbstractButton):
            focused.click()
        elif found := [action for action in waiting if pressed in action.shortcuts()]:
            found[0].trigger()
        else:
            super().keyPressEvent(event)
