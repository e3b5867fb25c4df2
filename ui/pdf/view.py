"""A PDF to leaf through: the pages below each other, each drawn only when it comes into sight."""

from PySide6.QtCore import QCoreApplication, QRect, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui.pdf.document import PdfPages
from ui.theme import colour, scaled

_GAP = 16  # px at 100 % around pages
_KEPT = 12  # drawn pages kept
_POINTS = 72
_LARGEST = 4.0


class PdfView(QAbstractScrollArea):
    """Shows pages fitted to the width times `zoom`; Page Up and Page Down turn them, Ctrl with the wheel zooms."""

    turned = Signal(int)  # number of the page in sight, from 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages: PdfPages | None = None
        self.zoom = 1.0
        self._tops: list[int] = []
        self._drawn: dict[int, QImage] = {}
        self._page = 0
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("文书预览")
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        if application := QCoreApplication.instance():
            application.aboutToQuit.connect(self._on_quit)

    @property
    def page(self) -> int:
        """The page in sight, from 0."""
        return self._page

    def show_pages(self, pages: PdfPages | None) -> None:
        """Shows these pages from the first; those shown before are closed."""
        if self.pages is not None:
            self.pages.close()
        self.pages, self._page = pages, 0
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.turned.emit(0)

    def go_to(self, number: int) -> None:
        """Turns to a page, from 0."""
        if self._tops:
            self._page = max(0, min(number, len(self._tops) - 1))
            self.verticalScrollBar().setValue(self._tops[self._page] - scaled(_GAP))

    def set_zoom(self, zoom: float) -> None:
        """Sets the size; 1 fits the width."""
        self.zoom = max(0.4, min(_LARGEST, zoom))
        page = self._page
        self._lay_out()
        self.go_to(page)

    def _scale(self) -> float:
        """Pixels per point."""
        assert self.pages is not None
        widest = max(size.width for size in self.pages.sizes)
        return (self.viewport().width() - 2 * scaled(_GAP)) / widest * self.zoom

    def _lay_out(self) -> None:
        self._tops, self._drawn = [], {}
        bar = self.verticalScrollBar()
        if self.pages is None or not len(self.pages):
            bar.setRange(0, 0)
            self.viewport().update()
            return
        scale, top = self._scale(), scaled(_GAP)
        for size in self.pages.sizes:
            self._tops.append(top)
            top += round(size.height * scale) + scaled(_GAP)
        height, across = self.viewport().height(), self.horizontalScrollBar()
        bar.setRange(0, max(0, top - height))
        bar.setPageStep(height)
        bar.setSingleStep(scaled(48))
        room = round(max(size.width for size in self.pages.sizes) * scale) + 2 * scaled(_GAP) - self.viewport().width()
        across.setRange(0, max(0, room))
        across.setPageStep(self.viewport().width())
        self.viewport().update()

    def _place(self, number: int) -> QRect:
        assert self.pages is not None
        size, scale = self.pages.sizes[number], self._scale()
        width, height = round(size.width * scale), round(size.height * scale)
        left = max(scaled(_GAP), (self.viewport().width() - width) // 2) - self.horizontalScrollBar().value()
        return QRect(left, self._tops[number] - self.verticalScrollBar().value(), width, height)

    def _picture(self, number: int, width: int) -> QImage:
        assert self.pages is not None
        if number not in self._drawn:
            if len(self._drawn) >= _KEPT:
                self._drawn.pop(next(iter(self._drawn)))
            ratio = self.devicePixelRatioF()
            self._drawn[number] = self.pages.draw(number, width / self.pages.sizes[number].width * _POINTS * ratio)
            self._drawn[number].setDevicePixelRatio(ratio)
        return self._drawn[number]

    @Slot()
    def _on_quit(self) -> None:
        if self.pages is not None:
            self.pages.close()

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        if not self._tops:
            return
        middle = value + self.viewport().height() // 3
        page = max((number for number, top in enumerate(self._tops) if top <= middle), default=0)
        if value == self.verticalScrollBar().maximum() and self._tops[-1] < value + self.viewport().height():
            page = max(page, self._page)  # the last pages may be too short to reach the top
        if page != self._page:
            self._page = page
        self.viewport().update()
        self.turned.emit(self._page)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), colour("ground"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number in range(len(self._tops)):
            place = self._place(number)
            if place.bottom() < 0:
                continue
            if place.top() > self.viewport().height():
                break
            painter.fillRect(place, colour("surface"))
            painter.drawImage(place, self._picture(number, place.width()))
            painter.setPen(colour("hairline"))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        page = self._page
        self._lay_out()
        self.go_to(page)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * (1.1 if event.angleDelta().y() > 0 else 1 / 1.1))
        else:
            self.verticalScrollBar().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Space: 1}
        if event.key() in steps:
            self.go_to(self._page + steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Home:
            self.go_to(0)
        elif event.key() == Qt.Key.Key_End:
            self.go_to(len(self._tops) - 1)
        else:
            super().keyPressEvent(event)
