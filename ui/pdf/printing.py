"""Sending finished pages to a printer, page by page, each on paper of its own size, stoppable between two of them."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from ui.pdf.document import PageSize, PdfPages

_DPI = 300  # fine enough for small type, quick enough for 300 pages
_SAME = 0.03  # of a side; sheets that differ less are taken for the same


class Sent(NamedTuple):
    """How many pages went to the printer, and how many of them are smaller than they should be, as its paper is."""

    pages: int
    smaller: int

    def __str__(self) -> str:
        """The pages that were sent, in words."""
        return f"{self.pages} 页" + (f"（其中 {self.smaller} 页比打印机的纸大，已缩小）" if self.smaller else "")


class Misfit(NamedTuple):
    """A page on paper that is not its own: what both are called, and how large the page comes out (1: as it is)."""

    page: str
    paper: str
    scale: float


def paper_of(size: PageSize) -> QPageSize:
    """The paper a page of that size (points) belongs on, whichever way it lies."""
    sides = QSizeF(min(size), max(size))
    return QPageSize(sides, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)


def misfit(printer: QPrinter, size: PageSize, paper: QPageSize | None = None) -> Misfit | None:
    """How a page of that size would come out on `paper` (None: on its own), None where it fits as it is; sets the printer so."""
    _lay(printer, size, paper)
    own, sheet = paper_of(size), printer.pageLayout().pageSize()
    sides = zip(_sides(own), _sides(sheet), strict=True)
    if all(abs(there / asked - 1) < _SAME for asked, there in sides):
        return None
    return Misfit(_called(own), _called(sheet), _fit(printer, size))


def print_pages(pages: PdfPages, numbers: Sequence[int], printer: QPrinter, job: Job, paper: QPageSize | None = None) -> Sent:
    """Prints those pages (from 0) edge to edge, each as it lies, on paper of its own size or all on `paper`.

    Raises Problem, Cancelled.
    """
    printer.setFullPage(True)
    smaller = 0
    if numbers:
        _lay(printer, pages.sizes[numbers[0]], paper)
    painter = QPainter()
    if not painter.begin(printer):
        raise Problem("打印机没有响应，没有打印。请检查打印机是否开机、联好，再打印一次。")
    try:
        for done, number in enumerate(numbers):
            job.step(done, len(numbers), f"正在打印第 {number + 1} 页")
            size = pages.sizes[number]
            if done:
                _lay(printer, size, paper)
                printer.newPage()
            smaller += _fit(printer, size) < 1 - _SAME
            painter.drawImage(_place(printer, size), pages.draw(number, _DPI))
        job.step(len(numbers), len(numbers), "打印完成")
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return Sent(len(numbers), smaller)


def _lay(printer: QPrinter, size: PageSize, paper: QPageSize | None) -> None:
    """Takes the page's paper and lays it as the page lies: tables across come out whole."""
    across = size.width > size.height
    printer.setPageSize(paper or paper_of(size))
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait)


def _fit(printer: QPrinter, size: PageSize) -> float:
    """How large a page comes out: as it is, smaller only where the paper is too small for it."""
    dots = printer.resolution() / 72
    sheet = printer.pageLayout().fullRectPixels(printer.resolution())
    return min(1.0, (sheet.width() + 1) / (size.width * dots), (sheet.height() + 1) / (size.height * dots))


def _place(printer: QPrinter, size: PageSize) -> QRect:
    dots, fit = printer.resolution() / 72, _fit(printer, size)
    return QRect(0, 0, round(size.width * dots * fit), round(size.height * dots * fit))


def _sides(paper: QPageSize) -> tuple[float, float]:
    sides = paper.size(QPageSize.Unit.Point)
    return min(sides.width(), sides.height()), max(sides.width(), sides.height())


def _called(paper: QPageSize) -> str:
    """A paper by its short name and measures: A3（297×420 毫米）."""
    sides = paper.size(QPageSize.Unit.Millimeter)
    measures = f"{sides.width():.0f}×{sides.height():.0f} 毫米"
    named = paper.id() != QPageSize.PageSizeId.Custom
    return f"{paper.key()}（{measures}）" if named else measures
