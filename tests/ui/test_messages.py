"""What is said moves nothing, is true while it stands, and goes with the next step; the keys reach what it offers."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from huajie_desktop.errors import Problem
from huajie_desktop.records import entry
from huajie_desktop.work import queries, review
from huajie_desktop.work.task_ledger import TASKS
from tests.office import TEXTS, enter
from tests.ui.hands import show_letters_at
from tests.ui.keys import CTRL, go_to_page, press, type_text
from ui.desk.desk import Desk
from ui.lists.row_sums import RowSums
from ui.pages import PAGES
from ui.pages.papers.papers_page import WORDINGS
from ui.shell.window import Window
from ui.widgets.buttons import add_action

LONG = "任务“反诈宣传入户”（潘宅村）还有 1 条疑问没有关闭，没有改动任何任务。请先在“疑问”里回复或关闭，再提交审核。" * 2
SAID = (
    ("done", "已删除 1 项。", ""),
    ("info", "没有留下未保存的内容。", ""),
    ("warning", LONG, "第 3 行"),
    ("error", LONG, "第 3 行\n第 9 行"),
)


def settle() -> None:
    """Lets the window lay itself out."""
    for _time in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def come_to_rest(window: Window) -> None:
    """Lets the window lay itself out, the sums of its list included, which come a moment later."""
    settle()
    while any(sums._pause.isActive() for sums in window.findChildren(RowSums)):
        QApplication.processEvents()
    settle()


def places(window: Window) -> dict[QWidget, QRect]:
    """Where every widget in sight stands in the window, but for what is said; what a list comes to is added up by then."""
    for sums in window.findChildren(RowSums):
        if sums._pause.isActive():
            sums._pause.stop()
            sums.add_up()
            settle()
    foot = window.messages.parentWidget()
    return {
        part: QRect(part.mapTo(window, QPoint(0, 0)), part.size())
        for part in window.findChildren(QWidget)
        if part.isVisibleTo(window) and not part.isWindow() and part is not foot and not foot.isAncestorOf(part)
    }


@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_said_moves_anything_on_any_page(window: Window, desk: Desk, percent: int) -> None:
    enter(desk.seat)
    show_letters_at(percent)
    try:
        for page in PAGES:
            window.visit(page.key)
            come_to_rest(window)
            before, bar = places(window), window.status
            for kind, sentence, details in SAID:
                desk.say(kind, sentence, details, [desk.take_back] if kind == "done" else [])
                settle()
                assert places(window) == before, (page.key, kind)
                strip = window.messages
                assert strip.isVisible()
                assert window.rect().contains(QRect(strip.mapTo(window, QPoint(0, 0)), strip.size())), page.key
                words = strip._sentence
                assert words.height() >= words.heightForWidth(words.width()), f"{page.key}: the words are cut"
                assert bar.isVisible()
            window.messages._more.setChecked(True)
            window.progress.show()
            settle()
            assert places(window) == before, page.key
            window.progress.hide()
            window.messages.clear()
            settle()
            assert places(window) == before, page.key
    finally:
        show_letters_at(100)


def test_what_can_be_taken_back_stays_in_sight_beside_a_message(window: Window, desk: Desk) -> None:
    ids = [enter(desk.seat), enter(desk.seat, title="村口绿化")]
    window.visit("checklist")
    desk.do(entry.delete, ids[:1], TASKS)
    for kind, sentence, details in SAID:
        desk.say(kind, sentence, details)
        settle()
        strip, undo = window.messages, window.status._undo
        assert undo.isVisible()
        covered = QRect(strip.mapTo(window, QPoint(0, 0)), strip.size())
        assert not covered.intersects(QRect(undo.mapTo(window, QPoint(0, 0)), undo.size())), kind


def test_a_message_goes_when_what_it_says_is_taken_back_or_done_again(window: Window, desk: Desk) -> None:
    ids = [enter(desk.seat)]
    window.visit("checklist")
    desk.do(entry.delete, ids, TASKS)
    desk.done("已删除 1 项。")
    press(Qt.Key.Key_Z, CTRL)
    assert window.messages.text == ""
    desk.say("done", "已撤销。")
    press(Qt.Key.Key_Y, CTRL)
    assert window.messages.text == ""


def test_a_refusal_goes_with_the_next_step_whatever_it_is(window: Window, desk: Desk) -> None:
    task = enter(desk.seat)
    queries.ask(desk.seat, TASKS, task, "", "金额对吗")
    window.visit("checklist")
    page = window.pages["checklist"]
    for step in (page.new.trigger, page.tabs.button("draft").click, page.bulk.trigger, lambda: window.visit("home")):
        window.visit("checklist")
        page._show_list()
        page.table.step(0)
        desk.tell(Problem("这一项没有改动。"))
        assert window.messages.kind == "error"
        step()
        assert window.messages.text == ""
    window.visit("review")


def test_what_is_doubted_of_a_record_goes_when_another_is_shown_and_stands_over_the_next_new_one(
    window: Window, desk: Desk
) -> None:
    enter(desk.seat)
    window.visit("checklist", {"new": True})
    page = window.pages["checklist"]
    page.form.type_in({**TEXTS, "title": "公厕改造", "unit": "新设办"})
    page.form.next_action.trigger()
    assert page.form.record_id == 0
    assert "“公厕改造”，请再看一眼" in window.messages.text
    page.form.type_in({**TEXTS, "title": "村口绿化"})
    page.form.next_action.trigger()
    assert window.messages.text == "", "the next one was saved without a doubt"
    page.form.type_in({**TEXTS, "title": "垃圾房", "unit": "又设办"})
    page.form.save_action.trigger()
    assert "“垃圾房”，请再看一眼" in window.messages.text
    page.list.beside.open_record(page.table.ids[0])
    assert window.messages.text == ""


def test_an_error_about_one_kind_of_paper_goes_with_the_kind_and_the_tab(window: Window, desk: Desk) -> None:
    ids = [enter(desk.seat)]
    review.submit(desk.seat, ids)
    review.approve(desk.seat, ids)
    window.visit("papers")
    page = window.pages["papers"]
    for step in (lambda: page.making.choose("slip"), page.tabs.button(WORDINGS).click):
        desk.say("error", "承诺书没有做成。")
        step()
        assert window.messages.text == ""


def test_the_keys_reach_what_a_message_offers_and_come_back(window: Window, desk: Desk, qtbot) -> None:
    pressed: list[str] = []
    offer = add_action(desk, "去审核", "", "", "看待审核的", lambda: pressed.append("review"))
    enter(desk.seat)
    go_to_page("checklist")
    page = window.pages["checklist"]
    page.table.step(0)
    view = QApplication.focusWidget()
    desk.say("warning", LONG, "第 3 行", [offer])
    press(Qt.Key.Key_F12)
    assert QApplication.focusWidget().text() == "去审核"
    press(Qt.Key.Key_Return)
    assert pressed == ["review"]
    reached = []
    for _stop in range(4):
        reached.append(QApplication.focusWidget())
        press(Qt.Key.Key_Tab)
    assert [button.text() for button in reached] == ["去审核", "详情", "复制", ""]
    reached[1].setFocus()
    press(Qt.Key.Key_Return)
    assert window.messages._details.isVisible()
    press(Qt.Key.Key_Escape)
    assert window.messages.text == ""
    assert QApplication.focusWidget() is view
    press(Qt.Key.Key_F12)
    assert QApplication.focusWidget() is view, "there is no message"


def test_a_colour_never_stands_without_a_sign_and_a_word(window: Window, desk: Desk) -> None:
    for kind, word in (("done", "完成"), ("info", "提示"), ("warning", "请注意"), ("error", "没有做成")):
        desk.say(kind, "一句话")
        assert window.messages._picture.pixmap().width() > 0
        assert window.messages._picture.toolTip() == word
        assert window.messages.accessibleName() == f"{word}：一句话"


def test_a_message_by_the_clock_moves_nothing_while_something_is_typed(window: Window, desk: Desk) -> None:
    window.visit("checklist", {"new": True})
    type_text("half")
    come_to_rest(window)
    before = places(window)
    desk.say("info", "今天的备份已做好，但只放在这台电脑里。")  # as the copies of the day do
    settle()
    assert places(window) == before
    type_text("way")
    assert window.messages.text, "typing is no step"
    assert window.messages.findChildren(QPushButton)
