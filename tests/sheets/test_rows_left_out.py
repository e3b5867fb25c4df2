"""Rows that are no records are left out with their reason, and what they state is compared; what may be one is read or told."""

import pytest

from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.sheets.understood.workbooks import read_workbook
from tests.sheets.files import Grid, write
from tests.sheets.office import huajie

FORMATS = (".xlsx", ".xls", ".ods", ".csv")
HEAD = ["序号", "类别", "任务名称", "主要内容", "责任人", "完成时限", "计划投资(万元)"]
BARE = ["任务名称", "主要内容", "责任人", "完成时限", "计划投资(万元)"]


@pytest.fixture(scope="module")
def reader():
    opened = Reader()
    yield opened
    opened.close()


def task(number, title, category="干事承诺", money=12.5):
    return [number, category, title, "硬化300米", "张三丰", "8月底前", money]


ONE, TWO, THREE = task(1, "村道硬化"), task(2, "绿道建设"), task(3, "公厕改造", "重点工作")


def read(tmp_path, reader, *rows, head=HEAD, merges=(), name="倪宅村.xlsx"):
    write(tmp_path / name, [Grid("Sheet1", [head, *map(list, rows)], list(merges))])
    return read_workbook(tmp_path / name, huajie(), reader=reader)


def titles(file):
    return [record.title for record in file.records]


def reasons(file):
    return [left.reason for left in file.left_out]


def told(file, *words):
    return any(all(word in notice for word in words) for notice in file.notices)


def at(column, text, money="", other=""):
    row = [""] * 7
    row[column], row[6], row[3] = text, money or row[6], other or row[3]
    return row


@pytest.mark.parametrize("ending", FORMATS)
def test_subtotals_of_the_menu_are_no_records(tmp_path, reader, ending):
    rows = (
        ONE,
        TWO,
        at(1, "干事承诺 汇总", 25),
        THREE,
        at(1, "重点工作 汇总", 12.5),
        at(1, "总计", 37.5),
        ["", "干事承诺 计数", 2],
    )
    file = read(tmp_path, reader, *rows, name=f"倪宅村{ending}")
    assert titles(file) == ["村道硬化", "绿道建设", "公厕改造"]
    assert set(reasons(file)) == {"合计"}
    assert file.notices == []


@pytest.mark.parametrize(
    "row",
    [
        at(1, "重点工作 平均值", 12.5), at(2, "重点工作 最大值", 12.5), at(4, "张三丰 计数"), at(4, "张三丰 汇总", 37.5),
        at(0, "小计", 37.5), at(2, "合计"), at(1, "合 计", "37.5万元"), at(0, "本页合计", 37.5), at(0, "累计：37.5万元"),
        at(0, "总数", "", "3"), at(2, "平均", 12.5), at(2, "占比", "33%"), at(0, "共计3项"), at(2, "倪宅村小计", 37.5),
        at(0, "Total", 37.5), at(2, "Grand Total", 37.5), at(1, "Sum:", 37.5), at(2, "上半年合计", 20), at(0, "其中：财政资金", 20),
        at(2, "其中:村自筹", 3), at(0, "总计数", "", "3"), at(2, "总平均值", 12.5), at(0, "合计（3项）", 37.5), at(1, "干事承诺小计", 25),
        [4, "", "合计", "", "", "", 37.5], at(0, "合计", 37.5, "共3项"), at(2, "全年总计", 37.5),
    ],
    ids=lambda row: "".join(map(str, row)),
)  # fmt: skip
def test_totals_of_every_kind(tmp_path, reader, row):
    file = read(tmp_path, reader, ONE, TWO, THREE, row)
    assert titles(file) == ["村道硬化", "绿道建设", "公厕改造"]
    assert reasons(file) == ["合计"]
    assert [notice for notice in file.notices if "小计" not in notice and "干事" not in notice] == []


@pytest.mark.parametrize("word", ["小计", "总计", "干事承诺 汇总", "合计：", "Total"])
def test_totals_in_the_column_of_names_where_there_are_no_numbers(tmp_path, reader, word):
    file = read(tmp_path, reader, ONE[2:], TWO[2:], [word, "", "", "", 25], head=BARE)
    assert (titles(file), reasons(file)) == (["村道硬化", "绿道建设"], ["合计"])


@pytest.mark.parametrize(
    "title", ["合计单位核查", "小计量泵安装", "总数据平台建设", "累计积分兑换", "平均地权宣传", "数据汇总", "汇总材料上报"]
)
def test_tasks_whose_names_begin_or_end_like_totals(tmp_path, reader, title):
    file = read(tmp_path, reader, task(1, title), ["", "", title + "二", "", "", "", 3], ["", *task(2, title)[1:]])
    assert titles(file) == [title, title + "二", title]


def test_a_total_with_more_beside_it_is_read_with_a_doubt(tmp_path, reader):
    file = read(tmp_path, reader, ONE, ["", "重点工作", "合计", "核查", "张三丰", "8月底", 3])
    assert titles(file) == ["村道硬化", "合计"]
    assert any(issue.field == "title" and "重点工作" in issue.message for issue in file.records[1].issues)


def test_amounts_and_counts_that_disagree_are_told(tmp_path, reader):
    assert told(read(tmp_path, reader, ONE, TWO, at(0, "合计", 40)), "第4行", "合计", "40万元", "25万元")
    assert told(read(tmp_path, reader, ONE, TWO, at(0, "合计", 25, "共3项")), "3项", "2项")
    assert told(read(tmp_path, reader, ONE, TWO, at(1, "干事承诺 汇总", 12.5)), "12.5万元", "25万元")
    assert told(read(tmp_path, reader, ONE, at(0, "小计", 12.5), TWO, at(0, "小计", 30)), "30万元", "12.5万元")


@pytest.mark.parametrize(
    "rows",
    [
        (ONE, TWO, at(0, "小计", 25), THREE, at(0, "小计", 12.5), at(0, "合计", 37.5)),
        (at(0, "一、重点工作"), ONE, at(0, "小计", 12.5), at(0, "二、干事承诺"), TWO, at(0, "小计", 12.5), at(0, "总计", 25)),
        (ONE, TWO, at(0, "合计", 25.004)),
        (ONE, TWO, at(2, "占比", 50), at(2, "平均值", 7), at(2, "其中：自筹", 3)),
        (at(0, "倪宅村"), ONE, TWO, at(0, "倪宅村小计", 25), at(0, "金杜村"), THREE, at(0, "合计", 37.5)),
    ],
)
def test_amounts_that_agree_or_are_no_sums_are_not_told(tmp_path, reader, rows):
    file = read(tmp_path, reader, *rows)
    assert not told(file, "读到的是"), file.notices


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["", "必填", "必填", "选填", "必填", "必填", "选填"], ""),
        (
            ["自动生成", "下拉选择", "请填写任务全称", "不超过50字", "如：张三", "格式：2021-08-31", "数字，保留两位小数"],
            "填写要求",
        ),
        (["示例", "重点工作", "修路", "300米", "张三", "8月底", 10], "示例"),
        (["", "重点工作", "（示例）修路", "300米", "张三", "8月底", 10], "示例"),
        (["例：", "重点工作", "修路", "本行为示例，填写时请删除", "张三", "8月底", 10], "示例"),
        (["（1）", "（2）", "（3）", "（4）", "（5）", "（6）", "（7）"], "列号"),
        (["A", "B", "C", "D", "E", "F", "G"], "列号"),
        (["栏次", 1, 2, 3, 4, 5, 6], "列号"),
        (["甲", "乙", "1", "2", "3", "4", "5=3+4"], "列号"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_explanations_examples_and_numbers_under_the_header(tmp_path, reader, row, reason, ending):
    file = read(tmp_path, reader, row, ONE, TWO, name=f"倪宅村{ending}")
    assert (titles(file), reasons(file)) == (["村道硬化", "绿道建设"], [reason] if reason else [])
    assert reason or file.tables[0].header_rows == (1, 2), "it belongs to the header"


@pytest.mark.parametrize(
    "row",
    [
        ["以下空白"], ["", "", "以下空白"], ["", "", "无"], ["此页无正文"], ["（本页无正文）"], ["", "", "——以下空白——"], [3], ["3"],
        ["", "", "", "/", "/", "/"], ["注：1.类别请填写五大比拼之一；2.请于2月20日前报党建办。"], ["填表人：张三", "", "", "审核人：李四"],
        ["", "", "（完）"], ["", "", "本表结束"],
    ],
    ids=lambda row: "".join(map(str, row)),
)  # fmt: skip
def test_rows_that_say_nothing_of_a_task(tmp_path, reader, row):
    file = read(tmp_path, reader, ONE, row, TWO)
    assert titles(file) == ["村道硬化", "绿道建设"]
    assert len(file.left_out) == 1


@pytest.mark.parametrize("word", ["以下空白", "无", "此页无正文", "（完）", "本表结束"])
def test_the_same_in_the_column_of_names(tmp_path, reader, word):
    assert titles(read(tmp_path, reader, ONE[2:], [word], head=BARE)) == ["村道硬化"]


def test_a_header_repeated_in_other_words(tmp_path, reader):
    again = ["序号", "类别", "任务名称", "建设内容及规模", "责任人员", "完成时间", "投资"]
    file = read(tmp_path, reader, ONE, again, ["（1）", "（2）", "（3）", "（4）", "（5）", "（6）", "（7）"], TWO)
    assert (titles(file), set(reasons(file)) - {"重复表头"}) == (["村道硬化", "绿道建设"], {"列号"})


@pytest.mark.parametrize(
    "row",
    [
        ["例", "重点工作", "修路", "300米", "张三", "8月底", 10],
        ["注：", "", "绿道建设", "1.5公里", "", "", ""],
    ],
)
def test_what_is_left_out_with_a_name_and_more_is_told(tmp_path, reader, row):
    file = read(tmp_path, reader, ONE, row)
    assert (titles(file) == ["村道硬化"] and told(file, "第3行", row[2], "没有读")) or len(file.records) == 2


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize(
    "row",
    [
        ["", "从下拉框选", "20字以内", "写清规模", "写姓名", "如8月底前", "填数字"],
        ["", "选一个", "不超过20字", "填写真实规模", "填写姓名", "如8月底", "填金额"],
        ["", "", "限30个字", "", "写全名", "", "填写数字"],
    ],
)
def test_how_to_fill_in_is_no_record_below_a_title(tmp_path, reader, row, ending):
    file = read(tmp_path, reader, HEAD, row, ONE, TWO, head=["倪宅村任务清单"], name=f"倪宅村{ending}")
    assert titles(file) == ["村道硬化", "绿道建设"]
    assert not any(record.issues for record in file.records)
