"""Amounts of money."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huajie_desktop.values.money import parse_money
from huajie_desktop.values.reading import Unreadable


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12.5", "12.5"),
        ("约12.5万元", "12.5"),
        ("125000元", "12.5"),
        ("１２．５", "12.5"),
        ("４４.０", "44"),
        (43.4, "43.4"),
        ("21.6万", "21.6"),
        ("1,200元", "0.12"),
        ("¥100,000.00", "10"),
        ("4.07亿元", "40700"),
        ("贰拾万元整", "20"),
        ("十二万", "12"),
        ("10万左右", "10"),
        ("12.5(万元)", "12.5"),
        ("12.5w", "12.5"),
        ("0", "0"),
        (" 12.5 万元 ", "12.5"),
        ("5000元", "0.5"),
        ("'12", "12"),
        ("12。5", "12.5"),
        ("1，234.5", "1234.5"),
        ("十二点五万", "12.5"),
        ("十二点五", "12.5"),
        ("5百元", "0.05"),
        ("2千元", "0.2"),
        ("人民币12.5万", "12.5"),
        ("RMB 12.5万", "12.5"),
        ("12.5\n万元", "12.5"),
        ("12.5 （万元）", "12.5"),
        ("5万（自筹）", "5"),
        ("5万元（含税）", "5"),
    ],
)
def test_amounts(text, amount):
    assert parse_money(text, "万元") == (Decimal(amount), "")


@pytest.mark.parametrize("text", ["", "/", "无", "—", "-", "　", "×", "不涉及"])
def test_nothing(text):
    assert parse_money(text) == (None, "")


@pytest.mark.parametrize(
    "text",
    [
        "若干",
        "10-15万",
        "10—15万元",
        "待定",
        "详见附件",
        "镇补5万,村自筹3万",
        "80%",
        "#REF!",
        "12..5",
        "12,5",
        "1e5",
        "1。2。3",
        "5\n7.5",
        "5 7.5",
        "12 5",
        "12. 5",
        "5、7.5",
        "5;7.5",
        "5/7.5",
        "5万+3万",
        "镇补5万自筹3万",
        "5万→8万",
        "1万5千",
        "1.2E+5",
        "5万美元",
        "5 USD",
        "$5000",
        "US$5000",
        "5万港币",
        "5欧元",
        "￡500",
        "另计",
        "预算内",
        "十二点",
        "(12.5)",
        "5-7",
        "1 2 3",
        "1 250 3",
        "12 3456",
    ],
)
def test_none_with_doubt(text):
    money = parse_money(text)
    assert money.amount is None
    assert money.doubt


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("620余万元", 620),
        ("不超过5万", 5),
        ("10万以上", 10),
        ("10万元/年", 10),
        ("6村×2万=12万元", 12),
        ("50万(含镇补20万)", 50),
        ("总投资50万,其中镇补20万", 50),
        ("12，5", Decimal("12.5")),
        ("一百多万", 100),
        ("1 250", 1250),
        ("12 500元", Decimal("1.25")),
        ("2千", Decimal("0.2")),
        ("5元", Decimal("0.0005")),
        ("¥12.5", Decimal("0.00125")),
        ("5万（每年）", 5),
        ("5万（待定）", 5),
        ("5万（不含设计费）", 5),
        ("7.5（原5）", Decimal("7.5")),
        ("总投资10万（其中镇补5万）", 10),
        ("1O万", 1),
        ("5万？", 5),
    ],
)
def test_amount_with_doubt(text, amount):
    money = parse_money(text)
    assert money.amount == amount
    assert money.doubt


@pytest.mark.parametrize("text", [-5, "-5", "负5万元", "－5万元", -0.5, "−3"])
def test_negative_is_an_error(text):
    with pytest.raises(Unreadable, match="负数"):
        parse_money(text)


def test_units():
    assert parse_money(125000, "元").amount == Decimal("12.5")
    assert parse_money("3万元", "元").amount == 3
    assert parse_money(2, "亿元").amount == 20000
    assert parse_money(125000).doubt
    assert not parse_money(40700, "万元").doubt


def test_floats_do_not_grow_tails():
    assert str(parse_money(22.9).amount) == "22.9"
    assert str(parse_money(0.1 + 0.2).amount) == "0.30000000000000004"


@given(st.text() | st.text("0123456789.,-约万元亿千余多以上内()¥=+×", max_size=14) | st.integers() | st.floats() | st.dates())
def test_never_raises_anything_else(value):
    try:
        money = parse_money(value)
    except Unreadable:
        pass
    else:
        assert money.amount is None or money.amount.is_finite()


@given(st.decimals(0, 9999, places=2))
def test_canonical_form_is_a_fixed_point(amount):
    text = format(amount.normalize(), "f")
    assert parse_money(text, "万元") == (amount, "")
    assert parse_money(f"{text}万元", "元") == (amount, "")


@pytest.mark.parametrize(
    ("text", "unit"), [("9" * 30, ""), (1e12, ""), ("12345678901234.56", "万元"), ("12345678901234.56万元", ""), (1e15, "元")]
)
def test_more_than_its_column_keeps_is_no_amount(text, unit):
    money = parse_money(text, unit)
    assert money.amount is None
    assert "太大" in money.doubt


@pytest.mark.parametrize(
    ("text", "reading"),
    [("一百多万", "按100万元读"), ("不超过5万", "按5万元读"), ("50万(含镇补20万)", "按50万元读"), ("620余万元", "按620万元读")],
)
def test_a_doubt_says_what_was_read(text, reading):
    assert reading in parse_money(text).doubt


@pytest.mark.parametrize("text", ["1e5", "12,5", "12,5万", "1。2。3"])
def test_a_number_that_is_not_understood_is_not_called_several(text):
    assert parse_money(text).doubt == f"看不懂“{text}”这个数，请填写一个数字（万元）"


def test_several_amounts_are_called_so():
    assert "里有几个金额" in parse_money("镇补5万,村自筹3万").doubt


@given(
    st.integers(1, 9999),
    st.integers(1, 9999),
    st.sampled_from(["\n", " ", "\u3000", "、", ";", "/", "+", "\n\n", " / ", "万 ", "万、", "→"]),
)
def test_two_amounts_in_a_cell_are_never_one_in_silence(one, other, between):
    assert parse_money(f"{one}{between}{other}", "万元").doubt


def test_what_is_said_in_yuan_is_no_doubt_where_the_column_is():
    assert parse_money("5元", "元") == (Decimal("0.0005"), "")
    assert parse_money("2千", "元") == (Decimal("0.2"), "")


@pytest.mark.parametrize(
    ("text", "unit", "amount", "doubted"),
    [
        ("¥12.50", "万元", "12.5", True),
        ("¥125000", "万元", "12.5", False),
        ("¥125000", "元", "12.5", False),
        ("¥12.5万", "万元", "12.5", False),
    ],
)
def test_a_sign_of_money_says_little_of_the_unit(text, unit, amount, doubted):
    money = parse_money(text, unit)
    assert (money.amount, bool(money.doubt)) == (Decimal(amount), doubted)
