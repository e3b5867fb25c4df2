"""What stands on a small screen in large letters: everything is inside it, nothing lies over something else."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from huajie_desktop.backups.shelf import ASIDE
from huajie_desktop.records.meanwhile import Clash
from huajie_desktop.seat import Seat
from huajie_desktop.work.task_ledger import TASKS
from tests.ui.hands import wait
from tests.ui.keys import press
from tests.ui.test_copies import picture
from ui.desk.desk import Desk
from ui.desk.jobs import Jobs
from ui.desk.meanwhile import BothValues
from ui.desk.preferences import Preferences
from ui.forms.twice import SecondEntry
from ui.lists.columns import ColumnsDialog
from ui.pages.importing.templates_part import TemplatesDialog
from ui.pages.settings.copy_view import CopyView
from ui.shell.window import Window
from ui.theme import apply_theme, text_size
from ui.widgets.dialogs import FRAME, Question, ask

SCREEN = QRect(0, 0, 1366, 728)  # what a panel leaves of 1366 × 768


@pytest.fixture(params=[100, 150])
def letters(request, themed: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A text size on that screen."""
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _screen: SCREEN)
    apply_theme(themed, request.param)
    yield request.param
    apply_theme(themed, 100)


def fits(dialog: QDialog) -> None:
    """Shows a dialog and looks where it and its buttons are."""
    dialog.show()
    QApplication.processEvents()
    try:
        assert dialog.width() + FRAME.width() <= SCREEN.width(), dialog.windowTitle()
        assert dialog.height() + FRAME.height() <= SCREEN.height(), dialog.windowTitle()
        picture(dialog, f"{type(dialog).__name__}-{text_size()}")
        for button in dialog.findChildren(QPushButton):
            if button.isVisible() and not button.visibleRegion().isEmpty():
                assert button.height() >= button.minimumSizeHint().height(), button.text()
        last = [button for button in dialog.findChildren(QPushButton) if button.isVisible()][-1]
        assert last.visibleRegion().boundingRect() == last.rect(), last.text()
    finally:
        dialog.hide()
        dialog.deleteLater()


def test_every_dialog_is_inside_the_screen(letters: int, window: Window, desk: Desk) -> None:
    field = TASKS.fields["investment"]
    clashes = [Clash(f"f{number}", f"第 {number} 项", "原来" * 20, "现在" * 30, "填的" * 30) for number in range(9)]
    fits(ColumnsDialog(window, TASKS, TASKS.shown.columns))
    fits(TemplatesDialog(window, desk, TASKS, 3))
    fits(BothValues(window, "李四刚才改过这条任务", clashes))
    fits(Question(window, "要吗？", "很长的说明。" * 200, "要"))
    fits(Question(window, "要吗？", "说明。", "要", writing=""))
    fits(SecondEntry(window, desk, {f"{number}": field for number in range(12)}, {f"{number}": "" for number in range(12)}))


def test_a_look_into_a_copy_is_inside_the_screen(letters: int, window: Window, desk: Desk, qtbot) -> None:
    window.visit("settings", "backups")
    part = window.pages["settings"].backups
    part.copy.trigger()
    wait(qtbot, desk)
    view = CopyView(part, desk.preferences, part.table.current_copy(), None)
    fits(view)
    view._data.close()


def at_the_question(*keys: Qt.Key, tries: int = 500) -> None:
    """Presses keys in the next dialog as soon as it has the focus."""

    def look(left: int) -> None:
        dialog, focus = QApplication.activeModalWidget(), QApplication.focusWidget()
        if dialog is not None and focus is not None and dialog.isAncestorOf(focus):
            for key in keys:
                press(key)
        elif left:
            QTimer.singleShot(10, lambda: look(left - 1))
        elif isinstance(dialog, QDialog):
            dialog.reject()

    QTimer.singleShot(0, lambda: look(tries))


def test_enter_pressed_too_soon_at_a_question_loses_nothing(window: Window) -> None:
    at_the_question(Qt.Key.Key_Return)
    assert not ask(window, "放弃没有保存的内容吗？", "离开后这些改动就没有了。", "放弃改动")


def test_a_question_is_answered_by_keys_alone(window: Window) -> None:
    at_the_question(Qt.Key.Key_Tab, Qt.Key.Key_Return)
    assert ask(window, "放弃没有保存的内容吗？", "离开后这些改动就没有了。", "放弃改动")


def test_the_list_of_copies_lies_over_nothing_with_a_message_above(letters: int, window: Window, desk: Desk, qtbot) -> None:
    window.visit("settings", "backups")
    part = window.pages["settings"].backups
    part.copy.trigger()
    wait(qtbot, desk)
    window.resize(SCREEN.size() - FRAME)
    desk.say("warning", "第二处备份好久没插了，请插上。" * 4)
    QApplication.processEvents()
    picture(window, f"备份-{letters}")
    assert window.height() + FRAME.height() <= SCREEN.height()
    assert part.table.height() >= part.table.minimumHeight()
    assert part.table.geometry().bottom() <= part.table.parentWidget().rect().bottom()
    assert part._below.geometry().bottom() <= part._below.parentWidget().rect().bottom()
    assert part.hint.height() >= part.hint.heightForWidth(part.hint.width())
    header = part.table.view.horizontalHeader()
    why = [column.key for column in part.table.model.columns].index("why")
    assert not header.isSectionHidden(why)


def test_a_copy_that_cannot_come_back_says_why_beside_its_grey_buttons(letters: int, window: Window, desk: Desk, qtbot) -> None:
    window.visit("settings", "backups")
    part = window.pages["settings"].backups
    part.copy.trigger()
    wait(qtbot, desk)
    aside = replace(part.table.current_copy(), occasion=ASIDE)
    fault = "是没有通过检查的原数据，只作留存"
    part.table.show_copies([aside], desk.today)
    part._on_chosen()
    window.resize(SCREEN.size() - FRAME)
    QApplication.processEvents()
    picture(window, f"留存-{letters}")
    assert not part.restore.isEnabled()
    assert part.hint.text() == f"这一份不能看也不能恢复：{fault}。"
    keys = [column.key for column in part.table.model.columns]
    header = part.table.view.horizontalHeader()
    words = part.table.view.fontMetrics().horizontalAdvance
    assert header.sectionSize(keys.index("state")) >= words(fault) + 2 * 16
    assert header.sectionSize(keys.index("title")) >= words("2026-11-27 星期五 18:26")


def test_the_first_window_is_inside_a_small_screen_and_maximised_is_kept_at_once(
    letters: int, qtbot, app: Seat, window: Window
) -> None:
    preferences = Preferences(app.folder)
    made = Window(preferences, Jobs())
    qtbot.addWidget(made)
    assert made.height() + FRAME.height() <= SCREEN.height()
    window.showMaximized()
    QApplication.processEvents()
    again = Window(Preferences(app.folder), Jobs())
    qtbot.addWidget(again)
    assert again.isMaximized()
    window.showNormal()
    QApplication.processEvents()
    last = Window(Preferences(app.folder), Jobs())
    qtbot.addWidget(last)
    assert not last.isMaximized()
