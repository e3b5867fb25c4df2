"""A value beside the text its program displayed for it, as .ods files keep both. Runs in the reader process."""

import datetime as dt
import math
import re
from decimal import Decimal

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
_SAYS_NOTHING = " -+()\u00a0.、．"
_LONGEST_SERIAL = 3  # digits with zeros before them that are but a serial number
_SHIFTS = (0, -3, -4, -6, -7, -8, -2, -1)  # powers of ten a format may take away, the usual ones first
_NUMERALS = re.compile("[零〇一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟.]+")
_PLACES = 15  # digits a spreadsheet keeps of a number


def as_displayed(text: str, cell: object) -> object:
    """The cell as the eye saw it: a text where it was shown as something else, else itself. Never raises."""
    text = text.strip()
    if not text or isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float) and math.isfinite(cell):
        return _number(text, cell)
    if isinstance(cell, dt.date):
        return _day(text, cell)
    return cell


def percentage(cell: object) -> object:
    """A cell that is said to be per cent and of which nothing is displayed."""
    return f"{_shifted(cell, 2)}%" if isinstance(cell, int | float) and math.isfinite(cell) else cell


def _number(text: str, value: float) -> object:
    found = _NUMBER.search(text)
    if not found:  # a word in its place; or its numerals
        word = text.strip(_SAYS_NOTHING)
        return text if word and not _NUMERALS.fullmatch(word) else value
    before, digits, after = text[: found.start()], found[0].replace(",", ""), text[found.end() :]
    if re.match(r"\s*(?:/|[eE][+-])", after):  # 1/2, 1E+05
        return value
    if re.search(r"\d", after):  # 2021年03月; 138-0013-8000
        return text if after.count(".") or re.sub(r"[\d,]", "", text).strip(_SAYS_NOTHING) else value
    return _shown(text, (before, digits, after), value)


def _shown(text: str, parts: tuple[str, str, str], value: float) -> object:
    """A number among words: the value with all its places where the words change what it says."""
    before, digits, after = parts
    front, _, places = digits.partition(".")
    shift = _shift(digits, len(places), value, "%" in before + after)
    bare = not shift and not (before + after).strip(_SAYS_NOTHING) and (len(front) <= _LONGEST_SERIAL or front[0] != "0")
    if bare:
        return value
    if shift is None:  # something that cannot be told: what is shown
        return text if (before + after).strip(_SAYS_NOTHING) else value
    whole, _, rest = format(abs(_shifted(value, shift)), "f").partition(".")
    rest = rest.rstrip("0").ljust(len(places), "0")
    if value < 0:
        before, after = "-" + before.replace("-", "").replace("(", ""), after.replace(")", "")
    return f"{before.strip()}{whole.zfill(len(front))}{'.' if rest else ''}{rest}{after.strip()}"


def _shift(digits: str, places: int, value: float, percent: bool) -> int | None:
    """By which power of ten what is shown differs from the value, None where it is something else."""
    shown, half = Decimal(digits), Decimal(5).scaleb(-places - 1)
    return next((s for s in ((2,) if percent else _SHIFTS) if abs(abs(_shifted(value, s)) - shown) <= half), None)


def _shifted(value: float, shift: int) -> Decimal:
    return Decimal(format(value, f".{_PLACES}g")).scaleb(shift)


def _day(text: str, day: dt.date) -> object:
    """A month or a year where the day is not shown."""
    numbers, year, month, short = [int(word) for word in re.findall(r"\d+", text)], day.year, day.month, day.year % 100
    both = f"{year}年{month}月"
    if "日" in text:
        return day
    if re.search("[A-Za-z]", text):  # Mar-21
        return both if numbers == [year] or (numbers == [short] and day.day != short) else day
    if numbers == [month]:
        return text if "月" in text else f"{month}月"
    if numbers in ([year, month], [month, year]) or ("年" in text and numbers == [short, month]):
        return text if "年" in text and "月" in text else both
    return f"{year}年" if numbers == [year] else day
