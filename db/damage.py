"""Damage met while reading: what lies in a column and cannot have been put there."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Date, DateTime, Dialect
from sqlalchemy.dialects import sqlite

UNDECODABLE = (ValueError, TypeError, ArithmeticError)  # what decoding a value may meet


class Undecodable(ValueError):
    """A value that was read is none of its column's: the file is damaged. It does not say which value, which may be private."""

    def __init__(self, error: Exception) -> None:
        super().__init__(type(error).__name__)


def telling(decode: Callable[[Any], Any] | None) -> Callable[[Any], Any] | None:
    """A column's decoder that raises Undecodable for what it cannot decode."""
    if decode is None:
        return None

    def tell(value: Any) -> Any:
        try:
            return decode(value)
        except UNDECODABLE as error:
            raise Undecodable(error) from error

    return tell


class _Day(sqlite.DATE):
    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return telling(super().result_processor(dialect, coltype))


class _Moment(sqlite.DATETIME):
    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return telling(super().result_processor(dialect, coltype))


def tell_damage(dialect: Dialect) -> None:
    """Has days and moments that cannot be read told as damage; the house's own types of columns do so themselves (`db.types`)."""
    dialect.colspecs = {**dialect.colspecs, Date: _Day, DateTime: _Moment}
