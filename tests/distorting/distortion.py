"""What a distortion is, and how three of them are done to a sheet one after the other."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.distorting.book import Book
from tests.distorting.plain import plain_book

CELLS, ORDER, COLUMNS, TABLES, ROWS, PAGES, FILES = range(7)  # in this order, whatever order they are named in
Change = Callable[[Book, random.Random], bool]


@dataclass(frozen=True)
class Distortion:
    """One thing people do to sheets: False where this book has no place for it."""

    name: str
    phase: int
    change: Change
    needs: frozenset[str]


ALL: dict[str, Distortion] = {}


def distortion(phase: int, *needs: str) -> Callable[[Change], Change]:
    """Enters a function under its name; `needs` are a ledger (else any), "several" villages, "money" or "long" lists."""

    def enter(change: Change) -> Change:
        ALL[change.__name__] = Distortion(change.__name__, phase, change, frozenset(needs))
        return change

    return enter


def distorted(seed: object, names: Sequence[str]) -> Book:
    """A correct book, and these distortions done to it; `done` says which found a place."""
    rng = random.Random(f"{seed}")
    chosen = sorted((ALL[name] for name in names), key=lambda one: (one.phase, names.index(one.name)))
    needs = {need for one in chosen for need in one.needs}
    ledgers = ("tasks", "tasks", "tasks", "disputes", "people", "progress")
    wanted = [ledger for ledger in dict.fromkeys(ledgers) if ledger in needs]
    ledger = wanted[0] if wanted else rng.choice(ledgers[:-2] if "money" in needs else ledgers)
    book = plain_book(rng, ledger, "several" in needs, 6 if "long" in needs else 3)
    for one in chosen:
        fits = not one.needs & set(ledgers) or ledger in one.needs
        if fits and one.change(book, rng):
            book.done.append(one.name)
    return book
