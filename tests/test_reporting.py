"""Monthly reports as they come in: by the unit's progress workbook, by its own sheet, by hand; what they tick off on their tasks."""

import datetime as dt

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from db.ledgers.progress import Progress
from db.log import Act
from db.models import Doubt, Task, Unit
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.journal import history
from huajie_desktop.ledgers.progress import LEDGER as PROGRESS
from huajie_desktop.receiving import importing, intake
from huajie_desktop.records import entry
from huajie_desktop.sending import exporting
from huajie_desktop.sending.templates import write_templates
from huajie_desktop.supervision.course import course_of
from huajie_desktop.work import follow_ups, ticking
from huajie_desktop.work.task_ledger import TASKS
from tests.office import contents, enter, recent

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
    untouched = contents(app)
    made, outcome = bring_in(app, file)
    assert (made.counts(), outcome.does, contents(app)) == ({}, False, untouched), "what was only handed out says nothing"

    lamp = "穿村段路灯安装"
    said = {(lamp, "节点完成"): TOUCHED, (lamp, "数量完成"): "路灯 9／12盏\n绿道 ／1.5公里", (lamp, "完成比例"): 60}
    said |= {(lamp, "存在问题"): "雨天较多", (lamp, "下步打算"): "赶工", (lamp, "已完成投资"): 7.5, (lamp, "进展情况"): "立杆"}
    fill(file, said)
    made, taken = bring_in(app, file)
    assert ([row.record.issues for row in made.rows], taken.new) == ([[]], 1)
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
    listed = tmp_path / "月度进展台账.xlsx"
    with app.reading() as session:
        ids = list(session.scalars(select(Progress.id)))
    exporting.export_list(app, PROGRESS, ids, exporting.all_keys(PROGRESS), listed)
    made, outcome = bring_in(app, listed)
    assert (made.counts(), contents(app)) == ({"same": 1}, before), "the exported list is the same, too"
    (tmp_path / "july").mkdir()
    assert not any("完成招标" in text for text in texts(workbook(app, tmp_path / "july", month=7)) if text.startswith("□"))
    history.undo(app, [taken.changes.operation_id])
    with app.reading() as session:
        assert session.scalars(select(Progress)).all() == []
    assert parts_of(app, lamps) == ([("完成招标", None, None), ("安装完成", None, None)], [("路灯", None), ("绿道", None)])


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


def report(app, month, record_id=None, **said):
    said = {"unit": "倪宅村", "title": "穿村段路灯安装", "month": month, **said}
    return entry.save(app, PROGRESS, record_id, said)


def test_a_form_ticks_off_as_well_and_one_undo_takes_all_back(app, lamps):
    before = contents(app)
    saved = report(app, "6月", reached="完成招标 完成：6月25日", brought="路灯 9／12盏", percent="60")
    after = contents(app)
    assert parts_of(app, lamps) == ([("完成招标", "2021-06-25", None), ("安装完成", None, None)], [("路灯", "9"), ("绿道", None)])
    changes = history.undo(app, [saved.changes.operation_id])
    assert contents(app) == before
    history.undo(app, [changes.operation_id])
    assert contents(app) == after
    report(app, "5月", brought="路灯 3／12盏")
    assert parts_of(app, lamps)[1] == [("路灯", "9"), ("绿道", None)], "an earlier month that comes later says nothing of now"
    again = report(app, "6月", saved.record_id, reached="完成招标 完成：6月20日")
    assert "原来记的是 2021-06-25 完成，按这里的 2021-06-20 改" in again.doubts["reached"]
    assert parts_of(app, lamps)[0][0] == ("完成招标", "2021-06-20", None)


def test_milestones_and_quantities_are_ticked_off_by_hand(app, lamps):
    with app.reading() as session:
        first, _second = (one.id for one in session.get_one(Task, lamps).milestones)
    ticking.tick(app, TASKS, lamps, [first], "6月25日", "中标通知书")
    ticking.bring(app, TASKS, lamps, "路灯 9／12盏")
    assert parts_of(app, lamps) == (
        [("完成招标", "2021-06-25", "中标通知书"), ("安装完成", None, None)], [("路灯", "9"), ("绿道", None)]
    )  # fmt: skip
    for key, call in {
        "reached_on": lambda: ticking.tick(app, TASKS, lamps, [first], "12月1日", ""),
        "given": lambda: ticking.tick(app, TASKS, lamps, [first], "", "长" * 201),
        "brought": lambda: ticking.bring(app, TASKS, lamps, "水泵 3台"),
    }.items():
        with pytest.raises(FieldErrors) as caught:
            call()
        assert list(caught.value.messages) == [key]
    ticking.untick(app, TASKS, lamps, [first])
    assert parts_of(app, lamps)[0][0] == ("完成招标", None, None)
    with pytest.raises(Problem, match="有的已经不在了"):
        ticking.tick(app, TASKS, lamps, [first + 100], "", "")
    with app.operation(Act.CHANGE, "销号") as running:
        running.session.get_one(Task, lamps).handling = "signed_off"
    for refused in (
        lambda: ticking.tick(app, TASKS, lamps, [first], "", ""),
        lambda: ticking.bring(app, TASKS, lamps, "路灯 10盏"),
    ):
        with pytest.raises(Problem, match="已经销号，节点和数量不再改"):
            refused()
    saved = report(app, "7月", reached="完成招标 完成：7月1日")
    assert "已经销号" in saved.doubts["reached"]
    assert parts_of(app, lamps)[0][0] == ("完成招标", None, None)


def test_the_course_of_a_task_says_what_was_planned_reached_and_not_reported(app, lamps):
    report(app, "4月", percent="20", invested="2.5", reported_on="2021-04-20")
    report(app, "6月", percent="60", invested="7.5", reported_on="2021-06-25")
    with app.reading() as session:
        found = course_of(session, lamps, dt.date(2021, 7, 2))
    said = {point.month: (point.planned, point.percent, point.words) for point in found.points}
    assert said[4] == (0, 20, "4月 20%，2.5万元")
    assert said[5] == (0, None, "")
    assert said[6] == (50, 60, "6月 60%，7.5万元")
    assert found.words == "已报 60%，序时进度 50%；资金 7.5／12.5 万元。"
    assert found.late == "1月、2月、3月、5月的进展没有报送（最晚每月28日报送）。"


def test_follow_up_notes_hang_on_any_record_and_go_and_come_with_it(app, lamps):
    saved = report(app, "6月", percent="60")
    for ledger, record_id in ((TASKS, lamps), (PROGRESS, saved.record_id)):
        follow_ups.add(app, ledger, record_id, "6月30日", "约谈施工方\n答应月底完工")
        follow_ups.add(app, ledger, record_id, "", "又去看了一次")
        with app.reading() as session:
            newest, older = follow_ups.lines(session, ledger, record_id)
        assert (newest.on, newest.words, older.on) == (dt.date(2021, 7, 2), "又去看了一次", dt.date(2021, 6, 30))
        follow_ups.change(app, older.id, "6月29日", "约谈")
        changes = follow_ups.remove(app, [newest.id])
        with app.reading() as session:
            assert [(line.on, line.words) for line in follow_ups.lines(session, ledger, record_id)] == [
                (dt.date(2021, 6, 29), "约谈")
            ]
        history.undo(app, [changes.operation_id])
        with app.reading() as session:
            assert len(follow_ups.lines(session, ledger, record_id)) == 2
            assert "跟进记录“约谈”" in " ".join(line.label for line in recent(session))
    with pytest.raises(FieldErrors, match="跟进日期不能晚于今天"):
        follow_ups.add(app, TASKS, lamps, "12月1日", "以后的事")
    with pytest.raises(FieldErrors, match="请写明跟进的情况"):
        follow_ups.add(app, TASKS, lamps, "", " ")
    before = contents(app)
    gone = entry.delete(app, [lamps], TASKS)
    assert contents(app)["follow_ups"] == []
    history.undo(app, [gone.operation_id])
    assert contents(app) == before
