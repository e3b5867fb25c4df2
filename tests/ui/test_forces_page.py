"""The page of the task forces: one typed by keys, given its tasks, changed, ended, and the overview printed."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from huajie_desktop.work.review import approve, submit
from huajie_desktop.year import forces
from tests.office import contents, enter
from tests.ui.hands import answer, choose, wait
from tests.ui.keys import CTRL, SHIFT, go_to_page, press, type_text
from ui.pages.forces.forces_page import ForcesPage
from ui.widgets.badge import TICKED, TINT_ROLE

TYPED = {"name": "集镇专班", "category": "集镇品质提升", "commander": "赵一", "member": "钱二、孙三", "units": "倪宅村"}


@pytest.fixture
def page(window) -> ForcesPage:
    window.visit("forces")
    found = window.pages["forces"]
    assert isinstance(found, ForcesPage)
    return found


@pytest.fixture
def force(app):
    return forces.save_force(app, None, TYPED).record_id


def lines(app):
    with app.reading() as session:
        return forces.overview(session)


def test_an_empty_page_says_what_to_do_first(page):
    shown = [label.text() for label in page.table.empty.findChildren(QLabel)]
    assert "还没有专班" in shown
    assert any("先新增一个专班" in text for text in shown)
    assert not page.form.isVisible()
    assert not page.make.isEnabled()


def test_a_task_force_is_typed_by_keys_alone(window, app, qtbot):
    enter(app, responsible="周三")
    go_to_page("forces")
    press(Qt.Key.Key_N, CTRL)
    for text in ("集镇专班", "jzpz", "赵一", "钱二、孙三", "李四", "周三", "13800001234", "吴六", "nzc"):
        type_text(text)
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_S, CTRL)
    (line,) = lines(app)
    assert line[:6] == ("集镇专班", "赵一", "钱二\n孙三", "李四", "倪宅村", "吴六")
    assert line[7] == "周三\n13800001234"
    page = window.pages["forces"]
    assert page.table.current_line().category == "集镇品质提升"
    assert page.form.heading.text() == "集镇专班"
    assert "已加入人员" in window.messages.text, "people nobody knew are pointed out"


def test_what_is_wrong_stands_under_its_field(page, app):
    page.new.trigger()
    before = contents(app)
    type_text("专班")
    page.form.boxes["units"].editor.set_value("没有的村")
    page.form.boxes["until"].editor.set_value("下周")
    press(Qt.Key.Key_S, CTRL)
    assert "不在单位表里" in page.form.boxes["units"].error
    assert page.form.boxes["until"].error
    assert contents(app) == before
    page.form.keep()


def test_its_category_s_tasks_are_given_in_one_step_and_taken_out_again(force, window, app, desk, qtbot):
    own = enter(app, category="集镇品质提升")
    other = enter(app, title="第二项", category="集镇品质提升")
    enter(app, title="无关")
    submit(app, [own])
    approve(app, [own])
    window.visit("forces")
    page = window.pages["forces"]
    assert page.take.text() == "接收本类别任务（2 项）"
    press(Qt.Key.Key_T, CTRL)
    wait(qtbot, desk)
    assert list(page.tasks.table.model.ids) == [own, other]
    assert "2 项" in page.tasks._counts.text()
    assert "已确认 1" in page.tasks._counts.text()
    assert page.table.current_line().tasks == 2
    assert not page.take.isEnabled()
    page.tasks.table.setFocus()
    page.tasks.table.go_to(other)
    press(Qt.Key.Key_R, CTRL | SHIFT)
    assert list(page.tasks.table.model.ids) == [own]
    press(Qt.Key.Key_Z, CTRL)
    assert list(page.tasks.table.model.ids) == [own, other]
    page.tasks.table.setFocus()
    page.tasks.table.go_to(own)
    press(Qt.Key.Key_Return)
    assert window.current == "checklist"
    assert window.pages["checklist"].form.record_id == own
    assert window.pages["checklist"].form.texts()["force"] == "集镇专班"


def test_the_lights_of_its_tasks_look_as_in_the_checklist_and_lead_there(force, window, app, desk):
    late = enter(app, title="甲", due="2021-02-10", force="集镇专班")
    done = enter(app, title="丁", due="2021-02-10", force="集镇专班", finished_on="2021-02-05")
    enter(app, title="戊", due="2021-02-10")
    window.visit("forces")
    tasks = window.pages["forces"].tasks
    model, place = tasks.table.model, [column.key for column in tasks.table.model.columns].index("light")
    tints = {model.ids[row]: model.data(model.index(row, place), TINT_ROLE) for row in range(model.rowCount())}
    assert tints == {late: "red", done: TICKED}
    overdue, finished = tasks.lights
    assert (overdue.text(), finished.text()) == ("逾期 1", "完成 1")
    overdue.click()
    assert (window.current, list(window.pages["checklist"].table.model.ids)) == ("checklist", [late])
    desk.look_back(date(2021, 1, 20))
    window.visit("forces")
    assert "逾期 1" not in [button.text() for button in tasks.lights], "on that day it was not late"
    desk.look_back(None)


def test_one_that_leads_tasks_is_not_deleted(force, window, app):
    task = enter(app, force="集镇专班")
    window.visit("forces")
    press(Qt.Key.Key_Delete)
    assert "还牵头 1 项任务" in window.messages.text
    assert len(lines(app)) == 1
    forces.give(app, [task], None)
    press(Qt.Key.Key_Delete)
    assert lines(app) == []
    assert not window.pages["forces"].form.isVisible()
    press(Qt.Key.Key_Z, CTRL)
    assert window.pages["forces"].form.heading.text() == "集镇专班"


def test_the_form_follows_the_list_and_asks_before_it_forgets(force, window, app):
    forces.save_force(app, None, {"name": "另一个"})
    window.visit("forces")
    page = window.pages["forces"]
    assert page.form.heading.text() == "集镇专班"
    press(Qt.Key.Key_Down)
    assert page.form.heading.text() == "另一个"
    press(Qt.Key.Key_Return)
    type_text("改")
    answer("取消")
    window.visit("home")
    assert window.current == "forces"
    answer("不保存，留作草稿")
    page.form.leave_action.trigger()
    assert page.form.texts()["name"] == "另一个"
    page.up.trigger()
    assert [line[0] for line in lines(app)] == ["另一个", "集镇专班"]


def test_a_half_typed_one_is_found_again_by_its_subject(force, page):
    page.refresh(None)
    page.show_subject({"id": force})
    assert page.form.record_id == force
    page.show_subject({"new": True})
    assert page.form.heading.text() == "新增专班"
    assert page.form.boxes["name"].editor.hasFocus()


def test_the_overview_is_made_looked_at_and_put_away(force, page, tmp_path, monkeypatch, desk, qtbot, window):
    page.refresh(None)
    choose(monkeypatch, target=tmp_path / "一览表")
    page.make.trigger()
    wait(qtbot, desk)
    assert (tmp_path / "一览表.pdf").read_bytes().startswith(b"%PDF")
    assert page.shelf.files == [tmp_path / "一览表.pdf"]
    assert page.shelf.isVisible()
    assert "共 1 页" in window.messages.text
    press(Qt.Key.Key_Escape)
    assert page.table.isVisible()
    assert page.table.view.hasFocus()
