"""Filters above a list: tabs with counts, chips that open a searchable choice, one button to clear them."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QLineEdit,
    QListView,
    QPushButton,
    QWidget,
)

from ui.theme import icon, restyle, scaled
from ui.widgets.building import FLUSH, as_caption, as_tip, flowing, put, upright
from ui.widgets.buttons import take_step
from ui.widgets.choice import Choice, matching
from ui.widgets.popup import PopUp
from ui.widgets.suggestions import SuggestionRows

_ANY = "全部"
_GAP = 8  # px at 100 % between tabs


class Tabs(QWidget):
    """Words with counts, one of them chosen: filters that are always at hand."""

    chosen = Signal(object)  # the key

    def __init__(
        self, words: Mapping[Any, str], parent: QWidget | None = None, *,
        tips: bool | Mapping[Any, str] = True, spare: bool = False,
    ) -> None:  # fmt: skip
        """With `spare` those that count nothing give way where there is too little room, so that no word is cut."""
        super().__init__(parent)
        self._words = dict(words)
        self._spare = spare
        self._counts: Mapping[Any, int] = {}
        self._group = QButtonGroup(self)
        self._buttons: dict[str | None, QPushButton] = {}
        line = flowing(self, FLUSH, _GAP)
        for key, word in self._words.items():
            button = QPushButton(word)
            button.setProperty("kind", "tab")
            button.setCheckable(True)
            if tips:
                button.setToolTip(as_tip((f"只看{word}" if key else "看全部") if tips is True else tips[key]))
            self._group.addButton(button)
            self._buttons[key] = button
            line.addWidget(button)
        line.addStretch(1)
        self._group.buttonClicked.connect(self._on_clicked)
        self.select(next(iter(self._words)))

    @property
    def key(self) -> str | None:
        """The chosen tab."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def button(self, key: str | None) -> QPushButton:
        """The button of a tab, as a person clicks and reads it."""
        return self._buttons[key]

    def select(self, key: str | None) -> None:
        """Chooses a tab without announcing it."""
        self._buttons[key].setChecked(True)
        self.setFocusProxy(self._buttons[key])

    def show_words(self, words: Mapping[Any, str]) -> None:
        """Other words for the same tabs; counts follow with `show_counts`."""
        self._words = dict(words)

    def show_counts(self, counts: Mapping[Any, int]) -> None:
        """Writes the counts behind the words; a word without a count stands alone."""
        for key, button in self._buttons.items():
            button.setText(f"{self._words[key]} {counts[key]}" if key in counts else self._words[key])
        self._counts = counts
        self._give_way()

    def _give_way(self) -> None:
        """Hides the words of nothing, but for the first and the chosen one, unless all have room."""
        buttons = self._buttons.values()
        room = self.width() - scaled(_GAP) * len(buttons)
        narrow = self._spare and sum(button.sizeHint().width() for button in buttons) > room
        for place, (key, button) in enumerate(self._buttons.items()):
            button.setVisible(not narrow or not place or button.isChecked() or self._counts.get(key) != 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._spare:
            self._give_way()

    @Slot(QAbstractButton)
    def _on_clicked(self, _button: QAbstractButton) -> None:
        take_step(self)
        self.chosen.emit(self.key)


class Chip(QPushButton):
    """One filter: shows its label or what was chosen; opens a list that can be searched by characters, pinyin or sound."""

    chosen = Signal(object)  # the value, None for any

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self._choices: list[Choice] = []
        self.value: object = None
        self._list: ChoiceList | None = None
        self.setProperty("kind", "chip")
        self.setAutoDefault(False)  # Enter in a line of a dialog is not for it
        self.setIcon(icon("down"))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the word
        self.setToolTip(as_tip(f"按{label}筛选"))
        self.clicked.connect(self._on_clicked)
        self.set_value(None)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """What can be chosen."""
        self._choices = list(choices)
        self.set_value(self.value)

    @property
    def values(self) -> list[Any]:
        """The values that can be chosen, in their order."""
        return [choice.value for choice in self._choices]

    def set_value(self, value: object) -> None:
        """Shows a value without announcing it."""
        chosen = next((choice for choice in self._choices if choice.value == value), None)
        self.value = chosen.value if chosen else None
        self.setText(as_caption(f"{self._label}：{chosen.name}") if chosen else self._label)
        restyle(self, on="true" if chosen else "false")

    @Slot()
    def _on_clicked(self) -> None:
        if self._list is None:
            self._list = ChoiceList(self, self._label)
            self._list.chosen.connect(self._on_chosen)
        self._list.open_at([Choice(None, _ANY), *self._choices], self.value)

    @Slot(object)
    def _on_chosen(self, value: object) -> None:
        self.set_value(value)
        self.chosen.emit(self.value)


class ChoiceList(PopUp):
    """A pop-up list with a line to search it; Enter takes the first, Esc closes."""

    chosen = Signal(object)

    def __init__(self, line: QWidget, name: str) -> None:
        """It opens below the `line`; `name` says what is chosen."""
        super().__init__(line, name)
        self._choices: list[Choice] = []
        self._texts: list[str] = []  # what each is found by
        self._shown: list[Choice] = []
        self._typed = QLineEdit()
        self._typed.setPlaceholderText("输入文字、拼音或首字母")
        self._typed.textChanged.connect(self._on_typed)
        self._typed.returnPressed.connect(self._on_taken)
        self._view = QListView()
        self._view.setObjectName("popupList")
        self._rows = SuggestionRows(self)
        self._rows.draw_in(self._view)
        self._view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setMouseTracking(True)
        self._view.setModel(self._rows)
        self._view.clicked.connect(self._on_clicked)
        put(upright(self, (8, 8, 8, 8)), self._typed, self._view)

    def open_at(self, choices: Sequence[Choice], value: object) -> None:
        """Opens with the present value marked."""
        self._choices, self._texts = list(choices), [choice.found_by for choice in choices]
        self._typed.clear()
        self._on_typed("")
        place = next((row for row, choice in enumerate(choices) if choice.value == value), 0)
        self._view.setCurrentIndex(self._rows.index(place))
        self._typed.setVisible(len(choices) > 8)
        self.open_with(QSize(scaled(280), scaled(min(360, 40 + 36 * len(choices)) + (48 if len(choices) > 8 else 0))))
        self._typed.setFocus()

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        found = matching(self._choices, self._texts, typed)
        self._shown = [match.choice for match in found]
        self._rows.show_rows([match.suggestion for match in found])
        self._view.setCurrentIndex(self._rows.index(0))

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._view.setCurrentIndex(index)
        self._on_taken()

    @Slot()
    def _on_taken(self) -> None:
        row = self._view.currentIndex().row()
        self.hide()
        if 0 <= row < len(self._shown):
            self.chosen.emit(self._shown[row].value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps and self._shown:
            row = (self._view.currentIndex().row() + steps[Qt.Key(event.key())]) % len(self._shown)
            self._view.setCurrentIndex(self._rows.index(row))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_taken()
        else:
            super().keyPressEvent(event)
