"""What villages' spreadsheets hold: for each of the catalogue's 68 numbers the example cell, read right or named to the clerk."""

import datetime as dt
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from db.fields import Deadline
from huajie_desktop.receiving import importing, intake
from huajie_desktop.sheets.understood.workbooks import read_workbook
from tests.sheets.files import Day, Formula, Grid, write
from tests.sheets.office import huajie

HEAD = ["序号", "类别", "任务名称", "主要内容", "责任人", "完成时限", "计划投资(万元)"]
KEYS = ("category", "title", "content", "responsible", "due", "investment")
GOOD = {
    "category": "干事承诺",
    "title": "村道硬化",
    "content": "300米",
    "responsible": "张三",
    "due": "8月底前",
    "investment": 12.5,
}


def line(number=1, **said):
    return [number, *({**GOOD, **said}[key] for key in KEYS)]


def read(tmp_path, *rows, name="倪宅村.xlsx", sheet="Sheet1", head=HEAD, above=(), merges=(), hidden=(), **options):
    grid = Grid(sheet, [*above, *([head] if head else []), *rows], list(merges), list(hidden))
    write(tmp_path / name, [grid])
    return read_workbook(tmp_path / name, huajie(), **options)


def one(tmp_path, **said):
    """The one record of a sheet with that cell in it."""
    [record] = read(tmp_path, line(**said)).records
    return record


def doubts(record, key):
    return [issue.message for issue in record.issues if issue.field == key]


def due(tmp_path, text):
    record = one(tmp_path, due=text)
    due = record["due"] or Deadline()
    return due.day and due.day.isoformat(), due.precision or "", bool(doubts(record, "due"))


def money(tmp_path, text, head="计划投资(万元)"):
    [record] = read(tmp_path, line(investment=text), head=[*HEAD[:-1], head]).records
    return record["investment"] and record["investment"] / 10000, bool(doubts(record, "investment"))


def people(tmp_path, text):
    record = one(tmp_path, responsible=text)
    return record["responsible"], doubts(record, "responsible")


def told(file, *words):
    return any(all(word in notice for word in words) for notice in file.notices)


def test_quirk_01_title_row_merged_over_all_columns(tmp_path):
    file = read(tmp_path, line(due="3月5日"), above=[["花街镇2021年镇村工作清单"]], merges=[(0, 0, 0, 6)])
    assert [(r.title, r["due"].day) for r in file.records] == [("村道硬化", dt.date(2021, 3, 5))]


def test_quirk_02_unit_and_date_line(tmp_path):
    above = [["清单"], ["填报单位:倪宅村  填报日期:2021.3.1  单位:万元"]]
    file = read(tmp_path, line(investment=3), name="a.xlsx", head=[*HEAD[:-1], "计划投资"], above=above)
    assert (file.unit, file.records[0]["investment"]) == ("倪宅村", 30000)


def test_quirk_03_header_of_two_rows(tmp_path):
    head = ["序号", "任务名称", "类别", "责任人", "时间节点", "", "", ""]
    below = ["", "", "", "", "一季度", "二季度", "三季度", "四季度"]
    row = [1, "村道硬化", "干事承诺", "张三", "立项", "开工", "过半", "竣工"]
    merges = [(0, 4, 0, 7), *((0, c, 1, c) for c in range(4))]
    [record] = read(tmp_path, below, row, head=head, merges=merges).records
    assert [(day.month, text) for day, text, _ in record["milestones"]] == [(3, "立项"), (6, "开工"), (9, "过半"), (12, "竣工")]


def test_quirk_04_header_with_breaks_and_blanks(tmp_path):
    file = read(tmp_path, [1, "村道硬化", "张三", "要快"], head=["序号", "任务\n名称", "责 任 人", "备　注"])
    assert (file.records[0]["responsible"], file.records[0]["remarks"]) == (["张三"], "要快")


def test_quirk_05_header_with_options(tmp_path):
    head = ["序号", "任务名称", "进展情况(审理中、拟终结、已终结等)", "责任人(签名)", "完成时限"]
    file = read(tmp_path, [1, "村道硬化", "正在推进", "张三", "8月底"], head=head)
    assert file.records[0]["responsible"] == ["张三"]


def test_quirk_06_header_holds_the_unit(tmp_path):
    assert money(tmp_path, 125000, "计划投资(元)") == (Decimal("12.5"), False)


@pytest.mark.parametrize("word", ["完成时限", "完成时间", "时间节点", "办结时限"])
def test_quirk_07_header_synonyms(tmp_path, word):
    [record] = read(tmp_path, line(), head=[*HEAD[:5], word, HEAD[6]]).records
    assert record["due"].day == dt.date(2021, 8, 31)


def test_quirk_08_header_repeated_on_each_page(tmp_path):
    file = read(tmp_path, line(), HEAD, line(2, title="绿道"))
    assert [r.title for r in file.records] == ["村道硬化", "绿道"]
    assert [left.reason for left in file.left_out] == ["重复表头"]


def test_quirk_09_vertical_merge_for_a_category(tmp_path):
    rows = [line(category="重点工作"), line(2, category=None, title="绿道"), line(3, category=None, title="公厕")]
    file = read(tmp_path, *rows, merges=[(1, 1, 2, 1)])
    assert [r["category"] and r["category"][1] for r in file.records] == ["重点工作", "重点工作", None]
    assert doubts(file.records[2], "category")


def test_quirk_10_one_shared_sum_over_several_rows(tmp_path):
    rows = [line(investment=50), line(2, title="绿道", investment=None), line(3, title="公厕", investment=None)]
    file = read(tmp_path, *rows, merges=[(1, 6, 3, 6)])
    assert [r["investment"] and r["investment"] / 10000 for r in file.records] == [50, None, None]
    assert all("共用" in doubts(r, "investment")[0] for r in file.records)


def test_quirk_11_blank_instead_of_a_merge(tmp_path):
    file = read(tmp_path, line(category="重点工作"), line(2, category=None, title="绿道"), line(3, category=None, title="公厕"))
    assert [r["category"] and r["category"][1] for r in file.records] == ["重点工作"] * 3
    assert "按上一行" in doubts(file.records[1], "category")[0]


def test_quirk_12_category_as_a_line_with_its_count(tmp_path):
    file = read(tmp_path, ["一、工业发展提质攻坚(12项)"], line(category=None))
    assert file.records[0]["category"][1] == "工业发展提质攻坚"
    assert told(file, "12项", "读到1项")


def test_quirk_13_totals(tmp_path):
    file = read(tmp_path, line(), ["小计", None, None, None, None, None, 12.5], ["合计", 254], ["总计"], above=[["清单"]])
    assert [left.reason for left in file.left_out] == ["合计"] * 3
    assert len(file.records) == 1


def test_quirk_14_footer_lines(tmp_path):
    file = read(tmp_path, line(), ["填表人:", None, "审核人:", None, "联系电话:"])
    assert ([left.reason for left in file.left_out], len(file.records)) == (["签名"], 1)


def test_quirk_15_notes(tmp_path):
    file = read(tmp_path, line(), ["注:1.本表一式两份"], ["2.请按时上报"])
    assert [(left.reason, left.text) for left in file.left_out] == [("说明", "注:1.本表一式两份"), ("说明", "2.请按时上报")]


def test_quirk_16_serials_that_begin_again(tmp_path):
    file = read(tmp_path, *(line(number, title=f"第{'甲乙丙丁戊'[place]}件") for place, number in enumerate((1, 2, 3, 1, 2))))
    assert len(file.records) == 5
    assert not any(r.issues for r in file.records)


@pytest.mark.parametrize("serial", ["1.", "(1)", "①", "一", "１", Formula("ROW()-3", None)])
def test_quirk_17_kinds_of_serials(tmp_path, serial):
    [record] = read(tmp_path, line(serial)).records
    assert (record.title, record.issues) == ("村道硬化", [])


def test_quirk_18_serial_turned_into_a_date(tmp_path):
    [record] = read(tmp_path, line(Day(dt.date(2021, 1, 3), "m-d"))).records
    assert (record.title, record.issues) == ("村道硬化", [])


@pytest.mark.parametrize("text", ["8月底前", "8月底"])
def test_quirk_19_month_as_deadline(tmp_path, text):
    assert due(tmp_path, text) == ("2021-08-31", "month", False)


@pytest.mark.parametrize("text", ["3月份", "3月"])
def test_quirk_20_bare_month(tmp_path, text):
    assert due(tmp_path, text) == ("2021-03-31", "month", False)


def test_quirk_21_before_a_month(tmp_path):
    assert due(tmp_path, "9月份前") == ("2021-08-31", "month", True)


@pytest.mark.parametrize(("text", "day"), [("2021.3", "2021-03-31"), ("2021.3.5", "2021-03-05"), ("21.3.5", "2021-03-05")])
def test_quirk_22_dotted_dates(tmp_path, text, day):
    assert due(tmp_path, text)[0] == day


def test_quirk_23_dotted_number(tmp_path):
    assert due(tmp_path, 2021.1) == ("2021-01-31", "month", True)


def test_quirk_24_excel_serial(tmp_path):
    assert due(tmp_path, 44252)[0] == "2021-02-25"


@pytest.mark.parametrize("text", ["20210305", 20210305])
def test_quirk_25_eight_digits(tmp_path, text):
    assert due(tmp_path, text)[0] == "2021-03-05"


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("2021年3月—12月", "2021-03-01", "2021-12-31"),
        ("3-8月", "2021-03-01", "2021-08-31"),
        ("2021.3-2021.8", "2021-03-01", "2021-08-31"),
    ],
)
def test_quirk_26_ranges(tmp_path, text, begin, end):
    record = one(tmp_path, due=text)
    assert (str(record["start"]), str(record["due"].day)) == (begin, end)


@pytest.mark.parametrize(("text", "day"), [("5月中旬", "2021-05-20"), ("10月上旬", "2021-10-10")])
def test_quirk_27_part_of_a_month(tmp_path, text, day):
    assert due(tmp_path, text)[0] == day


@pytest.mark.parametrize(
    ("text", "day"),
    [("上半年", "06-30"), ("一季度", "03-31"), ("年底前", "12-31"), ("年内", "12-31"), ("全年", "12-31")],
)
def test_quirk_28_part_of_the_year(tmp_path, text, day):
    assert due(tmp_path, text)[0] == f"2021-{day}"


@pytest.mark.parametrize("text", ["长期", "长期坚持", "常态化", "持续推进"])
def test_quirk_29_open_ended(tmp_path, text):
    record = one(tmp_path, due=text)
    assert (record["due"].ongoing, str(record["due"].day)) == (True, "2021-12-31")


@pytest.mark.parametrize("text", ["每周一次", "每月5日前", "每季度"])
def test_quirk_30_recurring(tmp_path, text):
    record = one(tmp_path, due=text)
    assert record["due"].ongoing or doubts(record, "due")
    [other] = read(tmp_path, [1, "村道硬化", text, "张三"], head=["序号", "任务名称", "周期", "责任人"]).records
    assert other.get("recurrence") or doubts(other, "recurrence")


@pytest.mark.parametrize(
    ("text", "day"), [("七一前", "2021-06-30"), ("国庆前", "2021-09-30"), ("春节前", None), ("汛期前", None)]
)
def test_quirk_31_festivals_and_seasons(tmp_path, text, day):
    read_day, _precision, doubtful = due(tmp_path, text)
    assert read_day == day or (day is None and doubtful)


def test_quirk_32_several_nodes_in_one_cell(tmp_path):
    record = one(tmp_path, due="4月底前完成招标,9月底前竣工")
    assert str(record["due"].day) == "2021-09-30"
    assert [day.month for day, _text, _raw in record["milestones"]] == [4, 9]


@pytest.mark.parametrize(("text", "day"), [("3月5日", "2021-03-05"), ("去年底", "2020-12-31"), ("明年6月底", "2022-06-30")])
def test_quirk_33_missing_and_relative_years(tmp_path, text, day):
    read_day, _precision, doubtful = due(tmp_path, text)
    assert read_day == day
    assert doubtful or day.startswith("2021")


@pytest.mark.parametrize("text", ["2021.2.30", "6月31日"])
def test_quirk_34_impossible_dates(tmp_path, text):
    assert due(tmp_path, text)[2]


@pytest.mark.parametrize(("text", "wan"), [("约10万元", 10), ("10万左右", 10), ("620余万元", 620)])
def test_quirk_35_about(tmp_path, text, wan):
    assert money(tmp_path, text)[0] == wan


@pytest.mark.parametrize("text", ["10-15万", "10万以上", "不超过5万"])
def test_quirk_36_bounds(tmp_path, text):
    assert money(tmp_path, text)[1]


@pytest.mark.parametrize(("text", "wan"), [("6村×2万=12万元", 12), ("镇补5万,村自筹3万", 8)])
def test_quirk_37_arithmetic(tmp_path, text, wan):
    amount, doubtful = money(tmp_path, text)
    assert doubtful
    assert amount in (wan, None)


@pytest.mark.parametrize(("text", "wan"), [("4.07亿元", 40700), ("5000元", Decimal("0.5")), (3, 3)])
def test_quirk_38_mixed_units(tmp_path, text, wan):
    assert money(tmp_path, text)[0] == wan


@pytest.mark.parametrize(("text", "wan"), [("１２．５", Decimal("12.5")), ("１２．５，", Decimal("12.5"))])
def test_quirk_39_full_width(tmp_path, text, wan):
    amount, doubtful = money(tmp_path, text)
    assert amount == wan or doubtful


@pytest.mark.parametrize(("text", "wan"), [("¥100,000.00元", 10), ("10万元/年", 10)])
def test_quirk_40_currency_thousands_per_year(tmp_path, text, wan):
    amount, doubtful = money(tmp_path, text)
    assert amount == wan or doubtful


@pytest.mark.parametrize(("text", "wan"), [("十二万", 12), ("贰拾万元整", 20)])
def test_quirk_41_chinese_numbers(tmp_path, text, wan):
    assert money(tmp_path, text)[0] == wan
    [record] = read(tmp_path, [1, "种树", "两百亩", "张三"], head=["序号", "任务名称", "工程量", "责任人"]).records
    assert record.get("quantities") or doubts(record, "quantities")


PROGRESS = ["任务名称", "月份", "完成情况", "完成比例", "进展情况", "存在问题", "下步打算"]


def report(tmp_path, app, **said):
    """One row of monthly progress with that cell, read against a task that is there."""
    from tests.office import enter

    enter(app, title="村道硬化")
    row = [
        said.get(key, text) for key, text in zip(PROGRESS, ("村道硬化", "3月", "推进中", "80%", "好", "无", "继续"), strict=True)
    ]
    write(tmp_path / "倪宅村.xlsx", [Grid("进展", [PROGRESS, row])])
    [found] = importing.preview(app, [tmp_path / "倪宅村.xlsx"]).rows
    return found.record


@pytest.mark.parametrize("cell", ["80%", 80, 0.8, "80", "八成", "超103%"])
def test_quirk_42_percents(tmp_path, app, cell):
    record = report(tmp_path, app, 完成比例=cell)
    assert record["percent"] == 80 or doubts(record, "percent")


@pytest.mark.parametrize(
    ("cell", "stage"),
    [("已完成", "done"), ("基本完成", "nearly"), ("正在推进", "underway"), ("未启动", "waiting"), ("√", "done")],
)
def test_quirk_43_progress_in_words(tmp_path, app, cell, stage):
    record = report(tmp_path, app, 完成情况=cell)
    assert record["stage"] == stage or doubts(record, "stage")


@pytest.mark.parametrize("cell", ["/", "、", "—", "无", "×"])
def test_quirk_44_marks_for_nothing(tmp_path, cell):
    amount, _doubtful = money(tmp_path, cell)
    assert amount is None
    for word in ("待定", "详见附件"):
        assert doubts(one(tmp_path, due=word), "due")


@pytest.mark.parametrize("cell", ["同上", "〃", '"'])
def test_quirk_45_ditto(tmp_path, cell):
    file = read(tmp_path, line(), line(2, title="绿道", responsible=cell, due=cell))
    assert (file.records[1]["responsible"], str(file.records[1]["due"].day)) == (["张三"], "2021-08-31")


@pytest.mark.parametrize("cell", ["倪成纲、张三", "倪成纲 张三", "倪成纲/张三", "倪成纲\n张三"])
def test_quirk_46_several_people(tmp_path, cell):
    assert people(tmp_path, cell)[0] == ["倪成纲", "张三"]


def test_quirk_47_padded_name(tmp_path):
    assert people(tmp_path, "张　三")[0] == ["张三"]


@pytest.mark.parametrize("cell", ["倪成纲(书记)13857900001", "书记:倪成纲"])
def test_quirk_48_post_and_phone(tmp_path, cell):
    assert people(tmp_path, cell)[0] == ["倪成纲"]


@pytest.mark.parametrize("cell", ["村两委", "各联村干部", "党政办"])
def test_quirk_49_a_body_not_a_person(tmp_path, cell):
    names, messages = people(tmp_path, cell)
    assert messages, names


@pytest.mark.parametrize("cell", ["经发办、农办;各村", "相关镇街区,有关部门"])
def test_quirk_50_several_units(tmp_path, cell):
    [record] = read(tmp_path, [1, "修路", cell, "张三"], head=["序号", "任务名称", "配合单位", "责任人"]).records
    assert doubts(record, "cooperating")


def test_quirk_51_reference_with_names(tmp_path):
    names, messages = people(tmp_path, "按《市委工作要点》分工(蒋永根、俞福才)")
    assert names == ["蒋永根", "俞福才"] or messages


@pytest.mark.parametrize("cell", ["倪宅", "倪宅村", "倪宅村委会", "花街镇倪宅村"])
def test_quirk_52_spellings_of_a_village(tmp_path, cell):
    file = read(tmp_path, [cell, *line()[1:]], name="a.xlsx", head=["村名", *HEAD[1:]])
    assert file.records[0].unit == "倪宅村"


@pytest.mark.parametrize("cell", ["金杜、卉川、店园等村", "各村", "小界岭等6个村"])
def test_quirk_53_groups_of_villages(tmp_path, cell):
    file = read(tmp_path, [cell, *line()[1:]], name="a.xlsx", head=["村名", *HEAD[1:]])
    assert doubts(file.records[0], "unit")


@pytest.mark.parametrize("cell", ["金古泉", "陈弄坑"])
def test_quirk_54_natural_villages(tmp_path, cell):
    file = read(tmp_path, [cell, *line()[1:]], name="a.xlsx", head=["村名", *HEAD[1:]])
    assert doubts(file.records[0], "unit")


def test_quirk_55_variant_characters(tmp_path):
    file = read(tmp_path, line(), name="a.xlsx", above=[["杨坑村2021年清单"]])
    assert file.unit == "杨杭村"


def test_quirk_56_several_tasks_in_one_cell(tmp_path):
    record = one(tmp_path, title="1.道路硬化 2.路灯12盏")
    assert record.title == "1.道路硬化 2.路灯12盏"
    assert "几件事" in doubts(record, "title")[0]


def test_quirk_57_quantities(tmp_path):
    [record] = read(tmp_path, [1, "亮化", "路灯12盏,绿道1.5公里", "张三"], head=["序号", "任务名称", "工程量", "责任人"]).records
    assert [(q.name, q.amount, q.unit) for q in record["quantities"]] == [
        ("路灯", 12, "盏"),
        ("绿道", Decimal("1.5"), "公里"),
    ]


def test_quirk_58_checkbox_glyphs(tmp_path, app):
    head = ["受理日期", "纠纷类型", "村名", "纠纷简要情况", "调解结果"]
    row = ["2021-03-05", "婚姻家庭□ 邻里☑ 其他□", "倪宅村", "排水", "成功"]
    write(tmp_path / "纠纷.xlsx", [Grid("x", [head, row])])
    [found] = importing.preview(app, [tmp_path / "纠纷.xlsx"]).rows
    assert found.record["kind"] == "neighbours"


@pytest.mark.parametrize("cell", [3.30784e17, "3.30784E+17", 330784198001010000.0])
def test_quirk_59_damaged_digits_are_refused(tmp_path, app, cell):
    write(
        tmp_path / "人员.xlsx",
        [Grid("x", [["姓名", "所在单位", "联系电话"], ["张三", "倪宅村", cell], ["李四", "倪宅村", "13857900001"]])],
    )
    made = importing.preview(app, [tmp_path / "人员.xlsx"])
    assert [row.action for row in made.rows] == ["error", "new"]
    assert "找不回来" in doubts(made.files[0].rows[0].record, "phone")[0]
    assert intake.apply(app, made, skip_errors=True).new == 1


@pytest.mark.parametrize("cell", ["'12", "12 ", "\u00a012", "12"])
def test_quirk_60_text_numbers(tmp_path, cell):
    assert money(tmp_path, cell) == (12, False)


def test_quirk_61_hidden_rows_and_columns(tmp_path):
    file = read(tmp_path, line(), hidden=[3])
    assert told(file, "隐藏")


def test_quirk_62_sheets_of_villages_a_summary_and_an_empty_one(tmp_path):
    grids = [
        Grid("倪宅村", [HEAD, line()]),
        Grid("金杜村", [HEAD, line(title="绿道")]),
        Grid("汇总", [HEAD, line(), line(2, title="绿道")]),
        Grid("Sheet2"),
    ]
    write(tmp_path / "全镇.xlsx", grids)
    file = read_workbook(tmp_path / "全镇.xlsx", huajie())
    assert [(r.unit, r.title) for r in file.records] == [("倪宅村", "村道硬化"), ("金杜村", "绿道")]
    assert told(file, "汇总", "没有重复读")


@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_quirk_63_colour_and_strike_are_shown_and_not_acted_on(tmp_path, ending):
    path = tmp_path / f"倪宅村.{ending}"
    if ending == "xlsx":
        book = Workbook()
        for row in (HEAD, *(line(n, title=f"第{n}件事情") for n in range(1, 30))):
            book.active.append(row)
        book.active["C3"].font = Font(strike=True)
        book.active["F4"].font = Font(color="FFFF0000")
        book.active["F5"].fill = PatternFill("solid", fgColor="FFFFFF00")
        book.save(path)
    else:
        import xlwt

        book = xlwt.Workbook()
        page = book.add_sheet("x")
        struck, red = xlwt.easyxf("font: struck_out on"), xlwt.easyxf("font: colour red")
        yellow = xlwt.easyxf("pattern: pattern solid, fore_colour yellow")
        for r, row in enumerate((HEAD, *(line(n, title=f"第{n}件事情") for n in range(1, 30)))):
            for c, cell in enumerate(row):
                page.write(r, c, cell, {(2, 2): struck, (3, 5): red, (4, 5): yellow}.get((r, c), xlwt.Style.default_style))
        book.save(str(path))
    file = read_workbook(path, huajie())
    assert len(file.records) == 29
    assert told(file, "删除线", "C3")
    assert told(file, "2个单元格用颜色标了")
    assert ["删除线" in doubt for doubt in doubts(file.records[1], "title")] == [True]
    assert "红色字" in file.records[2].hints["due"][0]
    assert "黄色底" in file.records[3].hints["due"][0]
    assert file.records[4].hints is None


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        (
            "清单(最终版3).xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0\0" * 40,
            "密码",
        ),
        ("~$x.xlsx", b"\x05user" + b" " * 160, "临时文件"),
    ],
)
def test_quirk_64_files_that_are_none(tmp_path, name, data, words):
    (tmp_path / name).write_bytes(data)
    assert words in read_workbook(tmp_path / name, huajie()).problem
    with zipfile.ZipFile(tmp_path / "表.docx", "w") as archive:
        archive.writestr("word/document.xml", "x")
    assert "另存为 .xlsx" in read_workbook(tmp_path / "表.docx", huajie()).problem


def test_quirk_65_two_tables_in_one_sheet(tmp_path):
    rows = [
        line(title="规划"),
        [],
        ["村级清单"],
        ["序号", "承诺事项", "负责人", "完成时间", "比拼类别"],
        [1, "公厕改造", "张三", "年底", "重点工作"],
    ]
    assert [r.title for r in read(tmp_path, *rows, above=[["镇级清单"]]).records] == ["规划", "公厕改造"]


def test_quirk_66_counts_that_do_not_agree(tmp_path):
    file = read(tmp_path, *(line(n, title=f"第{n}件事情") for n in range(1, 4)), above=[["倪宅村清单（共254项）"]])
    assert told(file, "254项", "读到3项")


def test_quirk_67_two_values_per_column(tmp_path):
    [record] = read(
        tmp_path, [1, "移风易俗", "10桌/800元", "张三"], head=["序号", "任务名称", "主要内容(桌/价格)", "责任人"]
    ).records
    assert record["content"] == "10桌/800元"


def test_quirk_68_comments_stand_beside_their_cell(tmp_path):
    book = Workbook()
    for row in (HEAD, line(), line(2, title="绿道")):
        book.active.append(row)
    book.active["E2"].comment = Comment("责任人已调整为李四", "村里")
    book.save(tmp_path / "倪宅村.xlsx")
    file = read_workbook(tmp_path / "倪宅村.xlsx", huajie())
    assert file.records[0].hints == {"responsible": ["批注：责任人已调整为李四"]}
    assert told(file, "1处批注", "E2", "李四")
    assert file.records[0]["responsible"] == ["张三"]


def test_pictures_in_cells_are_counted_and_left_out(tmp_path):
    grid = Grid("x", [HEAD, line(content=Formula('_xlfn.DISPIMG("ID_1",1)', '=DISPIMG("ID_1",1)'))])
    write(tmp_path / "倪宅村.xlsx", [grid])
    file = read_workbook(tmp_path / "倪宅村.xlsx", huajie())
    assert file.records[0]["content"] is None
    assert told(file, "1处单元格图片")


def test_every_number_of_the_catalogue_has_a_test():
    source = Path(__file__).read_text("utf-8")
    assert sorted({int(found) for found in re.findall(r"def test_quirk_(\d\d)_", source)}) == list(range(1, 69))
