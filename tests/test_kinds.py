"""What the kind of a field decides, whatever it is called: masks, doubts, and which unknown units become offices."""

import pytest
from sqlalchemy import func, select

from db.fields import Field, Kind
from db.models import Unit
from huajie_desktop.errors import FieldErrors
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.reading.by_kind import read_cell
from huajie_desktop.reading.known import known_office
from huajie_desktop.records import entry
from huajie_desktop.values.shown import looks_masked, masked

DISPUTES = LEDGERS["disputes"]
DISPUTE = {"accepted_on": "2021-03-05", "kind": "邻里", "village": "倪宅村", "summary": "排水沟", "level": "一般"}


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        (Kind.PHONE, "13800001234", "138****1234"),
        (Kind.ID_NUMBER, "330784199001011234", "330****1234"),
        (Kind.PHONE, "110", "****"),
        (Kind.TEXT, "张三丰", "张某某"),
        (Kind.TEXT, "", ""),
    ],
)
def test_what_is_masked_depends_on_the_kind_and_is_known_again(kind, text, shown):
    assert masked(kind, text) == shown
    if kind is not Kind.TEXT:
        assert looks_masked(Field("号码", kind), shown)
    assert not looks_masked(Field("号码", kind), text)


@pytest.mark.parametrize(
    ("kind", "text", "doubted"),
    [
        (Kind.PHONE, "1380000123", True),
        (Kind.PHONE, "13800001234", False),
        (Kind.ID_NUMBER, "33078419900101123", True),
        (Kind.TEXT, "1380000123", False),
    ],
)
def test_a_number_that_cannot_be_one_is_doubted_whatever_its_field_is_called(app, kind, text, doubted):
    with app.reading() as session:
        outcome = read_cell(known_office(session), Field("联系", kind).named("mobile"), "", text)
    assert (outcome.value, bool(outcome.message)) == (text, doubted)


def units(app):
    with app.reading() as session:
        return session.scalar(select(func.count(Unit.id)))


def test_an_unknown_office_is_taken_up_only_where_the_field_says_so(app):
    before = units(app)
    with pytest.raises(FieldErrors) as caught:
        entry.save(app, DISPUTES, None, {**DISPUTE, "village": "新设办"})
    assert caught.value.messages == {"village": "“新设办”不在单位表里，请先加入这个单位"}
    assert units(app) == before
    saved = entry.save(app, DISPUTES, None, {**DISPUTE, "unit": "新设办"})
    assert saved.doubts == {"unit": "“新设办”原来不在单位表里，已按新科室加入"}
    assert units(app) == before + 1
