"""Says what became of papers: what was made, and what was left out, by name and with the way to what has to be mended."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction

from huajie_desktop.errors import Problem
from huajie_desktop.papers.left_out import LeftOut, faults_of
from ui.desk.desk import Desk

_NAMED, _LINKS = 2, 3  # papers the sentence names, links beside it


class WayTo(QAction):
    """Goes to the task that keeps a paper from being made, or to the tasks that wait for approval."""

    def __init__(self, desk: Desk, left: LeftOut, *, alone: bool) -> None:
        super().__init__("去看这项任务" if alone else f"去看{left.about[:12]}")
        self._desk, self._task_id = desk, left.task_id
        self.setStatusTip(f"到{left.about}，改好以后再做这一份")
        self.triggered.connect(self._on_go)

    @Slot()
    def _on_go(self) -> None:
        if self._task_id is None:
            self._desk.visit("review")
        else:
            self._desk.visit("checklist", {"id": self._task_id})


def say_made(desk: Desk, kind: str, sentence: str, made: int, left: Sequence[LeftOut], refused: Sequence[Problem] = ()) -> None:
    """Shows the sentence, then what was left out of `made` others, each with a link, and what else was refused.

    The kinds are those of `Desk.say`; what stands in the sentence of none stands among its details.
    """
    named = [f"{one.about} 1 份没有制作：{one.why}" for one in left[:_NAMED]]
    if len(left) > _NAMED:
        named.append(f"另有 {len(left) - _NAMED} 份没有制作，见详情。")
    words = "\n".join(filter(None, (sentence, *named, *map(str, refused))))
    shown = "warning" if (left or refused) and kind != "error" else kind
    ways = [WayTo(desk, one, alone=len(left) == 1) for one in left[:_LINKS] if one.task_id or one.unit_id]
    desk.say(shown, words, "\n\n".join(map(str, faults_of(left, made))), ways)
