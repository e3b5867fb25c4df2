"""The work queue: each number is the number of rows behind its link, the worst first, nothing of nothing."""

from datetime import date
from itertools import pairwise

import pytest
from sqlalchemy import select

from db.acts import Act
from db.models import Task
from huajie_desktop.lights.kept_facts import facts_of
from huajie_desktop.lights.late import missing_months
from huajie_desktop.lights.rules import Rules
from huajie_desktop.records.lines import URGENCIES
from huajie_desktop.records.listing import Wanted, record_ids
from huajie_desktop.supervision import todo
from huajie_desktop.township.seating import come_in
from huajie_desktop.work import review
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
    declared = {part.key for matter in todo.MATTERS for part in matter.parts}
    assert numbers(app).keys() == declared, "the office has something of everything"
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
    assert all(one <= two for one, two in pairwise(places))
    assert len(lines) <= 12
    assert [lines[0].title, lines[0].parts[0].word] == ["完成时限", "已逾期"]
    assert all(part.number for line in lines for part in line.parts)


@pytest.mark.parametrize("today", [date(2021, 1, 5), date(2021, 3, 10), date(2021, 3, 29), date(2021, 12, 31), date(2022, 5, 1)])
def test_months_owed_are_those_lights_know_of(app, office, today):
    with app.reading() as session:
        owing = set(session.scalars(select(Task.id).where(todo.condition(session, "reports_owed"))))
        facts = facts_of(session, list(office.values()))
        asked = select(Task.id).where(Task.state == "approved", Task.finished_on.is_(None), Task.handling != "suspended")
        open_ids = set(session.scalars(asked))
    assert owing == {one for one in open_ids if any(month.year == 2021 for month in missing_months(facts[one], today, Rules()))}


@pytest.mark.usefixtures("office")
def test_what_is_one_s_own_is_said(app):
    with app.operation(Act.CHANGE, "试") as running:
        task = running.session.scalars(select(Task).where(Task.title == "逾期")).one()
        people = {one.person.name: one.person.uid for one in task.responsible}
    assert "倪成纲" in people
    own = {part.key: part.own for line in queue(come_in(app.data, "倪成纲")) for part in line.parts}
    assert (own["overdue"], own["due_7"], own["notices_open"]) == (1, 2, 0)
    other = come_in(app.data, "李四")
    assert all(not part.own for line in queue(other) for part in line.parts)
    assert "returned_own" not in numbers(other), "somebody else's returned task"
