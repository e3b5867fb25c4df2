"""Life is declared: states, what they lock, and moves; the review is one declaration, another in the same way."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from db.acts import Act
from db.choices import STATES
from db.ledgers.dispute import Dispute
from db.ledgers.progress import Progress
from db.models import Attachment, Occurrence, Operation, Paper, Task
from huajie_desktop.declared.facets import Form
from huajie_desktop.declared.life import FORM, FOUR_EYES, REASON, REVIEW, Effect, Move, State, Workflow
from huajie_desktop.errors import Problem
from huajie_desktop.journal import history
from huajie_desktop.journal.authors import last_authors
from huajie_desktop.journal.versions import bring_back, changed_since_review, versions
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.papers.making import Order, make
from huajie_desktop.receiving import importing, intake
from huajie_desktop.records import bulk, entry
from huajie_desktop.records.locking import lock_of
from huajie_desktop.settings import FOUR_EYES as FOUR_EYES_RULE
from huajie_desktop.settings import keep_rule
from huajie_desktop.township.registers import UNITS
from huajie_desktop.township.seating import come_in
from huajie_desktop.work import attachments, occurrences
from huajie_desktop.work.review import approve, move, send_back, submit, unlock
from huajie_desktop.work.task_ledger import TASKS
from tests.office import TEXTS, contents, enter
from tests.tasks import save_task, seen
from tests.test_templates import FIRST, fill, template

DISPUTES, PROGRESS = LEDGERS["disputes"], LEDGERS["progress"]
DISPUTE = {"accepted_on": "2021-03-01", "kind": "邻里", "village": "倪宅村", "summary": "墙界不清", "level": "一般"}


@pytest.fixture
def task(app):
    """An approved one."""
    task_id = enter(app)
    submit(app, [task_id])
    approve(app, [task_id])
    return task_id


@pytest.fixture
def dispute(app):
    """An approved one."""
    record_id = entry.save(app, DISPUTES, None, DISPUTE).record_id
    submit(app, [record_id], DISPUTES)
    approve(app, [record_id], DISPUTES)
    return record_id


def kept(app, model, record_id):
    with app.reading() as session:
        return session.get_one(model, record_id)


# what the review says


def test_the_states_words_are_those_of_the_column():
    assert REVIEW.words == STATES
    assert UNITS.life is None
    assert not UNITS.reviewed


def test_the_windows_words_come_from_the_declaration():
    assert [move.word for move in REVIEW.from_state("draft")] == ["提交审核"]
    assert [move.word for move in REVIEW.from_state("submitted")] == ["撤回", "审核通过", "退回"]
    assert [move.word for move in REVIEW.from_state("approved")] == ["退回", "解锁"]
    assert [move.called for move in REVIEW.of(Act.APPROVE)] == ["通过"]
    assert REVIEW.remedy("approved") == "请先退回，改好后再提交审核。"


def test_what_a_state_locks_are_fields_not_the_record():
    assert lock_of(TASKS, {"state": "approved"}).keys == TASKS.form_fields.keys() - {"finished_on"}
    assert lock_of(TASKS, {"state": "approved"}, ("finished_on",)).keys == frozenset()
    assert DISPUTES.form_fields.keys() - DISPUTES.locked({"state": "approved"}) == {
        "performance", "revisited_on", "revisitor", "revisit",
    }  # fmt: skip
    assert not PROGRESS.form_fields.keys() - PROGRESS.locked({"state": "approved"})
    for state in ("draft", "submitted", "returned"):
        assert not TASKS.locked({"state": state})


# what is done on an approved record


def test_the_day_a_task_was_done_is_entered_when_it_is_approved(app, task, tmp_path):
    for kind in ("slip", "pledge"):
        make(app, Order(kind), tmp_path / "a.pdf")
    with app.reading() as session:
        shown = seen(session, task)
    changes = save_task(app, task, {**shown.texts, "finished_on": "2021-02-20"}, seen=shown).changes
    found = kept(app, Task, task)
    assert (found.state, found.number, found.finished_on) == ("approved", "花〔2021〕干诺-001", date(2021, 2, 20))
    with app.reading() as session:
        assert set(session.scalars(select(Paper.outdated_at))) == {None}, "what was pledged is as it was"
        assert session.get_one(Operation, changes.operation_id).act == Act.CHANGE
        assert [change.key for change in versions(session, TASKS, task)[0].changes] == ["finished_on"]
    history.undo(app, [changes.operation_id])
    assert kept(app, Task, task).finished_on is None


def test_a_locked_field_is_refused_by_name_and_nothing_is_kept(app, task):
    before = contents(app)
    with pytest.raises(Problem, match="“穿村段路灯安装”已确认，不能直接修改完成时限。请先退回，改好后再提交审核。"):
        save_task(app, task, {**TEXTS, "due": "9月底前", "finished_on": "2021-02-20"})
    assert contents(app) == before


def test_a_dispute_is_revisited_after_it_was_approved(app, dispute):
    entry.save(app, DISPUTES, dispute, {"revisited_on": "2021-02-20", "revisit": "双方满意", "performance": "已履行"})
    found = kept(app, Dispute, dispute)
    assert (found.state, found.revisit, found.performance) == ("approved", "双方满意", "已履行")
    with pytest.raises(Problem, match="不能直接修改等级、涉及金额。"):
        entry.save(app, DISPUTES, dispute, {"level": "重大", "amount": "5000", "revisit": "反悔"})


def test_reports_occurrences_and_files_are_added_to_an_approved_task(app, tmp_path):
    task_id = enter(app, recurrence="每月5日")
    submit(app, [task_id])
    approve(app, [task_id])
    report = {"unit": "倪宅村", "title": TEXTS["title"], "month": "3月", "percent": "30", "summary": "已开工"}
    entry.save(app, PROGRESS, None, report)
    with app.reading() as session:
        first = session.scalars(select(Occurrence.id).where(Occurrence.task_id == task_id).order_by(Occurrence.due)).first()
    occurrences.finish(app, [first], "", "路面已清扫")
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(b"jpg")
    attachments.add(app, task_id, [photo])
    with app.reading() as session:
        assert session.get_one(Task, task_id).state == "approved"
        assert len(session.get_one(Task, task_id).progress) == 1
        assert session.get_one(Occurrence, first).note == "路面已清扫"
        assert session.scalars(select(Attachment.name)).all() == ["现场.jpg"]


def test_many_are_done_at_once(app, task):
    draft = enter(app, title="还是草稿")
    done = bulk.plan(app, [task, draft], TASKS, "finished_on", "2021-02-20")
    assert [line.status for line in done.lines] == ["changes", "changes"]
    moved = bulk.plan(app, [task, draft], TASKS, "remarks", "统一备注")
    assert [(line.status, line.reason) for line in moved.lines] == [("refused", "已确认，先退回才能修改"), ("changes", "")]
    bulk.set_field(app, [task, draft], TASKS, "finished_on", "2021-02-20")
    assert (kept(app, Task, task).finished_on, kept(app, Task, task).state) == (date(2021, 2, 20), "approved")


def test_an_older_version_comes_back_where_only_open_fields_differ(app, task):
    with app.reading() as session:
        approved = versions(session, TASKS, task)[0].operation_id
    save_task(app, task, {"finished_on": "2021-02-20"})
    bring_back(app, TASKS, task, approved)
    found = kept(app, Task, task)
    assert (found.finished_on, found.state, found.number) == (None, "approved", "花〔2021〕干诺-001")


def test_what_was_done_meanwhile_is_shown_when_it_is_reviewed_again(app, task):
    save_task(app, task, {"finished_on": "2021-02-20"})
    unlock(app, [task], "金额有误")
    submit(app, [task])
    with app.reading() as session:
        assert [change.key for change in changed_since_review(session, TASKS, task)] == ["finished_on"]


def test_a_number_that_is_typed_is_content_and_one_that_is_given_is_not(app, dispute):
    other = come_in(app.data, "李四")
    unlock(other, [dispute], "编号错了", DISPUTES)
    with app.reading() as session:
        first = versions(session, DISPUTES, dispute)[-1].operation_id
    entry.save(other, DISPUTES, dispute, {"number": "调2021-7"})
    with app.reading() as session:
        assert last_authors(session, DISPUTES, [dispute])[dispute].name == "李四"
    bring_back(app, DISPUTES, dispute, first)
    assert (kept(app, Dispute, dispute).number, kept(app, Dispute, dispute).state) == (None, "returned")


# a sheet that comes back


def test_a_sheet_may_fill_in_open_fields_of_an_approved_record(app, dispute, tmp_path):
    file = fill(template(app, tmp_path, DISPUTES), (0, "revisit", "双方满意"))
    made = importing.preview(app, [file])
    assert [row.status for row in made.rows] == ["change"]
    intake.apply(app, made)
    found = kept(app, Dispute, dispute)
    assert (found.state, found.revisit, found.return_reason) == ("approved", "双方满意", None)


def test_a_sheet_with_locked_fields_too_waits_for_the_clerks_word(app, dispute, tmp_path):
    file = fill(template(app, tmp_path, DISPUTES), (0, "revisit", "双方满意"), (0, "level", "重大"))
    made = importing.preview(app, [file])
    assert [row.status for row in made.rows] == ["locked"]
    assert "已确认，没有修改；要改请先退回" in intake.apply(app, made).left_out[0]
    assert kept(app, Dispute, dispute).revisit is None
    importing.tell(app, made, unlock=True)
    intake.apply(app, made)
    found = kept(app, Dispute, dispute)
    assert (found.state, found.revisit, found.level) == ("submitted", "双方满意", "major")


def test_told_to_change_approved_ones_too_an_open_field_reopens_nothing(app, dispute, tmp_path):
    made = importing.preview(app, [fill(template(app, tmp_path, DISPUTES), (0, "revisit", "双方满意"))])
    importing.tell(app, made, unlock=True)
    intake.apply(app, made)
    assert kept(app, Dispute, dispute).state == "approved"


def test_a_returned_record_that_a_sheet_answers_waits_again_and_papers_say_so(app, task, tmp_path):
    make(app, Order("pledge"), tmp_path / "a.pdf")
    made = importing.preview(app, [fill(template(app, tmp_path), (0, "due", "10月底前"))])
    importing.tell(app, made, unlock=True)
    intake.apply(app, made)
    with app.reading() as session:
        [why] = session.scalars(select(Paper.outdated_why))
    assert "报来修改（“穿村段路灯安装”）" in why
    send_back(app, [task], "时限不对")
    intake.apply(app, importing.preview(app, [fill(template(app, tmp_path), (0, "due", "11月底前"))]))
    found = kept(app, Task, task)
    assert (found.state, found.return_reason) == ("submitted", None)


def test_a_returned_record_that_still_lacks_something_stays_returned(app, task, tmp_path):
    unlock(app, [task], "时限不对")
    save_task(app, task, {"due": ""})
    intake.apply(app, importing.preview(app, [fill(template(app, tmp_path), (0, "remarks", "等村里定时限"))]))
    found = kept(app, Task, task)
    assert (found.state, found.return_reason, found.remarks) == ("returned", "时限不对", "等村里定时限")


def test_an_approved_record_that_is_gone_from_the_sheet_is_not_closed(app, task, tmp_path):
    draft = enter(app, title="还是草稿")
    file = fill(template(app, tmp_path), page_changes=lambda page: page.delete_rows(FIRST, 2))
    made = importing.preview(app, [file])
    importing.close(app, made, [row for row in made.rows if row.removed])
    assert {row.target: row.status for row in made.rows if row.removed} == {task: "locked", draft: "closing"}


# another life, declared here alone


def _told(running, names, reason):
    return {record_id: {"problems": f"{name}：{reason or '无'}"} for record_id, name in names.items()}


def _unproved(session, _ledger, _life, _move, rows):
    reports = session.scalars(select(Progress).where(Progress.id.in_([row["id"] for row in rows])))
    return {found.id: "还没有写进展情况，不能销号。" for found in reports if not found.summary}


CLOSING = Workflow(
    column="stage",
    states={
        "underway": State("推进中", "blue"),
        "nearly": State("基本完成", "yellow", locks=("percent", "invested")),
        "done": State("已完成", "green", locks=FORM),
    },
    moves=(
        Move(Act.ASK, "申请销号", ("underway",), "nearly", tip="把选中的{noun}报去销号", needs=("proved",)),
        Move(Act.RESTORE, "驳回", ("nearly", "done"), "underway", asks="写明驳回的原因。", writes={"return_reason": REASON}),
        Move(Act.ISSUE, "核准销号", ("nearly",), "done", needs=(FOUR_EYES,), effects=("told",)),
    ),
    waiting="nearly",
    counted="done",
    stays_open=("next_steps",),
    needs={"proved": _unproved},
    effects={"told": Effect(_told, writes=("problems",))},
)
CLOSED = replace(
    PROGRESS,
    title="销号台账",
    form=Form((("", ("unit", "title", "month", "percent", "invested", "summary", "next_steps")),)),
    further_lives=(CLOSING,),
)


@pytest.fixture
def report(app):
    enter(app)
    texts = {"unit": "倪宅村", "title": TEXTS["title"], "month": "3月", "percent": "30"}
    return entry.save(app, CLOSED, None, texts).record_id


def stands(app, record_id):
    found = kept(app, Progress, record_id)
    return found.state, found.stage


def test_a_record_lives_two_lives_side_by_side(app, report):
    assert stands(app, report) == ("draft", "underway")
    with pytest.raises(Problem, match="月度进展“穿村段路灯安装”还没有写进展情况，不能销号。"):
        move(app, CLOSED, Act.ASK, [report])
    entry.save(app, CLOSED, report, {"summary": "全部装好"})
    done = move(app, CLOSED, Act.ASK, [report])
    assert done.label == "申请销号月度进展 1 项"
    submit(app, [report], CLOSED)
    assert stands(app, report) == ("submitted", "nearly")
    with pytest.raises(Problem, match="请写明驳回原因，没有驳回。"):
        move(app, CLOSED, Act.RESTORE, [report])
    with pytest.raises(Problem, match="现在是“基本完成”，不能改为“基本完成”"):
        move(app, CLOSED, Act.ASK, [report])
    move(app, CLOSED, Act.ISSUE, [report])
    assert stands(app, report) == ("submitted", "done")
    assert kept(app, Progress, report).problems == "穿村段路灯安装：无"
    move(app, CLOSED, Act.RESTORE, [report], "没有亮灯")
    assert (stands(app, report), kept(app, Progress, report).return_reason) == (("submitted", "underway"), "没有亮灯")


def test_what_was_kept_before_there_was_this_life_stands_at_its_beginning(app):
    enter(app)
    texts = {"unit": "倪宅村", "title": TEXTS["title"], "month": "3月", "summary": "全部装好"}
    old = entry.save(app, PROGRESS, None, texts).record_id
    assert stands(app, old) == ("draft", None)
    entry.save(app, CLOSED, old, {"percent": "90"})
    move(app, CLOSED, Act.ASK, [old])
    assert stands(app, old) == ("draft", "nearly")


def test_its_states_lock_their_own_fields_and_say_what_opens_them(app, report):
    entry.save(app, CLOSED, report, {"summary": "全部装好"})
    move(app, CLOSED, Act.ASK, [report])
    entry.save(app, CLOSED, report, {"summary": "全部装好，已亮灯"})
    with pytest.raises(Problem, match="基本完成，不能直接修改完成比例。请先驳回，改好后再申请销号。"):
        entry.save(app, CLOSED, report, {"percent": "90"})
    [line] = bulk.plan(app, [report], CLOSED, "percent", "90").lines
    assert line.reason == "基本完成，先驳回才能修改"
    move(app, CLOSED, Act.ISSUE, [report])
    entry.save(app, CLOSED, report, {"next_steps": "交村里管护"})
    with pytest.raises(Problem, match="已完成，不能直接修改进展情况"):
        entry.save(app, CLOSED, report, {"summary": "改"})
    with pytest.raises(Problem, match="已完成，没有删除。请先驳回。"):
        entry.delete(app, [report], CLOSED)


def test_the_buttons_of_another_life_have_its_words():
    assert [move.word for move in CLOSING.from_state("nearly")] == ["驳回", "核准销号"]
    assert CLOSING.of(Act.ASK)[0].tip.format(noun=CLOSED.noun) == "把选中的月度进展报去销号"
    assert CLOSED.life_of(Act.ISSUE) is CLOSING
    assert CLOSED.life_of(Act.SUBMIT) is REVIEW
    assert CLOSING.remedy("done") == "请先驳回，改好后再申请销号。"


def test_moving_makes_no_author_and_no_older_version_undoes_a_move(app, report):
    entry.save(app, CLOSED, report, {"summary": "全部装好"})
    with app.reading() as session:
        first = versions(session, CLOSED, report)[-1].operation_id
    keep_rule(app, FOUR_EYES_RULE, "1")
    other = come_in(app.data, "李四")
    move(other, CLOSED, Act.ASK, [report])
    with pytest.raises(Problem, match="您（张三）最后改的"):
        move(app, CLOSED, Act.ISSUE, [report])
    bring_back(app, CLOSED, report, first)
    assert (stands(app, report)[1], kept(app, Progress, report).summary) == ("nearly", None)
    move(other, CLOSED, Act.ISSUE, [report])
    assert stands(app, report)[1] == "done"
