"""The lines of the search list: entries under the headings of their kinds, each with what tells it apart at its right."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from huajie_desktop.pinyin import search_text
from ui.theme import CAPTION, colour, font, scaled
from ui.widgets.building import as_tip, legible

_ROW, _HEAD, _EDGE = 34, 28, 12  # px at 100 %

_Index = QModelIndex | QPersistentModelIndex


class Entry(NamedTuple):
    """One thing to go to or to do: under which heading, what it is called, what tells it apart, and where it leads."""

    heading: str
    title: str
    detail: str
    target: Any = None  # an action, (page, subject), or the text to search the checklist for


class EntryRows(QAbstractListModel):
    """Entries with a row for each heading before them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[Entry | str] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Shows these; entries of one heading stand together."""
        self.beginResetModel()
        self._rows = []
        heading = ""
        for entry in entries:
            if entry.heading and entry.heading != heading:
                self._rows.append(entry.heading)
            heading = entry.heading
            self._rows.append(entry)
        self.endResetModel()

    @property
    def entries(self) -> list[Entry]:
        """The entries without the headings."""
        return [row for row in self._rows if isinstance(row, Entry)]

    def entry(self, index: _Index) -> Entry | None:
        """The entry of a row, None for a heading or nothing."""
        row = self._rows[index.row()] if index.isValid() else None
        return row if isinstance(row, Entry) else None

    def step(self, index: _Index, steps: int) -> QModelIndex:
        """The entry so many entries further, from the end to the start again; the first where there was none."""
        places = [place for place, row in enumerate(self._rows) if isinstance(row, Entry)]
        if not places:
            return QModelIndex()
        if index.row() not in places:
            return self.index(places[0])
        wanted = places.index(index.row()) + steps
        if abs(steps) > 1:
            wanted = max(0, min(len(places) - 1, wanted))
        return self.index(places[wanted % len(places)])

    def beginning(self, text: str) -> QModelIndex:
        """The first entry that begins with the text or its initials, the very first where none does."""
        for place, row in enumerate(self._rows):
            if isinstance(row, Entry) and any(word.startswith(text) for word in search_text(row.title).split()):
                return self.index(place)
        return self.step(QModelIndex(), 1)

    def height(self) -> int:
        """How high all rows are together, in px."""
        return sum(scaled(_ROW if isinstance(row, Entry) else _HEAD) for row in self._rows) + scaled(8)

    def rowCount(self, _parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title if isinstance(row, Entry) else row
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Entry):
            return as_tip(f"{row.title}  {row.detail}".strip())
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return shown if isinstance(self._rows[index.row()], Entry) else Qt.ItemFlag.NoItemFlags


class EntryDelegate(QStyledItemDelegate):
    """Draws headings small and quiet, entries with their detail quiet at the right."""

    def paint(self, painter: QPainter, option: Any, index: _Index) -> None:  # the bindings type no member of an option
        rows = index.model()
        assert isinstance(rows, EntryRows)
        entry = rows.entry(index)
        painter.save()
        room = option.rect.adjusted(scaled(_EDGE), 0, -scaled(_EDGE), 0)
        if entry is None:
            painter.setPen(colour("quiet"))
            painter.setFont(font(CAPTION))
            painter.drawText(room, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, str(index.data()))
        else:
            self._draw(painter, option, room, entry)
        painter.restore()

    def _draw(self, painter: QPainter, option: Any, room: Any, entry: Entry) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colour("chosen"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, colour("hover"))
        metrics = option.fontMetrics
        detail = metrics.elidedText(legible(entry.detail), Qt.TextElideMode.ElideRight, room.width() * 2 // 3)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(colour("quiet"))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, detail)
        left = room.adjusted(0, 0, -metrics.horizontalAdvance(detail) - scaled(16) if detail else 0, 0)
        painter.setPen(colour("text"))
        title = metrics.elidedText(legible(entry.title), Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, middle | Qt.AlignmentFlag.AlignLeft, title)

    def sizeHint(self, _option: Any, index: _Index) -> QSize:
        rows = index.model()
        assert isinstance(rows, EntryRows)
        return QSize(scaled(200), scaled(_HEAD if rows.entry(index) is None else _ROW))
