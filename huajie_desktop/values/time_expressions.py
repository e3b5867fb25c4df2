"""Finds the times in a text about a deadline: 8月底, 三季度, 2021.08, 3-8月, 国庆前; with their first and last days."""

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from typing import NamedTuple

from huajie_desktop.values.patterns import pattern

DAY, TEN_DAYS, MONTH, QUARTER, HALF_YEAR, YEAR = "day", "ten_days", "month", "quarter", "half_year", "year"
_Y = r"(?:(?P<{0}>(?:19|20)?\d\d)年|(?P<{0}r>今年|本年度?|当年|明年|次年|去年|上年))度?"
_TO = r"[-—–~至到]"
_EXPRESSION = pattern(
    "|".join(
        (
            rf"(?<![\d.])(?:{_Y.format('ra')})?(?P<from>\d{{1,2}})(?:月份?)?{_TO}(?P<to>\d{{1,2}})月份?(?:底|末)?",
            rf"(?<![\d.])(?:{_Y.format('rd')})?(?P<days>\d{{1,2}})月(?P<d_from>\d{{1,2}})[日号]?{_TO}(?P<d_to>\d{{1,2}})(?!\d)(?:[日号]|(?![月./]))",
            rf"(?<!\d)(?P<rm>20\d\d)[./](?P<m_from>\d{{1,2}}){_TO}(?P<m_to>\d{{1,2}})(?![\d./月-])",
            r"(?<![\d.])(?P<y1>(?:19|20)?\d\d)(?:年(?P<m1>\d{1,2})[月./-]|(?P<sign>[./-])(?P<m0>\d{1,2})(?P=sign))(?P<d1>\d{1,2})(?!\d|月)[日号]?",
            rf"(?<!\d)(?<!\d年)(?:{_Y.format('y2')})?(?P<m2>\d{{1,2}})月份?(?:(?P<part>[上中]?[上中下]旬末?|月?底|月?末|初|中)|(?P<d2>\d{{1,2}})(?!\d|月)[日号]?)?",
            r"(?<!\d)(?P<y3>(?:19|20)\d\d)[./-](?P<m3>\d{1,2})(?!\d|[./-]\d\d?(?!\d))(?:月?份?(?P<part3>[上中]?[上中下]旬末?|底|末|初|中)|月份?)?",
            rf"(?:{_Y.format('y4')})?(?P<upto>前)?(?:第?(?P<q>[一二三四1-4])个?季度?|q(?P<q2>[1-4]))(?:之?(?P<qend>末|底))?",
            rf"(?:{_Y.format('y5')})?(?P<half>上半年|下半年|年中)(?:末|底)?",
            r"(?<!\d)(?P<y6>(?:19|20)\d\d)(?P<m6>\d\d)(?P<d6>\d\d)?(?!\d)",
            r"(?:(?<!\d)(?P<y7>(?:19|20)?\d\d)年年?|(?P<y7r>今|本|当|明|次|去)?年)(?:度?以?之?内|底|末|终|尾|度)",
            r"(?:(?P<y8>(?:19|20)?\d\d)年|(?P<y8r>今年|本年|明年|去年))?(?P<feast>元旦|劳动节|五一|六一|建党节|七一|建军节|八一|国庆|十一)(?!\d{1,3}(?!\d)|月)节?",
            r"(?<![\d.])(?P<m9>\d{1,2})(?:[./](?P<d9>\d{1,2})(?!\d|[./]\d|月)|-(?P<d10>\d{1,2})(?![\d./月-]))[日号]?",
            r"(?<!\d)(?P<y10>(?:19|20)\d\d)年度?|(?P<y10r>今年|本年度?|明年|次年)",
        )
    )
)
_YEARS = ("ra", "rd", "rm", "y1", "y2", "y3", "y4", "y5", "y6", "y7", "y8", "y10")
_NO_YEAR_WORD = pattern(r"(?<!\d)((?:19|20)\d\d)(?=上半年|下半年|年中|第?[一二三四1-4]个?季|q[1-4])")  # 2021上半年
_BEFORE = pattern(r"[之以]?前(?!后)")
_FEASTS = {
    "元旦": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "六一": (6, 1), "七一": (7, 1), "建党节": (7, 1), "八一": (8, 1),
    "建军节": (8, 1), "国庆": (10, 1), "十一": (10, 1),
}  # fmt: skip
_PARTS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 0), "初": (1, 10), "中": (1, 15)}  # days of a month, 0: its last
_ARABIC = str.maketrans("一二三四", "1234")
_RELATIVE = {"明": 1, "次": 1, "去": -1, "上": -1}


class Found(NamedTuple):
    """One time in a text: first and last day, how exact it is, where it stands and what is doubtful about it."""

    first: dt.date
    last: dt.date
    precision: str
    begin: int
    end: int
    has_year: bool
    doubt: str = ""
    bare: bool = False  # a year and nothing of when in it


_Span = tuple[dt.date, dt.date, str, str]  # first and last day, precision, doubt


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def with_year_word(text: str) -> str:
    """Folded text in which a year before its half or quarter has its 年."""
    return _NO_YEAR_WORD.sub(r"\1年", text)


def find_times(text: str, year: int) -> list[Found]:
    """The times in a folded text in the order written; without a year they take the one before, or `year`.

    Raises ValueError for a day that is not there.
    """
    found: list[Found] = []
    current = year
    for match in _EXPRESSION.finditer(text):
        item = _understand(match, current)
        before = _BEFORE.match(text, match.end())
        if before:
            item = _take_before(item, match)._replace(end=before.end())
        if item.has_year:
            current = item.last.year
        found.append(item)
    return found


def _year_of(match: re.Match[str], year: int) -> tuple[int, bool]:
    groups = match.groupdict()
    for name in _YEARS:
        if digits := groups.get(name):
            number = int(digits)
            return (number if number > 99 else 2000 + number), True
        if relative := groups.get(name + "r"):
            return year + _RELATIVE.get(relative[0], 0), relative[0] in _RELATIVE
    return year, False


def _understand(match: re.Match[str], base: int) -> Found:
    g = match.groupdict()
    year, has_year = _year_of(match, base)
    if g["from"] or g["m_from"]:
        span = _months(match, year)
    elif g["d_from"]:
        month = int(g["days"])
        span = dt.date(year, month, int(g["d_from"])), dt.date(year, month, int(g["d_to"])), DAY, ""
    elif g["q"] or g["q2"]:
        quarter = int((g["q"] or g["q2"]).translate(_ARABIC))
        span = dt.date(year, 1 if g["upto"] else quarter * 3 - 2, 1), month_end(year, quarter * 3), QUARTER, ""
    elif g["half"]:
        month = 12 if g["half"] == "下半年" else 6
        span = dt.date(year, month - 5, 1), month_end(year, month), HALF_YEAR, ""
    elif g["feast"]:
        feast = dt.date(year, *_FEASTS[g["feast"]])
        span = feast, feast, DAY, ""
    else:
        span = _calendar(match, year)
    if span[0] > span[1]:
        raise ValueError("range runs backwards")
    return Found(*span[:3], match.start(), match.end(), has_year, span[3], bool(g["y10"] or g["y10r"]))


def _said(groups: Mapping[str, str | None], *names: str) -> str:
    """What stands in the one of these groups that matched, "" where none did."""
    return next((text for name in names if (text := groups[name])), "")


def _months(match: re.Match[str], year: int) -> _Span:
    g = match.groupdict()
    last = month_end(year, int(_said(g, "to", "m_to")))
    doubt = f"“{match[0]}”按{last.month}月{last.day}日读，请核对" if g["m_to"] else ""
    return dt.date(year, int(_said(g, "from", "m_from")), 1), last, MONTH, doubt


def _calendar(match: re.Match[str], year: int) -> _Span:
    g = match.groupdict()
    month = _said(g, "m0", "m1", "m2", "m3", "m6", "m9")
    if not month:
        return dt.date(year, 1, 1), dt.date(year, 12, 31), YEAR, ""
    day, part, number = _said(g, "d1", "d2", "d6", "d9", "d10"), _said(g, "part", "part3"), int(month)
    if day:
        exact = dt.date(year, number, int(day))
        unsure = g["d10"] or (int(day) <= 12 and ((g["d9"] and "/" in match[0]) or (g["m1"] and "-" in match[0])))
        return exact, exact, DAY, f"“{match[0]}”按{number}月{int(day)}日读，请核对" if unsure else ""
    if days := _PARTS.get(part.rstrip("末")[-2:]):
        return _ten_days(match[0], dt.date(year, number, days[0]), days[1], sure="旬" in part)
    eaten = match[0].endswith(".1")
    doubt = f"“{year}.1”可能是{year}年10月（Excel会去掉末尾的0），现按1月读，请核对" if eaten else ""
    return dt.date(year, number, 1), month_end(year, number), MONTH, doubt


def _ten_days(text: str, first: dt.date, last_day: int, *, sure: bool) -> _Span:
    last = first.replace(day=last_day) if last_day else month_end(first.year, first.month)
    return first, last, TEN_DAYS, "" if sure else f"“{text}”按{last.month}月{last.day}日读，请核对"


def _take_before(item: Found, match: re.Match[str]) -> Found:
    """9月前 is the end of August; 9月底前, 9月30日前 and 三季度末前 are not moved."""
    word = match[0]
    g = match.groupdict()
    vague = (item.precision == MONTH and word[-1] not in "底末") or (item.precision == QUARTER and not g["qend"]) or item.bare
    if not vague and not g["feast"]:
        return item
    last = (month_end(item.last.year, int(g["to"])).replace(day=1) if g["from"] else item.first) - dt.timedelta(days=1)
    if g["feast"]:
        return item._replace(first=last, last=last)
    doubt = f"“{word}前”按{last.month}月{last.day}日读，请核对是不是{word.rstrip('份')}底前"
    return item._replace(first=last.replace(day=1), last=last, doubt=doubt, bare=False)
