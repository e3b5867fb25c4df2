"""Doubts at the window: marked in list, card and review, a filter, one key; one record in the way never stops the others."""

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from huajie_desktop.receiving import importing, intake
from huajie_desktop.records.doubts import doubted_fields
from huajie_desktop.records.listing import Wanted, record_ids
from huajie_desktop.work import checklist, queries
from huajie_desktop.work.task_ledger import TASKS
from tests.ui.hands import HEADERS, LAMP, answer, book, wait
from tests.ui.keys import CTRL, press
from ui.desk.desk import Desk
from ui.pages.checklist.checklist_page import ChecklistPage
from ui.pages.importing.import_page import ImportPage
from ui.pages.review.review_page import ReviewPage
from ui.shell.window import Window
from ui.widgets.badge import MARK_ROLE
from ui.widgets.dialogs import Question

VAGUE = ["干事承诺", "反诈宣传入户", "上门宣传", None, "张三", "12月前"]


def states(desk: Desk) -> dict[str, int]:
    with desk.reading() as session:
        counts = checklist.state_counts(session, checklist.TaskFilter(), today=desk.today)
    return {state: count for state, count in counts.items() if count and state != "all"}


def doubted(desk: Desk, ids: list[int]) -> list[int]:
    with desk.reading() as session:
        return list(doubted_fields(session, TASKS, ids))


@pytest.fixture
def taken(desk: Desk, tmp_path):
    """Takes rows of a village in; their ids."""

    def take(*rows: list[object]) -> list[int]:
        intake.apply(desk.seat, importing.preview(desk.seat, [book(tmp_path / "倪宅.xlsx", *rows)]))
        with desk.reading() as session:
            return list(record_ids(session, TASKS, Wanted()))

    return take


def reviewing(window: Window) -> ReviewPage:
    window.visit("review")
    found = window.pages["review"]
    assert isinstance(found, ReviewPage)
    return found


def test_311_with_one_open_query_are_approved_in_2_keys(window: Window, desk: Desk, taken) -> None:
    ids = taken(*([LAMP[0], f"路灯{n}", *LAMP[2:]] for n in range(311)))
    queries.ask(desk.seat, TASKS, ids[200], "due", "哪一天？")
    page = reviewing(window)
    page.setFocus()
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_Return, CTRL)
    assert states(desk) == {"approved": 310, "submitted": 1}
    assert window.messages.text == (
        "已通过 310 项，已编号。可以到“文书”打印。留下 1 项：倪宅村的任务“路灯200”还有 1 条疑问没有关闭，不能通过。"
    )
    assert list(page.table.model.ids) == [ids[200]]
    desk.undo()
    assert states(desk) == {"submitted": 311}
    press(Qt.Key.Key_F3)
    assert list(page.table.model.ids) == [ids[200]], "just the one that was left, among all that wait again"


def test_a_reviewer_sees_what_was_doubted_and_one_key_settles_what_is_shown(window: Window, desk: Desk, taken) -> None:
    vague, clear, other = taken(VAGUE, LAMP, [*VAGUE[:1], "另一项", *VAGUE[2:]])
    page = reviewing(window)
    assert page.table.current_id() == vague
    (line,) = [line for line in page.record.lines if line.key == "due"]
    assert "待核对：“12月前”按" in line.findChildren(type(page.record.heading))[-1].text()
    name = page.table.model.index(0, [column.key for column in page.table.model.columns].index("title"))
    assert name.data(MARK_ROLE) == "待核对"
    page.waiting.filters.chips["doubted"].set_value(True)
    page.waiting.filters.changed.emit()
    assert list(page.table.model.ids) == [vague, other]
    page.setFocus()
    assert page.approve.text() == "核对并通过"
    press(Qt.Key.Key_Return, CTRL)
    assert (doubted(desk, [vague, clear, other]), states(desk)) == ([other], {"approved": 1, "submitted": 2})
    press(Qt.Key.Key_F8)
    assert doubted(desk, [other]) == []
    assert list(page.table.model.ids) == []


def test_in_bulk_those_with_doubts_stay_and_are_named(window: Window, desk: Desk, taken) -> None:
    taken(VAGUE, LAMP, [*VAGUE[:1], "另一项", *VAGUE[2:]])
    page = reviewing(window)
    page.setFocus()
    press(Qt.Key.Key_A, CTRL)
    assert page.approve.text() == "通过 3 项"
    press(Qt.Key.Key_Return, CTRL)
    assert states(desk) == {"approved": 1, "submitted": 2}
    assert "留下 2 项：倪宅村的任务“反诈宣传入户”的完成时限还没有核对，没有通过。（共 2 项，见详情）" in window.messages.text
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_Return, CTRL)
    assert states(desk) == {"approved": 3}


def test_the_button_asks_about_the_field_that_is_framed_and_so_does_the_right_click(window: Window, desk: Desk, taken) -> None:
    (task,) = taken(VAGUE)
    page = reviewing(window)
    line = next(line for line in page.record.lines if line.key == "due")
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    said: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, Question) or not dialog.isActiveWindow():
            QTimer.singleShot(10, look)
            return
        said.append(dialog.windowTitle())
        dialog.words.setPlainText("哪一天？")
        QTest.keyClick(dialog.words, Qt.Key.Key_Return, CTRL)

    QTimer.singleShot(0, look)
    button = next(found for found in page.findChildren(QPushButton) if found.text().strip() == "提出疑问" and found.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert said == ["对“完成时限”提出疑问"]
    with desk.reading() as session:
        assert [query.field for query in queries.query_lines(session, TASKS, task)] == ["due"]
    page.record.menu_asked.emit("due", page.mapToGlobal(page.rect().center()))
    menu = page.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["对“完成时限”提出疑问", "“完成时限”核对无误"]
    page.record.go_to("due")
    menu.actions()[1].trigger()
    menu.close()
    assert doubted(desk, [task]) == []


def test_the_card_says_at_its_field_what_is_to_be_looked_at_and_ticks_it_off(window: Window, desk: Desk, taken) -> None:
    (task,) = taken(VAGUE)
    window.visit("checklist", {"id": task})
    page = window.pages["checklist"]
    assert isinstance(page, ChecklistPage)
    box = page.form.boxes["due"]
    tick = next(button for button in box.findChildren(QPushButton) if button.text() == "核对无误")
    assert tick.isVisible()
    tick.click()
    assert (doubted(desk, [task]), tick.isVisible()) == ([], False)


def test_what_is_impossible_is_off_and_says_why(window: Window, desk: Desk, taken) -> None:
    (task,) = taken(LAMP)
    window.visit("checklist", {"id": task})
    page = window.pages["checklist"]
    assert isinstance(page, ChecklistPage)
    page.table.go_to(task)
    assert (page.unlock.isEnabled(), page.unlock.statusTip()) == (False, "现在是“待审核”，没有锁定，不用解锁。")
    assert (page.submit.isEnabled(), page.check.statusTip()) == (False, "没有待核对的内容")
    assert all(action.isEnabled() for action in (page.withdraw, page.send_back, page.delete))
    press(Qt.Key.Key_T, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert states(desk) == {"draft": 1}
    assert (page.submit.isEnabled(), page.withdraw.isEnabled()) == (True, False)


# in the preview


def test_a_row_says_its_reason_and_whose_it_is_and_one_click_shows_the_field(page: ImportPage, read, tmp_path) -> None:
    wrong = ["没有的类", "坏的", "内容", 5, "张三", "8月底"]
    other = book(tmp_path / "04 附件2：大屋村清单（定稿）.xlsx", VAGUE, title="大屋村2021年干事承诺清单")
    read(book(tmp_path / "02 2021年倪宅村干事承诺清单.xlsx", wrong, LAMP), other)
    rows, model = page.pane.rows, page.pane.rows.table.model
    keys = [column.key for column in model.columns]
    told = [[model.index(row, keys.index(key)).data() for key in ("from", "problem")] for row in range(model.rowCount())]
    assert [said[0] for said in told] == ["倪宅村", "大屋村"]
    assert ("没有的类" in told[0][1], told[1][1][:9]) == (True, "“12月前”按11")
    rows.table.put_cursor(0)
    QApplication.processEvents()
    box = page.pane.detail.boxes["category"]
    assert box.editor.property("wrong") is True
    assert not box.visibleRegion().isEmpty(), "one click scrolls to what is wrong"
    rows.table.put_cursor(1)
    page.pane.detail.setFixedHeight(page.pane.detail.height() // 2)  # as what stands above it takes room after a reading
    QApplication.processEvents()
    box = page.pane.detail.boxes["due"]
    assert box.visibleRegion().boundingRect() == box.rect(), "with all that is said of it"
    files = page.pane.files.table
    assert [files.model.index(row, 0).data() for row in range(3)] == ["全部文件", "倪宅村", "大屋村"]
    height = files.height()
    files.go_to(2)
    QApplication.processEvents()
    assert files.height() >= height - page.pane.asks.height(), "the card takes no room from the list"


def test_ticked_off_in_the_preview_it_is_no_open_doubt(page: ImportPage, read, desk: Desk, qtbot, tmp_path) -> None:
    preview = read(book(tmp_path / "倪宅.xlsx", VAGUE, [VAGUE[0], "另一项", *VAGUE[2:]], LAMP))
    assert preview.counts() == {"warning": 2, "new": 1}
    page.pane.rows.table.put_cursor(0)
    page.pane.setFocus()
    press(Qt.Key.Key_F8)
    assert preview.counts() == {"warning": 1, "new": 2}
    assert page.pane.detail.boxes["due"].issue.startswith("已核对：")
    page.pane.rows.table.step(1)
    tick = next(found for found in page.pane.detail.boxes["due"].findChildren(QPushButton) if found.isVisible())
    tick.click()
    assert preview.counts() == {"new": 3}
    page.apply.trigger()
    wait(qtbot, desk)
    with desk.reading() as session:
        assert doubted_fields(session, TASKS, list(record_ids(session, TASKS, Wanted()))) == {}


def test_a_preview_somebody_worked_on_is_not_given_up_without_asking(page: ImportPage, read, tmp_path) -> None:
    read(book(tmp_path / "a.xlsx", VAGUE))
    page.close_preview.trigger()
    assert page.preview is None, "nothing is lost that reading it again would not bring back"
    read(book(tmp_path / "a.xlsx", VAGUE))
    page.pane.rows.table.put_cursor(0)
    page.pane.setFocus()
    press(Qt.Key.Key_F8)
    said: list[str] = []
    answer("取消", said)
    page.close_preview.trigger()
    assert "放弃这次预览吗？" in said[0]
    assert page.preview is not None
    answer("放弃预览")
    page.close_preview.trigger()
    assert page.preview is None


def test_a_sheet_nobody_could_read_is_in_the_way_until_somebody_says(page: ImportPage, read, tmp_path) -> None:
    made = Workbook()
    made.remove(made.active)
    for name, header, row in (
        ("镇级", HEADERS, [1, *LAMP]),
        ("文明", ["序号", "甲", "乙", "丙", "丁"], [1, "植树", "千棵", "五", "王五"]),
    ):
        sheet = made.create_sheet(name)
        for line in (["倪宅村2021年清单"], header, row):
            sheet.append(line)
    made.save(tmp_path / "倪宅.xlsx")
    read(tmp_path / "倪宅.xlsx")
    assert (page.apply.isEnabled(), "1 张工作表没有读" in page._blocked.text()) == (False, True)
    page.pane.asks.enter()
    page.pane.asks.leave_action.trigger()
    assert page.apply.isEnabled()
