"""Row images: what a row held, as JSON by column, exact enough to be written back."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Table, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

Row = dict[str, Any]  # column name -> Python value
CHUNK = 500  # rows a statement; SQLite takes 32,766 parameters at most

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=lambda value: _plain(value)).encode
_ENCODE_LINES = json.JSONEncoder(ensure_ascii=False, separators=(",\n", ":"), default=lambda value: _plain(value)).encode


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value.isoformat()


def encode(row: Row) -> str:
    """The row as JSON without its empty columns; days in ISO form, amounts as text."""
    return _ENCODE({name: value for name, value in row.items() if value is not None})


def encode_all(rows: Iterable[Row]) -> list[str]:
    """The same of many rows, twice as fast: encoded in one go and parted at line ends, which JSON has in no text."""
    lines = _ENCODE_LINES([{name: value for name, value in row.items() if value is not None} for row in rows])[1:-1]
    return lines.replace("},\n{", "}\n{").replace(",\n", ",").split("\n") if lines else []


def decode(table: Table, image: str) -> Row:
    """The row an image was made of, empty columns as None."""
    parsers, empty = _parsers(table)
    return {**empty, **{name: parsers[name](value) if name in parsers else value for name, value in json.loads(image).items()}}


@cache
def _parsers(table: Table) -> tuple[dict[str, Callable[[Any], Any]], Row]:
    by_type: dict[type, Callable[[Any], Any]] = {date: date.fromisoformat, datetime: datetime.fromisoformat, Decimal: Decimal}
    parsers = {column.name: by_type[kind] for column in table.columns if (kind := column.type.python_type) in by_type}
    return parsers, {column.name: _before_there_was(column) for column in table.columns}


def _before_there_was(column: Column[Any]) -> Any:
    """What an image without this column means: nothing, or the default where the column was added later and cannot be empty."""
    default = column.default if not column.nullable else None
    return default.arg if isinstance(default, ScalarElementColumnDefault) else None


def rows_by_id(session: Session | Connection, table: Table, ids: Sequence[int]) -> dict[int, Row]:
    """The present rows of those ids; missing ones are left out."""
    found: dict[int, Row] = {}
    for start in range(0, len(ids), CHUNK):
        statement = select(table).where(table.c.id.in_(ids[start : start + CHUNK]))
        found.update((row["id"], dict(row)) for row in session.execute(statement).mappings())
    return found


def binders(columns: Iterable[Column[Any]], dialect: Any) -> list[Callable[[Any], Any] | None]:
    """For each column what turns a Python value into the driver's, None where it is taken as it is."""
    return [column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns]
