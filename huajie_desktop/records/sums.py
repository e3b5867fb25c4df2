"""How many records there are, and what amounts come to: added up by the database, exact to the last digit."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select

from db.fields import Field, Kind
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.listing import Wanted, conditions
from huajie_desktop.seat import SeatSession, visible
from huajie_desktop.values.shown import in_unit

_AT_ONCE = 20_000  # ids a statement; SQLite takes 32,766 parameters at most


class Sum(NamedTuple):
    """What one column comes to, in the field's unit; None where no record says anything there."""

    label: str
    amount: Decimal | None
    unit: str

    @property
    def words(self) -> str:
        """计划投资合计 32 万元."""
        return f"{self.label}合计 {self.amount or Decimal(0):f} {self.unit}".rstrip()


def added(ledger: Ledger, keys: Sequence[str]) -> list[Field]:
    """Those of the columns whose sum says something, in their order."""
    fields = (ledger.fields[key] for key in keys)
    return [field for field in fields if field.kind in (Kind.MONEY, Kind.NUMBER) and field.adds_up]


def whole_count(session: SeatSession, ledger: Ledger, wanted: Wanted) -> int:
    """How many records there are of those wanted."""
    found = session.scalar(select(func.count()).select_from(ledger.model).where(*conditions(session, ledger, wanted)))
    return found or 0


def sums_of_all(session: SeatSession, ledger: Ledger, keys: Sequence[str], wanted: Wanted) -> list[Sum]:
    """The sums over all records wanted."""
    return _sums(session, added(ledger, keys), ledger, [conditions(session, ledger, wanted)])


def sums_of(session: SeatSession, ledger: Ledger, keys: Sequence[str], ids: Sequence[int]) -> list[Sum]:
    """The sums over those records."""
    model: Any = ledger.model
    own = visible(session.seat, model)
    chunks = [[*own, model.id.in_(ids[start : start + _AT_ONCE])] for start in range(0, len(ids), _AT_ONCE)]
    return _sums(session, added(ledger, keys), ledger, chunks)


def sums_but(session: SeatSession, ledger: Ledger, keys: Sequence[str], wanted: Wanted, rest: Sequence[int]) -> list[Sum]:
    """The sums over all records wanted but the `rest`: quicker where these are fewer."""
    left = sums_of(session, ledger, keys, rest)
    whole = sums_of_all(session, ledger, keys, wanted)
    return [
        one if one.amount is None else one._replace(amount=_trimmed(one.amount - (less.amount or 0)))
        for one, less in zip(whole, left, strict=True)
    ]


def _trimmed(amount: Decimal) -> Decimal:
    """Without zeros behind the point (12.50 as 12.5), and never as a power of ten."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()


def _sums(
    session: SeatSession, fields: Sequence[Field], ledger: Ledger, chunks: Sequence[Sequence[ColumnElement[bool]]]
) -> list[Sum]:
    if not fields:
        return []
    totals: list[Decimal | None] = [None] * len(fields)
    for asked in chunks:
        row = session.execute(select(*(func.sum(getattr(ledger.model, field.name)) for field in fields)).where(*asked)).one()
        totals = [_plus(total, found) for total, found in zip(totals, row, strict=True)]
    return [Sum(field.label, _in_unit(field, total), field.unit) for field, total in zip(fields, totals, strict=True)]


def _plus(total: Decimal | None, found: Any) -> Decimal | None:
    return total if found is None else Decimal(found) + (total or 0)


def _in_unit(field: Field, total: Decimal | None) -> Decimal | None:
    return in_unit(total, field.unit) if total is not None and field.kind == Kind.MONEY else total
