"""The tables of the closed loop: what a unit owes, and a month with what falls due on its days."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from db.reports import MONTHS
from huajie_desktop.lights.workdays import official
from huajie_desktop.seat import SeatSession
from huajie_desktop.supervision.due_days import DueOn, due_between, weeks_of, word_of
from huajie_desktop.supervision.owing import Owed
from huajie_desktop.typesetting.content import TableContent, word_day
from huajie_desktop.typesetting.page import TABLE_SIZE
from huajie_desktop.typesetting.table import Align, Column
from huajie_desktop.values.spoken_days import in_short

_OWED = (
    Column("序号", 12, Align.CENTRE), Column("催办内容", 34, Align.CENTRE), Column("事项", 60),
    Column("时限", 36, Align.CENTRE, 36), Column("情况", 34, Align.CENTRE, 34),
)  # fmt: skip
_WEEK = tuple(f"星期{word}" for word in "一二三四五六日")
LISTED = "续表"  # below the month: what has no room in it
_LISTED = (
    Column("日期", 24, Align.CENTRE), Column("种类", 24, Align.CENTRE), Column("单位", 36), Column("事项", 100),
)  # fmt: skip
_DAYS = {"A4": 32.14, "A3": 52.0}  # mm of a day's column by the sheet
_ROOM = {"A4": (2, 18), "A3": (4, 28)}  # how many things stand by name in a day's cell, of how many characters at most
_SIZE = 9.0  # points: a month is looked at beside a desk, not read aloud


def owed_table(owed: Sequence[Owed], today: date) -> TableContent:
    """A row for each thing that is owed: what about it, until when, how late it is or which months are missing."""
    rows = [
        (str(number), one.sort.word, one.title, word_day(one.day) if one.day else "", _standing(one, today))
        for number, one in enumerate(owed, 1)
    ]
    return TableContent(_OWED, tuple(rows), tuple(f"{one.sort.word}《{one.title}》{one.months}" for one in owed), TABLE_SIZE)


def _standing(owed: Owed, today: date) -> str:
    if owed.day is None:
        return owed.months
    days = (today - owed.day).days
    return f"已过{days}天" if days > 0 else "今天到期" if days == 0 else f"还有{-days}天"


def month_content(session: SeatSession, month: str, size: str) -> tuple[TableContent, dict[str, TableContent], dict[str, str]]:
    """The table of a month (6月) of the year on a sheet of that size, by name the list below it, what its wording says beside."""
    year, number = session.seat.year, next(int(key) for key, word in MONTHS.items() if word == month)
    weeks = weeks_of(year, number)
    due = due_between(session, date(year, number, 1), next(day for day in reversed(weeks[-1]) if day.month == number))
    rows = [row for week in weeks for row in _rows_of_week(week, number, due, size)]
    records = [f"{word_day(week[0])}起的一周{what}" for week in weeks for what in ("的日期", "")]
    aside = [one for found in due.values() if not _fits(found, size) for one in found]
    note = official().not_known(date(year, number, 1), date(year, number, 28))
    fields = {"项数": str(sum(map(len, due.values()))), "说明": note, LISTED: ""}
    return week_table(rows, records, size), {LISTED: _listed(aside)} if aside else {}, fields


def _rows_of_week(
    week: Sequence[date], number: int, due: Mapping[date, Sequence[DueOn]], size: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The days of a week that are of the month of that number, and below what falls due on them."""
    own = [day if day.month == number else None for day in week]
    cells = tuple(_cell(due.get(day, ()), size) if day else "" for day in own)
    days = tuple(f"{day.day}日 {word_of(day)}".strip() if day else "" for day in own)
    return days, cells if any(cells) else ("　", *cells[1:])  # a line's room where nothing falls due


def _listed(due: Sequence[DueOn]) -> TableContent:
    """Thing by thing what the table of the month only counts."""
    rows = [(in_short(one.day, one.day.year), one.sort, one.unit, one.title) for one in due]
    return TableContent(_LISTED, tuple(rows), tuple(f"{word_day(one.day)} {one.words}" for one in due), _SIZE)


def week_table(rows: Sequence[tuple[str, ...]], records: Sequence[str] = (), size: str = "A4") -> TableContent:
    """Rows from Monday to Sunday, all days equally wide on a sheet of that size."""
    columns = tuple(Column(word, _DAYS[size], Align.CENTRE, _DAYS[size]) for word in _WEEK)
    return TableContent(columns, tuple(rows), tuple(records), _SIZE)


def _cell(due: Sequence[DueOn], size: str) -> str:
    """What falls due on a day: by name where all of it has room, else how many of each sort."""
    if _fits(due, size):
        return "\n".join(one.words for one in due)
    return "、".join(f"{sort}{count}项" for sort, count in Counter(one.sort for one in due).items())


def _fits(due: Sequence[DueOn], size: str) -> bool:
    most, longest = _ROOM[size]
    return len(due) <= most and all(len(one.words) <= longest for one in due)
