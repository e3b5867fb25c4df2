"""Everything that was done here, and taking back an older step."""

from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from huajie_desktop import history
from huajie_desktop.checklist import Column
from huajie_desktop.history import OperationLine
from ui.desk import Desk
from ui.lines import LinesTable, arrange_below
from ui.takeback import take_back
from ui.theme import icon

_SHOWN = 500
_COLUMNS = (
    Column("at", "时间", 160, sortable=False),
    Column("actor", "谁", 140, sortable=False),
    Column("title", "做了什么", 360, sortable=False),
    Column("state", "情况", 110, sortable=False),
)


class _Line(NamedTuple):
    id: int
    at: str
    actor: str
    title: str
    state: str
    undone: bool


class PastPart(QWidget):
    """The operations, the newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.undo = QAction(icon("undo"), "撤销这一步", self)
        self.undo.setStatusTip("把选中的这一步撤销，数据回到做它之前")
        self.undo.triggered.connect(self._on_undo)
        self.table = LinesTable("past", _COLUMNS, getattr, desk.preferences, spare=("actor",), tint=_tint)
        self.table.view.setSelectionMode(self.table.view.SelectionMode.SingleSelection)
        self.table.set_menu([self.undo])
        self.table.chosen.connect(self._on_chosen)
        self.table.empty.say("还没有做过什么", "每次改动都会记在这里。", picture="history")
        arrange_below(
            self, f"每次改动都记着时间和姓名。这里列出最近 {_SHOWN} 次；做错了可以撤销，撤销也会记在这里。", self.undo, self.table
        )
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        """Reads the operations anew."""
        with self._desk.reading() as session:
            lines = [_line(found) for found in history.recent(session, _SHOWN)]
        self.table.show_lines(lines)
        if self.table.current_id() is None:
            self.table.step(0)
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        line = self.table.current_line()
        self.undo.setEnabled(line is not None and not line.undone)

    @Slot()
    def _on_undo(self) -> None:
        line = self.table.current_line()
        if line is not None:
            take_back(self._desk, self, line.id, line.title)


def _line(found: OperationLine) -> _Line:
    state = "已撤销" if found.undone else "有效"
    return _Line(found.id, f"{found.at:%Y-%m-%d %H:%M}", found.actor, found.label, state, found.undone)


def _tint(line: _Line, key: str) -> str | None:
    return ("grey" if line.undone else "green") if key == "state" else None
