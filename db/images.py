"""Row images: what a row held, as JSON by column, exact enough to be written back; the version is no part of them."""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Column, ColumnElement, Connection, Table, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from db.base import content_columns
from db.damage import UNDECODABLE, Undecodable
from db.types import UnkeepableText, readable

Row = dict[str, Any]  # column name -> Python value
CHUNK = 500  # rows a statement; SQLite takes 32,766 parameters at most


def encode(row: Row) -> str:
    """A whole row as JSON without its empty columns; days in ISO form, amounts as text."""
    return encode_part({name: value for name, value in row.items() if value is not None})


def encode_part(row: Row) -> str:
    """Some columns of a row as JSON, the empty ones said. Raises UnkeepableText for half a character."""
    try:
        return orjson.dumps(row, default=str).decode()
    except TypeError as error:
        if "surrogates" in str(error):
            raise UnkeepableText(str(error)) from error
        raise


def decode(table: Table, image: str) -> Row:
    """The whole row an image was made of, empty columns as None."""
    return {**_empty(table), **decode_part(table, image)}


def read_value(table: Table, values: Mapping[str, Any], name: str) -> Any:
    """What an image, read from its JSON, says of one column."""
    if name not in values:
        return _empty(table)[name]
    value, parsers = readable(values[name]), _parsers(table)
    return parsers[name](value) if value is not None and name in parsers else value


def decode_part(table: Table, image: str) -> Row:
    """The columns an image says, those alone."""
    parsers = _parsers(table)
    try:
        return {
            name: parsers[name](value) if value is not None and name in parsers else value for name, value in _said(image).items()
        }
    except UNDECODABLE as error:
        raise Undecodable(error) from error


def _said(image: str) -> Row:
    said: Row = orjson.loads(image)
    return {name: readable(value) for name, value in said.items()} if r"\u0000" in image else said


@cache
def _parsers(table: Table) -> dict[str, Callable[[Any], Any]]:
    by_type: dict[type, Callable[[Any], Any]] = {date: date.fromisoformat, datetime: datetime.fromisoformat, Decimal: Decimal}
    return {column.name: by_type[kind] for column in table.columns if (kind := column.type.python_type) in by_type}


@cache
def _empty(table: Table) -> Row:
    return {column.name: _before_there_was(column) for column in content_columns(table)}


def _before_there_was(column: Column[Any]) -> Any:
    """What an image without this column means: nothing, or the default where the column was added later and cannot be empty."""
    default = column.default if not column.nullable else None
    return default.arg if isinstance(default, ScalarElementColumnDefault) else None


def rows_by_id(
    session: Session | Connection, table: Table, ids: Sequence[int], names: Iterable[str] | None = None
) -> dict[int, Row]:
    """The present rows of those ids, or the columns named; missing rows are left out."""
    columns = content_columns(table) if names is None else [table.c[name] for name in dict.fromkeys(("id", *names))]
    found: dict[int, Row] = {}
    keys = [column.name for column in columns]
    place = keys.index("id")
    for start in range(0, len(ids), CHUNK):
        statement = select(*columns).where(among(table.c.id, ids[start : start + CHUNK]))
        found.update((row[place], dict(zip(keys, row, strict=True))) for row in session.execute(statement))
    return found


def among(column: Any, ids: Sequence[int]) -> ColumnElement[bool]:
    """The condition for those ids; a run without a gap is two values, not hundreds."""
    if ids and ids[-1] - ids[0] == len(ids) - 1 and all(map(operator.eq, ids, range(ids[0], ids[-1] + 1))):
        return column.between(ids[0], ids[-1])  # type: ignore[no-any-return]
    return column.in_(ids)  # type: ignore[no-any-return]
