"""Deadlines as offices write them: 8月底前, 三季度, 2021.08, 长期坚持. Rules: the answer key of the sample workbooks."""

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from huajie_desktop.values.deadline_words import FILLER, ONGOING, RECURRING, SEASON, VAGUE
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.text import CHINESE_DIGITS, bracketed, chinese_number, fold, without_brackets

DAY, TEN_DAYS, MONTH, QUARTER, HALF_YEAR, YEAR = "day", "ten_days", "month", "quarter", "half_year", "year"
_EPOCH = dt.date(1899, 12, 30)  # day 0 of Excel's serial numbers for dates after 1900-02-28
_SERIALS = range(36526, 73051)  # 2000-01-01 to 2099-12-31
_HINT = "请写一个日期（如 8月31日前 或 {year}-08-31）"
_Y = r"(?:(?P<{0}>(?:19|20)?\d\d)年|(?P<{0}r>今年|本年度?|当年|明年|次年|去年|上年))度?"
_CHINESE_BEFORE = re.compile(rf"[{CHINESE_DIGITS}Oo0]+(?=[年月日号])")
_EXPRESSION = re.compile(
    "|".join(
        (
            rf"(?<![\d.])(?:{_Y.format('ra')})?(?P<from>\d{{1,2}})(?:月份?)?[-—–~至到](?P<to>\d{{1,2}})月份?(?:底|末)?",
            r"(?<![\d.])(?P<y1>(?:19|20)?\d\d)[年./-](?P<m1>\d{1,2})[月./-](?P<d1>\d{1,2})(?!\d)[日号]?",
            rf"(?<!\d)(?<!\d年)(?:{_Y.format('y2')})?(?P<m2>\d{{1,2}})月份?(?:(?P<part>[上中]?[上中下]旬末?|月?底|月?末|初|中)|(?P<d2>\d{{1,2}})(?!\d)[日号]?)?",
            r"(?<!\d)(?P<y3>(?:19|20)\d\d)[./-](?P<m3>\d{1,2})(?!\d|[./-]\d\d?(?!\d))(?:月?份?(?P<part3>[上中]?[上中下]旬末?|底|末|初|中)|月份?)?",
            rf"(?:{_Y.format('y4')})?(?P<upto>前)?(?:第?(?P<q>[一二三四1-4])个?季度?|q(?P<q2>[1-4]))(?:之?(?P<qend>末|底))?",
            rf"(?:{_Y.format('y5')})?(?P<half>上半年|下半年|年中)(?:末|底)?",
            r"(?<!\d)(?P<y6>(?:19|20)\d\d)(?P<m6>\d\d)(?P<d6>\d\d)?(?!\d)",
            r"(?:(?P<y7>(?:19|20)?\d\d)年年?|(?P<y7r>今|本|当|明|次|去)?年)(?:度?以?之?内|底|末|终|尾|度)",
            r"(?:(?P<y8>(?:19|20)?\d\d)年|(?P<y8r>今年|本年|明年|去年))?(?P<feast>元旦|劳动节|五一|六一|建党节|七一|建军节|八一|国庆|十一)(?!\d|月)节?",
            r"(?<![\d.])(?P<m9>\d{1,2})[./-](?P<d9>\d{1,2})(?![\d./-])[日号]?",
            r"(?<!\d)(?P<y10>(?:19|20)\d\d)年度?|(?P<y10r>今年|本年度?|明年|次年)",
        )
    )
)
_THREE = re.compile(r"(?<![\d.])(\d+)(?:([./-])\d{1,2}\2\d{1,2}(?!\d)|年\d{1,2}月)")  # a year, a month, a day
_BEFORE = re.compile(r"[之以]?前")
_JOINT = re.compile(r"^(?:[-—–~至到]+|底?前?[-—–~至到]+)$")
_FEASTS = {
    "元旦": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "六一": (6, 1), "七一": (7, 1), "建党节": (7, 1), "八一": (8, 1),
    "建军节": (8, 1), "国庆": (10, 1), "十一": (10, 1),
}  # fmt: skip
_PARTS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 0), "初": (1, 10), "中": (1, 15)}  # days of a month, 0: its last
_ARABIC = str.maketrans("一二三四", "1234")
_CLOCK = re.compile(r"(?<=\d)[\sTt]+\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?\s*$")
_RELATIVE = {"明": 1, "次": 1, "去": -1, "上": -1}


class Due(NamedTuple):
    """A deadline: last day, how exact it is, first day of a range, whether it goes on all year, and what is doubtful."""

    day: dt.date
    precision: str
    ongoing: bool = False
    start: dt.date | None = None
    doubt: str = ""
    nodes: tuple[tuple[dt.date, str], ...] = ()  # several deadlines in one cell, with their texts

    @property
    def begin(self) -> dt.date:
        """The first day meant when the text is read as a start: 3月 begins on 03-01."""
        if self.start:
            return self.start
        months = {MONTH: 1, QUARTER: 3, HALF_YEAR: 6, YEAR: 12}.get(self.precision)
        if months:
            return self.day.replace(day=1, month=self.day.month - months + 1)
        return self.day.replace(day=max(self.day.day - 9, 1)) if self.precision == TEN_DAYS else self.day


class _Found(NamedTuple):
    first: dt.date
    last: dt.date
    precision: str
    begin: int
    end: int
    has_year: bool
    doubt: str = ""
    bare: bool = False  # a year and nothing of when in it


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def parse_due(value: str | int | float | dt.date, year: int) -> Due:
    """Reads a deadline; months without a year take `year`. Raises Unreadable (empty, 待定, 2月30日, #REF!)."""
    if isinstance(value, dt.date):
        return _checked(Due(value.date() if isinstance(value, dt.datetime) else value, DAY), year)
    if isinstance(value, bool):
        value = "是" if value else "否"
    if isinstance(value, (int, float)):
        return _from_number(value, year)
    text = fold(_CLOCK.sub("", value)).replace("元月", "1月")
    if not text or "年月" in text:  # 2021年 月 日 is a form not filled in
        raise Unreadable("没有写时间，" + _HINT.format(year=year))
    if re.fullmatch(r"-?\d{1,6}(\.0*)?", text):
        return _from_number(float(text), year)
    try:
        return _from_text(value, text, year)
    except (ValueError, OverflowError):
        raise Unreadable(f"“{_short(value)}”这一天不存在，" + _HINT.format(year=year)) from None


def leading_due(text: str, year: int) -> tuple[Due | None, int]:
    """The deadline a line begins with and how many characters it takes (6月底 完成招标 -> 06-30, 3); None and 0 without one."""
    for length in range(min(len(text), 20), 1, -1):
        head = text[:length]
        if head[-1].isspace():
            continue
        try:
            found = _find(fold(head), year)
            if found and found[0].begin == 0 and found[-1].end == len(fold(head)):
                return parse_due(head, year), length
        except (ValueError, Unreadable):
            continue
    return None, 0


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 20 else text[:20] + "…"


def _from_number(number: float, year: int) -> Due:
    whole = int(number) if abs(number) < 1e9 else 0
    if whole == number and whole in _SERIALS:
        return _checked(Due(_EPOCH + dt.timedelta(days=whole), DAY), year)
    if 2000 <= number < 2100 and whole != number:
        return _from_text(repr(number), repr(number), year)
    if whole == number and 2000 <= whole < 2100:
        return _checked(Due(dt.date(whole, 12, 31), YEAR, doubt=f"只写了“{whole}”，按{whole}年年底读，请核对"), year)
    if whole == number and 1 <= whole <= 12:
        return Due(month_end(year, whole), MONTH, doubt=f"只写了“{whole}”，按{whole}月底读，请核对")
    text = repr(whole) if whole == number else repr(number)
    try:
        due = _from_text(text, text, year)
    except (ValueError, OverflowError):
        raise Unreadable(f"“{text}”不是日期，" + _HINT.format(year=year)) from None
    if whole != number:
        due = due._replace(doubt=due.doubt or f"数字“{text}”按{due.day.month}月{due.day.day}日读，请核对")
    return due


def _from_text(raw: str, text: str, year: int) -> Due:
    text = _CHINESE_BEFORE.sub(_in_digits, text)
    outside = without_brackets(text) or ",".join(bracketed(text))
    for whole in _THREE.finditer(outside):
        if len(whole[1]) != 2 and not 1990 <= int(whole[1][:5]) <= 2099:
            raise Unreadable(f"“{_short(raw)}”的年份不合理，" + _HINT.format(year=year))
    found = _find(outside, year)
    if recurring := RECURRING.search(outside):
        return Due(dt.date(year, 12, 31), YEAR, True, doubt=f"“{recurring[0]}”是经常性工作，按全年持续、12月31日读，请核对")
    ongoing = ONGOING.search(outside) is not None
    if not found:
        if ongoing:
            return Due(dt.date(year, 12, 31), YEAR, True)
        raise Unreadable(f"“{_short(raw)}”不是日期，" + _HINT.format(year=year))
    due = _combine(outside, found)
    if not due.doubt and outside != text and (vague := VAGUE.search(",".join(bracketed(text)))):
        due = due._replace(doubt=f"括号里写有“{vague[0]}”，时间不确定，{_reading(due.day)}")
    return _checked(due._replace(ongoing=ongoing), year)


def _in_digits(match: re.Match[str]) -> str:
    word = match[0].replace("O", "〇").replace("o", "〇").replace("0", "〇")
    number = chinese_number(word)
    return match[0] if number is None or match[0].isdigit() else str(number)


def _find(text: str, year: int) -> list[_Found]:
    found: list[_Found] = []
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


def _year_of(match: re.Match[str], names: tuple[str, ...], year: int) -> tuple[int, bool]:
    groups = match.groupdict()
    for name in names:
        if digits := groups.get(name):
            number = int(digits)
            return (number if number > 99 else 2000 + number), True
        if relative := groups.get(name + "r"):
            return year + _RELATIVE.get(relative[0], 0), relative[0] in _RELATIVE
    return year, False


def _understand(match: re.Match[str], base: int) -> _Found:
    g = match.groupdict()
    year, has_year = _year_of(match, ("ra", "y1", "y2", "y3", "y4", "y5", "y6", "y7", "y8", "y10"), base)
    if g["from"]:
        first, last, precision, doubt = dt.date(year, int(g["from"]), 1), month_end(year, int(g["to"])), MONTH, ""
        if first > last:
            raise ValueError("range runs backwards")
    elif g["q"] or g["q2"]:
        quarter = int((g["q"] or g["q2"]).translate(_ARABIC))
        begin = 1 if g["upto"] else quarter * 3 - 2
        first, last, precision, doubt = dt.date(year, begin, 1), month_end(year, quarter * 3), QUARTER, ""
    elif g["half"]:
        month = 12 if g["half"] == "下半年" else 6
        first, last, precision, doubt = dt.date(year, month - 5, 1), month_end(year, month), HALF_YEAR, ""
    elif g["feast"]:
        first = last = dt.date(year, *_FEASTS[g["feast"]])
        precision, doubt = DAY, ""
    else:
        first, last, precision, doubt = _calendar(match, year)
    return _Found(first, last, precision, match.start(), match.end(), has_year, doubt, bool(g["y10"] or g["y10r"]))


def _said(groups: Mapping[str, str | None], *names: str) -> str:
    """What stands in the one of these groups that matched, "" where none did."""
    return next((text for name in names if (text := groups[name])), "")


def _calendar(match: re.Match[str], year: int) -> tuple[dt.date, dt.date, str, str]:
    g = match.groupdict()
    month = _said(g, "m1", "m2", "m3", "m6", "m9")
    if not month:
        return dt.date(year, 1, 1), dt.date(year, 12, 31), YEAR, ""
    day, part, number = _said(g, "d1", "d2", "d6", "d9"), _said(g, "part", "part3"), int(month)
    if day:
        exact = dt.date(year, number, int(day))
        doubt = f"“{match[0]}”按{number}月{int(day)}日读，请核对" if g["m9"] and "-" in match[0] else ""
        return exact, exact, DAY, doubt
    if days := _PARTS.get(part.rstrip("末")[-2:]):
        return _ten_days(match[0], dt.date(year, number, days[0]), days[1], sure="旬" in part)
    eaten = match[0].endswith(".1")
    doubt = f"“{year}.1”可能是{year}年10月（Excel会去掉末尾的0），现按1月读，请核对" if eaten else ""
    return dt.date(year, number, 1), month_end(year, number), MONTH, doubt


def _ten_days(text: str, first: dt.date, last_day: int, *, sure: bool) -> tuple[dt.date, dt.date, str, str]:
    last = first.replace(day=last_day) if last_day else month_end(first.year, first.month)
    return first, last, TEN_DAYS, "" if sure else f"“{text}”按{last.month}月{last.day}日读，请核对"


def _take_before(item: _Found, match: re.Match[str]) -> _Found:
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


def _combine(text: str, found: list[_Found]) -> Due:
    last = found[-1]
    doubt = last.doubt
    if len(found) == 2 and _JOINT.match(text[found[0].end : last.begin]):
        if found[0].first > last.last:
            raise ValueError("range runs backwards")
        return Due(last.last, last.precision, start=found[0].first, doubt=doubt)
    rest = text[: found[0].begin] + "".join(text[a.end : b.begin] for a, b in pairwise(found)) + text[last.end :]
    start = last.first if last.precision == MONTH and last.first.month != last.last.month else None
    if len(found) > 1:
        latest = max(found, key=lambda item: item.last)
        ends = [item.begin for item in found[1:]] + [len(text)]
        nodes = tuple((item.last, text[item.end : end].strip(",。;、")) for item, end in zip(found, ends, strict=True))
        return Due(latest.last, latest.precision, doubt=f"写了几个时间，取最晚的一个，{_reading(latest.last)}", nodes=nodes)
    return Due(last.last, last.precision, start=start, doubt=doubt or _doubt_of_rest(rest, last))


def _doubt_of_rest(rest: str, read: _Found) -> str:
    """What is doubtful where this stands beside the one time that was read. Raises Unreadable where it says another one."""
    understood = FILLER.fullmatch(ONGOING.sub("", rest)) is not None
    if season := SEASON.search(rest):
        if read.bare:
            raise Unreadable(f"“{_short(season[0])}”不是准确的时间，" + _HINT.format(year=read.last.year))
        return f"还写有“{season[0]}”，{_reading(read.last)}"
    if vague := VAGUE.search(rest):
        return f"写有“{vague[0]}”，时间不确定，{_reading(read.last)}"
    if read.bare and not understood:
        return f"只看懂了年份，没有看懂“{_short(rest)}”，{_reading(read.last)}"
    return f"文字较长，{_reading(read.last)}" if not understood and len(rest) > 12 else ""


def _reading(day: dt.date) -> str:
    return f"按{day.year}年{day.month}月{day.day}日读，请核对"


def _checked(due: Due, year: int) -> Due:
    if not 1990 <= due.day.year <= 2099:
        raise Unreadable(f"{due.day.year}年不合理，" + _HINT.format(year=year))
    if due.day.year != year and not due.doubt:
        return due._replace(doubt=f"是{due.day.year}年，不是{year}年，{_reading(due.day)}")
    return due
