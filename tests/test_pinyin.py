"""Pinyin initials for searching."""

import pytest

from huajie_desktop.pinyin import initials, search_text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("倪宅村", "nzc"),
        ("八字墙", "bzq"),
        ("路灯12盏", "ld12z"),
        ("A级、景区", "ajjq"),
        ("", ""),
        ("𠅤", "x"),
        ("🎉", ""),
        ("渎溪", "dx"),
    ],
)
def test_initials(text, found):
    assert initials(text) == found


@pytest.mark.parametrize(("name", "found"), [("曾三", "zs"), ("单四", "ss"), ("解五", "xw"), ("仇六", "ql"), ("任七", "rq")])
def test_surnames_are_read_as_surnames(name, found):
    assert initials(name, name=True) == found


def test_search_text_holds_words_and_initials():
    assert search_text("倪宅村", None, "A1") == "倪宅村 a1 nzc a1"
