"""The work queue: each number is the number of rows behind its link, the worst first, nothing of nothing."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db.acts import Act
from db.models import Task
from huajie_desktop.lights.kept_facts import editions, facts_of
from huajie_desktop.lights.late import missing_months
from huajie_desktop.lights.light import BEHIND, OVERDUE, light_of
from huajie_desktop.lights.rules import rules_on
from huajie_desktop.lights.workdays import official
from huajie_desktop.records.lines import URGENCIES, WHOSE
from huajie_desktop.records.listing import Wanted, record_ids
from huajie_desktop.settings import FOUR_EYES, keep_rule
from huajie_desktop.supervision import todo
from huajie_desktop.supervision.bulletin import bulletin_of
from huajie_desktop.supervision.course import missing_of
from huajie_desktop.supervision.matters import MATTERS
from huajie_desktop.township.seating import come_in
from huajie_desktop.work import review
from huajie_desktop.work.task_ledger import TASKS
from tests.lights.test_standing import REPORT, keep
from tests.office import enter
from tests.queue_office import TODAY, fill


@pytest.fixture
def today():
    return TODAY


@pytest.fixture
def office(app):
    """The tasks of an office with everything, by name."""
    return fill(app)


def queue(seat):
    with seat.reading() as session:
        return todo.queue(session, seat.today())


def numbers(seat):
    return {part.key: part.number for line in queue(seat) for part in line.parts if part.key != todo.WAITING}


def test_an_office_without_anything_has_no_line(app):
    assert queue(app) == ()


@pytest.mark.usefixtures("office")
def test_each_number_is_the_number_of_rows_behind_its_link(app):
    declared = {part.key for matter in MATTERS for part in matter.parts} | {"returned_own"}
    found = numbers(app)
    assert {key for key in found if not key.startswith("own:")} == declared, "the office has something of everything"
    assert "own:overdue" in numbers(come_in(app.data, "倪成纲"))
    with app.reading() as session:
        for line in todo.queue(session, TODAY):
            for part in line.parts:
                if part.key == todo.WAITING:
                    assert part.number == review.waiting(session, app.catalogue[part.ledger])
                elif part.ledger == todo.PAPERS:
                    assert part.number == len(todo.papers(session, part.key))
                else:
                    ledger = app.catalogue[part.ledger]
                    wanted = Wanted(conditions=(todo.condition(session, part.key),))
                    assert part.number == len(record_ids(session, ledger, wanted)), part


@pytest.mark.usefixtures("office")
def test_what_is_counted_is_what_the_office_means(app):
    found = numbers(app)
    said = {
        "overdue": 1, "due_7": 2, "due_15": 3, "due_30": 4,  # neither the stopped nor the finished one
        "notices_late": 1, "notices_open": 3, "notices_answered": 1, "notices_answered_late": 1,
        "findings_late": 1, "findings_open": 2, "findings_answered": 2, "findings_answered_late": 1,
        "receive_late": 1, "receive": 2, "milestones_due": 1, "milestones_near": 2,
        "extensions_late": 1, "extensions_asked": 2, "applied": 1, "returned": 1, "returned_own": 1,
        "pledges_late": 1, "pledges_waiting": 2,
    }  # fmt: skip
    assert {key: found[key] for key in said} == said


@pytest.mark.usefixtures("office")
def test_the_worst_stands_first_and_there_are_few_lines(app):
    lines = queue(app)
    places = [list(URGENCIES).index(line.urgency) for line in lines]
    whose = [list(WHOSE).index(line.whose) for line in lines]
    assert all(one <= two for one, two in pairwise(zip(whose, places, strict=True)))
    assert len(lines) <= 13
    assert [(line.whose, line.title) for line in lines[:4]] == [
        ("own", "退回修改"), ("review", "延期申请"), ("review", "审核"), ("review", "销号")
    ]  # fmt: skip
    office = next(line for line in lines if line.whose == "office")
    assert [office.title, office.parts[0].word] == ["完成时限", "已逾期"]
    assert all(part.number for line in lines for part in line.parts)


# what a task can have gone through up to today, day by day: each list of gaps leads to one of its lives
WAYS = (
    (), ("handed",), ("handed", "underway"), ("handed", "underway", "suspended"),
    ("handed", "underway", "suspended", "underway"), ("handed", "underway", "applied"),
    ("handed", "underway", "applied", "signed_off"), ("handed", "underway", "applied", "signed_off", "underway"),
    ("handed", "underway", "suspended", "underway", "applied", "signed_off", "underway", "suspended"),
)  # fmt: skip
NOW = date(2021, 6, 29)  # behind the day to report
BEFORE = st.integers(0, 500).map(lambda number: NOW - timedelta(days=number))
AROUND = st.integers(-40, 40).map(lambda number: NOW + timedelta(days=number)) | st.just(NOW - timedelta(days=1))


@st.composite
def lives(draw):
    """One task as services leave it: its way, where it stands, what was reported, until when it has time and had before."""
    way = draw(st.sampled_from(WAYS))
    days = sorted(draw(st.lists(st.integers(-150, 0), min_size=len(way), max_size=len(way))))
    steps = [{"on": NOW + timedelta(days=number), "handling": handling} for number, handling in zip(days, way, strict=True)]
    stands = way[-1] if way else "planned"
    ended = steps[-1]["on"] if stands == "signed_off" else draw(st.none() | st.none() | BEFORE) if stands == "underway" else None
    due, late = draw(st.none() | AROUND), draw(st.booleans())
    handed = steps[0]["on"] if steps else None
    return {
        "task": {
            "state": draw(st.sampled_from(("approved", "approved", "draft"))), "handling": stands, "handed_on": handed, "due": due,
            "finished_on": ended, "ongoing": draw(st.booleans()), "start": draw(st.none() | BEFORE),
        },
        "steps": steps,
        "extensions": [{"state": "granted", "decided_on": NOW, "before": due - timedelta(days=30)}] if due and late else [],
        "reports": draw(st.lists(REPORT.filter(is_made), max_size=5, unique_by=lambda one: one["month"])),
    }  # fmt: skip


def is_made(report):
    """Whether a report can be there by now: made up to today, about a month that came."""
    return int(report["month"]) <= NOW.month and (report["reported_on"] or NOW) <= NOW


@settings(max_examples=30)
@given(records=st.lists(lives(), min_size=5, max_size=40), report_day=st.sampled_from((5, 28, 29, 30)))
def test_its_numbers_are_what_single_tasks_say(app, records, report_day):
    """Overdue is the red light, and missing reports are those of `missing_months`, at the queue, its links and the bulletin."""
    rules = {"valid_from": date(2021, 1, 1), "soon_days": 7, "behind_points": 10, "silent_days": 31, "receive_days": 3,
             "report_day": report_day}  # fmt: skip
    with app.reading() as session:
        ids = keep(session, [{**one, "extensions": [{"wanted": NOW, **asked} for asked in one["extensions"]]} for one in records],
                   [rules])  # fmt: skip
        facts, held = facts_of(session, ids), rules_on(editions(session), NOW)
        settled = {one for one, record in zip(ids, records, strict=True) if record["task"]["state"] == "approved"}
        missing = {one: missing_months(facts[one], NOW, held) for one in ids}
        lights = {one: light_of(facts[one], NOW, held, official()).key for one in ids}
        said = {
            "overdue": {one for one in ids if lights[one] == OVERDUE},
            "behind": {one for one in ids if lights[one] == BEHIND},
            "reports_owed": {one for one in settled if missing[one]},
        }
        this_month = {one for one in settled if date(2021, 6, 1) in missing[one]}
        if report_day < NOW.day:
            said["report_now"] = this_month
        counted = {part.key: part.number for line in todo.queue(session, NOW) for part in line.parts}
        for key, wanted in said.items():
            assert set(session.scalars(select(Task.id).where(todo.condition_on(session, key, NOW)))) == wanted, key
            assert counted.get(key, 0) == len(wanted), key
        assert bulletin_of(session, NOW).whole.unreported == len(this_month)
        assert missing_of(session, TASKS, ids, NOW).keys() == {one for one in ids if missing[one]}
        session.rollback()


@pytest.mark.usefixtures("office")
def test_what_is_one_s_own_is_said(app):
    with app.operation(Act.CHANGE, "试") as running:
        task = running.session.scalars(select(Task).where(Task.title == "逾期")).one()
        people = {one.person.name: one.person.uid for one in task.responsible}
    assert "倪成纲" in people
    queued = queue(come_in(app.data, "倪成纲"))
    own = {part.key: part.number for line in queued if line.whose == "own" for part in line.parts}
    assert (own["own:overdue"], own["own:due_7"]) == (1, 2)
    assert queued[0].whose == "own"
    assert {part.key for line in queued if line.whose != "own" for part in line.parts} > {"overdue", "notices_open"}
    with come_in(app.data, "倪成纲").reading() as session:
        for key, number in own.items():
            assert len(record_ids(session, TASKS, Wanted(conditions=(todo.condition(session, key),)))) == number
    other = come_in(app.data, "李四")
    assert all(line.whose != "own" for line in queue(other)), "somebody else's returned task is none of hers"


def decisions(seat):
    """What there is to decide: how many, and how many more another must."""
    lines = [line for line in queue(seat) if line.whose == "review"]
    return {part.key: (part.number, part.others) for line in lines for part in line.parts}


def test_what_one_may_not_decide_is_not_counted_as_one_s_own_work(app):
    """Four eyes: what 张三 entered and applied for is for 李四 to decide, who enters and applies herself."""
    keep_rule(app, FOUR_EYES, "1")
    second = come_in(app.data, "李四")
    entered = [enter(seat, title=f"{place}", due="12月底") for place, seat in enumerate((app, app, second))]
    review.submit(app, entered)
    applied = {enter(app, title="甲"): app, enter(app, title="乙"): second}
    with app.operation(Act.CHANGE, "试") as running:
        for task_id, seat in applied.items():
            task = running.session.get_one(Task, task_id)
            task.state, task.handling, task.applied_by = "approved", "applied", seat.author.uid
    assert decisions(app) == {todo.WAITING: (1, 2), "applied": (1, 1)}
    assert decisions(second) == {todo.WAITING: (2, 1), "applied": (1, 1)}
    with app.reading() as session:
        assert set(review.of_others(session, TASKS)) == set(entered[:2])
        assert todo.queue(session, TODAY)[0].whose == "review"
        listed = record_ids(session, TASKS, Wanted(conditions=(todo.condition(session, "applied"),)))
        assert [applied[one] for one in listed] == [second]
    keep_rule(app, FOUR_EYES, "0")
    assert decisions(app) == {todo.WAITING: (3, 0), "applied": (1, 1)}
