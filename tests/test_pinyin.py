"""How characters are read: the shipped tables, letters with all readings, surnames."""

import pytest

from db.words.readings import initials, letters
from db.words.searching import folded, holds, nearness, search_text
from resources import path
from tests.readings import readings_file


def test_the_shipped_table_is_what_the_library_says():
    assert path("readings.txt").read_text("utf-8") == readings_file()


def test_no_simplified_character_is_simplified_further():
    pairs = path("simplified.txt").read_text("utf-8").splitlines()
    assert len(pairs) > 3000
    assert {len(pair) for pair in pairs} == {2}
    assert {pair[0] for pair in pairs} & {pair[1] for pair in pairs} == set()


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
        ("长廊", "cl"),
    ],
)
def test_initials(text, found):
    assert initials(text) == found


def test_a_text_has_one_letter_or_symbol_for_each_character():
    assert len(letters("重重" * 20)) == 40
    assert letters("倪宅 A1") == "nza1"


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        *(("重阳节", typed) for typed in ("zyj", "cyj", "cy", "YJ")),
        *(("音乐节", typed) for typed in ("ylj", "yyj", "yy")),
        *(("银行网点", typed) for typed in ("yhwd", "yxwd")),
        *(("长廊", typed) for typed in ("cl", "zl")),
        *(("纠纷调解", typed) for typed in ("jftj", "jfdj")),
        *(("单行道重修长乐桥", typed) for typed in ("dhdcxcyq", "sxdzxzlq", "dxdcxzyq")),
        *(("曾三", typed) for typed in ("zs", "cs")),
        *(("单四", typed) for typed in ("ss", "ds", "cs")),
        *(("区五", typed) for typed in ("ow", "qw")),
        *(("翟六", typed) for typed in ("zl", "dl")),
        ("仇七", "qq"),
        ("解八", "xb"),
        ("重" * 40, "zc" * 20),
    ],
)
def test_a_text_is_found_by_any_reading_of_its_characters(text, typed):
    assert holds(search_text(text), typed)


@pytest.mark.parametrize(("text", "typed"), [("重阳节", "yyj"), ("重阳节", "zyq"), ("单四", "zs"), ("村", "重")])
def test_and_by_no_other(text, typed):
    assert not holds(search_text(text), typed)


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("ＬＥＤ路灯", "LED"),
        ("LED路灯", "ｌｅｄ"),
        ("路灯２０盏", "20盏"),
        ("路灯20盏", "２０盏"),
        ("大寒山（清泉寺）绿道", "大寒山(清泉寺)"),
        ("大寒山(清泉寺)绿道", "大寒山〔清泉寺〕"),
        ("大 寒 山 绿 道", "大寒山绿道"),
        ("大寒山绿道", "大 寒 山 绿 道"),
        ("公厕 3 座", "公厕3座"),
        ("公厕3座", "公厕 3 座"),
        ("農村文化禮堂", "农村文化礼堂"),
        ("农村文化礼堂", "農村文化禮堂"),
        ("面积100㎡", "100m2"),
        ("长\u3000廊\u200b", "长廊"),
        ("5%", "5％"),
    ],
)
def test_what_is_written_in_another_way_is_found(said, typed):
    assert holds(search_text(said), typed)


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'", '"', "*", "[", "]", "?", "🎉", "农" * 5000, "a" * 5000, ".*"])
def test_signs_mean_themselves(typed):
    assert not holds(search_text("倪宅村路灯"), typed)
    assert holds(search_text(f"倪宅{typed}村"), typed)


def test_the_first_word_as_a_whole_is_nearest():
    text = search_text("倪宅村", None, "A1 路")
    assert text.split(" ")[:2] == [folded("倪宅村"), "a1路"]
    assert [nearness(text, typed) for typed in ("倪宅村", "nzc", "倪宅", "nz", "宅", "zc", "", "x")] == [
        0,
        0,
        1,
        1,
        2,
        2,
        0,
        None,
    ]
