"""How often something falls due, as offices write it: 每周一, 每月5日前, 每季度一次; and the days that gives."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from huajie_desktop.values.patterns import pattern
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.text import CHINESE_DIGITS, chinese_number, fold

EXAMPLES = ("每周", "每周一", "每周五", "每半月", "每月", "每月5日", "每月底", "每两月", "每季度", "每半年", "每年")
_HINT = "请写成 每周一、每月5日 或 每季度"
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 6}
_WEEKDAY_WORDS = "一二三四五六日"
_MONTHS = {"month": 1, "two_months": 2, "quarter": 3, "half_year": 6, "year": 12}
_WORDS = {
    "day": "每天", "week": "每周", "two_weeks": "每两周", "ten_days": "每旬", "half_month": "每半月", "month": "每月",
    "two_months": "每两月", "quarter": "每季度", "half_year": "每半年", "year": "每年",
}  # fmt: skip
_ALSO = {
    "日": "day", "1天": "day", "星期": "week", "礼拜": "week", "个星期": "week", "1周": "week", "双周": "two_weeks",
    "隔周": "two_weeks", "2周": "two_weeks", "2星期": "two_weeks", "2个星期": "two_weeks", "个月": "month", "1月": "month",
    "1个月": "month", "双月": "two_months", "2个月": "two_months", "2月": "two_months", "季": "quarter", "个季度": "quarter",
    "季末": "quarter", "季度末": "quarter", "季度底": "quarter", "3个月": "quarter", "1季度": "quarter", "6个月": "half_year",
    "年度": "year", "1年": "year", "年底": "year", "年末": "year", "半个月": "half_month", "15天": "half_month",
}  # fmt: skip
_BY_WORD = {words.removeprefix("每"): every for every, words in _WORDS.items()} | _ALSO
_TAIL = pattern(
    r"(?:(?:不?少于|至少|不低于|各|开展|进行|组织|召开|安排)*(?P<times>\d+)[次回遍轮期篇场]"
    r"|(?P<once>1)?(?P<what>检查|通报|报送|例会|巡查|督查|晾晒|会商|调度|小结|总结|汇报|上报|研判|清零|评比))?"
)
_EVERY = pattern(
    r"(?:每隔?|按|逐|(?=[双隔]))(?P<period>(?:半个?|双|隔|\d{1,2}个?)?(?:天|日|周|星期|礼拜|旬|个?月|季度?|年度?)(?:末|底)?)"
)
_WEEK_DAYS = pattern(
    r"每(?:周|星期|礼拜)(?P<days>[一二三四五六日天末](?:[、,和及]?(?:周|星期)?[一二三四五六日天])*)(?:之?以?前)?(?P<rest>.*)"
)
_MONTH_DAYS = pattern(
    r"(?:每个?|按|逐)月的?(?P<days>\d{1,2}(?:[日号]?[、,和及]\d{1,2})*)[日号](?:之?以?前)?(?P<rest>.*)|(?:每个?|逐)月(?:月?底|月?末)(?:之?以?前)?(?P<end>.*)"
)
_YEAR_DAY = pattern(r"(?:每|逐)年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号]|份?(?:底|末)?)(?:之?以?前)?(?P<rest>.*)")
_ENOUGH = 4000  # days of one recurrence at most; no campaign has more


class Recurrence(NamedTuple):
    """How often: key of the period, the days within it (weekdays from 0, days of the month, or (month, day)); a doubt."""

    every: str
    days: tuple[int, ...] = ()  # empty: the last day of the period
    month: int = 0  # of a yearly one
    doubt: str = ""

    @property
    def words(self) -> str:
        """The same in the office's words; read back it is the same."""
        if self.every == "week" and self.days:
            return "每周" + "、".join(_WEEKDAY_WORDS[day] for day in self.days)
        if self.every == "month" and self.days:
            return "每月底" if self.days == (31,) else "每月" + "、".join(map(str, self.days)) + "日"
        if self.every == "year" and self.month:
            return f"每年{self.month}月" + (f"{self.days[0]}日" if self.days else "底")
        return _WORDS[self.every]

    def due_days(self, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        """The days it falls due on from `first` to `last`, both included."""
        day, count = first, 0
        while day <= last and count < _ENOUGH:
            if self._falls_on(day, first):
                count += 1
                yield day
            if day == dt.date.max:
                return
            day += dt.timedelta(days=1)

    def _falls_on(self, day: dt.date, first: dt.date) -> bool:
        month_end = calendar.monthrange(day.year, day.month)[1]
        match self.every:
            case "day":
                return True
            case "week":
                return day.weekday() in (self.days or (6,))
            case "two_weeks":  # the Sunday of the second week, counted from the week of `first`
                weeks = (day.toordinal() - day.weekday() - first.toordinal() + first.weekday()) // 7
                return day.weekday() == 6 and weeks % 2 == 1
            case "ten_days":
                return day.day in (10, 20, month_end)
            case "half_month":
                return day.day in (15, month_end)
        due = {min(wanted, month_end) for wanted in self.days or (31,)}
        if self.month:
            return day.month == self.month and day.day in due
        return day.month % _MONTHS[self.every] == 0 and day.day in due


def parse_recurrence(text: str) -> Recurrence:
    """Reads how often something is due. Raises Unreadable when it is not said."""
    word = _in_digits(fold(text).strip("。.,;"))
    raw = text.strip()[:20]
    found = _week(word, raw) or _month(word, raw) or _year(word, raw) or _period(word, raw)
    if found is None:
        raise Unreadable(f"“{raw}”看不出多久一次，{_HINT}")
    return found


def _in_digits(word: str) -> str:
    """两 and the Chinese numbers as digits, but not the names of weekdays (每周一)."""

    def number(match: re.Match[str]) -> str:
        value = chinese_number(match[0])
        return match[0] if value is None else str(value)

    weekday = _WEEK_DAYS.fullmatch(word)
    if weekday:
        return word[: weekday.start("rest")] + re.sub(rf"[{CHINESE_DIGITS}]+", number, weekday["rest"])
    return re.sub(rf"[{CHINESE_DIGITS}]+", number, word)


def _tail(rest: str, raw: str) -> None:
    """Refuses what stands behind and says more than that it happens once."""
    found = _TAIL.fullmatch(rest)
    if not found or (found["times"] or "1") != "1":
        raise Unreadable(f"“{raw}”读不懂，{_HINT}")


def _week(word: str, raw: str) -> Recurrence | None:
    found = _WEEK_DAYS.fullmatch(word)
    if not found:
        return None
    letters = re.findall(r"[一二三四五六日天末]", found["days"])
    rest = found["rest"]
    if letters == ["一"] and re.match(r"[次回遍轮期场]", rest):  # 每周一次 is no Monday
        _tail("1" + rest, raw)
        return Recurrence("week")
    _tail(rest, raw)
    doubt = f"“{raw}”按每个星期一读，请核对是不是每周一次" if letters == ["一"] and rest else ""
    return Recurrence("week", tuple(sorted({_WEEKDAYS[letter] for letter in letters})), doubt=doubt)


def _month(word: str, raw: str) -> Recurrence | None:
    found = _MONTH_DAYS.fullmatch(word)
    if not found:
        return None
    _tail(found["rest"] or found["end"] or "", raw)
    days = tuple(sorted({int(day) for day in re.findall(r"\d+", found["days"] or "31")}))
    if not 1 <= days[0] <= days[-1] <= 31:
        raise Unreadable(f"“{raw}”：一个月里没有这一天，{_HINT}")
    return Recurrence("month", days)


def _year(word: str, raw: str) -> Recurrence | None:
    found = _YEAR_DAY.fullmatch(word)
    if not found:
        return None
    _tail(found["rest"], raw)
    month, day = int(found["month"]), int(found["day"] or 31)
    if not 1 <= month <= 12 or not 1 <= day <= (calendar.monthrange(2000, month)[1] if found["day"] else 31):
        raise Unreadable(f"“{raw}”：一年里没有这一天，请写成 每年6月30日")
    return Recurrence("year", (day,) if found["day"] else (), month)


def _period(word: str, raw: str) -> Recurrence | None:
    found = _EVERY.match(word)
    every = _BY_WORD.get(found["period"]) if found else None
    if not found or every is None:
        return None
    rest = word[found.end() :]
    twice = re.fullmatch(r"(?:不?少于|至少|各|开展)*2[次回]", rest)
    if every == "month" and twice:
        return Recurrence("half_month", doubt=f"“{raw}”按每半月一次读，请核对")
    _tail(rest, raw)
    return Recurrence(every)
