"""Amounts and days in capitals: every case of the rules, and read back by our own reader."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huajie_desktop.values.capitals import amount_in_capitals, currency_in_capitals, day_in_capitals
from huajie_desktop.values.money import parse_money

AMOUNTS = {
    "1409.50": "壹仟肆佰零玖元伍角",
    "6007.14": "陆仟零柒元壹角肆分",
    "107000.53": "壹拾万柒仟元零伍角叁分",
    "1680.32": "壹仟陆佰捌拾元零叁角贰分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "325.04": "叁佰贰拾伍元零肆分",
    "10": "壹拾元整",
    "0": "零元整",
    "0.004": "零元整",
    "-0.001": "零元整",
    "0.05": "伍分",
    "0.50": "伍角",
    "0.995": "壹元整",
    "12.345": "壹拾贰元叁角伍分",
    "-12.5": "负壹拾贰元伍角",
    "15": "壹拾伍元整",
    "1001": "壹仟零壹元整",
    "1010": "壹仟零壹拾元整",
    "100000": "壹拾万元整",
    "120000": "壹拾贰万元整",
    "1000100": "壹佰万零壹佰元整",
    "20000005": "贰仟万零伍元整",
    "100000000": "壹亿元整",
    "100010000": "壹亿零壹万元整",
    "100000001": "壹亿零壹元整",
    "10000000000": "壹佰亿元整",
    "1000000000000": "壹万亿元整",
}


@pytest.mark.parametrize(("amount", "words"), AMOUNTS.items())
def test_amounts(amount: str, words: str) -> None:
    assert amount_in_capitals(Decimal(amount)) == words
    assert currency_in_capitals(Decimal(amount)) == f"人民币{words}"


def test_what_cannot_be_written_is_refused() -> None:
    with pytest.raises(ValueError, match="太大"):
        amount_in_capitals(Decimal(10) ** 16)


@given(st.integers(100, 10**11).map(lambda cents: Decimal(cents) / 100))
def test_what_was_written_reads_back(amount: Decimal) -> None:
    assert parse_money(amount_in_capitals(amount), "元").amount == amount / 10000


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2021, 2, 25), "二〇二一年二月二十五日"),
        (date(2021, 1, 15), "二〇二一年一月十五日"),
        (date(2020, 10, 20), "二〇二〇年十月二十日"),
        (date(2021, 12, 1), "二〇二一年十二月一日"),
        (date(2021, 11, 30), "二〇二一年十一月三十日"),
        (date(2021, 3, 10), "二〇二一年三月十日"),
        (date(2021, 8, 31), "二〇二一年八月三十一日"),
        (date(2009, 5, 9), "二〇〇九年五月九日"),
    ],
)
def test_days(day: date, words: str) -> None:
    assert day_in_capitals(day) == words
