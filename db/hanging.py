"""What may hang on any record, whatever its table: files, questions and doubts, found by the record's identity."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import ClassVar, NamedTuple

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Record, table_of
from db.belonging import models_by_table
from db.types import Line
from db.uids import LENGTH


class Pair(NamedTuple):
    """Two columns that name a record: its table and its identity. `goes`: the row goes with that record, else it is let go."""

    kind: str
    uid: str
    goes: bool


class Hanging(Record):
    """A record that hangs on another of any kind, goes to the recycle bin with it and comes back with it."""

    __abstract__ = True

    PAIRS: ClassVar[tuple[Pair, ...]] = (Pair("owner_kind", "owner_uid", goes=True),)
    CONTENT: ClassVar[bool] = False  # whether it is part of what its record says

    owner_kind: Mapped[str] = mapped_column(Line(40))  # the record's table
    owner_uid: Mapped[str] = mapped_column(Line(LENGTH), index=True)


def hanging_on(hanging: type[Hanging], model: type[Record], ids: Sequence[int]) -> ColumnElement[bool]:
    """The condition for what hangs on those records."""
    return hanging.owner_uid.in_(select(model.uid).where(model.id.in_(ids)))


@cache
def hanging_tables() -> tuple[tuple[Table, tuple[Pair, ...], bool], ...]:
    """The tables of what hangs on records, by which pairs, and whether it is their content."""
    found = (model for model in models_by_table().values() if issubclass(model, Hanging))
    return tuple((table_of(model), model.PAIRS, model.CONTENT) for model in found)


def pairs_of(table: Table) -> Iterator[Pair]:
    """The pairs by which rows of a table hang on others."""
    for hanging, pairs, _content in hanging_tables():
        if hanging is table:
            yield from pairs
