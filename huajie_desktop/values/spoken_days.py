"""Days as a person says them while typing: 今天, 下周一, 月底, 两周后, +7. They are told from the day it is.

No sheet is read so: what was 今天 when a village wrote it is another day when the file is opened.
"""

import datetime as dt

from huajie_desktop.values.dates import parse_due
from huajie_desktop.values.deadline_words import WEEKDAYS
from huajie_desktop.values.patterns import pattern
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.text import CHINESE_DIGITS, chinese_number, fold
from huajie_desktop.values.time_expressions import DAY, month_end

_AWAY = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "当天": 0, "明天": 1, "明日": 1,
    "后天": 2, "后日": 2, "大后天": 3,
}  # fmt: skip
_TURN = {"上上": -2, "上": -1, "": 0, "本": 0, "这": 0, "这个": 0, "下": 1, "下个": 1, "下下": 2}
_WHICH = r"(?P<which>上上|上|本|这个|这|下个|下下|下)?"
_WEEK = pattern(rf"{_WHICH}(?:周|星期|礼拜)(?P<day>[{WEEKDAYS}])")
_EDGE = pattern(rf"{_WHICH}(?P<span>月|季度?)(?P<edge>初|底|末)")
_YEAR = pattern(r"(?P<which>去|上|今|本|明|次|后)?年(?P<edge>初|底|末)")
_YEARS = {"去": -1, "上": -1, "明": 1, "次": 1, "后": 2}
_COUNT = rf"(?P<count>\d{{1,4}}|[{CHINESE_DIGITS}]{{1,4}}|半)"
_SPAN = r"(?P<span>天|日|个?周|个?星期|个?礼拜|个?月|年)"
_LATER = pattern(rf"{_COUNT}{_SPAN}(?P<side>[之以]?[后内]|[之以]?前)")
_STEPS = pattern(r"(?P<sign>[+-])(?P<count>\d{1,4})(?P<span>天|日|周|个?月|年)?")
_SIGNS = str.maketrans("−—–", "---")
_LAST = dt.date(2099, 12, 31)


def spoken_day(text: str, today: dt.date, year: int, stands: dt.date | None = None) -> dt.date | None:
    """The day such words mean; +7 and -3 count from the day that `stands` there, else from `today`. None for other words.

    年底 and 明年初 are those of the `year` that is worked on, as in a deadline; months and weeks are those of today.
    """
    word = fold(text).translate(_SIGNS)
    if word in _AWAY:
        return today + dt.timedelta(days=_AWAY[word])
    try:
        return _in_weeks(word, today) or _at_edge(word, today, year) or _counted(word, today, stands)
    except (ValueError, OverflowError):  # further away than there are days
        return None


def standing_day(text: str, year: int) -> dt.date | None:
    """The very day a text names (2021-03-31, 3月31日前); None for what is no one day: 8月底, 3月至5月, words."""
    try:
        due = parse_due(text, year)
    except Unreadable:
        return None
    exact = due.precision == DAY and not (due.start or due.nodes or due.opens or due.ongoing)
    return due.day if exact else None


def months_on(day: dt.date, months: int) -> dt.date:
    """The day so many months on; a month without it gives its last: 01-31 and one is 02-28. Raises ValueError, OverflowError."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = month_end(year, month + 1)
    return last.replace(day=min(day.day, last.day))


def in_words(day: dt.date) -> str:
    """2021年3月31日."""
    return f"{day.year}年{day.month}月{day.day}日"


def in_short(day: dt.date, year: int) -> str:
    """3月31日, with its year where it is not that one."""
    return in_words(day) if day.year != year else f"{day.month}月{day.day}日"


def with_weekday(day: dt.date) -> str:
    """2021年3月31日 星期三."""
    return f"{in_words(day)} 星期{WEEKDAYS[day.weekday()]}"


def _in_weeks(word: str, today: dt.date) -> dt.date | None:
    found = _WEEK.fullmatch(word)
    if found is None:
        return None
    monday = today - dt.timedelta(days=today.weekday())
    return monday + dt.timedelta(days=min(WEEKDAYS.index(found["day"]), 6), weeks=_TURN[found["which"] or ""])


def _at_edge(word: str, today: dt.date, year: int) -> dt.date | None:
    if found := _YEAR.fullmatch(word):
        meant = year + _YEARS.get(found["which"] or "", 0)
        return dt.date(meant, 1, 1) if found["edge"] == "初" else dt.date(meant, 12, 31)
    found = _EDGE.fullmatch(word)
    if found is None:
        return None
    size = 1 if found["span"] == "月" else 3
    first = today.replace(day=1, month=today.month - (today.month - 1) % size)
    begin = months_on(first, _TURN[found["which"] or ""] * size)
    return begin if found["edge"] == "初" else months_on(begin, size) - dt.timedelta(days=1)


def _counted(word: str, today: dt.date, stands: dt.date | None) -> dt.date | None:
    if found := _STEPS.fullmatch(word):
        number = int(found["count"]) * (-1 if found["sign"] == "-" else 1)
        return _on(stands or today, number, found["span"] or "天")
    found = _LATER.fullmatch(word)
    if found is None:
        return None
    before = -1 if found["side"].endswith("前") else 1
    if found["count"] == "半":
        return _on(today, *{"个月": (15 * before, "天"), "年": (6 * before, "月")}.get(found["span"], (0, "")))
    count = int(found["count"]) if found["count"].isdigit() else chinese_number(found["count"])
    return None if count is None else _on(today, count * before, found["span"])


def _on(day: dt.date, number: int, span: str) -> dt.date | None:
    if not span:
        return None
    if span[-1] in "月年":
        moved = months_on(day, number * (12 if span == "年" else 1))
    else:
        moved = day + dt.timedelta(days=number * (1 if span in "天日" else 7))
    return moved if moved <= _LAST else None
