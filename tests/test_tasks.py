"""One task through the form: typed, checked, kept, changed, removed."""

from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from db.log import Act
from db.models import ListKind, Person, Task, TaskForce
from huajie_desktop import office
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.journal import history
from huajie_desktop.receiving import importing, intake
from huajie_desktop.records import entry
from huajie_desktop.records.entry import delete
from huajie_desktop.records.listing import record_lines
from huajie_desktop.sending import exporting
from huajie_desktop.township.registers import PEOPLE
from huajie_desktop.work.review import approve, submit
from huajie_desktop.work.task_ledger import TASKS
from tests.office import TEXTS, contents, enter
from tests.tasks import form_texts, save_task


def test_typed_texts_become_values(app):
    task_id = enter(app, milestones="6月底 完成招标\n8月底 竣工", start="3月", lead="徐志军")
    with app.reading() as session:
        task = session.get_one(Task, task_id)
        assert (task.due, task.due_precision, task.due_text) == (date(2021, 8, 31), "month", "8月底前")
        assert task.investment == Decimal(125000)
        assert [link.person.name for link in task.responsible] == ["倪成纲", "张三"]
        assert [(item.due, item.text) for item in task.milestones] == [
            (date(2021, 6, 30), "完成招标"),
            (date(2021, 8, 31), "竣工"),
        ]
        assert task.lead.name == "徐志军"
        assert (task.state, task.number) == ("draft", None)


def test_what_was_typed_comes_back(app):
    typed = {
        **TEXTS,
        "milestones": "6月底 完成招标 佐证：中标通知书\n8月底 竣工",
        "remarks": "备注\n两行",
        "lead": "徐志军",
        "start": "2021-03-01",
        "finished_on": "2021-08-20",
        "recurrence": "每月5日",
        "cooperating": "尚仁村、金杜村",
        "further": "重点工作、文明环境",
        "list_kind": "村级",
        "force": "集镇品质提升专班",
        "key_project": "是",
        "quantities": "路灯12盏、绿道1.5公里",
        "funding": "镇补 10万 实际 3万\n村自筹 2.5万",
    }
    with_lists(app)
    task_id = save_task(app, None, typed).record_id
    with app.reading() as session:
        assert form_texts(session, task_id) == typed
        before = form_texts(session, task_id)
    assert save_task(app, task_id, before).changes.operation_id is None, "saving what is there changes nothing"


def with_lists(app):
    """A kind of list and a task force to choose."""
    with app.operation(Act.CHANGE, "清单和专班") as running:
        year = running.session.campaign.id
        running.session.add_all([ListKind(campaign_id=year, name="村级"), TaskForce(campaign_id=year, name="集镇品质提升专班")])


def test_what_hangs_on_a_task_becomes_values(app):
    with_lists(app)
    task_id = enter(
        app, milestones="6月底 完成招标 佐证：中标通知书", cooperating="倪宅、尚仁", further="重点工作、干事承诺", list_kind="村级",
        force="集镇品质提升专班", key_project="是", quantities="路灯12盏，绿道1.5公里", funding="镇补10万 实际3万，村自筹2.5万",
    )  # fmt: skip
    with app.reading() as session:
        task = session.get_one(Task, task_id)
        [milestone] = task.milestones
        assert (milestone.due, milestone.text, milestone.evidence) == (date(2021, 6, 30), "完成招标", "中标通知书")
        assert [link.unit.name for link in task.cooperating] == ["尚仁村"], "the responsible unit does not help itself"
        assert [link.category.name for link in task.further] == ["重点工作"], "nor does a task count in its category twice"
        assert [(item.name, item.amount, item.unit) for item in task.quantities] == [
            ("路灯", 12, "盏"),
            ("绿道", Decimal("1.5"), "公里"),
        ]
        assert [(item.source, item.planned, item.actual) for item in task.funding] == [
            ("镇补", 100000, 30000),
            ("村自筹", 25000, None),
        ]
        assert (task.list_kind.name, task.force.name, task.key_project) == ("村级", "集镇品质提升专班", True)


def test_rows_that_say_the_same_stay_the_same_rows(app):
    task_id = enter(app, quantities="路灯12盏、绿道1.5公里", milestones="6月底 完成招标\n8月底 竣工", responsible="倪成纲、张三")
    with app.reading() as session:
        task = session.get_one(Task, task_id)
        rows = {item.name: item.id for item in task.quantities}
        steps = {item.text: item.id for item in task.milestones}
    save_task(
        app,
        task_id,
        {**TEXTS, "quantities": "公厕1座、路灯15盏", "milestones": "8月底 竣工\n7月底 完成招标", "responsible": "张三"},
    )
    with app.reading() as session:
        task = session.get_one(Task, task_id)
        assert [item.name for item in task.quantities] == ["公厕", "路灯"]
        assert task.quantities[1].id == rows["路灯"]
        assert {item.text: item.id for item in task.milestones} == steps
        assert [link.person.name for link in task.responsible] == ["张三"]


def test_who_moved_to_another_unit_stays_who_he_is(app):
    task_id = enter(app, lead="徐志军")
    with app.operation(Act.CHANGE, "调动") as running:
        for person in running.session.scalars(select(Person)):
            person.unit_id = None
    with app.reading() as session:
        texts, people = form_texts(session, task_id), len(session.scalars(select(Person)).all())
    save_task(app, task_id, {**texts, "title": "改名"})
    with app.reading() as session:
        assert len(session.scalars(select(Person)).all()) == people


def test_money_by_source_that_does_not_add_up_is_doubted_not_refused(app):
    saved = save_task(app, None, {**TEXTS, "funding": "镇补 5万\n村自筹 3万"})
    assert saved.doubts == {
        "responsible": "新增人员“倪成纲”（倪宅村）；新增人员“张三”（倪宅村）；已有同名的张三（花街镇），是其中一位请照这样写"
    } | {"funding": "各来源计划合计 8 万元，计划投资是 12.5 万元，请核对"}
    assert save_task(app, None, {**TEXTS, "funding": "镇补 5万\n村自筹 7.5万"}).doubts == {}
    assert save_task(app, None, {**TEXTS, "funding": "镇补\n村自筹"}).doubts == {}


def test_same_person_of_one_unit_is_one_record(app):
    enter(app)
    enter(app, title="另一项")
    enter(app, title="又一项", unit="尚仁村")
    with app.reading() as session:
        elsewhere = select(Person).where(Person.name == "张三", Person.unit_id != session.seat.township_id)
        assert len(session.scalars(elsewhere).all()) == 2, "beside whoever sits at the desk"


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"title": " "}, "title"),
        ({"unit": ""}, "unit"),
        ({"unit": "不存在村"}, "unit"),
        ({"category": "其他"}, "category"),
        ({"due": "待定"}, "due"),
        ({"due": "2月30日"}, "due"),
        ({"investment": "-5"}, "investment"),
        ({"title": "长" * 201}, "title"),
        ({"start": "9月1日"}, "start"),
        ({"start": "3月", "finished_on": "2月1日"}, "finished_on"),
        ({"cooperating": "尚仁村、火星村"}, "cooperating"),
        ({"further": "没有的类别"}, "further"),
        ({"quantities": "路灯"}, "quantities"),
        ({"funding": "5万"}, "funding"),
        ({"recurrence": "经常"}, "recurrence"),
        ({"key_project": "也许"}, "key_project"),
        ({"list_kind": "省级"}, "list_kind"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(app, texts, field):
    before = contents(app)
    with pytest.raises(FieldErrors) as caught:
        enter(app, **texts)
    assert set(caught.value.messages) == {field}
    assert contents(app) == before


def test_doubtful_values_are_kept_and_pointed_out(app):
    saved = save_task(app, None, {**TEXTS, "due": "9月前"})
    assert set(saved.doubts) == {"due", "responsible"}
    with app.reading() as session:
        assert session.get_one(Task, saved.record_id).due == date(2021, 8, 31)


def test_approved_task_is_locked(app):
    task_id = enter(app)
    submit(app, [task_id])
    approve(app, [task_id])
    for attempt in (lambda: save_task(app, task_id, {**TEXTS, "title": "改"}), lambda: delete(app, [task_id], TASKS)):
        with pytest.raises(Problem, match="已确认"):
            attempt()


def test_change_and_removal_can_be_taken_back(app):
    task_id = enter(app, milestones="6月底 完成招标")
    before = contents(app)
    changed = save_task(app, task_id, {**TEXTS, "title": "新名称", "responsible": "李四"}).changes
    history.undo(app, [changed.operation_id])
    assert contents(app) == before
    removed = delete(app, [task_id], TASKS)
    assert removed.touched["tasks"] == {task_id}
    history.undo(app, [removed.operation_id])
    assert contents(app) == before


def test_an_office_nobody_knew_is_taken_up_and_said(app):
    saved = save_task(app, None, {**TEXTS, "unit": "党政办"})
    assert "党政办" in saved.doubts["unit"]
    with app.reading() as session:
        assert session.get_one(Task, saved.record_id).unit.kind == "office"


SHEET = [
    "承诺事项",
    "类别",
    "责任人",
    "完成时限",
    "启动时间",
    "配合单位",
    "数量",
    "资金来源",
    "重点工程",
    "专班",
    "清单",
    "周期",
    "时间节点",
]
ROW = ["穿村段路灯安装", "干事承诺", "倪成纲", "8月底前", "3月1日", "尚仁村、党建办", "路灯12盏、绿道1.5公里", "镇补5万,村自筹3万", "是",
       "集镇品质提升专班", "村级", "每月5日", "6月底 完成招标 佐证：中标通知书"]  # fmt: skip


def read_sheet(app, folder, *rows):
    file, made = folder / "倪宅村.xlsx", Workbook()
    for row in (["倪宅村2021年干事承诺清单"], SHEET, *rows):
        made.active.append(row)
    made.save(file)
    return importing.preview(app, [file])


def test_a_sheet_s_further_columns_are_kept_like_the_form_s(app, tmp_path):
    with_lists(app)
    made = read_sheet(app, tmp_path, ROW)
    assert made.counts() == {"new": 1}
    intake.apply(app, made)
    with app.reading() as session:
        [task_id] = session.scalars(select(Task.id))
        texts = form_texts(session, task_id)
        assert len(session.get_one(Task, task_id).occurrences) == 6
    wanted = dict(zip(("title", "category", "responsible", "due"), ROW, strict=False))
    assert {key: texts[key] for key in wanted} == wanted
    assert {key: text for key, text in texts.items() if text and key not in wanted} == {
        "unit": "倪宅村", "start": "2021-03-01", "cooperating": "尚仁村、党建办", "quantities": "路灯12盏、绿道1.5公里",
        "funding": "镇补 5万\n村自筹 3万", "key_project": "是", "force": "集镇品质提升专班", "list_kind": "村级", "recurrence": "每月5日",
        "milestones": "6月底 完成招标 佐证：中标通知书",
    }  # fmt: skip
    assert save_task(app, task_id, texts).changes.operation_id is None, "the form says the same"
    assert read_sheet(app, tmp_path, ROW).counts() == {"same": 1}


def test_a_further_column_that_cannot_be_read_keeps_no_row_out(app, tmp_path):
    odd = [*ROW[:5], "各村", "若干", "5万", "也许", "没有的专班", "没有的清单", "经常", ""]
    made = read_sheet(app, tmp_path, odd)
    [row] = made.rows
    assert row.status == "warning"
    told = {issue.field for issue in row.record.issues if "没有读进来" in issue.message}
    assert told == {"cooperating", "quantities", "funding", "key_project", "force", "list_kind", "recurrence"}
    intake.apply(app, made)
    with app.reading() as session:
        task = session.scalars(select(Task)).one()
        assert (task.cooperating, task.quantities, task.funding, task.key_project, task.recurrence) == ([], [], [], False, None)


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("investment", "abc", "读不出金额"),
        ("investment", "10万-20万", "范围"),
        ("investment", "12..5", "看不懂“12..5”这个数"),
        ("investment", "9" * 30, "太大"),
    ],
)
def test_what_gives_no_value_is_refused_and_does_not_empty_its_field(app, key, text, said):
    """Saved with a word beside it, what was typed would be gone."""
    saved = save_task(app, None, {**TEXTS, "investment": "3"})
    with pytest.raises(FieldErrors) as caught:
        save_task(app, saved.record_id, {**TEXTS, key: text})
    assert said in caught.value.messages[key]
    with app.reading() as session:
        assert form_texts(session, saved.record_id)[key] == "3"


def test_a_letter_is_a_text_where_any_text_may_stand(app):
    saved = save_task(app, None, {**TEXTS, "content": "x", "remarks": "X"})
    with app.reading() as session:
        kept = form_texts(session, saved.record_id)
        assert (kept["content"], kept["remarks"]) == ("x", "X")


def test_a_name_nearly_somebodys_is_offered_and_a_further_namesake_is_said(app):
    assert "新增人员“徐志军”（倪宅村）" in save_task(app, None, {**TEXTS, "responsible": "徐志军"}).doubts["responsible"]
    said = save_task(app, None, {**TEXTS, "title": "二", "responsible": "徐志君"}).doubts["responsible"]
    assert "徐志军" in said
    assert "同一个人" in said
    assert "responsible" not in save_task(app, None, {**TEXTS, "title": "三", "responsible": "徐志军"}).doubts
    said = save_task(app, None, {**TEXTS, "title": "四", "unit": "金杜村", "responsible": "徐志军"}).doubts["responsible"]
    assert "徐志军（倪宅村）" in said


def test_of_two_of_one_name_it_is_asked_which_and_no_third_is_made(app):
    save_task(app, None, {**TEXTS, "responsible": "李强"})
    save_task(app, None, {**TEXTS, "title": "二", "unit": "金杜村", "responsible": "李强"})
    with app.reading() as session:
        words = [word for word, _ in office.people(session)]
    assert ["李强" in word for word in words].count(True) == 2
    assert {"李强（倪宅村）", "李强（金杜村）"} <= set(words)
    with pytest.raises(FieldErrors) as caught:
        save_task(app, None, {**TEXTS, "title": "三", "lead": "李强"})
    assert "李强（倪宅村）、李强（金杜村）" in caught.value.messages["lead"]
    saved = save_task(
        app, None, {**TEXTS, "title": "三", "unit": "大屋村", "lead": "李强（金杜村）", "responsible": "李强（倪宅村）、张三"}
    )
    with app.reading() as session:
        task = session.get_one(Task, saved.record_id)
        assert task.lead.unit.name == "金杜村"
        assert [link.person.unit.name for link in task.responsible] == ["倪宅村", "大屋村"]
        assert form_texts(session, saved.record_id)["lead"] == "李强（金杜村）"
        assert session.scalar(select(func.count()).where(Person.name == "李强")) == 2


@pytest.mark.parametrize(
    ("key", "text"),
    [("responsible", "、".join(f"张{chr(0x4E00 + n)}" for n in range(3000))), ("milestones", "6月底 完成一步\n" * 5000)],
)
def test_thousands_in_one_cell_are_refused_with_how_many_it_holds(app, key, text):
    with pytest.raises(FieldErrors) as caught:
        save_task(app, None, {**TEXTS, key: text})
    assert "一格最多" in caught.value.messages[key]


def test_two_of_one_name_on_one_task_are_told_apart_in_list_form_and_export_and_stay_two(app, tmp_path):
    for village in ("倪宅村", "金杜村"):
        entry.save(app, PEOPLE, None, {"name": "李强", "unit": village})
    both, one = "李强（倪宅村）、张三、李强（金杜村）", "李强、张三"
    task = enter(app, title="两个李强", responsible=both)
    alone = enter(app, title="一个李强", responsible=one)

    def shown():
        with app.reading() as session:
            lines = record_lines(session, TASKS, [task, alone], ["responsible"])
            return [line.cells["responsible"] for line in lines], entry.seen(session, TASKS, task).texts["responsible"]

    def people():
        with app.reading() as session:
            return [link.person_id for link in session.get_one(Task, task).responsible]

    before = people()
    assert len(set(before)) == 3
    assert shown() == ([both, one], both)
    save_task(app, task, {"responsible": f"{both}、李四"})
    assert people()[:3] == before, "what is shown means the same people"
    save_task(app, task, {"responsible": both})
    exporting.export_list(app, TASKS, [task, alone], ["title", "responsible"], tmp_path / "清单.csv", open_names=True)
    assert both in (tmp_path / "清单.csv").read_text("utf-8-sig")
    exporting.export_list(app, TASKS, [task], exporting.all_keys(TASKS), tmp_path / "清单.xlsx", open_names=True)
    again = importing.preview(app, [tmp_path / "清单.xlsx"])
    assert [row.status for row in again.rows] == ["same"]
