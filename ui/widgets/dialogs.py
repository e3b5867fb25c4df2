"""Questions: only where a decision is needed, with verbs on the buttons; every dialog is freed when closed."""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QWidget

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


class Dialog(QDialog):
    """Any dialog: Esc leaves everything as it is, and Ctrl+Enter presses its usual button wherever the keys are."""

    USUAL: tuple[str, ...] = ("Ctrl+Return", "Ctrl+Enter")

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        for keys in self.USUAL:
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_usual)

    def showEvent(self, event: QShowEvent) -> None:
        for box in self.findChildren(QDialogButtonBox):
            if (line := box.layout()) is not None:
                line.setSpacing(scaled(8))  # as between all buttons
        super().showEvent(event)

    @Slot()
    def _on_usual(self) -> None:
        usual = [button for button in self.findChildren(QPushButton) if button.property("kind") in ("primary", "strong")]
        for button in usual[:1]:
            button.click()  # nothing where it is disabled


class Leaving(Enum):
    """What becomes of what is typed and not saved when the clerk goes elsewhere."""

    SAVE = "保存"
    ASIDE = "不保存，留作草稿"
    STAY = "取消"


class Decision(Dialog):
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

    def close_with(self, yes: str, no: str, *, risky: bool = False, other: str = "") -> None:
        """Adds the buttons; Enter is the first, and Esc the second. Where the first is `risky`, Enter is the second as well.

        `other` is a third way, which `third` says the clerk chose.
        """
        box = QDialogButtonBox()
        self.third = False
        self.yes = box.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
        if other:
            box.addButton(other, QDialogButtonBox.ButtonRole.DestructiveRole).clicked.connect(self._on_third)
        self.no = box.addButton(no, QDialogButtonBox.ButtonRole.RejectRole)
        usual = self.no if risky else self.yes
        restyle(usual, kind="primary")
        usual.setDefault(True)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        self._outer.addWidget(box)
        self.resize(self.sizeHint().boundedTo(room_for(self)))

    @Slot()
    def _on_third(self) -> None:
        self.third = True
        self.reject()


class Question(Decision):
    """A heading, an explanation, and two buttons: the verb and 取消; with `writing` also a field for a few words.

    Of these there are at most `longest` characters, 0: any number.

    Without words to be written Enter is 取消: what has to be asked about is never done by a key pressed too soon.
    """

    def __init__(self, parent: QWidget, heading: str, text: str, verb: str, writing: str | None = None, longest: int = 0) -> None:
        super().__init__(parent, heading, 440, 12)
        self._longest = longest
        if text:
            self.say(text)
        self.words = QPlainTextEdit(writing or "")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(scaled(96))
        self.words.setVisible(writing is not None)
        self.column.addWidget(self.words)
        self._fault = make_label(name="fieldError", wrap=True)
        self._fault.setVisible(writing is not None)  # its room is there from the first, so that no button moves
        self.column.addWidget(self._fault)
        self._verb = verb
        self.close_with(verb, "取消", risky=writing is None)
        if writing is not None:
            self.yes.setToolTip(as_tip(f"{verb}（Ctrl+回车）"))

    def accept(self) -> None:
        count = len(self.words.toPlainText().strip())
        fault = "" if count or self.words.isHidden() else f"请先写几个字，再按“{self._verb}”。"
        if self._longest and count > self._longest:
            fault = f"最多写 {self._longest} 个字，现在 {count} 个，请写短一些。"
        if fault:
            self._fault.setText(fault)
            self.words.setFocus()
            return
        super().accept()


def ask(parent: QWidget, heading: str, text: str, verb: str) -> bool:
    """Asks for a decision; True for `verb`, False for 取消 or Esc."""
    dialog = Question(parent, heading, text, verb)
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()


def ask_leaving(parent: QWidget, name: str, *, aside: bool) -> Leaving:
    """Asks what becomes of what is typed of `name` and not saved; Enter saves it, and nothing but a click loses it.

    With `aside` it can be kept as it is, to be gone on with; else not saving is losing it, which is said.
    """
    dialog = Decision(parent, f"保存“{name}”的改动吗？", 480, 12)
    kept = "不保存也可以：留作草稿，以后按 Ctrl+Shift+K 接着填写。" if aside else "不保存的话，这些改动就没有了。"
    dialog.say(f"有改动还没有保存。{kept}")
    dialog.close_with("保存", Leaving.STAY.value, other=Leaving.ASIDE.value if aside else "不保存")
    try:
        if dialog.exec() == QDialog.DialogCode.Accepted:
            return Leaving.SAVE
        return Leaving.ASIDE if dialog.third else Leaving.STAY
    finally:
        dialog.deleteLater()


def may_delete(parent: QWidget, noun: str, count: int) -> bool:
    """Whether so many records may be deleted: one goes without a question, as it is said afterwards with 撤销 beside it."""
    text = "删除后按 Ctrl+Z 可以撤销，以后也能在“历史”页撤销这一步。"
    return count < 2 or ask(parent, f"要删除这 {count} 项{noun}吗？", text, f"删除 {count} 项")


def ask_words(
    parent: QWidget, heading: str, text: str, verb: str, longest: int,
    dress: Callable[[QPlainTextEdit], object] | None = None,
) -> str | None:  # fmt: skip
    """Asks for a few words, 1 to `longest` characters; None if the clerk gave up. `dress` helps in writing them."""
    dialog = Question(parent, heading, text, verb, writing="", longest=longest)
    if dress is not None:
        dress(dialog.words)
    dialog.words.setFocus()
    try:
        return dialog.words.toPlainText().strip() if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()
