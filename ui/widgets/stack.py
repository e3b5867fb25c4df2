"""Parts in one place, of which one is shown: a part that wants more room than there is scrolls, whatever the others want."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.widgets.scrolled import Roomy


class Stack(QStackedWidget):
    """A QStackedWidget whose parts are never squeezed."""

    def __init__(self) -> None:
        super().__init__()
        self._rooms: dict[QWidget, Roomy] = {}

    def addWidget(self, part: QWidget) -> int:
        room = self._rooms[part] = Roomy(part)
        return super().addWidget(room)

    def setCurrentWidget(self, part: QWidget) -> None:
        super().setCurrentWidget(self._rooms[part])

    def currentWidget(self) -> QWidget:
        room = super().currentWidget()
        return room.widget() if isinstance(room, Roomy) else room

    def minimumSizeHint(self) -> QSize:
        room = super().currentWidget()
        return room.minimumSizeHint() if room is not None else QSize()

    def removeWidget(self, part: QWidget) -> None:
        """Lets a part go; it belongs to whoever made it again."""
        room = self._rooms.pop(part)
        room.takeWidget()
        super().removeWidget(room)
        room.deleteLater()
