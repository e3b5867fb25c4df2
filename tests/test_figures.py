"""Figures of all tasks, or of the approved ones alone."""

from huajie_desktop.settings import APPROVED_ONLY, approved_only, keep_rule
from huajie_desktop.work.figures import by_unit, home, whole
from huajie_desktop.work.review import approve, submit
from tests.conftest import TODAY
from tests.office import enter


def test_figures_can_count_approved_tasks_alone(app):
    one, _other = enter(app), enter(app, title="公厕新建", unit="杨杭村", due="3月5日", investment="40")
    enter(app, title="没有类别", category="", due="")
    submit(app, [one])
    approve(app, [one])
    with app.reading() as session:
        every, alone = home(session, TODAY), home(session, TODAY, approved_only=True)
        units, total = by_unit(session, approved_only=True), whole(session, approved_only=True)
    assert (alone.total, alone.states, alone.due_next) == (every.total, every.states, every.due_next), "work, not figures"
    for counted in (alone.categories, alone.dimensions, units, [total]):
        assert [(line.tasks, line.approved, str(line.investment)) for line in counted if line.tasks] == [(1, 1, "12.5")]
    assert (alone.village_tasks, alone.other_tasks, sum(alone.months)) == (1, 0, 1)
    assert (every.village_tasks, sum(every.months)) == (3, 2)
    assert len(alone.categories) == 15, "those without tasks are there, too"


def test_the_office_counts_approved_alone_until_it_says_otherwise(app):
    with app.reading() as session:
        assert approved_only(session)
    keep_rule(app, APPROVED_ONLY, "0")
    with app.reading() as session:
        assert not approved_only(session)
