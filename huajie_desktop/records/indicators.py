"""A ledger's indicators, counted by the database: as a whole, part by part, month by month, and beside an earlier period."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, case, extract, func, select

from db.fields import Kind
from huajie_desktop.declared.facets import Count, Indicator, Ratio, Sum
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.listing import joined_for
from huajie_desktop.records.pointing import TARGETS
from huajie_desktop.seat import SeatSession, of_year
from huajie_desktop.values.shown import full, rounded

NOTHING = "—"  # a share of nothing
NO_BASE = "基数为零"
_CENT = Decimal("0.01")
Value = Decimal | int | None  # a count, a sum (元 where it is money), a ratio in per cent


class Period(NamedTuple):
    """Whole months, the first and the last included, each counted as year * 12 + month - 1."""

    first: int
    last: int

    @classmethod
    def of(cls, year: int, first: int = 1, last: int = 12) -> "Period":
        """From one month of a year to another."""
        return cls(year * 12 + first - 1, year * 12 + last - 1)

    @property
    def begin(self) -> date:
        """The first day."""
        return date(self.first // 12, self.first % 12 + 1, 1)

    @property
    def end(self) -> date:
        """The last day."""
        year, month = self.last // 12, self.last % 12 + 1
        return date(year, month, monthrange(year, month)[1])

    @property
    def months(self) -> int:
        """How many months it has."""
        return self.last - self.first + 1

    def earlier(self, months: int) -> "Period":
        """As long, so many months before."""
        return Period(self.first - months, self.last - months)


@dataclass(frozen=True)
class Scope:
    """Which records are counted: approved ones or all, and of which months (None: all of the campaign)."""

    approved_only: bool
    period: Period | None = None


class Figure(NamedTuple):
    """One indicator: its value, how it is said (620余万元), and the exact amount where that is another."""

    label: str
    value: Value
    words: str
    exact: str


class Part(NamedTuple):
    """The indicators of the records that have one value in common (a kind, a village, a month), by label."""

    id: int  # place in the table, from 1
    value: Any  # as kept: the stored choice, the id, the month as in Period; None where nothing is filled in
    name: str
    figures: Mapping[str, Value]


class Change(NamedTuple):
    """How an indicator moved against the same months of the year before (同比) and the months just before (环比)."""

    year_on_year: str
    month_on_month: str


def figures(session: SeatSession, ledger: Ledger, scope: Scope) -> list[Figure]:
    """The ledger's indicators over the campaign."""
    values = _values(ledger, session.execute(_within(session, ledger, scope)).one())
    return [_figure(ledger, item, values[item.label]) for item in ledger.figures.indicators]


def sentence(ledger: Ledger, found: Sequence[Figure]) -> str:
    """The indicators as a report says them, in the ledger's own sentence where it has one."""
    words = {figure.label: figure.words for figure in found}
    if ledger.figures.sentence:
        return ledger.figures.sentence.format_map(words)
    return "，".join(f"{label}{word}" for label, word in words.items()) + "。"


def broken_down(session: SeatSession, ledger: Ledger, key: str, scope: Scope) -> list[Part]:
    """The indicators by a field's values, those that occur, in the order in which they are always listed."""
    declared = ledger.fields[key]
    column = getattr(_model(ledger), declared.name)
    statement = _within(session, ledger, scope).add_columns(column)
    if target := TARGETS.get(declared.kind):
        statement, level = joined_for(statement, ledger, key)
        found = session.execute(statement.add_columns(*level.columns).group_by(column, *level.columns)).all()
        own = -1 - len(level.columns)  # where the field's own value stands
        found = level.sorted(found, len(found[0]) + own + 1) if found else []
        named = select(target.id, target.name).where(target.id.in_([row[own] for row in found]))
        names = {record_id: name for record_id, name in session.execute(named)}
        rows = [(row[own], names.get(row[own], ""), row) for row in found]
    else:
        rows = [(row[-1], full(declared, row[-1]), row) for row in session.execute(statement.group_by(column))]
        places = {value: place for place, value in enumerate([*declared.choices, True, False])}
        rows.sort(key=lambda one: places.get(one[0], len(places)))
    rows.sort(key=lambda one: one[0] is None)
    return [Part(number, value, name or "未填写", _values(ledger, row)) for number, (value, name, row) in enumerate(rows, 1)]


def by_month(session: SeatSession, ledger: Ledger, scope: Scope) -> list[Part]:
    """The indicators month by month: all months of the period (or the year), and others in which records fall."""
    column = getattr(_model(ledger), ledger.fields[ledger.figures.day or ""].name)
    month = extract("year", column) * 12 + extract("month", column) - 1
    rows = {row[-1]: row for row in session.execute(_within(session, ledger, scope).add_columns(month).group_by(month))}
    year = session.seat.year
    period = scope.period or Period.of(year)
    found: dict[int | None, Mapping[str, Value]] = {number: _nothing(ledger) for number in range(period.first, period.last + 1)}
    found.update((number, _values(ledger, row)) for number, row in rows.items())
    ordered = sorted(found, key=lambda number: (number is None, number))
    return [Part(place, number, _month_name(number, year), found[number]) for place, number in enumerate(ordered, 1)]


def changes(session: SeatSession, ledger: Ledger, scope: Scope, today: date) -> dict[str, Change]:
    """The change of every indicator, by label; a year that is not over is compared up to this month. Needs the ledger's day."""
    year = session.seat.year
    period = scope.period or Period.of(year, 1, today.month if today.year == year else 12)
    now, before, just_before = (
        _values(ledger, session.execute(_anywhen(ledger, scope, part)).one())
        for part in (period, period.earlier(12), period.earlier(period.months))
    )
    return {
        item.label: Change(
            change_words(item, now[item.label], before[item.label]),
            change_words(item, now[item.label], just_before[item.label]) if period.months < 12 else "",
        )
        for item in ledger.figures.indicators
    }


def change_words(item: Indicator, now: Value, base: Value) -> str:
    """A change against a base: +12.50%, a ratio's in points; 基数为零 where there is nothing to compare with."""
    if not base and not (isinstance(item, Ratio) and base is not None):
        return NO_BASE
    if now is None or base is None:
        return NOTHING
    points = isinstance(item, Ratio)
    change = Decimal(now) - base if points else _hundredths((Decimal(now) - base) * 100, base)
    if not change:
        return "持平"
    return f"{change:+.2f}{'个百分点' if points else '%'}"


def value_words(ledger: Ledger, item: Indicator, value: Value) -> str:
    """An indicator's value under its column's heading, without its unit; money in 万元 with two places."""
    if value is None:
        return NOTHING
    if isinstance(item, Ratio):
        return f"{value:.2f}"
    if isinstance(item, Sum) and ledger.fields[item.key].kind is Kind.MONEY:
        return f"{_hundredths(Decimal(value), 10000):.2f}"
    return str(value)


def heading(ledger: Ledger, item: Indicator) -> str:
    """An indicator as a column's heading: 调处数（起）, 成功率（%）, 涉及金额（万元）."""
    match item:
        case Count():
            unit = item.unit
        case Ratio():
            unit = "%"
        case Sum():
            declared = ledger.fields[item.key]
            unit = "万元" if declared.kind is Kind.MONEY else declared.unit
    return f"{item.label}（{unit}）" if unit else item.label


def _model(ledger: Ledger) -> Any:
    return ledger.model


def _within(session: SeatSession, ledger: Ledger, scope: Scope) -> Select[Any]:
    """The counts and sums over the campaign's records (all of the township, where the ledger does not belong to a campaign)."""
    return _anywhen(ledger, scope, scope.period).where(*of_year(session.seat, ledger.model))


def _anywhen(ledger: Ledger, scope: Scope, period: Period | None) -> Select[Any]:
    model = _model(ledger)
    statement = select(*_aggregates(ledger)).select_from(model)
    if scope.approved_only and ledger.reviewed:
        statement = statement.where(ledger.settled(model))
    if period and ledger.figures.day:
        statement = statement.where(getattr(model, ledger.fields[ledger.figures.day].name).between(period.begin, period.end))
    return statement


def _aggregates(ledger: Ledger) -> Iterator[ColumnElement[Any]]:
    model = _model(ledger)
    for item in _counted(ledger):
        if isinstance(item, Sum):
            yield func.coalesce(func.sum(getattr(model, ledger.fields[item.key].name)), 0)
        elif item.where is None:
            yield func.count(model.id)
        else:
            yield func.coalesce(func.sum(case((item.where(model), 1), else_=0)), 0)


def _counted(ledger: Ledger) -> list[Count | Sum]:
    return [item for item in ledger.figures.indicators if not isinstance(item, Ratio)]


def _values(ledger: Ledger, row: Row[Any]) -> dict[str, Value]:
    """The values of a row that begins with the aggregates, and the ratios of them, in order of declaration."""
    counted: dict[str, Value] = {item.label: row[place] for place, item in enumerate(_counted(ledger))}
    return {
        item.label: _ratio(counted[item.part], counted[item.whole]) if isinstance(item, Ratio) else counted[item.label]
        for item in ledger.figures.indicators
    }


def _nothing(ledger: Ledger) -> dict[str, Value]:
    return {item.label: None if isinstance(item, Ratio) else 0 for item in ledger.figures.indicators}


def _ratio(part: Value, whole: Value) -> Decimal | None:
    return _hundredths(Decimal(part or 0) * 100, whole) if whole else None


def _hundredths(value: Decimal, divisor: Decimal | int) -> Decimal:
    return (value / divisor).quantize(_CENT, ROUND_HALF_UP)


def _figure(ledger: Ledger, item: Indicator, value: Value) -> Figure:
    match item:
        case Count():
            return Figure(item.label, value, f"{value}{item.unit}", "")
        case Ratio():
            return Figure(item.label, value, NOTHING if value is None else f"{value:.2f}%", "")
        case Sum():
            declared = ledger.fields[item.key]
            unit = "元" if declared.kind is Kind.MONEY else declared.unit
            words = rounded(Decimal(value or 0), item.floor, unit)
            return Figure(item.label, value, words, f"{value:,}{unit}" if "余" in words else "")


def _month_name(number: int | None, year: int) -> str:
    if number is None:
        return "未填写"
    return f"{number % 12 + 1}月" if number // 12 == year else f"{number // 12}年{number % 12 + 1}月"
