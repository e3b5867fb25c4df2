"""Where the keys went before something took them away."""

from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class KeptFocus:
    """Keeps the widget with the focus, and gives it back once."""

    def __init__(self) -> None:
        self._widget: QWidget | None = None

    def keep(self) -> None:
        """Notes which widget has the focus now."""
        self._widget = QApplication.focusWidget()

    def give_back(self) -> bool:
        """Whether that widget is still there to have the focus again."""
        widget, self._widget = self._widget, None
        if widget is None or not isValid(widget) or not widget.isVisible():
            return False
        widget.setFocus()
        return True
