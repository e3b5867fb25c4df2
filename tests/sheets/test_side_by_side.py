"""Lists side by side on a sheet are read one after the other, each under its own titles; a word that stands twice makes no halves."""

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from huajie_desktop.receiving import importing, intake, reopening
from huajie_desktop.sheets.understood.workbooks import read_workbook
from tests.sheets.files import Grid, write
from tests.sheets.office import huajie
from tests.sheets.test_stacked import FORMATS, read

HEAD = ["序号", "任务名称", "责任人", "完成时限"]
TITLE = ["倪宅村任务清单", "", "", "", "", "", "", ""]
WHOLE = (0, 0, 0, 7)


def task(number, title):
    return [number, title, "张三丰", "8月底"]


def found(file):
    return [(record.title, record.unit, record.part) for record in file.records]


NEI = [("村道", "倪宅村", 0), ("路灯", "倪宅村", 0), ("公厕", "倪宅村", 1), ("绿道", "倪宅村", 1)]
TWO_ROWS = [task(1, "村道") + task(3, "公厕"), task(2, "路灯") + task(4, "绿道")]
HALVES = {
    "under one title": ([TITLE, HEAD * 2, *TWO_ROWS], [WHOLE]),
    "title not merged": ([["倪宅村任务清单"], HEAD * 2, *TWO_ROWS], []),
    "a blank column between": (
        [TITLE, [*HEAD, "", *HEAD], *([*row[:4], "", *row[4:]] for row in TWO_ROWS)], [(0, 0, 0, 8)],
    ),
    "reporting line over both": ([["任务清单"], ["填报单位：倪宅村", "", "", "", "", "", "填报日期：3月1日"], HEAD * 2, *TWO_ROWS], []),
    "other words on the right": (
        [TITLE, [*HEAD, "编号", "事项名称", "负责人", "完成时间"], *TWO_ROWS], [WHOLE],
    ),
    "without serials": (
        [TITLE[:6], ["任务名称", "责任人", "完成时限"] * 2, *([*row[1:4], *row[5:]] for row in TWO_ROWS)], [(0, 0, 0, 5)],
    ),
    "a total, a note and a signature over both": (
        [TITLE, HEAD * 2, *TWO_ROWS, ["合计", "4项"], ["注：本表一式两份"], ["填表人：张三", "", "", "", "审核人：李四"]], [WHOLE],
    ),
    "two header rows": (
        [
            TITLE, ["序号", "任务名称", "责任", "", "序号", "任务名称", "责任", ""],
            ["", "", "责任人", "完成时限", "", "", "责任人", "完成时限"], *TWO_ROWS,
        ],
        [WHOLE, (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 2, 4), (1, 5, 2, 5), (1, 6, 1, 7)],
    ),
    "in column C below blank rows": ([[], [], *(["", "", *row] for row in [TITLE, HEAD * 2, *TWO_ROWS])], [(2, 2, 2, 9)]),
    "the header again on the next page": (
        [TITLE, HEAD * 2, TWO_ROWS[0], HEAD * 2, TWO_ROWS[1]], [WHOLE],
    ),
    "the title again on the next page": (
        [TITLE, HEAD * 2, TWO_ROWS[0], TITLE, HEAD * 2, TWO_ROWS[1]], [WHOLE, (3, 0, 3, 7)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("rows", HALVES.values(), ids=HALVES)
def test_a_list_in_two_halves_is_read_whole(tmp_path, rows, ending):
    cells, merges = rows
    file = read(tmp_path, *cells, ending=ending, merges=merges)
    assert found(file) == NEI
    assert not any(record.issues for record in file.records)
    assert file.unit == "倪宅村"


@pytest.mark.parametrize("ending", FORMATS)
def test_three_columns_of_a_list_the_last_shorter(tmp_path, ending):
    file = read(tmp_path, ["倪宅村任务清单"], HEAD * 3, [*TWO_ROWS[0], *task(5, "水塘")], TWO_ROWS[1], ending=ending)
    assert found(file) == [*NEI, ("水塘", "倪宅村", 2)]
    assert file.records[-1].cell("title").endswith("J3"), "letters are the sheet's own"


VILLAGES = {
    "titles over each": [["倪宅村任务清单", "", "", "", "金杜村任务清单"], HEAD * 2],
    "bare names": [["倪宅村", "", "", "", "金杜村"], HEAD * 2],
    "reporting lines": [["花街镇任务清单"], ["填报单位：倪宅村", "", "", "", "填报单位：金杜村"], HEAD * 2],
    "under a title of the township": [["花街镇2021年任务清单"], ["倪宅村", "", "", "", "金杜村"], HEAD * 2],
    "other words": [["倪宅村", "", "", "", "金杜村"], [*HEAD, "编号", "承诺事项", "负责人", "完成时间"]],
}


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("apart", [0, 1, 2])
@pytest.mark.parametrize("above", VILLAGES.values(), ids=VILLAGES)
def test_lists_of_two_villages_each_under_its_title(tmp_path, above, apart, ending):
    space = lambda row: [*row[:4], *[""] * apart, *row[4:]]  # noqa: E731
    rows = [*above, task(1, "村道") + task(1, "公厕"), task(2, "路灯")]
    file = read(tmp_path, *map(space, rows), ending=ending)
    assert found(file) == [("村道", "倪宅村", 0), ("路灯", "倪宅村", 0), ("公厕", "金杜村", 1)]


def test_a_title_merged_over_one_half_says_nothing_of_the_other(tmp_path):
    file = read(tmp_path, TITLE, HEAD * 2, TWO_ROWS[0], merges=[(0, 0, 0, 3)])
    assert found(file) == [("村道", "倪宅村", 0), ("公厕", None, 1)]
    assert [issue.severity for issue in file.records[1].issues] == ["error"]


@pytest.mark.parametrize("ending", FORMATS)
def test_each_half_has_its_unit_of_money_or_the_one_that_is_said(tmp_path, ending):
    head = ["序号", "任务名称", "责任人", "投资"]
    row = lambda left, right: [1, "村道", "张三丰", left, 1, "公厕", "李四光", right]  # noqa: E731
    units = ["", "", "", "单位：元", "", "", "", "单位：万元"]
    own = read(tmp_path, ["倪宅村清单", "", "", "", "金杜村清单"], units, head * 2, row(50000, 5), ending=ending)
    assert [int(record["investment"]) for record in own.records] == [50000, 50000]
    both = read(
        tmp_path, ["倪宅村清单"], ["", "", "", "", "", "", "", "单位：元"], head * 2, row(50000, 40000), name="b", ending=ending
    )
    assert [int(record["investment"]) for record in both.records] == [50000, 40000]


def test_headings_over_both_halves_hold_for_both(tmp_path):
    rows = [TITLE, HEAD * 2, ["一、重点工作"], TWO_ROWS[0], ["二、文明环境"], TWO_ROWS[1]]
    file = read(tmp_path, *rows, merges=[WHOLE, (2, 0, 2, 7), (4, 0, 4, 7)])
    assert [(r.title, r["category"][1]) for r in file.records] == [
        ("村道", "重点工作"), ("路灯", "文明环境"), ("公厕", "重点工作"), ("绿道", "文明环境"),
    ]  # fmt: skip


@pytest.mark.parametrize("ending", FORMATS)
def test_stacked_and_side_by_side(tmp_path, ending):
    rows = [
        ["倪宅村", "", "", "", "金杜村"], HEAD * 2, task(1, "村道") + task(1, "公厕"), [],
        ["花街村", "", "", "", "尚仁村"], HEAD * 2, task(1, "水井") + task(1, "水塘"), [],
        ["潘宅村任务清单"], HEAD, task(1, "渠道"),
    ]  # fmt: skip
    file = read(tmp_path, *rows, ending=ending)
    assert {(title, unit) for title, unit, _ in found(file)} == {
        ("村道", "倪宅村"), ("公厕", "金杜村"), ("水井", "花街村"), ("水塘", "尚仁村"), ("渠道", "潘宅村"),
    }  # fmt: skip
    below = read(tmp_path, *rows[8:], [], *rows[:3], name="b", ending=ending)
    assert found(below) == [("渠道", "潘宅村", 0), ("村道", "倪宅村", 0), ("公厕", "金杜村", 1)]


NO_HALVES = [
    ["序号", "任务名称", "责任人", "备注", "完成时限", "备注"],
    ["序号", "任务名称", "完成时限", "责任人", "完成时限", "投资"],
    ["序号", "项目名称", "项目负责人", "任务名称", "责任人", "完成时限"],
    ["序号", "镇级任务", "责任人", "任务名称", "责任人", "完成时限"],
    ["序号", "任务名称", "责任人", "联系电话", "完成时限", "联系电话"],
    ["任务名称", "责任人", "完成时限", "责任人", "完成时限", "投资"],
]


@pytest.mark.parametrize("head", NO_HALVES, ids=lambda head: " ".join(head))
def test_words_that_stand_twice_are_no_halves(tmp_path, head):
    said = {"序号": 1, "完成时限": "8月底", "投资": 5, "备注": "好", "联系电话": "13800001111"}
    file = read(tmp_path, ["倪宅村任务清单"], head, [said.get(word, "张三丰" if "人" in word else "硬化村道") for word in head])
    assert {record.part for record in file.records} == {0}
    assert len(file.records) == 1


def test_names_under_other_groups_are_no_halves(tmp_path):
    known = huajie().reading(huajie().catalogue["people"])
    rows = [["户主", "", "配偶", ""], ["姓名", "联系电话", "姓名", "联系电话"], ["张三丰", "13800001111", "李芳", "13800002222"]]
    file = read(tmp_path, *rows, merges=[(0, 0, 0, 1), (0, 2, 0, 3)], known=known)
    assert [column.field for column in file.tables[0].columns] == ["name", "phone", None, None]
    each = read(
        tmp_path, ["姓名", "性别", "联系电话"] * 2, ["张三丰", "男", "13800001111", "李芳", "女", ""], known=known, name="b"
    )
    assert [record.title for record in each.records] == ["张三丰", "李芳"]


def test_disputes_side_by_side(tmp_path):
    known = huajie().reading(huajie().catalogue["disputes"])
    head = ["序号", "受理时间", "纠纷简要情况", "当事人甲"]
    rows = [["倪宅村矛盾纠纷台账"], head * 2, [1, "2021.3.5", "围墙越界", "王甲", 2, "2021.3.6", "水沟堵塞", "陈乙"]]
    file = read(tmp_path, *rows, known=known)
    assert [(r.title, r["village"], r["party_a"]) for r in file.records] == [
        ("围墙越界", "倪宅村", "王甲"),
        ("水沟堵塞", "倪宅村", "陈乙"),
    ]


def test_comments_stay_with_their_half(tmp_path):
    book = Workbook()
    for row in [["倪宅村任务清单"], HEAD * 2, *TWO_ROWS]:
        book.active.append(row)
    book.active["F3"].comment = Comment("已改名", "村里")
    book.save(tmp_path / "倪宅村.xlsx")
    file = read_workbook(tmp_path / "倪宅村.xlsx", huajie())
    assert {record.title: record.hints for record in file.records if record.hints} == {"公厕": {"title": ["批注：已改名"]}}


def test_what_is_said_of_one_half_of_a_row_stays_there(app, tmp_path):
    path = tmp_path / "倪宅村.xlsx"
    write(path, [Grid("清单", [TITLE, HEAD * 2, *TWO_ROWS])])
    made = importing.preview(app, [path])
    right = next(row for row in made.rows if row.record.title == "公厕")
    right.skipped = True
    importing.read_again(app, made)
    assert [row.record.title for row in made.rows if row.skipped] == ["公厕"]
    outcome = intake.apply(app, made)
    assert outcome.new == 3
    assert [row.record.title for row in importing.preview(app, [path]).rows if row.skipped] == ["公厕"]
    assert [row.record.title for row in reopening.reopen(app, outcome.batch_id).rows if row.skipped] == ["公厕"]
