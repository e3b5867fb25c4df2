"""The checklist as it is looked at: filters, search, order, counts."""

from datetime import date
from decimal import Decimal

import pytest

from huajie_desktop.office import categories, dimensions, units
from huajie_desktop.records.listing import columns_of
from huajie_desktop.work.checklist import TaskFilter, state_counts, task_ids, task_lines
from huajie_desktop.work.figures import by_category, by_unit, home
from huajie_desktop.work.review import approve, submit
from huajie_desktop.work.task_ledger import TASKS
from tests.office import enter


@pytest.fixture
def filled(app):
    return app, {
        "lamp": enter(app),
        "party": enter(
            app, title="主题党日规范化", category="基层党建", unit="尚仁村", responsible="王五", due="全年", investment=""
        ),
        "toilet": enter(app, title="公厕新建", unit="杨杭村", responsible="曾三", due="3月5日", investment="40"),
        "draft": enter(app, title="没有时限", unit="杨杭村", due="", category="", investment=""),
    }


def titles(app, wanted, sort="", descending=False):
    with app.reading() as session:
        ids = task_ids(session, wanted, sort, descending, today=app.today())
        return [line.title for line in task_lines(session, ids)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("路灯", ["穿村段路灯安装"]),
        ("nz", ["穿村段路灯安装"]),
        ("ztdr", ["主题党日规范化"]),
        ("srcs", []),
        ("src", ["主题党日规范化"]),
        ("yk", ["公厕新建", "没有时限"]),
        ("王五", ["主题党日规范化"]),
        ("zs", ["穿村段路灯安装", "公厕新建", "没有时限"]),
        ("yhc 公厕", ["公厕新建"]),
        ("100%", []),
        ("_", []),
    ],
)
def test_search_takes_characters_and_initials(filled, text, found):
    app, _ = filled
    assert titles(app, TaskFilter(text=text)) == found


def test_filters_narrow_and_add_up(filled):
    app, _ = filled
    with app.reading() as session:
        unit = {found.name: found.id for found in units(session)}
        category = {found.name: found.id for found in categories(session)}
        dimension = {found.name: found.id for found in dimensions(session)}
    assert titles(app, TaskFilter(unit_id=unit["杨杭村"])) == ["公厕新建", "没有时限"]
    assert titles(app, TaskFilter(category_id=category["基层党建"])) == ["主题党日规范化"]
    assert len(titles(app, TaskFilter(dimension_id=dimension["五大比拼"]))) == 3
    assert titles(app, TaskFilter(unit_id=unit["杨杭村"], due="none")) == ["没有时限"]
    assert titles(app, TaskFilter(due="week")) == ["公厕新建"]
    assert titles(app, TaskFilter(due="ongoing")) == ["主题党日规范化"]
    assert titles(app, TaskFilter(due="overdue")) == []


def test_every_column_that_says_so_sorts_both_ways(filled):
    app, _ = filled
    for column in columns_of(TASKS, list(TASKS.fields)):
        if column.sortable:
            up, down = titles(app, TaskFilter(), column.key), titles(app, TaskFilter(), column.key, True)
            assert sorted(up) == sorted(down)
    assert titles(app, TaskFilter(), "investment", True)[:2] == ["公厕新建", "穿村段路灯安装"]
    assert titles(app, TaskFilter())[0] == "穿村段路灯安装"


def test_line_says_what_the_list_shows(filled):
    app, ids = filled
    with app.reading() as session:
        lamp, party, toilet, draft = task_lines(session, [ids["lamp"], ids["party"], ids["toilet"], ids["draft"]])
    assert (lamp.due_words, party.due_words, toilet.due_words, draft.due_words) == ("8月底", "持续推进", "3-5", "")
    assert (lamp.investment, party.investment) == (Decimal("12.5"), None)
    assert (lamp.responsible, lamp.dimension, lamp.state_word) == ("倪成纲、张三", "五大比拼", "草稿")


def test_counts_are_of_the_filter_without_its_state(filled):
    app, ids = filled
    submit(app, [ids["lamp"], ids["party"]])
    approve(app, [ids["lamp"]])
    with app.reading() as session:
        counts = state_counts(session, TaskFilter(state="approved"), today=app.today())
    assert counts == {"all": 4, "draft": 2, "submitted": 1, "returned": 0, "approved": 1}


def test_figures_agree_with_the_list(filled):
    app, ids = filled
    submit(app, [ids["lamp"]])
    approve(app, [ids["lamp"]])
    with app.reading() as session:
        figures = home(session, date(2021, 3, 1))
        assert figures.total == sum(figures.states.values()) == 4
        assert sum(line.tasks for line in by_category(session)) == sum(line.tasks for line in by_unit(session)) == 4
        assert by_category(session)[-1].name == "未分类"
        pledges = next(line for line in by_category(session) if line.name == "干事承诺")
    assert (pledges.tasks, pledges.approved, pledges.investment) == (2, 1, Decimal("52.5"))
    assert (figures.village_tasks, figures.other_tasks, figures.villages) == (4, 0, 27)
    assert figures.months[2] == 1
    assert "倪宅村" not in figures.silent_units
    assert "卉川村" in figures.silent_units
    assert [line.title for line in figures.due_next] == ["公厕新建"]
