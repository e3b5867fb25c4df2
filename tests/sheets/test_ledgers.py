"""Disputes, people and units in the spreadsheets offices really send: read, looked over, mended and taken in like tasks."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from db.ledgers.dispute import Dispute
from db.models import ImportFile, Person, Unit
from huajie_desktop.journal import history
from huajie_desktop.receiving import importing, intake
from huajie_desktop.records.finding import find
from huajie_desktop.township.registers import PEOPLE, UNITS
from huajie_desktop.work.task_ledger import TASKS
from tests.office import CATALOGUE, contents
from tests.sheets.files import Day, Grid, write

DISPUTES = CATALOGUE["disputes"]
HEADER = [
    "序号",
    "受理时间",
    "类型",
    "村名",
    "矛盾纠纷简要情况",
    "当事人甲",
    "涉案金额（万元）",
    "风险等级",
    "调解人",
    "化解情况",
    "办结日期",
]
WALL = [1, "2021.3.5", "邻里纠纷", "倪宅村委会", "围墙越界，两家争执", "王某甲", 0.8, "一般", "李四", "调解成功", "2021-03-09"]
PAY = [
    2,
    Day(dt.date(2021, 4, 2)),
    "拖欠农民工工资",
    "花街镇金湖村",
    "装修工钱拖欠",
    "赵某",
    "3.5万",
    "较大",
    "张三",
    "成功",
    "4月20日",
]
FORMATS = (".xlsx", ".xls", ".ods", ".csv")


def book(path, *rows, header=HEADER, above=("花街镇2021年矛盾纠纷排查调处台账",), below=(), merges=(), name="台账"):
    grid = Grid(name)
    for line in above:
        grid.add(line)
    grid.add(*header)
    for row in (*rows, *below):
        grid.add(*row)
    grid.merges = list(merges)
    write(path, [grid])
    return path


def look(app, *files, ledger=None):
    return importing.preview(app, list(files), ledger=ledger)


def issues(row):
    return {issue.field: issue.severity for issue in row.record.issues}


@pytest.mark.parametrize("ending", FORMATS)
def test_disputes_under_other_headers_in_every_format(app, tmp_path, ending):
    made = look(app, book(tmp_path / f"纠纷{ending}", WALL, PAY))
    assert made.files[0].ledger is DISPUTES, "recognised by its header"
    first, second = made.rows
    assert (first.status, second.status) == ("new", "new"), [row.record.issues for row in made.rows]
    assert first.record.title == "围墙越界，两家争执"
    more = first.record
    assert (more["accepted_on"], more["kind"], more["village"]) == (dt.date(2021, 3, 5), "neighbours", "倪宅村")
    assert (more["amount"], more["level"], more["result"]) == (Decimal(8000), "ordinary", "success")
    assert second.record["amount"] == Decimal(35000)
    assert second.record["closed_on"] == dt.date(2021, 4, 20)


def test_disputes_are_kept_as_read_in_one_batch_and_undone_whole(app, tmp_path):
    before = contents(app)
    outcome = intake.apply(app, look(app, book(tmp_path / "a.xlsx", WALL, PAY)))
    assert outcome.sentence == "导入 2 条矛盾纠纷记录。"
    with app.reading() as session:
        kept = session.scalars(select(Dispute).order_by(Dispute.id)).first()
        assert (kept.village.name, kept.mediator.name, kept.amount, kept.state) == ("倪宅村", "李四", Decimal(8000), "submitted")
        assert (kept.batch_id, kept.confirmed) == (outcome.batch_id, False)
        assert "wqyj" in kept.search
        assert session.scalars(select(ImportFile.kind)).one() == "disputes"
    history.undo(app, [outcome.changes.operation_id])
    with app.reading() as session:
        assert session.scalars(select(Dispute)).first() is None
    assert contents(app) == before


def test_the_same_disputes_again_are_known_and_others_told_apart(app, tmp_path):
    intake.apply(app, look(app, book(tmp_path / "a.xlsx", WALL, PAY)))
    again = look(app, book(tmp_path / "b.xls", WALL, [*PAY[:6], 9, *PAY[7:]], [3, *PAY[1:4], "另一件事", *PAY[5:]]))
    assert [row.status for row in again.rows] == ["same", "change", "new"]
    outcome = intake.apply(app, again)
    assert (outcome.new, outcome.changed, outcome.same, outcome.left_out) == (1, 1, 1, [])


def test_totals_notes_sections_signatures_and_examples_are_left_out(app, tmp_path):
    file = book(
        tmp_path / "a.xlsx",
        ["例", *WALL[1:]],
        ["一、邻里纠纷"],
        WALL,
        ["二、劳动争议"],
        PAY,
        above=("花街镇2021年矛盾纠纷调处台账", "填报单位：综治办      填报日期：2021年5月1日"),
        below=[
            ["合计", "", "", "", "", "", 4.3],
            ["注：1.本表每月5日前报送"],
            ["填表人：张三", "", "", "审核人：李四", "", "", "联系电话：5790000"],
        ],
    )
    made = look(app, file)
    assert [row.record.title for row in made.rows] == ["围墙越界，两家争执", "装修工钱拖欠"]
    assert [left.reason for left in made.files[0].read.left_out] == ["示例", "章节", "章节", "合计", "说明", "签名"]


def test_merged_village_is_filled_down_and_merged_money_counts_once(app, tmp_path):
    second = [2, *WALL[1:4], "水沟堵塞", *WALL[5:]]
    second[3], second[6] = "", ""
    made = look(app, book(tmp_path / "a.xlsx", WALL, second, merges=[(2, 3, 3, 3), (2, 6, 3, 6)]))
    first, other = made.rows
    assert other.record["village"] == "倪宅村"
    assert (first.record["amount"], other.record["amount"]) == (Decimal(8000), None)
    assert issues(first) == issues(other) == {"amount": "warning"}


def test_two_level_header_names_both_parties(app, tmp_path):
    head = ["序号", "受理日期", "纠纷类型", "村", "纠纷简要情况", "当事人甲", "", "", "当事人乙", "", "", "调解结果"]
    below = ["", "", "", "", "", "姓名", "性别", "联系方式", "姓名", "性别", "联系方式", ""]
    row = [1, "2021-03-05", "邻里", "倪宅村", "围墙越界", "王某甲", "男", "13800001111", "陈某", "女", "13900002222", "成功"]
    merges = [(0, 5, 0, 7), (0, 8, 0, 10), *((0, c, 1, c) for c in (0, 1, 2, 3, 4, 11))]
    grid = Grid("台账", [head, below, row], merges)
    write(tmp_path / "c.xlsx", [grid])
    [read] = look(app, tmp_path / "c.xlsx").rows
    more = read.record
    assert (more["party_a"], more["party_a_sex"], more["party_a_phone"]) == ("王某甲", "male", "13800001111")
    assert (more["party_b"], more["party_b_sex"], more["party_b_phone"]) == ("陈某", "female", "13900002222")


def test_wrong_choices_damaged_dates_and_missing_values_are_faults_at_their_fields(app, tmp_path):
    rows = (
        [1, "2021.2.30", "天气纠纷", "火星村", "", "王某", -5, "特别大", "李四", "成功", "2021-03-09"],
        [2, "下个月", "邻里", "", "水沟堵塞", "王某", "很多", "一般", "", "", ""],
        [3, "2021-03-05", "邻里", "倪宅村", "树枝过界", "王某", 1, "一般", "李四", "成功", "2021-03-01"],
        [4, "2021-03-05", "邻里", "倪宅村", "鸡跑了", 3.30784e17, 1, "", "李四", "成功", ""],
    )
    made = look(app, book(tmp_path / "a.xlsx", *rows), ledger=DISPUTES)
    one, two, three, four = made.rows
    assert {f for f, severity in issues(one).items() if severity == "error"} >= {"kind", "village", "summary", "amount", "level"}
    assert issues(two)["accepted_on"] == issues(two)["village"] == "error"
    assert issues(three) == {"closed_on": "error"}, "the ledger's own check"
    assert issues(four)["party_a"] == "error"
    assert issues(four)["level"] == "warning", "read as what a new one begins with"
    assert all("投资" not in issue.message for row in made.rows for issue in row.record.issues)
    for name, text in {"accepted_on": "2021-02-28", "kind": "邻里", "village": "金湖", "summary": "水渠"}.items():
        importing.mend(app, made, one, name, text)
    for name, text in {"amount": "5", "level": "一般"}.items():
        importing.mend(app, made, one, name, text)
    assert one.status == "new", one.record.issues
    assert one.record.title == "水渠"
    importing.mend(app, made, three, "closed_on", "2021-03-06")
    assert three.status == "new"


def test_village_comes_from_the_title_where_there_is_no_column(app, tmp_path):
    keep = [i for i in range(len(HEADER)) if i != 3]
    pick = lambda row: [row[i] for i in keep]  # noqa: E731
    file = book(tmp_path / "a.xlsx", pick(WALL), header=pick(HEADER), above=("倪宅村2021年矛盾纠纷台账",))
    made = look(app, file)
    assert made.files[0].read.unit == "倪宅村"
    assert next(made.rows).record["village"] == "倪宅村"
    importing.set_unit(app, made, made.files[0], "金湖村")
    assert next(made.rows).record["village"] == "金湖村"
    nobody = look(app, book(tmp_path / "b.xlsx", pick(WALL), header=pick(HEADER), above=()))
    assert issues(next(nobody.rows)) == {"village": "error"}


def test_masked_personal_data_is_not_taken_for_the_thing_itself(app, tmp_path):
    header = [*HEADER, "甲方电话"]
    made = look(app, book(tmp_path / "a.xlsx", [*WALL[:5], "王某", *WALL[6:], "138****1234"], header=header))
    row = next(made.rows)
    assert (row.record["party_a"], row.record["party_a_phone"]) == ("王某", None)
    assert issues(row) == {"party_a_phone": "warning"}


def test_people_and_units_are_recognised_and_taken_in_with_what_finds_them(app, tmp_path):
    people = book(
        tmp_path / "名册.ods",
        ["1", "倪成纲", "倪宅村", "书记", "13857900001"],
        ["2", "单 立", "平安建设办", "科员", "13857900002"],
        ["合计", "2人"],
        header=["序号", "姓名", "所在单位", "职务", "联系电话"],
        above=("花街镇干部名册",),
    )
    units = book(
        tmp_path / "单位.csv",
        ["1", "八字墙上片", "工作片", ""],
        ["2", "下姓王自然村", "自然村", "倪宅村"],
        ["3", "倪宅村委会", "行政村", "花街镇"],
        header=["序号", "单位名称", "单位类型", "上级单位"],
        above=(),
    )
    made = look(app, people, units)
    assert [file.ledger for file in made.files] == [PEOPLE, UNITS]
    assert made.ledger is None
    assert [row.status for row in made.rows] == ["new", "new", "new", "new", "same"], [r.record.issues for r in made.rows]
    outcome = intake.apply(app, made)
    assert outcome.sentence == "导入 2 条人员记录、2 条单位记录，1 项已有，未改动。"
    with app.reading() as session:
        found = session.scalars(select(Person).where(Person.name == "单立")).one()
        assert (found.unit.name, found.phone) == ("平安建设办", "13857900002")
        assert find(session, "sl")[0].id == found.id, "a surname is read as one"
        part = session.scalars(select(Unit).where(Unit.name == "八字墙上片")).one()
        assert (part.kind, part.position > 27) == ("area", True)
        hamlet = session.scalars(select(Unit).where(Unit.name == "下姓王自然村")).one()
        assert session.get(Unit, hamlet.parent_id).name == "倪宅村"
    assert look(app, people, units).counts() == {"same": 5}
    before = contents(app)
    history.undo(app, [outcome.changes.operation_id])
    assert contents(app) != before


def test_units_may_stand_below_others_of_the_same_file_in_any_order(app, tmp_path):
    rows = (["倪宅上村", "自然村", "大片村"], ["大片村", "行政村", "新片"], ["新片", "工作片", "花街镇"])
    made = look(app, book(tmp_path / "a.xlsx", *rows, header=["单位名称", "单位类型", "上级单位"], above=()))
    assert made.counts() == {"new": 3}, [row.record.issues for row in made.rows]
    intake.apply(app, made)
    with app.reading() as session:
        names = {unit.id: unit.name for unit in session.scalars(select(Unit))}
        above = {unit.name: names.get(unit.parent_id) for unit in session.scalars(select(Unit))}
    assert (above["倪宅上村"], above["大片村"], above["新片"]) == ("大片村", "新片", "花街镇")


def test_a_unit_written_twice_is_a_fault_for_it_cannot_be_kept_twice(app, tmp_path):
    rows = (["新片", "工作片"], ["新片", "工作片"])
    made = look(app, book(tmp_path / "a.xlsx", *rows, header=["单位名称", "单位类型"], above=()))
    assert [row.status for row in made.rows] == ["new", "error"]


def test_a_list_of_tasks_stays_one_and_the_clerk_may_say_otherwise(app, tmp_path):
    tasks = book(
        tmp_path / "任务.xlsx",
        [1, "干事承诺", "路灯安装", "12盏", "张三", "8月底前", 12.5],
        header=["序号", "类别", "承诺事项", "主要内容", "责任人", "完成时限", "金额"],
        above=("倪宅村2021年干事承诺清单",),
    )
    made = look(app, tasks, book(tmp_path / "a.xlsx", WALL))
    assert [file.ledger for file in made.files] == [TASKS, DISPUTES]
    importing.set_ledger(app, made, made.files[1], TASKS)
    assert made.files[1].ledger is TASKS
    importing.set_ledger(app, made, made.files[1], DISPUTES)
    assert made.files[1].rows[0].status == "new"
    outcome = intake.apply(app, made)
    assert outcome.sentence == "导入 1 项任务、1 条矛盾纠纷记录。"


def test_a_column_of_a_ledger_can_be_said_to_be_something_else(app, tmp_path):
    made = look(app, book(tmp_path / "a.xlsx", WALL, header=[*HEADER[:8], "谁调的", *HEADER[9:]]))
    table = made.files[0].read.tables[0]
    column = next(column for column in table.columns if column.header == "谁调的")
    assert column.field is None
    importing.remap(app, made, made.files[0], {(table.sheet, table.header_rows[-1], column.index): "mediator"})
    assert next(made.rows).record["mediator"] == "李四"


def test_thousands_of_disputes_are_previewed_and_taken_in_quickly(app, tmp_path):
    rows = [
        [n, "2021-03-05", "邻里", "倪宅村", f"第{n}件", "王五六", n, "一般", f"调解员{n % 300}", "成功", ""]
        for n in range(1, 4001)
    ]
    made = look(app, book(tmp_path / "a.xlsx", *rows))
    assert made.counts()["new"] + made.counts()["warning"] == 4000
    assert intake.apply(app, made).new == 4000
    assert look(app, book(tmp_path / "b.xlsx", *rows[:100])).counts() == {"same": 100}
