"""Reads the rows of one table into records; what is no record is left out with its reason."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from huajie_desktop.reading.cell_text import show
from huajie_desktop.reading.checks import check_records_of
from huajie_desktop.reading.filling import setters_of
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.raw import Cell, RawSheet
from huajie_desktop.reading.read_record import ERROR, WARNING, CellTexts, ReadFile, ReadRecord
from huajie_desktop.reading.tokens import EXAMPLE
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.sheets.understood.found_table import Table
from huajie_desktop.sheets.understood.further_columns import FurtherColumns
from huajie_desktop.sheets.understood.merged_cells import open_merges
from huajie_desktop.sheets.understood.milestone_columns import continue_record, take_further_values
from huajie_desktop.sheets.understood.notices import tell_columns
from huajie_desktop.sheets.understood.recalling import recall
from huajie_desktop.sheets.understood.sorted_rows import SortedRows
from huajie_desktop.sheets.understood.template_rows import TemplateRows
from huajie_desktop.sheets.understood.unread_columns import UnreadColumns
from huajie_desktop.values.text import DITTO, fold, is_blank

_LARGE = 5000  # rows, from which on they are let go as they are listed
_SHARED = "这笔{label}由{count}{noun}共用，金额只记在第一项，请核对"


class Listing(SortedRows):
    """Reads one table of a sheet into a file's records."""

    def __init__(
        self, file: ReadFile, sheet: RawSheet, table: Table, known: Known, unit: str | None, month: int | None = None
    ) -> None:
        super().__init__(file, sheet, table, known, unit)
        self._month = f"{month}月" if month else ""
        setters = setters_of(self._ledger)
        self._plan = [(name, table.index[name], setter) for name, setter in setters.items() if name in table.index]
        self._places = {name: place for place, (name, _, _) in enumerate(self._plan)}
        self._letters = {c.field: c.letter for c in reversed(table.columns) if c.field}
        self._letters.setdefault("title", self._letters[self._ledger.name])
        self._width = max(column.index for column in table.columns) + 1
        self._header_titles = {
            show(sheet.rows[r][self._title]) for r in (*table.header, *table.pages) if self._title < len(sheet.rows[r])
        }
        self._last_row: list[Cell] = []
        self._further, self._unread = FurtherColumns(table), UnreadColumns(table)
        self._ours = TemplateRows(file, table, known)
        ours = {i for name, i in table.index.items() if name != self._ledger.name and i not in self._money}
        ours |= self._further.indexes - {self._title}
        self._continued, self._shared = open_merges(sheet, table, self._title, ours, self._money)
        self._doubted = bool(table.doubts or self._further.indexes)
        self._once: dict[str, bool] = {}
        self._check = check_records_of(self._ledger)

    def read(self) -> None:
        """Takes every row of the table."""
        title, serial, bare = self._title, self._table.serial, self._headings.is_bare
        known = self._table.identity is not None
        for number, row in self._rows():
            if known and self._take_known(number, row):
                continue
            cell = row[title]
            plain = cell.__class__ is str and cell and cell[0] > " " and cell[0] not in kinds.STARTS
            counted = serial is None or row[serial].__class__ is not str
            if not (plain and counted and number not in self._continued and cell not in self._header_titles):
                self._sort_out(number, row)
            elif not bare(row) or not self._passes_over(number, row):
                self._add(number, row)
        self.places.close()
        tell_columns(self._file, self._sheet, self._table, self._unread.found())

    def _rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """The rows of the table with a cell for each column; of many each is let go when it was given."""
        rows, width = self._sheet.rows, self._width
        large = len(rows) > _LARGE
        if large:
            self._look_over()
        for number in range(self._table.first, self._table.last):
            row = rows[number]
            if large:
                rows[number] = []  # its record keeps what is needed
            if len(row) < width:
                row += [""] * (width - len(row))
            yield number, row

    def _look_over(self) -> None:
        """Finds out what needs all rows, before they go one by one."""
        self._is_counted()
        if self._ledger.place:
            self._headings.styles()
            self._written_once(self._ledger.place)

    def _written_once(self, key: str) -> bool:
        """Whether a column says each of its words once, on the first row of its group."""
        if key not in self._once:
            column = self._table.index.get(key)
            rows = self._sheet.rows[self._table.first : self._table.last]
            words = Counter[str]()
            for cell, count in Counter(row[column] for row in rows if column is not None and column < len(row)).items():
                words[fold(show(cell))] += count
            written = [count for word, count in words.items() if not is_blank(word)]
            self._once[key] = all(count == 1 for count in written) and len(written) < len(rows) - 1
        return self._once[key]

    def _take_known(self, number: int, row: list[Cell]) -> bool:
        """Takes a row of our own template, whatever its words look like; one that was emptied is no record any more."""
        token = self._ours.token_in(row)
        self._doubt = self._ours.doubt
        if reason := self._ours.reason(row, token, self._useful):
            self._leave_out(number, [show(row[self._title]) or f"第{number + 1}行"], reason)
            return True
        if token is None or not token.record:
            return False
        if token.record == EXAMPLE:  # typed over, or exchanged with a record
            if self._table.serial is not None:
                row[self._table.serial] = ""
            return False
        self._add(number, row).token = token
        return True

    def _add(self, number: int, row: list[Cell]) -> ReadRecord:
        """Makes a record of a row."""
        self._in_notes = False
        self._unread.count(row)
        raw = CellTexts(self._places, self._whole_texts(row))
        ledger, unit, cells = self._ledger, self.places.unit, self._cells
        record = ReadRecord(ledger.places, self._sheet.name, number + 1, self._letters, raw, self._table.money_units, unit=unit)
        record.part = self._sheet.part
        if ledger.place:
            record[ledger.place] = unit
        for _, i, setter in self._plan:
            setter(record, row[i], cells)
        self._complete(record, row)
        if record.issues and self._known.memory.items:
            recall(record, self._known, self.places.unit)
        if number in self._remarks.rows:
            self._remarks.put(record, number, self._table, len(kinds.filled(row)))
        if number in self._shared:
            for name, count, first in self._shared[number]:
                self._share_money(record, name, count, first)
        if self._doubted or self._doubt:
            self._note_doubts(record, row)
        self._current, self._last_row = record, row
        self._file.records.append(record)
        return record

    def _whole_texts(self, row: list[Cell]) -> list[str]:
        """What a row says once 同上 is what stands above, and columns of one field are put together."""
        texts = self._texts(row)
        if self._table.identity is None and not DITTO.isdisjoint(texts) and self._last_row:
            for _, i, _ in self._plan:
                row[i] = self._last_row[i] if row[i] in DITTO else row[i]
            texts = self._texts(row)
        if self._further.indexes:
            self._further.put_together(row)
            texts = self._texts(row)
        return texts

    def _note_doubts(self, record: ReadRecord, row: list[Cell]) -> None:
        """What is doubtful of the row's columns, and of the row itself."""
        of_columns = ((key, said) for key, said in self._table.doubts.items() if record.raw[key].strip())
        for key, message in (*of_columns, *self._further.differing(row)):
            record.complain(key, WARNING, message)
        if self._doubt:
            record.complain(self._ledger.name, WARNING, self._doubt)
            self._doubt = ""

    def _texts(self, row: list[Cell]) -> list[str]:
        """What the cells of our columns say, in the order of the plan."""
        return [
            cell if (cell := row[i]).__class__ is str and (not cell or cell[0] != "\0") else show(cell) for _, i, _ in self._plan
        ]

    def _share_money(self, record: ReadRecord, name: str, count: int, first: bool) -> None:
        if not first and record.title:
            self._forget(record, name)
        record.issues = [issue for issue in record.issues if issue.field != name or issue.severity == ERROR]
        label, noun = self._table.words.fields[name].label, f"项{self._ledger.noun}"
        record.complain(name, WARNING, _SHARED.format(label=label, count=count, noun=noun))

    # what sheets with sections do in their own way

    def _enter_section(self, number: int, texts: list[str], _text: str) -> None:
        self._leave_out(number, texts, kinds.SECTION)

    def _continue(self, number: int, row: list[Cell], _texts: list[str]) -> None:
        """A further row under a merged name: of the same record, unless it names another unit."""
        assert self._current
        place = self._table.index.get(self._ledger.place or "")
        if place is not None and not is_blank(show(row[place])) and show(row[place]) != show(self._last_row[place]):
            row[self._title] = self._last_row[self._title]
            self._add(number, row)
            return
        continue_record(self._current, row, self._table, self._cells, self._last_row)
        take_further_values(self._current, row, self._table, self._cells, self._last_row)

    def _complete(self, record: ReadRecord, _row: list[Any]) -> None:
        """What a record has beside its own cells."""
        if self._ledger.place and (self.places.entered or self._ledger.place in self._table.index):
            self.places.judge(record, self._written_once)
        month = self._ledger.sheets.month
        if self._month and month and record.get(month) is None and not record.raw.get(month, "").strip():
            setters_of(self._ledger)[month](record, self._month, self._cells)
        for key, text in self._table.words.filled.items():
            if record.get(key) is None and not any(issue.field == key for issue in record.issues):
                setters_of(self._ledger)[key](record, text, self._cells)
                if key in self._table.index:
                    label = self._ledger.fields[key].label
                    record.complain(key, WARNING, f"没有填写{label}，按“{text}”读，请核对")
        self._check(record)

    def _forget(self, record: ReadRecord, name: str) -> None:
        record[name] = None
