"""The shell: lazy pages, text size, messages, freed windows, and Qt's binding keeping count of None."""

import gc
import sys
import weakref
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget

from db.log import Act
from db.models import Unit
from huajie_desktop.application import Application
from tests import tasks
from tests.ui.hands import show_letters_at
from ui.desk.desk import Desk
from ui.desk.jobs import Jobs
from ui.desk.preferences import Preferences
from ui.pages import PAGES
from ui.shell.screenshots import grab_pages
from ui.shell.window import Window
from ui.theme import COLOURS
from ui.widgets.dialogs import Question


def test_void_calls_leave_none_alone(themed: QApplication) -> None:
    """PySide6 6.12 on Python 3.11 lost one reference to None a call and aborted after some thousands."""
    edit = QLineEdit()
    edit.setText("x")
    before = sys.getrefcount(None)
    for number in range(300):
        edit.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < 50


def test_pages_are_built_on_their_first_visit(window: Window) -> None:
    assert list(window.pages) == ["home"]
    window.visit("checklist")
    assert list(window.pages) == ["home", "checklist"]


def test_no_part_of_a_page_is_ever_a_window_of_its_own(window: Window) -> None:
    for entry in PAGES:
        window.visit(entry.key)
        QApplication.processEvents()
        assert window.isActiveWindow(), entry.key


def test_a_page_out_of_sight_is_refreshed_when_visited_again(window: Window, desk: Desk) -> None:
    window.visit("checklist")
    window.visit("home")
    texts = {"title": "路灯", "content": "内容", "unit": "倪宅村", "category": "干事承诺", "due": "8月底"}
    desk.do(tasks.save_task, None, texts)
    assert len(window.pages["checklist"].table.model.ids) == 0
    window.visit("checklist")
    assert len(window.pages["checklist"].table.model.ids) == 1


def test_every_action_has_a_word_and_every_button_a_tip(window: Window) -> None:
    for entry in PAGES:
        window.visit(entry.key)
        page = window.pages[entry.key]
        assert [action.text() for action in page.actions() if not action.text()] == []
        assert [action.text() for action in page.actions() if not action.shortcuts()] == []


def test_the_text_size_changes_everything(window: Window, desk: Desk) -> None:
    window.visit("checklist")
    before = window.pages["checklist"].table.view.verticalHeader().defaultSectionSize()
    show_letters_at(150)
    try:
        view = window.pages["checklist"].table.view
        assert view.verticalHeader().defaultSectionSize() == before * 3 // 2
        assert view.fontInfo().pixelSize() == 21
    finally:
        show_letters_at(100)


def test_messages_unfold_and_are_copied(window: Window, desk: Desk) -> None:
    desk.say("error", "有两行读不出。", "第 3 行\n第 9 行")
    assert window.messages.isVisible()
    window.messages._copy.click()
    assert QGuiApplication.clipboard().text() == "有两行读不出。\n第 3 行\n第 9 行"
    window.visit("checklist")
    assert not window.messages.isVisible()


def test_window_and_dialogs_are_freed(themed: QApplication, app: Application) -> None:
    jobs = Jobs()
    window = Window(Preferences(app.folder), jobs)
    window.show()
    window.enter(Desk(app, Preferences(app.folder), jobs, window))
    for entry in PAGES:
        window.visit(entry.key)
    dialog = Question(window, "标题", "内容", "好")
    watched: list[weakref.ref[QWidget]] = [weakref.ref(window), weakref.ref(dialog), *map(weakref.ref, window.pages.values())]
    window.close()
    window.deleteLater()
    del window, dialog
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert [ref() for ref in watched if ref() is not None] == []


def test_words_that_are_too_long_stay_to_be_shortened(window: Window) -> None:
    question = Question(window, "退回 1 项", "为什么？", "退回", writing="雨" * 201, longest=200)
    question.open()
    question.yes.click()
    assert question.isVisible()
    assert "最多写 200 个字，现在 201 个" in "".join(label.text() for label in question.findChildren(QLabel))
    question.words.setPlainText("雨" * 200)
    question.yes.click()
    assert question.result() == QDialog.DialogCode.Accepted


def test_every_page_is_grabbed_in_chinese_letters_not_boxes(themed: QApplication, app: Application, tmp_path: Path) -> None:
    files = grab_pages(app, tmp_path / "shots", (1366, 768))
    assert len(files) == len(PAGES)
    assert all(file.stat().st_size > 10_000 for file in files)


def test_text_colours_are_legible() -> None:
    """WCAG 2: at least 4.5 to 1 on every ground text stands on."""

    def light(name: str) -> float:
        parts = [int(COLOURS[name][i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for ground in ("surface", "ground", "hover"):
        for text in ("text", "quiet", "green", "blue", "yellow", "red", "grey"):
            assert (light(ground) + 0.05) / (light(text) + 0.05) >= 4.5, (text, ground)
    assert (light("surface") + 0.05) / (light("accent") + 0.05) >= 4.5


def test_the_frame_shows_a_name_with_the_mark_of_what_is_not_saved_as_it_is(window: Window, desk: Desk) -> None:
    for said in ("花街[*]镇", "[*][*]镇[*]"):
        with desk.seat.operation(Act.CHANGE, "改名") as running:
            running.session.get_one(Unit, desk.seat.township_id).name = said
        window.enter(desk)
        assert window.windowHandle().title().startswith(said)
        question = Question(window, said, "", "好")
        question.show()
        assert question.windowHandle().title() == said
        question.close()
        question.deleteLater()
