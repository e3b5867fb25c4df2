"""Things side by side where all have their room, and one above the other where they have not."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ui.theme import scaled
from ui.widgets.scrolled import Roomy


class Panes(QSplitter):
    """Widgets with their shares of the room; the line between them can be dragged, and what is in them scrolls if need be."""

    def __init__(self, *parts: tuple[QWidget, int], least: int = 0) -> None:
        """`least` is the width of px at 100 % from which they stand side by side, if that is more than they can do with."""
        super().__init__()
        self._shares = [share for _part, share in parts]
        self._wide = least
        self._shared = False
        self.setChildrenCollapsible(False)
        for place, (part, share) in enumerate(parts):
            room = Roomy(part)
            self.addWidget(room)
            part.installEventFilter(self)
            self.setStretchFactor(place, share)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent) and isinstance(watched, QWidget):
            rooms = [self.widget(place) for place in range(self.count())]
            for room in rooms:
                if isinstance(room, Roomy) and room.widget() is watched:
                    room.setVisible(not watched.isHidden())
        return super().eventFilter(watched, event)

    def _least(self) -> list[QSize]:
        rooms = [self.widget(place) for place in range(self.count())]
        return [room.minimumSizeHint() for room in rooms if not room.isHidden()]

    def minimumSizeHint(self) -> QSize:
        least = self._least()
        heights = [size.height() for size in least]
        down = self.orientation() == Qt.Orientation.Vertical
        height = sum(heights) + self.handleWidth() * max(0, len(least) - 1) if down else max(heights, default=0)
        return QSize(max((size.width() for size in least), default=0), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        needed = sum(size.width() for size in self._least()) + self.handleWidth() * (self.count() - 1)
        wide = self.width() >= max(needed, scaled(self._wide))
        turned = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if turned != self.orientation() or not self._shared:
            self._shared = True
            self.setOrientation(turned)
            self.updateGeometry()
            length, whole = self.width() if wide else self.height(), sum(self._shares)
            self.setSizes([length * share // whole for share in self._shares])
        super().resizeEvent(event)
