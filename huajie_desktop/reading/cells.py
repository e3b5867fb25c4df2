"""One cell to one value: the same parsers for files and for what a person types while mending. Repeated texts are parsed once."""

from collections.abc import Callable, Mapping
from functools import partial

from huajie_desktop.reading.by_kind import read_cell
from huajie_desktop.reading.cell_text import Outcome, plain, show
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.raw import Cell
from huajie_desktop.reading.read_record import Milestone
from huajie_desktop.values.dates import parse_due
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.text import is_blank


class _Parsed(dict[Cell, Outcome]):
    """Outcomes by cell, parsed at the first time a cell content is met."""

    def __init__(self, parse: Callable[[Cell], Outcome]) -> None:
        self._parse = parse

    def __missing__(self, cell: Cell) -> Outcome:
        outcome = self[cell] = self._parse(cell)
        return outcome


class Cells(dict[str, _Parsed]):
    """Parsers of a table's cells by field key, knowing the office and the headers' units of money by field."""

    def __init__(self, known: Known, money_units: Mapping[str, str]) -> None:
        super().__init__()
        self._known, self._money_units = known, money_units

    def __missing__(self, key: str) -> _Parsed:
        """The parser of a field, chosen by its kind when it is first asked for."""
        declared, unit = self._known.ledger.fields[key], self._money_units.get(key, "")
        made = self[key] = _Parsed(partial(read_cell, self._known, declared, unit))
        return made

    def dimension(self, cell: Cell) -> str | None:
        """The dimension a cell names."""
        return self._known.category_words.find_dimension(show(cell))

    def milestone(self, day: Cell, text: str) -> tuple[Milestone, str]:
        """One milestone of a cell with its day and a text; the doubt about it is "" when there is none."""
        raw = show(day)
        if is_blank(raw):
            return (None, text, ""), f"“{text[:20]}”没有写时间，请补上"
        try:
            due = parse_due(plain(day), self._known.year)
        except Unreadable:
            return (None, text, raw), f"“{raw[:20]}”不是日期，时间节点的时间没有读"
        return (due.day, text, raw), due.doubt
