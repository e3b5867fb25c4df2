"""Counts and shares: what they are read as, and that neither half a number nor one of two is taken."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huajie_desktop.values.numbers import parse_count
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.shares import parse_share


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("12.0", 12),
        ("１２", 12),
        ("12人", 12),
        ("12 人", 12),
        ("12名", 12),
        ("12（人）", 12),
        ("1,200", 1200),
        ("1，200", 1200),
        ("十二", 12),
        ("一百二十人", 120),
        ("-5", -5),
        ("0", 0),
    ],
)
def test_counts(text, number):
    assert parse_count(text, "人数", "人") == (number, "")


@pytest.mark.parametrize(
    ("text", "number", "about"),
    [
        ("约12", 12, "不是准确数"),
        ("近12人", 12, "不是准确数"),
        ("12余人", 12, "不是准确数"),
        ("12多", 12, "不是准确数"),
        ("12人以上", 12, "不是准确数"),
        ("12人左右", 12, "不是准确数"),
        ("12+", 12, "不是准确数"),
        ("3户", 3, "单位不是人"),
        ("8个月", 8, "单位不是人"),
    ],
)
def test_a_count_that_is_not_exact_or_of_something_else_is_doubted(text, number, about):
    count = parse_count(text, "人数", "人")
    assert count.number == number
    assert about in count.doubt
    assert f"按{number}" in count.doubt


@pytest.mark.parametrize(
    "text",
    ["12 5", "12\n5", "1 250", "12、5", "12/5", "12-15", "3户5人", "12(含2户)", "12?", "12.5", "12。5", "1O", "l2", "12万", "80%", "张三", "12人3",
     "99999999999"],
)  # fmt: skip
def test_what_is_no_one_count_is_an_error_that_names_the_field(text):
    with pytest.raises(Unreadable, match="人数"):
        parse_count(text, "人数", "人")


@pytest.mark.parametrize(
    ("text", "number", "doubtful"),
    [
        ("80%", 80, False),
        ("80％", 80, False),
        ("80", 80, False),
        ("80.0", 80, False),
        ("完成80%", 80, False),
        ("已完成：80%", 80, False),
        ("百分之八十", 80, False),
        ("100%", 100, False),
        ("0%", 0, False),
        ("1%", 1, False),
        ("120%", 120, False),  # the field's own bounds refuse it
        ("0.8", 80, True),
        ("0.01", 1, True),
        ("1", 1, True),
        ("1.0", 100, True),
        ("0.805", 81, True),
        ("33.3%", 33, True),
        ("约80%", 80, True),
        ("80%以上", 80, True),
        ("80%左右", 80, True),
        ("八成", 80, True),
        ("八成半", 85, True),
        ("完成八成", 80, True),
    ],
)
def test_shares(text, number, doubtful):
    share = parse_share(text, "完成比例")
    assert (share.number, bool(share.doubt)) == (number, doubtful)
    assert not doubtful or f"按{number}%读" in share.doubt


@pytest.mark.parametrize(
    "text", ["未完成80%", "80-90%", "80% 90%", "80%、90%", "8 0", "1.2.3%", "已完成", "80 90", "80%(上月70%)", "剩余20%"]
)
def test_what_is_no_one_share_is_an_error(text):
    with pytest.raises(Unreadable, match="完成比例"):
        parse_share(text, "完成比例")


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from([" ", "\n", "、", "/", "-", ";", "和", "至", "户"]))
def test_one_of_two_numbers_is_never_taken(one, other, between):
    with pytest.raises(Unreadable):
        parse_count(f"{one}{between}{other}", "人数", "人")


@given(st.text(max_size=12) | st.text("0123456789.,-约近十百余多人户%成左右以上 ", max_size=10), st.sampled_from(["", "人", "%"]))
def test_any_text_is_read_or_refused(text, unit):
    with suppress(Unreadable):
        parse_count(text, "人数", unit)
