"""Keys and typed text, sent to whatever has the focus."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.pages import PAGES

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Presses a key where the focus is."""
    widget = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)


def type_text(text: str) -> None:
    """Types text where the focus is; Chinese as an input method commits it."""
    widget = QApplication.focusWidget()
    assert widget is not None
    if text.isascii():
        for sign in text:  # the first may open an editor, which the next ones are for
            QTest.keyClicks(QApplication.focusWidget() or widget, sign)
    else:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)


def go_to_page(key: str) -> None:
    """Presses the keys of a page, e.g. Ctrl+2."""
    keys = next(entry.keys for entry in PAGES if entry.key == key)
    combination = QKeySequence(keys)[0]
    press(combination.key(), combination.keyboardModifiers())
