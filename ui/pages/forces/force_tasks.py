"""The tasks a task force leads, with how many are in each state."""

from array import array
from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from db.choices import STATES
from huajie_desktop.records import listing
from huajie_desktop.records.lines import Line
from huajie_desktop.work.task_ledger import TASKS
from huajie_desktop.year import forces
from ui.desk.desk import Desk
from ui.lists.rows import record_cell
from ui.lists.tables import ListTable
from ui.widgets.badge import dotted
from ui.widgets.building import flowing, make_label, put, upright
from ui.widgets.buttons import ActionButton
from ui.widgets.state_colours import STATE_COLOURS

_KEYS = ("number", "title", "unit", "due", "state")


class ForceTasks(QWidget):
    """List and counts; Enter opens the task in the checklist."""

    chosen = Signal()  # the selection changed

    def __init__(self, desk: Desk, take: QAction, release: QAction) -> None:
        super().__init__()
        self._desk, self._take = desk, take
        self._counts = make_label(wrap=True, markup=True)
        self.table = ListTable(
            "force-tasks", listing.columns_of(TASKS, _KEYS), self._fetch, record_cell, desk.preferences, spare=("number", "due")
        )
        self.table.set_menu([take, release])
        self.table.opened.connect(self._on_opened)
        self.table.chosen.connect(self.chosen)
        head = flowing()
        put(head, (self._counts, 1), ActionButton(release, "plain"), ActionButton(take))
        put(upright(self, (0, 8, 0, 0), 8), head, (self.table, 1))

    def show_force(self, force_id: int | None) -> None:
        """Shows the tasks of a task force; nothing for a new one."""
        ids: list[int] = []
        counts: dict[str, int] = {}
        waiting = 0
        if force_id:
            with self._desk.reading() as session:
                ids, counts = forces.task_ids(session, force_id), forces.state_counts(session, force_id)
                waiting = len(forces.waiting(session, force_id))
        self._take.setEnabled(waiting > 0)
        self._take.setText(f"接收本类别任务（{waiting} 项）" if waiting else "接收本类别任务")
        parts = [
            dotted(f"{word} {counts[state]}", STATE_COLOURS[state], "quiet") for state, word in STATES.items() if state in counts
        ]
        self._counts.setText("&nbsp;&nbsp;".join([f"<b>牵头的任务 {len(ids)} 项</b>", *parts]))
        hint = "接收本类别的任务，或者在清单里给任务写上专班。" if force_id else "先保存这个专班，再把任务交给它。"
        self.table.empty.say("还没有任务", hint, self._take if waiting else None)
        self.table.show_ids(array("q", ids))

    def _fetch(self, ids: Sequence[int]) -> Sequence[Line]:
        with self._desk.reading() as session:
            return listing.record_lines(session, TASKS, ids, _KEYS)

    @Slot(object)
    def _on_opened(self, task_id: int) -> None:
        self._desk.visit("checklist", {"id": task_id})
