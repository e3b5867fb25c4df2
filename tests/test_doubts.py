"""A doubt lives until a person has settled it: kept with the record, found, ticked off, past with the field it is about."""

from random import Random

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font
from sqlalchemy.exc import NoResultFound

from db.log import Act
from db.models import Doubt
from huajie_desktop.errors import Problem
from huajie_desktop.journal import history, recycle_bin
from huajie_desktop.journal.versions import bring_back, versions
from huajie_desktop.receiving import importing, intake
from huajie_desktop.receiving.remembering import corrections
from huajie_desktop.receiving.reopening import reopen
from huajie_desktop.records import bulk, entry
from huajie_desktop.records.doubts import (
    Doubtful,
    any_doubted,
    doubted_fields,
    doubts_of,
    has_doubts,
    mark_doubted,
    raise_doubts,
    settle,
    take_up,
)
from huajie_desktop.records.listing import Wanted, record_ids, record_lines
from huajie_desktop.records.retyping import retype
from huajie_desktop.township.registers import PEOPLE
from huajie_desktop.township.seating import come_in
from huajie_desktop.township.unit_merging import merge_people
from huajie_desktop.work import queries
from huajie_desktop.work.review import approve, move, send_back, submit
from huajie_desktop.work.task_ledger import TASKS
from huajie_desktop.year.years import Wishes, look_at, next_year
from tests.office import contents, enter, recent
from tests.tasks import save_task
from tests.ui.hands import LAMP, book

VAGUE = ["干事承诺", "反诈宣传入户", "上门宣传", None, "张三", "12月前"]


@pytest.fixture
def ids(app, tmp_path):
    """A vague task and a clear one, taken in from a sheet."""
    intake.apply(app, importing.preview(app, [book(tmp_path / "潘宅.xlsx", VAGUE, LAMP)]))
    with app.reading() as session:
        return list(record_ids(session, TASKS, Wanted()))


def doubts(app, record_id, ledger=TASKS):
    with app.reading() as session:
        return doubts_of(session, ledger, record_id)


def versions_of(app, record_id):
    """The operations a task has been through, the newest first."""
    with app.reading() as session:
        return [version.operation_id for version in versions(session, TASKS, record_id)]


def test_what_the_sheet_left_open_is_kept_with_the_record_and_found(app, ids):
    vague = ids[0]
    (doubt,) = doubts(app, vague)
    assert (doubt.field, doubt.stood, doubt.cell) == ("due", "12月前", "潘宅.xlsx Sheet!G3")
    assert (doubt.taken, doubt.words) == ("2021-11-30", doubt.text)
    with app.reading() as session:
        assert doubted_fields(session, TASKS, ids) == {vague: ["due"]}
        assert list(record_ids(session, TASKS, Wanted(conditions=(has_doubts(TASKS),)))) == [vague]
        lines = mark_doubted(session, TASKS, record_lines(session, TASKS, ids, ["title", "due"]))
    assert [(line.marks, list(line.doubted)) for line in lines] == [({"title": "待核对"}, ["due"]), ({}, [])]


def test_ticked_off_it_is_settled_by_whoever_looked_and_can_be_taken_back(app, ids):
    done = settle(come_in(app.data, "李四"), ids, TASKS)
    assert (done.done, done.label) == (1, "核对无误：1 项任务，1 处")
    assert doubts(app, ids[0]) == []
    with app.reading() as session:
        (row,) = session.query(Doubt).all()
        assert (row.settled_by, row.batch_id) == ("李四", 1)
    with pytest.raises(Problem, match="没有待核对的内容"):
        settle(app, ids, TASKS)
    history.undo(app, [done.operation_id])
    assert len(doubts(app, ids[0])) == 1


def test_one_field_is_looked_at_alone_and_only_what_wants_something_of_somebody_is_a_doubt(app, ids):
    clear = ids[1]
    with app.operation(Act.CHANGE, "待核对") as running:
        said = {"title": "写的是“请核对”", "due": "请核对", "content": "请核对“内容”"}
        take_up(running, TASKS, {clear: dict.fromkeys(said, "原文")}, {clear: said})
    assert [(doubt.field, doubt.stood) for doubt in doubts(app, clear)] == [("due", "原文"), ("content", "原文")]
    with pytest.raises(Problem, match="没有待核对的内容"):
        settle(app, ids, TASKS, field="title")
    with app.operation(Act.CHANGE, "待核对") as running:
        raise_doubts(running, TASKS, {clear: [Doubtful("unit", "请核对", cell="很深的文件夹/" * 60 + "表 G3")]})
    assert doubts(app, clear)[-1].cell.endswith("/表 G3"), "of a long place the end says where"
    assert settle(app, [clear], TASKS, field="due").label == "核对无误：1 项任务，1 处"
    assert [doubt.field for doubt in doubts(app, clear)] == ["content", "unit"]


def test_the_field_corrected_ends_its_doubt_whichever_way(app, ids):
    vague = ids[0]
    save_task(app, vague, {"content": "别的内容"})
    assert len(doubts(app, vague)) == 1, "another field says nothing of it"
    done = save_task(app, vague, {"due": "12月底前"})
    assert doubts(app, vague) == []
    history.undo(app, [done.changes.operation_id])
    assert len(doubts(app, vague)) == 1
    bulk.set_field(app, ids, TASKS, "due", "10月底")
    assert doubts(app, vague) == []
    retype(app, {vague: {"due": "12月前"}}, TASKS, "改")
    assert [doubt.stood for doubt in doubts(app, vague)] == ["12月前"]
    retype(app, {vague: {"due": "11月底"}}, TASKS, "改")
    assert doubts(app, vague) == []


def test_a_further_sheet_that_says_the_field_otherwise_ends_it_and_may_bring_its_own(app, ids, tmp_path):
    again = importing.preview(app, [book(tmp_path / "改.xlsx", [*VAGUE[:5], "11月前"], LAMP)])
    intake.apply(app, again)
    (doubt,) = doubts(app, ids[0])
    assert doubt.stood == "11月前"
    settle(app, ids, TASKS)
    other = importing.preview(app, [book(tmp_path / "再改.xlsx", [*VAGUE[:2], "上门宣传两次", *VAGUE[3:5], "11月前"], LAMP)])
    assert intake.apply(app, other).changes.touched
    assert doubts(app, ids[0]) == [], "what it says as before was looked at"
    struck = load_workbook(other.files[0].path)
    struck.active["D3"], struck.active["F3"].font = "上门宣传三次", Font(strike=True)
    struck.save(tmp_path / "划掉.xlsx")
    intake.apply(app, importing.preview(app, [tmp_path / "划掉.xlsx"]))
    assert [doubt.field for doubt in doubts(app, ids[0])] == ["responsible"], "struck through, whatever it said before"


def test_a_person_two_rows_bring_in_is_doubted_once(app, tmp_path):
    enter(app, responsible="徐志军")
    rows = [[*LAMP[:1], f"路灯{number}", *LAMP[2:4], "徐志君", *LAMP[5:]] for number in range(2)]
    intake.apply(app, importing.preview(app, [book(tmp_path / "倪宅.xlsx", *rows)]))
    with app.reading() as session:
        [doubt] = session.query(Doubt).all()
    assert (doubt.field, doubt.stood) == ("responsible", "徐志君")


def test_it_goes_with_its_record_and_comes_back_and_the_import_undone_takes_it(app, ids):
    entry.delete(app, [ids[0]], TASKS)
    with app.reading() as session:
        assert session.query(Doubt).count() == 0
        (gone,) = recycle_bin.deleted_ids(session, kind="tasks")
    recycle_bin.restore_deleted(app, [gone])
    assert len(doubts(app, ids[0])) == 1
    with app.reading() as session:
        first = next(line.id for line in recent(session) if line.label.startswith("导入"))
    history.undo(app, [first], with_later=True)
    with app.reading() as session:
        assert session.query(Doubt).count() == 0


def test_many_are_approved_but_those_with_doubts_nobody_saw(app, ids):
    reviewer = come_in(app.data, "李四")
    done = approve(reviewer, ids)
    assert (done.done, done.label) == (1, "审核通过 1 项")
    (left,) = done.left
    assert left.words == "倪宅村的任务“反诈宣传入户”的完成时限还没有核对，没有通过。"
    with pytest.raises(Problem, match="反诈宣传入户.*还没有核对"):
        approve(reviewer, [ids[0]], seen=[99])
    seen = [doubt.id for doubt in doubts(app, ids[0])]
    approve(reviewer, [ids[0]], seen=seen)
    with app.reading() as session:
        assert session.query(Doubt).one().settled_by == "李四"
    with app.reading() as session:
        assert session.get_one(TASKS.model, ids[0]).state == "approved"


def test_an_open_query_leaves_its_record_and_any_move_goes_on_with_the_others(app, ids):
    settle(app, ids, TASKS)
    queries.ask(app, TASKS, ids[1], "due", "哪一天？")
    done = approve(app, ids)
    assert [left.words for left in done.left] == ["倪宅村的任务“穿村段路灯安装”还有 1 条疑问没有关闭，不能通过。"]
    draft = enter(app, title="草稿")
    back = send_back(app, [draft, *ids], "再看看")
    assert (back.done, [left.id for left in back.left]) == (2, [draft])
    assert "现在是“草稿”，不能改为“退回”" in back.left[0].why
    with pytest.raises(Problem, match="没有锁定，不用解锁"):
        move(app, TASKS, TASKS.life.moves[5].verb, [draft], "为什么")


def test_what_cannot_be_deleted_stays_and_the_others_go(app, ids):
    settle(app, ids, TASKS)
    approve(app, ids[:1])
    done = entry.delete(app, ids, TASKS)
    assert (done.done, done.label) == (1, "删除任务 1 项")
    assert done.left[0].words.startswith("倪宅村的任务“反诈宣传入户”已确认，不能删除")
    with app.reading() as session:
        assert list(record_ids(session, TASKS, Wanted())) == ids[:1]


def test_a_tick_in_the_preview_is_kept_as_settled_and_stands_when_read_again(app, tmp_path):
    made = importing.preview(app, [book(tmp_path / "a.xlsx", VAGUE, LAMP)])
    row = next(made.rows)
    assert row.status == "warning"
    importing.check(app, made, [row])
    assert row.status == "new"
    importing.read_again(app, made)
    row = next(made.rows)
    assert row.status == "new"
    importing.mend(app, made, row, "due", "11月前")
    assert row.status == "warning", "what is typed is doubted anew"
    importing.mend(app, made, row, "due", "12月前")
    outcome = intake.apply(app, made)
    with app.reading() as session:
        (record_id,) = record_ids(session, TASKS, Wanted(conditions=(TASKS.model.title == VAGUE[1],)))
        assert session.query(Doubt).one().settled_by == "张三"
    assert doubts(app, record_id) == []
    again = reopen(app, outcome.batch_id)
    assert ("due", row.record.issues[0].message) in next(again.rows).checked


def test_what_was_typed_in_the_form_and_doubted_stays_marked(app):
    record_id = enter(app, due="12月前")
    (doubt,) = doubts(app, record_id)
    assert (doubt.field, doubt.stood, doubt.cell) == ("due", "12月前", "")


def test_a_namesake_of_another_unit_keeps_nobody_from_approving_many(app):
    """Villages have namesakes: whom a form takes up is told, as in a sheet, and is no doubt."""
    many = [enter(app, responsible="倪成纲"), enter(app, title="另一项", unit="尚仁村", responsible="倪成纲、李强")]
    assert [doubts(app, found) for found in many] == [[], []]
    submit(app, many)
    assert approve(app, many).done == 2


def test_of_personal_data_only_that_it_is_doubted_is_kept(app, tmp_path):
    path = book(
        tmp_path / "人.xlsx", ["徐志军", "1396791", "倪宅村"], title="人员名单", headers=["序号", "姓名", "联系电话", "单位"]
    )
    made = importing.preview(app, [path], ledger=PEOPLE)
    for row in made.rows:
        row.record.complain("phone", "warning", "“13967912345”像是少了一位，请核对")
    intake.apply(app, made)
    with app.reading() as session:
        rows = session.query(Doubt).where(Doubt.field == "phone").all()
        assert rows
        assert all("13967912345" not in row.text and row.stood is None and row.taken is None for row in rows)


def test_taking_back_is_called_by_what_is_done_however_often(app, ids):
    first = send_back(app, ids, "再看看").operation_id
    called = []
    for _ in range(4):
        done = history.undo(app, [first])
        called.append(done.label)
        first = done.operation_id
    assert called == [f"{word} 退回 2 项" for word in ("撤销", "恢复", "撤销", "恢复")]


def test_what_was_taught_stays_though_the_import_is_taken_back(app, tmp_path):
    made = importing.preview(app, [book(tmp_path / "a.xlsx", ["干事", *LAMP[1:]])])
    row = next(made.rows)
    importing.mend(app, made, row, "category", "干事承诺")
    outcome = intake.apply(app, made)
    with app.reading() as session:
        assert recent(session, 1)[0].label == "记住改正 1 条"
    history.undo(app, [outcome.changes.operation_id])
    with app.reading() as session:
        assert [(line.said, line.meant) for line in corrections(session)] == [("干事", "干事承诺")]


def test_an_earlier_version_brings_its_own_doubts_and_ends_those_of_the_later_one(app, ids, tmp_path):
    vague = ids[0]
    first = versions_of(app, vague)[0]
    save_task(app, vague, {"due": "12月底前"})
    clear = versions_of(app, vague)[0]
    bring_back(app, TASKS, vague, first)
    assert [doubt.stood for doubt in doubts(app, vague)] == ["12月前"], "the day says what it said then, and is as doubtful"
    done = bring_back(app, TASKS, vague, clear)
    assert doubts(app, vague) == []
    history.undo(app, [done.operation_id])
    assert len(doubts(app, vague)) == 1
    save_task(app, vague, {"due": "10月底"})
    bring_back(app, TASKS, vague, clear)
    assert doubts(app, vague) == [], "nor was it doubted then"
    bring_back(app, TASKS, vague, first)
    settle(app, [vague], TASKS)
    save_task(app, vague, {"content": "别的内容"})
    bring_back(app, TASKS, vague, versions_of(app, vague)[1])
    assert doubts(app, vague) == [], "another field says nothing of it"


def test_it_goes_with_what_is_carried_into_the_next_year_unless_the_days_are_set_anew(app, ids):
    for year, shift in ((2022, True), (2023, False)):
        there = look_at(app, next_year(app, Wishes(year, "大比拼", shift=shift)).campaign_id)
        with there.reading() as session:
            (carried,) = record_ids(session, TASKS, Wanted(conditions=(TASKS.model.title == VAGUE[1],)))
            assert [(line.field, line.stood) for line in doubts_of(session, TASKS, carried)] == [("due", "12月前")] * shift
            assert any_doubted(session, TASKS) == shift, "of this year alone"
        settled = settle(there, [carried], TASKS) if shift else None
        assert len(doubts(app, ids[0])) == 1, "the old year keeps its own"
        if settled:
            history.undo(there, [settled.operation_id])
        app = there if not shift else app


def test_of_two_made_one_only_what_is_taken_over_stays_doubted(app):
    kept, gone = (entry.save(app, PEOPLE, None, {"name": name, "unit": "倪宅村"}).record_id for name in ("徐志军", "徐志君"))
    entry.save(app, PEOPLE, gone, {"phone": "13967912346"})
    with app.operation(Act.CHANGE, "待核对") as running:
        raise_doubts(running, PEOPLE, {gone: [Doubtful(field, "请核对") for field in ("name", "unit", "phone")]})
    merge_people(app, kept, gone)
    assert [doubt.field for doubt in doubts(app, kept, PEOPLE)] == ["phone"]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_with_doubts_is_taken_back_and_done_again_to_the_row(app, ids, tmp_path, seed):
    """Ticks, corrections, moves, deletions and a further sheet in any order, each taken back as well at any time."""
    chance, reviewer = Random(seed), come_in(app.data, "王五")
    other = book(tmp_path / "潘宅.xlsx", [*VAGUE[:4], "李四", "10月前"], LAMP)
    steps = [
        lambda: settle(app, ids, TASKS),
        lambda: save_task(app, chance.choice(ids), {"due": chance.choice(["8月底", "9月前"])}),
        lambda: bulk.set_field(app, ids, TASKS, "due", "11月底前"),
        lambda: approve(reviewer, ids),
        lambda: send_back(app, ids, "请核对"),
        lambda: submit(app, ids),
        lambda: entry.delete(app, [chance.choice(ids)], TASKS),
        lambda: intake.apply(app, importing.preview(app, [other]), skip_errors=True),
    ]
    states, done = [contents(app)], []
    for _time in range(12):
        try:
            made = chance.choice(steps)()
        except (Problem, NoResultFound):
            continue  # not possible now
        changes = made if hasattr(made, "operation_id") else made.changes
        if changes.operation_id is not None:
            done.append(changes.operation_id)
            states.append(contents(app))
        for record_id in ids:
            with app.reading() as session:
                assert doubted_fields(session, TASKS, [record_id]).keys() <= set(record_ids(session, TASKS, Wanted()))
    undone = []
    for operation, before in zip(reversed(done), reversed(states[:-1]), strict=True):
        undone.append(history.undo(app, [operation]).operation_id)
        assert contents(app) == before
    for operation, after in zip(reversed(undone), states[1:], strict=True):
        history.undo(app, [operation])
        assert contents(app) == after
