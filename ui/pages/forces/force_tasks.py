"""The tasks a task force leads, with how many are in each state."""

from array import array
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from db.choices import STATES
from huajie_desktop.lights.light import LOOKS, OVERDUE
from huajie_desktop.papers.force_week import WeekDecision, WeekTask, force_week
from huajie_desktop.records import listing
from huajie_desktop.records.lines import Line
from huajie_desktop.work.task_ledger import TASKS
from huajie_desktop.work.task_light import LIGHT
from huajie_desktop.year import forces
from ui.desk.desk import Desk
from ui.lists.rows import record_cell, state_tint
from ui.lists.tables import ListTable
from ui.widgets.badge import dotted
from ui.widgets.building import as_caption, as_tip, flowing, make_label, put, upright
from ui.widgets.buttons import ActionButton
from ui.widgets.state_colours import STATE_COLOURS

_KEYS = ("number", "title", "unit", "due", "state")
_LIGHT, _PROBLEMS = LIGHT.key, "problems"
_COLUMNS = (
    *listing.columns_of(TASKS, _KEYS),
    listing.Column(_LIGHT, "亮灯", 80, sortable=False),
    listing.Column(_PROBLEMS, "存在问题", 140, sortable=False),
)
_COLOURS = {word: LIGHT.colours[key] for key, word in LIGHT.words.items()}
_NAMED = 3  # decisions below the list


def _tint(line: Line, key: str) -> str | None:
    return _COLOURS.get(line.cells.get(_LIGHT, "")) if key == _LIGHT else state_tint(line, key)


class ForceTasks(QWidget):
    """List and counts; Enter opens the task in the checklist."""

    chosen = Signal()  # the selection changed

    def __init__(self, desk: Desk, take: QAction, release: QAction) -> None:
        super().__init__()
        self._desk, self._take = desk, take
        self._counts = make_label(wrap=True, markup=True)
        self._week: dict[int, WeekTask] = {}
        self.table = ListTable(
            "force-tasks", _COLUMNS, self._fetch, record_cell, desk.preferences, spare=("number", "due", _PROBLEMS), tint=_tint
        )
        self.table.set_menu([take, release])
        self.table.opened.connect(self._on_opened)
        self.table.chosen.connect(self.chosen)
        self.lights: list[QPushButton] = []
        self._lights = flowing(spacing=12)
        head = flowing()
        put(head, (self._counts, 1), ActionButton(release, "plain"), ActionButton(take))
        self._decided = make_label(name="quiet", wrap=True)
        put(upright(self, (0, 8, 0, 0), 8), head, self._lights, (self.table, 1), self._decided)

    def show_force(self, force_id: int | None) -> None:
        """Shows the tasks of a task force; nothing for a new one."""
        ids: list[int] = []
        counts: dict[str, int] = {}
        waiting = 0
        week = None
        if force_id:
            with self._desk.reading() as session:
                ids, counts = forces.task_ids(session, force_id), forces.state_counts(session, force_id)
                waiting = len(forces.waiting(session, force_id))
                week = force_week(session, force_id, self._desk.day)
        self._take.setEnabled(waiting > 0)
        self._take.setText(f"接收本类别任务（{waiting} 项）" if waiting else "接收本类别任务")
        parts = [
            dotted(f"{word} {counts[state]}", STATE_COLOURS[state], "quiet") for state, word in STATES.items() if state in counts
        ]
        self._show_lights(force_id, week.lights if week else {})
        parts += [f"平均完成 {week.percent}%"] if week and week.percent is not None else []
        self._counts.setText("&nbsp;&nbsp;".join([f"<b>牵头的任务 {len(ids)} 项</b>", *parts]))
        self._say_decided(week.decisions if week else ())
        self._week = {task.id: task for task in week.tasks} if week else {}
        hint = "接收本类别的任务，或者在清单里给任务写上专班。" if force_id else "先保存这个专班，再把任务交给它。"
        self.table.empty.say("还没有任务", hint, self._take if waiting else None)
        self.table.show_ids(array("q", ids))

    def _show_lights(self, force_id: int | None, counts: Mapping[str, int]) -> None:
        """How many tasks have each light; each number leads to these in the checklist."""
        for button in self.lights:
            self._lights.removeWidget(button)
            button.deleteLater()
        self.lights = []
        for key, count in counts.items():
            button = QPushButton(as_caption(f"{LOOKS[key].word} {count}"))
            button.setProperty("kind", "link")
            button.setProperty("urgent", "true" if key == OVERDUE else "false")
            button.setToolTip(as_tip(f"在清单里看这个专班亮“{LOOKS[key].word}”的 {count} 项"))
            button.clicked.connect(partial(self._desk.visit, "checklist", {"force": force_id, _LIGHT: key}))
            self._lights.addWidget(button)
            self.lights.append(button)

    def _fetch(self, ids: Sequence[int]) -> Sequence[Line]:
        with self._desk.reading() as session:
            lines = listing.record_lines(session, TASKS, ids, _KEYS)
        for line in lines:
            task = self._week.get(line.id)
            line.cells.update({_LIGHT: task.light.word, _PROBLEMS: task.problems} if task else {})
        return lines

    def _say_decided(self, decisions: Sequence[WeekDecision]) -> None:
        """What meetings decided for it last, and what became of that."""
        last = [f"{one.met_on.isoformat()} {one.title}（{one.unit}，{one.became}）" for one in decisions[-_NAMED:]]
        self._decided.setText(f"议定事项 {len(decisions)} 项：" + "；".join(last) if decisions else "")
        self._decided.setVisible(bool(decisions))

    @Slot(object)
    def _on_opened(self, task_id: int) -> None:
        self._desk.visit("checklist", {"id": task_id})
