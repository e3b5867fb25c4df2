"""The first minutes: first start, picking a name, data that cannot be opened."""

import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget

from huajie_desktop import office
from huajie_desktop.application import Application
from huajie_desktop.folders import KNOCK, LOCK
from huajie_desktop.lock import in_use, knock, was_knocked
from huajie_desktop.work import review
from huajie_desktop.work.glance import look
from tests.folders import lay_office, open_office
from tests.killed import killed
from tests.office import enter
from tests.ui.hands import show_letters_at
from tests.ui.keys import CTRL, press, type_text
from ui.shell.first_start import FirstStart
from ui.shell.main import Program, run
from ui.shell.restore_sheet import RestoreSheet
from ui.shell.start import Failed, SignIn
from ui.theme import text_size
from ui.widgets.buttons import ActionButton


def begin(qtbot, started: Program, name: str = "王五", categories: str = "") -> None:
    """Says township and name at the first start and waits until the data is made."""
    assert isinstance(started.window.stack.currentWidget(), FirstStart)
    type_text("花街镇")
    press(Qt.Key.Key_Return)
    with qtbot.waitSignal(started.jobs.finished):
        type_text(name)
        press(Qt.Key.Key_Return)
        if categories:
            type_text(categories)
        press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: started.window.current == "home")


@pytest.fixture
def program(programs):
    return programs


def test_the_first_start_sets_up_the_township_and_later_ones_ask_for_a_name(program, qtbot) -> None:
    first = program()
    asked = first.window.stack.currentWidget()
    assert isinstance(asked, FirstStart)
    QTest.keyClick(asked.first, Qt.Key.Key_Return)
    assert first.window.current == ""
    begin(qtbot, first)
    assert first.window.bar.office.text().startswith(f"花街镇 · {date.today().year} 年")
    assert first.window.bar.person.text() == "王五"
    with first.sitting.desk.reading() as session:
        assert len(office.units(session)) == 28
    first.window.close()

    second = program()
    assert isinstance(second.window.stack.currentWidget(), SignIn)
    press(Qt.Key.Key_Return)
    assert second.window.current == "home"
    assert second.sitting.desk.seat.author.name == "王五"


def test_whoever_types_the_name_with_a_blank_sees_the_first_page_at_once_too(program, qtbot, tmp_path: Path) -> None:
    first = program()
    begin(qtbot, first)
    qtbot.waitUntil(lambda: look(tmp_path / "data", date.today()) is not None)
    first.window.close()
    entered: list[object] = []
    second = Program(tmp_path / "data", "王 五")
    second.usable.connect(lambda: entered.append(second.sitting))
    with qtbot.waitSignal(second.jobs.finished):
        second.begin()
    assert entered[0] is None, "before the data was open"
    assert second.sitting is not None
    assert second.sitting.desk is not None
    assert second.sitting.desk.seat.author.name == "王五"
    second.window.close()
    second.window.deleteLater()


def test_the_first_page_is_kept_for_the_days_to_come_when_the_window_is_closed(program, qtbot, tmp_path: Path) -> None:
    """The first start of a day, as after a weekend, shows it at once."""
    first = program()
    begin(qtbot, first)
    day = date.today()
    qtbot.waitUntil(lambda: look(tmp_path / "data", day) is not None)
    first.window.close()
    kept = [look(tmp_path / "data", day + timedelta(days=ahead)) for ahead in (0, 1, 3, 10)]
    assert [glance and (glance.day - day).days for glance in kept] == [0, 1, 3, 10]
    assert look(tmp_path / "data", day - timedelta(days=1)) is None


def test_a_year_out_of_range_and_an_empty_township_are_told_at_their_field(program) -> None:
    started = program()
    asked = started.window.stack.currentWidget()
    asked._township.setText(" ")
    asked._name.setText("王五")
    asked.button.click()
    assert asked._errors["township"][1].text().startswith("请填写乡镇名称")
    assert started.window.current == ""


def test_data_in_use_elsewhere_is_said_and_the_status_is_not_zero(program, tmp_path: Path) -> None:
    other = Application.create(tmp_path / "data")
    try:
        started = program()
        assert isinstance(started.window.stack.currentWidget(), Failed)
        assert started.status == 1
    finally:
        other.close()


def test_the_person_at_the_desk_can_change(program, qtbot) -> None:
    started = program()
    begin(qtbot, started)
    started.window.bar.person.click()
    assert isinstance(started.window.stack.currentWidget(), SignIn)
    QApplication.focusWidget().selectAll()
    type_text("赵六")
    press(Qt.Key.Key_Return)
    assert started.sitting.desk.seat.author.name == "赵六"
    assert started.window.current == "home"


def test_the_first_page_stands_there_again_before_the_data_is_open(program, tmp_path: Path, qtbot) -> None:
    first = program("王五")
    begin(qtbot, first)
    first.window.close()

    second = Program(tmp_path / "data", "王五")
    seen: list[tuple[bool, str]] = []
    second.usable.connect(lambda: seen.append((second.sitting is None, second.window.bar.office.text())))
    with qtbot.waitSignal(second.jobs.finished):
        second.begin()
        qtbot.waitUntil(lambda: bool(seen))
        page = second.window.stack.currentWidget()
        page.tiles["draft"].click()
    assert seen[0] == (True, f"花街镇 · {date.today().year} 年任务清单")
    assert second.window.current == "checklist", "where the clerk asked to go is not forgotten"
    second.window.close()
    second.window.deleteLater()


def test_papers_that_were_not_written_are_told_at_the_start_and_offered_on_their_page(program, qtbot, tmp_path: Path) -> None:
    office = open_office(tmp_path / "data", date(2021, 3, 1))
    ids = [enter(office)]
    review.submit(office, ids)
    review.approve(office, ids)
    office.data.close()
    killed(_DIES_BEFORE_THE_FILE, tmp_path / "data", tmp_path / "承诺书.pdf", tmp_path / "system")
    started = program("张三")
    assert "1 份文书已编号登记，但文件没有写完" in started.window.messages.text
    started.window.messages.findChild(ActionButton).click()
    page = started.window.pages["papers"]
    strip = page.unwritten
    assert started.window.current == "papers"
    assert strip.isVisible()
    QApplication.processEvents()
    # the tabs may become wider by the count of what waits to be signed
    before = page.tabs.pos(), page.making.geometry(), page._stack.geometry()
    with qtbot.waitSignal(started.jobs.finished):
        strip.again.trigger()
    QApplication.processEvents()
    assert (page.tabs.pos(), page.making.geometry(), page._stack.geometry()) == before, "nothing moves under the mouse"
    assert (tmp_path / "承诺书.pdf").read_bytes().startswith(b"%PDF")
    assert not strip.isVisible()


_DIES_BEFORE_THE_FILE = """
from huajie_desktop.papers.making import Order, make
die_at(".pdf")
make(seat(), Order("pledge"), out)
"""


def stops() -> list[str]:
    """What Tab goes to, by its words, until it comes round."""
    seen: list[QWidget] = []
    while (widget := QApplication.focusWidget()) not in seen:
        seen.append(widget)
        press(Qt.Key.Key_Tab)
    return [widget.text() if isinstance(widget, QPushButton) else type(widget).__name__ for widget in seen]


def test_tab_reaches_every_field_and_button_of_the_first_page(program) -> None:
    asked = program().window.stack.currentWidget()
    assert QApplication.focusWidget() is asked._township
    reached = stops()
    assert reached[:6] == ["TownshipLine", "QLineEdit", "Spin", "ChoiceEdit", "开始使用", "从备份恢复…"]


def test_enter_presses_the_button_with_the_focus_where_data_did_not_open(program, tmp_path: Path, qtbot) -> None:
    other = Application.create(tmp_path / "data")
    try:
        started = program()
        failed = started.window.stack.currentWidget()
        assert isinstance(failed, Failed)
        assert {"关闭", "从备份恢复…"} <= set(stops())
        failed.setFocus()
        with qtbot.waitSignal(failed.closed):
            press(Qt.Key.Key_Return)
    finally:
        other.close()


def test_enter_presses_the_buttons_of_the_page_of_copies_and_tab_reaches_them(
    program, tmp_path: Path, qtbot, monkeypatch
) -> None:
    started = program()
    with qtbot.waitSignal(started.sitting.restore_asked):
        for _stop in range(5):
            press(Qt.Key.Key_Tab)
        press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(started.window.stack.currentWidget(), RestoreSheet))
    started.window.activateWindow()
    qtbot.waitUntil(started.window.isActiveWindow)
    sheet = started.window.stack.currentWidget()
    sheet.setFocus()
    assert {" 选放备份的 U 盘或文件夹", "返回"} <= set(stops())
    asked: list[object] = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: asked.append(None) or "")
    sheet.setFocus()
    press(Qt.Key.Key_Return)
    assert asked == [None]


def test_the_text_can_be_made_larger_before_there_is_an_office_and_stays_so(program, qtbot, tmp_path: Path) -> None:
    started = program()
    asked = started.window.stack.currentWidget()
    width = asked._holder.width()
    try:
        press(Qt.Key.Key_BracketRight, CTRL)
        qtbot.waitUntil(lambda: text_size() == 110)
        assert asked._holder.width() > width
        assert not (tmp_path / "data" / "window.ini").exists(), "nothing may lie there before an office does"
        begin(qtbot, started)
        qtbot.waitUntil(lambda: started.preferences.text_size == 110)
    finally:
        show_letters_at(100)


def test_a_second_start_brings_the_first_window_forward_and_ends(program, qtbot, tmp_path: Path) -> None:
    """Also from the taskbar, and while the first one asks who is there."""
    lay_office(tmp_path / "data")
    first = program()
    first.window.showMinimized()
    ended: list[int] = []
    second = threading.Thread(target=lambda: ended.append(run(tmp_path / "data")))
    second.start()
    qtbot.waitUntil(lambda: bool(ended))
    second.join()
    assert ended == [0]
    assert not first.window.isMinimized()
    qtbot.waitUntil(first.window.isActiveWindow)
    assert not (tmp_path / "data" / KNOCK).exists()


def test_a_window_that_was_killed_or_does_not_answer_blocks_no_start_for_ever(program, tmp_path: Path) -> None:
    lay_office(tmp_path / "data")
    (tmp_path / "data" / LOCK).touch()
    (tmp_path / "data" / KNOCK).touch()  # somebody knocked, and the program was killed before it looked
    assert not in_use(tmp_path / "data")
    started = program("张三")
    assert started.window.current == "home"
    assert not (tmp_path / "data" / KNOCK).exists()
    assert in_use(tmp_path / "data")
    started._knocks.stop()  # as if it stood still
    assert not knock(tmp_path / "data", patience=0.1)
    assert not (tmp_path / "data" / KNOCK).exists(), "it does not come forward later without a reason"
    assert not in_use(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_typing_replaces_the_name_that_stands_there(program, tmp_path: Path) -> None:
    lay_office(tmp_path / "data")
    started = program()
    name = QApplication.focusWidget()
    assert (name.text(), name.selectedText()) == ("张三", "张三")
    type_text("赵六")
    press(Qt.Key.Key_Return)
    assert started.sitting.desk.seat.author.name == "赵六"
    started.window.bar.person.click()
    assert QApplication.focusWidget().selectedText() == "赵六"


def test_a_knock_that_cannot_be_taken_away_does_not_bring_the_window_forward_for_ever(tmp_path: Path) -> None:
    (tmp_path / KNOCK).mkdir()  # as good as a file another program holds
    assert not was_knocked(tmp_path)
    assert not knock(tmp_path, patience=0.1)
