"""Looking for folded words in the database; letters place by place: GLOB in SQLite, elsewhere a regular expression.

What is looked for by its sound is looked for by its letters first, since few records have them and the letters are quick.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, false, literal, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from db.words.readings import symbols
from db.words.searching import LONGEST, by_letters, expression
from db.words.sounding import Ear, by_sound


class Run(FunctionElement[bool]):
    """Whether a text holds such a run of characters (each of them none with a meaning in patterns), or begins with it."""

    inherit_cache = True
    type = Boolean()

    def __init__(self, column: ColumnElement[str], places: Sequence[str], *, at_start: bool = False) -> None:
        run = "".join(f"[{place}]" for place in places)
        super().__init__(column, literal(f"{'' if at_start else '*'}{run}*"), literal(f"{'^' if at_start else ''}{run}"))


@compiles(Run)
def _in_expressions(element: Run, compiler: SQLCompiler, **options: Any) -> str:
    column, _glob, expression = element.clauses
    return f"({compiler.process(column, **options)} ~ {compiler.process(expression, **options)})"


@compiles(Run, "sqlite")
def _in_glob(element: Run, compiler: SQLCompiler, **options: Any) -> str:
    column, glob, _expression = element.clauses
    return f"({compiler.process(column, **options)} GLOB {compiler.process(glob, **options)})"


def said(column: ColumnElement[str], word: str, ear: Ear = Ear.LETTER) -> ColumnElement[bool]:
    """The condition that a kept text of `search_text` holds a folded word, or what is spoken so."""
    if len(word) > LONGEST:
        return false()
    found: list[ColumnElement[bool]] = [column.contains(word, autoescape=True)]
    if places := by_letters(word):
        found.append(Run(column, places))
    return or_(*found, *spoken(column, word, ear))


def spoken(column: ColumnElement[str], word: str, ear: Ear) -> list[ColumnElement[bool]]:
    """The same by its sound alone; nothing where the word has none that this ear hears."""
    runs = by_sound(word, ear)
    if not runs:
        return []
    begun: list[list[str]] = []
    for run in sorted(runs, key=len):
        places = ["".join(sorted(place)) for signs in run if (place := symbols(signs))]
        if not any(places[: len(known)] == known for known in begun):  # what begins like another is found with it
            begun.append(places)
    return [and_(or_(*(Run(column, places) for places in begun)), column.regexp_match("|".join(map(expression, runs))))]


def begins(column: ColumnElement[str], word: str, *, whole: bool = False) -> ColumnElement[bool]:
    """The condition that a word of it, or its letters, begin with a folded one; with `whole` that its first word is just that."""
    if len(word) > LONGEST:
        return false()
    if whole:
        return column.startswith(f"{word} ", autoescape=True)
    found: list[ColumnElement[bool]] = [column.startswith(word, autoescape=True), column.contains(f" {word}", autoescape=True)]
    if places := by_letters(word):
        found += [Run(column, places, at_start=True), Run(column, (" ", *places))]
    return or_(*found)
