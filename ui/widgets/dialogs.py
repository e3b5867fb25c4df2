"""Questions: only where a decision is needed, with verbs on the buttons; every dialog is freed when closed."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QWidget

from ui.theme import restyle, scaled
from ui.widgets.building import FLUSH, as_tip, as_title, make_label, upright
from ui.widgets.scrolled import Scrolled

FRAME = QSize(16, 40)  # px a window's frame takes, wherever the system draws it


def room_for(window: QWidget) -> QSize:
    """What the screen of a window leaves for it, its frame taken off, in px."""
    return window.screen().availableGeometry().size() - FRAME


def give_size(window: QWidget, width: int, height: int) -> None:
    """Gives a window so many px at 100 %, or what its screen has."""
    window.resize(QSize(scaled(width), scaled(height)).boundedTo(room_for(window)))


class Decision(QDialog):
    """A heading, what is to be decided below it, and two buttons; `close_with` them when all of it stands there."""

    def __init__(self, parent: QWidget, heading: str, width: int, spacing: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(as_title(heading))
        self.setMinimumWidth(scaled(width))
        body = QWidget()
        self.column = upright(body, FLUSH, spacing)
        self._outer = upright(self, (24, 20, 24, 20), 12)
        self._outer.addWidget(Scrolled(body, scaled(width - 48)), 1)
        self.say(heading).setObjectName("groupTitle")

    def say(self, text: str) -> QLabel:
        """Adds a few words, as they are."""
        words = make_label(text)
        words.setWordWrap(True)
        self.column.addWidget(words)
        return words

    def close_with(self, yes: str, no: str, *, risky: bool = False) -> None:
        """Adds the buttons; Enter is the first, and Esc the other. Where the first is `risky`, Enter is the other as well."""
        box = QDialogButtonBox()
        self.yes = box.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
        self.no = box.addButton(no, QDialogButtonBox.ButtonRole.RejectRole)
        usual = self.no if risky else self.yes
        restyle(usual, kind="primary")
        usual.setDefault(True)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        self._outer.addWidget(box)
        self.resize(self.sizeHint().boundedTo(room_for(self)))


class Question(Decision):
    """A heading, an explanation, and two buttons: the verb and 取消; with `writing` also a field for a few words.

    Without words to be written Enter is 取消: what has to be asked about is never done by a key pressed too soon.
    """

    def __init__(self, parent: QWidget, heading: str, text: str, verb: str, writing: str | None = None) -> None:
        super().__init__(parent, heading, 440, 12)
        if text:
            self.say(text)
        self.words = QPlainTextEdit(writing or "")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(scaled(96))
        self.words.setVisible(writing is not None)
        self.column.addWidget(self.words)
        self._missing = make_label(name="fieldError", wrap=True)
        self._missing.hide()
        self.column.addWidget(self._missing)
        self.close_with(verb, "取消", risky=writing is None)
        if writing is not None:
            self.yes.setToolTip(as_tip(f"{verb}（Ctrl+回车）"))
            self.words.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter in the words is the verb, as everywhere."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        done = held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if done:
            self.accept()
        return done

    def accept(self) -> None:
        """Closes it; where words are to be written and none are there it stays and says so."""
        if self.words.isHidden() or self.words.toPlainText().strip():
            super().accept()
            return
        self._missing.setText(f"还没有写，写了才能{self.yes.text()}；不{self.yes.text()}请按“取消”。")
        self._missing.show()
        self.words.setFocus()


def ask(parent: QWidget, heading: str, text: str, verb: str) -> bool:
    """Asks for a decision; True for `verb`, False for 取消 or Esc."""
    dialog = Question(parent, heading, text, verb)
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()


def may_delete(parent: QWidget, noun: str, count: int) -> bool:
    """Whether so many records may be deleted: one goes without a question, as it is said afterwards with 撤销 beside it."""
    text = "删除后按 Ctrl+Z 可以撤销，以后也能在“历史”页撤销这一步。"
    return count < 2 or ask(parent, f"要删除这 {count} 项{noun}吗？", text, f"删除 {count} 项")


def ask_words(parent: QWidget, heading: str, text: str, verb: str) -> str | None:
    """Asks for a few words; None if the clerk gave up."""
    dialog = Question(parent, heading, text, verb, writing="")
    dialog.words.setFocus()
    try:
        return dialog.words.toPlainText().strip() if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()
