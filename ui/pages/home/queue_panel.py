"""The work queue on the first page: what is to be done today, the worst first; each number leads to the records it counts."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QWidget

from huajie_desktop.records.lines import URGENCIES, WHOSE, TodoLine, TodoPart
from ui.theme import scaled
from ui.widgets.badge import dotted
from ui.widgets.building import as_caption, as_tip, flowing, make_label, put, upright

if TYPE_CHECKING:
    from ui.desk.desk import Desk

_TINTS = {"late": "red", "now": "yellow", "soon": "blue"}
_LATE = "late"
_NOTHING = "今天没有要办的。"
_PAGES = {"tasks": "checklist", "papers": "papers"}  # where records are listed; all others on the page of the ledgers
_REVIEWED = "waiting"  # what waits for review is listed on the page of the review


class QueuePanel(QFrame):
    """Lines of the queue: how urgent, about what, and buttons with the numbers; up and down go from line to line."""

    def __init__(self, desk: "Desk", head: QHBoxLayout) -> None:
        """`head` is the line above the queue, with its title and what else leads on from there."""
        super().__init__()
        self.setObjectName("panel")
        self._desk = desk
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(scaled(16))
        self._rows.setVerticalSpacing(scaled(2))
        self._rows.setColumnStretch(3, 1)
        put(upright(self, (16, 12, 16, 12), 6), head, self._rows)
        self.setAccessibleName("今日待办")

    @property
    def numbers(self) -> list[QPushButton]:
        """The buttons of the numbers, line by line."""
        return [button for button in self.findChildren(QPushButton) if button.property("kind") == "link" and button.parent()]

    def show_lines(self, lines: Sequence[TodoLine]) -> None:
        """Shows these lines; where there is none, that there is nothing to be done."""
        self.clear()
        before = ""
        for row, line in enumerate(lines):
            if line.whose != before:
                self._rows.addWidget(make_label(WHOSE[line.whose], "quiet"), row, 0)
            before = line.whose
            self._rows.addWidget(make_label(dotted(URGENCIES[line.urgency], _TINTS[line.urgency]), markup=True), row, 1)
            self._rows.addWidget(make_label(line.title), row, 2)
            self._rows.addWidget(self._parts(line), row, 3)
        if not lines:
            self._rows.addWidget(make_label(_NOTHING), 0, 0, 1, 4)

    def clear(self) -> None:
        """Shows nothing: neither lines nor that there are none."""
        while item := self._rows.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()

    def focus_first(self) -> None:
        """Puts the keys on the most urgent number."""
        if self.numbers:
            self.numbers[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _parts(self, line: TodoLine) -> QWidget:
        holder = QWidget()
        parts = flowing(holder, (0, 0, 0, 0), 12)
        for part in line.parts:
            said = f"{part.word} {part.number}" + (f"（另有 {part.others} 项要由别人审核）" if part.others else "")
            button = QPushButton(as_caption(said))
            button.setProperty("kind", "link")
            button.setProperty("urgent", "true" if part.urgency == _LATE else "false")
            button.setAccessibleName(f"{line.title}：{said}")
            button.setToolTip(as_tip(f"看{line.title}里{part.word}的这 {part.number} 项"))
            button.clicked.connect(_going(self._desk, part))
            parts.addWidget(button)
        parts.addStretch(1)
        return holder


def _going(desk: "Desk", part: TodoPart) -> Callable[[], None]:
    # holds the desk, not the panel: a partial that captured a widget would keep it for ever
    if part.key == _REVIEWED:
        return partial(desk.visit, "review", {"ledger": part.ledger, "mine": True} if part.others else part.ledger)
    return partial(desk.visit, _PAGES.get(part.ledger, "ledgers"), {"ledger": part.ledger, "todo": part.key})
