"""The campaign page: the matrix gone through by keys, its parts changed, numbers previewed, the next year made."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from sqlalchemy import select
from sqlalchemy import text as sql

from db.log import Act
from db.models import Category, Dimension, ListKind, Task
from huajie_desktop import office
from huajie_desktop.records.entry import delete
from huajie_desktop.values.text import clean
from huajie_desktop.work.numbering import DEFAULT_PATTERN, paper_number
from huajie_desktop.work.review import approve, submit
from huajie_desktop.year import campaigns
from huajie_desktop.year.campaigns import CATEGORIES, DIMENSIONS, LIST_KINDS, CategoryLine, DimensionLine
from tests.office import contents, enter
from tests.ui.hands import answer, wait
from tests.ui.keys import CTRL, SHIFT, go_to_page, press, type_text
from ui.pages.campaign.campaign_page import CampaignPage

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(window) -> CampaignPage:
    window.visit("campaign")
    found = window.pages["campaign"]
    assert isinstance(found, CampaignPage)
    return found


def words(matrix):
    model = matrix.model()
    return [[model.index(row, column).data() for row in range(model.rowCount())] for column in range(model.columnCount())]


def names(app, model=Category):
    with app.reading() as session:
        return {found.name: found.id for found in session.scalars(select(model))}


def tab(page, key):
    page.tabs.button(key).click()


# the matrix


def test_three_dimensions_by_five_categories_with_their_tasks(app, window):
    enter(app, further="重点工作")
    enter(app, title="另一项")
    go_to_page("campaign")
    columns = words(window.pages["campaign"].structure.matrix)
    assert [column[0] for column in columns] == ["五大攻坚：0 项任务", "五大行动：0 项任务", "五大比拼：2 项任务"]
    assert columns[2][1:3] == ["重点工作：1 项任务，已确认 0 项", "干事承诺：2 项任务，已确认 0 项"]
    assert [len(column) for column in columns] == [6, 6, 6]


def test_a_category_is_found_by_arrows_and_renamed(page, app):
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert page.structure.matrix.current.name == "文明环境"
    assert page.structure.form.heading.text() == "文明环境"
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_A, CTRL)
    type_text("文明美丽环境")
    press(Qt.Key.Key_S, CTRL)
    assert "文明美丽环境" in names(app)
    assert page.structure.matrix.current.name == "文明美丽环境"
    assert page.structure.form.heading.text() == "文明美丽环境"
    press(Qt.Key.Key_Escape)
    assert page.structure.matrix.hasFocus()


def test_a_click_shows_what_was_clicked(page):
    matrix = page.structure.matrix
    place = matrix.visualRect(matrix.model().index(0, 1)).center()
    QTest.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert isinstance(matrix.current, DimensionLine)
    assert page.structure.form is page.structure.dimension
    assert page.structure.form.texts() == {"name": "五大行动"}


def test_a_category_is_added_to_the_dimension_the_cursor_is_in(page, app):
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_N, CTRL)
    assert page.structure.form.note.text() == "五大行动里的类别"
    type_text("抱团共富")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_S, CTRL)
    assert "请填写编号简称" in page.structure.category.boxes["code"].error
    type_text("共富")
    press(Qt.Key.Key_S, CTRL)
    with app.reading() as session:
        assert session.get_one(Category, names(app)["抱团共富"]).dimension.name == "五大行动"
    assert page.structure.matrix.current.name == "抱团共富"
    assert words(page.structure.matrix)[1][-1].startswith("抱团共富")


def test_a_dimension_is_added_and_filled(page, app):
    press(Qt.Key.Key_N, CTRL | SHIFT)
    type_text("五大工程")
    press(Qt.Key.Key_S, CTRL)
    assert page.structure.matrix.current.name == "五大工程"
    press(Qt.Key.Key_N, CTRL)
    assert page.structure.form.note.text() == "五大工程里的类别"
    type_text("道路")
    press(Qt.Key.Key_Return)
    type_text("路")
    press(Qt.Key.Key_S, CTRL)
    assert words(page.structure.matrix)[3][:2] == ["五大工程：0 项任务", "道路：0 项任务，已确认 0 项"]


def test_order_closing_and_deleting_go_by_keys(page, app, window):
    enter(app, category="工业发展提质攻坚")
    press(Qt.Key.Key_Down, ALT)
    press(Qt.Key.Key_Down, ALT)
    assert page.structure.matrix.current.name == "工业发展提质攻坚"
    with app.reading() as session:
        assert [item.name for item in office.categories(session)][2] == "工业发展提质攻坚"
    press(Qt.Key.Key_Delete)
    assert "还在使用" in window.messages.text
    press(Qt.Key.Key_B, CTRL | SHIFT)
    assert page.structure.matrix.current.closed
    assert page.structure.close_action.text() == "恢复使用"
    press(Qt.Key.Key_B, CTRL | SHIFT)
    assert not page.structure.matrix.current.closed
    press(Qt.Key.Key_Down)
    gone = page.structure.matrix.current.name
    press(Qt.Key.Key_Delete)
    assert gone not in names(app)
    press(Qt.Key.Key_Z, CTRL)
    assert gone in names(app)


def test_an_empty_year_says_what_to_do_first(page, app):
    said = [page.structure.hint.text()]
    for model, ledger in ((Category, CATEGORIES), (Dimension, DIMENSIONS)):
        delete(app, list(names(app, model).values()), ledger)
        page.refresh(None)
        said.append(page.structure.hint.text())
    assert [words.partition("。")[0] for words in said] == ["方向键选择，回车修改", "还没有类别", "还没有板块"]
    page.structure.form.focus()  # and now as it says
    type_text("五大行动")
    press(Qt.Key.Key_S, CTRL)
    assert [*names(app, Dimension)] == ["五大行动"]
    assert page.structure.hint.text() == said[1]
    press(Qt.Key.Key_N, CTRL)
    assert page.structure.form is page.structure.category
    assert page.structure.form.note.text() == "五大行动里的类别"


def test_typed_text_is_not_lost_without_a_question(page, window):
    press(Qt.Key.Key_Return)
    type_text("改")
    answer("取消")
    window.visit("home")
    assert window.current == "campaign"
    page.structure.matrix.setFocus()
    answer("不保存，留作草稿")
    press(Qt.Key.Key_Down)
    assert page.structure.form.heading.text() == page.structure.matrix.current.name


def test_a_half_typed_record_is_found_again_by_its_subject(page, app):
    category = names(app)["平安创建"]
    page.show_subject({"ledger": "categories", "id": category})
    assert (page.structure.matrix.current.id, page.structure.form.record_id) == (category, category)
    assert isinstance(page.structure.matrix.current, CategoryLine)
    page.show_subject({"ledger": "list_kinds", "id": names(app, ListKind)["镇级清单"]})
    assert page.tabs.key == "kinds"
    assert page.kinds.form.heading.text() == "镇级清单"
    page.show_subject({"ledger": "dimensions", "new": True})
    assert page.structure.form.heading.text() == "新增板块"


# list kinds


def test_list_kinds_are_named_by_the_office(page, app):
    tab(page, "kinds")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_A, CTRL)
    type_text("任务清单")
    press(Qt.Key.Key_S, CTRL)
    press(Qt.Key.Key_N, CTRL)
    type_text("问题清单")
    press(Qt.Key.Key_S, CTRL)
    with app.reading() as session:
        assert [kind.name for kind in office.list_kinds(session)] == ["市级清单", "任务清单", "村级清单", "问题清单"]
    assert page.kinds.table.current_line().title == "问题清单"
    enter(app, title="招商", unit="花街镇")
    page.refresh(None)
    assert [line.tasks for line in page.kinds.table.lines.values()] == ["0", "1", "0", "0"]


def test_tasks_from_before_there_were_lists_are_sorted_in(page, app, desk, qtbot):
    delete(app, list(names(app, ListKind).values()), LIST_KINDS)
    enter(app)
    page.refresh(None)
    tab(page, "kinds")
    assert page.kinds.sort_in.text() == "归入清单（1 项）"
    page.kinds.form.keep()
    page.kinds.sort_in.trigger()
    wait(qtbot, desk)
    with app.reading() as session:
        assert session.scalars(select(Task)).one().list_kind.name == "村级清单"
    assert not page.kinds.sort_in.isEnabled()


# numbers


def test_signs_an_older_program_kept_in_codes_lists_and_pattern_reach_no_number(app, window):
    with app.engine.begin() as connection:
        for table, column in (("categories", "code"), ("list_kinds", "name")):
            connection.execute(sql(f"UPDATE {table} SET {column} = {column} || :signs"), {"signs": "\0\u202e"})
        connection.execute(sql("UPDATE campaigns SET number_pattern = :pattern"), {"pattern": "{清单}\0{类别}\u202e{序号}"})
        connection.execute(sql("UPDATE units SET name = :name WHERE kind = 'township'"), {"name": "\0\u202e花街镇"})
    window.visit("campaign")
    page = window.pages["campaign"]
    tab(page, "numbers")
    part = page.numbers
    assert part.table.lines[12].number.endswith("干诺1")
    press(Qt.Key.Key_A, CTRL)
    type_text("{镇}{清单}{类别}{序号}")
    assert part.table.lines[12].number.endswith("干诺1")
    task = enter(app)
    submit(app, [task])
    approve(app, [task])
    with app.reading() as session:
        number = session.get_one(Task, task).number
        assert number == clean(number), "no sign nobody sees"
        assert paper_number(session, "办", 1) == "花办〔2021〕1号"


def test_the_next_numbers_follow_what_is_typed(page, app, window):
    tab(page, "numbers")
    first = page.numbers.table.lines
    assert page.numbers.pattern.editor.value() == DEFAULT_PATTERN
    assert first[12].number == "花〔2021〕干诺-001"
    press(Qt.Key.Key_A, CTRL)
    type_text("{类别}{序号}号")
    assert page.numbers.table.lines[12].number == "干诺1号"
    press(Qt.Key.Key_A, CTRL)
    type_text("{年}号")
    assert "{序号}" in page.numbers.pattern.error
    assert page.numbers.table.lines[12].number == "干诺1号", "what cannot number shows the last that could"
    press(Qt.Key.Key_S, CTRL)
    with app.reading() as session:
        assert session.campaign.number_pattern is None
    page.numbers.fields[-1].click()
    assert page.numbers.pattern.editor.value() == "{年}号{序号:3}"
    assert page.numbers.table.lines[12].number == "2021号001"
    press(Qt.Key.Key_S, CTRL)
    with app.reading() as session:
        assert session.campaign.number_pattern == "{年}号{序号:3}"
    task = enter(app)
    submit(app, [task])
    approve(app, [task])
    page.refresh(None)
    assert page.numbers.table.lines[12].number == "2021号002"


def test_what_was_typed_can_be_given_up(page, window):
    tab(page, "numbers")
    press(Qt.Key.Key_A, CTRL)
    type_text("{序号}")
    answer("取消")
    window.visit("home")
    assert (window.current, page.numbers.pattern.editor.value()) == ("campaign", "{序号}")
    answer("不保存，留作草稿")
    window.visit("home")
    assert window.current == "home"
    window.visit("campaign")
    assert page.numbers.pattern.editor.value() == DEFAULT_PATTERN
    assert page.numbers.table.lines[12].number == "花〔2021〕干诺-001"


# years


def test_the_next_year_is_made_by_keys_shown_in_the_title_and_taken_back(page, app, window, desk, qtbot):
    enter(app)
    enter(app, title="办结了", finished_on="2021-03-09")
    before = contents(app)
    press(Qt.Key.Key_J, CTRL)
    assert page.years.form.texts()["year"] == "2022"
    press(Qt.Key.Key_S, CTRL)
    wait(qtbot, desk)
    assert "2022 年" in window.windowTitle()
    assert "转入 1 项" in window.messages.text
    assert "补上完成时限" in window.messages.text
    assert [(line.year, line.tasks, line.state) for line in page.years.table.lines.values()] == [
        ("2022", "1", "正在使用"),
        ("2021", "2", "可以查看"),
    ]
    page.years.form.focus()
    press(Qt.Key.Key_S, CTRL)  # pressed once too often
    assert not desk.jobs.busy
    assert page.years.form.boxes["year"].error
    assert page.years.table.count == 2
    page.years.form.leave_action.trigger()
    page.years.table.setFocus()
    page.years.table.go_to(min(page.years.table.model.ids))
    press(Qt.Key.Key_G, CTRL)
    assert "2021 年" in window.windowTitle()
    go_to_page("checklist")
    assert len(window.pages["checklist"].table.model.ids) == 2
    go_to_page("campaign")
    page.years.table.setFocus()
    page.years.table.go_to(max(page.years.table.model.ids))
    press(Qt.Key.Key_G, CTRL)
    assert "2022 年" in window.windowTitle()
    go_to_page("checklist")
    assert len(window.pages["checklist"].table.model.ids) == 1, "an open page follows the year, too"
    press(Qt.Key.Key_Z, CTRL)
    wait(qtbot, desk)
    assert "2021 年" in window.windowTitle(), "the year on the desk is gone: back to the one before"
    assert len(window.pages["checklist"].table.model.ids) == 2
    assert contents(app) == before
    press(Qt.Key.Key_Y, CTRL)
    wait(qtbot, desk)
    assert "2022 年" in window.windowTitle()


def test_what_is_wrong_with_the_year_stands_at_its_field(page, app, window):
    press(Qt.Key.Key_J, CTRL)
    press(Qt.Key.Key_A, CTRL)
    type_text("2021")
    press(Qt.Key.Key_S, CTRL)
    assert "已经建立过了" in page.years.form.boxes["year"].error
    press(Qt.Key.Key_Escape)
    assert page.years.form.texts()["year"] == "2022"


def test_an_empty_campaign_says_what_to_do(app, window):
    with app.operation(Act.CHANGE, "清空") as running:
        for model in (Category, Dimension):
            for found in running.session.scalars(select(model)):
                running.session.delete(found)
    window.visit("campaign")
    page = window.pages["campaign"]
    with app.reading() as session:
        assert campaigns.outline(session) == []
    assert page.structure.form.heading.text() == "新增板块"
    page.structure.form.keep()


def test_tabs_are_reached_by_keys(page):
    seen = []
    for _ in range(4):
        press(Qt.Key.Key_PageDown, CTRL)
        seen.append(page.tabs.key)
    assert seen == ["kinds", "numbers", "years", None]
