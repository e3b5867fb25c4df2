"""What may want more room than the screen has: it scrolls, where it would be cut off or printed over its neighbours."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from ui.theme import scaled

_LOW = 120  # px at 100 % a part of a page keeps, however little room there is


class _Following(QScrollArea):
    """Scrolls to what the keys go to."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    @Slot(QWidget, QWidget)
    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        inside = self.widget()
        if now is None or inside is None or not inside.isAncestorOf(now) or now.height() > self.viewport().height():
            return
        self.ensureWidgetVisible(now)  # arrows go from one to the next as well


class Roomy(_Following):
    """Gives a part of a page the room there is, and scrolls it where that is less than it can do with."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__(inside)
        inside.installEventFilter(self)

    def hold(self, inside: QWidget) -> None:
        """Shows another part in place of the one that was taken away."""
        self.setWidget(inside)
        inside.installEventFilter(self)
        self._lay_out()

    def minimumSizeHint(self) -> QSize:
        least = self._needed()
        return QSize(least.width(), min(least.height(), scaled(_LOW)))

    def sizeHint(self) -> QSize:
        return self.widget().sizeHint() if self.widget() is not None else super().sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._lay_out()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        room, least = self.maximumViewportSize(), self._needed()
        down, across = self.verticalScrollBar().sizeHint().width(), self.horizontalScrollBar().sizeHint().height()
        width = max(room.width(), least.width())
        height = room.height() - (across if width > room.width() else 0)
        if (needed := self._height(width, least)) > height:
            width = max(room.width() - down, least.width())
            height = self._height(width, least)
        self.widget().resize(width, max(height, needed))

    def _needed(self) -> QSize:
        inside = self.widget()
        return QSize() if inside is None else inside.minimumSizeHint().expandedTo(inside.minimumSize())

    def _height(self, width: int, least: QSize) -> int:
        layout = self.widget().layout()
        return layout.totalMinimumHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else least.height()


class Scrolled(_Following):
    """Shows the whole of a widget where there is room, and scrolls it where there is none; wants the height of wrapped words."""

    def __init__(self, inside: QWidget, width: int = 0) -> None:
        """`width` is that in which it would like to stand, in px; what its parts need without it."""
        inside.setObjectName("pageBody")
        super().__init__(inside)
        self._wanted = width
        self.setWidgetResizable(True)

    def keep_one_line(self) -> None:
        """Scrolls sideways alone, with room for the bar."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(self.widget().sizeHint().height() + self.horizontalScrollBar().sizeHint().height())

    def sizeHint(self) -> QSize:
        inside = self.widget()
        width = max(self._wanted, inside.minimumSizeHint().width())
        return QSize(width, inside.heightForWidth(width) if inside.hasHeightForWidth() else inside.sizeHint().height())
