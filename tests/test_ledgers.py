"""The contract of every ledger and register: what one declaration must give list, form, figures and undo."""

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, select

from db.base import content_columns
from db.fields import Field, Kind
from db.models import ListKind
from huajie_desktop import office
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.journal import history
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.ordering import name_key, text_key
from huajie_desktop.records import doubts, entry, listing
from huajie_desktop.records.listing import Wanted
from huajie_desktop.shipped_catalogue import LOOP
from huajie_desktop.supervision.extensions import EXTENSIONS
from huajie_desktop.supervision.inspections import INSPECTIONS
from huajie_desktop.township.registers import PEOPLE, UNITS
from huajie_desktop.values.shown import full
from huajie_desktop.work.review import approve, submit
from huajie_desktop.work.task_ledger import TASKS
from tests import tasks
from tests.office import contents

ROOT = Path(__file__).parents[1]
FREE = [ledger for ledger in LOOP if ledger is not EXTENSIONS]  # an extension needs its task: tests/test_closed_loop.py
ALL = [TASKS, UNITS, PEOPLE, *FREE, *LEDGERS.values()]
DISPUTES = LEDGERS["disputes"]
_WORDS = st.text("倪宅村民甲乙丙丁因排水起争执ab12", min_size=1, max_size=12)
_NAMES = st.text("伟芳娜敏静强磊洋艳勇", min_size=1, max_size=2).map(lambda given: f"张{given}")
_LEADERS = st.sampled_from(
    ("陈忠民", "周方敏")
)  # nobody of these answers for anything elsewhere, where it would be asked which one
_LOOSE = {  # kinds whose texts are put into a usual form when they are kept
    Kind.MILESTONES: ("6月底 完成招标", "6月底 完成招标\n9月底 竣工"),
    Kind.QUANTITIES: ("路灯12盏", "路灯12盏、绿道1.5公里"),
    Kind.FUNDING: ("镇财政 10万元",),
    Kind.REACHED: ("完成招标 完成：6月25日",),
    Kind.BROUGHT: ("路灯9盏",),
    Kind.RECURRENCE: ("每周一", "每月5日"),
}


def named(ledger: Ledger):
    return ledger.key


def save(app, ledger, record_id, texts):
    return tasks.save_task(app, record_id, texts) if ledger is TASKS else entry.save(app, ledger, record_id, texts)


def texts_of(app, ledger, record_id):
    with app.reading() as session:
        return tasks.form_texts(session, record_id) if ledger is TASKS else entry.texts_of(session, ledger, record_id)


@pytest.fixture
def texts(app):
    """Makes strategies of filled-in forms; all days of a form are one day, so that no rule across fields speaks up."""
    with app.reading() as session:
        units = [unit.name for unit in office.units(session) if unit.kind == "village"]
        categories = [category.name for category in office.categories(session)]
        kinds = list(session.scalars(select(ListKind.name)))
    serial = count()

    def text(declared: Field):
        match declared.kind:
            case Kind.TEXT | Kind.PHONE:
                return _WORDS.map(lambda word: word[: declared.max_length])
            case Kind.LONG_TEXT:
                return st.lists(_WORDS, min_size=1, max_size=3).map("\n".join)
            case Kind.MONEY:
                return st.integers(0, 10**11).map(lambda cents: full(declared, Decimal(cents) / 100))
            case Kind.NUMBER:
                return st.integers(1, 100 if declared.unit == "%" else 999).map(str)
            case Kind.FLAG:
                return st.sampled_from(("是", "否"))
            case Kind.CHOICE:
                return st.sampled_from(list(declared.choices.values()))
            case Kind.UNIT | Kind.CATEGORY | Kind.LIST_KIND | Kind.FORCE:
                known = {Kind.UNIT: units[::2], Kind.CATEGORY: categories[::2], Kind.LIST_KIND: kinds}
                return st.sampled_from(known.get(declared.kind) or [""])
            case Kind.PERSON:
                return _LEADERS
            case Kind.PEOPLE | Kind.UNITS | Kind.CATEGORIES:
                further = {Kind.UNITS: units[1::2], Kind.CATEGORIES: categories[1::2]}  # never the one that comes first
                one = _NAMES if declared.kind is Kind.PEOPLE else st.sampled_from(further[declared.kind])
                return st.lists(one, min_size=1, max_size=3, unique=True).map("、".join)
            case _:
                return st.sampled_from(_LOOSE[declared.kind])

    @st.composite
    def forms(draw, ledger):
        day = draw(st.dates(date(2021, 1, 1), date(2021, 12, 31))).isoformat()
        filled = {}
        for key, declared in ledger.form_fields.items():
            if declared.required or draw(st.booleans()):
                filled[key] = day if declared.kind in (Kind.DAY, Kind.DEADLINE) else draw(text(declared))
        if ledger is INSPECTIONS:
            filled["visited_on"] = day  # a result needs its day
        if ledger in (UNITS, PEOPLE):
            filled["name"] += str(next(serial))  # no two of one name
        if ledger is UNITS:
            filled["kind"] = "科室"  # what a group or a hamlet hangs on is the organisation page's matter
            filled.pop("parent", None)
        if of := ledger.sheets.each_of:  # its records are reports of what must be there
            filled["title"] += str(next(serial))
            entry.save(app, app.catalogue[of], None, {key: filled[key] for key in ("title", "unit")})
        return filled

    return forms


def few(**more):
    """Few examples: each writes to a real database."""
    return settings(**{"max_examples": 15, **more})


@pytest.mark.parametrize("ledger", ALL, ids=named)
def test_a_form_reads_back_what_was_typed_and_saving_again_changes_nothing(app, texts, ledger):
    @few()
    @given(st.data())
    def check(data):
        typed = data.draw(texts(ledger))
        record_id = save(app, ledger, None, typed).record_id
        kept = texts_of(app, ledger, record_id)
        for key, text in typed.items():
            if ledger.fields[key].kind not in _LOOSE and text:
                assert kept[key] == text, key
        again = save(app, ledger, record_id, kept)
        assert texts_of(app, ledger, record_id) == kept
        assert not again.changes, "an unchanged form is no change"

    check()


@pytest.mark.parametrize("ledger", ALL, ids=named)
def test_a_form_can_be_emptied_again_but_for_what_is_required(app, texts, ledger):
    @few(max_examples=5)
    @given(st.data())
    def check(data):
        typed = data.draw(texts(ledger))
        record_id = save(app, ledger, None, typed).record_id
        bare = {key: text for key, text in typed.items() if ledger.fields[key].required}
        save(app, ledger, record_id, {**dict.fromkeys(typed, ""), **bare})
        kept = texts_of(app, ledger, record_id)
        usual = {"list_kind"} if ledger is TASKS else {"parent"} if ledger is UNITS else set()
        assert {key for key, text in kept.items() if text not in ("", "否")} <= bare.keys() | usual

    check()


@pytest.mark.parametrize("ledger", ALL, ids=named)
def test_required_fields_are_asked_for_by_their_label(app, ledger):
    with pytest.raises(FieldErrors) as caught:
        save(app, ledger, None, {})
    required = {key for key, declared in ledger.form_fields.items() if declared.required}
    assert caught.value.messages.keys() == required
    assert all(ledger.fields[key].label in message for key, message in caught.value.messages.items())


@pytest.mark.parametrize("ledger", ALL, ids=named)
def test_saving_and_deleting_can_be_taken_back(app, texts, ledger):
    @few(max_examples=5)
    @given(st.data())
    def check(data):
        typed = data.draw(texts(ledger))
        before = contents(app)
        first = save(app, ledger, None, typed)
        made = contents(app), kept_in(app, ledger)
        history.undo(app, [first.changes.operation_id])
        assert contents(app) == before
        record_id = save(app, ledger, None, data.draw(texts(ledger))).record_id
        made = contents(app), kept_in(app, ledger)
        gone = entry.delete(app, [record_id], ledger)
        assert record_id not in kept_in(app, ledger)
        history.undo(app, [gone.operation_id])
        assert (contents(app), kept_in(app, ledger)) == made

    check()


def kept_in(app, ledger) -> dict[int, tuple]:
    """Every row of the ledger's table by id."""
    columns = content_columns(inspect(ledger.model).local_table)
    with app.reading() as session:
        return {row.id: tuple(row) for row in session.execute(select(*columns))}


def order_of(declared):
    """What a field's values are sorted by: choices as they are declared, texts as people look for them, all else as it is."""
    if declared.kind is Kind.CHOICE:
        return list(declared.choices).index
    return (name_key if declared.person_name else text_key) if declared.kind in (Kind.TEXT, Kind.LONG_TEXT) else None


@pytest.mark.parametrize("ledger", ALL, ids=named)
def test_every_column_sorts_both_ways_and_every_filter_finds_its_own(app, texts, ledger):
    @few(max_examples=1)
    @given(st.lists(texts(ledger), min_size=8, max_size=8))
    def fill(forms):
        for form in forms:
            save(app, ledger, None, form)

    fill()
    model = ledger.model
    with app.reading() as session:
        everything = set(listing.record_ids(session, ledger, Wanted()))
        assert len(everything) >= 8
        for column in listing.columns_of(ledger):
            if not column.sortable:
                continue
            name = ledger.fields[column.key].name
            upward = list(listing.record_ids(session, ledger, Wanted(), column.key))
            downward = list(listing.record_ids(session, ledger, Wanted(), column.key, True))
            assert set(upward) == set(downward) == everything
            if ledger.fields[column.key].kind in listing.TARGETS or column.key in ledger.parts:
                continue
            values = [getattr(session.get(model, record_id), name) for record_id in upward]
            filled = [value for value in values if value is not None]
            key = order_of(ledger.fields[column.key])
            assert filled == sorted(filled, key=key), column.key
            assert values[len(filled) :] == [None] * (len(values) - len(filled)), "the empty ones stand last"
            assert [getattr(session.get(model, record_id), name) for record_id in downward][: len(filled)] == sorted(
                filled, key=key, reverse=True
            )
        for key in ledger.shown.filters:
            name = ledger.fields[key].name
            for value in {getattr(session.get(model, record_id), name) for record_id in everything} - {None}:
                found = set(listing.record_ids(session, ledger, Wanted(values={key: value})))
                if ledger is not TASKS:  # a task counts in further categories and units, too
                    assert found == {one for one in everything if getattr(session.get(model, one), name) == value}
                assert found


@pytest.mark.parametrize("ledger", ALL, ids=named)
def test_lists_show_every_column_and_mask_what_is_private(app, texts, ledger):
    @few(max_examples=3)
    @given(st.data())
    def check(data):
        typed = data.draw(texts(ledger))
        record_id = save(app, ledger, None, typed).record_id
        keys = [key for key, declared in ledger.fields.items() if declared.kind not in _LOOSE]
        with app.reading() as session:
            (line,) = listing.record_lines(session, ledger, [record_id], keys)
            (open_line,) = listing.record_lines(session, ledger, [record_id], keys, open_names=True)
        for key, text in typed.items():
            declared = ledger.fields[key]
            if declared.private and len(text) > 1:
                assert line.cells[key] != text
                assert open_line.cells[key] == text
            elif not declared.private and declared.kind in (
                Kind.TEXT,
                Kind.CHOICE,
                Kind.UNIT,
                Kind.PERSON,
                Kind.MONEY,
                Kind.NUMBER,
            ):
                assert line.cells[key] == text

    check()


@pytest.mark.parametrize("ledger", LEDGERS.values(), ids=named)
def test_a_ledgers_record_goes_through_review_like_a_task(app, texts, ledger):
    @few(max_examples=1)
    @given(texts(ledger))
    def check(typed):
        record_id = save(app, ledger, None, typed).record_id
        with suppress(Problem):  # where there is no doubt
            doubts.settle(app, [record_id], ledger)  # as of a telephone of one digit
        submit(app, [record_id], ledger)
        approve(app, [record_id], ledger)
        with pytest.raises(Problem, match=f"已确认，不能直接修改{ledger.fields[ledger.name].label}"):
            save(app, ledger, record_id, {**typed, ledger.name: "改了名称"})
        with pytest.raises(Problem, match="已确认"):
            entry.delete(app, [record_id], ledger)
        with app.reading() as session:
            counts = listing.state_counts(session, ledger, Wanted())
        assert counts["approved"] == 1

    check()


def test_disputes_keep_their_days_in_order_and_are_found_by_their_parties(app):
    typed = {
        "accepted_on": "2021-03-05", "kind": "邻里", "village": "倪宅村", "level": "一般", "summary": "排水沟改道起争执",
        "party_a": "赵大伟", "party_b": "钱小芳", "people": "0", "amount": "12万元", "closed_on": "2021-03-01",
    }  # fmt: skip
    with pytest.raises(FieldErrors) as caught:
        save(app, DISPUTES, None, typed)
    assert caught.value.messages == {
        "closed_on": "结案日期不能早于受理日期（2021-03-05）", "people": "涉及人数应是 1 以上的整数",
    }  # fmt: skip
    saved = save(app, DISPUTES, None, {**typed, "people": "3人", "closed_on": "2021.3.9"})
    kept = texts_of(app, DISPUTES, saved.record_id)
    assert (kept["amount"], kept["people"], kept["closed_on"]) == ("120000", "3", "2021-03-09")
    with app.reading() as session:
        for words in ("赵大伟", "psg", "zdw", "nz", "钱小 排水"):
            assert list(listing.record_ids(session, DISPUTES, Wanted(words))) == [saved.record_id], words
        assert not listing.record_ids(session, DISPUTES, Wanted("孙某"))


def test_no_line_elsewhere_knows_of_a_ledger():
    """A ledger is one model, one declaration and one migration; only the demo may fill it."""
    own = {"db/ledgers", "huajie_desktop/ledgers", "db/migrations/versions", "huajie_desktop/demo"}
    for part in ("db", "huajie_desktop", "ui"):
        for file in (ROOT / part).rglob("*.py"):
            if file.relative_to(ROOT).parent.as_posix() not in own:
                assert not re.search("dispute", file.read_text("utf-8"), re.IGNORECASE), file
