"""How distortions write the cells of a column otherwise: all of them, or one, and each column once."""

import random
from collections.abc import Callable, Iterator
from typing import Any

from tests.distorting.book import DOUBT, Book, Column, Meant, Table


def free(book: Book, key: str) -> Iterator[tuple[Table, Column]]:
    """The columns of a field whose values nothing has rewritten yet, from now on taken."""
    for table, column in list(book.columns(key)):
        if not column.taken:
            column.taken = "taken"
            yield table, column


def each(book: Book, key: str, change: Callable[[Meant], Any]) -> bool:
    """Writes the cells of a field's columns anew; False where there is none."""
    done = False
    for table, _column in free(book, key):
        for record in table.records:
            record.cells[key] = change(record)
            done = True
    return done


def some(book: Book, rng: random.Random, key: str) -> Meant | None:
    """One record with a column of that field, to be written otherwise."""
    tables = [table for table, _ in free(book, key) if table.records]
    return rng.choice(rng.choice(tables).records) if tables else None


def one(book: Book, rng: random.Random, key: str, ways: tuple[Any, ...]) -> bool:
    """One cell of a field in a way nobody can tell (a text), or that means something (text, meaning)."""
    record = some(book, rng, key)
    if record is None:
        return False
    way = rng.choice(ways)
    record.cells[key], record.values[key] = way if isinstance(way, tuple) else (way, DOUBT)
    return True
