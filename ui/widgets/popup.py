"""A pop-up below the line it helps to write, or above it where the screen ends; while it is open all keys are its own."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtWidgets import QFrame, QWidget

from ui.theme import scaled

# Why the keys leave a line only to come back to it.
PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class PopUp(QFrame):
    """A frame over the page that closes by Esc or a click beside it."""

    def __init__(self, line: QWidget, name: str) -> None:
        super().__init__(line, Qt.WindowType.Popup)  # a child of the line, so that a cell's editor stays open
        self.setObjectName("panel")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._line = line

    def open_with(self, size: QSize) -> None:
        """Shows it in that size, all of it within the screen."""
        self.resize(size)
        self.show()
        size = self.size()  # as much as it takes, which is known only now
        screen, gap = self._line.screen().availableGeometry(), scaled(2)
        place = self._line.mapToGlobal(QPoint(0, self._line.height() + gap))
        if place.y() + size.height() > screen.bottom():
            place.setY(self._line.mapToGlobal(QPoint(0, 0)).y() - size.height() - gap)
        place.setX(max(screen.left(), min(place.x(), screen.right() + 1 - size.width())))
        place.setY(max(screen.top(), min(place.y(), screen.bottom() + 1 - size.height())))
        self.move(place)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # Esc closes this, not the form behind it
            return True
        return super().event(event)
