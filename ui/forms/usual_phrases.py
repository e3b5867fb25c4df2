"""The usual phrases of one field (常用语): Alt+↓ or the small button opens them, and keeps what stands there as one."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QToolButton

from huajie_desktop import phrases
from ui.desk.desk import Desk
from ui.theme import icon, scaled
from ui.widgets.phrase_list import PhraseList

_KEYS = (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)


class UsualPhrases(QObject):
    """The phrases of one editor of long text, kept by the label of its field for the person at the desk."""

    def __init__(self, desk: Desk, place: str, editor: QPlainTextEdit) -> None:
        super().__init__(editor)
        self._editor, self._desk, self._place = editor, desk, place
        self.list: PhraseList | None = None
        self.button = QToolButton(editor)
        self.button.setIcon(icon("list"))
        self.button.setIconSize(QSize(scaled(16), scaled(16)))
        self.button.setAutoRaise(True)
        self.button.setCursor(Qt.CursorShape.ArrowCursor)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.setToolTip("常用语：挑一句填进来，或者把写好的存下来（Alt+↓）")
        self.button.clicked.connect(self.open)
        self.button.setObjectName("inEditor")
        self.button.resize(scaled(24), scaled(24))
        editor.setViewportMargins(0, 0, self.button.width(), 0)
        editor.installEventFilter(self)
        self._put_button()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._put_button()
        opens = isinstance(event, QKeyEvent) and (event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier) == _KEYS
        if opens and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # before the keys of page and window
            return True
        if opens and event.type() == QEvent.Type.KeyPress:
            self.open()
            return True
        return False

    def _put_button(self) -> None:
        bar = self._editor.verticalScrollBar()
        beside = bar.width() if bar.isVisible() else 0
        self.button.move(self._editor.width() - self.button.width() - beside - scaled(4), scaled(4))

    @Slot()
    def open(self) -> None:
        """Opens the list below the editor."""
        if self._editor.isReadOnly() or not self._editor.isEnabled():
            return
        self._editor.setFocus()
        if self.list is None:
            self.list = PhraseList(self._editor, self._place)
            self.list.taken.connect(self._on_taken)
            self.list.kept.connect(self._on_kept)
            self.list.changed.connect(self._on_changed)
        self.list.open_at(self._phrases(), self._editor.toPlainText(), self._place)

    @Slot(str)
    def _on_taken(self, text: str) -> None:
        self._editor.insertPlainText(text)
        self._kept(text)

    @Slot(str)
    def _on_kept(self, text: str) -> None:
        found = self._kept(text)
        if found is not None and self.list is not None:
            self.list.show_phrases(found)

    def _kept(self, text: str) -> list[str] | None:
        return self._desk.ask(partial(phrases.keep_phrase, self._desk.seat, self._place, text))

    @Slot(list)
    def _on_changed(self, texts: list[str]) -> None:
        if self._desk.ask(partial(phrases.keep_phrases, self._desk.seat, self._place, texts)) is None:
            QTimer.singleShot(0, self._show_kept)  # not now: the line that was reworded is still closing

    @Slot()
    def _show_kept(self) -> None:
        if self.list is not None:
            self.list.show_phrases(self._phrases())

    def _phrases(self) -> list[str]:
        with self._desk.reading() as session:
            return phrases.phrases(session, self._place)
