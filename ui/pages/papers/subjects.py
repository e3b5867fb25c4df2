"""What papers can be made for: units, tasks or the whole township, ticked or not, with what was made for each last."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableWidgetItem

from db.words.searching import ear_for, holds, search_text
from huajie_desktop.papers.subject_lines import SubjectLine
from ui.theme import ROW_HEIGHT, scaled
from ui.widgets.badge import TINT_ROLE
from ui.widgets.tick_table import TickTable

_COLUMNS = (
    ("", 36),
    ("单位", 120),
    ("类型", 84),
    ("已确认", 64),
    ("未确认", 64),
    ("编号", 168),
    ("情况", 156),
    ("上次制作", 112),
)
_LEAST = 270  # px at 100 % wide
_LEAST_STATE = 72  # px at 100 %: its words go on in the tip, so that a name is not cut
_NAME, _KIND, _STATE = 1, 2, 6
_COUNTS = (3, 4)
_SPARE = (2, 7, 4, 5)  # give way, in this order, where there is too little room
_SPARE_OF_TASKS = (7, 6, 5)  # a task's unit stays


class SubjectTable(TickTable):
    """Rows to tick with Space or a click; those without anything to print cannot be ticked."""

    def __init__(self) -> None:
        super().__init__(_COLUMNS)
        self._lines: list[SubjectLine] = []
        self._counted = True
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumSize(scaled(_LEAST), scaled(5 * ROW_HEIGHT))
        for place in range(len(_COLUMNS)):
            self._word(place).setTextAlignment(_alignment(place))
        self.horizontalHeader().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)

    def able(self, row: int) -> bool:
        return self._lines[row].able

    def show_lines(self, lines: Sequence[SubjectLine], *, what: str, kind: str, counted: bool, ticked: bool) -> None:
        """Lists these, called `what` and `kind` in the head; ticks stay, new lines come `ticked` where that is possible."""
        known = {line.id: line.id in set(self.ticked_ids()) for line in self._lines if line.able}
        self.blockSignals(True)
        self._lines, self._counted = list(lines), counted
        self._word(_NAME).setText(what)
        self._word(_KIND).setText(kind)
        self.setRowCount(len(lines))
        for row, line in enumerate(lines):
            self._fill(row, line, line.able and known.get(line.id, ticked))
            self.setRowHidden(row, False)
        self.blockSignals(False)
        self._fit()
        if lines and self.currentRow() < 0:
            self.setCurrentCell(0, _NAME)
        self.ticked.emit()

    def forget(self) -> None:
        """Lets go of the ticks, as when papers of another kind are to be made."""
        self._lines = []

    def ticked_ids(self) -> list[int]:
        """The ids of what is ticked, in order."""
        return [line.id for line in self._ticked()]

    def ticked_tasks(self) -> int:
        """How many approved tasks stand behind what is ticked."""
        return sum(line.approved for line in self._ticked())

    def tick_all(self, on: bool) -> None:
        """Ticks all lines in sight that can be ticked, or none."""
        self.blockSignals(True)
        for row, line in enumerate(self._lines):
            if line.able and not (on and self.isRowHidden(row)):
                self.set_ticked(row, on)
        self.blockSignals(False)
        self.viewport().update()
        self.ticked.emit()

    def tick(self, ids: Collection[int]) -> None:
        """Ticks these alone and goes to the first of them."""
        self.blockSignals(True)
        for row, line in enumerate(self._lines):
            if line.able:
                self.set_ticked(row, line.id in ids)
        self.blockSignals(False)
        first = next((row for row, line in enumerate(self._lines) if line.id in ids), None)
        if first is not None:
            self.setCurrentCell(first, _NAME)
        self.ticked.emit()

    def show_only(self, text: str) -> None:
        """Shows only the lines whose name or kind holds the text, or where none does sounds so; ticks out of sight stay."""
        texts = [search_text(line.name, line.kind) for line in self._lines]
        ear = ear_for(texts, text)
        for row, said in enumerate(texts):
            self.setRowHidden(row, not holds(said, text, ear))

    def _ticked(self) -> list[SubjectLine]:
        return [line for row, line in enumerate(self._lines) if self.is_ticked(row)]

    def _word(self, place: int) -> QTableWidgetItem:
        item = self.horizontalHeaderItem(place)
        assert item is not None
        return item

    def _fill(self, row: int, line: SubjectLine, on: bool) -> None:
        made = f"{line.made_at:%m-%d %H:%M}" if line.made_at else ""
        state = f"已变更：{line.outdated}" if line.outdated else "有效" if line.number else ""
        texts = ("", line.name, line.kind, str(line.approved), str(line.open), line.number, state, made)
        for place, text in enumerate(texts):
            item = self.put_cell(row, place, text)
            item.setTextAlignment(_alignment(place))
            item.setData(Qt.ItemDataRole.ToolTipRole, text if line.able or place == _STATE else line.unable)
            if place == _STATE and state:
                item.setData(TINT_ROLE, "yellow" if line.outdated else "green")
        self.set_ticked(row, on)

    def _fit(self) -> None:
        missing = sum(scaled(width) for _word, width in _COLUMNS) - self.viewport().width()
        self.setColumnHidden(_KIND, False)
        for place in _COUNTS:
            self.setColumnHidden(place, not self._counted)
            missing -= 0 if self._counted else scaled(_COLUMNS[place][1])
        for place in _SPARE if self._counted else _SPARE_OF_TASKS:
            self.setColumnHidden(place, missing > 0)
            missing -= scaled(_COLUMNS[place][1])
        state = max(scaled(_COLUMNS[_STATE][1]) - max(missing, 0), scaled(_LEAST_STATE))
        self.horizontalHeader().resizeSection(_STATE, state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _alignment(place: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if place in _COUNTS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
