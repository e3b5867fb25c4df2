"""The office changes its rules for lights: from a day on, with history and undo, and the days before keep theirs."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from db.acts import Act
from db.base import table_of
from db.clock import utc_now
from db.models import Operation, Task
from huajie_desktop.errors import FieldErrors
from huajie_desktop.journal.history import undo
from huajie_desktop.lights.keeping_rules import DAY, keep_edition
from huajie_desktop.lights.kept_facts import clock_doubt, editions, lights_of
from huajie_desktop.lights.rules import Rules
from huajie_desktop.work.review import approve, move, submit
from huajie_desktop.work.task_ledger import TASKS
from tests.office import enter, recent

USUAL = {"soon_days": 7, "behind_points": 10, "silent_days": 31, "receive_days": 3, "report_day": 28}


def kept(app):
    with app.reading() as session:
        return [(one.valid_from, one.rules) for one in editions(session)]


def light(app, task_id, on):
    with app.reading() as session:
        return lights_of(session, [task_id], on)[task_id].key


def test_an_edition_holds_from_its_day_on_and_is_taken_back_like_anything(app):
    task_id = enter(app, start="2021-03-05", due="2021-03-12")
    changes = keep_edition(app, date(2021, 3, 2), {**USUAL, "soon_days": 20})
    assert kept(app) == [(date(2021, 3, 2), Rules(soon_days=20))]
    assert [light(app, task_id, on) for on in (date(2021, 3, 1), date(2021, 3, 2))] == ["waiting", "soon"]
    keep_edition(app, date(2021, 3, 2), {**USUAL, "soon_days": 5})  # of that very day: corrected
    later = keep_edition(app, date(2021, 4, 1), USUAL)
    assert [rules.soon_days for _day, rules in kept(app)] == [5, 7]
    with app.reading() as session:
        assert recent(session)[0].label == "亮灯规则自2021年4月1日起"
    undo(app, [later.operation_id])
    undo(app, [changes.operation_id], with_later=True)
    assert kept(app) == []


def test_days_that_passed_keep_their_rules(app):
    with pytest.raises(FieldErrors) as caught:
        keep_edition(app, date(2021, 2, 28), USUAL)
    assert caught.value.messages == {DAY: "起用日期不能早于今天（2021年3月1日），过去的亮灯不改。"}
    keep_edition(app, date(2021, 4, 1), USUAL)
    with pytest.raises(FieldErrors) as caught:
        keep_edition(app, date(2021, 3, 15), {**USUAL, "report_day": 32})
    assert caught.value.messages == {
        DAY: "已经有一版自2021年4月1日起用的规则，起用日期不能比它早。",
        "report_day": "“每月进展最晚几日报送”要在1到31日之间",
    }
    assert len(kept(app)) == 1


@pytest.mark.parametrize("today", [date(2021, 9, 29)])
def test_the_day_to_receive_by_goes_by_the_rules_and_the_calendar(app):
    """Handed out before 国庆: the holiday does not count, the Saturday worked for it does."""
    first, second = enter(app), enter(app, title="公厕改造")
    for task_id in (first, second):
        submit(app, [task_id])
        approve(app, [task_id])
    move(app, TASKS, Act.HAND, [first])
    keep_edition(app, date(2021, 9, 29), {**USUAL, "receive_days": 1})
    move(app, TASKS, Act.HAND, [second])
    with app.reading() as session:
        assert session.get_one(Task, first).receive_by == date(2021, 10, 9)
        assert session.get_one(Task, second).receive_by == date(2021, 9, 30)


def test_a_clock_that_stands_before_the_last_entry_is_told(app):
    with app.reading() as session:
        assert clock_doubt(session) == ""
        ahead = {"at": utc_now() + timedelta(days=3), "actor": "张三", "act": "change", "label": "修改"}
        session.connection().execute(insert(table_of(Operation)), [ahead])
        assert clock_doubt(session).startswith("电脑上的日期是")
        session.rollback()
