"""History: an older step taken back, filters, what a step changed, the recycle bin, and speed."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import update

from db.log import Act
from db.models import JournalEntry, Operation, Person, Unit
from db.opening import writing
from huajie_desktop import office
from huajie_desktop.journal import past, recycle_bin
from huajie_desktop.journal.versions import versions
from huajie_desktop.records import entry
from huajie_desktop.township.seating import come_in
from huajie_desktop.work import review
from huajie_desktop.work.checklist import TaskFilter, task_ids
from huajie_desktop.work.task_ledger import TASKS
from tests import tasks
from tests.office import TEXTS, contents, enter
from tests.ui.hands import answer, wait
from tests.ui.keys import CTRL, go_to_page, press, type_text
from ui.desk.desk import Desk
from ui.pages.history.history_page import BIN, HistoryPage
from ui.shell.window import Window


@pytest.fixture
def page(window: Window) -> HistoryPage:
    window.visit("history")
    found = window.pages["history"]
    assert isinstance(found, HistoryPage)
    return found


def labels(page: HistoryPage) -> list[str]:
    model = page.operations.table.model
    return [model.line(row).label for row in range(len(model.ids))]


def go_to(page: HistoryPage, start: str) -> None:
    page.operations.table.put_cursor(next(row for row, label in enumerate(labels(page)) if label.startswith(start)))


def test_an_older_step_is_taken_back_with_those_standing_on_it(page, app, desk, qtbot):
    before = contents(app)
    task = enter(app)
    review.submit(app, [task])
    page.refresh(None)
    assert labels(page)[0] == "提交审核 1 项"
    go_to(page, "新增任务")
    answer("一并撤销")
    page.undo.trigger()
    qtbot.waitUntil(lambda: contents(app) == before)
    wait(qtbot, desk)
    assert labels(page)[0].startswith("撤销")
    assert [page.operations.table.model.line(row).undone for row in range(3)] == [False, True, True]
    desk.undo()
    assert contents(app) != before, "taking back can be taken back"


def test_the_first_setting_up_cannot_be_taken_back(page, app, desk, window, qtbot):
    before = contents(app)
    assert labels(page)[0].startswith("建立")
    page.undo.trigger()
    wait(qtbot, desk)
    assert "最初的设置" in window.messages.text
    assert contents(app) == before


def test_a_step_shows_its_records_and_what_they_said_before(page, app):
    task = enter(app, responsible="张三")
    tasks.save_task(app, task, {**TEXTS, "responsible": "张三、李四", "investment": "20"})
    page.refresh(None)
    lines = [page.operations.entries.model.line(row) for row in range(len(page.operations.entries.model.ids))]
    assert ("任务", "穿村段路灯安装", "修改") in [line[1:] for line in lines]
    assert ("责任人", "穿村段路灯安装：李四", "新增") in [line[1:] for line in lines]
    place = next(row for row, line in enumerate(lines) if line.kind == "任务")
    page.operations.entries.put_cursor(place)
    changes = {change.label: (change.old, change.new) for change in page.operations.changes.changes}
    assert changes["计划投资"] == ("12.5万元", "20万元")


def test_filters_narrow_by_person_words_period_and_kind(page, app):
    enter(app)
    app = come_in(app.data, "李四")
    enter(app, title="公厕新建")
    page.refresh(None)
    bar = page.operations.filters
    assert len(labels(page)) == 4
    bar.show_wanted("", {"actor": "李四"})
    assert labels(page) == ["新增任务“公厕新建”", "登记使用人“李四”"]
    bar.show_wanted("路灯", {})
    assert labels(page) == ["新增任务“穿村段路灯安装”"]
    bar.show_wanted("", {"kind": "units"})
    assert [label[:2] for label in labels(page)] == ["建立"]
    bar.show_wanted("", {"kind": "tasks", "since": 0})
    assert len(labels(page)) == 2
    bar.clear()
    assert len(labels(page)) == 4


def test_one_person_is_one_person_however_an_older_program_wrote_the_name(page, app):
    enter(app)
    with app.operation(Act.CHANGE, "两个张三") as running:
        running.session.add(Person(name="张 三", uid="older", unit_id=app.township_id, search=""))
    with writing(app.sessions) as session:
        of_her = update(Operation).where(Operation.label.startswith("新增任务"))
        session.execute(of_her.values(actor="张 三", author_uid="older"))
    page.refresh(None)
    bar = page.operations.filters
    bar.show_wanted("", {"actor": "张三"})
    assert labels(page)[:2] == ["两个张三", "新增任务“穿村段路灯安装”"]
    assert page.operations.table.model.line(1).actor == "张 三", "shown as it was signed"
    with app.reading() as session:
        assert office.actors(session) == ["张三"]
        assert [*task_ids(session, TaskFilter(author="张三"), today=app.today())]


def test_numbers_of_persons_are_hidden_wherever_the_past_is_listed(page, app):
    number, mobile = "440524188001010014", "13857900001"
    said = {"title": f"处理{number}的来电", "content": f"{mobile}反映路灯不亮"}
    task = enter(app, **said)
    entry.delete(app, [task], TASKS)
    with writing(app.sessions) as session:  # older programs kept them in their sentences
        session.execute(update(Operation).where(Operation.label.startswith("删除")).values(label=f"删除“{number} {mobile}”"))
    page.refresh(None)
    with app.reading() as session:
        lines = past.operation_lines(session, past.operation_ids(session, past.Wanted()))
        entries = past.entry_lines(session, past.entry_ids(session, lines[0].id))
        changes = past.entry_changes(session, next(line.id for line in entries if line.kind == "任务"))
        gone = recycle_bin.deleted_lines(session, recycle_bin.deleted_ids(session))
        told = [version.label for version in versions(session, TASKS, task)]
    shown = repr((lines, entries, changes, gone, told))
    assert number not in shown
    assert mobile not in shown
    assert "处理440****0014的来电" in [line.title for line in entries]
    assert gone[0].title == "处理440****0014的来电"
    assert gone[0].label == "删除“440****0014 138****0001”" == lines[0].label == told[0]
    assert ("内容" in repr(changes), "138****0001反映路灯不亮" in repr(changes)) == (True, True)


def test_what_was_deleted_comes_back_by_keys_and_goes_again(page, app, desk, window):
    task = enter(app)
    before = contents(app)
    desk.do(entry.delete, [task], TASKS)
    go_to_page("home")
    go_to_page("history")
    press(Qt.Key.Key_G, CTRL)
    assert page.tabs.key == BIN
    assert [page.bin.table.model.line(0).title] == ["穿村段路灯安装"]
    press(Qt.Key.Key_Return, CTRL)
    assert contents(app) == before
    assert "已恢复 1 项" in window.messages.text
    assert len(page.bin.table.model.ids) == 0
    desk.undo()
    assert len(page.bin.table.model.ids) == 1
    desk.redo()
    assert contents(app) == before
    desk.undo()
    desk.undo()
    assert contents(app) == before, "the deletion itself was taken back"
    assert len(page.bin.table.model.ids) == 0


def test_the_bin_is_searched(page, app):
    entry.delete(app, [enter(app), enter(app, title="公厕新建")], TASKS)
    page.show_subject(BIN)
    page.bin.filters.search.setFocus()
    type_text("公厕")
    page.bin.filters._announce()
    assert [page.bin.table.model.line(row).title for row in range(len(page.bin.table.model.ids))] == ["公厕新建"]


def test_why_something_does_not_come_back_is_said(page, app, window):
    enter(app, unit="林业站", responsible="")
    with app.reading() as session:
        station = session.query(Unit).filter_by(name="林业站").one().id
    with app.operation(Act.CHANGE, "删除") as running:
        for task in session_tasks(running.session):
            running.session.delete(task)
        running.session.flush()
        running.session.delete(running.session.get_one(Unit, station))
    page.show_subject(BIN)
    row = next(row for row in range(2) if page.bin.table.model.line(row).kind == "任务")
    page.bin.table.put_cursor(row)
    page.restore.trigger()
    assert "单位“林业站”已经不在了" in window.messages.text


def session_tasks(session):
    return session.query(TASKS.model).all()


def test_ten_thousand_operations_and_one_of_ten_thousand_rows_are_shown(page: HistoryPage, app, desk: Desk):
    with app.operation(Act.CHANGE, "一万个单位") as running:
        first = 100_000
        rows = [(first + n, app.township_id, f"单位{n}", "office", 0, "") for n in range(10_000)]
        running.insert(Unit, ("id", "township_id", "name", "kind", "position", "search"), rows)
    with app.sessions() as session:
        last = session.query(Operation).order_by(Operation.id.desc()).first()
        session.add_all(Operation(at=last.at, actor=f"人{n % 20}", label=f"第 {n} 步") for n in range(10_000))
        session.flush()
        session.add_all(
            JournalEntry(operation_id=last.id + n, kind="units", record_id=1, after='{"name":"甲"}') for n in range(1, 10_000)
        )
        session.commit()
    page.refresh(None)
    page.operations.filters.show_wanted("一万个单位", {})
    assert len(page.operations.entries.model.ids) == 10_000
