"""Which printer, and how: as that kind of paper was printed last, on paper of its own size, asked where it differs."""

from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from ui.desk.preferences import Preferences
from ui.pdf.document import PageSize
from ui.pdf.printing import Misfit, misfit, paper_of
from ui.widgets.building import as_title
from ui.widgets.dialogs import ask


class Chosen(NamedTuple):
    """The printer as the clerk set it, and the paper if it is to be another than the pages' own."""

    printer: QPrinter
    paper: QPageSize | None


def ask_printer(
    parent: QWidget,
    preferences: Preferences,
    kind: str,
    first: PageSize,
    pages: int = 0,
    *,
    two_sided: bool | None = None,
    told: str = "",
) -> Chosen | None:
    """Asks for printer, sides, colour, copies and paper; None if the clerk gave up. Without `pages` all are printed.

    What was chosen is proposed the next time for that kind of paper; `first` is the size of the first page, `two_sided` what
    the clerk said of the sides (None: nothing), `told` how much it is.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(paper_of(first))
    set_as_before(printer, preferences, kind)
    if two_sided is not None and two_sided == (printer.duplex() is QPrinter.DuplexMode.DuplexNone):
        printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide if two_sided else QPrinter.DuplexMode.DuplexNone)
    dialog = QPrintDialog(printer, parent)
    if told:
        dialog.setWindowTitle(as_title(f"打印：{told}"))
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, pages > 0)
    if pages:
        dialog.setMinMax(1, pages)
    try:
        if not dialog.exec():
            return None
    finally:
        dialog.deleteLater()
    _remember(printer, preferences, kind)
    paper = printer.pageLayout().pageSize()
    return Chosen(printer, None if paper.isEquivalentTo(paper_of(first)) else paper)


def set_as_before(printer: QPrinter, preferences: Preferences, kind: str) -> None:
    """Sets sides, colour and copies as they were when such papers were printed last."""
    with suppress(ValueError):  # nothing kept, or what this version of the system does not know
        duplex, colour, copies = preferences.printing(kind)
        printer.setDuplex(QPrinter.DuplexMode(duplex))
        printer.setColorMode(QPrinter.ColorMode(colour))
        printer.setCopyCount(max(1, copies))


def agreed(parent: QWidget, chosen: Chosen, sizes: Iterable[PageSize]) -> bool:
    """Whether pages of those sizes may go on the paper there is; asks where it is not their own."""
    found = [wrong for size in dict.fromkeys(sizes) if (wrong := misfit(*_on(chosen, size)))]
    if not found:
        return True
    worst = min(found, key=lambda wrong: wrong.scale)
    return ask(parent, "纸张和文书的大小不一样，还要打印吗？", _worded(worst), "照这样打印")


def _on(chosen: Chosen, size: PageSize) -> tuple[QPrinter, PageSize, QPageSize | None]:
    return chosen.printer, size, chosen.paper


def _worded(wrong: Misfit) -> str:
    how = f"要缩小到 {wrong.scale:.0%} 打印" if wrong.scale < 1 else "按原大小印在纸的左上角，其余空着"
    return f"文书是 {wrong.page}，打印机的纸是 {wrong.paper}，{how}。换纸请取消，装好纸后在打印窗口里选 {wrong.page}。"


def _remember(printer: QPrinter, preferences: Preferences, kind: str) -> None:
    said = (printer.duplex().value, printer.colorMode().value, printer.copyCount())
    preferences.remember_printing(kind, said)
