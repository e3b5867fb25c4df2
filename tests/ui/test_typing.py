"""What can be typed: days in words, keys and the calendar that move them, sums, usual phrases; shown before it is saved."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from db.models import Task
from huajie_desktop import phrases
from huajie_desktop.work import review
from huajie_desktop.work.task_ledger import TASKS
from tests.office import TEXTS, enter
from tests.ui.hands import show_letters_at
from tests.ui.keys import ALT, CTRL, NONE, type_text
from ui.desk.desk import Desk
from ui.forms.day_editor import DayEditor
from ui.forms.editors import LongEditor
from ui.forms.kept_form import KeptForm
from ui.forms.line_editor import SumEditor
from ui.shell.window import Window


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Presses a key where the focus is, within a pop-up if one is open, as the screen's own would go."""
    popup = QApplication.activePopupWidget()
    widget = (popup.focusWidget() or popup) if popup else QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)


@pytest.fixture
def form(window: Window) -> KeptForm:
    window.visit("checklist", {"new": True})
    found: KeptForm = window.pages["checklist"].form
    return found


def day_of(form: KeptForm, key: str = "due") -> DayEditor:
    editor = form.boxes[key].editor
    assert isinstance(editor, DayEditor)
    form.focus(key)
    return editor


def test_a_word_says_at_once_what_it_means_and_becomes_that_when_left(form: KeptForm) -> None:
    due = day_of(form)
    type_text("下周一")
    assert (due.text(), due.said) == ("下周一", "2021年3月15日 星期一")
    assert form.texts()["due"] == "2021年3月15日", "it is saved as what it means, even without leaving the line"
    press(Qt.Key.Key_Return)
    assert (due.text(), due.said) == ("2021年3月15日", "")
    form.focus("due")
    press(Qt.Key.Key_Z, CTRL)
    assert due.text() == "下周一"
    due.set_value("")
    type_text("8月底前")
    assert due.said == "2021年8月31日 星期二"
    press(Qt.Key.Key_Return)
    assert due.text() == "8月底前", "the words of a deadline are kept"
    finished = day_of(form, "finished_on")
    type_text("昨天")
    press(Qt.Key.Key_Return)
    assert finished.text() == "2021-03-09"


def test_a_sign_within_a_day_is_a_sign(form: KeptForm) -> None:
    due = day_of(form, "finished_on")
    due.set_value("2021-03-09")
    press(Qt.Key.Key_Home)
    for _ in range(4):
        press(Qt.Key.Key_Right)
    type_text("-")
    assert due.text() == "2021--03-09"
    press(Qt.Key.Key_Backspace)
    assert due.text() == "2021-03-09"


def test_what_a_record_says_already_is_never_told_anew(form: KeptForm, desk: Desk) -> None:
    due = day_of(form)
    due.set_value("今天")  # as from a draft of another day
    assert due.value() == "今天"
    amount = form.boxes["investment"].editor
    amount.set_value("3+4")
    assert amount.value() == "3+4"


@pytest.mark.parametrize(
    ("stands", "keys", "becomes"),
    [
        ("2021-03-31", [Qt.Key.Key_Plus], "2021-04-01"),
        ("2021-03-31", [Qt.Key.Key_Minus], "2021-03-30"),
        ("2021-12-31", [Qt.Key.Key_Up], "2022-01-01"),
        ("2024-02-28", [Qt.Key.Key_Up], "2024-02-29"),
        ("2022-01-01", [Qt.Key.Key_Down, Qt.Key.Key_Down], "2021-12-30"),
        ("", [Qt.Key.Key_Down], "2021-03-10"),
        ("2021-03-31", [Qt.Key.Key_Plus, Qt.Key.Key_7], "2021-04-07"),
        ("2021-03-31", [Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Minus], "2021-03-30"),
        ("", [Qt.Key.Key_Plus, Qt.Key.Key_7], "2021-03-17"),
        ("全年", [Qt.Key.Key_Up], "全年"),
    ],
)
def test_keys_move_a_day(form: KeptForm, stands: str, keys: list[Qt.Key], becomes: str) -> None:
    finished = day_of(form, "finished_on")
    finished.set_value(stands)
    for key in keys:
        press(key)
    assert finished.value() == becomes


def test_months_go_by_ctrl_and_never_to_a_day_that_is_not_there(form: KeptForm) -> None:
    finished = day_of(form, "finished_on")
    finished.set_value("2024-01-31")
    press(Qt.Key.Key_Up, CTRL)
    assert finished.text() == "2024-02-29"
    press(Qt.Key.Key_Down, CTRL)
    assert finished.text() == "2024-01-29"
    press(Qt.Key.Key_Semicolon, CTRL)
    assert finished.text() == "2021-03-10"
    due = day_of(form)
    due.set_value("8月底前")
    press(Qt.Key.Key_Up)
    assert due.text() == "8月底前"


def test_signs_and_digits_of_an_input_method_do_the_same(form: KeptForm) -> None:
    finished = day_of(form, "finished_on")
    finished.set_value("2021-03-31")
    type_text("＋")
    assert finished.text() == "2021-04-01"
    type_text("１")
    type_text("０")
    assert finished.value() == "2021-04-10"
    due = day_of(form)
    type_text("３月１日")
    type_text("－")  # within what is being typed it is text
    assert due.text() == "３月１日－"


def test_the_calendar_goes_by_keys_and_keeps_words(form: KeptForm) -> None:
    due = day_of(form)
    due.set_value("2021-12-31")
    press(Qt.Key.Key_Down, ALT)
    calendar = QApplication.activePopupWidget()
    assert calendar is not None
    assert calendar.month.locale().dayName(1) == "星期一"
    assert calendar.month.firstDayOfWeek() == Qt.DayOfWeek.Monday
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    assert QApplication.activePopupWidget() is None
    assert due.text() == "2022年1月1日"
    assert QApplication.focusWidget() is due
    due.set_value("2月底前")
    press(Qt.Key.Key_Down, ALT)
    press(Qt.Key.Key_Return)
    assert due.text() == "2月底前", "its very day was picked"
    press(Qt.Key.Key_Down, ALT)
    press(Qt.Key.Key_PageDown)
    press(Qt.Key.Key_Escape)
    assert due.text() == "2月底前"
    press(Qt.Key.Key_Down, ALT)
    press(Qt.Key.Key_Semicolon, CTRL)
    assert due.text() == "2021年3月10日"


@pytest.mark.parametrize("percent", [100, 160])
def test_the_calendar_and_the_phrases_fit_the_screen(window: Window, percent: int) -> None:
    show_letters_at(percent)  # as the window does it: a style sheet put on by itself outlives widgets that are freed
    try:
        window.visit("checklist", {"new": True})
        form: KeptForm = window.pages["checklist"].form
        screen = window.screen().availableGeometry()
        for key in ("due", "content"):
            form.focus(key)
            press(Qt.Key.Key_Down, ALT)
            popup = QApplication.activePopupWidget()
            assert popup is not None
            assert screen.contains(popup.geometry())
            assert popup.width() >= popup.minimumSizeHint().width()
            popup.close()
    finally:
        show_letters_at(100)


def test_the_small_button_opens_the_calendar_and_a_click_takes_a_day(form: KeptForm) -> None:
    due = day_of(form)
    due.button.trigger()
    calendar = QApplication.activePopupWidget()
    assert calendar is not None
    calendar.month.clicked.emit(calendar.month.selectedDate().addDays(5))
    assert due.text() == "2021年3月15日"


def test_sums_are_worked_out_before_they_are_saved(form: KeptForm, desk: Desk) -> None:
    form.type_in({key: text for key, text in TEXTS.items() if key != "investment"})
    amount = form.boxes["investment"].editor
    assert isinstance(amount, SumEditor)
    form.focus("investment")
    type_text("１２。５")
    type_text("＋")
    type_text("３")
    assert amount.said == "= 15.5万元"
    press(Qt.Key.Key_S, CTRL)
    with desk.reading() as session:
        assert session.get_one(Task, form.record_id).investment == 155_000
    assert amount.text() == "15.5"


@pytest.mark.parametrize("text", ["8月底前", "2021.8", "8/15", "12-8", "三季度"])
def test_a_day_in_a_field_of_money_is_an_error_that_loses_nothing(form: KeptForm, text: str) -> None:
    form.type_in(TEXTS)
    form.focus("investment")
    amount = form.boxes["investment"].editor
    amount.selectAll()
    type_text(text)
    press(Qt.Key.Key_S, CTRL)
    assert not form.record_id
    assert amount.text() == text
    assert "计划投资" in form.boxes["investment"].error or "金额" in form.boxes["investment"].error


def test_an_amount_kept_that_looks_like_a_month_stops_no_saving_of_another_field(window: Window, desk: Desk) -> None:
    task = enter(desk.seat, investment="2021.8万")
    window.visit("checklist", {"id": task})
    form: KeptForm = window.pages["checklist"].form
    form.type_in({"content": "安装路灯15盏"})
    form.save_action.trigger()
    with desk.reading() as session:
        kept = session.get_one(Task, task)
        assert (kept.content, kept.investment) == ("安装路灯15盏", 20_218_000)


def test_new_records_begin_with_today_and_this_month(window: Window, desk: Desk) -> None:
    window.visit("ledgers", {"ledger": "disputes", "new": True})
    form: KeptForm = window.pages["ledgers"].pane.list.form
    assert form.texts()["accepted_on"] == "2021-03-10"
    form.boxes["accepted_on"].editor.set_value("")
    form.type_in({"summary": "宅基地排水纠纷", "village": "倪宅村", "kind": "邻里"})
    form.save_action.trigger()
    assert form.boxes["accepted_on"].error == "请填写受理日期"
    form.type_in({"accepted_on": "待定"})
    form.save_action.trigger()
    assert "完成时限" not in form.boxes["accepted_on"].error
    assert "不是日期" in form.boxes["accepted_on"].error
    form.discard()
    form.keep()
    window.visit("ledgers", {"ledger": "progress", "new": True})
    assert window.pages["ledgers"].pane.list.form.texts()["month"] == "3月"


def test_a_slip_is_dated_today_and_can_do_without(window: Window, desk: Desk) -> None:
    enter(desk.seat)
    window.visit("papers", {"kind": "slip"})
    asked = window.pages["papers"].making.asked
    assert asked.texts()["交办日期"] == "2021-03-10"


def test_phrases_are_picked_kept_reworded_and_dropped_by_keys(form: KeptForm, desk: Desk, qtbot: QtBot) -> None:
    def kept() -> list[str]:
        with desk.reading() as session:
            return phrases.phrases(session, TASKS.fields["content"].label)

    content = form.boxes["content"].editor
    assert isinstance(content, LongEditor)
    form.focus("content")
    press(Qt.Key.Key_Down, ALT)
    press(Qt.Key.Key_Escape)
    type_text("每月走访一次")
    press(Qt.Key.Key_Down, ALT)
    press(Qt.Key.Key_S, CTRL)
    assert kept() == ["每月走访一次"]
    press(Qt.Key.Key_Escape)
    content.set_value("")
    phrases.keep_phrase(desk.seat, TASKS.fields["content"].label, "第一行\n第二行")
    press(Qt.Key.Key_Down, ALT)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert content.value() == "每月走访一次"
    assert kept() == ["每月走访一次", "第一行\n第二行"], "the one used last is in front"
    press(Qt.Key.Key_Down, ALT)
    press(Qt.Key.Key_Delete)
    assert kept() == ["第一行\n第二行"]
    press(Qt.Key.Key_Z, CTRL)
    assert kept() == ["每月走访一次", "第一行\n第二行"]
    press(Qt.Key.Key_F2)
    type_text("每周走访一次")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kept() == ["每周走访一次", "第一行\n第二行"])
    press(Qt.Key.Key_F2)
    type_text("长" * 501)
    with qtbot.waitSignal(desk.said):
        press(Qt.Key.Key_Return)
    assert kept() == ["每周走访一次", "第一行\n第二行"]
    qtbot.waitUntil(lambda: content.usual.list.phrases == kept())  # what was not kept is not shown as if it were
    press(Qt.Key.Key_Escape)
    assert content.value() == "每月走访一次"


def test_reasons_are_offered_where_a_task_is_returned(window: Window, desk: Desk) -> None:
    task = enter(desk.seat)
    review.submit(desk.seat, [task])
    window.visit("checklist", {"id": task})
    page = window.pages["checklist"]
    said: list[str] = []

    def write() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or not dialog.isActiveWindow():
            QTimer.singleShot(10, write)
            return
        dialog.words.setFocus()
        press(Qt.Key.Key_Down, ALT)
        press(Qt.Key.Key_Return)
        said.append(dialog.words.toPlainText())
        dialog.yes.click()

    QTimer.singleShot(0, write)
    page.list.table.setFocus()
    page.send_back.trigger()
    with desk.reading() as session:
        kept = session.get_one(Task, task)
        assert (kept.state, kept.return_reason) == ("returned", said[0])
        assert said[0] == phrases.phrases(session, phrases.RETURNING)[0]


def test_the_words_below_a_line_stay_within_the_window(form: KeptForm, window: Window) -> None:
    due = day_of(form)
    type_text("今天")
    bubble = due._bubble
    assert bubble is not None
    place = bubble.mapTo(window, QPoint(0, 0))
    assert window.rect().contains(place)
    assert place.y() + bubble.height() <= window.height()
