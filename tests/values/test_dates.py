"""Deadlines: the answer key's rules, the quirks collected from real spreadsheets, and properties."""

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huajie_desktop.values.dates import leading_due, parse_due, parse_start
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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("农历八月十五", "2021-09-21"),
        ("农历八月十五前", "2021-09-21"),
        ("农历9月9日", "2021-10-14"),
        ("农历8.15", "2021-09-21"),
        ("农历2021年八月初五", "2021-09-11"),
        ("2021年农历八月十五", "2021-09-21"),
        ("旧历年底", "2022-01-31"),
        ("旧历年底前", "2022-01-31"),
        ("农历腊月二十三", "2022-01-25"),
        ("腊月廿三", "2022-01-25"),
        ("腊月底", "2022-01-31"),
        ("腊月前", "2022-01-02"),
        ("冬月底", "2022-01-02"),
        ("农历八月底前", "2021-10-05"),
        ("阴历七月半", "2021-08-22"),
        ("古历三月三", "2021-04-14"),
        ("四月初八", "2021-05-19"),
        ("正月十五前", "2021-02-26"),
        ("中秋", "2021-09-21"),
        ("中秋节前", "2021-09-20"),
        ("端午前", "2021-06-13"),
        ("重阳节", "2021-10-14"),
        ("七夕", "2021-08-14"),
        ("腊八", "2022-01-10"),
        ("小年前", "2022-01-24"),
        ("春节前", "2022-01-31"),
        ("2021年春节前", "2021-02-11"),
        ("明年春节前", "2022-01-31"),
        ("除夕", "2022-01-31"),
        ("大年三十前", "2022-01-31"),
        ("元宵", "2021-02-26"),
        ("清明", "2021-04-04"),
        ("冬至前", "2021-12-20"),
        ("国庆中秋前", "2021-10-01"),
        ("农历八月十五至九月初九", "2021-10-14"),
    ],
)
def test_a_lunar_day_or_feast_is_the_day_it_falls_on_and_a_doubt(text, day):
    due = parse_due(text, YEAR)
    assert (due.day.isoformat(), due.precision) == (day, "day")
    assert f"{due.day.year}年{due.day.month}月{due.day.day}日" in due.doubt


@pytest.mark.parametrize("text", ["农历八月三十", "农历闰四月初一", "腊月三十一"])
def test_a_lunar_day_that_is_not_there_is_an_error(text):
    with pytest.raises(Unreadable, match="不存在"):
        parse_due(text, YEAR)


@pytest.mark.parametrize(
    "text", ["8月31日（农历七月廿四）", "9月21日（中秋节）", "8月31日（周二）", "8月31日 星期二", "8月底前（2021年）"]
)
def test_brackets_that_say_the_same_day_are_no_doubt(text):
    assert parse_due(text, YEAR).doubt == ""


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("8月1日起", "2021-08-01"),
        ("自3月1日起", "2021-03-01"),
        ("自3月1日", "2021-03-01"),
        ("从5月开始", "2021-05-01"),
        ("8月起", "2021-08-01"),
        ("8月份起实施", "2021-08-01"),
        ("8月1日至", "2021-08-01"),
        ("3月1日—", "2021-03-01"),
        ("8月-", "2021-08-01"),
        ("3月1日至今", "2021-03-01"),
        ("5月开工", "2021-05-01"),
        ("2021.8.1起", "2021-08-01"),
    ],
)
def test_a_beginning_is_no_deadline(text, start):
    due = parse_due(text, YEAR)
    assert (due.start and due.start.isoformat(), due.day.isoformat()) == (start, "2021-12-31")
    assert "开始时间" in due.doubt
    day, doubt = parse_start(text, YEAR)
    assert (day.isoformat(), doubt) == (start, "")


def test_what_begins_and_goes_on_is_understood():
    due = parse_due("8月起长期坚持", YEAR)
    assert (due.day, due.ongoing, due.start, due.doubt) == (dt.date(2021, 12, 31), True, dt.date(2021, 8, 1), "")


@pytest.mark.parametrize(
    ("text", "day", "doubt"),
    [
        ("3月", "2021-03-01", False),
        ("二季度", "2021-04-01", False),
        ("2020年12月", "2020-12-01", False),
        ("农历二月初二", "2021-03-14", True),
        ("3月5日 4月8日", "2021-04-08", True),
        ("3月（改为4月）", "2021-04-01", True),
    ],
)
def test_the_day_something_begins(text, day, doubt):
    start, said = parse_start(text, YEAR)
    assert start.isoformat() == day
    assert bool(said) is doubt
    assert not said or f"按{start.year}年{start.month}月{start.day}日读" in said


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("延期至10月31日", "2021-10-31"),
        ("8月底延至9月底", "2021-09-30"),
        ("8月底，延期10月底", "2021-10-31"),
        ("8月31日延长到9月30日", "2021-09-30"),
        ("8月底推迟到10月底", "2021-10-31"),
        ("8月底顺延至9月", "2021-09-30"),
        ("8月底改为9月底", "2021-09-30"),
        ("8月底调整为9月底", "2021-09-30"),
        ("8月底变更为9月底", "2021-09-30"),
        ("8月底展期至12月底", "2021-12-31"),
        ("原定8月底现10月底", "2021-10-31"),
        ("原8月底，现改为10月底", "2021-10-31"),
        ("9月底提前到8月底", "2021-08-31"),
        ("8月31日前（已延期至10月31日）", "2021-10-31"),
        ("8月底(改为9月底)", "2021-09-30"),
        ("9月底（提前至8月底）", "2021-08-31"),
    ],
)
def test_a_changed_deadline_is_the_new_one_and_a_doubt(text, day):
    due = parse_due(text, YEAR)
    assert due.day.isoformat() == day
    assert f"按{due.day.year}年{due.day.month}月{due.day.day}日读" in due.doubt


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021.8.31\n2021.9.30", "2021-09-30"),
        ("2021/8/31 2021/9/30", "2021-09-30"),
        ("2021.8.31/2021.9.30", "2021-09-30"),
        ("20210831 20210930", "2021-09-30"),
        ("8.31\n9.30", "2021-09-30"),
        ("8月底 9月底", "2021-09-30"),
        ("8月底/9月底", "2021-09-30"),
        ("9月底、8月底", "2021-09-30"),
        ("8月末或9月初", "2021-09-10"),
        ("10月31日（原8月底）", "2021-10-31"),
        ("8月底（10月底）", "2021-08-31"),
        ("8月底（2022年）", "2021-08-31"),
        ("8月31日（周三）", "2021-08-31"),
        ("8月31日 星期三", "2021-08-31"),
        ("8月15日（农历）", "2021-08-15"),
        ("8月底（顺延一个月）", "2021-08-31"),
        ("8月31日顺延30天", "2021-08-31"),
        ("8月底（长期坚持）", "2021-08-31"),
        ("8月底（每年）", "2021-08-31"),
        ("非8月底", "2021-08-31"),
        ("8月底未完成", "2021-08-31"),
        ("8月底前，暂缓", "2021-08-31"),
        ("8月后", "2021-08-31"),
        ("8月31日之后", "2021-08-31"),
        ("国庆后", "2021-10-01"),
        ("国庆期间", "2021-10-01"),
        ("六一前后", "2021-06-01"),
        ("资金到位后8月底", "2021-08-31"),
        ("8月底或签订后30天内", "2021-08-31"),
        ("8月第一周", "2021-08-31"),
        ("8月周五", "2021-08-31"),
        ("8月底汛期前", "2021-08-31"),
        ("八月十五", "2021-08-15"),
        ("八月半", "2021-08-31"),
        ("8/9", "2021-08-09"),
        ("1-2", "2021-01-02"),
        ("2021.8-10", "2021-10-31"),
        ("2021年8-10", "2021-08-10"),
        ("2021-8/31", "2021-08-31"),
        ("1.8月底", "2021-08-31"),
        ("8月3 1日", "2021-08-03"),
        ("1 2月底", "2021-02-28"),
        ("110年底", "2021-12-31"),
    ],
)
def test_what_a_person_would_hesitate_over_is_a_doubt(text, day):
    due = parse_due(text, YEAR)
    assert due.day.isoformat() == day
    assert due.doubt


@pytest.mark.parametrize(
    "text",
    [
        "周五", "下周五", "第3周", "T+30", "合同签订后30天内", "3个月内", "30天", "汛期前", "梅雨前", "开学前", "农忙后", "年前",
        "民国110年", "民国21年底", "民国110年8月底", "令和3年8月", "2021 8 31", "31/8/2021", "月底前", "本季度末", "顺延一个月", "已完成",
    ],
)  # fmt: skip
def test_what_names_no_day_is_an_error(text):
    with pytest.raises(Unreadable, match="请写一个日期"):
        parse_due(text, YEAR)


@pytest.mark.parametrize(
    ("text", "start", "day"),
    [
        ("8.31-9.30", "2021-08-31", "2021-09-30"),
        ("2021.8.31-9.30", "2021-08-31", "2021-09-30"),
        ("20210831-20210930", "2021-08-31", "2021-09-30"),
        ("8月1-5日", "2021-08-01", "2021-08-05"),
        ("8月1日至5日", "2021-08-01", "2021-08-05"),
        ("自8月1日起至9月1日止", "2021-08-01", "2021-09-01"),
        ("2021年8月份起至12月", "2021-08-01", "2021-12-31"),
    ],
)
def test_from_one_day_to_another(text, start, day):
    due = parse_due(text, YEAR)
    assert (due.start and due.start.isoformat(), due.day.isoformat(), due.doubt) == (start, day, "")


@pytest.mark.parametrize(
    "text",
    [
        "不晚于8月31日", "不得迟于8月底", "最迟8月底", "8月31日24时前", "8月31日17:00", "8月31日下午5点前", "8月底前整改到位", "8月底前完成改造",
        "8月底前拆除违建", "8月底前完成非遗馆建设", "8月底前兑现", "8月底前完成300米硬化", "8月底前开工", "8月底前（已完成）", "8月底前签约", "2021上半年",
        "2021年Q3", "8 月 31 日", "2021 年 8 月 31 日", "8月31日前办结（无问题）",
    ],
)  # fmt: skip
def test_plain_deadlines_are_not_doubted(text):
    assert parse_due(text, YEAR).doubt == ""


def test_a_year_without_its_word_counts():
    assert parse_due("2020上半年", YEAR).day == dt.date(2020, 6, 30)


@pytest.mark.parametrize(
    ("line", "doubtful"),
    [
        ("6月底 完成招标", False),
        ("6月底 12盏路灯安装", False),
        ("6月底 100%完成", False),
        ("6月底 整改到位", False),
        ("8月1日起 开工", True),
        ("6月底后 施工", True),
        ("8月底（延期至10月底）完成招标", True),
        ("8月十五 验收", True),
        ("2021.1 验收", True),
    ],
)
def test_a_milestone_whose_time_may_be_another_is_a_doubt(line, doubtful):
    due, _ = leading_due(line, YEAR)
    assert due
    assert bool(due.doubt) is doubtful


@given(st.dates(dt.date(2021, 1, 1), dt.date(2021, 12, 31)), st.dates(dt.date(2021, 1, 1), dt.date(2021, 12, 31)))
def test_two_days_in_a_cell_are_never_one_in_silence(one, other):
    for between in ("\n", " ", "/", "、", "；", "（"):
        text = f"{one.month}月{one.day}日{between}{other.month}月{other.day}日"
        due = parse_due(text, YEAR)
        assert due.doubt or one == other
        assert due.day == (one if between == "（" else max(one, other))


_DISTORTING = (
    "{}起",
    "{}后",
    "{}之后",
    "{}以后",
    "非{}",
    "{}前后",
    "{}（另行通知）",
    "{}左右",
    "原定{}",
    "延期至{}",
    "{}（顺延）",
    "农历{}",
)


@given(st.dates(dt.date(2021, 1, 1), dt.date(2021, 12, 28)), st.sampled_from(_DISTORTING))
def test_words_that_make_a_day_another_one_are_never_silent(day, words):
    for text in (f"{day.month}月{day.day}日", f"{day.month}.{day.day}", f"{day.month}月"):
        with suppress(Unreadable):
            assert parse_due(words.format(text), YEAR).doubt


@pytest.mark.parametrize("text", ["6月\n9月", "6月 9月", "6月9月", "6月\n\n9月", "2021年6月9月", "3月6月9月", "2021年6月\n9月份"])
def test_two_months_are_no_day_of_the_first(text):
    due = parse_due(text, YEAR)
    assert (due.day, due.precision) == (dt.date(2021, 9, 30), "month")
    assert "写了几个时间" in due.doubt


def test_a_number_on_the_next_line_is_a_day_only_where_it_says_so():
    assert parse_due("6月\n10日", YEAR)[:2] == (dt.date(2021, 6, 10), "day")
    assert parse_due("6月\n15-20日", YEAR).day == dt.date(2021, 6, 20)
    assert "10" in parse_due("6月\n10", YEAR).doubt
