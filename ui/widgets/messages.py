"""The message strip at the top of a page: what happened, what was kept, what to do."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QPushButton, QSizePolicy, QWidget

from ui.theme import icon, pixmap, restyle, scaled
from ui.widgets.building import across, as_tip, make_label, put, upright
from ui.widgets.buttons import ActionButton

_LOOKS = {"done": ("done", "green"), "info": ("info", "blue"), "warning": ("warning", "yellow"), "error": ("error", "red")}


class MessageStrip(QFrame):
    """One message at a time; details unfold and can be copied."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageStrip")
        self.kind = ""
        self._picture = make_label()
        self._sentence = make_label(wrap=True)
        self._sentence.setTextInteractionFlags(self._sentence.textInteractionFlags().TextSelectableByMouse)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._offers = across()
        self._more = _button("详情", "link", "展开或收起详情")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._on_more)
        self._copy = _button("复制", "link", "复制这条消息和详情")
        self._copy.clicked.connect(self._on_copy)
        self._close = _button("", "icon", "关闭这条消息")
        self._close.setIcon(icon("close"))
        self._close.clicked.connect(self.clear)
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setFixedHeight(scaled(140))
        self._arrange()
        self.clear()

    @property
    def text(self) -> str:
        """The sentence shown, empty when there is none."""
        return self._sentence.text() if self.kind else ""

    def show_message(self, kind: str, sentence: str, details: str = "", offers: Sequence[QAction] = ()) -> None:
        """Shows a sentence, with buttons for what is offered; kinds: done, info, warning, error."""
        self.kind = kind
        name, tint = _LOOKS[kind]
        self._picture.setPixmap(pixmap(name, tint))
        self._sentence.setText(sentence)
        self._details.setPlainText(details)
        self._more.setChecked(False)
        self._more.setVisible(bool(details))
        self._copy.setVisible(bool(details) or kind in ("warning", "error"))
        self._show_offers(offers)
        restyle(self, kind=kind)
        self.show()

    def _show_offers(self, offers: Sequence[QAction]) -> None:
        while item := self._offers.takeAt(0):
            item.widget().hide()
            item.widget().deleteLater()
        for action in offers:
            self._offers.addWidget(ActionButton(action))

    @Slot()
    def clear(self) -> None:
        """Takes the message away."""
        self.kind = ""
        self._details.hide()
        self.hide()
        self.closed.emit()

    def _arrange(self) -> None:
        line = across()
        line.setSpacing(8)
        for widget in (self._picture, self._sentence, self._more, self._copy, self._close):
            line.addWidget(widget)
        line.setStretch(1, 1)
        line.insertLayout(2, self._offers)
        column = upright(self)
        column.setContentsMargins(12, 4, 4, 4)
        put(column, line, self._details)

    @Slot(bool)
    def _on_more(self, unfolded: bool) -> None:
        self._more.setText("收起" if unfolded else "详情")
        self._details.setVisible(unfolded)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(filter(None, (self.text, self._details.toPlainText()))))


def _button(text: str, kind: str, tip: str) -> QPushButton:
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setToolTip(as_tip(tip))
    return made
