"""Questions: only where a decision is needed, with verbs on the buttons; every dialog is freed when closed."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QWidget

from ui.theme import scaled
from ui.widgets.building import as_title, make_label, upright


class Decision(QDialog):
    """A heading, what is to be decided below it, and two buttons; `close_with` them when all of it stands there."""

    def __init__(self, parent: QWidget, heading: str, width: int, spacing: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(as_title(heading))
        self.setMinimumWidth(scaled(width))
        self.column = upright(self, (24, 20, 24, 20), spacing)
        self.say(heading).setObjectName("groupTitle")

    def say(self, text: str) -> QLabel:
        """Adds a few words, as they are."""
        words = make_label(text)
        words.setWordWrap(True)
        self.column.addWidget(words)
        return words

    def close_with(self, yes: str, no: str) -> None:
        """Adds the buttons; Enter is the first, Esc the other."""
        box = QDialogButtonBox()
        self.yes = box.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
        self.no = box.addButton(no, QDialogButtonBox.ButtonRole.RejectRole)
        self.yes.setProperty("kind", "primary")
        self.yes.setDefault(True)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        self.column.addSpacing(scaled(4))
        self.column.addWidget(box)


class Question(Decision):
    """A heading, an explanation, and two buttons: the verb and 取消; with `writing` also a field for a few words."""

    def __init__(self, parent: QWidget, heading: str, text: str, verb: str, writing: str | None = None) -> None:
        super().__init__(parent, heading, 440, 12)
        if text:
            self.say(text)
        self.words = QPlainTextEdit(writing or "")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(scaled(96))
        self.words.setVisible(writing is not None)
        self.column.addWidget(self.words)
        self.close_with(verb, "取消")


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
