"""What lists and pages show of kept records, as plain tuples; nothing here needs the database."""

from collections.abc import Collection, Mapping, Sequence
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


URGENCIES = {"late": "已超期", "now": "要办理", "soon": "快到期"}  # how urgent a thing to be done is, the worst first


WHOSE = {"own": "您的事", "review": "由您审核", "office": "全单位"}  # whose a thing to be done is, one's own first


class TodoPart(NamedTuple):
    """One number of the work queue: of which ledger (key), what it counts, how many; and how many more another must decide."""

    key: str
    ledger: str
    word: str
    urgency: str  # key of URGENCIES
    number: int
    others: int = 0


class TodoLine(NamedTuple):
    """One line of the work queue (今日待办): what it is about, its numbers, the most urgent first, and whose it is (WHOSE)."""

    title: str
    parts: list[TodoPart]
    whose: str

    @property
    def urgency(self) -> str:
        """How urgent the most urgent of it is."""
        return self.parts[0].urgency


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
    approved_only: bool = False  # whether categories, dimensions, places and months count approved tasks alone
    todo: Sequence[TodoLine] = ()  # the work queue, the most urgent line first
