"""One demand for many units, and tasks made of what came in: each its own, together in the list, taken back as one step."""

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from db.models import Task, Unit
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.journal.history import undo
from huajie_desktop.office import units
from huajie_desktop.papers.force_week import force_week, write_week
from huajie_desktop.papers.what_became import write_became
from huajie_desktop.records import entry
from huajie_desktop.records.grouping import groups_of
from huajie_desktop.records.listing import Wanted
from huajie_desktop.supervision.decisions import DECISIONS
from huajie_desktop.supervision.incoming import INCOMING
from huajie_desktop.work.giving import became, become, give, source_of
from huajie_desktop.work.review import approve
from huajie_desktop.work.task_ledger import TASKS
from huajie_desktop.year.forces import give as give_force
from huajie_desktop.year.forces import save_force
from tests.office import CATALOGUE, enter

DEMAND = {"title": "秸秆禁烧", "content": "每日巡查", "category": "干事承诺", "due": "5月底前"}
CAME = {"title": "关于做好秸秆禁烧工作的通知", "sender": "区生态办", "received_on": "2021-02-20", "due": "2021-05-31"}


def villages(app):
    with app.reading() as session:
        return [unit.id for unit in units(session) if unit.kind == "village"]


def tasks(app):
    with app.reading() as session:
        kept = session.scalars(select(Task).order_by(Task.id)).all()
        session.expunge_all()
        return kept


def test_one_demand_is_given_to_all_villages_in_one_step_and_taken_back_in_one(app):
    ids = villages(app)
    made = give(app, DEMAND, ids)
    kept = tasks(app)
    assert (made.done, len(kept), {task.unit_id for task in kept}) == (len(ids), len(ids), set(ids))
    assert {(task.state, task.demand, task.handling) for task in kept} == {("submitted", "秸秆禁烧（3月1日交办）", "planned")}
    approve(app, [task.id for task in kept])
    assert len({task.number for task in tasks(app)}) == len(ids), "each has its own number"
    with pytest.raises(Problem, match="已经有了，没有再建"):
        give(app, DEMAND, ids)
    assert len(tasks(app)) == len(ids)
    undo(app, [made.operation_id], with_later=True)
    assert tasks(app) == []


def test_they_stand_in_one_line_with_a_summary_of_where_they_are(app):
    ids = villages(app)
    own = enter(app)
    give(app, DEMAND, ids)
    with app.operation(TASKS.further_lives[0].moves[0].verb, "交办") as running:
        running.update(Task, {tasks(app)[1].id: {"handling": "handed"}})
    with app.reading() as session:
        demand, rest = groups_of(session, TASKS, Wanted(), "demand")
    assert (demand.size, rest.size) == (len(ids), 1)
    assert (
        demand.words == f"统一交办：秸秆禁烧（3月1日交办） · {len(ids)} 项 · 已确认 0 项 · 未交办 {len(ids) - 1} 项 · 已交办 1 项"
    )
    assert rest.words.startswith("没有统一交办 · 1 项")
    assert own


def test_what_lacks_something_is_a_draft_and_what_cannot_be_read_is_refused(app):
    one = villages(app)[0]
    give(app, {"title": "清理河道"}, [one])
    [task] = tasks(app)
    assert (task.state, task.demand) == ("draft", None)
    with pytest.raises(FieldErrors) as caught:
        give(app, DEMAND | {"due": "哪天"}, villages(app))
    assert "due" in caught.value.messages
    with pytest.raises(Problem, match="还没有选单位"):
        give(app, DEMAND, [])
    assert len(tasks(app)) == 1


def test_documents_become_tasks_that_point_back_and_none_becomes_one_twice(app):
    first = entry.save(app, INCOMING, None, CAME | {"unit": "倪宅村"}).record_id
    second = entry.save(app, INCOMING, None, CAME | {"title": "无人承办的通知"}).record_id
    made = become(app, [first, second], INCOMING)
    assert made.done == 1
    assert [left.words for left in made.left] == [
        "来文“无人承办的通知”没有写单位，没有转为任务。请先写上单位，或者单独选中它再选单位。"
    ]
    [task] = tasks(app)
    assert (task.title, str(task.due), task.incoming_id, task.state) == (CAME["title"], "2021-05-31", first, "draft")
    with pytest.raises(Problem, match="已经转为任务，没有再转"):
        become(app, [first], INCOMING)
    give(app, DEMAND, villages(app), (INCOMING, second))
    with app.reading() as session:
        found = became(session, INCOMING, [first, second])
        assert [len(found[first]), len(found[second])] == [1, len(villages(app))]
        ledger, record = source_of(session, session.get_one(Task, task.id))
        assert (ledger, record.id) == (INCOMING, first)
    undo(app, [made.operation_id])
    with app.reading() as session:
        assert first not in became(session, INCOMING, [first])


def test_a_decision_becomes_a_task_of_its_force_and_person(app):
    said = {
        "meeting": "2月例会",
        "met_on": "2021-02-22",
        "title": "修补道路",
        "unit": "倪宅村",
        "person": "张三",
        "due": "2021-04-30",
    }
    decision = entry.save(app, DECISIONS, None, said).record_id
    become(app, [decision], DECISIONS)
    [task] = tasks(app)
    assert (task.decision_id, task.title) == (decision, "修补道路")
    with app.reading() as session:
        assert entry.texts_of(session, TASKS, task.id)["responsible"] == "张三"
        assert session.scalar(select(func.count()).select_from(Unit)) > 0


def test_what_becomes_tasks_takes_over_what_it_has_and_a_task_can_say():
    for ledger in CATALOGUE.values():
        if ledger.becomes is not None:
            assert ledger.becomes.says.keys() <= TASKS.form_fields.keys()
            assert set(ledger.becomes.says.values()) <= ledger.form_fields.keys()
            assert hasattr(Task, ledger.becomes.link)


def test_the_printed_list_says_what_became_of_each(app, tmp_path):
    first = entry.save(app, INCOMING, None, CAME | {"unit": "倪宅村"}).record_id
    second = entry.save(app, INCOMING, None, CAME | {"title": "无人承办的通知"}).record_id
    become(app, [first], INCOMING)
    assert write_became(app, INCOMING, [first, second], tmp_path / "a.pdf") == 1
    words = printed(tmp_path / "a.pdf")
    assert "列出2件，已转为任务1项，其中已销号0项" in words
    assert "倪宅村" in words
    assert "还没有转为任务" in words
    with pytest.raises(Problem, match="列表里没有记录"):
        write_became(app, INCOMING, [], tmp_path / "b.pdf")


def test_a_force_brings_its_tasks_problems_and_decisions_to_its_meeting(app, tmp_path):
    force = save_force(app, None, {"name": "生态环境专班", "commander": "张三"}).record_id
    late = enter(app, title="清理河道", due="2021-02-20")
    give_force(app, [enter(app), late], force)
    report = {"unit": "倪宅村", "title": "清理河道", "month": "2月", "percent": "60", "problems": "缺挖机", "next_steps": "租用"}
    entry.save(app, app.catalogue["progress"], None, report)
    said = {"meeting": "2月例会", "met_on": "2021-02-22", "title": "租挖机", "unit": "倪宅村", "force": "生态环境专班"}
    entry.save(app, DECISIONS, None, said)
    with app.reading() as session:
        week = force_week(session, force, app.today())
    assert [(task.title, task.light.word, task.percent) for task in week.tasks] == [
        ("清理河道", "逾期", 60), ("穿村段路灯安装", "滞后", None)
    ]  # fmt: skip
    assert (week.lights, week.percent) == ({"overdue": 1, "behind": 1}, 60)
    assert [(found.title, found.became) for found in week.decisions] == [("租挖机", "还没有转为任务")]
    made = entry.save(app, TASKS, late, {"finished_on": "2021-02-26"}).changes.operation_id
    with app.reading() as session:
        done = force_week(session, force, app.today()).tasks[-1]
    assert (done.title, done.percent, done.problems) == ("清理河道", 100, ""), "what was reported before it was done is past"
    undo(app, [made])
    assert write_week(app, force, tmp_path / "a.pdf") == 1
    words = printed(tmp_path / "a.pdf")
    assert "共牵头任务2项，其中逾期1项、滞后1项" in words
    assert "平均完成60%" in words
    assert "缺挖机" in words
    assert "租挖机" in words
    assert write_week(app, force, tmp_path / "a.docx") == 1
    assert (tmp_path / "a.docx").stat().st_size > 5000


def printed(path):
    """The words of a PDF, without what breaks its lines."""
    pages = PdfReader(path).pages
    return "".join("".join(page.extract_text().split()) for page in pages)
