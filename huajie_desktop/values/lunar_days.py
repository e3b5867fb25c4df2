"""Days by the lunar calendar and feasts as they are written, in common days: 农历八月十五, 腊月廿三, 旧历年底, 中秋前."""

import datetime as dt
import re

from huajie_desktop.values.lunar import clear_and_bright, lunar_day, winter_solstice
from huajie_desktop.values.patterns import pattern
from huajie_desktop.values.text import chinese_number

_RELATIVE = {"明": 1, "次": 1, "去": -1, "上": -1}
_YEAR = r"(?:(?P<{0}>(?:19|20)\d\d|[二一][〇零○o0九][〇零○一二三四五六七八九]{{2}})年|(?P<{0}r>[今本当明次去上])年)?"
_BEFORE = r"(?P<before>[之以]?前(?!后))?"
_NUMERAL = "一二三四五六七八九十"
_LUNAR_DAY = pattern(
    rf"{_YEAR.format('y1')}(?P<mark>[农旧阴古夏老]历的?)?{_YEAR.format('y2')}(?P<leap>闰)?(?P<month>[正冬腊]|[{_NUMERAL}]{{1,2}}|\d{{1,2}})"
    rf"(?:月份?(?P<part>[上中下]旬|半|月?底|月?末|中(?!秋)|初(?![{_NUMERAL}]))?(?P<day>(?:初[{_NUMERAL}]|廿[{_NUMERAL}]?|卅|[{_NUMERAL}]{{1,3}}|\d{{1,2}})[日号]?(?![期批轮次标个月]))?|[./-](?P<dotted>\d{{1,2}}))"
    + _BEFORE
)
_YEAR_END = pattern(
    rf"{_YEAR.format('y1')}(?:[农旧阴古夏老]历的?{_YEAR.format('y2')}年?(?:年[底末终关内]?|[底末])|(?:除夕夜?|大?年三十|年关|过大?年)){_BEFORE}"
)
_FEASTS = {
    "元宵": (1, 15), "端午": (5, 5), "端阳": (5, 5), "七夕": (7, 7), "中元": (7, 15), "中秋": (8, 15), "重阳": (9, 9),
    "腊八": (12, 8), "小年": (12, 23),
}  # fmt: skip
_BY_THE_SUN = {"清明": clear_and_bright, "冬至": winter_solstice}
_NEW_YEAR = ("春节", "大年初一", "年初一", "新春")
_FEAST = pattern(
    rf"{_YEAR.format('y1')}(?:[农旧阴古夏老]历的?)?{_YEAR.format('y2')}"
    rf"(?P<feast>{'|'.join((*_FEASTS, *_BY_THE_SUN, *_NEW_YEAR))})(?:佳?节)?{_BEFORE}"
)
_SIGN = pattern(rf"历|[正冬腊]月|闰|初|廿|卅|除夕|三十|年关|过大?年|{'|'.join((*_FEASTS, *_BY_THE_SUN, *_NEW_YEAR))}")
_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_PARTS = {"上旬": 10, "中旬": 20, "半": 15, "中": 15, "初": 10}  # otherwise the last day


def in_common_days(text: str, year: int) -> tuple[str, str]:
    """Folded text with its lunar days and feasts as common days, and the doubt about the last of them, "" without any.

    What ends a lunar year (腊月, 除夕, 春节前) lies in January or February of the year after. Raises ValueError: no such day.
    """
    doubt = ""
    if not _SIGN.search(text):
        return text, doubt
    for days, day_of in ((_YEAR_END, _year_end), (_FEAST, _feast), (_LUNAR_DAY, _day)):
        parts, end = [], 0
        for match in days.finditer(text):
            if day := day_of(match, _year(match, year)):
                words = f"{day.year}年{day.month}月{day.day}日"
                doubt = f"“{match[0]}”按{words}读，请核对"
                parts += [text[end : match.start()], words]
                end = match.end()
        text = "".join((*parts, text[end:]))
    return text, doubt


def _year(match: re.Match[str], year: int) -> int:
    groups = match.groupdict()
    if said := groups["y1"] or groups.get("y2"):
        return (
            int(said) if said.isdigit() and said.isascii() else chinese_number(said.replace("o", "〇").replace("0", "〇")) or year
        )
    return year + _RELATIVE.get(groups["y1r"] or groups.get("y2r") or "", 0)


def _is_said(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    return any(groups.get(name) for name in ("y1", "y1r", "y2", "y2r"))


def _year_end(_match: re.Match[str], year: int) -> dt.date:
    return lunar_day(year, 12, 0)


def _feast(match: re.Match[str], year: int) -> dt.date:
    feast = match["feast"]
    if feast in _NEW_YEAR:  # a list of the year's work means the one that ends it
        day = lunar_day(year if _is_said(match) else year + 1, 1, 1)
    else:
        day = _BY_THE_SUN[feast](year) if feast in _BY_THE_SUN else lunar_day(year, *_FEASTS[feast])
    return day - dt.timedelta(days=1) if match["before"] else day


def _day(match: re.Match[str], year: int) -> dt.date | None:
    """None where the words are those of the common calendar."""
    word = (match["day"] or match["dotted"] or "").rstrip("日号")
    if not (match["mark"] or match["leap"] or match["month"] in _MONTHS or word.startswith(("初", "廿", "卅"))):
        return None
    month = _MONTHS.get(match["month"]) or _number(match["month"])
    number = (
        _number(word.replace("初", "").replace("廿", "二十").replace("卅", "三十"))
        if word
        else _PARTS.get(match["part"] or "", 0)
    )
    first_of_month = not word and not match["part"]
    day = lunar_day(year, month, number, bool(match["leap"]))
    if match["before"] and first_of_month:  # before the month begins
        return lunar_day(year, month, 1, bool(match["leap"])) - dt.timedelta(days=1)
    return day


def _number(word: str) -> int:
    number = int(word) if word.isdigit() and word.isascii() else chinese_number(word)
    if not number:
        raise ValueError("no number of a lunar day")
    return number
