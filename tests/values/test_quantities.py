"""Things counted, as clerks write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huajie_desktop.values.quantities import Quantity, parse_quantities
from huajie_desktop.values.reading import Unreadable


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("路灯12盏、绿道1.5公里", [("路灯", "12", "盏"), ("绿道", "1.5", "公里")]),
        ("路灯 12 盏", [("路灯", "12", "盏")]),
        ("路灯:12盏", [("路灯", "12", "盏")]),
        ("路灯１２盏；公厕2座\n广场1个", [("路灯", "12", "盏"), ("公厕", "2", "座"), ("广场", "1", "个")]),
        ("路灯十二盏", [("路灯", "12", "盏")]),
        ("330国道路灯12盏", [("330国道路灯", "12", "盏")]),
        ("DN100管道500米", [("DN100管道", "500", "米")]),
        ("有机更新厂房45.5万平方米", [("有机更新厂房", "45.5", "万平方米")]),
        ("绿化1,200平方米,路灯3盏", [("绿化", "1200", "平方米"), ("路灯", "3", "盏")]),
        ("道路硬化（3000平方米）", [("道路硬化", "3000", "平方米")]),
        ("12盏", [("", "12", "盏")]),
    ],
)
def test_names_numbers_and_units_are_told_apart(text, items):
    found = parse_quantities(text)
    assert [(item.name, str(item.amount), item.unit) for item in found.items] == items
    assert found.doubt == ""


@pytest.mark.parametrize("text", ["道路约3公里", "土地100余亩", "路灯12盏左右", "路灯12盏以上"])
def test_what_is_not_exact_is_doubted(text):
    found = parse_quantities(text)
    assert "不是准确数" in found.doubt
    assert f"按{found.items[0].words}读" in found.doubt


@pytest.mark.parametrize(
    "text",
    [
        "路灯",
        "12",
        "一事一议项目",
        "路灯12盏、绿化",
        "路灯12-15盏",
        "路灯12+盏",
        "路灯12?盏",
        "路灯12.5.3盏",
        "路灯十几盏",
        "绿道0.1234公里",
        "管" * 41 + "5米",
    ],
)
def test_what_lacks_a_number_or_unit_is_refused(text):
    with pytest.raises(Unreadable):
        parse_quantities(text)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("路灯12 5盏", "路灯12 5盏"),
        ("路灯12盏绿道1.5公里", "路灯12盏绿道1.5公里"),
        ("路灯12盏 绿道1.5公里", "路灯12盏 绿道1.5公里"),
        ("路灯12盏(其中太阳能5盏)", "路灯12盏"),
        ("路灯12盏（太阳能5盏、普通7盏）", "路灯12盏（太阳能5盏"),
        ("绿化1 200平方米", "绿化1 200平方米"),
    ],
)
def test_two_numbers_in_one_part_are_doubted(text, first):
    found = parse_quantities(text)
    assert found.items[0].words == first
    assert "里有几个数" in found.doubt


def test_a_number_that_belongs_to_a_name_is_no_doubt():
    assert parse_quantities("DN100 500米").doubt == ""
    assert parse_quantities("2021年路灯12盏").doubt == ""


NAMES = st.text("路灯绿道公厕广场管网改造DN", max_size=12)
AMOUNTS = st.decimals(0, 10**9, places=3)


@given(st.lists(st.tuples(NAMES, AMOUNTS, st.sampled_from(["盏", "公里", "平方米", "万㎡", "座"])), min_size=1, max_size=4))
def test_words_read_back_are_the_same(parts):
    items = tuple(Quantity(*part) for part in parts)
    assert parse_quantities("、".join(item.words for item in items)).items == items


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        found = parse_quantities(text)
    except Unreadable:
        return
    assert all(item.unit and item.amount >= 0 and isinstance(item.amount, Decimal) for item in found.items)


def test_the_point_of_chinese_punctuation_is_one():
    assert parse_quantities("绿道1。5公里").items[0].amount == Decimal("1.5")


@pytest.mark.parametrize(
    "text", ["路灯10-20盏", "路灯12..5公里", "路灯1e5盏", "路灯-5盏", "路灯12/15盏", "路灯" + "9" * 30 + "盏"]
)
def test_half_of_a_number_is_none(text):
    with pytest.raises(Unreadable, match="数量"):
        parse_quantities(text)


@pytest.mark.parametrize("name", ["5G基站", "3号楼", "绿道（2期）"])
def test_digits_in_a_name_are_no_half_of_a_number(name):
    assert parse_quantities(f"{name} 3个").items[0].name == name
