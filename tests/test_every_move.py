"""Every act in every state of every life there is: made where the table says so, refused in a sentence everywhere else."""

import pytest
from sqlalchemy import inspect

from db.acts import Act
from huajie_desktop.errors import Problem
from huajie_desktop.records import entry
from huajie_desktop.work.review import impossible, move, ways
from tests.office import CATALOGUE, TEXTS, enter

ABOUT = {"unit": TEXTS["unit"], "title": TEXTS["title"]}
SAID = {
    "extensions": ABOUT | {"asked_on": "2021-08-01", "wanted": "2021-10-31", "reason": "雨"},
    "notices": ABOUT | {"level": "提醒", "issued_on": "2021-03-01", "term": "2021-03-10"},
    "findings": ABOUT | {"found_on": "2021-03-01"},
}
LEADING = ["tasks", *SAID]  # whose lives are not the review alone


def test_all_lives_but_the_review_are_walked_here():
    further = {key for key, ledger in CATALOGUE.items() if {act for life in ledger.lives for act in life.acts} - REVIEWED}
    assert further == set(LEADING)


REVIEWED = {Act.SUBMIT, Act.WITHDRAW, Act.APPROVE, Act.RETURN, Act.UNLOCK}


@pytest.mark.parametrize("key", LEADING)
def test_what_is_not_in_the_table_is_refused_in_a_sentence(app, key):
    ledger, task = CATALOGUE[key], enter(app)
    record = task if key == "tasks" else entry.save(app, ledger, None, SAID[key]).record_id
    refused = 0
    for life in ledger.lives:
        for state, word in life.words.items():
            stand(app, ledger, record, {life.column: state})
            with app.reading() as session:
                offered = {way.made.verb: way for way in ways(session, ledger, record)}
                never = impossible(session, ledger, [record])
            for act in life.acts:
                starts = any(state in made.start for made in life.of(act))
                assert (act in never) is not starts
                assert offered[act].near is starts or not offered[act].against
                refused += tried(app, ledger, life, record, act, word if not starts else "", offered[act])
                stand(app, ledger, record, {life.column: state})
    assert refused


def tried(app, ledger, life, record, act, word, way):
    """Makes the move, or looks at how it is refused; 1 where it was."""
    problem = None
    try:
        move(app, ledger, act, [record], "原因" if way.made.asks else "")
    except Problem as caught:
        problem = caught
    if problem is not None:
        assert way.against, f"offered, and refused: {problem}"
        assert str(problem).endswith(way.against)
        assert (f"现在是“{word}”" in str(problem)) is bool(word)
        return 1
    assert not word, f"{act} was made where it does not start"
    assert not way.against, "made, though it was said that it could not be"
    with app.reading() as session:
        assert getattr(session.get_one(ledger.model, record), life.column) == way.made.end
    return 0


def stand(app, ledger, record, states):
    """Puts a record into those states, whatever it was before; nothing else of it stays from a move."""
    columns = set().union(*(life.columns for life in ledger.lives)) & set(inspect(ledger.model).columns.keys())
    needed = {column.name for column in inspect(ledger.model).columns if not column.nullable}
    gone = dict.fromkeys(columns - needed - {life.column for life in ledger.lives})
    with app.operation(Act.CHANGE, "放到一个状态") as running:
        running.update(ledger.model, {record: {**gone, **states}})
