"""One field of many records: the preview says what will happen, and just that happens, as one step."""

import pytest

from db.models import Task
from huajie_desktop.errors import Cancelled, FieldErrors
from huajie_desktop.journal import history
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records import bulk, entry
from huajie_desktop.work import review
from huajie_desktop.work.checklist import TaskFilter, task_ids
from huajie_desktop.work.task_ledger import TASKS
from tests.office import contents, enter, recent
from tests.tasks import form_texts


@pytest.fixture
def ids(app):
    made = [
        enter(app, title="路灯"),
        enter(app, title="绿化", due="6月底"),
        enter(app, title="公厕", unit="金杜村", start="7月1日"),
    ]
    review.submit(app, [made[0]])
    review.approve(app, [made[0]])
    return made


def texts(app, task_id):
    with app.reading() as session:
        return form_texts(session, task_id)


def test_the_preview_tells_changes_from_what_stays_and_what_is_refused(app, ids):
    plan = bulk.plan(app, ids, TASKS, "due", "6月底")
    assert [(line.name, line.old, line.new, line.status) for line in plan.lines] == [
        ("路灯", "8月底", "6月底", "refused"),
        ("绿化", "6月底", "6月底", "same"),
        ("公厕", "8月底", "6月底", "refused"),
    ]
    assert "已确认" in plan.lines[0].reason
    assert "启动时间" in plan.lines[2].reason
    assert plan.ids == []


@pytest.mark.parametrize(
    ("key", "text", "kept"),
    [
        ("due", "10月底前", "10月底前"),
        ("category", "文明环境", "文明环境"),
        ("unit", "卉川", "卉川村"),
        ("lead", "王五", "王五"),
        ("investment", "20万元", "20"),
        ("remarks", "统一备注", "统一备注"),
        ("key_project", "是", "是"),
        ("responsible", "赵六、钱七", "赵六、钱七"),
        ("cooperating", "卉川村", "卉川村"),
        ("further", "平安创建", "平安创建"),
        ("recurrence", "每月5日前", "每月5日"),
        ("list_kind", "市级", "市级清单"),
    ],
)
def test_what_was_previewed_is_kept_and_undone_as_one_step(app, ids, key, text, kept):
    before = contents(app)
    plan = bulk.plan(app, ids, TASKS, key, text)
    assert plan.ids == ids[1:]
    changes = bulk.set_field(app, ids, TASKS, key, text)
    assert [texts(app, task_id)[key] for task_id in ids[1:]] == [kept, kept]
    assert texts(app, ids[0])[key] != kept
    assert bulk.plan(app, ids, TASKS, key, text).ids == []
    history.undo(app, [changes.operation_id])
    with_people = {table: rows for table, rows in contents(app).items()}
    assert with_people == before


def test_an_empty_text_takes_a_value_away_but_not_a_required_one(app, ids):
    bulk.set_field(app, ids, TASKS, "investment", "")
    assert [texts(app, task_id)["investment"] for task_id in ids] == ["12.5", "", ""]
    with pytest.raises(FieldErrors):
        bulk.plan(app, ids, TASKS, "unit", "")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("due", "改天"),
        ("category", "没有这一类"),
        ("unit", "不认识的地方"),
        ("investment", "许多"),
        ("start", "改天"),
        ("investment", "10-20"),
    ],
)
def test_what_cannot_be_read_changes_nothing(app, ids, key, text):
    before = contents(app)
    with pytest.raises(FieldErrors) as caught:
        bulk.set_field(app, ids, TASKS, key, text)
    assert key in caught.value.messages
    assert contents(app) == before


def test_a_recurring_task_falls_due_on_other_days(app, ids):
    bulk.set_field(app, ids[1:2], TASKS, "recurrence", "每月5日前")
    with app.reading() as session:
        assert {item.due.day for item in session.get_one(Task, ids[1]).occurrences} == {5}
    bulk.set_field(app, ids[1:2], TASKS, "recurrence", "")
    with app.reading() as session:
        assert session.get_one(Task, ids[1]).occurrences == []


def test_stopped_half_way_nothing_is_kept(app, ids):
    class Stopped:
        def step(self, done, total, text):
            if text.startswith("写入"):
                raise Cancelled

    before = contents(app)
    with pytest.raises(Cancelled):
        bulk.set_field(app, ids, TASKS, "remarks", "统一备注", job=Stopped())
    assert contents(app) == before


def test_names_and_lists_of_parts_are_not_offered():
    offered = bulk.fields_of_many(TASKS)
    assert "title" not in offered
    assert "milestones" not in offered
    assert {"due", "responsible", "unit", "key_project"} <= offered.keys()


def test_what_would_not_go_with_the_other_records_is_left_and_the_rest_is_written(app, ids):
    reports = LEDGERS["progress"]
    made = [
        entry.save(app, reports, None, {"unit": "倪宅村", "title": "绿化", "month": month, "summary": "已开工"}).record_id
        for month in ("3月", "4月", "5月")
    ]
    done = bulk.set_field(app, made[1:], reports, "month", "6月")
    assert (done.done, [left.id for left in done.left]) == (1, [made[2]])
    assert "这个月的进展已经有了" in done.left[0].why
    assert done.label == "批量修改月份为“6月”1 项"
    with app.reading() as session:
        assert [session.get_one(reports.model, report).month for report in made] == ["03", "06", "05"]


def test_all_filtered_rows_are_changed_at_once(app, ids):
    with app.reading() as session:
        every = list(task_ids(session, TaskFilter(), today=app.today()))
    bulk.set_field(app, every, TASKS, "remarks", "统一备注")
    with app.reading() as session:
        assert recent(session, 1)[0].label == "批量修改备注为“统一备注”2 项"


def test_nothing_written_empties_the_field_and_is_called_so(app, ids):
    bulk.set_field(app, ids, TASKS, "remarks", "统一备注")
    assert "清空备注" in bulk.plan(app, ids, TASKS, "remarks", " ").doubt
    bulk.set_field(app, ids, TASKS, "remarks", "")
    with app.reading() as session:
        assert recent(session, 1)[0].label == "批量清空备注 2 项"


def test_whom_the_change_takes_up_is_said_before_and_namesakes_are_asked_about(app, ids):
    enter(app, title="甲", responsible="李强")
    enter(app, title="乙", unit="金杜村", responsible="李强")
    doubt = bulk.plan(app, ids, TASKS, "responsible", "李强").doubt
    assert doubt == ""
    assert "新增人员“倪成刚”（倪宅村）；那里已有“倪成纲”" in bulk.plan(app, ids, TASKS, "responsible", "倪成刚").doubt
    with pytest.raises(FieldErrors) as caught:
        bulk.plan(app, ids, TASKS, "lead", "李强")
    assert "李强（倪宅村）" in caught.value.messages["lead"]
    assert bulk.plan(app, ids, TASKS, "lead", "李强（金杜村）").doubt == ""
