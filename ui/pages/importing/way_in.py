"""What stands between a preview and taking it in, said beside the tabs, and what its actions would do."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from huajie_desktop.receiving.previews import Preview
from ui.pages.importing.readiness import readiness
from ui.widgets.badge import dotted
from ui.widgets.building import FLUSH, Label, flowing, put


class WayIn(Label):
    """Why a preview cannot be taken in as it is; whoever takes it in, skips or sends back is told on the actions."""

    def __init__(self, apply: QAction, skip_errors: QAction, send_back: QAction) -> None:
        super().__init__(markup=True)
        self._apply, self._skip_errors, self._send_back = apply, skip_errors, send_back
        self._reason = ""

    def sizeHint(self) -> QSize:
        # one line: Qt would like words that may wrap in some three, whatever room there is
        width = self.fontMetrics().horizontalAdvance(f"● {self._reason}")
        return QSize(width, self.heightForWidth(width))

    def show_nothing(self) -> None:
        """There is no preview."""
        self.hide()
        self._skip_errors.setVisible(False)
        self._send_back.setVisible(False)

    def show_preview(self, preview: Preview) -> str:
        """Says how it is with a preview; returns how much it holds. Offers stand there only while it can be taken in."""
        found, taking = readiness(preview), self._apply.isVisible()
        in_the_way = bool(found.waiting or found.unread)
        self._apply.setText(found.words)
        self._apply.setEnabled(not found.reason)
        self._apply.setStatusTip(found.reason or f"把预览中新的{preview.noun}写入数据")
        self.setVisible(bool(found.reason) and taking)
        self._reason = found.reason
        self.setText(dotted(found.reason, "red" if in_the_way else "grey"))
        self._skip_errors.setVisible(bool(found.ready) and in_the_way and taking)
        self._skip_errors.setText(found.offer)
        self._send_back.setVisible(found.faulty and taking)
        return f"{len(preview.files)} 个文件 · {found.rows} 行"


class TopLine(QWidget):
    """The page's tabs with the way in beside them; below them where there is no room, so that no word is cut."""

    def __init__(self, tabs: QWidget, way_in: WayIn, *further: QWidget) -> None:
        super().__init__()
        way_in.setWordWrap(True)
        beside = flowing(spacing=8)
        put(beside, way_in, *further)
        put(flowing(self, FLUSH, 8), tabs, 1, beside)
