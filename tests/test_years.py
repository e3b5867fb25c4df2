"""The next year made from this one, switching between years, and data from before there were lists and patterns."""

from datetime import date
from decimal import Decimal

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import func, select, text

from db import schema
from db.log import Act
from db.models import Campaign, Category, Dimension, ListKind, Milestone, Occurrence, Paper, Person, Task, TaskForce
from db.opening import open_engine
from huajie_desktop import office
from huajie_desktop.application import Application
from huajie_desktop.backups.shelf import copies_in
from huajie_desktop.errors import Cancelled, FieldErrors, Problem
from huajie_desktop.folders import DATABASE
from huajie_desktop.journal import history
from huajie_desktop.occasions import Occasion
from huajie_desktop.papers.making import Order, make
from huajie_desktop.papers.paper_kinds import KINDS
from huajie_desktop.papers.subject_lines import subject_lines
from huajie_desktop.receiving import importing, intake
from huajie_desktop.records.doubts import settle
from huajie_desktop.township.seating import come_in
from huajie_desktop.work import figures
from huajie_desktop.work.checklist import TaskFilter, task_ids
from huajie_desktop.work.review import approve, submit
from huajie_desktop.work.task_ledger import TASKS
from huajie_desktop.year import campaigns, forces, years
from huajie_desktop.year.years import Wishes, look_at, next_year
from tests.office import contents, enter, recent
from tests.tasks import form_texts, save_task
from tests.ui.hands import LAMP, book

FULL = {
    "further": "重点工作", "cooperating": "尚仁村", "quantities": "路灯12盏", "funding": "镇补 5万 实际 3万", "lead": "徐志军",
    "milestones": "6月底 完成招标 佐证：中标通知书", "start": "2021-03-01", "key_project": "是", "remarks": "沿街一段",
}  # fmt: skip


def tasks_of(app, year):
    with app.reading() as session:
        statement = select(Task.id).join(Campaign).where(Campaign.year == year).order_by(Task.id)
        return list(session.scalars(statement))


def texts_of(app, task_id):
    with app.reading() as session:
        return form_texts(session, task_id)


def year_of(app):
    with app.reading() as session:
        return session.campaign.year


# the next year


def test_structure_pattern_and_lists_are_taken_over(app):
    with app.reading() as session:
        category = next(item for item in office.categories(session) if item.name == "平安创建")
    campaigns.close(app, Category, category.id)
    made = next_year(app, Wishes(2022, "“三五”大比拼"))
    app = look_at(app, made.campaign_id)
    with app.reading() as session:
        year = session.campaign
        assert (year.id, year.year, year.name) == (made.campaign_id, 2022, "“三五”大比拼")
        assert [found.name for found in office.dimensions(session)] == ["五大攻坚", "五大行动", "五大比拼"]
        assert len(office.categories(session)) == 14
        assert "平安创建" not in [item.name for item in office.categories(session)]
        assert [kind.name for kind in office.list_kinds(session)] == ["市级清单", "镇级清单", "村级清单"]
    assert made.changes.label == "建立 2022 年度，转入 0 项任务"


def test_unfinished_tasks_become_drafts_with_all_that_hangs_on_them(app):
    old = enter(app, **FULL)
    enter(app, title="办结了的", finished_on="2021-10-08")
    submit(app, [old])
    settle(app, [old], TASKS)  # that it has other sources than it costs
    approve(app, [old])
    before = texts_of(app, old)
    made = next_year(app, Wishes(2022, "大比拼"))
    app = look_at(app, made.campaign_id)
    (new,) = tasks_of(app, 2022)
    with app.reading() as session:
        task = session.get_one(Task, new)
        assert (task.state, task.number, task.batch_id, task.carried_from_id) == ("draft", None, None, old)
        assert task.category.dimension.campaign_id == made.campaign_id
        assert task.list_kind.campaign_id == made.campaign_id
    emptied = {"due": "", "start": "", "milestones": "完成招标 佐证：中标通知书", "funding": "镇补 5万"}
    assert texts_of(app, new) == {**before, **emptied}
    assert texts_of(app, old) == before, "the old year stays as it was"
    assert (made.tasks, year_of(app)) == (1, 2022)


def test_days_move_with_the_year_where_asked(app):
    plain = enter(app, **FULL)
    spoken = enter(app, title="到二月底", due="2021年2月底前", milestones="2021-02-10 开工")
    ongoing = enter(app, title="持续", due="全年")
    app = look_at(app, next_year(app, Wishes(2022, "大比拼", shift=True)).campaign_id)
    moved = {task["title"]: task for task in (texts_of(app, found) for found in tasks_of(app, 2022))}
    assert moved["穿村段路灯安装"]["due"] == "8月底前"
    assert moved["穿村段路灯安装"]["start"] == "2022-03-01"
    assert moved["到二月底"]["due"] == "2022年2月底前"
    assert moved["到二月底"]["milestones"] == "2022-02-10 开工"
    with app.reading() as session:
        found = {task.carried_from_id: task for task in session.scalars(select(Task).where(Task.carried_from_id.is_not(None)))}
        assert (found[plain].due, found[spoken].due, found[ongoing].due) == (
            date(2022, 8, 31), date(2022, 2, 28), date(2022, 12, 31),
        )  # fmt: skip
        assert [item.due for item in session.scalars(select(Milestone).where(Milestone.task_id == found[plain].id))] == [
            date(2022, 6, 30)
        ]


def test_the_end_of_february_stays_its_end(app):
    enter(app, due="2月底")
    app = look_at(app, next_year(app, Wishes(2024, "大比拼", shift=True)).campaign_id)
    with app.reading() as session:
        assert session.scalars(select(Task.due).where(Task.carried_from_id.is_not(None))).one() == date(2024, 2, 29)


def test_ongoing_tasks_go_on_to_the_end_of_the_new_year_whatever_is_asked(app):
    enter(app, due="全年")
    app = look_at(app, next_year(app, Wishes(2022, "大比拼")).campaign_id)
    (new,) = tasks_of(app, 2022)
    with app.reading() as session:
        task = session.get_one(Task, new)
        assert (task.due, task.ongoing, task.due_text) == (date(2022, 12, 31), True, "全年")
    submit(app, [new])


def test_recurring_tasks_fall_due_in_the_new_year(app):
    enter(app, recurrence="每季度", due="", start="2021-01-01")
    app = look_at(app, next_year(app, Wishes(2022, "大比拼")).campaign_id)
    (new,) = tasks_of(app, 2022)
    with app.reading() as session:
        days = list(session.scalars(select(Occurrence.due).where(Occurrence.task_id == new)))
    assert len(days) == 4
    assert {day.year for day in days} == {2022}


def test_who_is_gone_answers_for_nothing_next_year(app):
    enter(app, **FULL)
    with app.operation(Act.CHANGE, "停用") as running:
        running.session.scalars(select(Person).where(Person.name == "倪成纲")).one().closed_on = date(2021, 9, 1)
    app = look_at(app, next_year(app, Wishes(2022, "大比拼")).campaign_id)
    assert texts_of(app, tasks_of(app, 2022)[0])["responsible"] == "张三"


def test_task_forces_come_along_with_who_is_still_there(app):
    typed = {"name": "集镇专班", "category": "集镇品质提升", "commander": "赵一", "member": "钱二、孙三", "units": "倪宅村"}
    force = forces.save_force(app, None, {**typed, "document_number": "花委〔2021〕1号"}).record_id
    forces.save_force(app, None, {"name": "短期专班", "since": "2021-03-01", "until": "2021-06-30"})
    task = enter(app, category="集镇品质提升", force="集镇专班")
    with app.operation(Act.CHANGE, "停用") as running:
        running.session.scalars(select(Person).where(Person.name == "钱二")).one().closed_on = date(2021, 9, 1)
    app = look_at(app, next_year(app, Wishes(2022, "大比拼")).campaign_id)
    with app.reading() as session:
        (line,) = forces.overview(session)
        assert (line[0], line[1], line[5], line[4]) == ("集镇专班", "赵一", "孙三", "倪宅村")
        assert line[-1] == "1"
        assert session.get_one(Task, task).force_id == force
        assert session.scalars(select(Task).where(Task.carried_from_id == task)).one().force_id != force


def test_structure_alone_where_nothing_else_is_asked(app):
    enter(app)
    forces.save_force(app, None, {"name": "集镇专班"})
    app = look_at(app, next_year(app, Wishes(2022, "大比拼", carry=False, forces=False)).campaign_id)
    assert tasks_of(app, 2022) == []
    with app.reading() as session:
        assert forces.overview(session) == []


def test_a_year_is_made_once_as_one_step_that_can_be_taken_back(app):
    enter(app, **FULL)
    forces.save_force(app, None, {"name": "集镇专班", "commander": "赵一"})
    before = contents(app)
    made = next_year(app, Wishes(2022, "大比拼"))
    after = contents(app)
    with pytest.raises(Problem, match="2022 年度已经建立过了"):
        next_year(app, Wishes(2022, "大比拼"))
    undone = history.undo(app, [made.changes.operation_id])
    assert contents(app) == before
    history.undo(app, [undone.operation_id])
    assert contents(app) == after
    assert year_of(look_at(app, made.campaign_id)) == 2022


def test_the_first_year_cannot_be_taken_back_even_with_the_later_ones(app):
    app = look_at(app, next_year(app, Wishes(2022, "大比拼")).campaign_id)
    with app.reading() as session:
        first = min(line.id for line in recent(session))
    before = contents(app)
    with pytest.raises(Problem):
        history.undo(app, [first])
    with pytest.raises(Problem, match="最初的设置"):
        history.undo(app, [first], with_later=True)
    assert contents(app) == before


def test_a_cancelled_year_leaves_nothing(app):
    class Impatient:
        def step(self, done, total, text):
            raise Cancelled

    enter(app)
    before = contents(app)
    with pytest.raises(Cancelled):
        next_year(app, Wishes(2022, "大比拼"), Impatient())
    assert contents(app) == before


def test_the_form_is_proposed_read_and_checked(app):
    with app.reading() as session:
        texts = years.proposal(session)
    assert years.read(app, texts) == Wishes(2022, "“三五”大比拼", carry=True, shift=False, forces=True)
    asked = years.read(app, {**texts, "carry": "否", "days": "推后一年", "forces": "否"})
    assert asked == Wishes(2022, "“三五”大比拼", carry=False, shift=True, forces=False)
    for year, fault in (("2021", "已经建立过了"), ("202", "2000 到 2100"), ("明年", "不是数字"), ("", "请填写")):
        with pytest.raises(FieldErrors, match=fault) as caught:
            years.read(app, {**texts, "year": year})
        assert set(caught.value.messages) == {"year"}


@pytest.mark.parametrize(("pattern", "count", "category"), [(years.EMPTY, 0, None), (years.SHIPPED, 15, "干事承诺")])
def test_a_new_year_may_have_other_categories_and_what_is_carried_stays_in_those_of_its_name(app, pattern, count, category):
    enter(app)
    app = look_at(app, next_year(app, Wishes(2022, "任务清单", pattern=pattern)).campaign_id)
    with app.reading() as session:
        dimensions = session.scalars(select(Dimension).where(Dimension.campaign_id == session.seat.campaign_id)).all()
        assert sum(len(dimension.categories) for dimension in dimensions) == count
        [task] = session.scalars(select(Task).where(Task.campaign_id == session.seat.campaign_id))
        assert (task.category.name if task.category else None) == category
        assert task.category is None or task.category.dimension.campaign_id == session.seat.campaign_id
        assert session.scalar(select(func.count()).where(ListKind.campaign_id == session.seat.campaign_id)) == 3


# switching


def test_everything_follows_the_year_that_is_worked_on(app, tmp_path):
    old = enter(app, finished_on="2021-10-08")
    submit(app, [old])
    approve(app, [old])
    make(app, Order("pledge"), tmp_path / "a.pdf")
    file = book(tmp_path / "倪宅村.xlsx", LAMP)
    app = look_at(app, next_year(app, Wishes(2022, "大比拼")).campaign_id)
    with app.reading() as session:
        assert list(task_ids(session, TaskFilter(), today=app.today())) == []
        assert figures.home(session, app.today()).total == 0
    intake.apply(app, importing.preview(app, [file]))
    assert importing.preview(app, [file]).files[0].imported
    with app.reading() as session:
        (line,) = subject_lines(session, KINDS["pledge"])
        assert line.number == "", "the paper of last year is not this year's"
        (new,) = task_ids(session, TaskFilter(), today=app.today())
    approve(app, [new])
    with app.reading() as session:
        assert session.get_one(Task, new).number == "花〔2022〕干诺-001"
        first = next(line.id for line in years.lines(session) if line.year == 2021)
    app = look_at(app, first)
    assert importing.preview(app, [file]).files[0].imported == "", "that was another year's import"
    with app.reading() as session:
        assert list(task_ids(session, TaskFilter(), today=app.today())) == [old]
        assert subject_lines(session, KINDS["pledge"])[0].number == session.scalars(select(Paper.number)).one()
    assert enter(app, title="补录") in tasks_of(app, 2021)


def test_a_task_of_another_year_is_not_changed_by_mistake(app):
    task = enter(app)
    app = look_at(app, next_year(app, Wishes(2022, "大比拼")).campaign_id)
    before = contents(app)
    with pytest.raises(Problem, match="是 2021 年度的，没有保存"):
        save_task(app, task, {**texts_of(app, task), "title": "改"})
    assert contents(app) == before


def test_looking_at_another_year_moves_nobody_else_and_is_found_again(app):
    app = look_at(app, next_year(app, Wishes(2022, "大比拼")).campaign_id)
    with app.reading() as session:
        lines = years.lines(session)
    assert [(line.year, line.current) for line in lines] == [(2022, True), (2021, False)]
    other = come_in(app.data, "李四")
    assert year_of(other) == 2022, "the newest year is the usual one"
    back = look_at(app, lines[1].id)
    assert (year_of(back), year_of(other), year_of(app)) == (2021, 2022, 2022)
    assert (year_of(come_in(app.data, "张三")), year_of(come_in(app.data, "李四"))) == (2021, 2022)


# data from before


def made_long_ago(folder):
    """A data folder as the program of the first issue left it: its tables, a few tasks, a number given."""
    folder.mkdir()
    engine = open_engine(folder / DATABASE)
    config = Config()
    config.set_main_option("script_location", str(schema._MIGRATIONS))
    with engine.connect().execution_options(writing=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in (
            "INSERT INTO units (id, name, kind, position, search) VALUES (1, '花街镇', 'township', 0, '花街镇 hjz')",
            "INSERT INTO units (id, name, kind, parent_id, position, search) VALUES (2, '倪宅村', 'village', 1, 1, '倪宅村 nzc')",
            "INSERT INTO campaigns (id, year, name, township_id) VALUES (1, 2021, '大比拼', 1)",
            "INSERT INTO dimensions (id, campaign_id, name, position) VALUES (1, 1, '五大比拼', 0)",
            "INSERT INTO categories (id, dimension_id, name, code, position, search) VALUES (1, 1, '干事承诺', '干诺', 0, 'gscn')",
            "INSERT INTO people (id, name, unit_id, search) VALUES (1, '倪成纲', 2, 'ncg')",
            "INSERT INTO tasks (id, campaign_id, number, title, category_id, unit_id, due, ongoing, investment, state, search)"
            " VALUES (1, 1, '花〔2021〕干诺-001', '路灯', 1, 2, '2021-08-31', 0, 12500000, 'approved', 'ld')",
            "INSERT INTO tasks (id, campaign_id, title, category_id, unit_id, due, ongoing, state, search)"
            " VALUES (2, 1, '公厕', 1, 2, '2021-09-30', 0, 'submitted', 'gc')",
            "INSERT INTO responsibilities (id, task_id, person_id, position) VALUES (1, 1, 1, 0)",
            "INSERT INTO milestones (id, task_id, due, text, raw, position) VALUES (1, 1, '2021-06-30', '招标', '6月底', 0)",
            "INSERT INTO counters (name, value) VALUES ('task:2021:干诺', 1)",
            "INSERT INTO operations (id, at, actor, label) VALUES (1, '2021-03-01 08:00:00', '张三', '建立花街镇2021年数据')",
        ):
            connection.execute(text(statement))
        connection.commit()
    engine.dispose()


def test_data_of_the_first_issue_opens_and_goes_on(tmp_path):
    made_long_ago(tmp_path / "data")
    app = come_in(Application.open(tmp_path / "data", today=lambda: date(2021, 11, 1)), "张三")
    try:
        [copy] = copies_in(tmp_path / "data" / "backups")
        assert (copy.occasion, copy.manifest.schema, copy.fault) == (Occasion.MIGRATION, "0001", "")
        with app.reading() as session:
            assert office.list_kinds(session) == []
            assert campaigns.unlisted(session) == 2
            assert [(line.name, line.tasks) for line in campaigns.outline(session)] == [("五大比拼", 2)]
            assert form_texts(session, 1)["list_kind"] == ""
            assert forces.overview(session) == []
        approve(app, [2])
        save_task(app, None, {"title": "新的", "unit": "倪宅村", "category": "干事承诺", "due": "8月底前"})
        campaigns.sort_into_lists(app)
        made = next_year(app, Wishes(2022, "大比拼", shift=True))
        with app.reading() as session:
            assert session.get_one(Task, 2).number == "花〔2021〕干诺-002"
            assert {task.list_kind.name for task in session.scalars(select(Task))} == {"村级清单"}
            carried = session.scalars(select(Task).where(Task.carried_from_id == 1)).one()
            assert (carried.due, carried.investment, len(carried.milestones)) == (date(2022, 8, 31), Decimal(125000), 1)
            assert session.scalars(select(TaskForce)).all() == []
        assert made.tasks == 3
        history.undo(app, [made.changes.operation_id])
        assert year_of(app) == 2021
    finally:
        app.data.close()
