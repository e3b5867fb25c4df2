"""A header counts with all its rows, in each half, on each page; what stands over or beside it is said or kept."""

import pytest

from huajie_desktop.sheets.understood.workbooks import read_workbook
from tests.sheets.files import Grid, write
from tests.sheets.office import huajie
from tests.sheets.test_stacked import FORMATS, read

HEAD = ["序号", "任务名称", "责任人", "完成时限", "投资"]
UNIT = ["", "", "", "", "（元）"]
ONE, TWO = [1, "村道硬化", "张三丰", "8月底", 120000], [2, "绿道建设", "李四光", "9月底", 200000]
THREE, FOUR = [3, "公厕改造", "王五行", "10月底", 60000], [4, "路灯安装", "赵六郎", "11月底", 70000]
TITLE = ["倪宅村任务清单"]


def amounts(file):
    return [(record.title, float(record["investment"] or 0)) for record in file.records]


def is_asked_about(file, *words):
    return any(all(word in notice for word in words) for notice in file.notices)


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize(
    "numbers", [["（1）", "（2）", "（3）", "（4）", "（5）"], [1, 2, 3, 4, 5], ["一", "二", "三", "四", "五"]]
)
def test_a_unit_below_the_numbers_of_columns_counts(tmp_path, numbers, ending):
    file = read(tmp_path, TITLE, HEAD, numbers, UNIT, ONE, TWO, ending=ending)
    assert amounts(file) == [("村道硬化", 120000), ("绿道建设", 200000)]
    assert not any(record.issues for record in file.records)


@pytest.mark.parametrize("ending", FORMATS)
def test_a_unit_below_the_header_counts_on_the_next_page(tmp_path, ending):
    file = read(tmp_path, TITLE, HEAD, UNIT, ONE, TWO, TITLE, HEAD, THREE, ending=ending)
    assert amounts(file) == [("村道硬化", 120000), ("绿道建设", 200000), ("公厕改造", 60000)]
    assert len(file.tables) == 1


@pytest.mark.parametrize("ending", FORMATS)
def test_another_unit_on_the_next_page_is_its_own(tmp_path, ending):
    wan = ["", "", "", "", "（万元）"]
    file = read(tmp_path, TITLE, HEAD, UNIT, ONE, TITLE, HEAD, wan, [2, "绿道建设", "李四光", "9月底", 20], ending=ending)
    assert amounts(file) == [("村道硬化", 120000), ("绿道建设", 200000)]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_unit_below_the_left_half_is_taken_for_the_right_one_and_asked_about(tmp_path, ending):
    file = read(tmp_path, TITLE, HEAD * 2, UNIT + THREE, ONE + FOUR, [*TWO], ending=ending)
    assert sorted(amounts(file)) == sorted([("村道硬化", 120000), ("绿道建设", 200000), ("公厕改造", 60000), ("路灯安装", 70000)])
    assert is_asked_about(file, "没有写金额单位", "“元”", "请核对")


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods"])
def test_three_header_rows_side_by_side_are_one_header_each(tmp_path, ending):
    half = [["序号", "责任落实", "", "完成时限"], ["", "任务", "", ""], ["", "任务名称", "责任人", ""]]
    head = [row * 2 for row in half]
    merges = [
        merge
        for left in (0, 4)
        for merge in ((1, left, 3, left), (1, left + 3, 3, left + 3), (1, left + 1, 1, left + 2), (2, left + 1, 2, left + 2))
    ]
    rows = [ONE[:4] + THREE[:4], TWO[:4] + FOUR[:4]]
    file = read(tmp_path, TITLE, *head, *rows, merges=[(0, 0, 0, 7), *merges], ending=ending)
    said = {(r.title, r.unit, str(r["due"].day)) for r in file.records}
    assert said == {
        ("村道硬化", "倪宅村", "2021-08-31"), ("绿道建设", "倪宅村", "2021-09-30"),
        ("公厕改造", "倪宅村", "2021-10-31"), ("路灯安装", "倪宅村", "2021-11-30"),
    }  # fmt: skip
    assert not is_asked_about(file, "没有读这些列")


@pytest.mark.parametrize("ending", FORMATS)
def test_halves_whose_headers_repeat_in_different_rows_lose_nothing(tmp_path, ending):
    file = read(tmp_path, TITLE, HEAD * 2, ONE + THREE, HEAD + FOUR, TWO, ending=ending)
    assert sorted(title for title, _ in amounts(file)) == sorted(["村道硬化", "绿道建设", "公厕改造", "路灯安装"])


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("lone", [["", "", "王立新"], ["", "另铺设路沿石五百米", ""]])
def test_a_lone_cell_above_the_next_page_is_no_title(tmp_path, lone, ending):
    file = read(tmp_path, TITLE, HEAD, ONE, lone, TITLE, HEAD, TWO, ending=ending)
    said = [next(filter(None, record.raw.values())) for record in file.records] + [left.text for left in file.left_out]
    assert any(lone[1] or lone[2] in text for text in said)
    assert len(file.records) == 3 or is_asked_about(file, lone[1] or lone[2])


@pytest.mark.parametrize("ending", FORMATS)
def test_records_over_the_header_are_said(tmp_path, ending):
    file = read(tmp_path, TITLE, ONE, TWO, [], HEAD, THREE, FOUR, ending=ending)
    assert [title for title, _ in amounts(file)] == ["公厕改造", "路灯安装"]
    assert is_asked_about(file, "第2–3行在表头上面", "请核对")


def test_titles_over_the_header_are_no_records(tmp_path):
    file = read(tmp_path, TITLE, ["填报单位：倪宅村", "填报人：张三", "审核人：李四", "电话：1", "单位：元"], HEAD, ONE)
    assert not is_asked_about(file, "在表头上面")


def test_a_hidden_sheet_is_named_where_nothing_else_holds_a_list(tmp_path):
    cover, hidden = Grid("封面", [["倪宅村上报材料"]]), Grid("台账", [["通讯录"], ["甲", "乙"]], visible=False)
    write(tmp_path / "倪宅村.xlsx", [cover, hidden])
    file = read_workbook(tmp_path / "倪宅村.xlsx", huajie())
    assert file.problem
    assert "工作表“台账”是隐藏的，没有读" in file.notices


@pytest.mark.parametrize("word", ["计", "计：", "共计", "合 计"])
def test_a_word_for_a_total_is_no_record(tmp_path, word):
    file = read(tmp_path, TITLE, HEAD, ONE, TWO, ["", word, "", "", 320000])
    assert [title for title, _ in amounts(file)] == ["村道硬化", "绿道建设"]


@pytest.mark.parametrize(("text", "doubted"), [("4.3", True), ("4.30", False), ("4.15", False), ("4月3日", False)])
def test_a_day_of_a_text_file_may_have_lost_its_nought(tmp_path, text, doubted):
    file = read(tmp_path, TITLE, HEAD, [*ONE[:3], text, 120000], ending=".csv")
    assert bool([issue for issue in file.records[0].issues if issue.field == "due"]) is doubted


def test_a_signature_between_two_lists_is_no_header(tmp_path):
    money = [*HEAD[:4], "投资（万元）"]
    signed = ["书记签字：", "", "主任签字：", "", ""]
    file = read(tmp_path, TITLE, money, ONE, ["合计", "", "", "", 120000], signed, ["金杜村任务清单"], money, TWO, signed)
    assert [(record.title, record.unit) for record in file.records] == [("村道硬化", "倪宅村"), ("绿道建设", "金杜村")]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_subtotal_numbered_like_a_section_is_no_record(tmp_path, ending):
    head = ["序号", "类别", "任务名称", "责任人", "投资（万元）"]
    rows = [["一", "重点工作小计", "1项", "", 5], [1, "重点工作", "村道硬化", "张三丰", 5], ["二", "干事承诺小计", "1项", "", 6]]
    file = read(tmp_path, TITLE, head, *rows, [2, "干事承诺", "绿道建设", "李四光", 6], ending=ending)
    assert [(record.title, record["category"][1]) for record in file.records] == [
        ("村道硬化", "重点工作"),
        ("绿道建设", "干事承诺"),
    ]


@pytest.mark.parametrize("ending", FORMATS)
def test_months_written_as_texts_of_digits_are_months(tmp_path, ending):
    file = read(tmp_path, TITLE, [*HEAD[:4], "1", "2", "3", "4"], [*ONE[:4], "", "", "立项", "开工"], ending=ending)
    assert [(str(day), text) for day, text, _ in file.records[0]["milestones"]] == [
        ("2021-03-31", "立项"),
        ("2021-04-30", "开工"),
    ]


@pytest.mark.parametrize(
    ("remark", "doubted"),
    [
        ("取消", True),
        ("已作废", True),
        ("该项目已取消", True),
        ("暂缓实施", True),
        ("续建", False),
        ("取消旧路灯", False),
        ("停车场", False),
    ],
)
def test_a_remark_that_takes_a_task_back_is_doubted(tmp_path, remark, doubted):
    file = read(tmp_path, TITLE, [*HEAD, "备注"], [*ONE, remark], [*TWO, ""])
    assert bool([issue for issue in file.records[0].issues if issue.field == "remarks"]) is doubted


@pytest.mark.parametrize("head", [["序号", "任务名称", "主要内容", "完成时限"], ["序号", "任务名称", "责任人", "主要内容"]])
def test_names_of_people_under_contents_are_doubted(tmp_path, head):
    rows = [[1, "村道硬化", "张三丰", "李四光"], [2, "绿道建设", "李四光", "王五行"], [3, "公厕改造", "王五行", "张三丰"]]
    file = read(tmp_path, TITLE, head, *rows)
    assert all(any(issue.field == "content" and "人名" in issue.message for issue in record.issues) for record in file.records)


@pytest.mark.parametrize("head", ["村", "村（居）", "村(社)"])
def test_a_column_called_by_one_character_says_the_village(tmp_path, head):
    file = read(tmp_path, ["各村任务清单"], [head, *HEAD[:4]], ["倪\n宅\n村", *ONE[:4]], ["金杜村", *TWO[:4]])
    assert [record.unit for record in file.records] == ["倪宅村", "金杜村"]


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize(
    ("head", "group"), [([*HEAD[:4], 4, 10, 11], None), (HEAD[:4], "工作进度安排（月）"), (HEAD[:4], "序时进度")]
)
def test_numbers_that_rise_among_heads_are_months(tmp_path, head, group, ending):
    if group and ending == ".csv":
        pytest.skip("no merged cells in .csv")
    rows = [[*head, group], ["", "", "", "", 4, 10, 11]] if group else [head]
    merges = [(1, column, 2, column) for column in range(4)] + [(1, 4, 1, 6)] if group else []
    file = read(tmp_path, TITLE, *rows, [*ONE[:4], "立项", "", "竣工"], merges=merges, ending=ending)
    assert [(str(day), text) for day, text, _ in file.records[0]["milestones"]] == [
        ("2021-04-30", "立项"),
        ("2021-11-30", "竣工"),
    ]


@pytest.mark.parametrize("ending", FORMATS)
def test_two_units_of_money_over_one_column_are_said(tmp_path, ending):
    file = read(tmp_path, TITLE, ["（单位：元）"], [*HEAD[:4], "投资（万元）"], ONE, TWO, ending=ending)
    assert is_asked_about(file, "上面写的金额单位是元", "表头写的是万元", "请核对")
    file = read(tmp_path, TITLE, ["（单位：万元）"], [*HEAD[:4], "投资（万元）"], [*ONE[:4], 12], ending=ending)
    assert not is_asked_about(file, "金额单位")


@pytest.mark.parametrize("ending", FORMATS)
def test_a_record_above_the_first_section_is_doubted_for_its_category(tmp_path, ending):
    file = read(tmp_path, TITLE, HEAD[:4], ONE[:4], ["一、重点工作"], TWO[:4], ending=ending)
    first, second = file.records
    assert (first["category"], [issue.field for issue in first.issues]) == (None, ["category"])
    assert (second["category"][1], second.issues) == ("重点工作", [])
