"""Questions: only where a decision is needed, with verbs on the buttons; every dialog is freed when closed."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from ui.theme import scaled


class Question(QDialog):
    """A heading, an explanation, and two buttons: the verb and 不了; with `writing` also a field for a few words."""

    def __init__(self, parent: QWidget, heading: str, text: str, verb: str, writing: str | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(heading)
        self.setMinimumWidth(scaled(440))
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(24), scaled(20), scaled(24), scaled(20))
        column.setSpacing(scaled(12))
        title = QLabel(heading)
        title.setObjectName("groupTitle")
        column.addWidget(title)
        if text:
            words = QLabel(text)
            words.setWordWrap(True)
            column.addWidget(words)
        self.words = QPlainTextEdit(writing or "")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(scaled(96))
        self.words.setVisible(writing is not None)
        column.addWidget(self.words)
        box = QDialogButtonBox()
        self.yes = box.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.no = box.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.yes.setProperty("kind", "primary")
        self.yes.setDefault(True)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column.addSpacing(scaled(4))
        column.addWidget(box)


def ask(parent: QWidget, heading: str, text: str, verb: str) -> bool:
    """Asks for a decision; True for `verb`, False for 取消 or Esc."""
    dialog = Question(parent, heading, text, verb)
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()


def ask_words(parent: QWidget, heading: str, text: str, verb: str) -> str | None:
    """Asks for a few words; None if the clerk gave up."""
    dialog = Question(parent, heading, text, verb, writing="")
    dialog.words.setFocus()
    try:
        return dialog.words.toPlainText().strip() if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()
