"""What changed, old and new side by side: only the fields that say something else."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from huajie_desktop.journal.row_words import Difference
from ui.theme import scaled
from ui.widgets.building import make_label

_EMPTY = "（空）"


class ChangesView(QScrollArea):
    """One line for each changed field: its label, what it said and what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.changes: list[Difference] = []

    def show_changes(self, changes: Sequence[Difference], otherwise: str = "") -> None:
        """Shows these differences, or the sentence where there are none."""
        self.changes = list(changes)
        self.setWidget(_grid(changes) if changes else _sentence(otherwise))


def _grid(changes: Sequence[Difference]) -> QWidget:
    body = QWidget()
    body.setObjectName("pageBody")
    grid = QGridLayout(body)
    grid.setContentsMargins(0, scaled(4), scaled(12), scaled(4))
    grid.setHorizontalSpacing(scaled(12))
    grid.setVerticalSpacing(scaled(8))
    grid.setColumnMinimumWidth(0, scaled(72))
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    for place, word in enumerate(("字段", "原来", "现在")):
        grid.addWidget(_label(word, "caption"), 0, place)
    for row, change in enumerate(changes, 1):
        for place, (text, name) in enumerate(((change.label, "quiet"), (change.old, "oldText"), (change.new, "newText"))):
            grid.addWidget(_label(text or _EMPTY, name if text else "caption"), row, place)
    grid.setRowStretch(len(changes) + 1, 1)
    return body


def _sentence(text: str) -> QLabel:
    made = _label(text, "quiet")
    made.setContentsMargins(0, scaled(8), 0, 0)
    return made


def _label(text: str, name: str) -> QLabel:
    made = make_label(text, name, wrap=True, copied=True)
    made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return made
