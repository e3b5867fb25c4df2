"""A finished paper beside the page that made it: leafing through, printing, and where its file lies."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from huajie_desktop.errors import system_words
from huajie_desktop.typesetting.files import WORD
from ui.desk.desk import Desk
from ui.desk.opening import open_file
from ui.pdf.asking_printer import Chosen, agreed, ask_printer
from ui.pdf.document import PdfPages
from ui.pdf.printing import Sent, print_pages
from ui.pdf.view import PdfView
from ui.widgets.building import FLUSH, across, as_tip, flowing, make_label, put, upright
from ui.widgets.buttons import WINDOW, ActionButton, add_action
from ui.widgets.empty import EmptyState

_IN_WORD = "已存成 Word 文档，版面和 PDF 的一样。用 WPS 或 Word 打开修改、打印。"
_PRINT_TIP = "把右边看到的送到打印机，编号不变"


class PaperShelf(QFrame):
    """The preview of the files made last, with a bar of what can be done with them."""

    def __init__(self, desk: Desk, hint: str, kind: str) -> None:
        super().__init__()
        self.kind = kind  # of paper that is shown, whose way of printing is remembered
        self.setObjectName("side")
        self.setAccessibleName("文书预览")
        self._desk = desk
        self.files: list[Path] = []
        self._draft = False
        self.back = add_action(self, "上一页", "Alt+PgUp", "up", "预览的上一页（PgUp 也可以）", self._on_back, context=WINDOW)
        self.forth = add_action(
            self, "下一页", "Alt+PgDown", "down", "预览的下一页（PgDn 也可以）", self._on_forth, context=WINDOW
        )
        self.smaller = add_action(self, "缩小", "Ctrl+-", "minus", "预览缩小", self._on_smaller, context=WINDOW)
        self.larger = add_action(self, "放大", "Ctrl+=", "plus", "预览放大", self._on_larger, context=WINDOW)
        self.print = add_action(self, "打印这些…", "Ctrl+Shift+P", "print", _PRINT_TIP, self._on_print, context=WINDOW)
        self.open_folder = add_action(
            self, "打开文件夹", "Ctrl+Shift+O", "folder", "打开文件所在的文件夹", self._on_open_folder, context=WINDOW
        )
        self.view = PdfView()
        self.view.turned.connect(self._on_turned)
        self._number = make_label(name="quiet")
        self._name = make_label(name="quiet")
        empty = EmptyState()
        empty.say("还没有预览", hint, picture="pledge")
        self._layers = QStackedWidget()
        self._layers.addWidget(empty)
        self._layers.addWidget(self._arrange())
        self._made = EmptyState()
        self._layers.addWidget(self._made)
        column = upright(self, (16, 0, 0, 0))
        column.addWidget(self._layers)

    def _arrange(self) -> QWidget:
        bar = flowing(spacing=4)
        put(bar, _small(self.back), self._number, _small(self.forth))
        put(bar, _small(self.smaller), _small(self.larger), 1, ActionButton(self.print))
        where = across()
        put(where, (self._name, 1), ActionButton(self.open_folder, "link"))
        panel = QWidget()
        put(upright(panel, FLUSH, 8), bar, where, (self.view, 1))
        return panel

    def show_files(self, files: Sequence[Path]) -> None:
        """Shows what was made, from its first page; what is for a word processor is only said."""
        if any(file.suffix.lower() == WORD for file in files):
            self.files = list(files)
            self._made.say(
                files[0].name if len(files) == 1 else f"{len(files)} 个 Word 文档", _IN_WORD, self.open_folder, "pledge"
            )
            self._layers.setCurrentIndex(2)
            return
        try:
            contents = [file.read_bytes() for file in files]
        except OSError as error:
            self._desk.say("warning", f"文件已写好，但预览打不开：{system_words(error)}。请到文件夹里打开。")
            return
        self.files = list(files)
        where = files[0].parent
        self._show(contents, files[0].name if len(files) == 1 else f"{len(files)} 个文件，在 {where}", str(where))

    def show_content(self, content: bytes, caption: str, *, draft: bool = False) -> None:
        """Shows a PDF that lies in no file; a draft is only looked at, not printed."""
        self.files = []
        self._draft = draft
        self._show([content], caption, caption)

    def _show(self, contents: Sequence[bytes], caption: str, tip: str) -> None:
        self._draft = self._draft and not self.files
        self.open_folder.setVisible(bool(self.files))
        self.view.show_pages(PdfPages(contents))
        self._name.setText(caption)
        self._name.setToolTip(as_tip(tip))
        self._layers.setCurrentIndex(1)

    @Slot(int)
    def _on_turned(self, page: int) -> None:
        count = len(self.view.pages) if self.view.pages else 0
        self._number.setText(f"第 {page + 1} 页，共 {count} 页")
        self.back.setEnabled(page > 0)
        self.forth.setEnabled(page + 1 < count)
        self.print.setEnabled(count > 0 and not self._draft)
        self.print.setVisible(not self._draft)  # a draft is printed by the page's own button, which numbers it

    @Slot()
    def _on_back(self) -> None:
        self.view.go_to(self.view.page - 1)

    @Slot()
    def _on_forth(self) -> None:
        self.view.go_to(self.view.page + 1)

    @Slot()
    def _on_smaller(self) -> None:
        self.view.set_zoom(self.view.zoom / 1.2)

    @Slot()
    def _on_larger(self) -> None:
        self.view.set_zoom(self.view.zoom * 1.2)

    @Slot()
    def _on_open_folder(self) -> None:
        if self.files:
            open_file(self.files[0].parent)

    @Slot()
    def _on_print(self) -> None:
        pages = self.view.pages
        chosen = ask_printer(self, self._desk.preferences, self.kind, pages.sizes[0], len(pages)) if pages else None
        if chosen is not None:
            self.print_on(*chosen)

    def print_on(self, printer: QPrinter, paper: QPageSize | None = None) -> None:
        """Prints the pages the printer was told, all if none were said, each on its own paper or all on `paper`."""
        pages = self.view.pages
        assert pages is not None
        first, last = printer.fromPage() or 1, printer.toPage() or len(pages)
        numbers = range(first - 1, min(last, len(pages)))
        if agreed(self, Chosen(printer, paper), [pages.sizes[number] for number in numbers]):
            title = f"打印 {len(numbers)} 页"
            self._desk.start(title, lambda job: print_pages(pages, numbers, printer, job, paper), self._on_printed)

    def _on_printed(self, sent: Sent) -> None:
        self._desk.say("done", f"已把 {sent}送到打印机。")


def _small(action: QAction) -> ActionButton:
    """A button of only its picture; the tool tip says the word."""
    return _Pictured(action, "icon")


class _Pictured(ActionButton):
    """An action's button without its word, for the bar of the preview."""

    def setText(self, text: str) -> None:
        self.setAccessibleName(text)
