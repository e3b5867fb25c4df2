"""What an earlier year left open: carried tasks keep what was reached, and what supervision asks stays to be answered."""

from datetime import date

import pytest
from sqlalchemy import select

from db.acts import Act
from db.models import Extension, Finding, Milestone, Notice, Quantity, Task
from huajie_desktop.errors import Problem
from huajie_desktop.journal import history
from huajie_desktop.lights.kept_facts import lights_of
from huajie_desktop.papers.task_course import course_of
from huajie_desktop.records import entry
from huajie_desktop.records.indicators import Scope, figures
from huajie_desktop.records.listing import Wanted, record_ids
from huajie_desktop.supervision import answers as answering
from huajie_desktop.supervision import todo
from huajie_desktop.supervision.escalating import escalate
from huajie_desktop.supervision.extensions import EXTENSIONS
from huajie_desktop.supervision.findings import FINDINGS
from huajie_desktop.supervision.issuing import issue_about
from huajie_desktop.supervision.notice_ledger import NOTICES
from huajie_desktop.supervision.owing import owed_by
from huajie_desktop.township.unit_changes import merge_into
from huajie_desktop.work.review import approve, move, submit
from huajie_desktop.work.task_ledger import TASKS
from huajie_desktop.year.years import Wishes, look_at, next_year
from tests.office import TEXTS, contents, enter

ABOUT = {"unit": TEXTS["unit"], "title": TEXTS["title"]}
NEW_YEAR = date(2022, 1, 10)


def confirm(app, task_id):
    submit(app, [task_id])
    approve(app, [task_id])


def kept(app, model, record_id):
    with app.reading() as session:
        found = session.get_one(model, record_id)
        session.expunge(found)
        return found


def listed(app, ledger, *conditions):
    with app.reading() as session:
        return list(record_ids(session, ledger, Wanted(conditions=conditions)))


def queued(app, day):
    with app.reading() as session:
        return {part.key: part.number for line in todo.queue(session, day) for part in line.parts}


@pytest.fixture
def old(app):
    """A confirmed task on its way, given to several, with a milestone reached, lamps brought, and everything open about it."""
    task_id = enter(app, milestones="6月底 完成招标\n9月底 完工", quantities="路灯12盏")
    with app.operation(Act.CHANGE, "推进") as running:
        session = running.session
        task = session.get_one(Task, task_id)
        task.demand = "路灯亮化（3月1日交办）"
        task.milestones[0].reached_on, task.milestones[0].given = date(2021, 6, 28), "中标通知书"
        task.quantities[0].done = 9
    confirm(app, task_id)
    move(app, TASKS, Act.HAND, [task_id])
    move(app, TASKS, Act.RECEIVE, [task_id])
    return task_id


@pytest.fixture
def left(app, old):
    """The ids of an issued notice, one that was closed, a finding handed out and an extension asked for, all of the old year."""
    typed = {**ABOUT, "level": "提醒", "issued_on": "2021-12-20", "term": "2022-01-05", "demand": "抓紧"}
    notice = entry.save(app, NOTICES, None, typed).record_id
    closed = entry.save(app, NOTICES, None, typed | {"answer": "好了"}).record_id
    finding = entry.save(app, FINDINGS, None, {**ABOUT, "found_on": "2021-12-20", "term": "2022-01-20"}).record_id
    asked = {**ABOUT, "asked_on": "2021-08-20", "wanted": "2021-12-31", "reason": "雨"}
    extension = entry.save(app, EXTENSIONS, None, asked).record_id
    move(app, NOTICES, Act.HAND, [notice, closed])
    move(app, NOTICES, Act.ANSWER, [closed])
    move(app, NOTICES, Act.ACCEPT, [closed])
    move(app, FINDINGS, Act.HAND, [finding])
    move(app, EXTENSIONS, Act.REQUEST, [extension])
    return {"notice": notice, "closed": closed, "finding": finding, "extension": extension}


def carried(app, *, shift=False):
    """The seat in the new year, and the id of the task there."""
    there = look_at(app, next_year(app, Wishes(2022, "大比拼", shift=shift)).campaign_id)
    with there.reading() as session:
        return there, session.scalars(select(Task.id).where(Task.carried_from_id.is_not(None))).one()


@pytest.mark.parametrize(("shift", "still"), [(False, None), (True, date(2022, 9, 30))])
def test_what_was_reached_keeps_its_days_and_a_new_entry_begins(app, old, shift, still):
    day = date(2021, 12, 1)
    with app.reading() as session:
        before = lights_of(session, [old], day)[old]
    there, new = carried(app, shift=shift)
    with there.reading() as session:
        task = session.get_one(Task, new)
        marks = session.scalars(select(Milestone).where(Milestone.task_id == new).order_by(Milestone.position)).all()
        lamps = session.scalars(select(Quantity).where(Quantity.task_id == new)).one()
        assert (task.handling, task.handed_on, task.received_on, task.number) == ("planned", None, None, None)
        assert (task.demand, task.steps) == ("路灯亮化（3月1日交办）", [])
        reached, other = marks
        assert (reached.due, reached.reached_on, reached.given) == (date(2021, 6, 30), date(2021, 6, 28), "中标通知书")
        assert (other.due, other.reached_on) == (still, None)
        assert (lamps.amount, lamps.done) == (12, 9)
        assert lights_of(session, [old], day)[old] == before, "the light of the year before stays there"
        assert "2021-06-30 完成招标" in entry.texts_of(session, TASKS, new)["milestones"], "6月底 would be of this year"


def test_what_supervision_left_open_is_seen_answered_and_escalated_in_the_new_year(app, old, left):
    there, new = carried(app)
    assert listed(there, NOTICES) == [left["notice"]], "what was closed stays in its year"
    assert listed(there, FINDINGS) == [left["finding"]]
    assert listed(there, EXTENSIONS) == [left["extension"]]
    assert listed(app, NOTICES) == [left["notice"], left["closed"]]
    found = queued(there, NEW_YEAR)
    assert (found["notices_late"], found["findings_open"], found["extensions_asked"]) == (1, 1, 1)
    with there.reading() as session:
        assert {owed.sort.key for sorts in owed_by(session, NEW_YEAR).values() for owed in sorts} >= {
            "notices_late",
            "findings_open",
        }
        counts = {one.label: one.value for one in figures(session, NOTICES, Scope(approved_only=False))}
        whats = [(line.what, line.state) for line in course_of(session, new, NEW_YEAR)]
    assert counts["督查单数"] == 0, "figures of the new year count what was issued in it"
    assert whats[0] == ("2021 年度转入", "办理中")
    assert sorted(whats[1:]) == sorted([("督查单", "待反馈"), ("督查问题", "整改中"), ("延期申请", "待审批")])
    done = escalate(there, NEW_YEAR)
    [issued] = done.issued
    followed = kept(there, Notice, issued)
    assert (followed.number, followed.task_id, followed.campaign_id) == ("花督〔2022〕1号", new, there.campaign_id)
    assert followed.follows_id == left["notice"]
    answering.answer(there, NOTICES, issued, "已装好", "2022-01-12", list(answering.VERDICTS)[1])
    answering.answer(there, FINDINGS, left["finding"], "已补齐", "2022-01-12", list(answering.VERDICTS)[1])
    assert kept(there, Notice, issued).state == "accepted"
    assert kept(there, Finding, left["finding"]).state == "closed"
    assert listed(there, FINDINGS) == [], "what is put right stands in the year it was found in"
    history.undo(there, [done.operation_id], with_later=True)
    assert kept(there, Notice, left["notice"]).state == "issued"


def test_a_notice_of_the_year_before_bars_sign_off_and_a_second_notice(app, old, left):
    there, new = carried(app)
    entry.save(there, TASKS, new, {"due": "2022-06-30", "milestones": ""})
    confirm(there, new)
    for verb in (Act.HAND, Act.RECEIVE):
        move(there, TASKS, verb, [new])
    with there.operation(Act.CHANGE, "节点") as running:
        running.session.add(Milestone(task_id=new, due=NEW_YEAR, text="完工", position=0, reached_on=NEW_YEAR, given="照片"))
    with pytest.raises(Problem, match="还有督查单花督〔2021〕1号没有办结，不能申请销号。"):
        move(there, TASKS, Act.APPLY, [new])
    with pytest.raises(Problem, match="还有督查单花督〔2021〕1号没有办结，没有再发。"):
        issue_about(there, [new], {"level": "提醒", "term": "2022-02-01", "demand": "抓紧"})
    entry.save(there, NOTICES, left["notice"], {"answer": "已装好", "answered_on": "2022-01-04"})
    move(there, NOTICES, Act.ANSWER, [left["notice"]])
    move(there, NOTICES, Act.ACCEPT, [left["notice"]])
    with pytest.raises(Problem, match="是 2021 年度的，没有保存"):
        entry.save(there, NOTICES, left["notice"], {"answer": "改"})
    move(there, TASKS, Act.APPLY, [new])
    assert kept(there, Task, new).handling == "applied"


def test_an_extension_of_a_carried_task_is_not_granted_any_more(app, old, left):
    there, new = carried(app)
    with pytest.raises(Problem, match="它已经转入新年度，时限按新年度的定，没有同意"):
        move(there, EXTENSIONS, Act.GRANT, [left["extension"]])
    assert (kept(there, Task, old).due, kept(there, Task, new).due) == (date(2021, 8, 31), None)
    move(there, EXTENSIONS, Act.REFUSE, [left["extension"]], "在新年度重新申请")
    assert kept(there, Extension, left["extension"]).state == "refused"


def test_making_the_year_changes_nothing_of_the_old_one_and_is_taken_back_whole(app, old, left):
    before = contents(app)
    made = next_year(app, Wishes(2022, "大比拼"))
    after = contents(app)
    for table in ("notices", "findings", "extensions", "task_steps"):
        assert after[table] == before[table]
    history.undo(app, [made.changes.operation_id])
    assert contents(app) == before


def test_what_is_open_goes_to_the_heir_of_a_unit_whatever_its_year(app, old, left, monkeypatch):
    escalated = entry.save(
        app, NOTICES, None, {**ABOUT, "level": "提醒", "issued_on": "2021-02-01", "term": "2021-02-05"}
    ).record_id
    move(app, NOTICES, Act.HAND, [escalated])
    [follower] = escalate(app, date(2021, 3, 1)).issued
    there, new = carried(app)
    unit = kept(app, Task, old).unit_id
    with app.reading() as session:
        heir = session.scalar(select(Task.unit_id).where(Task.id == enter(app, title="x", unit="尚仁村")))
    monkeypatch.setattr(app.data, "today", lambda: NEW_YEAR)
    merge_into(there, unit, {"successor": "尚仁村", "on": "2022-01-08"})
    of = {name: kept(app, {"finding": Finding, "extension": Extension}.get(name, Notice), i).unit_id for name, i in left.items()}
    assert of == {"notice": heir, "finding": heir, "extension": heir, "closed": unit}
    assert kept(app, Notice, escalated).unit_id == unit, "what the next level took the place of is history"
    assert (kept(app, Notice, follower).unit_id, kept(app, Task, new).unit_id) == (heir, heir)
    assert kept(app, Task, old).unit_id == unit, "the old year's own entry stays where it was"
