"""Compares what a total row states with what was read above it: amounts by column, and a count of records."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from huajie_desktop.reading.cell_text import show
from huajie_desktop.reading.cells import Cells
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.raw import Cell
from huajie_desktop.reading.read_record import ReadFile, ReadRecord
from huajie_desktop.sheets.understood.found_table import Table
from huajie_desktop.sheets.understood.row_sorts import Total
from huajie_desktop.values.shown import in_unit
from huajie_desktop.values.text import fold

_NEAR = Decimal(100)  # 元, by which a sum of rounded amounts may be off
_COUNT = re.compile(r"共?计?(\d{1,4})[项件条个]")
_WHOLE = re.compile(r"(?:本页|上页|本类|本村|本表|本镇|全镇|全村|全年|全部|分类|以上|各村|各项|分项|总)?")


class StatedSums:
    """What the totals of one table may sum up: all its records, those of the section, those since the last total."""

    def __init__(self, file: ReadFile, table: Table, cells: Cells, known: Known) -> None:
        self._file, self._cells, self._known = file, cells, known
        self._money = [(name, table.index[name]) for name in table.words.money if name in table.index]
        self._first = self._section = self._since = len(file.records)

    def begin_section(self) -> None:
        """A heading was passed."""
        self._section = len(self._file.records)

    def compare(self, number: int, row: list[Cell], total: Total) -> None:
        """Says what a total states otherwise than it was read; a total of what nobody knows cannot be compared."""
        groups = list(self._groups(total))
        stated = _COUNT.search(fold(" ".join(show(cell) for cell in row)))
        if groups and stated and all(len(records) != int(stated[1]) for records in groups):
            self._tell(number, total, f"{stated[1]}项", f"{len(groups[0])}项")
        for name, column in self._money if total.sums and groups else ():
            self._compare_amount(number, total, groups, name, row[column])
        self._since = len(self._file.records)

    def _compare_amount(self, number: int, total: Total, groups: Sequence[Sequence[ReadRecord]], name: str, cell: Cell) -> None:
        amount = None if _COUNT.search(fold(show(cell))) else self._cells[name][cell].value
        sums = [sum((record[name] or Decimal(0) for record in records), Decimal(0)) for records in groups]
        if isinstance(amount, Decimal) and all(abs(amount - one) > _NEAR for one in sums):
            declared = self._known.ledger.fields[name]
            said, read = (f"{in_unit(one, declared.unit):f}{declared.unit}" for one in (amount, sums[0]))
            self._tell(number, total, f"{declared.label} {said}", f"{read}")

    def _groups(self, total: Total) -> Iterator[Sequence[ReadRecord]]:
        """The records a total may be of, the likeliest first."""
        records, known = self._file.records, self._known
        if unit := known.unit_words.find(total.of):
            yield [record for record in records[self._first :] if record.unit == unit.name]
        elif total.of and not total.certain and not _WHOLE.fullmatch(fold(total.of)) and not known.category_words.find(total.of):
            return
        part = total.of or re.search(r"小计|本页|本类", fold(total.text))
        firsts = (self._since, self._section, self._first) if part else (self._first, self._section, self._since)
        yield from (records[first:] for first in dict.fromkeys(firsts))

    def _tell(self, number: int, total: Total, stated: str, read: str) -> None:
        word = " ".join(total.text.split())
        self._file.notices.append(f"第{number + 1}行的“{word}”写的是{stated}，读到的是{read}，请核对")
