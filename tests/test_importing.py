"""Importing: preview, mend, skip, apply once, apply again, undo whole."""

import hashlib
import os
import shutil
from decimal import Decimal

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from db.models import ImportBatch, ImportFile, Person, Task, Unit
from huajie_desktop.errors import Cancelled, Problem
from huajie_desktop.journal import history
from huajie_desktop.receiving import importing, intake
from huajie_desktop.receiving.batches import batches
from huajie_desktop.receiving.copies import copy_of
from huajie_desktop.receiving.previews import BOTH, INSERT
from huajie_desktop.receiving.reopening import reopen
from huajie_desktop.receiving.telling import as_json
from huajie_desktop.records.doubts import settle
from huajie_desktop.work.review import approve
from huajie_desktop.work.task_ledger import TASKS
from tests.conftest import SAMPLES
from tests.office import contents, enter

VILLAGES = sorted(file for file in (SAMPLES / "villages-2021").iterdir() if file.suffix != ".json")
HEADERS = ["序号", "类别", "承诺事项", "建设内容及规模", "计划投资（万元）", "责任人", "完成时限"]


def book(path, *rows, title="倪宅村2021年干事承诺清单"):
    made = Workbook()
    made.active.append([title])
    made.active.append(HEADERS)
    for number, row in enumerate(rows, 1):
        made.active.append([number, *row])
    made.save(path)
    return path


LAMP = ["干事承诺", "穿村段路灯安装", "安装路灯12盏", 12.5, "倪成纲、张三", "8月底前"]
PARTY = ["基层党建", "主题党日规范化", "全年12次", None, "张三", "全年"]


def states(app):
    with app.reading() as session:
        return {state: count for state, count in session.execute(select(Task.state, func.count()).group_by(Task.state))}


def test_new_rows_are_kept_as_read(app, tmp_path):
    made = importing.preview(app, [book(tmp_path / "a.xlsx", LAMP, PARTY)])
    assert made.counts() == {"new": 2}
    before = contents(app)
    assert before == contents(app), "a preview writes nothing"
    outcome = intake.apply(app, made)
    assert (outcome.new, outcome.skipped, outcome.sentence) == (2, 0, "导入 2 项任务。")
    with app.reading() as session:
        task = session.scalars(select(Task).order_by(Task.id)).first()
        assert (task.unit.name, task.category.name, task.due_text, task.state) == ("倪宅村", "干事承诺", "8月底前", "submitted")
        assert [link.person.name for link in task.responsible] == ["倪成纲", "张三"]
        assert session.scalars(select(ImportFile)).one().unit == "倪宅村"
        assert task.batch_id == session.scalars(select(ImportBatch.id)).one()


def test_same_file_again_changes_nothing_and_says_so(app, tmp_path):
    file = book(tmp_path / "a.xlsx", LAMP, PARTY)
    intake.apply(app, importing.preview(app, [file]))
    before = contents(app)
    made = importing.preview(app, [file])
    assert made.counts() == {"same": 2}
    assert made.files[0].imported.startswith("张三")
    outcome = intake.apply(app, made)
    assert outcome.sentence == "没有新任务：2 项都已导入过，数据没有变化。"
    assert (outcome.changes.operation_id, contents(app)) == (None, before)


def test_same_content_in_another_file_is_recognised_too(app, tmp_path):
    intake.apply(app, importing.preview(app, [book(tmp_path / "a.xlsx", LAMP)]))
    other = book(
        tmp_path / "b.xlsx", ["干事承诺", "穿村段路灯安装 ", "安装路灯12盏", "12.5万元", "倪成纲，张三", "2021-08-31"], PARTY
    )
    assert importing.preview(app, [other]).counts() == {"same": 1, "new": 1}


def test_same_title_with_other_content_changes_that_field_alone_unless_only_new_rows_are_wanted(app, tmp_path):
    intake.apply(app, importing.preview(app, [book(tmp_path / "a.xlsx", LAMP)]))
    before = contents(app)
    made = importing.preview(app, [book(tmp_path / "b.xlsx", [*LAMP[:3], 99, *LAMP[4:]])])
    assert made.counts() == {"change": 1}
    assert [(change.key, change.old, change.new) for row in made.rows for change in row.changes] == [("investment", "12.5", "99")]
    importing.tell(app, made, mode=INSERT)
    outcome = intake.apply(app, made)
    assert made.counts() == {"differs": 1}
    assert "没有修改" in outcome.left_out[0]
    assert (outcome.as_told, contents(app)) == (False, before)
    importing.tell(app, made, mode=BOTH)
    assert intake.apply(app, made).sentence == "修改 1 项。"
    with app.reading() as session:
        assert session.scalars(select(Task.investment)).all() == [Decimal(990_000)]


def test_errors_hold_everything_back_until_mended_or_left_out(app, tmp_path):
    good = book(tmp_path / "good.xlsx", LAMP)
    bad = book(tmp_path / "bad.xlsx", ["其他", "桥梁改建", "1座", -5, "", "待定"], title="尚仁村2021年干事承诺清单")
    before = contents(app)
    made = importing.preview(app, [good, bad])
    with pytest.raises(Problem, match="所有文件都没有导入"):
        intake.apply(app, made)
    assert contents(app) == before
    row = next(row for row in made.rows if row.status == "error")
    texts = {"category": "重点工作", "investment": "5", "responsible": "王五", "due": "9月30日前"}
    assert {issue.field for issue in row.record.issues} == set(texts)
    for name, text in texts.items():
        importing.mend(app, made, row, name, text)
    assert row.status == "new"
    assert intake.apply(app, made).new == 2


def test_row_without_a_unit_waits_for_one(app, tmp_path):
    made = importing.preview(app, [book(tmp_path / "x.xlsx", LAMP, title="干事承诺清单")])
    assert made.counts() == {"error": 1}
    importing.set_unit(app, made, made.files[0], "倪宅村")
    assert made.counts() == {"new": 1}
    intake.apply(app, made)
    with app.reading() as session:
        assert session.scalars(select(Task)).one().unit.name == "倪宅村"


def test_column_can_be_said_to_be_something_else(app, tmp_path):
    made = importing.preview(app, [book(tmp_path / "a.xlsx", LAMP)])
    table = made.files[0].read.tables[0]
    column = next(column for column in table.columns if column.field == "investment")
    importing.remap(app, made, made.files[0], {(table.sheet, table.header_rows[-1], column.index): None})
    assert next(made.rows).record["investment"] is None


def test_cancelled_import_keeps_nothing(app, tmp_path):
    class Impatient:
        def step(self, done, total, text):
            if done == total:
                raise Cancelled

    before = contents(app)
    with pytest.raises(Cancelled):
        intake.apply(app, importing.preview(app, [book(tmp_path / "a.xlsx", LAMP)]), job=Impatient())
    assert contents(app) == before


def test_unknown_office_is_taken_up_as_one(app, tmp_path):
    made = Workbook()
    made.active.append(["花街镇2021年镇级工作清单"])
    made.active.append(["序号", "板块", "类别", "项目名称", "主要内容", "责任科室", "完成时限"])
    made.active.append([1, "五大攻坚", "城市品质提升攻坚", "北三环工程", "完成征迁", "村镇建设办", "12月底前"])
    made.save(tmp_path / "t.xlsx")
    outcome = intake.apply(app, importing.preview(app, [tmp_path / "t.xlsx"]))
    with app.reading() as session:
        assert session.scalars(select(Unit).where(Unit.name == "村镇建设办")).one().kind == "office"
    history.undo(app, [outcome.changes.operation_id])
    with app.reading() as session:
        assert session.scalars(select(Unit).where(Unit.name == "村镇建设办")).first() is None


def test_all_27_sample_files_by_way_of_undo(app):
    before = contents(app)
    made = importing.preview(app, VILLAGES)
    outcome = intake.apply(app, made, skip_errors=True)
    assert (outcome.new, outcome.skipped) == (305, 13)
    assert states(app) == {"submitted": 305}
    with app.reading() as session:
        ids = list(session.scalars(select(Task.id)))
    settle(app, ids, TASKS)
    approve(app, ids)
    with pytest.raises(history.LaterChanges) as caught:
        history.undo(app, [outcome.changes.operation_id])
    assert [line.label for line in caught.value.later] == ["核对无误：14 项任务，14 处", "审核通过 305 项"]
    history.undo(app, [outcome.changes.operation_id], with_later=True)
    assert contents(app) == before
    with app.reading() as session:
        assert batches(session)[0].undone
    assert importing.preview(app, VILLAGES).counts()["same"] == 0, "an undone import may be made again"


def test_undo_refuses_while_a_later_task_stands_on_the_imported_people(app, tmp_path):
    outcome = intake.apply(app, importing.preview(app, [book(tmp_path / "a.xlsx", LAMP)]))
    enter(app, title="后来的任务")
    with pytest.raises(history.LaterChanges, match="新增任务“后来的任务”"):
        history.undo(app, [outcome.changes.operation_id])
    with app.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 3, "two of the sheet, and who sits at the desk"


def test_file_that_is_no_workbook_is_named_and_holds_the_others_back(app, tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    made = importing.preview(app, [book(tmp_path / "a.xlsx", LAMP), tmp_path / "坏.xlsx"])
    assert made.files[1].read.problem
    with pytest.raises(Problem, match="坏.xlsx"):
        intake.apply(app, made)
    outcome = intake.apply(app, made, skip_errors=True)
    assert (outcome.new, outcome.as_told) == (1, False)


def test_moved_copy_of_an_imported_file_is_the_same_file(app, tmp_path):
    file = book(tmp_path / "a.xlsx", LAMP)
    made = importing.preview(app, [file])
    importing.mend(app, made, next(made.rows), "due", "9月底前")
    intake.apply(app, made)
    copy = shutil.copy(file, tmp_path / "copy.xlsx")
    assert importing.preview(app, [tmp_path / copy]).counts() == {"same": 1}


def test_rows_left_out_stay_left_out_when_the_same_file_comes_again(app, tmp_path):
    file = book(tmp_path / "a.xlsx", LAMP, ["其他", "桥梁改建", "1座", 5, "张三", "6月底"])
    intake.apply(app, importing.preview(app, [file]), skip_errors=True)
    made = importing.preview(app, [file])
    assert made.counts() == {"same": 1, "skipped": 1}
    assert intake.apply(app, made).new == 0, "no error holds it up"
    row = next(row for row in made.rows if row.skipped)
    importing.skip(app, made, [row], skipped=False)
    importing.mend(app, made, row, "category", "重点工作")
    assert intake.apply(app, made).new == 1
    assert importing.preview(app, [file]).counts() == {"same": 2}


def doubtful(path):
    """A list that may be of tasks or of their progress: no title says, and the header names as much of both."""
    made = Workbook()
    made.active.append(["项目名称", "主要内容", "完成时限", "责任单位", "责任人", "进展情况", "存在问题", "下步打算"])
    made.active.append(["穿村段路灯安装", "安装路灯12盏", "8月底前", "倪宅村", "张三", "已完成招标", "无", "进场施工"])
    made.save(path)
    return path


def test_what_a_file_holds_is_asked_where_nothing_says_it_until_the_clerk_did(app, tmp_path):
    made = importing.preview(app, [doubtful(tmp_path / "x.xlsx"), book(tmp_path / "a.xlsx", LAMP)])
    file, clear = made.files
    assert file.ledger is TASKS
    assert "先按“任务清单”读了，也可能是“月度进展台账”" in file.all_notices[0]
    assert [told["may_be"] for told in as_json(made)["files"]] == [["progress"], []]
    assert clear.doubt == ""
    assert all(row.applies for row in made.rows), "a doubt about the file stops no row"
    importing.read_again(app, made)
    assert file.doubt, "nobody has said it yet"
    importing.set_ledger(app, made, file, TASKS)
    assert (file.ledger, file.doubt) == (TASKS, "")
    assert not any("也可能是" in notice for notice in file.all_notices)


def the_copy(app):
    with app.reading() as session:
        file = session.scalars(select(ImportFile)).one()
        return copy_of(app.folder, file.digest, file.name), file.digest


def spoil(copy, content):
    copy.chmod(0o666)
    copy.write_bytes(content)


@pytest.mark.parametrize("content", [b"", b"PK exchanged"])
def test_a_copy_that_was_emptied_or_exchanged_is_told_and_put_right_by_the_same_file(app, tmp_path, content):
    file = book(tmp_path / "倪宅村.xlsx", LAMP)
    batch = intake.apply(app, importing.preview(app, [file])).batch_id
    copy, digest = the_copy(app)
    assert [row.record.title for row in reopen(app, batch).rows] == [LAMP[1]]
    spoil(copy, content)
    with pytest.raises(Problem, match=r"倪宅村\.xlsx”被改动过"):
        reopen(app, batch)
    outcome = intake.apply(app, importing.preview(app, [file]))
    assert (outcome.batch_id, outcome.unkept) == (None, [])
    assert hashlib.sha256(copy.read_bytes()).hexdigest() == digest
    assert len(list(reopen(app, batch).rows)) == 1


def test_a_workbook_changed_after_the_preview_is_not_kept_under_what_was_read(app, tmp_path):
    file = book(tmp_path / "倪宅村.xlsx", LAMP)
    made = importing.preview(app, [file])
    book(file, PARTY)
    outcome = intake.apply(app, made)
    assert outcome.new == 1
    assert "没有留存原件" in outcome.sentence
    assert "改过" in outcome.unkept[0]
    copy, _ = the_copy(app)
    assert not copy.exists()
    with pytest.raises(Problem, match="没有留存"):
        reopen(app, outcome.batch_id)


def test_a_stick_pulled_after_the_preview_is_said_at_the_import(app, tmp_path):
    made = importing.preview(app, [book(tmp_path / "倪宅村.xlsx", LAMP)])
    (tmp_path / "倪宅村.xlsx").unlink()
    outcome = intake.apply(app, made)
    assert outcome.new == 1
    assert "读不到这个文件" in outcome.unkept[0]
    assert "没有留存原件" in outcome.sentence


def test_a_copy_is_on_the_disk_before_it_has_its_name(app, tmp_path, monkeypatch):
    done = []

    def note(word, real):
        def call(*arguments):
            done.append(word)
            return real(*arguments)

        return call

    monkeypatch.setattr(os, "fsync", note("fsync", os.fsync))
    monkeypatch.setattr(os, "replace", note("replace", os.replace))
    intake.apply(app, importing.preview(app, [book(tmp_path / "倪宅村.xlsx", LAMP)]))
    assert done[:3] == ["fsync", "replace", "fsync"]


def test_the_preview_says_whom_and_what_it_takes_up_and_who_is_nearly_there(app, tmp_path):
    enter(app, responsible="徐志军")
    enter(app, title="别处", unit="金杜村", responsible="李强")
    made = importing.preview(
        app, [book(tmp_path / "a.xlsx", [*LAMP[:4], "徐志君、李强、王新", "8月底前"], title="倪宅村2021年干事承诺清单")]
    )
    [row] = made.rows
    [issue] = [issue for issue in row.record.issues if issue.field == "responsible"]
    assert "徐志军" in issue.message
    told = "；".join(made.files[0].all_notices)
    assert "会新增人员 3 名：徐志君、李强、王新" in told
    assert "李强和别的单位的人同名" in told


def test_the_preview_says_which_unit_nobody_knows_becomes_an_office(app, tmp_path):
    made = Workbook()
    made.active.append(["花街镇2021年镇级工作清单"])
    made.active.append(["序号", "板块", "类别", "项目名称", "主要内容", "责任科室", "完成时限"])
    made.active.append([1, "五大攻坚", "城市品质提升攻坚", "北三环工程", "完成征迁", "倪宅新村委", "12月底前"])
    made.save(tmp_path / "t.xlsx")
    told = importing.preview(app, [tmp_path / "t.xlsx"]).files[0].all_notices
    assert any("会作为新科室加入：倪宅新村委" in notice for notice in told)
