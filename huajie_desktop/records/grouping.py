"""A list in groups of one field's values: their order, how many records each has, and subtotals by one statement."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import case, func, select

from db.fields import Field, Kind
from huajie_desktop.declared.facets import FEW
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.listing import Wanted, conditions, joined_for
from huajie_desktop.records.pointing import TARGETS
from huajie_desktop.seat import SeatSession
from huajie_desktop.values.shown import full, in_unit


class Group(NamedTuple):
    """One group: the value its records share (an id where the field points at something), their number, and its line."""

    value: object
    size: int
    words: str  # 倪宅村 · 12 项 · 已确认 3 项 · 计划投资 120.5 万元


def grouping_keys(ledger: Ledger) -> dict[str, str]:
    """The fields a list can be grouped by, key to label."""
    few = (key for key, declared in ledger.form_fields.items() if declared.kind in FEW)
    return {key: ledger.fields[key].label for key in (*few, *ledger.shown.grouped)}


def groups_of(session: SeatSession, ledger: Ledger, wanted: Wanted, key: str) -> list[Group]:
    """The groups of the records wanted, in the order `record_ids(…, group=key)` lists them; without a value last."""
    model: Any = ledger.model
    declared, money = ledger.fields[key], _money(ledger)
    column = getattr(model, declared.name)
    life = ledger.life
    approved = func.sum(case((getattr(model, life.column) == life.counted, 1), else_=0)) if life else func.count()
    sums = func.sum(getattr(model, money.name)) if money else func.count()
    statement, level = joined_for(select(column, func.count(), approved, sums), ledger, key)
    statement = statement.where(*conditions(session, ledger, wanted)).add_columns(*level.columns)
    found = [row[:4] for row in level.sorted(session.execute(statement.group_by(column, *level.columns)), 4)]
    names = _names(session, declared, [row[0] for row in found])
    standing = _standing(session, ledger, wanted, column)
    groups: list[Group] = []
    for value, size, *sums_of in found:
        words = _words(ledger, names.get(value) or f"没有{declared.label}", money, size, *sums_of)
        groups.append(Group(value, size, " · ".join((words, *standing.get(value, ())))))
    return groups


def _standing(session: SeatSession, ledger: Ledger, wanted: Wanted, column: Any) -> Mapping[Any, list[str]]:
    """By value how many of its records stand where in what they live through beside review, in words: 已销号 3 项.

    Where none of them has begun, nothing is said.
    """
    found: dict[Any, list[str]] = {}
    for life in ledger.further_lives:
        where: Any = getattr(ledger.model, life.column)
        statement = select(column, where, func.count()).where(*conditions(session, ledger, wanted)).group_by(column, where)
        counts: dict[Any, dict[str, int]] = {}
        for value, stored, count in session.execute(statement):
            of = counts.setdefault(value, dict.fromkeys(life.states, 0))
            of[life.state(stored)] += count
        for value, of in counts.items():
            said = [f"{life.words[state]} {count} 项" for state, count in of.items() if count]
            found.setdefault(value, []).extend(said if any(of[state] for state in of if state != life.fresh) else ())
    return found


def _names(session: SeatSession, declared: Field, values: list[Any]) -> Mapping[Any, str]:
    if target := TARGETS.get(declared.kind):
        rows = session.execute(select(target.id, target.name).where(target.id.in_([value for value in values if value])))
        return {record_id: name for record_id, name in rows}
    return {value: f"{declared.label}：{full(declared, value)}" for value in values if value is not None}


def _words(ledger: Ledger, name: str, money: Field | None, count: int, approved: int, amount: Decimal | None) -> str:
    parts = [name, f"{count} 项"]
    if ledger.life:
        parts.append(f"{ledger.life.words[ledger.life.counted]} {approved} 项")
    if money is not None and amount:
        parts.append(f"{money.label} {in_unit(Decimal(amount), money.unit):f} {money.unit}")
    return " · ".join(parts)


def _money(ledger: Ledger) -> Field | None:
    return next((found for key in ledger.shown.columns if (found := ledger.fields[key]).kind == Kind.MONEY), None)
