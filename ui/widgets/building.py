"""What every part is built of: labels in the house's styles, and rows and columns with their room in pixels at 100 %."""

from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from ui.theme import scaled
from ui.widgets.flow import Flow

_CONTROLS = (*range(9), *range(11, 32), *range(0x7F, 0xA0))  # all but tab and line end
_TURNS = (0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))  # what sets the direction of a text
_UNSHOWN = dict.fromkeys((*_CONTROLS, *_TURNS), "\ufffd")
_CAPTION = 60  # characters on a button
Margins = tuple[int, int, int, int]  # left, top, right, bottom
FLUSH: Margins = (0, 0, 0, 0)
Item = QWidget | QLayout | int | tuple[Any, ...]
_Box = TypeVar("_Box", QHBoxLayout, QVBoxLayout, Flow)


class Label(QLabel):
    """Words in the window; a sign that turns the rest round, or shows nothing, is shown as such."""

    def __init__(self, text: str = "", *, markup: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText if markup else Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(legible(text))


def make_label(text: str = "", name: str = "", *, wrap: bool = False, markup: bool = False, copied: bool = False) -> Label:
    """A label; `name` is its style: quiet, caption, groupTitle, fieldLabel, fieldError.

    It shows its text as it is, since what was typed or sent is never markup: with `markup` whoever sets the text escapes it.
    `copied` says that it can be marked with the mouse.
    """
    made = Label(text, markup=markup)
    made.setObjectName(name)
    made.setWordWrap(wrap)
    if copied:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def legible(text: str) -> str:
    """A text to be shown: what would turn it round or hide in it stands there as �."""
    return text.translate(_UNSHOWN)


def as_tip(text: str) -> str:
    """A text for a tooltip, which would take tags in it for markup."""
    text = legible(text)
    if "<" not in text and "&" not in text:
        return text
    from html import escape  # no tip of the first paint needs it

    return f'<span style="white-space:pre-wrap">{escape(text)}</span>'


def as_caption(text: str) -> str:
    """A text for a button, which would take an & in it for a key, and grow with it."""
    return legible(text if len(text) <= _CAPTION else f"{text[: _CAPTION - 1]}…").replace("&", "&&")


def as_title(text: str) -> str:
    """A text for the frame of a window, which would take a [*] in it for the mark of what is not saved."""
    return legible(text).replace("[*]", "[*][*]")


def upright(parent: QWidget | None = None, margins: Margins | None = None, spacing: int | None = None) -> QVBoxLayout:
    """A column of widgets; what is not said is as Qt has it."""
    return _with_room(QVBoxLayout() if parent is None else QVBoxLayout(parent), margins, spacing)


def across(parent: QWidget | None = None, margins: Margins | None = None, spacing: int | None = None) -> QHBoxLayout:
    """A row of widgets; what is not said is as Qt has it."""
    return _with_room(QHBoxLayout() if parent is None else QHBoxLayout(parent), margins, spacing)


def flowing(parent: QWidget | None = None, margins: Margins | None = None, spacing: int | None = None) -> Flow:
    """A row of widgets that goes on in a further line where it has too little room."""
    return _with_room(Flow(parent), margins, spacing)


def put(layout: QHBoxLayout | QVBoxLayout | Flow, *items: Item) -> None:
    """Adds these one after another; a number is a stretch, behind an item its own stretch and alignment may be said."""
    for item in items:
        what, *how = item if isinstance(item, tuple) else (item,)
        if isinstance(what, int):
            layout.addStretch(what)
        elif isinstance(what, QWidget):
            layout.addWidget(what, *how)
        else:
            layout.addLayout(what, *how)


def _with_room(made: _Box, margins: Margins | None, spacing: int | None) -> _Box:
    if margins is not None:
        made.setContentsMargins(*map(scaled, margins))
    if spacing is not None:
        made.setSpacing(scaled(spacing))
    return made
