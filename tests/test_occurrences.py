"""Recurring tasks: the days they fall due, done one by one, late ones counted."""

from datetime import date

import pytest

from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.journal import history
from huajie_desktop.work import checklist, occurrences
from tests.conftest import TODAY
from tests.office import enter
from tests.tasks import form_texts, save_task


def days(app, task_id):
    with app.reading() as session:
        return [line.due.isoformat()[5:] for line in occurrences.lines(session, task_id, TODAY)]


def line(app, task_id, due, today=TODAY):
    with app.reading() as session:
        return next(found for found in occurrences.lines(session, task_id, today) if found.due == due)


def change(app, task_id, **texts):
    with app.reading() as session:
        before = form_texts(session, task_id)
    return save_task(app, task_id, {**before, **texts})


def test_saving_plans_the_days_from_start_to_end(app):
    task_id = enter(app, recurrence="每月5日", start="2月1日", due="6月底")
    assert days(app, task_id) == ["02-05", "03-05", "04-05", "05-05", "06-05"]


def test_without_start_and_end_it_goes_from_today_to_the_year_s_end(app):
    task_id = enter(app, recurrence="每季度", due="")
    assert days(app, task_id) == ["03-31", "06-30", "09-30", "12-31"]


@pytest.mark.parametrize(
    ("today", "first"), [(date(2020, 5, 1), "2021-01-31"), (date(2021, 3, 1), "2021-03-31"), (date(2022, 3, 1), "2021-12-31")]
)
def test_the_year_bounds_the_days(today, first):
    assert occurrences.planned("每月", None, None, 2021, today)[0].isoformat() == first


def test_saving_again_changes_nothing_though_days_have_passed(app):
    task_id = enter(app, recurrence="每月", due="")
    app.data.today = lambda: date(2021, 8, 1)
    assert change(app, task_id).changes.operation_id is None
    assert days(app, task_id)[0] == "03-31"


def test_another_recurrence_keeps_what_was_done(app):
    task_id = enter(app, recurrence="每周一", start="3月1日", due="6月底")
    app.data.today = lambda: date(2021, 3, 20)
    done = [line(app, task_id, date(2021, 3, day)).id for day in (1, 8)]
    occurrences.finish(app, done, "3月9日", "检查了 3 家")
    change(app, task_id, recurrence="每月底")
    assert days(app, task_id) == ["03-01", "03-08", "03-31", "04-30", "05-31", "06-30"]
    change(app, task_id, recurrence="")
    assert days(app, task_id) == ["03-01", "03-08"]
    kept = line(app, task_id, date(2021, 3, 8))
    assert (kept.id, kept.done_on, kept.note) == (done[1], date(2021, 3, 9), "检查了 3 家")


def test_no_day_is_added_before_what_was_done(app):
    task_id = enter(app, recurrence="每周一", start="2月1日", due="4月底")
    occurrences.finish(app, [line(app, task_id, date(2021, 3, 1)).id], "", "")
    change(app, task_id, recurrence="每月15日")
    assert days(app, task_id) == ["02-15", "03-01", "03-15", "04-15"], "15 February was due before, too"
    change(app, task_id, recurrence="每月10日")
    assert days(app, task_id) == ["03-01", "03-10", "04-10"]


def test_a_shorter_time_takes_away_what_is_not_done(app):
    task_id = enter(app, recurrence="每月", due="12月底")
    change(app, task_id, due="5月底")
    assert days(app, task_id) == ["03-31", "04-30", "05-31"]


def test_done_and_open_again(app):
    task_id = enter(app, recurrence="每月5日", start="2月1日", due="6月底")
    first = line(app, task_id, date(2021, 2, 5))
    assert first.late
    occurrences.finish(app, [first.id], "", "已通报")
    done = line(app, task_id, date(2021, 2, 5))
    assert (done.done_on, done.note, done.late) == (TODAY, "已通报", False)
    changes = occurrences.reopen(app, [first.id])
    assert line(app, task_id, date(2021, 2, 5)).late
    history.undo(app, [changes.operation_id])
    assert line(app, task_id, date(2021, 2, 5)).done_on == TODAY


@pytest.mark.parametrize(("day", "note", "field"), [("昨天", "", "done_on"), ("3月2日", "", "done_on"), ("", "长" * 201, "note")])
def test_what_cannot_be_noted_is_said_at_its_field(app, day, note, field):
    task_id = enter(app, recurrence="每月")
    first = line(app, task_id, date(2021, 3, 31))
    with pytest.raises(FieldErrors) as caught:
        occurrences.finish(app, [first.id], day, note)
    assert set(caught.value.messages) == {field}
    assert line(app, task_id, date(2021, 3, 31)).done_on is None


def test_an_occurrence_that_is_gone_is_told(app):
    with pytest.raises(Problem, match="已经不在"):
        occurrences.finish(app, [999], "", "")


def test_late_ones_are_counted_and_their_tasks_found(app):
    late = enter(app, recurrence="每月5日", start="1月1日", due="6月底")
    soon = enter(app, title="按时", recurrence="每月5日")
    enter(app, title="没有周期")
    due = {
        "occurrence_late": {late},
        "occurrence_week": {late, soon},
    }
    with app.reading() as session:
        for key, wanted in due.items():
            assert set(checklist.task_ids(session, checklist.TaskFilter(due=key), today=TODAY)) == wanted
