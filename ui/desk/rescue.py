"""What can be done when the data is not as it was: saving it elsewhere while its file is gone, going to the copies."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from huajie_desktop.errors import Damaged, Displaced, Problem
from huajie_desktop.folders import DATABASE
from huajie_desktop.jobs import Job
from huajie_desktop.seat import Seat
from ui.widgets.buttons import add_action
from ui.widgets.dialogs import Decision

if TYPE_CHECKING:
    from ui.desk.desk import Desk


class Parting(Decision):
    """Closing while the file of the data is gone: it is saved elsewhere first, or the window goes all the same, or stays."""

    def __init__(self, parent: QWidget, sentence: str) -> None:
        super().__init__(parent, "数据文件不在了，先另存再关闭？", 480, 12)
        self.say(f"{sentence}现在就关闭，没有另存的记录只能从备份里找。")
        self.close_with("另存数据", "不关闭", other="仍然关闭")


class Rescue(QObject):
    """What is offered with such a refusal: asks where to, writes in the background, says how to go on with it."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._saved = False
        self._save = add_action(self, "另存数据", "", "", "把程序里的全部数据另存成一个文件", self._on_save)
        self._copies = add_action(self, "到“备份”", "", "", "设置里的“备份”：备份在哪里，怎样恢复", self._on_copies)

    def offers(self, problem: Problem) -> Sequence[QAction]:
        """The buttons beside the sentence of a problem."""
        if isinstance(problem, Displaced):
            return [self._save]
        return [self._copies] if isinstance(problem, Damaged) else []

    @Slot()
    def look(self) -> None:
        """Tells that the file is gone before anything is lost by it; asked every minute."""
        if (lost := self._lost()) is not None and not self._desk.jobs.busy:
            self._desk.tell(lost)

    def may_close(self, window: QWidget) -> bool:
        """Whether the window may go: where the file is gone the clerk says first what becomes of what it held."""
        lost = self._lost()
        if lost is None:
            return True
        asked = Parting(window, str(lost))
        try:
            if asked.exec():
                self._on_save()
            return asked.third
        finally:
            asked.deleteLater()

    def _lost(self) -> Displaced | None:
        """That the file is gone, unless what it held was saved since: nothing can be kept after that."""
        try:
            self._desk.seat.data.check_place()
        except Displaced as lost:
            return None if self._saved else lost
        return None

    @Slot()
    def _on_copies(self) -> None:
        self._desk.visit("settings", "backups")

    @Slot()
    def _on_save(self) -> None:
        proposed = Path.home() / f"另存的数据（{self._desk.today.isoformat()}）.db"
        chosen, _kind = QFileDialog.getSaveFileName(QApplication.activeWindow(), "另存数据", str(proposed), "数据文件 (*.db)")
        if chosen:
            target = Path(chosen).with_suffix(".db")
            self._desk.start("另存数据", partial(_write, self._desk.seat, target), partial(self._on_saved, target))

    def _on_saved(self, target: Path, _nothing: object) -> None:
        self._saved = True
        self._desk.say(
            "done",
            f"数据已另存到 {target}，附件和导入的原件不在里面。请关闭程序；要接着用这一份，"
            f"就把它改名为 {DATABASE}，放进数据文件夹 {self._desk.seat.folder}，再打开程序。",
        )


def _write(seat: Seat, target: Path, _job: Job) -> None:
    seat.data.save_elsewhere(target)
