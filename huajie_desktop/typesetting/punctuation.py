"""Repairs the signs of a text on its way to paper, as GB/T 15834-2011 wants them; character by character, so nothing is lost.

Half-width signs beside Chinese become full-width, straight quotes “ ”, quotes inside quotes ‘ ’, full-width figures and letters
half-width. What is no Chinese text stays: numbers, times, addresses of the web and of mail, English, formulas, codes.
"""

import re
from collections.abc import Iterator

from huajie_desktop.typesetting.worked_once import remembered

# What has nothing else is as it should be, as most texts are: none of these signs, or “ ” around what has none.
_NONE = r"[^,;:!?()\"'“”‘’０-９Ａ-Ｚａ-ｚ]"
_SOUND = re.compile(rf"(?:{_NONE}++|“{_NONE}*+”)*+")
_WIDE = {code: code - 0xFEE0 for span in ("０９", "ＡＺ", "ａｚ") for code in range(ord(span[0]), ord(span[1]) + 1)}
_WIDE_POINT = re.compile(r"(?<=[0-9])．(?=[0-9])")
_FULL = str.maketrans(",;:!?", "，；：！？")
_HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CHINESE = re.compile(rf"[{_HAN}、。，；：！？（）《》〔〕【】]")
_SIGN = re.compile(r"[,;:!?]")
_ADDRESS = re.compile(
    r"(?:[a-z]+://|www\.)[!-~]*[0-9A-Za-z/]|[\w.+-]+@[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)+", re.IGNORECASE | re.ASCII
)
_QUOTES = re.compile(r"[\"'“”‘’]")
_OPENS, _CLOSES = "“‘", "”’"
_APOSTROPHE = re.compile(r"(?<=[0-9A-Za-z])['’](?=[A-Za-z])|(?<=[0-9])['\"]")  # it’s, 5' and 12": no quotes
_MOST_ROUNDS = 8


@remembered  # names of units, forms and places come again on every paper
def repaired(text: str) -> str:
    """The text with its signs put right; as long as before, and itself when repaired again."""
    if _SOUND.fullmatch(text):
        return text
    for _round in range(_MOST_ROUNDS):  # what was put right may tell that its neighbour stands beside Chinese, too
        before, text = text, "\n".join(map(_once, text.split("\n")))
        if text == before:
            break
    return text


def _once(line: str) -> str:
    line = _WIDE_POINT.sub(".", line.translate(_WIDE))
    spans = [match.span() for match in _ADDRESS.finditer(line)]
    signs = list(line)
    for at in (match.start() for match in _SIGN.finditer(line)):
        if not any(start <= at < end for start, end in spans) and _beside_chinese(line, at, at):
            signs[at] = line[at].translate(_FULL)
    for first, last in _brackets(line):
        if not any(start <= first < end or start <= last < end for start, end in spans) and _chinese_brackets(line, first, last):
            signs[first], signs[last] = "（）"
    return _quoted("".join(signs))


def _beside_chinese(line: str, first: int, last: int) -> bool:
    """Whether Chinese stands before `first` or behind `last`, and a sign between figures and letters is not meant."""
    before, behind = line[first - 1 : first], line[last + 1 : last + 2]
    return bool(_CHINESE.match(before) or _CHINESE.match(behind))


def _brackets(line: str) -> Iterator[tuple[int, int]]:
    """The places of brackets that belong together, of which at least one is half-width."""
    opened: list[int] = []
    for at, sign in enumerate(line):
        if sign in "(（":
            opened.append(at)
        elif sign in ")）" and opened:
            first = opened.pop()
            if line[first] == "(" or sign == ")":
                yield first, at


def _chinese_brackets(line: str, first: int, last: int) -> bool:
    """Whether there is Chinese inside, or Chinese before and none but Chinese or the end behind: no formula, no code."""
    if line[first] == "（" or line[last] == "）" or _CHINESE.search(line, first + 1, last):
        return True
    before, behind = line[first - 1 : first] if first else "", line[last + 1 : last + 2]
    if not behind:
        return bool(_CHINESE.match(before))
    return bool(_CHINESE.match(behind)) and (not before or bool(_CHINESE.match(before)))


def _quoted(line: str) -> str:
    """The line with the quotes of a text outside “ ” and inside ‘ ’; quotes that do not match stay as they are."""
    kept = {match.start() for match in _APOSTROPHE.finditer(line)}
    places = [match.start() for match in _QUOTES.finditer(line) if match.start() not in kept]
    if not places or (len(places) == 2 and line[places[0]] == "“" and line[places[1]] == "”"):
        return line
    pairs = _pairs(line, places)
    if pairs is None or not any(
        _CHINESE.search(line, first + 1, last) or _beside_chinese(line, first, last) for first, last, _ in pairs
    ):
        return line
    signs = list(line)
    for first, last, depth in pairs:
        signs[first], signs[last] = _OPENS[depth % 2], _CLOSES[depth % 2]
    return "".join(signs)


def _pairs(line: str, places: list[int]) -> list[tuple[int, int, int]] | None:
    """Where each quotation opens and closes and how deep it lies; None where they do not match."""
    opened: list[int] = []
    pairs = []
    for at in places:
        sign = line[at]
        inner = line[opened[-1]] if opened else ""
        if sign in _OPENS or (sign in "\"'" and inner != sign):
            opened.append(at)
        elif opened and (sign == inner if sign in "\"'" else inner == _OPENS[_CLOSES.index(sign)]):
            pairs.append((opened.pop(), at, len(opened)))
        else:
            return None
    return None if opened else pairs
