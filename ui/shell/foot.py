"""What is said and what is under way: both lie over the window's lower edge, so that nothing moves when they come or go."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from ui.shell.bars import StatusBar
from ui.widgets.building import put, upright

_EDGE = 2  # px at 100 % below the lowest strip
_LEAST = 5 / 8  # of the window's width: beside steps that leave less room the strips stand above the bar


class Foot(QWidget):
    """Covers the status bar but for its steps, and the margin of the page; what takes more lines grows over the page."""

    _strips: tuple[QWidget, ...] = ()

    def __init__(self, holder: QWidget, status: StatusBar, *strips: QWidget) -> None:
        super().__init__(holder)
        self.setProperty("floats", True)  # over its neighbours, and meant to
        self._holder, self._status, self._strips = holder, status, strips
        put(upright(self, (8, 0, 8, _EDGE), 4), *strips)
        for watched in (holder, status):
            watched.installEventFilter(self)
        for strip in strips:
            strip.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        """Puts the strips where they belong; without any the foot has no height and is in nobody's way."""
        holder, layout = self._holder, self.layout()
        if layout is None or all(strip.isHidden() for strip in self._strips):
            self.setGeometry(0, holder.height(), holder.width(), 0)
            return
        beside = self._status.room_beside_steps()
        above = beside < holder.width() * _LEAST
        width = holder.width() if above else beside
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        self.setGeometry(0, holder.height() - height - (self._status.height() if above else 0), width, height)
        self.raise_()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._strips:  # Python takes the window apart
            return False
        kind = event.type()
        shown = watched in self._strips and kind in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent)
        if shown or (watched not in self._strips and kind in (QEvent.Type.Resize, QEvent.Type.LayoutRequest)):
            self._place()
        return False
