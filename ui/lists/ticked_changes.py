"""Changes that are about to be made, each with what stands there and what will: ticked, or left out by Space or a click."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView

from huajie_desktop.records.replacing import Place
from ui.widgets.building import as_tip
from ui.widgets.tick_table import TickTable

_COLUMNS = (("", 36), ("名称", 150), ("内容", 110), ("原来", 230), ("改为", 230), ("不能改的原因", 150))
_BEFORE = 6  # characters shown before what is changed


class TickedChanges(TickTable):
    """All are ticked at first but those that cannot be made, which say why."""

    def __init__(self) -> None:
        super().__init__(_COLUMNS)
        self._places: Sequence[Place] = ()
        self.setAccessibleName("要改的地方")
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place in (3, 4):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def able(self, row: int) -> bool:
        return not self._places[row].reason

    def show_places(self, places: Sequence[Place]) -> None:
        """Lists these."""
        self.blockSignals(True)
        self._places = places
        self.setRowCount(len(places))
        for row, place in enumerate(places):
            self._fill(row, place)
        self.blockSignals(False)
        self.setColumnHidden(len(_COLUMNS) - 1, not any(place.reason for place in places))
        if places:
            self.setCurrentCell(0, 1)
        self.ticked.emit()

    def chosen(self) -> list[Place]:
        """Those that are ticked."""
        return [place for row, place in enumerate(self._places) if self.is_ticked(row)]

    def _fill(self, row: int, place: Place) -> None:
        same = next((at for at, (one, other) in enumerate(zip(place.before, place.after, strict=False)) if one != other), 0)
        start = max(0, same - _BEFORE)
        texts = ("", place.name, place.label, place.before, place.after, place.reason)
        for column, text in enumerate(texts):
            shown = f"…{text[start:]}" if start and column in (3, 4) else text
            self.put_cell(row, column, " ".join(shown.split())).setData(Qt.ItemDataRole.ToolTipRole, as_tip(text))
        self.set_ticked(row, not place.reason)
