"""Bringing a copy back in the window: nothing is open meanwhile; what came of it is told when the data is open again."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from huajie_desktop.backups.bringing_back import BroughtBack, NotBroughtBack, bring_back
from huajie_desktop.backups.shelf import Copy
from huajie_desktop.errors import Cancelled, Problem
from huajie_desktop.faults import record_fault
from ui.desk.jobs import Job, Jobs
from ui.desk.preferences import Preferences
from ui.shell.restore_sheet import RestoreSheet
from ui.shell.window import Window


class Restoring(QObject):
    """From the copy that was asked for, or is to be chosen, until the data can be opened again."""

    done = Signal()  # however it ended

    def __init__(self, folder: Path, window: Window, jobs: Jobs, preferences: Preferences) -> None:
        super().__init__(window)
        self._folder, self._window, self._jobs, self._preferences = folder, window, jobs, preferences
        self._ended: BroughtBack | BaseException | None = None

    def begin(self, copy: Copy | None) -> None:
        """Brings that copy back; None: lets the clerk choose one first."""
        sheet = RestoreSheet(self._folder, self._preferences)
        sheet.taken.connect(self._take)
        sheet.left.connect(self.done)
        self._window.show_alone(sheet)
        if copy is not None:
            sheet.show_one(copy)
            self._take(copy)

    @Slot(object)
    def _take(self, copy: Copy) -> None:
        self._jobs.start("恢复备份", partial(_bring_back, copy, self._folder), self._on_ended)

    def _on_ended(self, ended: BroughtBack | BaseException) -> None:
        self._ended = ended
        self.done.emit()

    def tell(self) -> None:
        """Says on the page that stands now what came of it; once."""
        ended, self._ended = self._ended, None
        if isinstance(ended, BroughtBack):
            self._window.messages.show_message("warning" if ended.lost else "done", _sentence(ended), "\n".join(ended.lost))
        elif ended is not None:
            told = isinstance(ended, Problem)
            sentence = str(ended) if told else record_fault(self._folder, ended)
            instead = ended.instead if isinstance(ended, NotBroughtBack) else None
            offers = [self._offer(instead)] if instead is not None and self._window.desk is not None else []
            self._window.messages.show_message("info" if isinstance(ended, Cancelled) else "error", sentence, "", offers)

    def _offer(self, copy: Copy) -> QAction:
        action = QAction(f"看 {copy.name} 的", self)
        action.setStatusTip("到“备份”里看前面的一份")
        assert self._window.desk is not None
        action.triggered.connect(partial(self._window.desk.visit, "settings", copy))
        return action


def _bring_back(copy: Copy, folder: Path, job: Job) -> BroughtBack | BaseException:
    """What came of it; a refusal is an answer, too, since the data must be opened again afterwards."""
    try:
        return bring_back(copy, folder, job=job)
    except Exception as error:
        return error


def _sentence(ended: BroughtBack) -> str:
    words = f"已恢复到 {ended.copy.name} 的备份。"
    if ended.before is not None:
        words += "恢复之前的数据也留了一份，在“设置”的“备份”里。"
    if ended.lost:
        words += f"有 {len(ended.lost)} 个附件和导入的原件这份备份里也没有，没有恢复。"
    return words
