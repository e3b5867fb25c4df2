"""What the reader did not take for a record, with the reason, so that nothing is dropped unseen."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from huajie_desktop.receiving.previews import FilePreview
from ui.desk.preferences import Preferences
from ui.lists.lines import LineColumn, LinesTable
from ui.pages.importing.preview.preview_words import called_short
from ui.theme import icon, scaled
from ui.widgets.building import put, upright

_COLUMNS = (
    LineColumn("place", "位置", 150),
    LineColumn("title", "内容", 300),
    LineColumn("reason", "原因", 96),
)
_HEIGHT = 190  # px at 100 %


class _Line(NamedTuple):
    id: int
    place: str
    title: str
    reason: str


class Leftovers(QWidget):
    """A line saying how many rows are no records and what else was noticed; unfolds into the list of them."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.fold = QPushButton()
        self.fold.setProperty("kind", "link")
        self.fold.setCheckable(True)
        self.fold.setToolTip("看没有读成记录的行（合计、章节、说明、签名等）和读表时的提示")
        self.fold.toggled.connect(self._on_toggled)
        self.table = LinesTable("preview-leftovers", _COLUMNS, preferences, spare=("place",), many=True)
        self.table.setFixedHeight(scaled(_HEIGHT))
        put(upright(self, (0, 4, 0, 0), 4), (self.fold, 0, Qt.AlignmentFlag.AlignLeft), self.table)
        self._on_toggled(False)

    def show_files(self, files: Sequence[FilePreview]) -> None:
        """Lists what was left out of these files, and the notices about them."""
        several = len(files) > 1
        rows = [
            (f"{called_short(file) if several else left.sheet} 第 {left.row} 行", left.text, left.reason)
            for file in files
            for left in file.read.left_out
        ]
        notices = [(called_short(file), notice, "提示") for file in files for notice in file.all_notices]
        noun = {file.ledger.noun for file in files}
        self.fold.setText(f"没有当作{noun.pop() if len(noun) == 1 else '记录'}的行 {len(rows)} · 提示 {len(notices)}")
        self.setVisible(bool(rows or notices))
        self.table.show_lines([_Line(number, *parts) for number, parts in enumerate(notices + rows)])

    @Slot(bool)
    def _on_toggled(self, unfolded: bool) -> None:
        self.fold.setIcon(icon("down" if unfolded else "right", "blue"))
        self.table.setVisible(unfolded)
