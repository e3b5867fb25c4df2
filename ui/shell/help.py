"""Help for the page shown: what it is for and how to begin, and all its keys, beside it at the right of the window."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from PySide6.QtCore import QEvent, Qt, QUrl, Slot
from PySide6.QtGui import QAction, QKeyEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QTextBrowser, QWidget
from shiboken6 import isValid

from ui.pages import PAGES
from ui.shell.help_words import find_in_help, help_text
from ui.theme import COLOURS, icon, scaled
from ui.widgets.building import across, make_label, put, upright
from ui.widgets.buttons import ActionButton, worded_keys

_WIDTH, _SHARE = 400, 45  # px at 100 %, and per cent of the room, at most
_SOUGHT = 20  # signs that are enough to find a paragraph again


class HelpPanel(QFrame):
    """Stands beside the page, which gives way, until Esc; follows the clerk from page to page; what is typed is looked for."""

    def __init__(self) -> None:
        super().__init__()
        self._before: QWidget | None = None  # where the focus was
        self.setObjectName("helpPanel")
        self._title = make_label(name="groupTitle")
        self.leave = QAction(icon("close"), "关闭帮助", self)
        self.leave.setStatusTip("关闭帮助，回到页面（Esc）")
        self.leave.triggered.connect(self.close_panel)
        self.search = QLineEdit()
        self.search.setPlaceholderText("在全部帮助里找")
        self.search.setToolTip("在全部帮助里找：文字或拼音首字母；回车看第一处，↓ 到找到的地方")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_typed)
        self.search.returnPressed.connect(self._on_first)
        self.words = QTextBrowser()
        self.words.setOpenLinks(False)
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.document().setDocumentMargin(0)
        self.words.setAccessibleName("帮助")
        self.words.anchorClicked.connect(self._on_link)
        head = across()
        put(head, (self._title, 1), ActionButton(self.leave, "link"))
        put(upright(self, (20, 12, 8, 12), 8), head, self.search, (self.words, 1))
        self._shown: tuple[str, str, Sequence[QAction], Sequence[QAction]] = ("home", "", (), ())
        self.hide()

    def show_help(self, page: str, title: str, actions: Sequence[QAction], everywhere: Sequence[QAction]) -> None:
        """Shows the help of a page, its keys, and those that hold on every page."""
        self._shown = (page, title, actions, everywhere)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._title.setText(f"帮助 · {title}")
        self._write(page)
        end = self.words.textCursor()
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertBlock(_spaced())
        end.insertHtml(_keys("这一页的键", actions) + _keys("每一页都有的键", everywhere))
        self.words.moveCursor(QTextCursor.MoveOperation.Start)

    def _write(self, page: str) -> None:
        """The help of a page alone."""
        self.words.setMarkdown(help_text(page))
        end = self.words.textCursor()
        end.select(QTextCursor.SelectionType.Document)
        end.mergeBlockFormat(_spaced())
        self.words.moveCursor(QTextCursor.MoveOperation.Start)

    def open(self) -> None:
        """Shows the panel with the keys going to it."""
        self._before = QApplication.focusWidget()
        self.take_room()
        self.show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_room(self) -> None:
        """Takes what it needs of the width beside the page, less where that has little."""
        holder = self.parentWidget()
        if holder is not None:
            self.setFixedWidth(min(scaled(_WIDTH), holder.width() * _SHARE // 100))

    @Slot()
    def close_panel(self) -> None:
        """Takes the help away."""
        self.hide()
        if (holder := self.parentWidget()) is not None and (layout := holder.layout()) is not None:
            layout.activate()  # the page takes its room back at once, and shows what had folded
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        if not typed.strip():
            self.show_help(*self._shown)
            return
        found = find_in_help(typed)
        self._title.setText(f"帮助 · 找到 {len(found)} 处" if found else "帮助 · 没有找到")
        parts = []
        for word, lines in groupby(found, key=lambda line: line.word):
            several = list(lines)
            parts.append(f'<p><a href="{several[0].page}">{escape(word)}</a></p>')
            parts += [f"<p>{escape(line.text)}</p>" for line in several]
        self.words.setHtml("".join(parts) or "<p>换一个词再找，例如“撤销”“退回”“打印”。</p>")

    @Slot()
    def _on_first(self) -> None:
        if found := find_in_help(self.search.text()):
            self._go(found[0].page, found[0].text)

    @Slot(QUrl)
    def _on_link(self, link: QUrl) -> None:
        found = next((line for line in find_in_help(self.search.text()) if line.page == link.toString()), None)
        self._go(link.toString(), found.text if found else "")

    def _go(self, page: str, text: str) -> None:
        """Shows the help of a page where it says that."""
        self._title.setText(f"帮助 · {next(entry.word for entry in PAGES if entry.key == page)}")
        self._write(page)
        self.words.find(text[:_SOUGHT])
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and not self.isHidden():
            self.take_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)


def _spaced() -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setBottomMargin(scaled(8))
    return made


def _keys(heading: str, actions: Sequence[QAction]) -> str:
    """The keys of these actions as a table, each once."""
    lines = dict.fromkeys(
        f'<tr><td style="padding-right:{scaled(12)}px;color:{COLOURS["quiet"]}"><nobr>{escape(worded_keys(action))}</nobr></td>'
        f"<td><b>{escape(action.text())}</b>　{escape(_tip(action))}</td></tr>"
        for action in actions
        if action.shortcuts()
    )
    return f"<p><b>{heading}</b></p><table cellpadding='3' cellspacing='0'>{''.join(lines)}</table><br>"


def _tip(action: QAction) -> str:
    return "" if action.statusTip() == action.text() else action.statusTip()
