"""The message over the foot of the window: what happened, what was kept, what to do."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QPlainTextEdit, QPushButton, QSizePolicy, QWidget
from shiboken6 import isValid

from ui.theme import icon, pixmap, restyle, scaled
from ui.widgets.building import across, as_tip, make_label, put, upright
from ui.widgets.buttons import ActionButton

_LOOKS = {
    "done": ("done", "green", "完成"),
    "info": ("info", "blue", "提示"),
    "warning": ("warning", "yellow", "请注意"),
    "error": ("error", "red", "没有做成"),
}  # picture, tint and the word for them


class MessageStrip(QFrame):
    """One message at a time; details unfold and can be copied."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageStrip")
        self.kind = ""
        self._before: QWidget | None = None  # where the keys were
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
        name, tint, word = _LOOKS[kind]
        self._picture.setPixmap(pixmap(name, tint))
        self._picture.setToolTip(as_tip(word))
        self.setAccessibleName(f"{word}：{sentence}")
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
        before: QWidget = self._sentence
        for action in offers:
            self._offers.addWidget(button := ActionButton(action))
            self.setTabOrder(before, button)
            before = button

    @Slot()
    def clear(self) -> None:
        """Takes the message away; the keys go back to where they were."""
        within = self.isAncestorOf(QApplication.focusWidget() or self)
        self.kind = ""
        self._details.hide()
        self.hide()
        if within and self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        self.closed.emit()

    @Slot()
    def take_keys(self) -> None:
        """Puts the keys into the message: to the first thing offered, else to its buttons; Esc takes it away."""
        if self.kind and not self.isAncestorOf(QApplication.focusWidget() or self):
            self._before = QApplication.focusWidget()
            offers = [self._offers.itemAt(place).widget() for place in range(self._offers.count())]
            first = next(part for part in (*offers, self._more, self._copy, self._close) if not part.isHidden())
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)

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
