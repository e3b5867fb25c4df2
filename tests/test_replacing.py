"""Words replaced in the texts of many records: what is found, what is changed, what is left."""

import pytest
from sqlalchemy import select

from db.models import Unit
from huajie_desktop.errors import Cancelled
from huajie_desktop.journal import history
from huajie_desktop.records import replacing, sums
from huajie_desktop.records.listing import Wanted
from huajie_desktop.records.retyping import copy_across, retype
from huajie_desktop.records.sums import sums_but, sums_of
from huajie_desktop.township.registers import UNITS
from huajie_desktop.work import review
from huajie_desktop.work.task_ledger import TASKS
from tests.office import contents, enter
from tests.tasks import form_texts, save_task

KEYS = replacing.text_keys(TASKS)


@pytest.fixture
def ids(app):
    made = [
        enter(app, title="倪斋村路灯", content="倪斋村口12盏"),
        enter(app, title="绿化", content="树（100）棵.*"),
        enter(app, title="倪斋", remarks="倪斋村"),
    ]
    review.submit(app, made[2:])
    review.approve(app, made[2:])
    return made


def texts(app, task_id):
    with app.reading() as session:
        return form_texts(session, task_id)


@pytest.mark.parametrize(
    ("text", "sought", "by", "exact", "made"),
    [
        ("树（100）棵", "(100)", "[5]", False, "树[5]棵"),
        ("树（100）棵", "(100)", "[5]", True, "树（100）棵"),
        ("ＬＥＤ灯LED", "LED", "led", False, "led灯led"),
        ("a.*b", ".*", "", False, "ab"),
        ("aaa", "aa", "a", False, "aa"),
        ("全　角", " ", "", False, "全角"),
        ("甲乙", "", "x", False, "甲乙"),
    ],
)
def test_words_are_taken_as_they_are(text, sought, by, exact, made):
    assert replacing.replaced(text, sought, by, exact=exact) == made


@pytest.mark.parametrize("exact", [True, False])
def test_what_is_too_long_for_the_database_is_looked_for_all_the_same(app, ids, exact):
    long = "倪宅村村口路灯" * 4000
    save_task(app, ids[1], {"content": f"前{long}后"})
    assert [place.after for place in replacing.places_of(app, ids, TASKS, KEYS, long, "灯", exact=exact)] == ["前灯后"]
    assert replacing.places_of(app, ids, TASKS, KEYS, f"{long}。", "灯", exact=exact) == []


def test_chosen_places_are_one_step_and_locked_ones_say_so(app, ids):
    before = contents(app)
    found = replacing.places_of(app, ids, TASKS, KEYS, "倪斋", "倪宅", exact=True)
    assert [(place.name, place.label, bool(place.reason)) for place in found] == [
        ("倪斋村路灯", "任务名称", False), ("倪斋村路灯", found[1].label, False), ("倪斋", "任务名称", True), ("倪斋", "备注", True),
    ]  # fmt: skip
    assert "已确认" in found[2].reason
    done = replacing.replace_at(app, found[:2], TASKS, "替换")
    assert (done.done, done.left) == (1, [])
    assert texts(app, ids[0])["title"] == "倪宅村路灯"
    assert texts(app, ids[0])["content"] == "倪宅村口12盏"
    with app.reading() as session:
        assert session.get(TASKS.model, ids[0]).search.startswith("倪宅村路灯"), "it is found by its new name"
    history.undo(app, [done.operation_id])
    assert contents(app) == before


def test_what_was_changed_since_is_left(app, ids):
    found = replacing.places_of(app, ids[:1], TASKS, ["title"], "倪斋", "倪宅", exact=False)
    save_task(app, ids[0], {"title": "倪斋村太阳能路灯"})
    done = replacing.replace_at(app, found, TASKS, "替换")
    assert done.done == 0
    assert [left.words for left in done.left] == ["倪宅村的任务“倪斋村太阳能路灯”刚才被改过"]


def test_each_text_its_own_and_one_faulty_row_never_stops_the_others(app, ids):
    done = retype(
        app, {ids[0]: {"due": "9月底"}, ids[1]: {"due": "改天"}, ids[2]: {"due": "9月底"}, 9999: {"due": "9月底"}}, TASKS, "改"
    )
    assert done.done == 1
    assert [left.id for left in done.left] == [ids[1], ids[2], 9999]
    assert done.left[2].words == "一条任务已经不在了", "what nobody finds any more is named, too"
    assert all(left.why for left in done.left)
    assert texts(app, ids[0])["due"] == "9月底"
    assert texts(app, ids[1])["due"] == "8月底前"
    same = retype(app, {at: {"due": f" {texts(app, at)['due']} "} for at in ids}, TASKS, "改")
    assert (same.done, same.left) == (0, []), "what says so already is no change, and no lock is in its way"
    retype(app, {ids[0]: {"recurrence": "每月5日前"}}, TASKS, "改")
    with app.reading() as session:
        assert {item.due.day for item in session.get_one(TASKS.model, ids[0]).occurrences} == {5}


def test_what_does_not_go_with_the_other_records_is_left_like_any_fault(app):
    with app.reading() as session:
        first, second, third = session.scalars(select(Unit).where(Unit.kind == "village").order_by(Unit.id).limit(3))
    done = retype(app, {second.id: {"name": first.name}, third.id: {"name": "新塘村"}}, UNITS, "改")
    assert (done.done, [left.id for left in done.left]) == (1, [second.id])
    assert first.name in done.left[0].why
    with app.reading() as session:
        assert [session.get_one(Unit, unit.id).name for unit in (second, third)] == [second.name, "新塘村"]


@pytest.mark.parametrize("said", ["读取", "写入"])
def test_stopped_half_way_nothing_is_kept(app, ids, said):
    class Stopped:
        def step(self, done, total, text):
            if text.startswith(said) and done:
                raise Cancelled

    many = [*ids[:2], *(enter(app, title=f"路灯{number}") for number in range(30))]
    before = contents(app)
    with pytest.raises(Cancelled):
        copy_across(app, many, TASKS, "title", "content", "批量修改", Stopped())
    assert contents(app) == before
    assert copy_across(app, many, TASKS, "title", "content", "批量修改").done == len(many)


@pytest.mark.parametrize("at_once", [2, 20_000])
def test_all_but_a_few_come_to_what_the_few_leave(app, monkeypatch, at_once):
    monkeypatch.setattr(sums, "_AT_ONCE", at_once)
    made = [
        enter(app, title=f"路灯{place}", investment=amount) for place, amount in enumerate(["0.1", "0.2", "", "100", "12.3456"])
    ]
    with app.reading() as session:
        whole = Wanted()
        for chosen in (made[:4], made[1:], made):
            rest = [task_id for task_id in made if task_id not in chosen]
            assert sums_but(session, TASKS, ["investment"], whole, rest) == sums_of(session, TASKS, ["investment"], chosen)
        assert str(sums_of(session, TASKS, ["investment"], made)[0].words) == "计划投资合计 112.6456 万元"
        assert sums_of(session, TASKS, ["investment"], made[2:3])[0].words == "计划投资合计 0 万元"
