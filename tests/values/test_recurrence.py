"""How often something falls due, as offices write it, and the days that gives."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.recurrence import EXAMPLES, Recurrence, parse_recurrence

FIRST, LAST = date(2021, 3, 1), date(2021, 12, 31)  # a Monday


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("每周", "每周", ["03-07", "03-14"]),
        ("每周一次", "每周", ["03-07", "03-14"]),
        ("每周一", "每周一", ["03-01", "03-08"]),
        ("每星期五前", "每周五", ["03-05", "03-12"]),
        ("每周一、周四", "每周一、四", ["03-01", "03-04", "03-08"]),
        ("每周一三五", "每周一、三、五", ["03-01", "03-03", "03-05", "03-08"]),
        ("双周", "每两周", ["03-14", "03-28"]),
        ("每旬", "每旬", ["03-10", "03-20", "03-31", "04-10"]),
        ("每半月", "每半月", ["03-15", "03-31", "04-15"]),
        ("每月", "每月", ["03-31", "04-30"]),
        ("每月一通报", "每月", ["03-31", "04-30"]),
        ("每月至少一次", "每月", ["03-31", "04-30"]),
        ("每月5日", "每月5日", ["03-05", "04-05"]),
        ("每月5号前", "每月5日", ["03-05", "04-05"]),
        ("每月10日、25日", "每月10、25日", ["03-10", "03-25", "04-10"]),
        ("每月底前", "每月底", ["03-31", "04-30"]),
        ("每月三十一日", "每月底", ["03-31", "04-30"]),
        ("每双月", "每两月", ["04-30", "06-30"]),
        ("每季度一次", "每季度", ["03-31", "06-30"]),
        ("每三个月", "每季度", ["03-31", "06-30"]),
        ("每半年", "每半年", ["06-30", "12-31"]),
        ("每年", "每年", ["12-31"]),
        ("每年6月底前", "每年6月底", ["06-30"]),
        ("每年7月1日", "每年7月1日", ["07-01"]),
        ("按月", "每月", ["03-31", "04-30"]),
        ("每天", "每天", ["03-01", "03-02"]),
    ],
)
def test_words_and_days(text, words, days):
    found = parse_recurrence(text)
    assert (found.words, found.doubt) == (words, "")
    assert [f"{day:%m-%d}" for day in found.due_days(FIRST, LAST)][: len(days)] == days


@pytest.mark.parametrize(("text", "words"), [("每周一检查", "每周一"), ("每月两次", "每半月")])
def test_what_can_be_meant_otherwise_is_doubted(text, words):
    found = parse_recurrence(text)
    assert found.words == words
    assert "请核对" in found.doubt


@pytest.mark.parametrize(
    "text", ["长期", "每", "每周两次", "每月32日", "每年2月30日", "每年13月1日", "经常", "每个工作日", "5日"]
)
def test_what_says_no_period_is_refused(text):
    with pytest.raises(Unreadable):
        parse_recurrence(text)


@pytest.mark.parametrize("text", EXAMPLES)
def test_what_the_form_offers_is_read_as_it_stands(text):
    assert parse_recurrence(text).words == text


WEEKS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: Recurrence("week", tuple(sorted(days))))
MONTHS = st.sets(st.integers(1, 31), min_size=1, max_size=3).map(lambda days: Recurrence("month", tuple(sorted(days))))
YEARS = st.tuples(st.integers(1, 12), st.integers(1, 28)).map(lambda pair: Recurrence("year", (pair[1],), pair[0]))
PLAIN = st.sampled_from(
    ["day", "week", "two_weeks", "ten_days", "half_month", "month", "two_months", "quarter", "half_year", "year"]
)


@given(WEEKS | MONTHS | YEARS | PLAIN.map(Recurrence))
def test_words_read_back_are_the_same(recurrence):
    assert parse_recurrence(recurrence.words) == recurrence


@given(WEEKS | MONTHS | YEARS | PLAIN.map(Recurrence), st.dates(date(2000, 1, 1), date(2098, 1, 1)), st.integers(0, 800))
def test_days_rise_and_stay_within(recurrence, first, length):
    last = date.fromordinal(first.toordinal() + length)
    days = list(recurrence.due_days(first, last))
    assert days == sorted(set(days))
    assert all(first <= day <= last for day in days)
    if length >= 370:
        assert days, "every recurrence falls due once a year at least"


@given(st.text(max_size=30) | st.text("每周月季年一二三两5日底前次、", max_size=10))
def test_any_text_is_read_or_refused(text):
    try:
        found = parse_recurrence(text)
    except Unreadable:
        return
    assert parse_recurrence(found.words)._replace(doubt="") == found._replace(doubt="")
