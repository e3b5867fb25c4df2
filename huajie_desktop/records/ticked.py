"""What of a record's milestones and quantities is still to be done, as lines a unit fills in when it reports on it."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from db.fields import Kind
from db.part_kinds import MilestonePart, QuantityPart
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.parts import ITEMS
from huajie_desktop.seat import SeatSession, visible
from huajie_desktop.values.brought import to_bring
from huajie_desktop.values.reached import to_tick

Lines = Mapping[int, list[str]]  # by id of the record
TOLD = {Kind.REACHED: Kind.MILESTONES, Kind.BROUGHT: Kind.QUANTITIES}  # which parts a field of a report speaks of


def reported_on(session: SeatSession, of: Ledger) -> list[ColumnElement[bool]]:
    """Which records are reported on month by month: what is signed off needs no report any more."""
    model: Any = of.model
    still = [getattr(model, life.column).is_distinct_from(life.counted) for life in of.further_lives]
    return [*visible(session.seat, model), *still]


def still_open(session: SeatSession, of: Ledger) -> Mapping[Kind, Lines]:
    """By kind of a report's field the lines to be filled in of every record that has such, in their order."""
    found: dict[Kind, dict[int, list[str]]] = {kind: {} for kind in TOLD}
    for kind, told in TOLD.items():
        key = next(iter(of.keys_of(told)), "")
        if not key:
            continue
        part: Any = of.parts[key].model
        column = of.parts[key].column
        wanted = _OPEN[told](part)
        for one in session.scalars(select(part).where(wanted).order_by(getattr(part, column), part.position)):
            found[kind].setdefault(getattr(one, column), []).append(_WORDS[told](one))
    return found


def _milestone(part: MilestonePart) -> str:
    return to_tick(ITEMS[Kind.MILESTONES].words(part))


def _quantity(part: QuantityPart) -> str:
    return to_bring(part.name, part.amount, part.unit)


_OPEN: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.MILESTONES: lambda part: part.reached_on.is_(None),
    Kind.QUANTITIES: lambda part: or_(part.done.is_(None), part.done < part.amount),
}
_WORDS: Mapping[Kind, Callable[[Any], str]] = {Kind.MILESTONES: _milestone, Kind.QUANTITIES: _quantity}
