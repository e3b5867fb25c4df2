"""Days as they are typed: told from the day it is, at the edges of months and years, and nothing else taken for one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huajie_desktop.values.dates import parse_due
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.spoken_days import months_on, spoken_day, standing_day, with_weekday

TODAY = date(2021, 3, 31)  # a Wednesday
WORDS = {
    "今天": "2021-03-31", "明天": "2021-04-01", "昨天": "2021-03-30", "后天": "2021-04-02", "大后天": "2021-04-03",
    "前天": "2021-03-29", "大前天": "2021-03-28", "月底": "2021-03-31", "月末": "2021-03-31", "本月底": "2021-03-31", "月初": "2021-03-01",
    "下月底": "2021-04-30", "下个月底": "2021-04-30", "上月底": "2021-02-28", "下下月初": "2021-05-01", "季末": "2021-03-31",
    "季度末": "2021-03-31", "下季度末": "2021-06-30", "季初": "2021-01-01", "年底": "2021-12-31", "年初": "2021-01-01",
    "明年底": "2022-12-31", "下周一": "2021-04-05", "本周五": "2021-04-02", "这周五": "2021-04-02", "周五": "2021-04-02",
    "上周日": "2021-03-28", "下星期天": "2021-04-11", "下下周三": "2021-04-14", "礼拜六": "2021-04-03", "一周后": "2021-04-07",
    "两周后": "2021-04-14", "十天后": "2021-04-10", "10天内": "2021-04-10", "3天前": "2021-03-28", "三个月后": "2021-06-30",
    "半个月后": "2021-04-15", "半年内": "2021-09-30", "一年后": "2022-03-31", "+7": "2021-04-07", "-3": "2021-03-28",
    "＋７": "2021-04-07", "－３": "2021-03-28", "−3": "2021-03-28", "+2周": "2021-04-14", "+1月": "2021-04-30", "-1年": "2020-03-31",
    " 今 天 ": "2021-03-31", "半个月前": "2021-03-16", "半年前": "2020-09-30", "去年底": "2020-12-31", "后年初": "2023-01-01",
}  # fmt: skip


@pytest.mark.parametrize(("words", "day"), WORDS.items())
def test_words_of_days(words, day):
    assert spoken_day(words, TODAY, 2021) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("today", "words", "day"),
    [
        (date(2024, 2, 28), "明天", date(2024, 2, 29)),
        (date(2024, 2, 29), "-1年", date(2023, 2, 28)),
        (date(2024, 2, 29), "一年后", date(2025, 2, 28)),
        (date(2024, 1, 31), "一个月后", date(2024, 2, 29)),
        (date(2021, 12, 31), "明天", date(2022, 1, 1)),
        (date(2021, 12, 31), "下月底", date(2022, 1, 31)),
        (date(2021, 12, 31), "下周一", date(2022, 1, 3)),
        (date(2022, 1, 1), "上月底", date(2021, 12, 31)),
        (date(2022, 1, 2), "下周一", date(2022, 1, 3)),  # a Sunday: the week begins on Monday
        (date(2022, 1, 2), "本周一", date(2021, 12, 27)),
        (date(2021, 11, 30), "下季末", date(2022, 3, 31)),
        (date(2099, 12, 30), "+1", date(2099, 12, 31)),
        (date(2099, 12, 31), "+1", None),
    ],
)
def test_edges(today, words, day):
    assert spoken_day(words, today, today.year) == day


def test_days_are_counted_from_the_one_that_stands_there_and_years_are_those_worked_on():
    assert spoken_day("+7", TODAY, 2021, date(2021, 8, 31)) == date(2021, 9, 7)
    assert spoken_day("今天", TODAY, 2021, date(2021, 8, 31)) == TODAY
    assert spoken_day("年底", date(2026, 1, 5), 2025) == date(2025, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8月底前",
        "2021-03-31",
        "今天前",
        "长期",
        "天",
        "周",
        "+",
        "-",
        "+7天后",
        "99999天后",
        "+9999年",
        "-9999年",
        "九千年前",
        "下周八",
        "0",
        "7",
        "半天后",
    ],
)
def test_other_words_are_left_alone(text):
    assert spoken_day(text, TODAY, 2021) is None


@given(st.text(max_size=12))
def test_no_text_raises(text):
    found = spoken_day(text, TODAY, 2021)
    assert found is None or isinstance(found, date)


@pytest.mark.parametrize("words", [words for words in WORDS if "年" not in words and words != "+1月"])
def test_no_sheet_is_read_so(words):
    """What counts from today is no day where a village wrote it, or one that is doubted."""
    try:
        due = parse_due(words, 2021)
    except Unreadable:
        return
    assert due.doubt, words


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.integers(-1200, 1200))
def test_months_on_keep_the_day_or_take_the_last(day, months):
    try:
        moved = months_on(day, months)
    except ValueError:
        return
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1


def test_the_one_day_a_text_names():
    assert standing_day("2021-03-31", 2021) == standing_day("3月31日前", 2021) == date(2021, 3, 31)
    assert [standing_day(text, 2021) for text in ("8月底前", "3月1日至5月2日", "3月31日前，长期坚持", "", "待定")] == [None] * 5
    assert with_weekday(date(2021, 3, 31)) == "2021年3月31日 星期三"
