"""A window that says when it was painted first, and stands inside its screen."""

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPaintEvent

from ui.shell.last_resort import LastResort
from ui.widgets.dialogs import room_for

_USUAL, _LEAST = QSize(1366, 768), QSize(640, 320)  # px


class PaintedWindow(LastResort):
    """Says when it was painted for the first time."""

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._was_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    @Slot()
    def come_forward(self) -> None:
        """Stands before all other windows, also if it was put away."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def stand(self, kept: QByteArray) -> None:
        """Stands where it was left; at the first start inside the screen."""
        self.setMinimumSize(_LEAST.boundedTo(room_for(self)))
        if not self.restoreGeometry(kept):
            self.resize(_USUAL.boundedTo(room_for(self)))
