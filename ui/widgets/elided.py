"""Words that give way: where they have too little room they end in …, and a tip says all of them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton

from ui.theme import elided, scaled
from ui.widgets.building import Label, as_tip

_LEAST = 40  # px at 100 % that such words keep


class ElidedLabel(Label):
    """A line of words, e.g. a name of any length in a bar."""

    def __init__(self, text: str = "", name: str = "", least: int = _LEAST) -> None:
        """`least` are the px at 100 % it keeps."""
        super().__init__(text)
        self._least = least
        self.setObjectName(name)
        self.setProperty("elides", True)

    def setText(self, text: str) -> None:
        super().setText(text)
        if self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # asked for its size it is styled: not without its name
            self._tell()

    def minimumSizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(min(scaled(self._least), hint.width()), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        cut = super().sizeHint().width() > self.width()
        if cut or self.property("cut"):  # a tip of its own stays while all can be read
            self.setToolTip(as_tip(self.text() if cut else ""))
        self.setProperty("cut", cut)

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        words, align = elided(self, self.text(), room.width()), self.alignment().value
        if words == self.text():  # as Qt paints it, without asking for the style, which is slow to be named first
            super().paintEvent(event)
            return
        self.style().drawItemText(QPainter(self), room, align, self.palette(), self.isEnabled(), words, self.foregroundRole())


class ElidedButton(QPushButton):
    """A button whose words may be any length; what it says whole is in its tip, which whoever sets the words sets, too."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("elides", True)

    def minimumSizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(min(scaled(2 * _LEAST), hint.width()), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setProperty("cut", super().sizeHint().width() > self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.property("cut"):
            super().paintEvent(event)
            return
        from PySide6.QtWidgets import QStyle, QStyleOptionButton, QStylePainter  # not named before such a button is seen

        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        option.text = elided(self, self.text(), room.width())  # type: ignore[attr-defined]
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)
