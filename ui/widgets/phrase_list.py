"""A pop-up list of usual phrases: one is taken, the present text is kept as one, others are reworded or dropped."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QPushButton, QWidget

from ui.theme import scaled
from ui.widgets.building import as_caption, make_label, put, upright
from ui.widgets.popup import PopUp

_HINT = "回车填入，F2 改，Del 删，Ctrl+Z 放回"
_WIDTH, _SHOWN, _ROW = 420, 8, 34  # px at 100 %, rows
_BREAK = "⏎"  # stands for a new line in a row
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PhraseList(PopUp):
    """The list of one editor. What becomes of it is announced; nothing is kept here."""

    taken = Signal(str)
    kept = Signal(str)  # the editor's text is to be a phrase
    changed = Signal(list)  # the phrases were reworded or dropped: all of them

    def __init__(self, editor: QWidget, place: str) -> None:
        super().__init__(editor, f"{place}的常用语")
        self._text = ""
        self._before: list[list[str]] = []  # to be put back
        self.rows = QListWidget()
        self.rows.setObjectName("popupList")
        self.rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.rows.itemClicked.connect(self._on_taken)
        self.rows.itemDelegate().commitData.connect(self._on_reworded)
        self.rows.installEventFilter(self)
        self.keep = QPushButton()
        self.keep.setProperty("kind", "row")
        self.keep.clicked.connect(self._on_keep)
        self.keep.installEventFilter(self)
        self._words = make_label(name="quiet", wrap=True)
        put(upright(self, (8, 8, 8, 8), 4), (self.rows, 1), self.keep, self._words)

    def open_at(self, phrases: Sequence[str], text: str, place: str) -> None:
        """Opens below the editor with its text, which can be kept; above it where the screen ends."""
        self._text, self._before = text.strip(), []
        self.show_phrases(phrases)
        known = not self._text or self._text in phrases
        self.keep.setVisible(not known)
        self.keep.setText(as_caption(f"存为常用语（Ctrl+S）：{' '.join(self._text.split())}"))
        self._words.setText(_HINT if phrases else f"{place}还没有常用语。写好一句后按 Alt+↓，存下来下次用。")
        self._lay_out()
        (self.rows if phrases else self.keep if not known else self).setFocus()

    def show_phrases(self, phrases: Sequence[str], row: int = 0) -> None:
        """Fills the list anew."""
        self.rows.clear()
        for phrase in phrases:
            item = QListWidgetItem(phrase.replace("\n", _BREAK))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setToolTip("")
            self.rows.addItem(item)
        self.rows.setCurrentRow(min(row, len(phrases) - 1))
        self.rows.setVisible(bool(phrases))

    @property
    def phrases(self) -> list[str]:
        """All that are listed."""
        return [self.rows.item(row).text().replace(_BREAK, "\n") for row in range(self.rows.count())]

    def _lay_out(self) -> None:
        rows = min(max(self.rows.count(), 1), _SHOWN)
        self.rows.setFixedHeight(scaled(_ROW * rows + 4))
        self.setFixedWidth(min(scaled(_WIDTH), self._line.screen().availableGeometry().width()))
        self.adjustSize()
        self.open_with(QSize(self.width(), self.sizeHint().height()))

    @Slot()
    def _on_taken(self) -> None:
        row = self.rows.currentRow()
        if row >= 0:
            self.hide()
            self._line.setFocus()
            self.taken.emit(self.phrases[row])

    @Slot()
    def _on_keep(self) -> None:
        if self._text:
            self.kept.emit(self._text)
            self.keep.hide()
            self._words.setText(_HINT)
            self._lay_out()
            self.rows.setFocus()

    @Slot()
    def _on_reworded(self) -> None:
        self.changed.emit(self.phrases)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        reworded = not (self.rows.hasFocus() or self.keep.hasFocus())  # the keys are the line's in which it is done
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or reworded:
            return False
        row = self.rows.currentRow()
        if event.key() in _ENTER:
            (self._on_taken if self.rows.isVisible() else self._on_keep)()
        elif event.key() == Qt.Key.Key_Delete and row >= 0:
            self._before.append(self.phrases)
            self.rows.takeItem(row)
            self.changed.emit(self.phrases)
        elif event.matches(QKeySequence.StandardKey.Undo) and self._before:
            self.show_phrases(self._before.pop(), row)
            self.changed.emit(self.phrases)
        elif event.key() == Qt.Key.Key_F2 and row >= 0:
            self._before.append(self.phrases)
            self.rows.editItem(self.rows.currentItem())
        elif event.matches(QKeySequence.StandardKey.Save):
            self._on_keep()
        else:
            return False
        return True
