"""Matching place by place in the database, each one of several characters: GLOB in SQLite, elsewhere a regular expression."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, ColumnElement, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


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
