"""民生实事 as a clerk keeps it: typed, approved and numbered, reported on month by month, sent in and out as sheets, counted."""

import datetime as dt
from decimal import Decimal

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from db.ledgers.livelihood import LivelihoodProgress, LivelihoodProject
from db.models import Attachment, Unit
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.papers.ledger_sections import ledger_sections
from huajie_desktop.receiving import importing, intake
from huajie_desktop.records import entry, listing
from huajie_desktop.records.listing import Wanted
from huajie_desktop.sending import exporting
from huajie_desktop.sending.templates import write_templates
from huajie_desktop.work import attachments
from huajie_desktop.work.review import approve, submit

PROJECTS, PROGRESS = LEDGERS["livelihood_projects"], LEDGERS["livelihood_progress"]
TEXTS = {
    "title": "倪宅村文化礼堂改造", "background": "礼堂年久漏雨", "content": "屋面翻修\n新建舞台", "unit": "倪宅村", "lead": "张三",
    "responsible": "倪成纲、李四", "quantities": "路灯12盏、绿道1.5公里", "investment": "80", "planned": "60", "spent": "20.5",
    "funding": "镇补 50万 实际 20万\n村自筹 30万", "benefit": "村民1200人", "start": "2021-03-01", "due": "8月底前",
    "milestones": "5月底 完成招标 佐证：中标通知书\n8月底 竣工", "stage": "屋面完工", "finished": "未完成", "satisfied": "30",
    "nearly_satisfied": "2", "dissatisfied": "0", "remarks": "镇人大票决",
}  # fmt: skip
HEADERS = (
    "序号", "实事项目", "项目由来", "主要内容", "实施单位", "分管领导", "负责人", "工程量", "项目总投资（万元）", "年度投资（万元）",
    "已完成投资（万元）", "资金筹措", "受益对象", "开工时间", "竣工时间", "目前形象进度", "是否完成", "满意", "基本满意", "不满意", "说明",
)  # fmt: skip
ROW = (
    1, "金杜村公厕新建", "群众反映强烈", "新建公厕一座", "金杜村", "张三", "杜建、王五（副主任）", "公厕1座", 25, 25, 10, "镇补20万、村自筹5万",
    "全村", "3月", "8月底前", "主体结顶", "基本完成", 28, 3, 1, "",
)  # fmt: skip


def save(app, ledger=PROJECTS, record_id=None, **texts):
    return entry.save(app, ledger, record_id, texts).record_id


def texts_of(app, record_id):
    with app.reading() as session:
        return entry.texts_of(session, PROJECTS, record_id)


def approved(app, **texts):
    record_id = save(app, **{**TEXTS, **texts})
    submit(app, [record_id], PROJECTS)
    approve(app, [record_id], PROJECTS)
    return record_id


def kept(app, record_id):
    with app.reading() as session:
        return session.get_one(LivelihoodProject, record_id)


def ids_of(app, ledger):
    with app.reading() as session:
        return list(listing.record_ids(session, ledger, Wanted()))


def village_sheet(path, *rows):
    made = Workbook()
    for row in (["2021年民生实事项目清单"], HEADERS, *rows):
        made.active.append(row)
    made.save(path)
    return path


def test_all_that_is_typed_is_kept_and_a_number_of_its_own_is_given(app):
    record_id = approved(app)
    assert texts_of(app, record_id) == TEXTS
    assert kept(app, record_id).number == "花民生〔2021〕1号"
    assert kept(app, approved(app, title="公厕新建")).number == "花民生〔2021〕2号"


def test_what_is_done_afterwards_stays_open_when_it_is_approved(app):
    record_id = approved(app)
    open_fields = {
        "spent": "80",
        "stage": "竣工",
        "finished": "完成",
        "satisfied": "31",
        "nearly_satisfied": "1",
        "dissatisfied": "1",
    }
    save(app, record_id=record_id, **open_fields)
    assert texts_of(app, record_id) == {**TEXTS, **open_fields}
    with pytest.raises(Problem, match="已确认，不能直接修改总投资"):
        save(app, record_id=record_id, investment="90")


def test_what_cannot_be_is_said_under_its_field(app):
    with pytest.raises(FieldErrors) as caught:
        save(
            app, **{**TEXTS, "unit": "某某办公室", "spent": "-1", "satisfied": "-1", "dissatisfied": "2%", "start": "2021-09-01"}
        )
    assert caught.value.messages == {
        "unit": "“某某办公室”不在单位表里，请先加入这个单位",
        "spent": "完成投资不能是负数（“-1”），请填写正确的金额（万元）",
        "satisfied": "满意票数不能是负数，没有就空着",
        "dissatisfied": "“2%”是比例，不满意票数请写一个整数",
        "start": "开工日期（2021-09-01）不能晚于完成时限（2021-08-31）",
    }
    with app.reading() as session:
        assert session.scalar(select(func.count()).where(Unit.name == "某某办公室")) == 0


def test_a_unit_reports_on_it_and_photographs_hang_on_it_and_its_milestones(app, tmp_path):
    record_id = approved(app)
    report = {"unit": "倪宅村", "title": TEXTS["title"], "month": "3月", "percent": "30", "summary": "已开工"}
    save(app, PROGRESS, **report)
    assert PROGRESS.fields["title"].label == "项目名称", "what is said again on the model is meant"
    with pytest.raises(FieldErrors, match="这个月的进展已经有了"):
        save(app, PROGRESS, **report)
    with pytest.raises(FieldErrors, match="民生实事台账里没有这个单位的“修桥”"):
        save(app, PROGRESS, **{**report, "title": "修桥"})
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(b"jpg")
    with app.reading() as session:
        proof = next(key for key, words in attachments.uses(session, record_id, of=LivelihoodProject).items() if "中标" in words)
    attachments.add(app, record_id, [photo], of=LivelihoodProject, proves=proof)
    with app.reading() as session:
        assert [found.project_id for found in session.scalars(select(LivelihoodProgress))] == [record_id]
        assert session.scalars(select(Attachment.name)).all() == ["现场.jpg"]


def test_a_villages_sheet_is_known_by_its_title_and_read_to_its_last_column(app, tmp_path):
    made = importing.preview(app, [village_sheet(tmp_path / "工作簿1.xlsx", ROW)])
    assert (made.files[0].ledger, made.files[0].read.may_be) == (PROJECTS, ())
    assert [column.header for column in made.files[0].read.tables[0].columns if column.field is None] == ["序号"]
    (row,) = made.rows
    assert [issue.message for issue in row.record.issues] == []
    assert intake.apply(app, made).new == 1
    (record_id,) = ids_of(app, PROJECTS)
    said = texts_of(app, record_id)
    assert (said["due"], said["responsible"], said["start"]) == ("8月底前", "杜建、王五", "2021-03-01")
    assert (said["finished"], said["satisfied"], said["nearly_satisfied"], said["dissatisfied"]) == ("基本完成", "28", "3", "1")
    assert (said["quantities"], said["funding"], said["investment"]) == ("公厕1座", "镇补 20万\n村自筹 5万", "25")
    found = kept(app, record_id)
    assert (found.due, found.spent, found.state) == (dt.date(2021, 8, 31), Decimal(100_000), "submitted")


def test_a_sheet_with_a_unit_nobody_knows_is_refused(app, tmp_path):
    stranger = (*ROW[:4], "某某办公室", *ROW[5:])
    made = importing.preview(app, [village_sheet(tmp_path / "a.xlsx", stranger)])
    assert [issue.message for row in made.rows for issue in row.record.issues] == ["“某某办公室”不在单位表里，请先加入这个单位"]
    with pytest.raises(Problem):
        intake.apply(app, made)


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_both_ledgers_come_back_from_a_sheet_as_they_went(app, tmp_path, ending):
    approved(app)
    save(app, title="长期保洁", unit="金杜村", due="长期坚持", milestones="")
    save(app, PROGRESS, unit="倪宅村", title=TEXTS["title"], month="3月", percent="30", summary="已开工")
    for ledger, count in ((PROJECTS, 2), (PROGRESS, 1)):
        file = tmp_path / f"{ledger.title}{ending}"
        exporting.export_list(app, ledger, ids_of(app, ledger), exporting.all_keys(ledger), file)
        made = importing.preview(app, [file])
        assert (made.files[0].ledger, made.counts()) == (ledger, {"same": count})


def test_a_unit_gets_a_row_for_each_project_to_report_on(app, tmp_path):
    approved(app)
    with app.reading() as session:
        unit = session.scalar(select(Unit.id).where(Unit.name == "倪宅村"))
    (file,) = write_templates(app, PROGRESS, tmp_path, unit_ids=[unit], month=3)
    made = importing.preview(app, [file])
    assert (made.files[0].ledger, made.counts()) == (PROGRESS, {})
    assert "民生实事进展" in file.name


def test_it_is_counted_by_unit_and_by_what_is_done(app):
    approved(app)
    approved(app, title="公厕新建", unit="金杜村", finished="完成", investment="25", spent="25")
    with app.reading() as session:
        units = {unit.id: unit.name for unit in session.scalars(select(Unit))}
        (section,) = ledger_sections(session, units, approved_only=True)
    assert section.sentence == ("2021年，花街镇共实施民生实事项目2个，完成1个，完成率50.00%，总投资105万元，完成投资45.5万元。")
    assert [table.columns[0].title for table in section.tables] == ["实施主体", "是否完成", "月份"]


def test_a_report_that_may_be_of_two_projects_is_refused_and_not_guessed(app, tmp_path):
    for unit in ("倪宅村", "倪宅村", "金杜村"):
        save(app, **{**TEXTS, "title": "同名的事", "unit": unit})
    with pytest.raises(FieldErrors, match="有 2 个“同名的事”，分不清说的是哪一个"):
        save(app, PROGRESS, title="同名的事", unit="倪宅村", month="3月", percent="50")
    save(app, PROGRESS, title="同名的事", unit="金杜村", month="3月", percent="50")
    made = Workbook()
    made.active.append(["2021年民生实事进展4月"])
    made.active.append(["序号", "单位", "项目名称", "月份", "完成比例（%）", "进展情况"])
    made.active.append([1, "倪宅村", "同名的事", "4月", 60, "过半"])
    made.save(tmp_path / "倪宅村民生实事进展.xlsx")
    [row] = importing.preview(app, [tmp_path / "倪宅村民生实事进展.xlsx"], ledger=PROGRESS).rows
    assert any("有 2 个“同名的事”" in issue.message for issue in row.record.issues)
    assert row.status == "error"


@pytest.mark.parametrize("percent", ["-1", "101"])
def test_no_report_says_less_than_nothing_or_more_than_all(app, percent):
    approved(app)
    with pytest.raises(FieldErrors) as caught:
        save(app, PROGRESS, unit="倪宅村", title=TEXTS["title"], month="3月", percent=percent)
    assert caught.value.messages == {"percent": "完成比例应在 0 到 100 之间"}
    save(app, PROGRESS, unit="倪宅村", title=TEXTS["title"], month="3月", percent="100")


def test_a_project_may_begin_on_its_last_day_and_none_later(app):
    record_id = save(app, **{**TEXTS, "start": "2021-08-31", "milestones": ""})
    with pytest.raises(FieldErrors, match="开工日期（2021-09-01）不能晚于完成时限（2021-08-31）"):
        save(app, record_id=record_id, start="2021-09-01")
