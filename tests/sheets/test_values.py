"""Values in whole sheets: what one cell says twice or otherwise, what one column says of one cell, and that plain sheets are quiet."""

from decimal import Decimal

import pytest

from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.reading.checks import check_record
from huajie_desktop.reading.filling import recheck
from huajie_desktop.sheets.understood.workbooks import read_workbook
from tests.sheets.files import Grid, write
from tests.sheets.office import huajie

HEAD = ["序号", "任务名称", "责任人", "完成时限", "计划投资(万元)"]
TITLES = ("村道硬化", "绿道建设", "公厕改造", "路灯安装", "旧桥改建", "渠道整修", "广场提升", "文化礼堂")


def read(tmp_path, rows, head=HEAD, ledger=None, name="倪宅村.xlsx"):
    write(tmp_path / name, [Grid("Sheet1", [head, *rows])])
    known = huajie()
    return read_workbook(tmp_path / name, known.reading(LEDGERS[ledger]) if ledger else known).records


def tasks(tmp_path, amounts, **options):
    return read(tmp_path, [[i, TITLES[i], "张三", "8月底", amount] for i, amount in enumerate(amounts)], **options)


def doubts(record, key):
    return [issue.message for issue in record.issues if issue.field == key]


@pytest.mark.parametrize("name", ["倪宅村.xlsx", "倪宅村.xls", "倪宅村.ods", "倪宅村.csv"])
def test_two_values_on_two_lines_of_a_cell_are_not_one(tmp_path, name):
    rows = [[1, "村道硬化", "张三\n李四", "2021.8.31\n2021.9.30", "5\n7.5"]]
    [record] = read(tmp_path, rows, name=name)
    assert record["responsible"] == ["张三", "李四"]
    assert record["due"].day.isoformat() == "2021-09-30"
    assert record["investment"] is None
    assert doubts(record, "due")
    assert doubts(record, "investment")


@pytest.mark.parametrize(
    ("amounts", "odd", "about"),
    [
        ([5, 7.5, 6, 75000], 3, "大12500倍"),
        ([12, 90000, 10], 1, "大7500倍"),
        ([75000, 5, 7.5, 6], 0, "大12500倍"),
        ([5, 7, 6, "120000万元"], 3, "大20000倍"),
        ([12, 15, 20, "0.01"], 3, "小1200倍"),
        ([1, 1, 1, 1, 1000], 4, "大1000倍"),
        ([1, 1, 1, 1, 0.001], 4, "小1000倍"),
    ],
)
def test_an_amount_far_from_its_column_asks_for_its_unit(tmp_path, amounts, odd, about):
    records = tasks(tmp_path, amounts)
    for number, record in enumerate(records):
        said = doubts(record, "investment")
        assert bool(said) is (number == odd)
        assert not said or (about in said[0] and "请核对单位是元还是万元" in said[0])


@pytest.mark.parametrize(
    "amounts",
    [
        [5, 75000],  # one says nothing of what is usual
        [5, 7.5, 6, 900],
        [1, 1, 1, 1, 999],
        [0, 0, 0, 12, 15],
        ["", "", "/", 5, 90000],
        [50000, 60000, 70000, 80000],
    ],
)
def test_amounts_of_one_sort_are_no_doubt(tmp_path, amounts):
    assert not any(doubts(record, "investment") for record in tasks(tmp_path, amounts))


def test_a_table_is_compared_with_the_others_of_its_file(tmp_path):
    villages = [
        Grid(f"表{n}", [HEAD, *([i, TITLES[i] + str(n), "张三", "8月底", n * (i + 1)] for i in range(4))]) for n in (1, 5000)
    ]
    write(tmp_path / "倪宅村.xlsx", villages)
    records = read_workbook(tmp_path / "倪宅村.xlsx", huajie()).records
    assert [bool(doubts(record, "investment")) for record in records] == [False] * 4 + [True] * 4


@pytest.mark.parametrize(
    ("header", "amounts", "doubted"),
    [
        ("投资", [120000, 80000, 150000], "没有写单位"),
        ("投资", [9999, 9999, 5000], ""),
        ("投资", ["1.2亿", "12000万元", "12000万"], ""),
        ("投资(万元)", [120000, 100000, 150000], "请核对是不是元"),
        ("投资(万元)", [12000, 80000, 15000], ""),
        ("投资(元)", [1200000000, 2000000000], ""),
    ],
)
def test_a_whole_column_beyond_what_is_spent_asks_for_its_unit(tmp_path, header, amounts, doubted):
    records = tasks(tmp_path, amounts, head=[*HEAD[:4], header])
    assert len(records) == len(amounts)
    for record in records:
        said = doubts(record, "investment")
        assert (doubted in said[0]) if doubted else not said


def test_the_doubt_goes_when_the_amount_is_typed_anew(tmp_path):
    known, record = huajie(), tasks(tmp_path, [5, 7.5, 6, 75000])[3]
    assert doubts(record, "investment")
    recheck(record, "investment", "7.5", known)
    check_record(record, known.ledger)
    assert record["investment"] == Decimal(75000)
    assert not doubts(record, "investment")


def test_amounts_of_another_ledger_are_compared_too(tmp_path):
    head = ["项目名称", "责任单位", "计划投资(万元)"]
    records = read(
        tmp_path,
        [[TITLES[i], "倪宅村", amount] for i, amount in enumerate([5, 6, 7, 80000])],
        head=head,
        ledger="livelihood_projects",
    )
    found = [[issue.message for issue in record.issues if "倍" in issue.message] for record in records]
    assert [bool(said) for said in found] == [False, False, False, True]


def test_a_second_village_in_brackets_does_not_vanish(tmp_path):
    head = ["任务名称", "责任单位", "完成时限"]
    [one, other] = read(
        tmp_path,
        [["村道硬化", "倪宅村（配合尚仁村）", "8月底"], ["绿道", "倪宅村（村委会）", "8月底"]],
        head=head,
        name="清单.xlsx",
    )
    assert any("几个单位" in issue.message for issue in one.issues)
    assert not any("几个单位" in issue.message for issue in other.issues)


def test_the_unit_of_a_person_in_brackets_is_no_second_name(tmp_path):
    [record] = read(tmp_path, [[1, "村道硬化", "张三（倪宅）", "8月底", 5]])
    assert (record["responsible"], record.issues) == (["张三"], [])


def test_messages_call_the_field_by_its_label(tmp_path):
    [record] = read(tmp_path, [["村道硬化", "张书记", "8月底"]], head=["任务名称", "牵头领导", "完成时限"])
    [said] = doubts(record, "lead")
    label = huajie().ledger.fields["lead"].label
    assert f"请核对{label}" in said


def test_a_start_is_read_as_a_start(tmp_path):
    rows = [["村道硬化", "8月1日起", "9月底"], ["绿道", "农历二月初二", "9月底"], ["公厕", "", "8月1日起"]]
    plain, lunar, only = read(tmp_path, rows, head=["任务名称", "开始时间", "完成时限"])
    assert (plain["start"].isoformat(), doubts(plain, "start")) == ("2021-08-01", [])
    assert lunar["start"].isoformat() == "2021-03-14"
    assert doubts(lunar, "start")
    assert only["start"].isoformat() == "2021-08-01"
    assert only["due"].day.isoformat() == "2021-12-31"
    assert doubts(only, "due")


def test_a_milestone_with_a_doubtful_time_says_so(tmp_path):
    known, record = huajie(), tasks(tmp_path, [5])[0]
    recheck(record, "milestones", "6月底 完成招标\n8月底 完工", known)
    assert not doubts(record, "milestones")
    recheck(record, "milestones", "6月底 完成招标\n8月底（延期至10月底）完工", known)
    assert "延期" in doubts(record, "milestones")[0]
