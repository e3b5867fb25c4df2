"""What became of what came in: the tasks made of it, where each stands and how it goes."""

from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.lights.kept_facts import lights_of
from huajie_desktop.records.listing import record_lines
from huajie_desktop.work.giving import became
from huajie_desktop.work.signing_off import TASK_HANDLING
from huajie_desktop.work.task_ledger import TASKS
from ui.desk.desk import Desk
from ui.lists.lines import LineColumn, LinesTable
from ui.widgets.building import make_label, put, upright

_TINTS = {state.word: state.colour for state in TASK_HANDLING.states.values()}
_KEYS = ("unit", "title", "due", "handling")


class _TaskLine(NamedTuple):
    id: int
    unit: str
    title: str
    due: str
    handling: str
    light: str
    colour: str


_COLUMNS = (
    LineColumn("unit", "单位", 110),
    LineColumn("title", "任务", 180),
    LineColumn("due", "完成时限", 100),
    LineColumn("handling", "办理", 90, tint=lambda line: _TINTS.get(line.handling)),
    LineColumn("light", "亮灯", 90, tint=lambda line: line.colour),
)


class BecamePart(QWidget):
    """The tasks of one record; Enter opens one in the checklist."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.table = LinesTable("became", _COLUMNS, desk.preferences, spare=("due",))
        self.table.opened.connect(self._on_opened)
        self.table.empty.say("还没有转为任务", "在列表里选中它，按“转为任务”，可以一次交给几个单位。", picture="list")
        self._summary = make_label(name="quiet")
        put(upright(self, (20, 12, 20, 12), 8), self._summary, (self.table, 1))
        self.setFocusProxy(self.table)

    def show_record(self, ledger: Ledger, record_id: int | None) -> None:
        """Reads the tasks of a record anew."""
        lines: list[_TaskLine] = []
        if record_id is not None:
            with self._desk.reading() as session:
                ids = became(session, ledger, [record_id]).get(record_id, [])
                lights = lights_of(session, ids, self._desk.today)
                for line in record_lines(session, TASKS, ids, _KEYS):
                    unit, title, due, handling = (line.cells[key] for key in _KEYS)
                    light = lights[line.id]
                    lines.append(_TaskLine(line.id, unit, title, due, handling, light.word, light.colour))
        self.table.show_lines(lines)
        done = sum(1 for line in lines if line.handling == TASK_HANDLING.words[TASK_HANDLING.counted])
        self._summary.setText(f"共 {len(lines)} 项任务，已销号 {done} 项")
        self._summary.setVisible(bool(lines))

    @Slot(object)
    def _on_opened(self, task_id: int) -> None:
        self._desk.visit("checklist", {"id": task_id})
