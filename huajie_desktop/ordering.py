"""Texts in the order in which people look for them: Chinese by pinyin, numbers by their value, people by their surnames."""

import re
from functools import lru_cache

from db.words.readings import readings, surname
from db.words.searching import folded
from huajie_desktop.values.text import CHINESE_DIGITS, chinese_number

_NUMBERS = re.compile(
    rf"\d+|(?<=第)[{CHINESE_DIGITS}]+|(?<=\()[{CHINESE_DIGITS}]+(?=\))|^[{CHINESE_DIGITS}]+(?=、)"
)  # also the ordinals 第十条, （十）, 十、


def text_key(text: str) -> str:
    """What texts are sorted by: 任务2 before 任务10, 第二条 before 第十条, 安 before 张; in every list and engine alike."""
    return _placed(_NUMBERS.sub(_numbered, folded(text)))


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


def _placed(text: str) -> str:
    return text if text.isascii() else text.translate(readings().places)


def _numbered(found: re.Match[str]) -> str:
    """A number of as many digits as it has, which are said first, so that texts compare as numbers do."""
    digits = found[0] if found[0].isdecimal() else str(chinese_number(found[0]))
    digits = digits.lstrip("0") or "0"
    return f"{len(digits):03}{digits}"
