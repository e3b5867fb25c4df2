"""What a clerk says of columns: every field of every ledger, columns without a header, milestones, several columns of one field."""

import pytest

from db.fields import Kind
from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.sheets.understood.workbooks import read_workbook
from tests.office import CATALOGUE
from tests.sheets.files import Grid, write
from tests.sheets.office import huajie

WORDS = ["甲栏", "乙栏", "丙栏"]
SAID = {
    Kind.TEXT: "三月", Kind.LONG_TEXT: "三月里说的话", Kind.DAY: "2021-03-05", Kind.MONEY: "12", Kind.FLAG: "是",
    Kind.UNIT: "金杜村", Kind.CATEGORY: "重点工作", Kind.PERSON: "张三", Kind.PEOPLE: "张三、李四", Kind.MILESTONES: "6月底 完成招标",
    Kind.NUMBER: "7", Kind.UNITS: "宣传办、党建办", Kind.CATEGORIES: "平安创建", Kind.QUANTITIES: "路灯12盏", Kind.FUNDING: "镇补 5万",
    Kind.REACHED: "完成招标 完成：6月25日", Kind.BROUGHT: "路灯 9／12盏",
    Kind.RECURRENCE: "每周一", Kind.DEADLINE: "8月底", Kind.PHONE: "13857901234", Kind.ID_NUMBER: "330722199003078418",
}  # fmt: skip
FIELDS = [
    (ledger.key, key)
    for ledger in CATALOGUE.values()
    for key, declared in ledger.form_fields.items()
    if key != ledger.name and declared.kind not in (Kind.LIST_KIND, Kind.FORCE)  # of these the office here has none
]


@pytest.fixture(scope="module")
def reader():
    opened = Reader()
    yield opened
    opened.close()


def read(tmp_path, reader, rows, said, ledger="tasks", header=1, merges=()):
    """The rows of one sheet, read as the clerk says: field by column."""
    write(tmp_path / "倪宅村.xlsx", [Grid("Sheet1", [list(row) for row in rows], list(merges))])
    known = huajie().reading(CATALOGUE[ledger])
    mapping = {("Sheet1", header, column): field for column, field in said.items()}
    return read_workbook(tmp_path / "倪宅村.xlsx", known, mapping=mapping, reader=reader)


def cell_of(declared):
    return next(iter(declared.choices.values())) if declared.kind is Kind.CHOICE else SAID[declared.kind]


@pytest.mark.parametrize(("key", "field"), FIELDS)
def test_any_field_can_be_said_of_any_column(tmp_path, reader, key, field):
    ledger = CATALOGUE[key]
    rows = [WORDS, *(["", f"{cell_of(ledger.fields[ledger.name])}{n}", cell_of(ledger.fields[field])] for n in "一二三")]
    file = read(tmp_path, reader, rows, {1: ledger.name, 2: field}, key)
    assert file.problem is None
    assert [record[field] is not None for record in file.records] == [True] * 3


@pytest.mark.parametrize(("key", "field"), FIELDS)
def test_any_field_can_be_said_of_a_column_without_a_header(tmp_path, reader, key, field):
    ledger = CATALOGUE[key]
    rows = [
        [*WORDS, ""],
        *([n, f"{cell_of(ledger.fields[ledger.name])}{n}", "x", cell_of(ledger.fields[field])] for n in "一二三"),
    ]
    shown = read(tmp_path, reader, rows, {}, key)
    assert ("D", "") in [(column.letter, column.header) for column in shown.tables[0].columns]
    file = read(tmp_path, reader, rows, {1: ledger.name, 3: field}, key)
    assert [record[field] is not None for record in file.records] == [True] * 3


HEAD = ["序号", "任务名称", "责任人", "说一说", "完成时限"]
ROW = [1, "村道硬化", "张三丰", "李四光", "8月底"]


def test_a_field_of_several_things_takes_further_columns_and_one_of_a_single_thing_the_one_that_is_said(tmp_path, reader):
    file = read(tmp_path, reader, [HEAD, ROW], {3: "responsible"})
    assert file.records[0]["responsible"] == ["张三丰", "李四光"]
    moved = read(tmp_path, reader, [HEAD, ROW], {3: "responsible", 2: None})
    assert moved.records[0]["responsible"] == ["李四光"]
    one = read(tmp_path, reader, [HEAD, [*ROW[:3], "9月底", ROW[4]]], {3: "due"})
    assert str(one.records[0]["due"].day) == "2021-09-30"
    assert any("E列“完成时限”（1格有内容）" in notice for notice in one.notices)


def test_columns_of_periods_can_be_taken_away_and_given_back(tmp_path, reader):
    rows = [["序号", "任务名称", "一季度", "二季度", "责任人"], [1, "村道硬化", "招标", "开工", "张三丰"]]
    without = read(tmp_path, reader, rows, {2: None})
    assert [str(day) for day, _, _ in without.records[0]["milestones"]] == ["2021-06-30"]
    again = read(tmp_path, reader, rows, {2: "milestones"})
    assert [(str(day), text) for day, text, _ in again.records[0]["milestones"]] == [
        ("2021-03-31", "招标"),
        ("2021-06-30", "开工"),
    ]
    as_text = read(tmp_path, reader, rows, {3: "content"})
    assert as_text.records[0]["content"] == "开工"
    assert len(as_text.records[0]["milestones"]) == 1


def test_milestones_stand_in_any_columns(tmp_path, reader):
    rows = [["序号", "任务名称", "先做", "再做", "责任人"], [1, "村道硬化", "3月底 招标", "6月底 开工", "张三丰"]]
    file = read(tmp_path, reader, rows, {2: "milestones", 3: "milestones"})
    assert [(str(day), text) for day, text, _ in file.records[0]["milestones"]] == [
        ("2021-03-31", "招标"),
        ("2021-06-30", "开工"),
    ]


def test_one_half_of_a_pair_of_milestones_said_otherwise_lets_the_other_go(tmp_path, reader):
    rows = [["任务名称", "节点时间", "节点内容", "责任人"], ["村道硬化", "3月底", "招标", "张三丰"]]
    assert len(read(tmp_path, reader, rows, {}).records[0]["milestones"]) == 1
    file = read(tmp_path, reader, rows, {1: "due"})
    assert str(file.records[0]["due"].day) == "2021-03-31"
    assert not file.records[0]["milestones"]


def test_a_table_whose_names_are_not_to_be_read_is_shown_and_not_taken(tmp_path, reader):
    rows = [
        ["序号", "任务名称", "主要内容", "责任人", "完成时限"],
        [1, "a", "硬化", "张三丰", "8月底"],
        [2, "b", "绿化", "李四光", "9月底"],
    ]
    file = read(tmp_path, reader, rows, {1: None, 2: None})
    assert file.problem.startswith("第1行有表头的字样")
    assert not file.records
    file = read(tmp_path, reader, rows, {1: None, 2: "title"})
    assert [record.title for record in file.records] == ["硬化", "绿化"]


def test_a_column_named_by_hand_is_no_guess_any_more(tmp_path, reader):
    rows = [["序号", "干什么", "责任人", "完成时限"], [1, "村道硬化", "张三丰", "8月底"], [2, "绿道建设", "李四光", "9月底"]]
    assert all(record.issues for record in read(tmp_path, reader, rows, {}).records)
    file = read(tmp_path, reader, rows, {1: "title"})
    assert not any(record.issues for record in file.records)
    assert not any("干什么" in notice for notice in file.notices)


def test_a_table_that_was_read_shows_what_its_columns_hold_just_as_one_that_was_not(tmp_path, reader):
    rows = [["任务名称", "责任人", "备注", "空"], ["", "", "　 早\n些 ", ""], ["修路", "张三丰", "晚些", ""]]
    [table] = read(tmp_path, reader, rows, {}).tables
    assert [column.example for column in table.columns] == ["修路", "张三丰", "早 些", ""]
