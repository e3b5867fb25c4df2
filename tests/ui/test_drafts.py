"""Half typed forms in the window: kept while typed, gone once saved or given up, told at the next start and filled in again."""

import threading

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from db.log import Act
from huajie_desktop import drafts
from huajie_desktop.errors import Problem
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records import entry
from huajie_desktop.work.task_ledger import TASKS
from tests import tasks
from tests.office import TEXTS, enter
from tests.ui.hands import answer, answer_by
from tests.ui.keys import CTRL, press, type_text
from ui.desk.desk import Desk
from ui.desk.jobs import Jobs
from ui.desk.preferences import Preferences
from ui.forms.drafts import DraftList, DraftsLeft
from ui.shell.main import Program
from ui.shell.window import Window

DISPUTE = {"accepted_on": "2021-03-01", "kind": "邻里", "village": "倪宅村", "summary": "宅基地排水纠纷", "level": "一般"}


def kept(desk: Desk) -> list[drafts.HalfTyped]:
    with desk.reading() as session:
        return drafts.drafts(session)


def button(window: Window, word: str) -> QPushButton:
    QApplication.processEvents()  # what is offered is shown with the next event
    found = (found for found in window.messages.findChildren(QPushButton) if found.text() == word)
    return next(found for found in found if found.isVisible())


def pause_briefly(form) -> None:
    """The second after the last key goes by at once."""
    form._drafts._pause.setInterval(1)


def half_type(window: Window, desk: Desk, qtbot, text: str = "half") -> None:
    """A new task with something in its title, kept."""
    window.visit("checklist", {"new": True})
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.pages["checklist"].form.boxes["title"].editor)
    pause_briefly(window.pages["checklist"].form)
    type_text(text)
    qtbot.waitUntil(lambda: len(kept(desk)) > 0)


@pytest.fixture
def restarted(window: Window, desk: Desk, qtbot, app):
    """What a power cut leaves: another window and desk on the same data, and what it tells."""
    made = []

    def restart() -> tuple[Window, Desk, DraftsLeft]:
        window.hide()
        jobs = Jobs()
        again = Window(Preferences(app.folder), jobs)
        again.resize(1366, 768)
        again.show()
        again.activateWindow()
        qtbot.waitUntil(again.isActiveWindow)
        other = Desk(app, Preferences(app.folder), jobs, again)
        again.enter(other)
        left = DraftsLeft(other, again)
        left.tell()
        made.append((again, jobs))
        return again, other, left

    yield restart
    for again, jobs in made:
        again.hide()
        jobs.close()
        again.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_what_is_typed_is_kept_after_a_pause_and_gone_once_saved(window, desk, qtbot) -> None:
    window.visit("checklist", {"new": True})
    pause = window.pages["checklist"].form._drafts._pause
    usual = pause.interval()
    pause.setInterval(3_600_000)
    type_text("half")
    assert kept(desk) == [], "not at every key"
    pause.setInterval(usual)
    qtbot.waitUntil(lambda: len(kept(desk)) == 1)
    (half,) = kept(desk)
    assert half.typed == {"title": "half"}
    assert half.title == "新增任务 half"
    form = window.pages["checklist"].form
    form.type_in(TEXTS)
    form.save_action.trigger()
    assert form.record_id
    assert kept(desk) == []


def test_it_is_kept_at_once_when_a_field_is_left(window, desk, qtbot) -> None:
    window.visit("checklist", {"new": True})
    form = window.pages["checklist"].form
    form._drafts._pause.setInterval(3_600_000)
    type_text("half")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(kept(desk)) == 1)


def test_it_is_gone_when_the_clerk_types_it_back(window, desk, qtbot) -> None:
    half_type(window, desk, qtbot)
    for _letter in "half":
        press(Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: kept(desk) == [])


def test_leaving_asks_and_enter_at_the_question_loses_nothing(window, desk, qtbot) -> None:
    half_type(window, desk, qtbot)
    page = window.pages["checklist"]
    answer_by(Qt.Key.Key_Return)
    window.visit("home")
    assert window.current == "checklist", "Enter saves, and the unit is missing"
    assert page.form.boxes["unit"].error
    assert page.form.texts()["title"] == "half"
    page.form.type_in(TEXTS)
    answer_by(Qt.Key.Key_Escape)
    window.visit("home")
    assert window.current == "checklist"
    assert page.form.changed
    answer_by(Qt.Key.Key_Return, CTRL)
    window.visit("home")
    assert window.current == "home"
    window.visit("checklist")
    assert len(page.table.ids) == 1
    assert kept(desk) == []


def test_what_is_left_as_a_draft_is_offered_at_once_and_when_the_record_is_shown_again(window, desk, qtbot) -> None:
    ids = [enter(desk.seat), enter(desk.seat, title="村口绿化")]
    window.visit("checklist", {"id": ids[0]})
    page = window.pages["checklist"]
    page.form.focus("remarks")
    type_text("half")
    answer("不保存，留作草稿", seen := [])
    page.table.go_to(ids[1])
    assert "留作草稿，以后按 Ctrl+Shift+K 接着填写" in seen[0]
    assert page.form.record_id == ids[1]
    assert (kept(desk)[0].typed, page.form.changed) == ({"remarks": "half"}, False)
    qtbot.waitUntil(lambda: "留作草稿了" in window.messages.text)
    button(window, "继续填写").click()
    assert page.form.record_id == ids[0]
    assert page.form.texts()["remarks"] == "half"
    answer("不保存，留作草稿")
    window.visit("home")
    assert window.current == "home"
    qtbot.waitUntil(lambda: "留作草稿了" in window.messages.text)
    window.visit("checklist", {"id": ids[1]})
    assert window.messages.text == ""
    page.table.go_to(ids[0])
    assert "上次有没有保存的内容" in window.messages.text
    button(window, "继续填写").click()
    assert page.form.texts()["remarks"] == "half"
    page.form.save_action.trigger()
    assert kept(desk) == []


def test_saving_at_the_question_goes_on_to_the_record_that_was_wanted(window, desk, qtbot) -> None:
    ids = [enter(desk.seat), enter(desk.seat, title="村口绿化")]
    window.visit("checklist", {"id": ids[0]})
    page = window.pages["checklist"]
    page.form.focus("remarks")
    type_text("half")
    answer("保存")
    page.table.go_to(ids[1])
    assert (page.form.record_id, page.table.current_id()) == (ids[1], ids[1])
    assert not page.form.changed
    with desk.reading() as session:
        assert tasks.form_texts(session, ids[0])["remarks"] == "half"


def test_a_new_task_goes_on_where_it_was_left(window, desk, qtbot, restarted) -> None:
    half_type(window, desk, qtbot)
    again, other, _left = restarted()
    assert "上次没有保存的“新增任务 half”" in again.messages.text
    button(again, "继续填写").click()
    form = again.pages["checklist"].form
    assert again.current == "checklist"
    assert form.texts()["title"] == "half"
    assert form.changed
    qtbot.waitUntil(lambda: QApplication.focusWidget() is form.boxes["title"].editor)
    form.type_in(TEXTS)
    form.save_action.trigger()
    assert kept(other) == []


def test_it_can_be_dropped(window, desk, qtbot, restarted) -> None:
    half_type(window, desk, qtbot)
    again, other, _left = restarted()
    button(again, "丢掉").click()
    assert "已丢掉" in again.messages.text
    assert kept(other) == []


def test_a_changed_task_goes_on_and_only_what_was_typed_is_filled_in(window, desk, qtbot, restarted) -> None:
    task = enter(desk.seat)
    window.visit("checklist", {"id": task})
    form = window.pages["checklist"].form
    pause_briefly(form)
    form.focus("remarks")
    type_text("half")
    qtbot.waitUntil(lambda: len(kept(desk)) == 1)
    tasks.save_task(desk.seat, task, {**TEXTS, "title": "改了名字"})
    again, _other, _left = restarted()
    button(again, "继续填写").click()
    form = again.pages["checklist"].form
    assert form.record_id == task
    assert (form.texts()["remarks"], form.texts()["title"]) == ("half", "改了名字")
    assert "后来改动过" not in again.messages.text, "the other field does no harm"


def test_the_same_field_changed_meanwhile_is_said(window, desk, qtbot, restarted) -> None:
    task = enter(desk.seat)
    window.visit("checklist", {"id": task})
    pause_briefly(window.pages["checklist"].form)
    window.pages["checklist"].form.focus("remarks")
    type_text("half")
    qtbot.waitUntil(lambda: len(kept(desk)) == 1)
    tasks.save_task(desk.seat, task, {**TEXTS, "remarks": "别人写的"})
    again, _other, _left = restarted()
    button(again, "继续填写").click()
    assert "后来改动过：备注" in again.messages.text
    assert again.pages["checklist"].form.texts()["remarks"] == "half"


def test_a_task_deleted_meanwhile_goes_on_as_a_new_one_and_that_is_said(window, desk, qtbot, restarted) -> None:
    task = enter(desk.seat)
    window.visit("checklist", {"id": task})
    pause_briefly(window.pages["checklist"].form)
    window.pages["checklist"].form.focus("remarks")
    type_text("half")
    qtbot.waitUntil(lambda: len(kept(desk)) == 1)
    entry.delete(desk.seat, [task], TASKS)
    again, _other, _left = restarted()
    button(again, "继续填写").click()
    form = again.pages["checklist"].form
    assert form.record_id == 0
    assert form.texts()["remarks"] == "half"
    assert "已经不在了" in again.messages.text


def test_several_are_listed_and_each_goes_on_or_is_dropped(window, desk, qtbot, restarted) -> None:
    half_type(window, desk, qtbot)
    window.pages["checklist"].form._drafts.name = ""  # as if that form had gone with the power
    window.pages["checklist"].form._drafts._dirty = True
    window.pages["checklist"].form._drafts.keep()
    assert len(kept(desk)) == 2
    again, other, left = restarted()
    assert "上次有 2 份" in again.messages.text
    dialog = DraftList(again, other, left.left())
    dialog.remove.trigger()
    assert len(kept(other)) == 1
    dialog.resume.trigger()
    assert dialog.chosen is not None
    dialog.deleteLater()
    answer(" 继续填写")  # room between icon and word
    left.show_list()
    assert again.pages["checklist"].form.texts()["title"] == "half"
    assert left.left() == [], "what stands in a form is not left"


def test_a_form_begun_anew_leaves_what_was_left_alone(window, desk, qtbot, restarted) -> None:
    half_type(window, desk, qtbot)
    again, other, left = restarted()
    again.visit("checklist", {"new": True})
    pause_briefly(again.pages["checklist"].form)
    type_text("another")
    qtbot.waitUntil(lambda: len(kept(other)) == 2)
    assert [half.title for half in left.left()] == ["新增任务 half"]


def test_a_ledger_record_goes_on_too(window, desk, qtbot, restarted) -> None:
    record = entry.save(desk.seat, LEDGERS["disputes"], None, DISPUTE).record_id
    window.visit("ledgers", {"ledger": "disputes", "id": record})
    form = window.pages["ledgers"].pane.list.form
    pause_briefly(form)
    form.focus("measures")
    type_text("half")
    qtbot.waitUntil(lambda: len(kept(desk)) == 1)
    again, _other, _left = restarted()
    button(again, "继续填写").click()
    form = again.pages["ledgers"].pane.list.form
    assert form.record_id == record
    assert form.texts()["measures"] == "half"
    assert form.changed


def test_it_waits_while_a_job_writes_and_is_kept_afterwards(window, desk, qtbot) -> None:
    writing, go_on, said = threading.Event(), threading.Event(), []

    def write(_job) -> None:
        with desk.seat.operation(Act.CHANGE, "导入"):
            writing.set()
            go_on.wait(60)

    window.visit("checklist", {"new": True})
    form = window.pages["checklist"].form
    type_text("half")
    desk.said.connect(lambda _kind, sentence, _details: said.append(sentence))
    desk.start("导入", write)
    assert writing.wait(60)
    form._drafts.keep()
    assert (kept(desk), said) == ([], []), "the window does not stand still, and there is no trouble to tell"
    go_on.set()
    qtbot.waitUntil(lambda: len(kept(desk)) == 1)
    assert kept(desk)[0].typed == {"title": "half"}
    qtbot.waitUntil(lambda: not desk.jobs.busy)
    writing.clear()
    go_on.clear()
    desk.start("导入", write)
    assert writing.wait(60)
    window.pages["checklist"].form.type_in({"title": "halves"})
    assert not form._drafts.set_aside(), "nothing can be kept now: nobody is let go on"
    assert (form.texts()["title"], form._drafts.name) == ("halves", kept(desk)[0].name)
    form._drafts.drop()
    assert len(kept(desk)) == 1
    go_on.set()
    qtbot.waitUntil(lambda: kept(desk) == [])


def test_trouble_in_keeping_is_told_once_and_does_not_stop_the_typing(window, desk, qtbot) -> None:
    half_type(window, desk, qtbot)
    form, said = window.pages["checklist"].form, []
    desk.said.connect(lambda kind, sentence, _details: said.append((kind, sentence)))
    with desk.seat.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.commit()
    for text in ("a", "b"):
        type_text(text)
        form._drafts.keep()
    assert form.texts()["title"] == "halfab"
    assert [kind for kind, _sentence in said] == ["warning"]
    assert "存不下来" in said[0][1]
    with pytest.raises(Problem):
        drafts.drop(desk.seat, "x")
    with desk.seat.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        connection.commit()
    type_text("c")
    form._drafts.keep()
    assert kept(desk)[0].typed == {"title": "halfabc"}


def test_the_program_tells_at_its_start_what_the_clerk_left(themed, app, qtbot) -> None:
    drafts.keep(app, drafts.HalfTyped("checklist", {"new": True}, "新增任务 路灯", {}, {"title": "路灯"}))
    app.data.close()
    program = Program(app.folder, "张三")
    with qtbot.waitSignal(program.jobs.finished):
        program.begin()
    assert "上次没有保存的“新增任务 路灯”" in program.window.messages.text
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    answer(" 关闭")
    press(Qt.Key.Key_K, CTRL | Qt.KeyboardModifier.ShiftModifier)
    program.window.close()
    program.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def type_a_table(window: Window, desk: Desk, qtbot) -> None:
    """Two rows typed as a table, one of them below an empty row, kept."""
    window.visit("checklist", {"grid": True})
    entry = window.pages["checklist"].entry
    entry._kept.keeper._pause.setInterval(1)
    entry.write({(0, "title"): "路灯安装", (0, "due"): "8月底", (2, "title"): "绿化"})
    qtbot.waitUntil(lambda: len(kept(desk)) == 1)


def test_a_table_typed_when_the_power_went_is_offered_and_filled_in_again(window, desk, qtbot, restarted) -> None:
    type_a_table(window, desk, qtbot)
    again, other, left = restarted()
    assert "上次没有保存的“表格录入 2 行”" in again.messages.text
    button(again, "继续填写").click()
    entry = again.pages["checklist"].entry
    assert entry.isVisible()
    assert [entry.table.text(row, "title") for row in range(3)] == ["路灯安装", "", "绿化"]
    assert entry.table.text(0, "due") == "8月底"
    assert left.left() == [], "it is being typed now"
    entry.remove.trigger()  # the row of the cursor
    qtbot.waitUntil(lambda: [half.title for half in kept(other)] == ["表格录入 1 行"])
    entry.table.remove(range(2))
    entry._show()
    assert kept(other) == []


def test_a_table_left_goes_below_what_was_typed_since(window, desk, qtbot, restarted) -> None:
    type_a_table(window, desk, qtbot)
    again, other, left = restarted()
    again.visit("checklist", {"grid": True})
    entry = again.pages["checklist"].entry
    entry._kept.keeper._pause.setInterval(1)
    entry.write({(0, "title"): "修渠"})
    qtbot.waitUntil(lambda: len(kept(other)) == 2)
    left._on_resume()
    assert [entry.table.text(row, "title") for row in range(4)] == ["修渠", "路灯安装", "", "绿化"]
    assert [half.title for half in kept(other)] == ["表格录入 3 行"]


def test_a_table_left_as_a_draft_is_offered_again_and_one_saved_leaves_nothing(window, desk, qtbot) -> None:
    type_a_table(window, desk, qtbot)
    entry = window.pages["checklist"].entry
    answer("取消")
    entry.leave.trigger()
    assert len(entry.table) == 3
    answer("保存")
    assert not window.pages["checklist"].may_close(), "there are faults, and the cursor is at the first"
    assert "还没有保存" in window.messages.text
    answer("不保存，留作草稿")
    assert window.pages["checklist"].may_close()
    assert (len(entry.table), len(kept(desk))) == (0, 1)
    qtbot.waitUntil(lambda: "留作草稿了" in window.messages.text)
    window.pages["checklist"]._show_list()
    window.visit("checklist", {"grid": True})
    assert "上次有没有保存的内容" in window.messages.text
    button(window, "继续填写").click()
    assert len(entry.table) == 3
    entry.write({(0, key): text for key, text in TEXTS.items()})
    entry.table.remove(range(1, 3))
    entry.save.trigger()
    assert len(entry.table) == 0
    assert kept(desk) == []
