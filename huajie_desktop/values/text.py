"""Text as clerks type it: trimming for storage, folding for comparison, numerals in Chinese characters."""

import re
import unicodedata
from functools import lru_cache

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
# Signs nobody can see: controls, marks of direction, joiners, halves of characters (Unicode's Cc, Cf, Cs). They reverse what is
# read, break lines and columns, are refused by faces and databases, and tell apart what looks the same.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f\ud800-\udfff]"
)
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_EDGES = re.compile(rf"^[\s{INVISIBLE}]+|[\s{INVISIBLE}]+$")
_SPACES = re.compile(rf"[\s{INVISIBLE}]+")
_BRACKETS = re.compile(r"[(\[【〔{<][^()\[\]【】〔〕{}<>]*(?:[)\]】〕}>]|$)")
_HEADER_MARKS = re.compile(r"[/／](?:亿元|千元|万元|元)$|[*:#.、,。%]|(?<=[资额算金])(?:万元|元)$")
_ORDINAL = re.compile(
    r"^(?:第?[一二三四五六七八九十百]{1,4}(?:[、.,:)]|[部篇]?分[、:]?|是|类[、:]?)|[(][一二三四五六七八九十\d]{1,3}[)][、.]?|\d{1,3}[、.)](?!\d))"
)
_BLANK_MARKS = frozenset(
    [
        "",
        "/",
        "//",
        "\\",
        "-",
        "--",
        "---",
        "—",
        "——",
        "–",
        "―",
        "_",
        "无",
        "暂无",
        "没有",
        "空",
        "×",
        "x",
        "n/a",
        "na",
        "nil",
        "none",
        "null",
        "不涉及",
        "不适用",
        "无投资",
        "无资金",
    ]
)
DITTO = frozenset(["同上", "〃", '"', "''", "″", "”", "“", "同前", "上同"])

_DIGITS = {
    c: n
    for n, word in enumerate(("零〇○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in word
}
_POINT = re.compile(r"(?<=\d)[。｡](?=\d)")
_POWERS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
CHINESE_DIGITS = "".join(_DIGITS) + "".join(_POWERS)


def clean(text: str) -> str:
    """The text without signs nobody can see: every sort of new line is one, a tab is a blank, the others go."""
    if text.isprintable():
        return text  # most texts
    return _HIDDEN.sub("", _BREAKS.sub("\n", text).replace("\t", " "))


def trim(text: str) -> str:
    """Text for storage: clean, without white space (U+3000, U+00A0, line breaks, zero-width) at both ends."""
    text = text.strip()
    return text if text.isprintable() else _EDGES.sub("", clean(text))


def fold(text: str) -> str:
    """Text for comparison only: NFKC, no white space at all, lower case."""
    if text.isalnum() and unicodedata.is_normalized("NFKC", text):
        return text.lower()  # most words: nothing to fold but the case
    folded = _SPACES.sub("", unicodedata.normalize("NFKC", text)).lower()
    return folded if unicodedata.is_normalized("NFKC", folded) else fold(folded)


def is_blank(text: str) -> bool:
    """Whether a cell says "nothing": empty or one of the marks clerks put there (/ 无 —)."""
    return fold(text) in _BLANK_MARKS


def is_word(text: str) -> bool:
    """Whether a mark of nothing is a word all the same where any text may stand: x in a column of amounts is none."""
    return fold(text) == "x"


def with_points(text: str) -> str:
    """Text with the point an input method in Chinese punctuation types as 。 between two digits: 12。5."""
    return _POINT.sub(".", text)


def without_brackets(folded: str) -> str:
    """Folded text without bracketed parts, also those never closed."""
    while (shorter := _BRACKETS.sub("", folded)) != folded:
        folded = shorter
    return folded


def bracketed(folded: str) -> list[str]:
    """What stands inside the brackets of a folded text."""
    return [part.strip("()[]【】〔〕{}<>") for part in _BRACKETS.findall(folded)]


@lru_cache(8192)  # every cell of a small sheet is asked, several times, and sheets repeat themselves
def header_word(text: str) -> str:
    """A header word without white space, brackets, units and marks, for looking it up."""
    word = fold(text)
    word = without_brackets(word) or word.strip("[]【】()〔〕")
    return _HEADER_MARKS.sub("", word)


def without_ordinal(folded: str) -> str:
    """Folded text without a leading 一、 (二) 3. 第一部分."""
    return _ORDINAL.sub("", folded)


def has_ordinal(folded: str) -> bool:
    """Whether a folded text starts like a heading: 一、 (二) 第三部分."""
    return _ORDINAL.match(folded) is not None


def chinese_number(text: str) -> int | None:
    """Value of 十二, 贰拾, 三百五十 or 二〇二一; None when it is no number below ten thousand."""
    if not text or any(c not in CHINESE_DIGITS for c in text):
        return None
    if not any(c in _POWERS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, None
    for c in text:
        if c in _POWERS:
            total += (1 if digit is None or (digit == 0 and not total) else digit) * _POWERS[c]
            digit = None
        else:
            digit = _DIGITS[c]
    return total + (digit or 0)
