"""Texts in the order in which people look for them: Chinese by pinyin, numbers by their value, people by their surnames."""

import re
import unicodedata
from functools import cache, lru_cache

from db.words.readings import readings, surname
from db.words.searching import plain
from huajie_desktop.values.text import CHINESE_DIGITS, chinese_number

_DIGITS = re.compile(r"\d+")
_ORDINALS = re.compile(
    rf"(?<=第)[{CHINESE_DIGITS}]+|(?<=\()[{CHINESE_DIGITS}]+(?=\))|^[{CHINESE_DIGITS}]+(?=、)"
)  # 第十条, （十）, 十、


def text_key(text: str) -> str:
    """What texts are sorted by: 任务2 before 任务10, 第二条 before 第十条, 安 before 张; in every list and engine alike."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        if "第" in text or "(" in text or "、" in text:
            text = _ORDINALS.sub(lambda found: str(chinese_number(found[0])), text)
    return _DIGITS.sub(_numbered, text).translate(_places())


@lru_cache(8192)  # a list of tasks names few people, each many times
def name_key(name: str) -> str:
    """The same of a person's name, the surname in its own reading: 单 under shàn, 区 under ōu, 尉迟 under yù chí."""
    begun, said = surname(name)
    if not begun:
        return text_key(name)
    table = readings()
    spoken = zip(map(ord, begun), said, strict=True)
    places = [table.further.get((code, syllable), table.places[code]) for code, syllable in spoken]
    return "".join(map(chr, places)) + text_key(name[len(begun) :])


def number_key(number: str | None) -> tuple[bool, str]:
    """What records are sorted by their number by, those without one last: 2021-2 before 2021-10."""
    return number is None, text_key(number or "")


@cache
def _places() -> dict[int, int | None]:
    """What stands for each character: simplified, small, marks alike, white space dropped, and in its place by reading."""
    table = readings().places
    alike: dict[int, int | None] = {}
    for code, simple in plain().items():
        alike[code] = ord(simple) if simple else None
    alike |= {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
    return table | {code: None if simple is None else table.get(simple, simple) for code, simple in alike.items()}


def _numbered(found: re.Match[str]) -> str:
    """A number of as many digits as it has, which are said first, so that texts compare as numbers do."""
    digits = found[0].lstrip("0") or "0"
    return f"{len(digits):03}{digits}"
