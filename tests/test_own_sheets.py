"""Whole sheets of our own templates: two in one, cells moved without their hidden keys, struck, cleared or typed over rows."""

import pytest
from openpyxl.styles import Font

from huajie_desktop.receiving import importing
from huajie_desktop.receiving.previews import CLEAR
from huajie_desktop.receiving.telling import as_json, described
from tests.office import enter
from tests.own_templates import FIRST, TASKS_OF_TEN, TITLES, Hands, look, statuses, template, ten, told


@pytest.fixture
def hands(app, tmp_path):
    return Hands(ten(app, tmp_path / "out"))


def of(made, title):
    [row] = [row for row in made.rows if row.record.title == title]
    return row


def test_a_template_copied_below_another_one_is_read_as_its_own(app, hands, tmp_path):
    """The second one's title stands below the first one's rows and says whose the rows below it are."""
    for title in ("杨杭的公厕", "杨杭的路灯"):
        enter(app, title=title, unit="杨杭村")
    other = Hands(template(app, tmp_path / "other", "杨杭村"))
    below = hands.rows[-1] + 2
    for number, cells in enumerate(other.page.iter_rows(values_only=True, max_row=FIRST + 1)):
        for column, value in enumerate(cells, 1):
            hands.page.cell(below + number, column).value = value
    made = look(app, hands.save())
    assert [row.record.unit for row in made.rows] == ["倪宅村"] * 10 + ["杨杭村"] * 2
    assert {status for _, status in statuses(made)} == {"same"}


def move(hands, first, second, top=FIRST - 2):
    """Exchanges what can be seen of two columns from the header down, as cutting and pasting does; the keys above stay."""
    for row in range(top, hands.page.max_row + 1):
        cells = [hands.page.cell(row, hands.keys[key]) for key in (first, second)]
        cells[0].value, cells[1].value = cells[1].value, cells[0].value


@pytest.mark.parametrize("pair", [("title", "category"), ("content", "responsible"), ("milestones", "remarks")])
def test_columns_moved_without_their_hidden_keys_are_read_by_the_header_and_that_is_said(app, hands, pair):
    move(hands, *pair)
    made = look(app, hands.save())
    assert {status for _, status in statuses(made)} == {"same"}
    [said] = told(made)
    assert "的表头挪了位置（" in said


def test_a_header_that_was_only_written_over_leaves_the_keys_what_they_are(app, hands):
    hands.page.cell(FIRST - 2, hands.keys["content"]).value = "备注"
    made = look(app, hands.save())
    assert {status for _, status in statuses(made)} == {"same"}
    assert told(made) == []


def test_what_was_left_of_the_row_of_examples_is_doubted(app, hands):
    hands.page.cell(FIRST - 1, hands.keys["title"]).value = "新挖池塘"
    made = look(app, hands.save())
    [doubt] = [issue.message for issue in of(made, "新挖池塘").record.issues if "示例" in issue.message]
    assert "这一行是在示例行上改的，建设内容及规模、" in doubt
    assert "类别" not in doubt
    for key in hands.keys:
        if key in TASKS_OF_TEN["穿村段路灯安装"] or key in ("funding", "start", "milestones", "quantities", "remarks"):
            hands.page.cell(FIRST - 1, hands.keys[key]).value = "9月底前" if key == "due" else None
    made = look(app, hands.save())
    assert not [issue for issue in of(made, "新挖池塘").record.issues if "示例" in issue.message]


def test_a_struck_row_that_says_nothing_else_new_is_still_doubted(app, hands):
    for cell in hands.page[FIRST]:
        cell.font = Font(strike=True)
    made = look(app, hands.save())
    row = of(made, TITLES[0])
    assert [issue.message for issue in row.record.issues] == ["这一行划了删除线，是不是取消了？照原样读了，请核对"]
    hands.type(0, "content", "改成20盏")
    assert of(look(app, hands.save()), TITLES[0]).status == "warning"


def test_a_cleared_name_leaves_the_record_as_it_is_and_is_no_error(app, hands):
    hands.type(0, "title", None)
    made = look(app, hands.save())
    [row] = [row for row in made.rows if row.record.row == FIRST]
    assert (row.status, [issue.severity for issue in row.issues]) == ("same", ["warning"])
    [said] = [issue["message"] for record in as_json(made)["files"][0]["records"] for issue in record["issues"]]
    assert said == f"这一格空着，保留原来的“{TITLES[0]}”，请核对"
    assert "10 项，0 项有错误，1 项请核对" in next(described(made))
    importing.tell(app, made, blank=CLEAR)
    assert row.status == "error"


def test_another_unit_s_row_over_one_of_the_same_name_is_doubted(app, tmp_path):
    enter(
        app, title="公厕新建及改造", unit="杨杭村", content="新建改造公厕9座", investment="77", due="11月底前", responsible="钱七"
    )
    hands = Hands(ten(app, tmp_path / "out"))
    other = Hands(template(app, tmp_path / "other", "杨杭村"))
    hands.put(FIRST + 1, other.block(FIRST))
    row = of(look(app, hands.save()), "公厕新建及改造")
    assert row.status == "warning"
    assert any("和杨杭村的“公厕新建及改造”一模一样，请核对" in issue.message for issue in row.issues)


def test_a_column_moved_down_alone_is_doubted_in_every_row(app, hands):
    values = [hands.get(place, "due") for place in range(10)]
    for place in range(10):
        hands.type(place, "due", values[place - 1])
    made = look(app, hands.save())
    assert {status for _, status in statuses(made)} == {"warning"}
    assert all(any("请核对是不是贴错了行" in issue.message for issue in row.issues) for row in made.rows)


def test_one_day_for_several_is_no_doubt(app, hands):
    for place in range(2, 6):
        hands.type(place, "due", hands.get(0, "due"))
    made = look(app, hands.save())
    assert [status for _, status in statuses(made)].count("change") == 4
    assert told(made) == []
