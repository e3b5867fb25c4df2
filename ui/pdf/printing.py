"""Sending finished pages to a printer, page by page, stoppable between two of them."""

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter

from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from ui.pdf.document import PdfPages

_DPI = 300  # fine enough for small type, quick enough for 300 pages


def print_pages(pages: PdfPages, numbers: Sequence[int], printer: QPrinter, job: Job) -> int:
    """Prints those pages (from 0) as large as on paper, edge to edge; returns how many. Raises Problem, Cancelled."""
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise Problem("打印机没有响应，没有打印。请检查打印机是否开机、联好，再打印一次。")
    try:
        for done, number in enumerate(numbers):
            job.step(done, len(numbers), f"正在打印第 {number + 1} 页")
            if done:
                printer.newPage()
            size, dots = pages.sizes[number], printer.resolution() / 72
            paper = QRect(0, 0, round(size.width * dots), round(size.height * dots))
            painter.drawImage(paper, pages.draw(number, _DPI))
        job.step(len(numbers), len(numbers), "打印完成")
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(numbers)
