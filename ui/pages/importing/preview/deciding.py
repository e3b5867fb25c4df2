"""Deciding about the selected rows: whose word counts, which record it is, whether what is gone is over."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from huajie_desktop.receiving.previews import OURS, THEIRS, PreviewRow
from ui.pages.importing.preview.detail import RowDetail
from ui.pages.importing.preview.preview_changes import PreviewChanges
from ui.pages.importing.preview.preview_rows import RowList
from ui.widgets.buttons import ALONE, add_action


class Deciding(QObject):
    """The actions of the rows' menu, and what the detail of a row asks."""

    def __init__(self, rows: RowList, changes: PreviewChanges) -> None:
        super().__init__(rows)
        self._rows, self._changes = rows, changes
        self._detail: RowDetail | None = None
        checked = "选中的行里要核对的都看过了，照读到的导入，不再当作待核对"
        self.check = add_action(rows, "核对无误", "F8", "done", checked, self._on_check)
        add = partial(add_action, rows, context=ALONE)
        self.theirs = add("用表里的", "Ctrl+Right", "import", "选中的行改过的都用表里的", self._on_theirs)
        self.ours = add("用原来的", "Ctrl+Left", "undo", "选中的行改过的都用原来的", self._on_ours)
        self.close = add("撤下", "Ctrl+Del", "delete", "表里没有的记录撤下，在回收站里还能找回", self._on_close)
        self.stay = add("保留", "Ctrl+Ins", "return", "表里没有的记录保留", self._on_stay)

    @property
    def actions(self) -> list[QAction]:
        """For the rows' menu."""
        return [self.check, self.theirs, self.ours, self.close, self.stay]

    def listen_to(self, detail: RowDetail) -> None:
        """Takes what is chosen in the detail of a row."""
        self._detail = detail
        detail.ticked.connect(self._on_ticked)
        detail.decisions.decided.connect(self._on_decided)
        detail.decisions.answered.connect(self._on_answered)
        detail.decisions.closed.connect(self._on_closed)

    def show_selected(self, rows: Sequence[PreviewRow]) -> None:
        """Offers what can be decided about these rows."""
        self.check.setEnabled(any(row.doubtful() for row in rows))
        for action in (self.theirs, self.ours):
            action.setEnabled(any(row.changes for row in rows))
        self.close.setEnabled(any(row.removed and not row.closing for row in rows))
        self.stay.setEnabled(any(row.closing for row in rows))

    @Slot(str, str)
    def _on_decided(self, key: str, side: str) -> None:
        if (row := self._rows.current()) is not None:
            self._changes.decide([row], side, key)
            self._go_on(row)

    @Slot(int)
    def _on_answered(self, record_id: int) -> None:
        if (row := self._rows.current()) is not None:
            self._changes.answer(row, record_id)
            self._go_on(row)

    @Slot(bool)
    def _on_closed(self, closing: bool) -> None:
        if (row := self._rows.current()) is not None:
            self._changes.close([row], closing=closing)

    def _go_on(self, row: PreviewRow) -> None:
        """After a choice: to the next one of the row, else back to the rows."""
        if row.undecided and self._detail is not None:
            self._detail.focus_problem()
        else:
            self._rows.setFocus()

    @Slot()
    def _on_check(self) -> None:
        self._changes.check([row for row in self._rows.selected() if row.doubtful()])

    @Slot(str)
    def _on_ticked(self, key: str) -> None:
        if (row := self._rows.current()) is not None:
            self._changes.check([row], key)

    @Slot()
    def _on_theirs(self) -> None:
        self._changes.decide(self._rows.selected(), THEIRS)

    @Slot()
    def _on_ours(self) -> None:
        self._changes.decide(self._rows.selected(), OURS)

    @Slot()
    def _on_close(self) -> None:
        self._changes.close(self._rows.selected(), closing=True)

    @Slot()
    def _on_stay(self) -> None:
        self._changes.close(self._rows.selected(), closing=False)
