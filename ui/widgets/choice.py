"""Choosing one of many by typing: characters or pinyin initials, with the list below."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from db.words.searching import folded, nearness, search_text
from ui.theme import icon, scaled

_SHOWN = 60  # candidates in the list at most
_SEPARATORS = "\u3001,;\uff0c\uff1b "


class Choice(NamedTuple):
    """One thing to choose: its value, its name, and what else finds it (a text of `search_text`)."""

    value: object
    name: str
    search: str = ""

    @property
    def found_by(self) -> str:
        """All it is found by, its name first."""
        begun = self.search.startswith(f"{folded(self.name)} ")
        return self.search if begun else f"{search_text(self.name)} {self.search}"


def matches(choice: Choice, typed: str) -> bool:
    """Whether what was typed names the choice by characters or initials; nothing typed names all."""
    return nearness(choice.found_by, typed) is not None


def _remoteness(typed: str, choice: Choice) -> int:
    """How far a choice is from what was typed: 0 for the very name or its initials, so that 基层党建 is not 基层党建提升."""
    found = nearness(choice.found_by, typed)
    return 3 if found is None else found


class ChoiceEdit(QLineEdit):
    """A line that completes from known names; `several` takes many separated by 、; `new_allowed` keeps unknown ones."""

    picked = Signal(str)  # a name was taken from the list
    gone_on = Signal()  # Enter took a name: on to the next field

    def __init__(self, *, several: bool = False, new_allowed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._several, self._new_allowed = several, new_allowed
        self._choices: list[Choice] = []
        self._names = QStringListModel(self)
        popup = QListView()
        popup.setObjectName("popupList")
        popup.setUniformItemSizes(True)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setPopup(popup)
        completer.setMaxVisibleItems(9)
        completer.setWidget(self)  # not setCompleter: the line keeps its own say about what is replaced
        completer.activated.connect(self._on_picked)
        self._completer = completer
        if not new_allowed:
            self.addAction(icon("down"), QLineEdit.ActionPosition.TrailingPosition).triggered.connect(self._on_arrow)
        self.textEdited.connect(self._on_edited)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """The things there are to choose from."""
        self._choices = list(choices)

    @property
    def list_open(self) -> bool:
        """Whether the list of candidates is shown."""
        return self._completer.popup().isVisible()

    def show_list(self, typed: str = "") -> None:
        """Opens the list of all that match, or closes it when nothing does."""
        alike = sorted((choice for choice in self._choices if matches(choice, typed)), key=partial(_remoteness, typed))
        found = [choice.name for choice in alike[:_SHOWN]]
        exact = typed.strip() in found and len(found) == 1
        self._names.setStringList(found)
        popup = self._completer.popup()
        if not found or exact:
            popup.hide()
            return
        self._completer.complete()
        popup.setMinimumWidth(min(self.width(), scaled(420)))
        takes_first = typed.strip() and (not self._new_allowed or typed.strip().isascii())
        popup.setCurrentIndex(self._names.index(0) if takes_first else QModelIndex())

    def _head(self) -> tuple[str, str]:
        """What stands before the name being typed, and that name."""
        text = self.text()
        cut = max(text.rfind(mark) for mark in _SEPARATORS) + 1 if self._several else 0
        return text[:cut], text[cut:]

    @Slot()
    def _on_arrow(self) -> None:
        self.setFocus()
        self.show_list()

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        typed = self._head()[1]
        if typed.strip():
            self.show_list(typed)
        else:
            self._completer.popup().hide()

    @Slot(str)
    def _on_picked(self, name: str) -> None:
        self.setText(self._head()[0] + name)
        self.setModified(True)
        self.textEdited.emit(self.text())
        self._completer.popup().hide()
        self.picked.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, separator = event.key(), self._several and event.text() != "" and event.text() in _SEPARATORS
        if not self.list_open:
            if key == Qt.Key.Key_Down:
                self.show_list("" if not self._several else self._head()[1])
            else:
                super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._take_current()
            self.gone_on.emit()
        elif key == Qt.Key.Key_Escape:
            self._completer.popup().hide()
        else:
            if separator or key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._take_current()
            super().keyPressEvent(event)

    def _take_current(self) -> None:
        index = self._completer.popup().currentIndex()
        self._completer.popup().hide()
        if index.isValid():
            self._on_picked(str(index.data()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.text() and self._choices and not self.isReadOnly():
            self.show_list()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and not self._new_allowed:
            self._complete_initials()

    def _complete_initials(self) -> None:
        """Leaving the field with something that names exactly one known thing means that thing."""
        head, typed = self._head()
        found = [choice.name for choice in self._choices if matches(choice, typed)] if typed.strip() else []
        if len(found) == 1 and found[0] != typed:
            self.setText(head + found[0])

    def event(self, event: QEvent) -> bool:
        # Ctrl+Z belongs to the text while there is something to take back in it, else to the window
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and passes_undo(self, event):
            event.ignore()
            return False
        return super().event(event)


def passes_undo(editor: QLineEdit, event: QKeyEvent) -> bool:
    """Whether an undo or redo key is not for this line's own text."""
    undo = event.matches(QKeySequence.StandardKey.Undo) and not editor.isUndoAvailable()
    redo = event.matches(QKeySequence.StandardKey.Redo) and not editor.isRedoAvailable()
    return undo or redo
