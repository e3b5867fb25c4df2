"""Deadlines: the answer key's rules, the quirks collected from real spreadsheets, and properties."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huajie_desktop.values.dates import leading_due, parse_due
from huajie_desktop.values.reading import Unreadable

YEAR = 2021


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        *(
            (t, "2021-08-31", "month")
            for t in (
                "8月底前",
                "8月底",
                "8月末",
                "2021年8月",
                "2021-08",
                "2021.08",
                "８月底",
                "2021年8月底前完成",
                "2021/8",
                "力争今年8月底基本完成",
                "八月底",
                "8 月 底",
            )
        ),
        *(
            (t, "2021-08-31", "day")
            for t in (
                "8月31日前",
                "2021年8月31日",
                "2021/8/31",
                "2021-8-31",
                "2021.08.31",
                "8.31",
                "8月31号",
                "20210831",
                "2021-08-31 00:00:00",
                "二〇二一年八月三十一日",
                44439,
                "44439",
            )
        ),
        ("3月份", "2021-03-31", "month"),
        ("2月", "2021-02-28", "month"),
        ("12月末", "2021-12-31", "month"),
        ("202108", "2021-08-31", "month"),
        ("元月底", "2021-01-31", "month"),
        ("10月上旬", "2021-10-10", "ten_days"),
        ("5月中旬", "2021-05-20", "ten_days"),
        ("12月中下旬", "2021-12-31", "ten_days"),
        ("3月上中旬", "2021-03-20", "ten_days"),
        ("2月下旬", "2021-02-28", "ten_days"),
        ("一季度", "2021-03-31", "quarter"),
        ("第三季度末", "2021-09-30", "quarter"),
        ("3季度", "2021-09-30", "quarter"),
        ("2021年第四季度", "2021-12-31", "quarter"),
        ("Q2", "2021-06-30", "quarter"),
        ("前三季度", "2021-09-30", "quarter"),
        ("上半年", "2021-06-30", "half_year"),
        ("下半年", "2021-12-31", "half_year"),
        *((t, "2021-12-31", "year") for t in ("年底", "年底前", "2021年底", "年内", "年度内", "2021年年底前", "2021年")),
        ("七一前", "2021-06-30", "day"),
        ("国庆前", "2021-09-30", "day"),
        ("21.3.5", "2021-03-05", "day"),
        ("2021.3", "2021-03-31", "month"),
        (2021.11, "2021-11-30", "month"),
        (dt.date(2021, 6, 30), "2021-06-30", "day"),
        (dt.datetime(2021, 6, 30, 12), "2021-06-30", "day"),
    ],
)
def test_read_without_doubt(text, day, precision):
    due = parse_due(text, YEAR)
    assert (due.day.isoformat(), due.precision, due.ongoing, due.doubt) == (day, precision, False, "")


@pytest.mark.parametrize("text", ["全年", "长期坚持", "持续推进", "长期", "常态化", "全年坚持", "2021年全年"])
def test_ongoing(text):
    due = parse_due(text, YEAR)
    assert (due.day, due.ongoing, due.doubt) == (dt.date(2021, 12, 31), True, "")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9月份前", "2021-08-31"),
        ("9月前", "2021-08-31"),
        ("8月底前(暂定)", "2021-08-31"),
        ("2021年9月前", "2021-08-31"),
        ("1月前", "2020-12-31"),
        ("三季度前", "2021-06-30"),
        (2021.1, "2021-01-31"),
        ("2021.1", "2021-01-31"),
        ("2012年8月底", "2012-08-31"),
        ("明年3月", "2022-03-31"),
        ("2020-12-31", "2020-12-31"),
        (8, "2021-08-31"),
        (8.3, "2021-08-03"),
        ("8-31", "2021-08-31"),
        ("每月5日前", "2021-12-31"),
        ("每季度", "2021-12-31"),
        ("6月初", "2021-06-10"),
        ("8月底左右", "2021-08-31"),
        ("4月底前完成招标,9月底前竣工", "2021-09-30"),
        (2021, "2021-12-31"),
    ],
)
def test_read_with_doubt(text, day):
    due = parse_due(text, YEAR)
    assert due.day.isoformat() == day
    assert due.doubt


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "　",
        "2021年  月  日",
        "待定",
        "尽快",
        "2月30日",
        "6月31日",
        "2021.2.30",
        "#REF!",
        "13月",
        "春节前",
        "汛期前",
        "abc",
        "/",
        "无",
        "1899年3月",
        True,
        0,
        -3,
        1e20,
        float("nan"),
        "九月三十一日",
        "同上",
    ],
)
def test_unreadable(text):
    with pytest.raises(Unreadable, match="请写一个日期"):
        parse_due(text, YEAR)


@pytest.mark.parametrize(
    ("text", "start", "day"),
    [
        ("3-8月", "2021-03-01", "2021-08-31"),
        ("2021年3月—12月", "2021-03-01", "2021-12-31"),
        ("2021.3-2021.8", "2021-03-01", "2021-08-31"),
        ("3月5日-6月30日", "2021-03-05", "2021-06-30"),
        ("2021年1-12月", "2021-01-01", "2021-12-31"),
        ("3月至8月", "2021-03-01", "2021-08-31"),
    ],
)
def test_range(text, start, day):
    due = parse_due(text, YEAR)
    assert (due.start and due.start.isoformat(), due.day.isoformat(), due.doubt) == (start, day, "")


def test_several_nodes_in_one_cell():
    assert parse_due("4月底前完成招标,9月底前竣工", YEAR).nodes == (
        (dt.date(2021, 4, 30), "完成招标"),
        (dt.date(2021, 9, 30), "竣工"),
    )


def test_message_says_what_to_type():
    with pytest.raises(Unreadable, match="^“待定”不是日期，请写一个日期（如 8月31日前 或 2021-08-31）$"):
        parse_due("待定", YEAR)


def test_deadline_in_front_of_a_line():
    due, length = leading_due("6月底 完成招标", YEAR)
    assert due
    assert (due.day, length) == (dt.date(2021, 6, 30), 3)
    assert leading_due("完成招标", YEAR) == (None, 0)


@given(
    st.text()
    | st.text("0123456789年月日.-/前底末上中下旬一二三四季度半全长期至,() ", max_size=16)
    | st.integers()
    | st.floats()
    | st.dates()
    | st.datetimes()
)
def test_never_raises_anything_else(value):
    try:
        due = parse_due(value, YEAR)
    except Unreadable:
        pass
    else:
        assert 1990 <= due.day.year <= 2099


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_canonical_form_is_a_fixed_point(day):
    for text in (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.month}月{day.day}日前",
    ):
        due = parse_due(text, day.year)
        assert (due.day, due.precision, due.doubt) == (day, "day", "")


@given(st.text(max_size=30))
def test_leading_due_never_raises(text):
    leading_due(text, YEAR)


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "9999年12月31日", "1800.1.1", "20210-1-1", "1-1-1"])
def test_a_day_of_no_year_an_office_lives_in_is_refused(text):
    with pytest.raises(Unreadable, match="年份不合理"):
        parse_due(text, 2021)


def test_two_days_are_no_year():
    assert parse_due("9.1-10.15", 2021).day == dt.date(2021, 10, 15)


@pytest.mark.parametrize(
    "text", ["明年春天（吧）", "明年春天吧", "2022年春季", "今年夏天", "今年入冬前", "明年开春", "明年秋收后", "2021年春夏之交"]
)
def test_a_season_is_no_end_of_a_year(text):
    with pytest.raises(Unreadable, match="不是准确的时间，请写一个日期"):
        parse_due(text, YEAR)


@pytest.mark.parametrize(
    ("text", "about", "reading"),
    [
        ("2021年雨季前", "没有看懂“雨季前”", "按2021年12月31日读"),
        ("明年村里决定", "没有看懂“村里决定”", "按2022年12月31日读"),
        ("年底入冬前", "“入冬”", "按2021年12月31日读"),
        ("8月底左右", "“左右”", "按2021年8月31日读"),
        ("8月底前(暂定)", "“暂定”", "按2021年8月31日读"),
        ("明年3月", "是2022年，不是2021年", "按2022年3月31日读"),
        ("4月底前完成招标,9月底前竣工", "几个时间", "按2021年9月30日读"),
        ("8月底前由村两委商量以后再看情况定下来", "文字较长", "按2021年8月31日读"),
    ],
)
def test_a_doubt_says_what_was_read(text, about, reading):
    doubt = parse_due(text, YEAR).doubt
    assert about in doubt
    assert reading in doubt


@pytest.mark.parametrize("text", ["今年完成", "2021年底前完成春华路", "2021年度内办结", "8月底前完成夏家路"])
def test_what_is_understood_is_not_doubted(text):
    assert parse_due(text, YEAR).doubt == ""
