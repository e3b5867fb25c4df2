"""What the wheel changes only where the keys are: elsewhere it scrolls the page it passes over."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSlider, QSpinBox, QWidget


def passes_over(widget: QWidget, event: QWheelEvent) -> bool:
    """Whether the wheel is none of the widget's, as the keys are elsewhere; the page then scrolls."""
    if widget.hasFocus():
        return False
    event.ignore()
    return True


class Combo(QComboBox):
    """One of several words to choose; as wide as the widest of them asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not passes_over(self, event):
            super().wheelEvent(event)


class Spin(QSpinBox):
    """A whole number."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not passes_over(self, event):
            super().wheelEvent(event)


class Slide(QSlider):
    """A place between two ends."""

    def __init__(self, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not passes_over(self, event):
            super().wheelEvent(event)
