"""What a person at the window does beside typing: waiting for a job, answering a question, naming files, writing a workbook."""

from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPushButton

from ui.pages.checklist.checklist_page import ChecklistPage
from ui.shell.window import Window
from ui.widgets.rescaling import ask_size

HEADERS = ["序号", "类别", "承诺事项", "建设内容及规模", "计划投资(万元)", "责任人", "完成时限"]
LAMP = ["干事承诺", "穿村段路灯安装", "安装路灯12盏", 12.5, "倪成纲、张三", "8月底前"]
PARTY = ["基层党建", "主题党日规范化", "全年12次", None, "张三", "待定"]


def book(path: Path, *rows, title="倪宅村2021年干事承诺清单", headers=HEADERS) -> Path:
    """A workbook as a village sends it."""
    made = Workbook()
    sheet = made.active
    sheet.append([title])
    sheet.append(headers)
    for number, row in enumerate(rows, 1):
        sheet.append([number, *row])
    made.save(path)
    return path


_TESTS = [0]  # how many have ended: what one of them still waits to press is no business of the next


def let_go() -> None:
    """Ends whatever still waits for a dialog."""
    _TESTS[0] += 1


def _looking(look: Callable[[], bool], tries: int) -> None:
    """Calls `look` until it says that it was done, so many times and no longer than its test lasts."""
    asked = _TESTS[0]

    def again(left: int) -> None:
        if asked == _TESTS[0] and not look() and left:
            QTimer.singleShot(10, lambda: again(left - 1))

    QTimer.singleShot(0, lambda: again(tries))


def wait(qtbot, desk) -> None:
    """Waits until nothing runs in the background."""
    qtbot.waitUntil(lambda: not desk.jobs.busy)


def answer(verb: str, seen: list[str] | None = None, tries: int = 3000) -> None:
    """Presses the button of that name in the next dialog; what the dialog said goes to `seen`."""

    left = [tries]

    def look() -> bool:
        dialog = QApplication.activeModalWidget()
        buttons = dialog.findChildren(QPushButton) if isinstance(dialog, QDialog) else []
        button = next((button for button in buttons if button.text() == verb), None)
        left[0] -= 1
        if button is None:  # not there yet, or the question before is still closing
            if left[0] < 0 and isinstance(dialog, QDialog):
                dialog.reject()
            return False
        if seen is not None:
            seen.append("\n".join(label.text() for label in dialog.findChildren(QLabel)))
        button.click()
        return True

    _looking(look, tries)


def answer_by(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, tries: int = 3000) -> None:
    """Presses a key in the next dialog, wherever its focus is."""

    def look() -> bool:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or not dialog.isActiveWindow():
            return False
        QTest.keyClick(dialog.focusWidget() or dialog, key, modifiers)
        return True

    _looking(look, tries)


def show_letters_at(percent: int) -> None:
    """Shows everything in another text size and lets it be laid out."""
    ask_size(percent)
    QApplication.processEvents()
    QApplication.processEvents()  # what was laid out may lay out others


def choose(monkeypatch, *, files=(), folder="", target="") -> None:
    """What the system's file dialogs answer from now on."""
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file) for file in files], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))


def checklist_at_first(window: Window) -> ChecklistPage:
    """The checklist in front, the keys in its list and the cursor on the first row."""
    window.visit("checklist")
    found = window.pages["checklist"]
    assert isinstance(found, ChecklistPage)
    found.table.setFocus()
    found.table.step(0)
    return found
