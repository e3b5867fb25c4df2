"""Which record a row of our own template is, whatever people did to its rows: hidden cell, name and content are weighed together."""

import pytest

from huajie_desktop.errors import Problem
from huajie_desktop.receiving import importing, intake
from huajie_desktop.receiving.previews import NEW
from tests.office import contents, enter
from tests.own_templates import FIRST, TITLES, Hands, look, statuses, template, ten, told

SAME = [(title, "same") for title in TITLES]
NEW_BLOCK = {
    "title": "新挖池塘",
    "category": "文明环境",
    "content": "挖2亩",
    "investment": 3,
    "due": "10月底",
    "responsible": "张三",
}


@pytest.fixture
def hands(app, tmp_path):
    return Hands(ten(app, tmp_path / "out"))


def fresh(hands, **texts):
    """A block of the visible columns, typed anew."""
    said = {**NEW_BLOCK, **texts}
    places = {column: key for key, column in hands.keys.items()}
    return [said.get(places[column]) for column in hands.seen]


def of(made, title):
    [row] = [row for row in made.rows if row.record.title == title]
    return row


def candidates(row):
    return [found.words for found in row.candidates]


def changes(row):
    return {change.key for change in row.changes}


def all_same(made):
    assert {status for _, status in statuses(made)} == {"same"}, statuses(made)
    assert sorted(row.record.title for row in made.rows) == sorted(TITLES)
    assert told(made) == []


ORDERS = {
    "turned": [*range(9, -1, -1)],
    "one down": [9, *range(9)],
    "two exchanged": [1, 0, *range(2, 10)],
    "by name": sorted(range(10), key=lambda place: TITLES[place]),
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_only_the_visible_columns_sorted_exchanges_nothing(app, hands, order):
    hands.sort_visible(order)
    all_same(look(app, hands.save()))


@pytest.mark.parametrize("first", ["编号列", "序号列"])
def test_it_does_not_matter_which_of_the_locked_columns_were_sorted_along(app, hands, first):
    hands.seen = range(3 if first == "编号列" else 2, hands.page.max_column + 1)
    hands.sort_visible(ORDERS["turned"])
    all_same(look(app, hands.save()))


def test_cells_edited_beside_a_sort_are_changes_of_the_records_they_were_typed_for(app, hands):
    hands.sort_visible(ORDERS["turned"])
    hands.type(0, "due", "10月15日")  # 文化礼堂提升
    hands.type(1, "investment", 9)  # 一村万树创建
    hands.type(2, "title", "光伏发电项目（屋顶）")
    made = look(app, hands.save())
    assert {row.record.title: changes(row) for row in made.rows if row.status != "same"} == {
        "文化礼堂提升": {"due"}, "一村万树创建": {"investment"}, "光伏发电项目（屋顶）": {"title"},
    }  # fmt: skip
    assert {row.status for row in made.rows} == {"change", "same"}
    assert [row.target for row in made.rows] == [*range(10, 0, -1)]


def test_a_list_pasted_over_the_visible_columns(app, hands):
    blocks = [hands.block(row) for row in hands.rows]
    for row, block in zip(hands.rows, [fresh(hands), *blocks[:5], *blocks[6:]], strict=True):
        hands.put(row, block)
    made = look(app, hands.save())
    assert of(made, "新挖池塘").status == "new"
    assert of(made, TITLES[5]).status == "removed"
    assert [pair for pair in statuses(made) if pair[1] == "same"] == [pair for pair in SAME if pair[0] != TITLES[5]]
    assert told(made) == []


@pytest.mark.parametrize("renamed", ["upper", "lower"])
def test_of_a_row_copied_and_renamed_the_untouched_one_stays_the_record(app, hands, renamed):
    hands.copy_row(3, 3)
    number = 3 if renamed == "upper" else 4
    for key in ("title", "content", "due"):
        hands.type(number, key, NEW_BLOCK[key])
    made = look(app, hands.save())
    assert of(made, "新挖池塘").action == "new"
    assert [pair for pair in statuses(made) if pair[1] == "same"] == SAME
    assert ["从同一行复制来的" in text for text in told(made)] == [True]


def test_a_copied_row_of_which_both_names_were_changed_is_asked_about(app, hands):
    hands.copy_row(3, 4)
    hands.type(3, "title", "东头河道清淤")
    hands.type(4, "title", "西头山塘加固")
    made = look(app, hands.save())
    for title in ("东头河道清淤", "西头山塘加固"):
        assert of(made, title).status == "ask"
        assert candidates(of(made, title)) == ["按编号是“自来水管网扩径”"]
    assert "removed" not in [status for _, status in statuses(made)]


def test_two_names_exchanged_are_a_question_with_both_readings_and_either_answer_holds(app, hands):
    first, second = hands.get(0, "title"), hands.get(1, "title")
    hands.type(0, "title", second)
    hands.type(1, "title", first)
    made = look(app, hands.save())
    row, other = made.files[0].rows[:2]
    assert (row.status, candidates(row)) == ("ask", [f"按名称是“{second}”", f"按编号是“{first}”"])
    assert (other.status, candidates(other)) == ("ask", [f"按名称是“{first}”", f"按编号是“{second}”"])
    with pytest.raises(Problem, match="要选是哪一条"):
        intake.apply(app, made)
    importing.answer(app, made, row, 1)
    importing.answer(app, made, other, 2)
    assert [(found.target, found.status, changes(found)) for found in (row, other)] == [
        (1, "change", {"title"}), (2, "change", {"title"}),
    ]  # fmt: skip
    importing.answer(app, made, row, 2)
    assert (row.target, other.status) == (2, "ask"), "two rows of a file are not one record"


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (0, "穿村段路灯按装"),
        (1, "公厕新建及改造工程"),
        (3, "自来水管网扩径2公里"),
        (9, "文化礼堂的提升"),
        (4, "垃圾分类宣传（二期）"),
    ],
)
def test_a_name_slightly_changed_is_a_change_of_its_record(app, hands, number, title):
    hands.type(number, "title", title)
    made = look(app, hands.save())
    row = of(made, title)
    assert (row.target, row.status, changes(row)) == (number + 1, "change", {"title"})
    assert [pair[1] for pair in statuses(made)].count("same") == 9
    assert told(made) == []


@pytest.mark.parametrize("number", [0, 4, 6, 9])
def test_another_name_with_the_rest_as_it_was_may_be_a_new_name_or_a_new_record(app, hands, number):
    hands.type(number, "title", "完全是另一件事")
    made = look(app, hands.save())
    row = of(made, "完全是另一件事")
    assert (row.status, candidates(row)) == ("ask", [f"按编号是“{TITLES[number]}”"])
    assert "removed" not in [status for _, status in statuses(made)]
    importing.answer(app, made, row, NEW)
    assert row.status == "new"
    assert of(made, TITLES[number]).status == "removed"
    importing.answer(app, made, row, number + 1)
    assert (row.status, changes(row)) == ("change", {"title"})
    assert "removed" not in [status for _, status in statuses(made)]


@pytest.mark.parametrize("rest", ["empty", "changed"])
def test_another_name_with_nothing_left_of_the_rest_is_another_record(app, hands, rest):
    hands.put(FIRST + 2, fresh(hands, responsible="陈七") if rest == "changed" else ["新挖池塘", *[None] * (len(hands.seen) - 1)])
    made = look(app, hands.save())
    assert of(made, "新挖池塘").action == ("new" if rest == "changed" else "error"), "a task needs more than a name"
    assert of(made, "新挖池塘").target is None
    assert of(made, TITLES[2]).status == "removed"


def test_a_name_kept_and_all_the_rest_changed_is_its_record(app, hands):
    hands.put(FIRST + 2, fresh(hands, title=TITLES[2], responsible="陈七"))
    row = of(look(app, hands.save()), TITLES[2])
    assert (row.target, row.status) == (3, "change")
    assert {"content", "investment", "due", "responsible"} <= changes(row)


@pytest.mark.parametrize("text", ["content", "all but the name"])
def test_cells_moved_beneath_names_that_stayed_are_a_doubt(app, hands, text):
    hands.seen = range(hands.keys["title"] + 1, hands.page.max_column + 1)
    if text == "content":
        hands.seen = range(hands.keys["content"], hands.keys["content"] + 1)
    hands.sort_visible([1, 2, 0, *range(3, 10)])
    made = look(app, hands.save())
    assert [row.status for row in made.rows] == ["warning"] * 3 + ["same"] * 7
    assert all("贴错了行" in text for text in told(made))


def test_only_the_names_sorted_is_asked_row_by_row(app, hands):
    hands.seen = range(hands.keys["title"], hands.keys["title"] + 1)
    hands.sort_visible(ORDERS["turned"])
    assert {status for _, status in statuses(look(app, hands.save()))} == {"ask"}


def test_the_hidden_cell_dragged_down_or_cleared_leaves_the_names_to_say_it(app, hands):
    dragged = str(hands.page.cell(FIRST, 1).value)
    for row in hands.rows:
        hands.page.cell(row, 1).value = dragged
    all_same(look(app, hands.save()))
    for row in hands.rows:
        hands.page.cell(row, 1).value = None
    all_same(look(app, hands.save()))


def test_a_hidden_cell_counted_up_by_dragging_is_told_where_it_stands(app, hands):
    hands.page.cell(FIRST + 1, 1).value = f"{hands.page.cell(FIRST, 1).value}2"
    made = look(app, hands.save())
    assert statuses(made) == SAME
    assert ["编号被改动过" in text for text in told(made)] == [True]
    assert made.files[0].rows[1].record.issues


def test_rows_moved_cleared_deleted_and_numbered_anew(app, hands):
    for number in range(10):
        hands.page.cell(FIRST + number, hands.keys["-"]).value = 20 - number
    hands.type(0, "content", None)
    hands.put(FIRST + 1, [None] * len(hands.seen))
    hands.page.delete_rows(FIRST + 2)
    made = look(app, hands.save())
    assert [pair for pair in statuses(made) if pair[1] != "removed"] == [SAME[0], *SAME[3:]], "an empty cell keeps what is kept"
    assert sorted(row.record.title for row in made.rows if row.removed) == sorted(TITLES[1:3])
    assert told(made) == []


@pytest.mark.parametrize("gone", ["column A", "row of keys", "both", "cut out", "columns"])
def test_hidden_cells_and_columns_deleted(app, hands, gone):
    hands.sort_visible(ORDERS["turned"])
    if gone in ("row of keys", "both"):
        hands.page.delete_rows(3)
    if gone in ("column A", "both"):
        hands.page.delete_cols(1)
    if gone == "cut out":
        for row in range(1, hands.page.max_row + 1):
            hands.page.cell(row, 20).value, hands.page.cell(row, 1).value = hands.page.cell(row, 1).value, None
    if gone == "columns":
        hands.page.delete_cols(hands.keys["investment"], 3)
    made = look(app, hands.save())
    assert {status for _, status in statuses(made)} == {"same"}
    assert made.files[0].read.unit == "倪宅村"


def test_a_sheet_copied_within_the_file_is_the_same_records_again(app, hands):
    hands.book.copy_worksheet(hands.page)
    made = look(app, hands.save())
    assert {row.status for row in made.rows} == {"same"}
    assert {row.target for row in made.rows} == set(range(1, 11))


def test_the_same_template_twice_with_the_visible_columns_sorted_is_no_doubt(app, hands, tmp_path):
    other = hands.save(tmp_path / "第二份.xlsx")
    hands.sort_visible(ORDERS["by name"])
    made = look(app, other, hands.save())
    assert {row.status for row in made.rows} == {"same"}
    assert told(made) == []


def test_examples_sorted_in_among_the_rows_and_rows_in_place_of_the_example(app, hands):
    blocks = [hands.block(row) for row in (FIRST - 1, *hands.rows)]
    for row, block in zip(range(FIRST - 1, FIRST + 10), reversed(blocks), strict=True):
        hands.put(row, block)
    made = look(app, hands.save())
    assert sorted(statuses(made)) == sorted(SAME)
    assert [left.reason for left in made.files[0].read.left_out] == ["示例"]
    assert told(made) == []


def test_an_example_typed_over_is_a_record(app, hands):
    hands.put(FIRST - 1, fresh(hands))
    made = look(app, hands.save())
    assert statuses(made) == [("新挖池塘", "new"), *SAME]


def test_a_change_made_here_meanwhile_is_no_conflict_after_a_sort(app, hands):
    from tests.office import TEXTS
    from tests.own_templates import TASKS_OF_TEN
    from tests.tasks import save_task

    save_task(app, 3, {**TEXTS, "title": TITLES[2], **TASKS_OF_TEN[TITLES[2]], "due": "7月底前"})
    hands.sort_visible(ORDERS["turned"])
    assert {row.status for row in look(app, hands.save()).rows} == {"same"}
    hands.type(7, "due", "10月1日")
    made = look(app, hands.save())
    assert (of(made, TITLES[2]).status, changes(of(made, TITLES[2]))) == ("conflict", {"due"})


def test_another_villages_rows_change_nothing_there_and_are_named(app, hands, tmp_path):
    enter(app, title="金杜的公厕", unit="金杜村", content="西头公厕重建", investment="7", due="5月底前")
    other = Hands(template(app, tmp_path / "b", "金杜村"))
    hands.put(FIRST + 2, other.block(FIRST))  # without its hidden cell
    for column, cell in enumerate(other.page[FIRST], 1):
        hands.page.cell(FIRST + 10, column).value = cell.value  # with it
    hands.page.cell(FIRST + 10, hands.keys["title"]).value = TITLES[4]  # and our own name over it
    before, made = contents(app), look(app, hands.save())
    pasted, whole = made.files[0].rows[2], made.files[0].rows[10]
    assert (pasted.status, pasted.target) == ("warning", None)
    assert "和金杜村的“金杜的公厕”一模一样" in pasted.record.issues[-1].message
    assert (whole.status, whole.target) == ("error", None)
    assert any("从金杜村的模板复制来的" in issue.message for issue in whole.record.issues)
    importing.skip(app, made, [pasted])
    intake.apply(app, made, skip_errors=True)
    assert contents(app) == before


def test_a_record_given_to_another_unit_since_the_template_went_out_is_not_called_copied(app, hands):
    from tests.office import TEXTS
    from tests.own_templates import TASKS_OF_TEN
    from tests.tasks import save_task

    save_task(app, 3, {**TEXTS, "title": TITLES[2], **TASKS_OF_TEN[TITLES[2]], "unit": "金杜村"})
    row = of(look(app, hands.save()), TITLES[2])
    assert row.status == "error"
    assert "改成了金杜村的" in row.record.issues[-1].message


def test_a_name_beside_new_words_takes_no_record_whose_rest_stands_in_another_row(app, hands):
    """Two names exchanged, one of which was typed anew: what was written for the new one is no other record's."""
    hands.sort_visible([*range(9, -1, -1)])
    first, other = hands.rows[0], FIRST + 3  # there stands 防汛物资储备, of which most of its cells say enough
    hands.put(first, fresh(hands, title="新挖池塘"))
    cells = [hands.page.cell(row, hands.keys["title"]) for row in (first, other)]
    assert cells[1].value == "防汛物资储备"
    cells[0].value, cells[1].value = cells[1].value, cells[0].value
    made = look(app, hands.save())
    assert (of(made, "防汛物资储备").status, of(made, "新挖池塘").status) == ("ask", "ask")
