"""The progress strip: shown after half a second with what is done, how many of how many, time left and 取消."""

import time

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QWidget

from ui.desk.jobs import Job, Jobs
from ui.widgets.building import across, as_tip, make_label
from ui.widgets.elided import ElidedLabel

_PATIENCE = 500  # ms before anything is shown
HERE, ELSEWHERE = "Esc", "Shift+Esc"  # on the page that is shut, and on those that can be read


class ProgressStrip(QFrame):
    """Follows the running job on every page; 取消 stops it at its next step, and so do its keys."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("progressStrip")
        self._job: Job | None = None
        self._began = 0.0
        self._text = ElidedLabel()
        self._count = make_label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = QPushButton("取消")
        self.answer(HERE)
        self._cancel.clicked.connect(self.cancel)
        self._patience = QTimer(self, interval=_PATIENCE, singleShot=True)
        self._patience.timeout.connect(self.show)
        self._arrange()
        self.hide()
        jobs.began.connect(self._on_began)
        jobs.finished.connect(self._on_finished)

    def answer(self, keys: str) -> None:
        """Says which keys stop the job: on a page that can be read meanwhile Esc has its own meaning."""
        self._cancel.setShortcut(QKeySequence(keys))
        self._cancel.setToolTip(as_tip(f"停下这件事，不保留任何内容（{keys}）"))

    def _arrange(self) -> None:
        line = across(self)
        line.setContentsMargins(12, 8, 8, 8)
        line.setSpacing(12)
        for widget in (self._text, self._bar, self._count, self._cancel):
            line.addWidget(widget)
        line.setStretch(1, 1)

    @Slot(object)
    def _on_began(self, job: Job) -> None:
        self._job, self._began = job, time.monotonic()
        self._text.setText(f"正在{job.title}…")
        self._count.clear()
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        job.stepped.connect(self._on_stepped)
        self._patience.start()

    @Slot(int, int, str)
    def _on_stepped(self, done: int, total: int, text: str) -> None:
        if text:
            self._text.setText(text)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(f"{done} / {total}" + time_left(done, total, time.monotonic() - self._began))

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self._patience.stop()
        self.hide()

    @Slot()
    def cancel(self) -> None:
        """Asks the running job to stop."""
        if self._job is not None:
            self._job.cancel()
            self._text.setText("正在停下…")
            self._cancel.setEnabled(False)


def time_left(done: int, total: int, spent: float) -> str:
    """How long the rest will take, in words, judged by the seconds spent so far; empty while that is a guess."""
    if spent < 1 or not 0 < done < total:
        return ""
    seconds = spent / done * (total - done)
    return f"，约剩 {seconds / 60:.0f} 分钟" if seconds >= 90 else f"，约剩 {max(1, round(seconds))} 秒"
