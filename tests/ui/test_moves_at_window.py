"""The loop at the window: handed out, signed off and decided by keys, one demand for all, what came in made into tasks."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from db.acts import Act
from db.models import Extension, Milestone, Paper, Task
from huajie_desktop.papers.making import Order, make
from huajie_desktop.papers.register import sign
from huajie_desktop.records import entry
from huajie_desktop.supervision.extensions import EXTENSIONS
from huajie_desktop.supervision.incoming import INCOMING
from huajie_desktop.supervision.notice_ledger import NOTICES
from huajie_desktop.township.seating import come_in
from huajie_desktop.work.review import approve, move, submit
from huajie_desktop.work.task_ledger import TASKS
from tests.office import TEXTS, enter
from tests.ui.hands import answer, checklist_at_first
from tests.ui.keys import ALT, CTRL, SHIFT, go_to_page, press, type_text
from tests.ui.test_ten_tasks import Typist
from ui.desk.desk import Desk
from ui.forms.give_dialog import GiveDialog
from ui.pages.ledgers.ledgers_page import LedgersPage
from ui.pages.review.review_page import ReviewPage
from ui.shell.window import Window

MOST = 8  # keys for the application and the verification of ten tasks by two people


def kept(desk: Desk, model=Task) -> list:
    with desk.reading() as session:
        found = session.scalars(select(model).order_by(model.id)).all()
        session.expunge_all()
        return list(found)


def confirmed(desk: Desk, count: int) -> list[int]:
    ids = [enter(desk.seat, title=f"路灯安装{place}", milestones="6月底 完成招标 佐证：中标通知书") for place in range(count)]
    submit(desk.seat, ids)
    approve(desk.seat, ids)
    return ids


def reach(desk: Desk, ids: list[int]) -> None:
    with desk.seat.operation(Act.CHANGE, "完成节点") as running:
        for mark in running.session.scalars(select(Milestone).where(Milestone.task_id.in_(ids))):
            mark.reached_on, mark.given = date(2021, 3, 9), "中标通知书"


def underway(desk: Desk, count: int) -> list[int]:
    ids = confirmed(desk, count)
    move(desk.seat, TASKS, Act.HAND, ids)
    move(desk.seat, TASKS, Act.RECEIVE, ids)
    return ids


def handling(desk: Desk) -> set[str | None]:
    return {task.handling for task in kept(desk)}


def test_the_keys_of_what_cannot_be_done_now_say_why(window: Window, desk: Desk) -> None:
    confirmed(desk, 1)
    page, said = checklist_at_first(window), []
    desk.said.connect(lambda *words: said.append(words[1]))
    press(Qt.Key.Key_4, CTRL | SHIFT)
    assert said == ["不能申请销号：现在是“未交办”，不能改为“申请销号”。"]
    press(Qt.Key.Key_1, CTRL | SHIFT)
    assert said[1:] == ["已交办 1 项。"], "what can be done is done"
    press(Qt.Key.Key_1, CTRL | SHIFT)
    assert "不能交办：" in said[-1]
    page.table.view.clearSelection()
    press(Qt.Key.Key_3, CTRL | SHIFT)
    assert said[-1] == "没有选中任务，没有签收。"


def come_back(window: Window) -> None:
    window.activateWindow()  # as a desktop does when a dialog closes
    QApplication.processEvents()


def in_dialog(work: Callable[[GiveDialog], None]) -> None:
    """Does something in the dialog that is about to stand there."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, GiveDialog) and dialog.isActiveWindow():
            work(dialog)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def test_ten_tasks_are_signed_off_with_few_keys_by_two_people(window: Window, desk: Desk) -> None:
    reach(desk, underway(desk, 10))
    window.visit("home")
    window.setFocus()
    typist = Typist()
    go_to_page("checklist")
    typist.keys += 1
    typist.press(Qt.Key.Key_A, CTRL)
    typist.press(Qt.Key.Key_4, CTRL | SHIFT)
    assert handling(desk) == {"applied"}
    assert window.messages.text == "已申请销号 10 项。"
    press(Qt.Key.Key_5, CTRL | SHIFT)
    assert handling(desk) == {"applied"}, "who applied does not verify"
    assert "申请销号的，要由别人核验" in window.messages.text
    desk.seat = come_in(desk.seat.data, "李四")
    go_to_page("checklist")
    typist.keys += 1
    typist.press(Qt.Key.Key_A, CTRL)
    typist.press(Qt.Key.Key_5, CTRL | SHIFT)
    assert handling(desk) == {"signed_off"}
    assert [task.signed_off_number for task in kept(desk)] == [f"花销〔2021〕{place}号" for place in range(1, 11)]
    assert {task.signed_off_on for task in kept(desk)} == {desk.today}
    assert typist.keys <= MOST
    press(Qt.Key.Key_Z, CTRL)
    assert handling(desk) == {"applied"}


def test_what_cannot_be_applied_for_is_left_named_and_shown(window: Window, desk: Desk) -> None:
    ids = underway(desk, 3)
    reach(desk, ids[1:])
    page = checklist_at_first(window)
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_4, CTRL | SHIFT)
    assert [task.handling for task in kept(desk)] == ["underway", "applied", "applied"]
    assert "留下 1 项：倪宅村的任务“路灯安装0”的节点“完成招标”没有完成日期" in window.messages.text
    press(Qt.Key.Key_F3)
    assert list(page.table.ids) == ids[:1]


def test_the_card_offers_what_is_possible_and_says_why_the_next_step_is_not(window: Window, desk: Desk) -> None:
    task = underway(desk, 1)[0]
    page = checklist_at_first(window)
    press(Qt.Key.Key_Return)
    strip = page.card.strip
    assert [action.text() for action in strip.offered] == ["退回", "解锁", "中止"]
    assert strip._why.text() == "申请销号：节点“完成招标”没有完成日期，不能申请销号。请先在节点里填上。"
    assert "办理中" in page.form.note.text()
    reach(desk, [task])
    typed = {"level": "提醒", "unit": TEXTS["unit"], "title": "路灯安装0", "issued_on": "2021-03-01", "term": "2021-03-20"}
    notice = entry.save(desk.seat, NOTICES, None, typed).record_id
    move(desk.seat, NOTICES, Act.HAND, [notice])
    page.refresh(None)
    assert strip._why.text() == "申请销号：还有督查单花督〔2021〕1号没有办结，不能申请销号。"
    window.resize(900, 700)
    QApplication.processEvents()

    def give_reason() -> None:
        dialog = QApplication.activeModalWidget()
        dialog.words.setPlainText("等天气转好")
        dialog.yes.click()

    QTimer.singleShot(0, give_reason)
    next(action for action in strip.offered if action.text() == "中止").trigger()
    assert (kept(desk)[0].handling, kept(desk)[0].handling_reason) == ("suspended", "等天气转好")
    assert [action.text() for action in strip.offered] == ["退回", "解锁", "恢复办理"]


def test_what_is_applied_for_and_asked_for_is_decided_in_review(window: Window, desk: Desk) -> None:
    ids = underway(desk, 2)
    reach(desk, ids)
    move(desk.seat, TASKS, Act.APPLY, ids)
    asked = {"unit": TEXTS["unit"], "title": "路灯安装0", "asked_on": "2021-03-10", "wanted": "2021-10-31", "reason": "雨"}
    extension = entry.save(desk.seat, EXTENSIONS, None, asked).record_id
    move(desk.seat, EXTENSIONS, Act.REQUEST, [extension])
    desk.seat = come_in(desk.seat.data, "李四")
    window.visit("review", "tasks.handling")
    page = window.pages["review"]
    assert isinstance(page, ReviewPage)
    assert list(page.table.ids) == ids
    shown = [action.text() for action in (page.approve, page.send_back, *page.moves) if action.isVisible()]
    assert shown == ["核验销号", "退回办理"]
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_5, CTRL | SHIFT)
    assert handling(desk) == {"signed_off"}
    assert not page.table.ids
    window.visit("review", EXTENSIONS.key)
    assert [action.text() for action in page.moves if action.isVisible()] == ["同意延期", "不同意延期"]
    press(Qt.Key.Key_2, CTRL | SHIFT)
    assert [(found.state, found.number) for found in kept(desk, Extension)] == [("granted", "花延〔2021〕1号")]
    assert kept(desk)[0].due == date(2021, 10, 31)


def test_more_time_is_asked_for_from_the_task_and_its_card_has_the_whole_course(window: Window, desk: Desk, tmp_path) -> None:
    task = underway(desk, 1)[0]
    make(desk.seat, Order("pledge", [kept(desk)[0].unit_id]), tmp_path / "pledge.pdf")
    sign(desk.seat, [kept(desk, Paper)[0].id], date(2021, 3, 9), "倪成纲")
    page = checklist_at_first(window)
    press(Qt.Key.Key_Y, ALT)
    ledgers = window.pages["ledgers"]
    assert isinstance(ledgers, LedgersPage)
    form = ledgers.pane.list.form
    assert [form.texts()[key] for key in ("unit", "title", "asked_on")] == ["倪宅村", "路灯安装0", "2021-03-10"]
    form.type_in({"wanted": "2021-10-31", "reason": "雨"})
    press(Qt.Key.Key_S, CTRL)
    next(action for action in ledgers.pane.list.card.strip.offered if action.text() == "提出申请").trigger()
    desk.seat = come_in(desk.seat.data, "李四")
    next(action for action in ledgers.pane.list.card.strip.offered if action.text() == "同意延期").trigger()
    assert kept(desk)[0].due == date(2021, 10, 31)
    window.visit("checklist", {"id": task})
    page.card.show_part("办理")
    part = page.card._parts["办理"]
    lines = {(line.what, line.state): line for line in part.table.lines.values()}
    assert list(lines) == [("办理", "已交办"), ("办理", "办理中"), ("延期申请", "已同意"), ("承诺书", "已签回")]
    asked, pledge = lines["延期申请", "已同意"], lines["承诺书", "已签回"]
    assert asked.said == "花延〔2021〕1号，原定时限 8-31，申请延期至 10-31，延期原因 雨"
    assert pledge.said == f"{kept(desk, Paper)[0].number}，2021-03-09 签回，倪成纲"
    assert "现在是“办理中”，不能交办、收回交办、签收、核验销号、退回办理、重新办理、恢复办理。" in part.why.text()
    part.table.opened.emit(pledge.id)
    assert window.current == "papers"
    window.visit("checklist")
    part.table.opened.emit(asked.id)
    assert (window.current, ledgers.pane.list.form.heading.text()) == ("ledgers", "路灯安装0")


def test_one_demand_is_given_to_all_villages_by_keys_and_stands_in_one_line(window: Window, desk: Desk) -> None:
    page = checklist_at_first(window)
    own = enter(desk.seat)

    def fill(dialog: GiveDialog) -> None:
        type_text("秸秆禁烧")
        press(Qt.Key.Key_Return)
        type_text("每日巡查")
        press(Qt.Key.Key_Return)
        type_text("gscn")
        press(Qt.Key.Key_Return)
        type_text("5月底前")
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Return)
        type_text("行政村")
        press(Qt.Key.Key_A, CTRL | SHIFT)
        press(Qt.Key.Key_Return, CTRL)
        assert not dialog.isVisible()

    in_dialog(fill)
    press(Qt.Key.Key_0, CTRL | SHIFT)
    made = [task for task in kept(desk) if task.id != own]
    assert len(made) > 1
    assert {(task.title, task.content, task.state, task.demand) for task in made} == {
        ("秸秆禁烧", "每日巡查", "submitted", "秸秆禁烧（3月10日交办）")
    }
    assert window.messages.text.startswith(f"已建 {len(made)} 项任务。")
    words = [head.words for head in page.table.model.heads.values()]
    assert words[0].startswith(f"统一交办：秸秆禁烧（3月10日交办） · {len(made)} 项")
    assert len(page.table.model.ids) == 2, "each group is folded into its line"
    come_back(window)
    press(Qt.Key.Key_Z, CTRL)
    assert [task.id for task in kept(desk)] == [own]


def test_what_came_in_becomes_tasks_and_shows_what_became_of_it(window: Window, desk: Desk) -> None:
    came = {"title": "秸秆禁烧通知", "sender": "区生态办", "received_on": "2021-02-20", "due": "2021-05-31", "unit": "倪宅村"}
    for place in range(3):
        entry.save(desk.seat, INCOMING, None, came | {"title": f"通知{place}"})
    window.visit("ledgers", {"ledger": INCOMING.key})
    page = window.pages["ledgers"]
    assert isinstance(page, LedgersPage)
    page.pane.list.table.setFocus()
    page.pane.list.table.step(0)
    in_dialog(lambda dialog: press(Qt.Key.Key_Return, CTRL) if dialog.units.chosen else None)
    press(Qt.Key.Key_0, CTRL | SHIFT)
    assert [task.title for task in kept(desk)] == ["通知0"]
    come_back(window)
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_0, CTRL | SHIFT)
    assert [task.title for task in kept(desk)] == ["通知0", "通知1", "通知2"]
    assert "转为任务 2 项。留下 1 项：倪宅村的来文“通知0”已经转为任务" in window.messages.text
    press(Qt.Key.Key_Home, CTRL)
    press(Qt.Key.Key_Return)
    page.pane.list.card.show_part("任务")
    part = page.pane.list.card._parts["任务"]
    [line] = part.table.lines.values()
    assert (line.unit, line.title, line.handling, line.light) == ("倪宅村", "通知0", "未交办", "滞后"), (
        "nothing was done since January"
    )
    assert part._summary.text() == "共 1 项任务，已销号 0 项"
    part.table.opened.emit(line.id)
    assert window.current == "checklist"


def test_nothing_is_given_where_the_clerk_gives_up(window: Window, desk: Desk) -> None:
    page = checklist_at_first(window)
    answer("取消")
    page.give.trigger()
    assert kept(desk) == []
