"""The organisation page: tree, form, posts, changes on a day, merging, handing over; by keys where a clerk uses keys."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from sqlalchemy import select

from db.models import Membership, Person, Post, Responsibility, Task, Unit
from huajie_desktop import office
from huajie_desktop.records import entry
from huajie_desktop.township import organisation
from huajie_desktop.township.registers import PEOPLE, POSTS, UNITS
from tests.office import enter
from tests.ui.hands import answer, choose, wait
from tests.ui.keys import CTRL, SHIFT, go_to_page, press, type_text
from ui.pages.organisation.organisation_page import OrganisationPage

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(window) -> OrganisationPage:
    go_to_page("organisation")
    found = window.pages["organisation"]
    assert isinstance(found, OrganisationPage)
    return found


def unit(app, name):
    with app.reading() as session:
        return session.scalars(select(Unit).where(Unit.name == name)).one()


def person(app, name, unit_name="倪宅村"):
    with app.reading() as session:
        statement = select(Person).join(Unit, Unit.id == Person.unit_id).where(Person.name == name, Unit.name == unit_name)
        return session.scalars(statement).one()


def shown(page):
    """Every line of the tree as (depth, name, note)."""
    model, lines = page.tree._model, []

    def walk(item, depth):
        for row in range(item.rowCount()):
            lines.append((depth, item.child(row, 0).text(), item.child(row, 1).text()))
            walk(item.child(row, 0), depth + 1)

    walk(model.invisibleRootItem(), 0)
    return lines


def fill(page, **texts):
    page.pane.question.form.type_in(texts)


def error(page, key):
    return page.pane.question.form.boxes[key].error


def test_the_tree_holds_the_township_in_its_layers(page):
    lines = shown(page)
    assert lines[0] == (0, "花街镇", "")
    assert (1, "行政村", "25") in lines
    assert (1, "居委会", "2") in lines
    assert (2, "倪宅村", "") in lines


def test_a_village_is_added_by_keys(page, app):
    press(Qt.Key.Key_N, CTRL)
    type_text("新设村")
    press(Qt.Key.Key_Return)
    type_text("行政村")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    type_text("新设，新村")
    press(Qt.Key.Key_S, CTRL)
    added = unit(app, "新设村")
    assert (added.kind, added.aliases, added.parent_id) == ("village", "新设、新村", unit(app, "花街镇").id)
    assert page.tree.key == ("unit", added.id)
    assert page.pane.card.form.heading.text() == "新设村"
    press(Qt.Key.Key_Z, CTRL)
    with app.reading() as session:
        assert session.get(Unit, added.id) is None


def test_what_is_wrong_stands_under_its_field_and_nothing_is_kept(page, app):
    press(Qt.Key.Key_N, CTRL)
    type_text("倪宅村")
    press(Qt.Key.Key_S, CTRL)
    form = page.pane.forms["unit"]
    assert "请填写单位类型" in form.boxes["kind"].error
    form.boxes["kind"].editor.set_value("行政村")
    press(Qt.Key.Key_S, CTRL)
    assert "已经有了" in form.boxes["name"].error
    with app.reading() as session:
        assert len(office.units(session)) == 28
    form.keep()


def test_typed_text_is_not_lost_without_a_question(page, window):
    press(Qt.Key.Key_N, CTRL)
    type_text("新设村")
    answer("取消")
    window.visit("home")
    assert window.current == "organisation"
    assert page.pane.forms["unit"].texts()["name"] == "新设村"
    answer("不保存，留作草稿")
    window.visit("home")
    assert window.current == "home"


def test_searching_by_initials_narrows_the_tree_and_enter_opens(page, app):
    press(Qt.Key.Key_F, CTRL)
    type_text("jdc")
    assert [name for _depth, name, _note in shown(page)] == ["花街镇", "行政村", "金杜村"]
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert page.pane.key == ("unit", unit(app, "金杜村").id)
    assert page.pane.forms["unit"].boxes["name"].editor.hasFocus()


def test_a_person_gets_two_posts_by_keys_and_shows_every_role(page, app, desk):
    enter(app)
    page.refresh(None)
    page.tree.go_to(("unit", unit(app, "倪宅村").id))
    press(Qt.Key.Key_N, CTRL | SHIFT)
    form = page.pane.forms["person"]
    assert form.texts()["unit"] == "倪宅村"
    type_text("施某")
    press(Qt.Key.Key_S, CTRL)
    who = person(app, "施某")
    press(Qt.Key.Key_2, ALT)
    part = page.pane.parts["person"]["职务"]
    for place, title in (("倪宅村", "书记"), ("金杜村", "联村干部")):
        press(Qt.Key.Key_J, CTRL)
        type_text(place)
        press(Qt.Key.Key_Return)
        type_text(title)
        press(Qt.Key.Key_S, CTRL)
        press(Qt.Key.Key_Escape)
        assert part.form.isHidden()
    assert part.table.hasFocus() or part.table.view.hasFocus()
    with app.reading() as session:
        held = session.execute(select(Post.title, Unit.name).join(Unit, Unit.id == Post.unit_id).where(Post.person_id == who.id))
        assert sorted(held) == [("书记", "倪宅村"), ("联村干部", "金杜村")]
    notes = [(name, note) for _depth, name, note in shown(page) if name == "施某"]
    assert notes == [("施某", "书记"), ("施某", "联村干部")]
    press(Qt.Key.Key_3, ALT)
    assert [line.role for line in page.pane.parts["person"]["全部角色"].table.lines.values()] == ["书记", "联村干部"]
    press(Qt.Key.Key_2, ALT)
    part.table.step(-1)
    press(Qt.Key.Key_T, CTRL | SHIFT)
    with app.reading() as session:
        assert session.scalars(select(Post.until).where(Post.person_id == who.id).order_by(Post.id)).first() == app.today()


def test_a_role_leads_to_its_task(page, app, window):
    task = enter(app)
    page.refresh(None)
    page.tree.go_to(("person", person(app, "倪成纲").id))
    press(Qt.Key.Key_3, ALT)
    part = page.pane.parts["person"]["全部角色"]
    part.table.step(0)
    press(Qt.Key.Key_Return)
    assert window.current == "checklist"
    assert window.pages["checklist"].table.current_id() == task


def test_a_village_joins_an_alliance_and_the_alliance_shows_it(page, app):
    entry.save(app, UNITS, None, {"name": "倪宅区域共美党建联盟", "kind": "党建联盟"})
    page.refresh(None)
    village, alliance = unit(app, "倪宅村"), unit(app, "倪宅区域共美党建联盟")
    page.tree.go_to(("unit", village.id))
    press(Qt.Key.Key_3, ALT)
    press(Qt.Key.Key_J, CTRL)
    type_text("nzqy")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_S, CTRL)
    with app.reading() as session:
        (kept,) = session.scalars(select(Membership)).all()
        assert (kept.unit_id, kept.group_id) == (village.id, alliance.id)
    assert (3, "倪宅村", "") in shown(page)
    page.tree.go_to(("unit", alliance.id))
    page.pane.card.show_part("成员单位")
    lines = page.pane.parts["group"]["成员单位"].table.lines.values()
    assert [line.cells["unit"] for line in lines] == ["倪宅村"]


def test_renaming_on_a_day_by_keys(page, app):
    village = unit(app, "倪宅村")
    page.tree.go_to(("unit", village.id))
    press(Qt.Key.Key_R, CTRL | SHIFT)
    press(Qt.Key.Key_S, CTRL)
    assert "请填写新名称" in error(page, "name")
    type_text("古韵倪宅村")
    press(Qt.Key.Key_Return)
    type_text("2021-03-01")
    press(Qt.Key.Key_S, CTRL)
    assert unit(app, "古韵倪宅村").id == village.id
    assert page.pane.card.form.heading.text() == "古韵倪宅村"
    page.pane.card.show_part("变更")
    (line,) = page.pane.parts["unit"]["变更"].table.lines.values()
    assert (line.on, line.kind, line.title) == ("2021-03-01", "更名", "倪宅村 → 古韵倪宅村")


def test_merging_into_another_unit_closes_it_and_hides_it(page, app):
    task = enter(app)
    page.refresh(None)
    village = unit(app, "倪宅村")
    page.tree.go_to(("unit", village.id))
    page.steps._on_merge_into()
    fill(page, successor="金杜村", on="2021-03-05")
    press(Qt.Key.Key_S, CTRL)
    with app.reading() as session:
        assert session.get_one(Task, task).unit.name == "金杜村"
    assert all(name != "倪宅村" for _depth, name, _note in shown(page))
    press(Qt.Key.Key_T, ALT)
    assert (2, "倪宅村", "已停用") in shown(page)
    page.show_subject({"unit": village.id})
    assert "2021-03-05 起停用" in page.pane.card.form.note.text()
    assert page.steps.actions_by_name["reopen"].isVisible()
    assert not page.steps.actions_by_name["split"].isVisible()


def test_splitting_is_asked_and_may_be_given_up(page, app, window, qtbot):
    page.tree.go_to(("unit", unit(app, "倪宅村").id))
    press(Qt.Key.Key_T, CTRL)
    type_text("上倪村、下倪村")
    answer("取消")
    press(Qt.Key.Key_Escape)
    assert page.pane.question.form is not None
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.pane.question.form.focus()
    answer("放弃")
    press(Qt.Key.Key_Escape)
    assert page.pane.question.form is None
    assert page.pane.card is not None
    page.steps._on_split()
    fill(page, names="上倪村、下倪村")
    page.pane.question.form.save_action.trigger()
    assert {unit(app, name).kind for name in ("上倪村", "下倪村")} == {"village"}


def test_two_records_of_one_person_are_merged(page, app):
    enter(app, responsible="倪成纲")
    enter(app, title="公厕改造", responsible="倪成刚")
    page.refresh(None)
    kept, gone = person(app, "倪成纲"), person(app, "倪成刚")
    page.tree.go_to(("person", kept.id))
    press(Qt.Key.Key_G, CTRL)
    type_text("倪成刚")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_S, CTRL)
    with app.reading() as session:
        assert session.get(Person, gone.id) is None
        assert set(session.scalars(select(Responsibility.person_id))) == {kept.id}
    press(Qt.Key.Key_Z, CTRL)
    with app.reading() as session:
        assert session.get(Person, gone.id) is not None


def test_handing_over_says_what_and_how_much(page, app):
    enter(app, responsible="倪成纲")
    enter(app, title="公厕改造", responsible="倪成纲、王五")
    entry.save(app, POSTS, None, {"title": "书记", "unit": "倪宅村"}, person_id=person(app, "倪成纲").id)
    page.refresh(None)
    giver, taker = person(app, "倪成纲"), person(app, "王五")
    page.tree.go_to(("person", giver.id))
    press(Qt.Key.Key_O, CTRL)
    assert "责任人 2 项、职务 1 项" in page.pane.question.form.note.text()
    type_text("王五")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_S, CTRL)
    with app.reading() as session:
        assert set(session.scalars(select(Responsibility.person_id))) == {taker.id}
        assert session.scalars(select(Post.person_id)).all() == [giver.id]
    assert page.pane.key == ("person", giver.id)


def test_what_is_used_is_closed_not_deleted(page, app, window):
    enter(app)
    page.refresh(None)
    village = unit(app, "倪宅村")
    page.tree.go_to(("unit", village.id))
    press(Qt.Key.Key_Delete)
    assert "没有删除" in window.messages.text
    press(Qt.Key.Key_U, CTRL)
    assert unit(app, "倪宅村").closed_on == app.today()
    press(Qt.Key.Key_U, CTRL | SHIFT)
    assert unit(app, "倪宅村").closed_on is None
    unused = entry.save(app, PEOPLE, None, {"name": "错录的人", "unit": "倪宅村"}).record_id
    page.refresh(None)
    page.show_subject({"person": unused})
    press(Qt.Key.Key_Delete)
    with app.reading() as session:
        assert session.get(Person, unused) is None
    assert page.pane.card is None or page.pane.key != ("person", unused)


def test_the_township_itself_offers_neither_closing_nor_merging(page, app):
    page.tree.go_to(("unit", unit(app, "花街镇").id))
    visible = {name for name, action in page.steps.actions_by_name.items() if action.isVisible()}
    assert visible == {"rename", "merge"}


def test_every_action_has_a_word_keys_and_a_tip(page):
    actions = [*page.actions(), *page.steps.actions()]
    for action in actions:
        assert action.text()
        assert action.shortcuts(), action.text()
        assert action.statusTip(), action.text()
    keys = [key.toString() for action in actions for key in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_import_goes_to_the_import_page_and_export_writes_a_list(page, app, window, desk, qtbot, monkeypatch, tmp_path):
    choose(monkeypatch, target=tmp_path / "单位.xlsx")
    press(Qt.Key.Key_E, CTRL)
    wait(qtbot, desk)
    cells = [cell.value for row in load_workbook(tmp_path / "单位.xlsx").active for cell in row]
    assert {"倪宅村", "行政村", "倪宅、倪宅村委会"} <= set(cells)
    press(Qt.Key.Key_I, CTRL | SHIFT)
    assert window.current == "import"


def test_another_page_or_the_search_leads_to_a_person(page, app, window, desk):
    who = entry.save(app, PEOPLE, None, {"name": "周某", "unit": "倪宅村"}).record_id
    organisation.close_person(app, who)
    desk.visit("organisation", {"person": who})
    assert page.pane.key == ("person", who)
    assert page.tree.key == ("person", who)
