"""What an import did: the sentence, where to go from here, and every row that was not taken."""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from huajie_desktop.receiving.intake import Outcome
from ui.desk.preferences import Preferences
from ui.lists.lines import LineColumn, LinesTable
from ui.theme import pixmap
from ui.widgets.building import across, make_label, put, upright
from ui.widgets.buttons import ActionButton


class _Line(NamedTuple):
    id: int
    title: str


_COLUMNS = (LineColumn("title", "没有导入的行、没有留存的文件和原因", 600),)


class ImportResult(QWidget):
    """Shown in place of the preview once it was applied."""

    def __init__(self, preferences: Preferences, review: QAction, undo: QAction, again: QAction) -> None:
        super().__init__()
        self._picture = make_label()
        self.sentence = make_label(name="groupTitle", wrap=True)
        self._review, self._undo = review, undo
        self.next = ActionButton(review, "strong")
        self._table = LinesTable("left-out", _COLUMNS, preferences, many=True)
        head = across(spacing=12)
        put(head, (self._picture, 0, Qt.AlignmentFlag.AlignTop), (self.sentence, 1))
        buttons = across(spacing=8)
        for button in (self.next, ActionButton(undo), ActionButton(again, "plain")):
            buttons.addWidget(button)
        buttons.addStretch(1)
        put(upright(self, (0, 16, 0, 0), 16), head, buttons, (self._table, 1), 0)
        self.setFocusProxy(self.next)

    def show_outcome(self, outcome: Outcome, *, undone: bool) -> None:
        """Shows what was done, or that it was taken back since."""
        picture, tint = ("undo", "quiet") if undone else ("done", "green")
        self._picture.setPixmap(pixmap(picture, tint, 28))
        self.sentence.setText("这次导入已撤销，数据和导入之前一样。" if undone else outcome.sentence)
        self._table.show_lines([_Line(number, text) for number, text in enumerate([*outcome.unkept, *outcome.left_out])])
        taken = outcome.batch_id is not None and not undone
        self._undo.setVisible(taken)
        self._review.setVisible(outcome.reviewed and taken)
        self._table.empty.say("全部导入了", "没有落下的行。", picture="done")
