"""Sums typed in a field: what they come to, and that nothing else is taken for one, run, or made a negative amount."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huajie_desktop.values.arithmetic import worked_out
from huajie_desktop.values.money import parse_money
from huajie_desktop.values.numbers import parse_count
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.times_for_figures import reads_as_day


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("3+4.5", "7.5"),
        ("12*8", "96"),
        ("(3+4)*2", "14"),
        ("（3＋4）×２", "14"),
        ("1200/4", "300"),
        ("1200÷4", "300"),
        ("１２。５＋３", "15.5"),
        ("＝3+4", "7"),
        ("3+4=", "7"),
        ("12x8", "96"),
        ("2+3*4-1", "13"),
        ("1,200+800", "2000"),
        ("3万+5000元", "3.5"),
        ("5万*2", "10"),
        ("12*500元", "0.6"),
        ("30万/4", "7.5"),
        ("100/3", "33.333333"),
        ("=12-8", "4"),
        ("=8/15", "0.533333"),
        ("20-10", "10"),
        ("20-20", "0"),
    ],
)
def test_sums_of_money(text, amount):
    assert worked_out(text, "万元") == amount


def test_a_sum_is_in_the_unit_of_its_field():
    assert worked_out("3万+500元", "元") == "30500"
    assert worked_out("12人+8", "人") is None
    assert worked_out("12人+8人", "人") == "20"
    assert worked_out("100/3", "元") == "33.33"
    assert worked_out("0.25/2", "元") == "0.13", "half a 分 is one, as in a bank"


@pytest.mark.parametrize(
    "text",
    ["", "7.5", "-5", "+5", "8/15", "12-8", "2021.8", "2021/8", "2021-03-01", "10-20", "3-5", "1/0", "3+", "*3", "()", "((3)",
     "3++4", "3万+5000", "5万/2万", "3+x", "__import__('os')", "2**99", "1e9+1", "1.2.3+1", "镇补5万+村3万", "9" * 90 + "*9",
     "(" * 60 + "1+1" + ")" * 60, "3 4+1万2", "1,20+5", "20-30",
     "6/2万", "3w+2w"],
)  # fmt: skip
def test_what_is_no_sum_for_sure_is_left_as_it_is(text):
    assert worked_out(text, "万元") is None


@given(st.text(alphabet="0123456789.+-*/()=万元 。，（）＋－×÷x", max_size=40))
def test_no_text_raises_or_gives_a_negative_amount(text):
    found = worked_out(text, "万元")
    assert found is None or Decimal(found) >= 0


@given(st.integers(1, 999), st.integers(1, 999), st.integers(1, 9))
def test_the_order_of_working_out(one, two, three):
    assert worked_out(f"{one}+{two}*{three}", "") == str(one + two * three)
    assert worked_out(f"({one}+{two})*{three}", "") == str((one + two) * three)


@pytest.mark.parametrize("text", ["8月底前", "三季度", "2021年", "3月1日", "年底", "全年", "8日", "上旬", "２０２１年8月"])
def test_a_time_is_no_amount_and_no_count(text):
    with pytest.raises(Unreadable, match="是时间，不是"):
        parse_money(text, "万元")
    with pytest.raises(Unreadable, match="是时间，不是"):
        parse_count(text, "人数")


def test_money_beside_a_time_is_still_read():
    assert "有几个金额" in parse_money("2021年10万元").doubt
    assert "有几个金额" in parse_money("8月拨付5万", "万元").doubt
    assert parse_count("8个月", "人数", "人").number == 8


@pytest.mark.parametrize("text", ["8/15", "12-8", "2021.8", "2021.12", "2021-03-31", "2021/3/1", "12/31", "2000.1", "2049.1"])
def test_figures_that_may_be_days(text):
    assert reads_as_day(text)


@pytest.mark.parametrize(
    "text", ["12.5", "2021.80万", "13/4", "8/32", "1200/4", "2021.13", "2021", "0/5", "3.5.6", "1999.5", "2050.5"]
)
def test_figures_that_are_none(text):
    assert not reads_as_day(text)
