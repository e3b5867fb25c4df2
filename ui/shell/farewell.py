"""What stands on the screen while the last copy is made and the window is gone already."""

from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFrame, QWidget

from resources import product_name
from ui.theme import restyle
from ui.widgets.building import make_label, put, upright
from ui.widgets.dialogs import Decision

_LOOK = 0.05  # seconds between two looks


class Farewell(QFrame):
    """A few words in the middle of the screen; they go by themselves."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("panel")
        self.setWindowTitle(product_name())
        words = make_label("正在备份今天的改动，完成后自动关闭。", "groupTitle")
        put(upright(self, (32, 24, 32, 24), 8), words, make_label("请先不要关机，也不要拔 U 盘。", "quiet"))

    def wait_for(self, future: "Future[Any]") -> None:
        """Stays until it is done, however it ends."""
        while not future.done():
            if not self.isVisible():
                self.show()
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            with suppress(NotYet, Exception):
                future.result(_LOOK)
        self.close()
        self.deleteLater()


class Unsafe(Decision):
    """Why the last copy could not be made; it stays until the clerk has read it."""

    def __init__(self, parent: QWidget, sentence: str) -> None:
        super().__init__(parent, "关闭前没有备份成", 480, 12)
        self.say(sentence)
        box = QDialogButtonBox()
        read = box.addButton("知道了", QDialogButtonBox.ButtonRole.AcceptRole)
        restyle(read, kind="primary")
        read.setDefault(True)
        box.accepted.connect(self.accept)
        self.column.addWidget(box)


def say_refusal(window: QWidget, sentence: str) -> None:
    """Tells what could not be copied at closing; nothing where all went well."""
    if sentence:
        note = Unsafe(window, sentence)
        note.exec()
        note.deleteLater()
