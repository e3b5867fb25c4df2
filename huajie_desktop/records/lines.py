"""What lists and pages show of kept records, as plain tuples; nothing here needs the database."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple


class Line(NamedTuple):
    """One record as a list shows it: its state ("" where there is none) and the words of the asked columns by key.

    `doubted` are the keys of what is still to be looked at, `marks` by column a word that stands beside its own, `tints` and
    `tips` by column a colour and why a word stands there.
    """

    id: int
    state: str
    cells: dict[str, str]
    doubted: Collection[str] = ()
    marks: Mapping[str, str] = MappingProxyType({})
    tints: Mapping[str, str] = MappingProxyType({})
    tips: Mapping[str, str] = MappingProxyType({})


class TaskLine(NamedTuple):
    """One task as the list shows it; investment in 万元."""

    id: int
    number: str
    title: str
    category: str
    dimension: str
    unit: str
    responsible: str
    due: date | None
    due_words: str
    investment: Decimal | None
    state: str
    state_word: str


class Total(NamedTuple):
    """One line of totals: how many tasks, how many of them approved, and their planned investment in 万元."""

    name: str
    group: str
    tasks: int
    approved: int
    investment: Decimal


class HomeFigures(NamedTuple):
    """What the first page shows."""

    year: int
    total: int
    states: dict[str, int]
    dimensions: list[Total]
    categories: list[Total]
    village_tasks: int
    other_tasks: int
    villages: int
    silent_units: list[str]  # villages that have no task yet
    months: list[int]  # tasks due by month, January first
    due_next: list[TaskLine]
    imports: int
    late_occurrences: int = 0  # of recurring tasks, past their day and not done
    overdue: int = 0  # unfinished tasks whose last day is past
    approved_only: bool = False  # whether categories, dimensions, places and months count approved tasks alone
    unpledged: int = 0  # approved tasks that stand on no pledge in force
