"""Pinyin initials for searching; run as a module it makes the shipped table anew."""

import pytest
from pypinyin import Style, lazy_pinyin

from huajie_desktop.pinyin import initials, search_text
from resources import path


def table():
    """The table as it must be shipped: a line for each letter with all characters of GBK and of the 8105 read with it."""
    official = path("fonts/tongyong-8105.txt").read_text("utf-8")
    gbk = bytes(byte for high in range(0x81, 0xFF) for low in range(0x40, 0xFF) if low != 0x7F for byte in (high, low))
    letters: dict[str, list[str]] = {}
    for character in sorted({*official, *gbk.decode("gbk", "ignore")}):
        reading = lazy_pinyin(character, style=Style.NORMAL, errors="ignore")
        if ord(character) > 0x3400 and reading and reading[0][0].isascii():
            letters.setdefault(reading[0][0], []).append(character)
    return "".join(f"{letter}{''.join(letters[letter])}\n" for letter in sorted(letters))


def test_the_shipped_table_is_what_the_library_says():
    assert path("initials.txt").read_text("utf-8") == table()


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


if __name__ == "__main__":
    path("initials.txt").write_text(table(), "utf-8")
