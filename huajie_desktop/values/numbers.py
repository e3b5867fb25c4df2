"""Counts as clerks write them: 12户, 1,200, 十二人; never half of a number or one of two."""

import re
from decimal import Decimal
from typing import NamedTuple

from huajie_desktop.values.patterns import pattern
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.text import CHINESE_DIGITS, bracketed, chinese_number, fold, with_points, without_brackets
from huajie_desktop.values.times_for_figures import says_time

_GAP = pattern(r"(?<=\d)\s+(?=\d)")  # between two numbers, or within one
_GROUPS = pattern(r"(?<=\d),(?=\d{3}(?:\D|$))")
INEXACT = r"左右|上下|以上|以下|以内|不到|[余多]|[+＋]"
NUMBER = rf"(?P<number>-?\d+(?:\.\d+)?|[{CHINESE_DIGITS}]+)"
_COUNTED = pattern(
    rf"(?P<about>大?约|近|[超逾]过?)?{NUMBER}(?P<more>{INEXACT})?(?P<unit>(?:(?![十百千万亿余多])[\u4e00-\u9fff]){{1,3}}?|km|kg|㎡|m)?(?P<less>{INEXACT})?"
)
_MOST = 10**9  # more than anything a township counts
_SAME = {"人": {"名", "位", "个", "口", "人次"}, "岁": {"周岁", "虚岁"}, "票": {"张", "张票", "个"}}


class Count(NamedTuple):
    """A whole number and what is doubtful about it."""

    number: int
    doubt: str = ""


def parse_count(text: str, label: str, unit: str = "") -> Count:
    """Reads a whole number of `unit`; `label` is what messages call it. Raises Unreadable for anything else."""
    raw, word = one_number(text, label)
    count = _counted(raw, word, label, unit)
    refuse_too_large(raw, count, label)
    return count


def one_number(text: str, label: str) -> tuple[str, str]:
    """A text that says one number at most: as messages show it, and folded for reading. Raises Unreadable."""
    raw = " ".join(text.split())[:20]
    if _GAP.search(text):
        raise Unreadable(f"“{raw}”的数字隔开了，看不出是一个数还是几个数，{label}请写一个整数")
    word = _GROUPS.sub("", fold(with_points(text)))
    if any(re.search(r"\d", part) for part in bracketed(word)):
        raise Unreadable(f"“{raw}”里有几个数，{label}请写一个整数")
    return raw, without_brackets(word) or word


def refuse_too_large(raw: str, count: Count, label: str) -> None:
    """Raises Unreadable for more than anything a township counts."""
    if abs(count.number) > _MOST:
        raise Unreadable(f"“{raw}”太大，请核对{label}")


def _counted(raw: str, word: str, label: str, unit: str) -> Count:
    if says_time(word):
        raise Unreadable(f"“{raw}”是时间，不是数字，{label}请写一个整数")
    if "%" in word:
        raise Unreadable(f"“{raw}”是比例，{label}请写一个整数")
    found = _COUNTED.fullmatch(word)
    number = whole(found["number"]) if found else None
    if found is None or number is None:
        raise Unreadable(f"“{raw}”不是数字，{label}请写一个整数")
    if found["about"] or found["more"] or found["less"]:
        return Count(number, f"“{raw}”不是准确数，按{number}读，请核对{label}")
    said = found["unit"] or ""
    if said and unit and said != unit and said not in _SAME.get(unit, ()):
        return Count(number, f"“{raw}”的单位不是{unit}，按{number}{unit}读，请核对{label}")
    return Count(number)


def whole(word: str) -> int | None:
    """The whole number a word says, None for one with a rest or no number."""
    if word[0] in CHINESE_DIGITS:
        return chinese_number(word)
    number = Decimal(word)
    return int(number) if number == number.to_integral_value() else None
