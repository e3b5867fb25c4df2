"""The light of every task in one statement is the light of each by itself, on any day, whatever is kept."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from db.base import table_of
from db.extensions import Extension
from db.ledgers.progress import Progress
from db.models import LightRules, Milestone, Step, Task, Unit
from db.uids import new_uid
from huajie_desktop.lights.kept_facts import lights_of
from huajie_desktop.lights.light import LOOKS
from huajie_desktop.lights.standing import has_light, light_column, light_counts, standing

TODAY = date(2021, 7, 1)
ANY = st.integers(-190, 400).map(lambda number: TODAY + timedelta(days=number))
SAME = st.integers(-2, 2).map(lambda number: TODAY + timedelta(days=number))  # often of the very day
NEAR = SAME | SAME | st.integers(-40, 40).map(lambda number: TODAY + timedelta(days=number)) | ANY
SOME = st.none() | NEAR
HANDLINGS = ("planned", "handed", "underway", "applied", "signed_off", "suspended")
STAGES = (None, "waiting", "underway", "nearly", "done", "stuck")
REPORT = st.fixed_dictionaries(
    {
        "month": st.integers(1, 12).map("{:02}".format),
        "reported_on": SOME,
        "percent": st.none() | st.integers(0, 100),
        "stage": st.sampled_from(STAGES),
    }
)
KEPT = st.fixed_dictionaries(
    {
        "task": st.fixed_dictionaries(
            {"start": SOME, "due": SOME, "ongoing": st.sampled_from((False, False, True)), "finished_on": st.none() | SOME,
             "handed_on": SOME}
        ),
        "milestones": st.lists(st.fixed_dictionaries({"due": SOME, "reached_on": SOME}), max_size=3),
        "reports": st.lists(REPORT, max_size=4, unique_by=lambda one: one["month"]),
        "steps": st.lists(st.fixed_dictionaries({"on": NEAR, "handling": st.sampled_from(HANDLINGS)}), max_size=4),
        "extensions": st.lists(
            st.fixed_dictionaries(
                {"state": st.sampled_from(("granted", "granted", "refused")), "before": SOME, "decided_on": SOME, "wanted": ANY}
            ),
            max_size=3,
        ),
    }
)  # fmt: skip
RULES = st.fixed_dictionaries(
    {"valid_from": NEAR, "soon_days": st.integers(0, 90), "behind_points": st.integers(1, 100), "silent_days": st.integers(1, 366),
     "receive_days": st.just(3), "report_day": st.just(28)}
)  # fmt: skip


def keep(session, records, rules=()):
    """Keeps them as rows of this session alone; returns the ids of the tasks."""
    unit_id = session.scalar(select(Unit.id).where(Unit.name == "倪宅村"))
    campaign = {"campaign_id": session.seat.campaign_id, "state": "approved", "search": ""}
    entry = {**campaign, "unit_id": unit_id, "title": "路灯"}

    def put(model, rows):
        table = table_of(model)
        shared = {"uid": new_uid, "version": lambda: 0}
        made = [{**{key: value() for key, value in shared.items()}, **row} for row in rows]
        if made:
            session.connection().execute(insert(table), made)

    put(LightRules, [{**edition, "township_id": session.seat.township_id} for edition in rules])
    put(Task, [{**entry, "key_project": False, **record["task"]} for record in records])
    ids = list(session.scalars(select(Task.id).order_by(Task.id)))[-len(records) :]
    of = {"milestones": [], "reports": [], "steps": [], "extensions": []}
    for task_id, record in zip(ids, records, strict=True):
        for name, rows in of.items():
            rows += [{**row, "task_id": task_id} for row in record.get(name, ())]
    put(Milestone, [{"text": "招标", "position": 0, **row} for row in of["milestones"]])
    put(Progress, [{**entry, **row} for row in of["reports"]])
    put(Step, of["steps"])
    put(Extension, [{**entry, "asked_on": TODAY, "reason": "雨", **row} for row in of["extensions"]])
    return ids


def agree(app, records, days, rules=()):
    with app.reading() as session:
        ids = keep(session, records, rules)
        for on in days:
            each = {task_id: light.key for task_id, light in lights_of(session, ids, on).items()}
            stands = standing(session, on)
            assert {task_id: light for task_id, light in session.execute(select(stands.c.id, stands.c.light))} == each
            listed = select(Task.id, light_column(session, on)).where(Task.id.in_(ids))
            assert {task_id: light for task_id, light in session.execute(listed)} == each
        session.rollback()


@settings(max_examples=30)
@given(
    records=st.lists(KEPT, min_size=1, max_size=25),
    days=st.lists(NEAR, min_size=1, max_size=3),
    rules=st.lists(RULES, max_size=2, unique_by=lambda one: one["valid_from"]),
)
def test_both_say_the_same_on_any_day(app, records, days, rules):
    agree(app, records, [TODAY, *days], rules)


NEXT = [timedelta(days=number) for number in range(-50, 51)]


def test_both_say_the_same_at_every_border(app):
    plain = {"start": date(2021, 1, 1), "due": date(2021, 12, 31), "ongoing": False, "finished_on": None, "handed_on": None}
    said = {"month": "07", "reported_on": TODAY, "percent": 99, "stage": None}
    near = [{"task": {**plain, name: TODAY + far}, "reports": [said]} for name in ("due", "start", "finished_on") for far in NEXT]
    agree(
        app,
        near
        + [{"task": plain, "reports": [{**said, "percent": percent}]} for percent in range(101)]
        + [{"task": {**plain, "due": None}, "reports": [{**said, "reported_on": TODAY + far}]} for far in NEXT]
        + [{"task": {**plain, "ongoing": True, name: TODAY + far}} for name in ("start", "handed_on") for far in NEXT],
        [TODAY],
    )


def test_one_count_for_all_who_count(app):
    """By unit or by nothing, the counts are those of the rows they lead to."""
    late = {"task": {"start": date(2021, 1, 4), "due": date(2021, 6, 30), "ongoing": False, "finished_on": None}}
    with app.reading() as session:
        keep(session, [late, late, {"task": {**late["task"], "finished_on": TODAY}}])
        assert light_counts(session, TODAY) == {(): {**dict.fromkeys(LOOKS, 0), "overdue": 2, "done": 1}}
        [(unit_id, counts)] = light_counts(session, TODAY, Task.unit_id).items()
        assert (session.get_one(Unit, unit_id).name, counts["overdue"]) == ("倪宅村", 2)
        assert light_counts(session, TODAY, Task.unit_id, Task.force_id, where=[Task.finished_on.is_not(None)]) == {
            (unit_id, None): {**dict.fromkeys(LOOKS, 0), "done": 1}
        }
        assert len(session.scalars(select(Task.id).where(has_light(session, TODAY, "overdue", "behind"))).all()) == 2
        assert len(session.scalars(select(Task.id).where(has_light(session, date(2021, 6, 30), "done"))).all()) == 0
        asked_twice = (has_light(session, TODAY, "overdue", "done"), ~has_light(session, TODAY, "done"))
        ordered = select(Task.id).where(*asked_twice).order_by(light_column(session, TODAY))
        assert len(session.scalars(ordered).all()) == 2, "one list may be filtered and put into order by lights"
        session.rollback()
