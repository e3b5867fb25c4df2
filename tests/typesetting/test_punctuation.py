"""Signs put right on the way to paper (GB/T 15834-2011), and what must stay as it was typed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huajie_desktop.typesetting.punctuation import repaired
from huajie_desktop.typesetting.wording import Wording
from tests.typesetting.conftest import make_item, make_pledge

_ALPHABET = st.text("路灯村一ab１Ａ12,;:!?()（）\"'“”‘’.@/h．\n 、。", max_size=40)
_ALLOWED = {
    ",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）", '"': "“”‘’", "'": "‘’“”", "“": "‘", "”": "’", "‘": "“",
    "’": "”", "１": "1", "Ａ": "A", "．": ".",
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("路灯12盏,绿道1.5公里", "路灯12盏，绿道1.5公里"),
        ("完成80%,其余在建;请跟进!", "完成80%，其余在建；请跟进！"),
        ("时间:8:30,是否按时?", "时间：8:30，是否按时？"),
        ("(一)路灯(12盏)", "（一）路灯（12盏）"),
        ('开展"五大比拼"活动', "开展“五大比拼”活动"),
        ("荣获““五大比拼”先进村”", "荣获“‘五大比拼’先进村”"),
        ("“开展\"三五\"活动”", "“开展‘三五’活动”"),
        ("１２０盏ＬＥＤ灯，１２．５亩", "120盏LED灯，12.5亩"),
        ("见https://a.cn/b?x=1,2,请看", "见https://a.cn/b?x=1,2，请看"),
        ("邮箱:a.b@x.cn,电话0579-1", "邮箱：a.b@x.cn，电话0579-1"),
    ],
)  # fmt: skip
def test_signs_beside_chinese_are_put_right(typed, printed):
    assert repaired(typed) == printed


@pytest.mark.parametrize(
    "typed",
    [
        "1,200平方米", "8:30", "比例1:3", "f(x)=3", "共(3+2)×5=25", "DS-(I)型", "DN50 1\"管", "He said \"ok\", didn’t he?", "D:\\资料",
        "“一”和“二”", "第1,2,3项", "http://x.cn/a(b)c", "“没有关上", "甲\"乙", "花承诺〔2021〕1号",
    ],
)  # fmt: skip
def test_numbers_addresses_english_formulas_and_codes_stay(typed):
    assert repaired(typed) == typed


@given(_ALPHABET)
def test_repairing_loses_nothing_and_is_done_once(text):
    done = repaired(text)
    assert len(done) == len(text)
    assert all(new == old or new in _ALLOWED.get(old, "") for old, new in zip(text, done, strict=True))
    assert repaired(done) == done


def test_what_records_and_clerk_say_is_put_right_where_it_meets_the_wording_unless_it_is_to_stay():
    words = Wording("试", "承诺书\n　　{监督电话}“{单位}”\n{承诺事项表}")
    content = make_pledge(wording=words, unit="“三五”村", phone="电话:1", items=(make_item(title="路灯,管护"),))
    blocks, tables = content.blocks(), content.shown_tables()
    assert blocks[1].parts == ("电话：1“‘三五’村”",)
    assert "路灯，管护" in tables["承诺事项表"].rows[0]
    typed = replace(content, as_typed=True)
    assert typed.blocks()[1].parts == ("电话:1““三五”村”",)
    assert "路灯,管护" in typed.shown_tables()["承诺事项表"].rows[0]
