"""A value beside the text its program displayed for it, as .ods files keep both. Runs in the reader process."""

import datetime as dt
import math
import re
from decimal import Decimal

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
_SAYS_NOTHING = " -+()\u00a0"
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
        return text if text.strip(_SAYS_NOTHING) and not _NUMERALS.fullmatch(text.strip(_SAYS_NOTHING)) else value
    before, digits, after = text[: found.start()], found[0].replace(",", ""), text[found.end() :]
    if re.search(r"\d", after) or re.match(r"\s*(?:/|[eE][+-])", after):  # 2021年03月, 1/2, 1E+05
        alike = re.sub(r"\D", "", text) == str(abs(value)).removesuffix(".0") and re.search("[年月日]", text)
        return text if alike else value
    places = len(digits.partition(".")[2])
    shifts = (2,) if "%" in before + after else _SHIFTS
    shown, half = Decimal(digits), Decimal(5).scaleb(-places - 1)
    shift = next((s for s in shifts if abs(abs(_shifted(value, s)) - shown) <= half), None)
    if shift is None:
        return value
    bare = not (before + after).strip(_SAYS_NOTHING)
    padded = digits[:1] == "0" and len(digits.partition(".")[0]) > 1
    if bare and not shift and not padded:
        return value
    whole, _, rest = format(abs(_shifted(value, shift)), "f").partition(".")
    rest = rest.rstrip("0").ljust(places, "0")
    said = whole.zfill(len(digits.partition(".")[0])) + (f".{rest}" if rest else "")
    if value < 0:
        before, after = "-" + before.replace("-", "").replace("(", ""), after.replace(")", "")
    return f"{before.strip()}{said}{after.strip()}"


def _shifted(value: float, shift: int) -> Decimal:
    return Decimal(format(value, f".{_PLACES}g")).scaleb(shift)


def _day(text: str, day: dt.date) -> object:
    """A month or a year where the day is not shown."""
    rest = [int(word) for word in re.findall(r"\d+", text)]
    foreign, has_month = re.search("[A-Za-z]", text) is not None, day.month in rest
    if has_month:
        rest.remove(day.month)
    year = rest == [day.year] or (rest == [day.year % 100] and ("年" in text or (foreign and day.day != day.year % 100)))
    if ":" in text or not (year or (has_month and not rest)):
        return day
    if has_month or foreign:
        whole = f"{day.year}年{day.month}月" if year else f"{day.month}月"
        return text if "月" in text and ("年" in text or not year) else whole
    return f"{day.year}年"
