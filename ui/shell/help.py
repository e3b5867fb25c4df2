"""Help for the page shown: what it is for and how to begin, and all its keys, at the right of the window."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QFrame, QTextBrowser, QWidget
from shiboken6 import isValid

import resources
from ui.theme import COLOURS, icon, scaled
from ui.widgets.building import across, make_label, put, upright
from ui.widgets.buttons import ActionButton, worded_keys

_WIDTH = 400  # px at 100 %


class HelpPanel(QFrame):
    """Lies over the right side of the page until Esc; follows the clerk from page to page."""

    def __init__(self, holder: QWidget) -> None:
        super().__init__(holder)
        self._holder = holder
        self._before: QWidget | None = None  # where the focus was
        self.setObjectName("helpPanel")
        self._title = make_label(name="groupTitle")
        self.leave = QAction(icon("close"), "关闭帮助", self)
        self.leave.setStatusTip("关闭帮助，回到页面（Esc）")
        self.leave.triggered.connect(self.close_panel)
        self.words = QTextBrowser()
        self.words.setOpenLinks(False)
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.document().setDocumentMargin(0)
        self.words.setAccessibleName("帮助")
        head = across()
        put(head, (self._title, 1), ActionButton(self.leave, "link"))
        put(upright(self, (20, 12, 8, 12), 8), head, (self.words, 1))
        holder.installEventFilter(self)
        self.hide()

    def show_help(self, page: str, title: str, actions: Sequence[QAction], everywhere: Sequence[QAction]) -> None:
        """Shows the help of a page, its keys, and those that hold on every page."""
        self._title.setText(f"帮助 · {title}")
        self.words.setMarkdown(help_text(page))
        end = self.words.textCursor()
        end.select(QTextCursor.SelectionType.Document)
        spaced = QTextBlockFormat()
        spaced.setBottomMargin(scaled(8))
        end.mergeBlockFormat(spaced)
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertBlock(spaced)
        end.insertHtml(_keys("这一页的键", actions) + _keys("每一页都有的键", everywhere))
        self.words.moveCursor(QTextCursor.MoveOperation.Start)

    def open(self) -> None:
        """Shows the panel with the keys going to it."""
        self._before = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self) -> None:
        """Takes the right side of what holds it."""
        holder = self._holder
        width = min(scaled(_WIDTH), holder.width())
        self.setGeometry(holder.width() - width, 0, width, holder.height())

    @Slot()
    def close_panel(self) -> None:
        """Takes the help away."""
        self.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)


def help_text(page: str) -> str:
    """The help of a page in Markdown."""
    return resources.path(f"help/{page}.md").read_text("utf-8")


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
