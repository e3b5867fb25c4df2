"""Sending finished pages to a printer, page by page, stoppable between two of them."""

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from ui.pdf.document import PageSize, PdfPages

_DPI = 300  # fine enough for small type, quick enough for 300 pages


def print_pages(pages: PdfPages, numbers: Sequence[int], printer: QPrinter, job: Job) -> int:
    """Prints those pages (from 0) edge to edge, each as it lies; returns how many. Raises Problem, Cancelled."""
    printer.setFullPage(True)
    if numbers:
        _turn(printer, pages.sizes[numbers[0]])
    painter = QPainter()
    if not painter.begin(printer):
        raise Problem("打印机没有响应，没有打印。请检查打印机是否开机、联好，再打印一次。")
    try:
        for done, number in enumerate(numbers):
            job.step(done, len(numbers), f"正在打印第 {number + 1} 页")
            if done:
                _turn(printer, pages.sizes[number])
                printer.newPage()
            painter.drawImage(_place(printer, pages.sizes[number]), pages.draw(number, _DPI))
        job.step(len(numbers), len(numbers), "打印完成")
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(numbers)


def _turn(printer: QPrinter, size: PageSize) -> None:
    """Lays the sheet as the page lies: tables across come out whole."""
    across = size.width > size.height
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait)


def _place(printer: QPrinter, size: PageSize) -> QRect:
    """Where a page goes on the sheet: as large as it is, smaller only where the chosen paper is too small for it."""
    dots = printer.resolution() / 72
    sheet = printer.pageLayout().fullRectPixels(printer.resolution())
    fit = min(1.0, (sheet.width() + 1) / (size.width * dots), (sheet.height() + 1) / (size.height * dots))
    return QRect(0, 0, round(size.width * dots * fit), round(size.height * dots * fit))
