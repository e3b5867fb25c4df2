"""Deadlines as offices write them: 8月底前, 三季度, 2021.08, 长期坚持. Rules: the answer key of the sample workbooks."""

import datetime as dt
import re
from typing import NamedTuple

from huajie_desktop.values import deadline_words as words
from huajie_desktop.values.lunar_days import in_common_days
from huajie_desktop.values.patterns import pattern
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.text import CHINESE_DIGITS, bracketed, chinese_number, fold, without_brackets
from huajie_desktop.values.time_expressions import (
    DAY,
    HALF_YEAR,
    MONTH,
    QUARTER,
    TEN_DAYS,
    YEAR,
    Found,
    find_times,
    month_end,
    with_year_word,
)

_EPOCH = dt.date(1899, 12, 30)  # day 0 of Excel's serial numbers for dates after 1900-02-28
_SERIALS = range(36526, 73051)  # 2000-01-01 to 2099-12-31
_HINT = "请写一个日期（如 8月31日前 或 {year}-08-31）"
_CHINESE_BEFORE = pattern(rf"[{CHINESE_DIGITS}Oo0]+(?=[年月日号])")
_CHINESE_DAY = pattern(rf"(?<=月)([{CHINESE_DIGITS}]+)(?=$|[之以]?前|[,;、。(（)）到至止~—-])")  # 八月十五
_THREE = pattern(r"(?<![\d.])(\d+)(?:([./-])\d{1,2}\2\d{1,2}(?!\d)|年\d{1,2}月)")  # a year, a month, a day
_JOINT = pattern(r"^(?:(?:起|开始)?[-—–~至到]+|底?前?[-—–~至到]+)$")
_CLOCK = pattern(r"(?<=\d)[\sTt]+\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?\s*$")
_MAKES_ANOTHER = pattern(r"\s*(?:起(?!草)|开始|[之以]?后|半|[一二三四五六七八九十]{1,3}(?=\s|前|$))")
_GAP = pattern(r"(?<=\d)\s+(?=\d)|(?<=月)\s*\n\s*(?=\d{1,2}(?![\d日号至到~—-]))")  # 6月 on one line and 9月 or 10 on the next


class Due(NamedTuple):
    """A deadline: last day, how exact it is, first day of a range, whether it goes on all year, and what is doubtful."""

    day: dt.date
    precision: str
    ongoing: bool = False
    start: dt.date | None = None
    doubt: str = ""
    nodes: tuple[tuple[dt.date, str], ...] = ()  # several deadlines in one cell, with their texts
    opens: bool = False  # only a beginning is said

    @property
    def begin(self) -> dt.date:
        """The first day meant when the text is read as a start: 3月 begins on 03-01."""
        if self.start:
            return self.start
        months = {MONTH: 1, QUARTER: 3, HALF_YEAR: 6, YEAR: 12}.get(self.precision)
        if months:
            return self.day.replace(day=1, month=self.day.month - months + 1)
        return self.day.replace(day=max(self.day.day - 9, 1)) if self.precision == TEN_DAYS else self.day


def parse_due(value: str | int | float | dt.date, year: int, until: int = 0) -> Due:
    """Reads a deadline; months without a year take `year`, and years up to `until` are no doubt.

    Raises Unreadable (empty, 待定, 2月30日, #REF!).
    """
    due = _read(value, year)
    if not year <= due.day.year <= max(until, year) and not due.doubt:
        return due._replace(doubt=f"是{due.day.year}年，不是{year}年，{_reading(due.day)}")
    return due


def parse_start(value: str | int | float | dt.date, year: int) -> tuple[dt.date, str]:
    """Reads a day on which something begins, and the doubt about it: 3月 is 03-01, 8月1日起 is 08-01. Raises as parse_due."""
    due = _read(value, year)
    sure = due.opens or not due.doubt
    return due.begin, "" if sure else f"“{_short(str(value))}”作为开始时间{_reading(due.begin)}"


def leading_due(text: str, year: int) -> tuple[Due | None, int]:
    """The deadline a line begins with and how many characters it takes (6月底 完成招标 -> 06-30, 3); None and 0 without one."""
    for length in range(min(len(text), 20), 1, -1):
        head = text[:length]
        if head[-1].isspace():
            continue
        try:
            found = find_times(fold(head), year)
            if found and found[0].begin == 0 and found[-1].end == len(fold(head)):
                return _beside(parse_due(head, year), text[length:]), length
        except (ValueError, Unreadable):
            continue
    return None, 0


def _beside(due: Due, rest: str) -> Due:
    """The deadline with the doubt that the words behind it may make it another one: 起, 后, 十五, 延期至10月底."""
    odd = _MAKES_ANOTHER.match(rest) or words.CHANGED.search(fold(rest))
    return due._replace(doubt=f"时间后面写有“{odd[0].strip()}”，{_reading(due.day)}") if odd and not due.doubt else due


def _read(value: str | int | float | dt.date, year: int) -> Due:
    if isinstance(value, dt.date):
        return _possible(Due(value.date() if isinstance(value, dt.datetime) else value, DAY), year)
    if isinstance(value, bool):
        value = "是" if value else "否"
    if isinstance(value, (int, float)):
        return _from_number(value, year)
    text = fold(_GAP.sub(",", _CLOCK.sub("", value))).replace("元月", "1月")
    if not text or "年月" in text:  # 2021年 月 日 is a form not filled in
        raise Unreadable("没有写时间，" + _HINT.format(year=year))
    if re.fullmatch(r"-?\d{1,6}(\.0*)?", text):
        return _from_number(float(text), year)
    try:
        return _from_text(value, text, year)
    except (ValueError, OverflowError):
        raise Unreadable(f"“{_short(value)}”这一天不存在，" + _HINT.format(year=year)) from None


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 20 else text[:20] + "…"


def _from_number(number: float, year: int) -> Due:
    whole = int(number) if abs(number) < 1e9 else 0
    if whole == number and whole in _SERIALS:
        return Due(_EPOCH + dt.timedelta(days=whole), DAY)
    if 2000 <= number < 2100 and whole != number:
        return _from_text(repr(number), repr(number), year)
    if whole == number and 2000 <= whole < 2100:
        return Due(dt.date(whole, 12, 31), YEAR, doubt=f"只写了“{whole}”，按{whole}年年底读，请核对")
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
    outside = without_brackets(text) or ",".join(bracketed(text))
    inside = ",".join(bracketed(text)) if outside == without_brackets(text) else ""
    if era := words.ERA.search(text):
        raise Unreadable(f"“{_short(raw)}”用的是{era[0]}纪年或历法，" + _HINT.format(year=year))
    plain, doubt = _prepared(outside, year)
    for whole in _THREE.finditer(plain):
        if len(whole[1]) != 2 and not 1990 <= int(whole[1][:5]) <= 2099:
            raise Unreadable(f"“{_short(raw)}”的年份不合理，" + _HINT.format(year=year))
    found = find_times(plain, year)
    if recurring := words.RECURRING.search(plain):
        return Due(dt.date(year, 12, 31), YEAR, True, doubt=f"“{recurring[0]}”是经常性工作，按全年持续、12月31日读，请核对")
    ongoing = words.ONGOING.search(plain) is not None
    if not found:
        if ongoing:
            return Due(dt.date(year, 12, 31), YEAR, True)
        raise Unreadable(f"“{_short(raw)}”不是日期，" + _HINT.format(year=year))
    due = _combine(plain, found, year, ongoing=ongoing)
    due = _with_brackets(due._replace(doubt=due.doubt or doubt), inside, year)
    weekday = words.WEEKDAY.search(text) if due.precision == DAY and not due.doubt else None
    if weekday and min(words.WEEKDAYS.index(weekday[1]), 6) != due.day.weekday():
        due = due._replace(doubt=f"这一天不是{weekday[0]}，{_reading(due.day)}")
    return _possible(due._replace(ongoing=ongoing), year)


def _prepared(text: str, year: int) -> tuple[str, str]:
    """Folded text in common days and Arabic numbers, and the doubt about what that took."""
    plain, doubt = in_common_days(text, year)
    plain = with_year_word(_CHINESE_BEFORE.sub(_in_digits, plain))
    solar = _CHINESE_DAY.sub(_in_digits, plain)
    if solar != plain and not doubt:  # 八月十五 without 日 is often meant by the lunar calendar
        doubt = f"“{_short(text)}”按公历读，请核对；是农历的请写公历日期"
    return solar, doubt


def _in_digits(match: re.Match[str]) -> str:
    word = match[0].replace("O", "〇").replace("o", "〇").replace("0", "〇")
    number = chinese_number(word)
    return match[0] if number is None or match[0].isdigit() else str(number)


def _combine(text: str, found: list[Found], year: int, *, ongoing: bool) -> Due:
    """The deadline that several times make together: the new one of a change, the end of a range, the latest."""
    first, last = found[0], found[-1]
    for item in reversed(found):  # 8月底延至9月底
        if renewed := words.RENEWED.search(text[: item.begin]):
            return Due(item.last, item.precision, doubt=f"写有“{renewed[0]}”，取新的时间，{_reading(item.last)}")
    if len(found) == 1:
        return _alone(text, last, year, ongoing=ongoing)
    if len(found) == 2 and _JOINT.match(text[first.end : last.begin]):
        if first.first > last.last:
            raise ValueError("range runs backwards")
        doubt = last.doubt or _doubt_of_rest(text[: first.begin], text[last.end :], last)
        return Due(last.last, last.precision, start=first.first, doubt=doubt)
    latest = max(found, key=lambda item: item.last)
    ends = [item.begin for item in found[1:]] + [len(text)]
    nodes = tuple((item.last, text[item.end : end].strip(",。;、")) for item, end in zip(found, ends, strict=True))
    return Due(latest.last, latest.precision, doubt=f"写了几个时间，取最晚的一个，{_reading(latest.last)}", nodes=nodes)


def _alone(text: str, item: Found, year: int, *, ongoing: bool) -> Due:
    """The deadline of the one time in a text; a beginning (8月1日起) has none but the end of its year."""
    if opening := _opening(text, item):
        end = dt.date(max(year, item.first.year), 12, 31)
        doubt = "" if ongoing else f"“{opening}”写的是开始时间，没有写到什么时候，{_reading(end)}"
        return Due(end, YEAR, start=item.first, doubt=doubt, opens=True)
    ranged = (
        (item.first.month != item.last.month) if item.precision == MONTH else item.precision == DAY and item.first != item.last
    )
    doubt = item.doubt or _doubt_of_rest(text[: item.begin], text[item.end :], item)
    return Due(item.last, item.precision, start=item.first if ranged else None, doubt=doubt)


def _opening(text: str, item: Found) -> str:
    """The words by which the one time in a text is a beginning (8月1日起, 自3月, 5月开工), "" where it is none."""
    before, said, behind = text[: item.begin], text[item.begin : item.end], text[item.end :]
    closed = said[-1] in "底末前"
    found = words.OPENS.match(behind) or (None if closed else words.STARTS.match(behind))
    if found:
        return said + found[0]
    begins = words.OPENS_BEFORE.search(before)
    return begins[0] + said if begins and not closed else ""


def _with_brackets(due: Due, inside: str, year: int) -> Due:
    """The deadline with what is said in brackets beside it: a new time is taken, another one or a condition is doubtful."""
    if not inside:
        return due
    try:
        plain, _doubt = _prepared(inside, year)
        found = find_times(plain, year)
    except ValueError:
        return due._replace(doubt=due.doubt or f"括号里还写有“{_short(inside)}”，{_reading(due.day)}")
    for item in reversed(found):
        if renewed := words.RENEWED.search(plain[: item.begin]):
            doubt = f"原来写的是{due.day.month}月{due.day.day}日，括号里写有“{renewed[0]}”，{_reading(item.last)}"
            return Due(item.last, item.precision, doubt=doubt)
    if due.doubt:
        return due
    if any(item.last != due.day for item in found if not item.bare or item.last.year != due.day.year):
        return due._replace(doubt=f"括号里还写有时间“{_short(inside)}”，{_reading(due.day)}")
    goes_on = words.RECURRING.search(plain) or words.ONGOING.search(plain)
    odd = goes_on[0] if goes_on else "" if found else words.odd_word("", words.WEEKDAY.sub("", plain))
    return due._replace(doubt=f"括号里写有“{odd}”，时间不确定，{_reading(due.day)}") if odd else due


def _doubt_of_rest(before: str, behind: str, read: Found) -> str:
    """What is doubtful where this stands beside the one time that was read. Raises Unreadable where it says another one."""
    rest = before + behind
    understood = words.FILLER.fullmatch(words.ONGOING.sub("", rest)) is not None
    if season := words.SEASON.search(rest):
        if read.bare:
            raise Unreadable(f"“{_short(season[0])}”不是准确的时间，" + _HINT.format(year=read.last.year))
        return f"还写有“{season[0]}”，{_reading(read.last)}"
    if read.precision == DAY:
        behind = words.WEEKDAY.sub("", behind)
    if read.bare and not understood:
        return f"只看懂了年份，没有看懂“{_short(rest)}”，{_reading(read.last)}"
    if odd := words.odd_word(before, behind):
        return f"写有“{odd}”，时间不确定，{_reading(read.last)}"
    return f"文字较长，{_reading(read.last)}" if not understood and len(rest) > 12 else ""


def _reading(day: dt.date) -> str:
    return f"按{day.year}年{day.month}月{day.day}日读，请核对"


def _possible(due: Due, year: int) -> Due:
    if not 1990 <= due.day.year <= 2099:
        raise Unreadable(f"{due.day.year}年不合理，" + _HINT.format(year=year))
    return due
