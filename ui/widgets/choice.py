"""Choosing one of many by typing: characters, pinyin or its initials, or what sounds so, with the list below."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from db.words.searching import folded, holds, nearest, search_text
from db.words.sounding import Ear
from ui.theme import icon, scaled
from ui.widgets.line import LineEditor
from ui.widgets.popup import PASSING
from ui.widgets.suggestions import SOUNDS_SO, Suggestion, SuggestionRows

_SHOWN = 60  # candidates in the list at most
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
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


class Match(NamedTuple):
    """A choice that what was typed may mean, how it was found, and whether all of its name is meant."""

    choice: Choice
    ear: Ear
    whole: bool

    @property
    def by_sound(self) -> bool:
        """Whether it only sounds so."""
        return self.ear is not Ear.LETTER

    @property
    def suggestion(self) -> Suggestion:
        """As a row of a list."""
        return Suggestion(self.choice.name, SOUNDS_SO if self.by_sound else "")


def matching(choices: Sequence[Choice], texts: Sequence[str], typed: str) -> list[Match]:
    """The choices that what was typed may mean, the nearest first; `texts` is what each is found by. Nothing typed means all."""
    return [Match(choices[hit.place], hit.ear, not hit.near) for hit in nearest(texts, typed)]


class ChoiceEdit(LineEditor):
    """A line that completes from known names; `several` takes many separated by 、; `new_allowed` keeps unknown ones.

    Such a one is said to be new (`new_word`) where names that sound so are offered.
    """

    picked = Signal(str)  # a name was taken from the list

    def __init__(
        self, *, several: bool = False, new_allowed: bool = False, new_word: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._several, self._new_allowed, self._new_word = several, new_allowed, new_word
        self._choices: list[Choice] = []
        self._texts: list[str] = []  # what each is found by, made when first asked for
        popup = QListView()
        popup.setObjectName("popupList")
        self._rows = SuggestionRows(self)
        completer = QCompleter(self._rows, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setPopup(popup)
        self._rows.draw_in(popup)
        completer.setMaxVisibleItems(9)
        completer.setWrapAround(False)  # Down on the last name would let go of it
        completer.setWidget(self)  # not setCompleter: the line keeps its own say about what is replaced
        self.installEventFilter(self)  # before the completer, which lets no line with an open list hear that the focus left it
        completer.activated.connect(self._on_picked)
        self._completer = completer
        if not new_allowed:
            self.addAction(icon("down"), QLineEdit.ActionPosition.TrailingPosition).triggered.connect(self._on_arrow)
        self.textEdited.connect(self._on_edited)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """The things there are to choose from."""
        self._choices, self._texts = list(choices), []

    @property
    def list_open(self) -> bool:
        """Whether the list of candidates is shown."""
        return self._completer.popup().isVisible()

    def show_list(self, typed: str = "") -> None:
        """Opens the list of all that match, or closes it when nothing does."""
        word = typed.strip()
        found = self._matching(word)[:_SHOWN]
        names = [match.choice.name for match in found]
        rows = [match.suggestion for match in found]
        if self._new_word and any(match.by_sound for match in found) and not self._is_known(word):
            rows.append(Suggestion(word, self._new_word))
        self._rows.show_rows(rows)
        popup = self._completer.popup()
        if not found or names == [word]:
            popup.hide()
            return
        self._completer.complete()
        popup.setMinimumWidth(min(self.width(), scaled(420)))
        self._fit()
        popup.setCurrentIndex(self._rows.index(0) if self._marks(found[0], word) else QModelIndex())

    def _marks(self, first: Match, word: str) -> bool:
        """Whether Enter takes the first one; where further ones are allowed only who was surely meant."""
        if not word or not self._new_allowed or word.isascii():
            return bool(word)
        return bool(self._new_word) and first.whole and first.ear is Ear.SYLLABLE

    def _fit(self) -> None:
        """Gives the list the room its frame takes, which the completer does not reckon with: one name needs no scroll bar."""
        popup, room = self._completer.popup(), self._completer.popup().geometry()
        shown = min(len(self._rows.rows), self._completer.maxVisibleItems())
        missing = max(0, shown * popup.sizeHintForRow(0) + 2 * popup.frameWidth() - room.height())
        above = room.top() < self.mapToGlobal(self.rect().topLeft()).y()
        popup.setGeometry(room.adjusted(0, -missing if above else 0, 0, 0 if above else missing))

    def _matching(self, word: str) -> list[Match]:
        self._texts = self._texts or [choice.found_by for choice in self._choices]
        return matching(self._choices, self._texts, word)

    def _is_known(self, word: str) -> bool:
        """Whether something is called just so, alone or told apart by its unit; or it is no name but its letters."""
        return word.isascii() or any(choice.name.partition("（")[0] == word for choice in self._choices)

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
                self._show_near()
            else:
                super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._take_current()
            self.gone_on.emit()
        elif key == Qt.Key.Key_Escape:
            self._completer.popup().hide()
        else:
            if separator:
                self._take_current()
            super().keyPressEvent(event)

    def _show_near(self) -> None:
        """Opens the list of all; where what stands here is none of them, of those it may mean."""
        typed = self._head()[1]
        self.show_list(typed if self._several or not self._is_known(typed) else "")
        if not self.list_open:
            self.show_list()

    def _take_current(self) -> None:
        index = self._completer.popup().currentIndex()
        self._completer.popup().hide()
        if index.isValid():
            self._on_picked(str(index.data()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.text() and self._choices and not self.isReadOnly():
            self.show_list()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in PASSING:
            self._completer.popup().hide()
        return super().eventFilter(watched, event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and not self._new_allowed:
            self._complete_initials()

    def _complete_initials(self) -> None:
        """Leaving the field with something that names exactly one known thing means that thing."""
        head, typed = self._head()
        found = [choice.name for choice in self._choices if holds(choice.found_by, typed)] if typed.strip() else []
        if len(found) == 1 and found[0] != typed:
            self.setText(head + found[0])

    def event(self, event: QEvent) -> bool:
        # here, since Tab does not come to keyPressEvent: it takes what Enter takes, and goes on
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _TABS and self.list_open:
            self._take_current()
        return super().event(event)
