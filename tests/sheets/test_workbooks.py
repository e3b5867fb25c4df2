"""Whole workbooks: several villages, summaries, several tables, units, mapping by hand, mending, duplicates."""

import datetime as dt
from decimal import Decimal

import pytest
from openpyxl import Workbook

from huajie_desktop.reading.checks import check_duplicates
from huajie_desktop.reading.filling import recheck
from huajie_desktop.sheets.understood.workbooks import read_workbook, read_workbooks
from tests.sheets.office import huajie

HEADER = ["序号", "类别", "任务名称", "主要内容", "责任人", "完成时限", "计划投资(万元)"]


def task(title="村道硬化", category="干事承诺", people="张三", due="8月底前", money=12.5, number=1):
    return [number, category, title, "硬化村道300米", people, due, money]


def save(path, **sheets):
    """Writes sheets of rows; a row `("merge", "A1:B2")` merges."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            if row and row[0] == "merge":
                page.merge_cells(row[1])
            else:
                page.append(row)
    book.save(path)
    return path


def read(path, **options):
    return read_workbook(path, huajie(), **options)


def test_a_sheet_per_village_and_a_summary_that_is_not_counted_twice(tmp_path):
    path = save(
        tmp_path / "清单.xlsx",
        倪宅村=[HEADER, task()],
        金杜村=[HEADER, task("绿道")],
        汇总=[HEADER, task(), task("绿道"), task("只在汇总")],
    )
    file = read(path)
    assert [(r.unit, r.title) for r in file.records] == [("倪宅村", "村道硬化"), ("金杜村", "绿道")]
    assert file.unit is None
    assert any("汇总" in n and "1项" in n and "只在汇总" in n for n in file.notices)


def test_one_list_of_all_villages_with_merged_names(tmp_path):
    rows = [
        ["村名", *HEADER[1:]],
        ["倪宅村", *task("甲项工程")[1:]],
        [None, *task("乙项工程")[1:]],
        ["花街镇金杜村委会", *task("丙项工程")[1:]],
        ["吴坑村", *task("丁项工程")[1:]],
        ("merge", "A2:A3"),
    ]
    file = read(save(tmp_path / "全镇.xlsx", Sheet1=rows))
    assert [r.unit for r in file.records] == ["倪宅村", "倪宅村", "金杜村", "吴坑村"]
    assert [(i.field, i.severity) for r in file.records for i in r.issues] == [("unit", "warning")]


def test_two_tables_on_one_sheet_with_different_headers(tmp_path):
    rows = [
        ["花街镇2021年镇级清单"],
        ["序号", "板块", "类别", "工作任务", "目标要求", "责任科室", "完成时限"],
        [1, "五大攻坚", "文旅融合提档攻坚", "规划", "初稿", "党建办", "3月份"],
        [],
        ["倪宅村清单"],
        ["序号", "承诺事项", "负责人", "完成时间", "比拼类别"],
        [1, "公厕改造", "张三", "年底", "重点工作"],
    ]
    file = read(save(tmp_path / "a.xlsx", Sheet1=rows))
    assert [(r.title, r.unit, r.dimension, r["category"] and r["category"][1], r["due"].day) for r in file.records] == [
        ("规划", "党建办", "五大攻坚", "文旅融合提档攻坚", dt.date(2021, 3, 31)),
        ("公厕改造", "倪宅村", "五大比拼", "重点工作", dt.date(2021, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("title", "reporter", "sheet", "name", "unit"),
    [
        ("花街镇2021年倪宅村清单", "倪宅村", "Sheet1", "a", "倪宅村"),
        ("花街镇2021年倪宅村清单", "金杜村", "尚仁村", "双溪村", "倪宅村"),
        ("干事承诺清单", "花街镇八字墙村委会", "尚仁村", "双溪村", "八字墙村"),
        ("干事承诺清单", "", "杨坑", "a", "杨杭村"),
        ("花街镇干事承诺清单", "", "Sheet1", "花街居委会上报表", "花街居委会"),
        ("花街镇干事承诺清单", "", "Sheet1", "花街村上报表(定稿)", "花街村"),
        ("花街镇干事承诺清单", "", "Sheet1", "花街镇清单", None),
        ("大屋片抱团共富清单", "", "Sheet1", "清单", None),
        ("2021年八字墙居委会清单", "", "Sheet1", "八字墙村", "八字墙居委会"),
    ],
)
def test_unit_by_title_reporter_sheet_and_file(tmp_path, title, reporter, sheet, name, unit):
    path = save(tmp_path / f"{name}.xlsx", **{sheet: [[title], [f"填报单位(盖章):{reporter}"], HEADER, task()]})
    assert read(path).unit == unit


def test_places_that_name_different_units_are_told(tmp_path):
    file = read(save(tmp_path / "金杜村.xlsx", Sheet1=[["花街镇2021年倪宅村清单"], HEADER, task()]))
    assert file.unit == "倪宅村"
    assert any("单位不一致" in n and "金杜村" in n for n in file.notices)


def test_shared_money_is_counted_once(tmp_path):
    rows = [HEADER, task("甲项工程", money=50), task("乙项工程", money=None), task("丙项工程", money=8), ("merge", "G2:G3")]
    file = read(save(tmp_path / "倪宅村.xlsx", Sheet1=rows))
    assert [r["investment"] and r["investment"] / 10000 for r in file.records] == [Decimal(50), None, Decimal(8)]
    assert [[i.field for i in r.issues] for r in file.records] == [["investment"], ["investment"], []]


def test_rows_of_one_merged_task_with_their_own_deadlines_are_milestones(tmp_path):
    rows = [
        ["任务名称", "主要内容", "完成时限", "责任人"],
        ["村道硬化", "完成招标", "4月底", "张三"],
        [None, "竣工", "9月底", None],
        ("merge", "A2:A3"),
        ("merge", "D2:D3"),
    ]
    [record] = read(save(tmp_path / "倪宅村.xlsx", Sheet1=rows)).records
    assert record["content"] == "完成招标\n竣工"
    assert [(m[0], m[1]) for m in record["milestones"]] == [(dt.date(2021, 4, 30), "完成招标"), (dt.date(2021, 9, 30), "竣工")]
    assert record["due"].day == dt.date(2021, 9, 30)


def test_money_in_yuan_by_header_or_by_line_above(tmp_path):
    yuan = [*HEADER[:-1], "计划投资(元)"]
    above = [["干事承诺清单", None, "单位:元"], [*HEADER[:-1], "计划投资"], task(money=125000)]
    assert read(save(tmp_path / "a.xlsx", 倪宅村=[yuan, task(money=125000)])).records[0]["investment"] == 125000
    assert read(save(tmp_path / "b.xlsx", 倪宅村=above)).records[0]["investment"] == 125000
    assert read(save(tmp_path / "c.xlsx", 倪宅村=[yuan, task(money="3万元")])).records[0]["investment"] == 30000


def test_stated_counts_are_checked(tmp_path):
    rows = [
        ["倪宅村承诺清单(共3项)"],
        HEADER,
        ["一、重点工作(2项)"],
        task(category=None),
        ["二、干事承诺(1项)"],
        task("绿道", category=None),
    ]
    notices = read(save(tmp_path / "a.xlsx", Sheet1=rows)).notices
    assert any("一、重点工作" in n and "2项" in n and "读到1项" in n for n in notices)
    assert any("标题写的是3项，读到2项" in n for n in notices)
    assert not any("二、干事承诺" in n for n in notices)


def test_unknown_section_word_is_an_error_at_its_rows(tmp_path):
    rows = [
        [*HEADER[:1], *HEADER[2:]],
        ["一、重点工作"],
        [1, "村道硬化", "300米", "张三", "8月底", 3],
        ["二、其他"],
        [2, "绿道修缮", "3公里", "张三", "8月底", 3],
    ]
    file = read(save(tmp_path / "倪宅村.xlsx", Sheet1=rows))
    assert [r["category"] and r["category"][1] for r in file.records] == ["重点工作", None]
    assert [[(i.field, i.severity) for i in r.issues] for r in file.records] == [[], [("category", "error")]]


def test_category_written_once_per_group_is_filled_down_with_a_warning(tmp_path):
    rows = [
        HEADER,
        task("甲项工程", "重点工作"),
        task("乙项工程", None),
        task("丙项工程", None),
        task("丁项工程", "干事承诺"),
        task("戊项工程", None),
    ]
    file = read(save(tmp_path / "倪宅村.xlsx", Sheet1=rows))
    assert [r["category"] and r["category"][1] for r in file.records] == [
        "重点工作",
        "重点工作",
        "重点工作",
        "干事承诺",
        "干事承诺",
    ]
    assert [len(r.issues) for r in file.records] == [0, 1, 1, 0, 1]


def test_ditto_copies_from_above(tmp_path):
    file = read(save(tmp_path / "倪宅村.xlsx", Sheet1=[HEADER, task("甲项工程"), task("乙项工程", "同上", "〃", "同上")]))
    assert (file.records[1]["category"][1], file.records[1]["responsible"], file.records[1]["due"].day) == (
        "干事承诺",
        ["张三"],
        dt.date(2021, 8, 31),
    )


def test_addresses_raw_text_and_left_out_rows(tmp_path):
    file = read(
        save(
            tmp_path / "倪宅村.xlsx",
            表一=[["标题"], HEADER, [], task(due="待定"), ["合计", "共1项"], ["注:1.请按时上报"], ["2.一式两份"]],
        )
    )
    [record] = file.records
    assert (record.row, record.raw["due"], record.cells["due"]) == (4, "待定", "表一!F4")
    assert [(i.field, i.severity, i.cell) for i in record.issues] == [("due", "error", "表一!F4")]
    assert record.issues[0].message == "“待定”不是日期，请写一个日期（如 8月31日前 或 2021-08-31）"
    assert [(r.row, r.reason) for r in file.left_out] == [(5, "合计"), (6, "说明"), (7, "说明")]


def test_rows_with_only_a_number_are_left_out_and_rows_without_title_are_errors(tmp_path):
    file = read(save(tmp_path / "倪宅村.xlsx", Sheet1=[HEADER, task(), [2], [3, "干事承诺"], task(None)]))
    assert [r.title for r in file.records] == ["村道硬化", None]
    assert [r.row for r in file.left_out] == [3, 4]
    assert [(i.field, i.severity) for i in file.records[1].issues] == [("title", "error")]


def test_missing_columns_are_told_once_and_not_at_the_rows(tmp_path):
    file = read(save(tmp_path / "倪宅村.xlsx", Sheet1=[["任务名称", "完成时限", "类别"], ["村道硬化", "8月底", "干事承诺"]]))
    assert file.tables[0].missing == ["content", "responsible", "investment"]
    assert file.records[0].issues == []
    assert sum("没有这些列" in n for n in file.notices) == 1


def test_mapping_can_be_corrected_by_hand(tmp_path):
    path = save(tmp_path / "倪宅村.xlsx", Sheet1=[[*HEADER[:3], "做啥", *HEADER[4:]], task()])
    assert read(path).records[0]["content"] is None
    file = read(path, mapping={("Sheet1", 1, 3): "content"})
    assert file.records[0]["content"] == "硬化村道300米"
    assert next(c for c in file.tables[0].columns if c.index == 3).field == "content"
    assert read(path, unit="金杜村").records[0].unit == "金杜村"


def test_mending_in_place_uses_the_same_parser(tmp_path):
    known = huajie()
    [record] = read(save(tmp_path / "倪宅村.xlsx", Sheet1=[HEADER, task(None, "其他", None, "待定", -5)])).records
    assert record.has_error
    for name, text in (
        ("title", "村道硬化"),
        ("category", "重点工作"),
        ("responsible", "张　三、李四"),
        ("due", "9月前"),
        ("investment", "约3万元"),
    ):
        recheck(record, name, text, known)
    recheck(record, "milestones", "6月底 完成招标\n9月30日:竣工", known)
    assert (record.title, record["category"][1], record.dimension, record["responsible"]) == (
        "村道硬化",
        "重点工作",
        "五大比拼",
        ["张三", "李四"],
    )
    assert (record["due"].day, record["investment"], record.raw["due"]) == (dt.date(2021, 8, 31), 30000, "9月前")
    assert [(m[0], m[1]) for m in record["milestones"]] == [(dt.date(2021, 6, 30), "完成招标"), (dt.date(2021, 9, 30), "竣工")]
    assert [(i.field, i.severity) for i in record.issues] == [("due", "warning")]


def test_duplicates_across_files_and_again_after_mending(tmp_path):
    known = huajie()
    paths = [save(tmp_path / name, 倪宅村=[HEADER, task()]) for name in ("a.xlsx", "b.xlsx")]
    records = [r for f in read_workbooks(paths, known) for r in f.records]
    check_duplicates((record, known) for record in records)
    assert [[i.field for i in r.issues] for r in records] == [[], ["title"]]
    recheck(records[1], "title", "另一件事", known)
    check_duplicates((record, known) for record in records)
    assert [r.issues for r in records] == [[], []]


def test_no_list_of_tasks_is_named(tmp_path):
    assert "没有找到任务清单" in (read(save(tmp_path / "a.xlsx", Sheet1=[["姓名", "张三"], ["电话", "138"]])).problem or "")


def test_digest_is_that_of_the_bytes(tmp_path):
    import hashlib

    path = save(tmp_path / "倪宅村.xlsx", Sheet1=[HEADER, task()])
    assert read(path).digest == hashlib.sha256(path.read_bytes()).hexdigest()
