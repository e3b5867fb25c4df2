"""Statements compiled once in each test process: SQLAlchemy does so for each engine, and every test opens a database of its own."""

from typing import Any

from sqlalchemy import Connection, Date, Dialect, Engine, event
from sqlalchemy.orm import Mapper
from sqlalchemy.util import LRUCache

_MANY = 5000


class _Shared(LRUCache):  # type: ignore[type-arg]
    """A cache of compiled statements in which dialects that are made alike are one: by name and by what they make of days."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_of_any(*key), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(_of_any(*key), value)


def _of_any(dialect: Dialect, *statement: Any) -> tuple[Any, ...]:
    return (dialect.name, dialect.colspecs.get(Date), *statement)


_SHARED = _Shared(_MANY)


def compile_once() -> None:
    """Lets all engines of this process share what they compile."""
    Mapper._compiled_cache = _SHARED  # what flushes write
    event.listen(Engine, "engine_connect", _share)


def _share(connection: Connection) -> None:
    connection.execution_options(compiled_cache=_SHARED)
