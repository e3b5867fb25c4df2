"""What may want more room than the screen has: it scrolls, where it would be cut off or printed over its neighbours."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget


class Scrolled(QScrollArea):
    """Shows the whole of a widget where there is room, and scrolls it where there is none; wants the height of wrapped words."""

    def __init__(self, inside: QWidget, width: int = 0) -> None:
        """`width` is that in which it would like to stand, in px; what its parts need without it."""
        super().__init__()
        self._wanted = width
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        inside.setObjectName("pageBody")
        self.setWidget(inside)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    def keep_one_line(self) -> None:
        """Scrolls sideways alone, with room for the bar."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(self.widget().sizeHint().height() + self.horizontalScrollBar().sizeHint().height())

    @Slot(QWidget, QWidget)
    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.widget().isAncestorOf(now):
            self.ensureWidgetVisible(now)  # arrows go from one to the next as well

    def sizeHint(self) -> QSize:
        inside = self.widget()
        width = max(self._wanted, inside.minimumSizeHint().width())
        return QSize(width, inside.heightForWidth(width) if inside.hasHeightForWidth() else inside.sizeHint().height())
