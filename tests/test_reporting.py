"""Monthly reports as they come in: by the unit's progress workbook, by its own sheet, by hand; what they tick off on their tasks."""

import datetime as dt

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from db.ledgers.progress import Progress
from db.models import Doubt, Task, Unit
from huajie_desktop.ledgers.progress import LEDGER as PROGRESS
from huajie_desktop.receiving import importing, intake
from huajie_desktop.sending.templates import write_templates
from tests.office import contents, enter

MILESTONES = "6月底 完成招标 佐证：中标通知书\n8月底 安装完成 佐证：竣工照片"


@pytest.fixture
def today():
    return dt.date(2021, 7, 2)


@pytest.fixture
def lamps(app):
    return enter(app, milestones=MILESTONES, quantities="路灯12盏、绿道1.5公里")


def unit_id(app, name="倪宅村"):
    with app.reading() as session:
        return session.scalars(select(Unit.id).where(Unit.name == name)).one()


def workbook(app, folder, month=6):
    """The progress workbook of 倪宅村 as it goes out."""
    (file,) = write_templates(app, PROGRESS, folder, unit_ids=[unit_id(app)], month=month)
    return file


def fill(file, cells):
    """Types into the rows of a template by the names of their tasks and the words of the headers."""
    book = load_workbook(file)
    sheet = book.active
    header = next(row for row in sheet.iter_rows() if any(str(cell.value or "").startswith("任务名称") for cell in row))
    columns = {str(cell.value).rstrip("*"): cell.column for cell in header if cell.value}
    rows = {str(row[columns["任务名称"] - 1].value): row[0].row for row in sheet.iter_rows(min_row=header[0].row + 2)}
    for (task, label), text in cells.items():
        sheet.cell(rows[task], next(at for word, at in columns.items() if word.startswith(label))).value = text
    book.save(file)


def texts(file):
    sheet = load_workbook(file).active
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]


def bring_in(app, file, **said):
    """What a village sends is taken in without another word."""
    made = importing.preview(app, [file])
    outcome = intake.apply(app, made, **said)
    return made, outcome


def parts_of(app, task_id):
    with app.reading() as session:
        task = session.get_one(Task, task_id)
        return (
            [(one.text, one.reached_on and one.reached_on.isoformat(), one.given) for one in task.milestones],
            [(one.name, one.done and f"{one.done.normalize():f}") for one in task.quantities],
        )


TOUCHED = (
    "□ 6月底 完成招标 佐证：中标通知书 完成：6月25日 已交：中标通知书（6月28日）\n□ 8月底 安装完成 佐证：竣工照片 完成： 已交："
)


def test_a_units_workbook_ticks_off_what_it_says_and_comes_back_the_same(app, lamps, tmp_path):
    enter(app, title="没有节点的事")
    file = workbook(app, tmp_path)
    found = texts(file)
    assert "□ 6月底 完成招标 佐证：中标通知书 完成： 已交：\n□ 8月底 安装完成 佐证：竣工照片 完成： 已交：" in found
    assert "路灯 ／12盏\n绿道 ／1.5公里" in found
    before = contents(app)
    made, outcome = bring_in(app, file)
    assert (made.counts(), outcome.does, contents(app)) == ({}, False, before), "what was only handed out says nothing"

    lamp = "穿村段路灯安装"
    said = {(lamp, "节点完成"): TOUCHED, (lamp, "数量完成"): "路灯 9／12盏\n绿道 ／1.5公里", (lamp, "完成比例"): 60}
    said |= {(lamp, "存在问题"): "雨天较多", (lamp, "下步打算"): "赶工", (lamp, "已完成投资"): 7.5, (lamp, "进展情况"): "立杆"}
    fill(file, said)
    made, outcome = bring_in(app, file)
    assert ([row.record.issues for row in made.rows], outcome.new) == ([[]], 1)
    with app.reading() as session:
        (report,) = session.scalars(select(Progress))
        assert (report.problems, report.next_steps, report.percent, report.month) == ("雨天较多", "赶工", 60, "06")
        assert report.reached == "☑ 完成招标 完成：2021-06-25 已交：中标通知书（6月28日）"
    assert parts_of(app, lamps) == (
        [("完成招标", "2021-06-25", "中标通知书（6月28日）"), ("安装完成", None, None)], [("路灯", "9"), ("绿道", None)]
    )  # fmt: skip

    before = contents(app)
    (tmp_path / "again").mkdir()
    again = workbook(app, tmp_path / "again")
    assert any(
        text.startswith("☑ 完成招标 完成：2021-06-25 已交：中标通知书（6月28日）\n□ 8月底 安装完成") for text in texts(again)
    )
    made, outcome = bring_in(app, again)
    assert (made.counts(), outcome.does, contents(app)) == ({"same": 1}, False, before)
    (tmp_path / "july").mkdir()
    assert not any("完成招标" in text for text in texts(workbook(app, tmp_path / "july", month=7)) if text.startswith("□"))


DOUBTED = (
    ("节点完成", "完成招标 完成：2月30日", "“2月30日”这一天不存在"),
    ("节点完成", "完成招标 完成：12月1日", "以后的日子（2021-12-01），没有记为完成"),
    ("节点完成", "奠基 完成：6月1日", "“奠基”不是这项任务的节点，没有记为完成；节点有：完成招标、安装完成"),
    ("节点完成", "<b>完成</b> cmd|' /C calc'!A0", "看不出完成了哪个节点"),
    ("节点完成", "√完成招标", "没有写哪一天完成，没有记为完成"),
    ("数量完成", "路灯 90／12盏", "“路灯”完成 90盏，比计划的 12盏 多，请核对"),
    ("数量完成", "路灯 9／20盏", "“路灯”计划是 12盏，这里写的是 20盏，计划没有改"),
    ("数量完成", "水泵 3台", "任务的建设数量里没有“水泵”，没有记；有的是：路灯、绿道"),
    ("数量完成", "路灯 9米", "“路灯”是按盏计的，这里写的是米，没有记"),
    ("数量完成", "路灯若干", "没有写完成了多少"),
)


def test_what_cannot_be_ticked_off_is_a_doubt_and_stops_nothing(app, tmp_path):
    names = [f"第{place}件事" for place, _case in enumerate(DOUBTED)]
    ids = [enter(app, title=name, milestones=MILESTONES, quantities="路灯12盏、绿道1.5公里") for name in names]
    file = workbook(app, tmp_path)
    fill(file, {(name, label): typed for name, (label, typed, _told) in zip(names, DOUBTED, strict=True)})
    fill(file, {(name, "进展情况"): "在做" for name in names})
    made, outcome = bring_in(app, file)
    assert outcome.new == len(DOUBTED), "no row holds up the others"
    told = {row.record.title: "".join(issue.message for issue in row.record.issues) for row in made.rows}
    for name, task_id, (label, typed, words) in zip(names, ids, DOUBTED, strict=True):
        assert words in told[name], typed
        assert parts_of(app, task_id)[0] == [("完成招标", None, None), ("安装完成", None, None)]
        counted = {"路灯 90／12盏": "90", "路灯 9／20盏": "9"}.get(typed)
        assert parts_of(app, task_id)[1] == [("路灯", counted), ("绿道", None)], label
    with app.reading() as session:
        kept = " ".join(session.scalars(select(Doubt.text)))
    assert all(words in kept for _label, _typed, words in DOUBTED), "what was doubted is kept with the report"


def test_a_sheet_a_village_made_itself_is_taken_in(app, lamps, tmp_path):
    enter(app, title="文化礼堂修缮")
    book = Workbook()
    sheet = book.active
    sheet.append(["倪宅村6月份重点任务进展情况表"])
    sheet.append(["序号", "任务", "进度", "完成情况", "存在问题", "下一步", "资金（万元）", "节点完成情况"])
    sheet.append([1, "穿村段路灯安装", "60%", "已立杆9盏，正在接线", "雨天较多", "月底前通电", 7.5, "完成招标6月25日"])
    sheet.append([2, "文化礼堂修缮", 0.3, "屋面已翻修", "", "刷墙", "3", ""])
    sheet.append([3, "没有这件事", 0.3, "", "", "", "", ""])
    book.save(tmp_path / "倪宅村6月进展.xlsx")
    made = importing.preview(app, [tmp_path / "倪宅村6月进展.xlsx"])
    assert made.files[0].ledger is PROGRESS
    outcome = intake.apply(app, made, skip_errors=True)
    assert (outcome.new, [row.record.title for row in made.rows if row.status == "error"]) == (2, ["没有这件事"])
    with app.reading() as session:
        found = {one.title: one for one in session.scalars(select(Progress))}
        lamp, hall = found["穿村段路灯安装"], found["文化礼堂修缮"]
        assert (lamp.percent, lamp.summary, lamp.problems, lamp.next_steps, lamp.invested, lamp.month) == (
            60, "已立杆9盏，正在接线", "雨天较多", "月底前通电", 75000, "06"
        )  # fmt: skip
        assert (hall.percent, hall.summary, hall.next_steps, hall.invested) == (30, "屋面已翻修", "刷墙", 30000)
    assert parts_of(app, lamps)[0][0] == ("完成招标", "2021-06-25", None)
