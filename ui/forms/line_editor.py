"""A line that understands what is typed: it says at once what it means, and becomes that when left."""

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent

from huajie_desktop.values.arithmetic import worked_out
from ui.theme import scaled
from ui.widgets.building import Label, make_label
from ui.widgets.line import LineEditor

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MeantEditor(LineEditor):
    """A line whose text may stand for another one, a sum for its result; what it means lies below it while it is typed."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = ""  # what stood there before anything was typed
        self._bubble: Label | None = None
        self.textEdited.connect(self._tell)

    def meant(self, text: str) -> str:
        """What a typed text stands for; the text itself where that is what it says."""
        raise NotImplementedError

    def told(self, text: str) -> str:
        """What is said of a text while it is typed, empty for nothing."""
        raise NotImplementedError

    def value(self) -> str:
        """What the text stands for."""
        text = self.text()
        return text if text == self.shown else self.meant(text)

    def set_value(self, text: str) -> None:
        super().set_value(text)
        self.shown = text
        self.hush()

    def settle(self) -> None:
        """Puts what the text stands for in its place; Ctrl+Z brings back what was typed."""
        if (meant := self.value()) != self.text():
            self.put(meant)
        self.hush()

    def put(self, text: str) -> None:
        """Puts another text into the line as one step that Ctrl+Z takes back."""
        self.selectAll()
        self.insert(text)
        self.shown = text

    @property
    def said(self) -> str:
        """What is said of the text now."""
        return self._bubble.text() if self._bubble is not None and self._bubble.isVisible() else ""

    @Slot()
    def _tell(self) -> None:
        self.say(self.told(self.text()))  # a cell has no focus before the first composing is done

    def say(self, words: str) -> None:
        """Shows a few words below the line; they lie over the page and move nothing."""
        self.setAccessibleDescription(words)
        if not words:
            self.hush()
            return
        if self._bubble is None:
            self._bubble = make_label(name="bubble")
            self._bubble.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.destroyed.connect(self._bubble.deleteLater)
        bubble, window = self._bubble, self.window()
        bubble.setParent(window)
        bubble.setText(words)
        bubble.adjustSize()
        place = self.mapTo(window, QPoint(0, self.height() + scaled(2)))
        if place.y() + bubble.height() > window.height():
            place = self.mapTo(window, QPoint(0, -bubble.height() - scaled(2)))
        place.setX(max(0, min(place.x(), window.width() - bubble.width())))
        bubble.move(place)
        bubble.show()
        bubble.raise_()

    def hush(self) -> None:
        """Takes away what was said."""
        if self._bubble is not None:
            self._bubble.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.settle()
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hush()


class SumEditor(MeantEditor):
    """An amount or a count, in the unit of its field: 3+4.5 stands for 7.5."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def meant(self, text: str) -> str:
        found = worked_out(text, self._unit)
        return text if found is None else found

    def told(self, text: str) -> str:
        found = worked_out(text, self._unit)
        return "" if found is None else f"= {found}{self._unit}"
