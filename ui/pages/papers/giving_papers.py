"""Where papers go: into which file or folder, or made and sent to the printer in one piece of work."""

import io
from pathlib import Path

from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from huajie_desktop.errors import Cancelled, Problem
from huajie_desktop.jobs import Job
from huajie_desktop.papers import making
from huajie_desktop.papers.making import Order, Outcome
from huajie_desktop.papers.printing import counted
from huajie_desktop.seat import Seat
from ui.desk.asking_file import ask_document
from ui.pdf.document import PdfPages
from ui.pdf.printing import Sent, print_pages


def ask_target(part: QWidget, year: str, name: str, folder: str, *, separate: bool) -> Path | None:
    """The folder of separate files, or the one file, where the clerk wants the papers; None if nowhere."""
    if not separate:
        return ask_document(part, f"保存{name}", folder, f"{year}{name}")
    chosen = QFileDialog.getExistingDirectory(part, f"{name}放在哪个文件夹", folder)
    return Path(chosen) if chosen else None


def make_and_print(
    seat: Seat, order: Order, printer: QPrinter, paper: QPageSize | None, job: Job
) -> tuple[Outcome, bytes, Sent | Problem]:
    """Makes the papers, then prints them: what was numbered stays numbered when the printer fails."""
    target = io.BytesIO()
    outcome = making.make(seat, order, target, job=job)
    pages = PdfPages([target.getvalue()])
    try:
        return outcome, target.getvalue(), print_pages(pages, range(len(pages)), printer, job, paper)
    except Problem as problem:
        return outcome, target.getvalue(), problem
    finally:
        pages.close()


def sent_in_words(outcome: Outcome, sent: Sent | Problem) -> tuple[str, str]:
    """How it is told what came of printing: the kind of the message, and its sentence."""
    if isinstance(sent, Problem):
        why = "打印取消了。" if isinstance(sent, Cancelled) else str(sent)
        return "warning", f"文书已编号登记，但没有打印完：{why}预览还在，可以再打印。"
    smaller = f"（其中 {sent.smaller} 页比打印机的纸大，已缩小）" if sent.smaller else ""
    return "done", f"已把 {count_in_words(outcome)}{smaller}送到打印机，编号和登记已保存。"


def count_in_words(outcome: Outcome) -> str:
    """How many papers on how many pages and sheets."""
    return f"{len(outcome.printed)} 份，{counted(outcome.printed)}"
