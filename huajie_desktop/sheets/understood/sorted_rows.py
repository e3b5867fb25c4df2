"""Decides what becomes of each row of a table: a record, a further row of one, a heading, or left out with its reason."""

from abc import ABC, abstractmethod

from huajie_desktop.reading.cells import Cells
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.raw import Cell, RawSheet
from huajie_desktop.reading.read_record import LeftOut, ReadFile, ReadRecord
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.sheets.understood.found_table import Table
from huajie_desktop.sheets.understood.place_headings import PlaceHeading, read_heading
from huajie_desktop.sheets.understood.place_rows import PlaceRows
from huajie_desktop.sheets.understood.place_sections import PlaceSections
from huajie_desktop.sheets.understood.remarks import Remarks
from huajie_desktop.sheets.understood.stated_sums import StatedSums
from huajie_desktop.sheets.understood.unusual_rows import UnusualRows

_WORDLESS = (kinds.REPEATED, kinds.NUMBERS)  # what nobody takes for a record


class SortedRows(UnusualRows, ABC):
    """The rows of one table, each sent where it belongs; `places` says whose the next record is."""

    def __init__(self, file: ReadFile, sheet: RawSheet, table: Table, known: Known, unit: str | None) -> None:
        super().__init__(file, sheet, table, known)
        self._cells = Cells(known, table.money_units)
        self.places = PlaceSections(file, self._ledger, self._cells, unit)
        self._sums = StatedSums(file, table, self._cells, known)
        self._headings = PlaceRows(sheet, table, known, self._useful)
        self._remarks = Remarks(sheet)
        self._continued: set[int] = set()  # rows that go on the record above
        self._doubt = ""  # about the row that comes next

    def _passes_over(self, number: int, row: list[Cell]) -> bool:
        """Whether a row with a plain name and little else is no record: a heading, or one that says nothing."""
        found = kinds.filled(row)
        texts = [text for _, text in found]
        if place := self._headings.known(found) or self._headings.unknown(found):
            self._enter_place(number, texts, place)
        elif total := self._total(found):
            self._sum_up(number, row, texts, total)
        elif kinds.says_nothing([text for i, text in found if i != self._table.serial]):
            self._leave_out(number, texts, kinds.UNFILLED)
        elif self._names_section(texts[0]) and (heading := self._heading(found, texts)):
            self._enter_section(number, texts, heading)
        else:
            return False
        return True

    def _sort_out(self, number: int, row: list[Cell]) -> None:
        """Decides what an unusual row is."""
        found = kinds.filled(row)
        if not found:
            return
        texts = [text for _, text in found]
        if number in self._continued and self._current and not self._repeats_header(found):
            self._continue(number, row, texts)
            if number in self._remarks.rows:
                self._remarks.put(self._current, number, self._table, len(found))
        elif number in self._table.pages:
            self._leave_out(number, texts, kinds.REPEATED)
        elif self._is_none(number, row, found, texts):
            pass
        elif self._goes_on(found):
            self._continue(number, row, texts)
        elif not self._admits(found):
            numbered = len(texts) < 4 and self._table.serial in {i for i, _ in found}
            self._leave_out(number, texts, kinds.UNFILLED if numbered else kinds.NOTE)
        else:
            self._take_numbered(row)
            if kinds.says_total(texts):
                self._doubt = f"这一行写着“{texts[0][:12]}”，又有别的内容，当作一项读了，请核对"
            self._add(number, row)

    def _is_none(self, number: int, row: list[Cell], found: list[tuple[int, str]], texts: list[str]) -> bool:
        """Takes a row that by its words is no record: a heading, a total, or what is left out with a reason."""
        if place := self._headings.known(found):
            self._enter_place(number, texts, place)
        elif total := self._total(found):
            self._sum_up(number, row, texts, total)
        elif reason := self._reason(number, found, texts):
            self._leave_out(number, texts, reason)
            self._tell_of_values(number, found, reason)
        elif place := self._headings.unknown(found):
            self._enter_place(number, texts, place)
        elif heading := self._heading(found, texts):
            self._enter_section(number, texts, heading)
        else:
            return False
        return True

    def _tell_of_values(self, number: int, found: list[tuple[int, str]], reason: str) -> None:
        """A row with a name and something else of a record does not go without a word, whatever it was taken for."""
        said = {i for i, text in found if i in self._useful and not kinds.is_figure(text)}
        if reason not in _WORDLESS and self._title in said and len(said) > 1:
            title = next(text for i, text in found if i == self._title)
            self._file.notices.append(f"第{number + 1}行“{' '.join(title.split())[:20]}”像是{reason}，没有读，请核对")

    def _sum_up(self, number: int, row: list[Cell], texts: list[str], total: kinds.Total) -> None:
        self._leave_out(number, texts, kinds.TOTAL)
        self._sums.compare(number, row, total)

    def _take_numbered(self, row: list[Cell]) -> None:
        """A unit in the column of serials, where it stands merged beside its records, counts for them."""
        cell = row[self._table.serial] if self._table.serial is not None else ""
        if self._ledger.place and cell.__class__ is str and (place := read_heading(str(cell), self._known)):
            self.places.enter(place)

    def _leave_out(self, number: int, texts: list[str], reason: str) -> None:
        self._file.left_out.append(LeftOut(self._sheet.name, number + 1, " ".join(" ".join(texts).split()), reason))
        self._in_notes = reason in (kinds.NOTE, kinds.SIGNATURE) or (self._in_notes and reason != kinds.REPEATED)

    def _enter_place(self, number: int, texts: list[str], place: PlaceHeading) -> None:
        self._leave_out(number, texts, kinds.SECTION)
        self.places.enter(place)
        self._sums.begin_section()

    # what becomes of rows

    @abstractmethod
    def _add(self, number: int, row: list[Cell]) -> ReadRecord:
        """Makes a record of a row."""

    @abstractmethod
    def _continue(self, number: int, row: list[Cell], texts: list[str]) -> None:
        """Takes a further row of the record above."""

    @abstractmethod
    def _enter_section(self, number: int, texts: list[str], text: str) -> None:
        """Begins what a heading names that is no unit."""

    def _goes_on(self, _found: list[tuple[int, str]]) -> bool:
        """Whether a row only adds to the record above."""
        return False
