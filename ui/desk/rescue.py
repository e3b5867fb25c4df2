"""Saving the data elsewhere when its file was moved away or replaced while the program was open."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog

from huajie_desktop.errors import Displaced, Problem
from huajie_desktop.folders import DATABASE
from huajie_desktop.jobs import Job
from huajie_desktop.seat import Seat
from ui.widgets.buttons import add_action

if TYPE_CHECKING:
    from ui.desk.desk import Desk


class Rescue(QObject):
    """What is offered with such a refusal: asks where to, writes in the background, says how to go on with it."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._save = add_action(self, "另存数据", "", "", "把程序里的全部数据另存成一个文件", self._on_save)

    def offers(self, problem: Problem) -> Sequence[QAction]:
        """The buttons beside the sentence of a problem."""
        return [self._save] if isinstance(problem, Displaced) else []

    @Slot()
    def _on_save(self) -> None:
        proposed = Path.home() / f"另存的数据（{self._desk.today.isoformat()}）.db"
        chosen, _kind = QFileDialog.getSaveFileName(QApplication.activeWindow(), "另存数据", str(proposed), "数据文件 (*.db)")
        if chosen:
            target = Path(chosen).with_suffix(".db")
            self._desk.start("另存数据", partial(_write, self._desk.seat, target), partial(self._on_saved, target))

    def _on_saved(self, target: Path, _nothing: object) -> None:
        self._desk.say(
            "done",
            f"数据已另存到 {target}，附件和导入的原文件不在里面。请关闭程序；要接着用这一份，"
            f"就把它改名为 {DATABASE}，放进数据文件夹 {self._desk.seat.folder}，再打开程序。",
        )


def _write(seat: Seat, target: Path, _job: Job) -> None:
    seat.data.save_elsewhere(target)
