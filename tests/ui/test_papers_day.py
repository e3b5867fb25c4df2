"""A day at the papers' page: the scanner, the day of issue, one button to print, words without code."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.models import Paper
from huajie_desktop.papers import wordings
from huajie_desktop.papers.making import Order, make
from huajie_desktop.papers.samples import own_fields
from huajie_desktop.work import review
from tests.office import enter
from tests.ui.hands import show_letters_at, wait
from tests.ui.keys import go_to_page, press, type_text
from ui.pages.papers.papers_page import REGISTER, WORDINGS, PapersPage
from ui.pages.papers.wording_marks import TOLD
from ui.theme import scaled
from ui.widgets.buttons import ActionButton


@pytest.fixture
def page(app, window) -> PapersPage:
    ids = [enter(app, title=f"任务{n}", unit=unit) for unit in ("倪宅村", "杨杭村") for n in range(2)]
    review.submit(app, ids)
    review.approve(app, ids)
    go_to_page("papers")
    return window.pages["papers"]


def click(widget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))


def scan(app, about: str) -> None:
    """What a scanner types, wherever the focus is."""
    for letter in codes(app)[about]:  # the first one moves the focus
        QTest.keyClick(QApplication.focusWidget(), letter)
    press(Qt.Key.Key_Return)


def codes(app) -> dict[str, str]:
    with app.reading() as session:
        return {paper.about: paper.code for paper in session.query(Paper)}


def test_a_scan_is_taken_after_a_click_on_the_tab_and_wherever_the_focus_is(page, app, window, tmp_path) -> None:
    make(app, Order("pledge"), tmp_path / "a.pdf")
    click(page.tabs.button(REGISTER))
    assert QApplication.focusWidget() is page.register.scan
    scan(app, "倪宅村")
    assert "已登记签回" in window.messages.text
    register = page.register
    for elsewhere in (register.table.view, register.tabs.button("late")):
        elsewhere.setFocus()
        scan(app, "杨杭村")
        assert "杨杭村" in window.messages.text
        assert register.scan.text() == ""
        window.messages.clear()
    show_letters_at(160)
    assert min(field.width() for field in (register.scan, register.search)) >= scaled(140), "room to see what was typed"
    show_letters_at(100)
    register.search.setFocus()
    type_text("hj")
    assert (register.search.text(), register.scan.text()) == ("hj", ""), "who types into a field means that field"
    register.tabs.button("late").setFocus()
    press(Qt.Key.Key_Space)
    assert (register.tabs.key, register.scan.text()) == ("late", ""), "keys of a button stay its own"


def test_the_day_of_issue_is_today_and_another_day_the_next(page, app, desk, qtbot) -> None:
    making = page.making
    making.choose("slip")
    assert making.asked.texts()["交办日期"] == "2021-03-10"
    making.choose("pledge")
    desk.seat.data.today = lambda: date(2021, 3, 11)
    page.refresh(None)
    making.choose("slip")
    assert making.asked.texts()["交办日期"] == "2021-03-11", "nobody typed the day before"
    making.asked._body.boxes["交办日期"].editor.set_value("2021-02-01")
    desk.seat.data.today = lambda: date(2021, 3, 12)
    page.refresh(None)
    assert making.asked.texts()["交办日期"] == "2021-02-01", "what somebody typed stays"


def test_a_slip_made_by_command_leaves_the_day_to_the_hand(page, app, tmp_path) -> None:
    """Nobody saw a day there; and its scan does not take another day for a change."""
    make(app, Order("slip"), tmp_path / "a.pdf")
    before = codes(app)
    app.data.today = lambda: date(2021, 5, 1)
    make(app, Order("slip"), tmp_path / "b.pdf")
    assert codes(app) == before


def test_there_is_one_button_to_print_while_a_draft_is_looked_at(page, desk, qtbot) -> None:
    press(Qt.Key.Key_F9)
    wait(qtbot, desk)
    assert page.making.shelf.view.pages is not None
    words = [button.text().strip() for button in page.findChildren(ActionButton) if button.isVisible()]
    assert [word for word in words if "打印" in word] == ["打印…"]


def test_the_sample_of_a_wording_is_of_this_offices_own_first_unit(page, app, desk, qtbot) -> None:
    page.show_subject(WORDINGS)
    page.refresh(None)
    part = page.wordings
    qtbot.waitUntil(lambda: part.view.pages is not None and not desk.jobs.busy)
    words = part.view.pages._documents[0][0].get_textpage().get_text_range()
    with app.reading() as session:
        own = own_fields(session, "pledge-village", app.today())
        other = own_fields(session, "pledge-office", app.today())
    assert f"花街镇{own['单位']}2021年干事承诺书" in words
    assert "〔单位〕" not in words
    assert other.get("单位") != own["单位"]


def test_fields_and_layout_of_a_wording_are_called_by_name(page, desk, qtbot) -> None:
    page.show_subject(WORDINGS)
    page.refresh(None)
    part = page.wordings
    names = [part.fields.item(row).text() for row in range(part.fields.count())]
    assert names[:3] == ["表：承诺事项表", "镇", "年份"]
    for name in ("缩进两格", "靠右", "分栏", "落款盖章", "横的 A4 纸"):
        assert name in names
    shown = TOLD + "".join(names)
    assert not set("{}→｜|#") & set(shown), "no code is asked of a clerk"
    part.text.setFocus()
    part.text.moveCursor(part.text.textCursor().MoveOperation.End)
    for name in ("靠右", "单位"):
        part.fields.setFocus()
        part.fields.setCurrentRow(names.index(name))
        press(Qt.Key.Key_Return)
    assert part.text.toPlainText().endswith("→{单位}")
    assert not part.fault.text()
    block = part.text.document().lastBlock()
    tinted = [(span.start, span.length) for span in block.layout().formats()]
    assert (len(block.text()) - 4, 4) in tinted, "a field is to be seen as such"
    for row, name in enumerate(names):  # every mark is one that can be printed, where it stands alone
        part.fields.setCurrentRow(row)
        part.text.setPlainText(part._kept + "\n")
        part.text.moveCursor(part.text.textCursor().MoveOperation.End)
        part.fields.itemActivated.emit(part.fields.item(row))
        assert not part.fault.text(), name
    part.undo_typing.trigger()


def test_what_is_typed_while_a_sample_is_made_is_not_lost_and_saving_waits_for_it(page, app, desk, window, qtbot) -> None:
    page.show_subject(WORDINGS)
    page.refresh(None)
    part = page.wordings
    qtbot.waitUntil(lambda: part.view.pages is not None and not desk.jobs.busy)
    part.text.setFocus()
    part.text.moveCursor(part.text.textCursor().MoveOperation.End)
    type_text("附一")
    part._on_pause()
    assert desk.jobs.busy
    type_text("附二")
    assert part.text.toPlainText().endswith("附一附二")
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.messages.kind == "done")
    with app.reading() as session:
        assert wordings.current(session, part.name).text.rstrip().endswith("附一附二")
