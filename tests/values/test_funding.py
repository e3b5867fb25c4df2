"""Money by its source, as clerks write it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huajie_desktop.values.funding import Source, parse_funding
from huajie_desktop.values.reading import Unreadable


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("镇补 5万 实际 3万", [("镇补", 50000, 30000)]),
        ("镇补5万,村自筹3万", [("镇补", 50000, None), ("村自筹", 30000, None)]),
        ("镇补5万、村自筹3万", [("镇补", 50000, None), ("村自筹", 30000, None)]),
        ("镇补5万，实际3万", [("镇补", 50000, 30000)]),
        ("镇补5万元（实际3万元）", [("镇补", 50000, 30000)]),
        ("镇补 实际 3万", [("镇补", None, 30000)]),
        ("镇补：50,000元；村筹1,000,000元", [("镇补", 50000, None), ("村筹", 1000000, None)]),
        ("镇补5万 村自筹3万", [("镇补", 50000, None), ("村自筹", 30000, None)]),
        ("镇补5\n自筹3", [("镇补", 50000, None), ("自筹", 30000, None)]),
        ("镇补5万 实际3万", [("镇补", 50000, 30000)]),
        ("镇补5", [("镇补", 50000, None)]),
        ("上级补助", [("上级补助", None, None)]),
        ("2021年专项债 300万\n自筹", [("2021年专项债", 3000000, None), ("自筹", None, None)]),
        ("一事一议奖补 12.5万 实际 12万", [("一事一议奖补", 125000, 120000)]),
    ],
)
def test_sources_and_amounts_are_told_apart(text, items):
    found = parse_funding(text)
    assert [(item.name, item.planned, item.actual) for item in found.items] == items
    assert found.doubt == ""


def test_shares_are_kept_as_words_and_doubted():
    found = parse_funding("省补60%、自筹40%")
    assert [item.name for item in found.items] == ["省补60%", "自筹40%"]
    assert "没有读出金额" in found.doubt


@pytest.mark.parametrize("text", ["5万", "实际3万", "补" * 41])
def test_an_amount_without_a_source_is_refused(text):
    with pytest.raises(Unreadable):
        parse_funding(text)


@pytest.mark.parametrize(
    "text",
    ["镇补5万自筹3万", "镇补5 3", "镇补12 5万", "镇补5万(其中省补3万)", "总投资10万(镇补5万,自筹5万)", "镇补5-6万", "镇补-5万"],
)
def test_two_amounts_of_one_source_are_refused(text):
    with pytest.raises(Unreadable):
        parse_funding(text)


def test_another_money_is_doubted():
    assert "没有读出金额" in parse_funding("镇补5万美元").doubt


NAMES = st.text("镇村省市补助自筹资金专项", min_size=1, max_size=12)
AMOUNTS = st.none() | st.integers(1, 10**10).map(Decimal)


@given(st.lists(st.tuples(NAMES, AMOUNTS, AMOUNTS), min_size=1, max_size=4))
def test_words_read_back_are_the_same(parts):
    items = tuple(Source(*part) for part in parts)
    assert parse_funding("\n".join(item.words for item in items)).items == items


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        found = parse_funding(text)
    except Unreadable:
        return
    assert all(item.name for item in found.items)


def test_the_point_of_chinese_punctuation_is_one():
    assert parse_funding("镇补 12。5万").items[0].planned == 125000


@pytest.mark.parametrize(
    "text", ["镇补 10-20万", "镇补 12..5万", "镇补1e5万", "镇补-5万", "镇补" + "9" * 30 + "万", "镇补 123456789012"]
)
def test_an_amount_that_cannot_be_read_is_not_dropped(text):
    with pytest.raises(Unreadable, match="金额"):
        parse_funding(text)
