"""How values are shown: briefly in lists, in full where they are typed or exported; papers word deadlines themselves."""

from datetime import date
from decimal import Decimal
from typing import Any

from db.fields import Deadline, Field, Kind, in_wan

ONGOING = "持续推进"


def due_words(due: date | None, precision: str | None, ongoing: bool, year: int) -> str:
    """The deadline in a list: 8-31, 8月底, 年底, 持续推进; with the year where it is not the campaign's `year`."""
    if ongoing:
        return ONGOING
    if due is None:
        return ""
    before = "" if due.year == year else f"{due.year}年"
    match precision:
        case "year":
            return f"{before}年底" if not before else f"{before}底"
        case "month" | "quarter" | "half_year":
            return f"{before}{due.month}月底"
        case _:
            return f"{due.month}-{due.day}" if not before else due.isoformat()


def brief(field: Field, value: Any, year: int) -> str:
    """A kept value as a list shows it; days without the year where it is the campaign's."""
    if isinstance(value, Deadline):
        return due_words(value.day, value.precision, value.ongoing, year)
    if isinstance(value, date) and value.year == year:
        return f"{value.month}-{value.day}"
    return "" if value is False else full(field, value)


def full(field: Field, value: Any) -> str:
    """A kept value as a clerk types it; amounts in the field's unit without separators."""
    if value is None:
        return ""
    match field.kind:
        case Kind.DEADLINE if isinstance(value, Deadline):
            return value.text or (value.day.isoformat() if value.day else "")
        case Kind.DAY | Kind.DEADLINE:
            return str(value.isoformat())
        case Kind.MONEY:
            return f"{in_unit(value, field.unit):f}"
        case Kind.FLAG:
            return "是" if value else "否"
        case Kind.CHOICE:
            return field.choices.get(value, str(value))
        case _:
            return f"{value:f}" if isinstance(value, Decimal) else str(value)


def in_unit(yuan: Decimal, unit: str) -> Decimal:
    """An amount of 元 in 万元 or 元, without trailing zeros."""
    return in_wan(yuan if unit == "万元" else yuan * 10000)


_NUMBERED = (Kind.PHONE, Kind.ID_NUMBER)  # of which the ends stay to be seen


def masked(kind: Kind, text: str) -> str:
    """Personal data as shown where nobody asked for it in full: 138****1234, 张某某, otherwise the first character."""
    if not text:
        return ""
    if kind in _NUMBERED:
        return f"{text[:3]}****{text[-4:]}" if len(text) >= 7 else "****"
    return text[0] + ("某" * min(len(text) - 1, 2) if len(text) <= 4 else "…")


def looks_masked(declared: Field, text: str) -> bool:
    """Whether personal data was masked by `masked` so that it says nothing; 张某 is what mediators themselves write."""
    return "****" in text if declared.kind in _NUMBERED else len(text) == 2 and text[1] == "…"


def rounded(value: Decimal, floor: Decimal | None, unit: str) -> str:
    """A sum as a report words it: 元 down to whole `floor` with 余 (620余万元); exact where it is less or nothing is left."""
    whole = value - value % floor if floor else value
    if not whole:
        whole = value
    more = "余" if whole != value else ""
    if unit == "元" and (floor or 0) % 10000 == 0 and whole:
        return f"{in_wan(whole):f}{more}万元"
    return f"{whole.normalize():f}{more}{unit}"
