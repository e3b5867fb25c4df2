"""Choices, and yes or no: the one that is said, never one of two or the opposite."""

import pytest

from db.ledgers import dispute
from huajie_desktop.values.chosen import parse_choice, parse_flag
from huajie_desktop.values.reading import Unreadable

FINISHED = {"yes": "完成", "nearly": "基本完成", "no": "未完成"}
STAGES = {"waiting": "未启动", "going": "推进中", "nearly": "基本完成", "done": "已完成", "stuck": "受阻"}
MONTHS = {f"{month:02}": f"{month}月" for month in range(1, 13)}
KINDS = {"family": "婚姻家庭", "near": "邻里", "contract": "合同", "other": "其他"}
RESULTS = {"yes": "成功", "no": "不成功"}


@pytest.mark.parametrize(
    ("text", "choices", "key"),
    [
        ("完成", FINISHED, "yes"),
        ("已经完成", FINISHED, "yes"),
        ("全部完成", FINISHED, "yes"),
        ("尚未完成", FINISHED, "no"),
        ("已基本完成", STAGES, "nearly"),
        ("3月份", MONTHS, "03"),
        ("2021年3月", MONTHS, "03"),
        ("11月", MONTHS, "11"),
        ("婚姻家庭纠纷", KINDS, "family"),
        ("调解不成功", RESULTS, "no"),
        ("成功☑ 不成功□", RESULTS, "yes"),
        ("正在调解", dispute.RESULTS, "underway"),
        ("正在调解中", dispute.RESULTS, "underway"),
        ("调解不成功", dispute.RESULTS, "failure"),
    ],
)
def test_the_choice_that_is_said(text, choices, key):
    assert parse_choice(text, choices, "这一项") == (key, "")


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("没完成", FINISHED),
        ("不完成", FINISHED),
        ("部分完成", FINISHED),
        ("大部分完成", FINISHED),
        ("即将完成", FINISHED),
        ("计划完成", FINISHED),
        ("完成/未完成", FINISHED),
        ("基本完成，部分未完成", FINISHED),
        ("推进中/已完成", STAGES),
        ("推进中（受阻）", STAGES),
        ("启动", STAGES),
        ("13月", MONTHS),
        ("3-5月", MONTHS),
        ("3、4月", MONTHS),
        ("3月、4月", MONTHS),
        ("婚姻家庭、邻里", KINDS),
        ("非合同", KINDS),
        ("成功□ 不成功□", RESULTS),
    ],
)
def test_two_choices_or_the_opposite_are_an_error(text, choices):
    with pytest.raises(Unreadable, match="这一项"):
        parse_choice(text, choices, "这一项")


@pytest.mark.parametrize(("text", "key"), [("完成80%", "yes"), ("完成一半", "yes"), ("完成？", "yes"), ("完成，尾款未付", "yes")])
def test_a_choice_with_a_reservation_is_doubted(text, key):
    choice = parse_choice(text, FINISHED, "是否完成")
    assert choice.key == key
    assert "请核对是否完成" in choice.doubt


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        *((word, True) for word in ("是", "是的", "有", "√", "☑", "已", "已完成", "Y", "1")),
        *((word, False) for word in ("否", "不是", "未", "未完成", "没有", "×", "N", "0")),
    ],
)
def test_yes_and_no(text, flag):
    assert parse_flag(text, "司法确认") is flag


@pytest.mark.parametrize(
    "text",
    [
        "是否",
        "是/否",
        "是 否",
        "√×",
        "不是没有",
        "部分完成",
        "已完成80%",
        "已部分完成",
        "已取消",
        "是，但未签",
        "已开工未完工",
        "待定",
        "已？",
    ],
)
def test_neither_or_both_is_an_error(text):
    with pytest.raises(Unreadable, match="请写 是 或 否"):
        parse_flag(text, "司法确认")
