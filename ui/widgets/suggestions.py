"""The rows of a list to choose from: names, and quiet at the right why one that was not written so is offered."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate

from ui.theme import CAPTION, colour, font, scaled
from ui.widgets.building import as_tip, legible

_Index = QModelIndex | QPersistentModelIndex
_NOTE = Qt.ItemDataRole.UserRole + 1
_EDGE, _GAP = 10, 16  # px at 100 %

SOUNDS_SO = "读音相近"


class Suggestion(NamedTuple):
    """A name that can be taken and why it is offered, "" where it is what was typed."""

    name: str
    note: str = ""


class SuggestionRows(QAbstractListModel):
    """The suggestions of a list, as text their names."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Suggestion] = []

    def draw_in(self, view: QListView) -> None:
        """Draws the rows with their notes there; after a completer has taken the list, which brings a look of its own."""
        view.setItemDelegate(_NoteDelegate(view))

    def show_rows(self, rows: Sequence[Suggestion]) -> None:
        """Shows these."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, _parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        texts: dict[int, str] = {
            Qt.ItemDataRole.DisplayRole: row.name,
            Qt.ItemDataRole.EditRole: row.name,
            Qt.ItemDataRole.AccessibleTextRole: f"{row.name} {row.note}".strip(),
            Qt.ItemDataRole.ToolTipRole: as_tip(row.name),
            _NOTE: row.note,
        }
        return texts.get(role)


class _NoteDelegate(QStyledItemDelegate):
    """Draws the note behind the name."""

    def paint(self, painter: QPainter, option: Any, index: _Index) -> None:  # the bindings type no member of an option
        super().paint(painter, option, index)
        if note := _note(index):
            painter.save()
            painter.setPen(colour("quiet"))
            painter.setFont(font(CAPTION))
            room = option.rect.adjusted(0, 0, -scaled(_EDGE), 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, legible(note))
            painter.restore()

    def initStyleOption(self, option: Any, index: _Index) -> None:
        super().initStyleOption(option, index)
        if note := _note(index):
            room = option.rect.width() - option.fontMetrics.horizontalAdvance(note) - scaled(_GAP + 2 * _EDGE)
            option.text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, room)

    def sizeHint(self, option: Any, index: _Index) -> QSize:
        return QSize(0, super().sizeHint(option, index).height())  # as wide as the list: no name scrolls sideways


def _note(index: _Index) -> str:
    return str(index.data(_NOTE) or "")
