"""The overview of the task forces (专班一览表) as a PDF: where it is put, how it looks."""

from pathlib import Path

from PySide6.QtCore import QDir, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from huajie_desktop.papers.making import Order, Outcome, make
from ui.desk.desk import Desk
from ui.desk.jobs import Job
from ui.pages.forces.force_source import PAGE
from ui.pdf.shelf import PaperShelf


class OverviewShelf(PaperShelf):
    """Makes the overview where the clerk says and shows it."""

    made = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "做好的专班一览表在这里一页页看，也可以直接打印。", "forces")

    def ask_and_make(self, page: QWidget, year: int) -> None:
        """Asks where the overview of that year is put and makes it there."""
        folder = self._desk.preferences.place(PAGE) or QDir.homePath()
        proposed = str(Path(folder) / f"{year}年专班一览表.pdf")
        chosen, _kind = QFileDialog.getSaveFileName(page, "保存专班一览表", proposed, "PDF 文件 (*.pdf)")
        if not chosen:
            return
        target = Path(chosen) if chosen.lower().endswith(".pdf") else Path(f"{chosen}.pdf")
        self._desk.preferences.remember_place(PAGE, str(target.parent))
        seat = self._desk.seat

        def work(job: Job) -> Outcome:
            return make(seat, Order("forces"), target, job=job)

        self._desk.start("制作专班一览表", work, self._on_made)

    def _on_made(self, outcome: Outcome) -> None:
        self._desk.take(outcome)
        if outcome.faults:
            self._desk.say("error", "\n".join(map(str, outcome.faults)))
            return
        self.show_files(outcome.files)
        self.made.emit()
        target = outcome.files[0]
        self._desk.say("done", f"专班一览表已做好，共 {outcome.printed[0].pages} 页，保存在 {target.parent}。")
