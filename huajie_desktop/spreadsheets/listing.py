"""Reads the rows of one table into records; what is no record is left out with its reason."""

import re
from dataclasses import dataclass

from huajie_desktop.values.categories import looks_like_section
from huajie_desktop.values.text import DITTO, fold, is_blank, trim

from . import rows as kinds
from .cell_text import show
from .cells import Cells
from .filling import SETTERS
from .milestones import add_milestones, continue_task
from .raw import Cell, RawSheet
from .records import ERROR, WARNING, Known, KnownCategory, LeftOut, ReadFile, ReadRecord
from .tables import Table

_ADMITTED = frozenset(["title", "content", "lead", "responsible", "start", "due", "investment", "milestones"])
_COUNT = re.compile(r"共?(\d{1,4})[项件条个](?!\w)")
_SHARED = "这笔投资由{}项任务共用，金额只记在第一项，请核对"


@dataclass(slots=True)
class _Section:
    """The heading rows now in force: category or an unknown word, dimension, and the count the heading stated."""

    category: KnownCategory | None = None
    unknown: str = ""
    dimension: str | None = None
    text: str = ""
    stated: int | None = None
    first_record: int = 0


class Listing:
    """Reads one table of a sheet into a file's records."""

    def __init__(
        self, file: ReadFile, sheet: RawSheet, table: Table, known: Known, unit: str | None, category: KnownCategory | None
    ) -> None:
        self._file, self._sheet, self._table, self._known = file, sheet, table, known
        self._unit, self._sheet_category = unit, category
        self._cells = Cells(known, table.money_unit)
        self._plan = [(name, table.index[name], setter) for name, setter in SETTERS.items() if name in table.index]
        self._title: int = table.index["title"]
        self._letters = {c.field: c.letter for c in reversed(table.columns) if c.field}
        self._width = max(column.index for column in table.columns) + 1
        heads = [sheet.rows[r] for r in table.header]
        self._header = {(i, fold(text)) for head in heads for i, text in kinds.filled(head)}
        self._header_titles = {show(sheet.rows[r][self._title]) for r in table.header if self._title < len(sheet.rows[r])}
        self._nodes = {i for i in (table.node_day, table.node_text) if i is not None}
        self._section = _Section()
        self._in_notes = False
        self._current: ReadRecord | None = None
        self._last_row: list[Cell] = []
        self._shared: dict[int, tuple[int, bool]] = {}
        self._continued: dict[int, int] = {}
        self._open_merges()
        self._grouped: bool | None = None
        self._counted: bool | None = None

    def begin_unknown(self, name: str) -> None:
        """Says that the sheet stands where a category stands among its neighbours, but is called by no known one."""
        self._section = _Section(unknown=name)

    def read(self) -> None:
        """Takes every row of the table."""
        rows, title, serial, width = self._sheet.rows, self._title, self._table.serial, self._width
        for number in range(self._table.first, self._table.last):
            row = rows[number]
            if len(row) < width:
                row += [""] * (width - len(row))
            cell = row[title]
            plain = cell.__class__ is str and cell and cell[0] > " " and cell[0] not in kinds.STARTS
            counted = serial is None or row[serial].__class__ is not str
            if plain and counted and number not in self._continued and cell not in self._header_titles:
                self._add(number, row)
            else:
                self._sort_out(number, row)
        self._close_section()

    def _open_merges(self) -> None:
        """Fills merged cells down inside their range; a merged title makes its rows one record, merged money is one sum."""
        table, rows = self._table, self._sheet.rows
        money, shared = table.index.get("investment"), list[range]()
        ours = {i for name, i in table.index.items() if name not in ("title", "investment")}
        for top, left, bottom, right in self._sheet.merges:
            if bottom == top or top < table.first or bottom >= table.last or right - left >= self._width - 1 > 1:
                continue
            for number in range(top + 1, bottom + 1):
                if left <= self._title <= right:
                    self._continued[number] = top
                if left in ours and len(rows[number]) > left and len(rows[top]) > left:
                    rows[number][left] = rows[top][left]
            if left == money:
                shared.append(range(top, bottom + 1))
        for span in shared:
            owners = [number for number in span if number not in self._continued]
            if len(owners) > 1:
                self._shared.update({number: (len(owners), number == owners[0]) for number in owners})

    def _sort_out(self, number: int, row: list[Cell]) -> None:
        """Decides what an unusual row is."""
        found = kinds.filled(row)
        if not found:
            return
        texts = [text for _, text in found]
        if number in self._continued and self._current and not self._repeats_header(found):
            continue_task(self._current, row, self._table, self._cells, self._last_row)
        elif reason := self._reason(number, found, texts):
            self._leave_out(number, texts, reason)
        elif heading := self._heading(found, texts):
            self._enter_section(number, texts, heading)
        elif self._nodes and self._current and {i for i, _ in found} <= self._nodes | {self._table.serial}:
            continue_task(self._current, row, self._table, self._cells, self._last_row)
        elif not self._admits(found):
            numbered = len(texts) < 4 and self._table.serial in {i for i, _ in found}
            self._leave_out(number, texts, kinds.UNFILLED if numbered else kinds.NOTE)
        else:
            self._add(number, row)

    def _reason(self, number: int, found: list[tuple[int, str]], texts: list[str]) -> str:
        if self._repeats_header(found):
            return kinds.REPEATED
        if kinds.is_numbering(texts) and number <= self._table.first + 1 and not self._current:
            return kinds.NUMBERS
        if kinds.is_example(texts):
            return kinds.EXAMPLE
        if kinds.is_total(texts) and not (self._table.serial is not None and texts[0].isdigit()):
            return kinds.TOTAL
        if kinds.is_signature(texts) and not self._is_full(found):
            return kinds.SIGNATURE
        if len(texts) == 1 and self._is_signed(number, texts[0], found[0][0]):
            return kinds.SIGNATURE
        lonely = len(texts) == 1 and (len(texts[0]) > 40 and len(self._table.columns) > 3)
        words = self._known.category_words
        among_notes = self._in_notes and not words.find(texts[0]) and not words.find_dimension(texts[0])
        return kinds.NOTE if kinds.is_note(texts, among_notes) or lonely else ""

    def _is_signed(self, number: int, text: str, column: int) -> bool:
        """Whether a single cell is the village's name below the table, or the day of signing right under it."""
        if column == self._title or self._current is None:
            return False
        above = self._file.left_out[-1] if self._file.left_out else None
        signed = above is not None and above.reason == kinds.SIGNATURE and 0 < number + 1 - above.row < 3
        return self._known.unit_words.find(text) is not None or (signed and kinds.is_full_day(text))

    def _repeats_header(self, found: list[tuple[int, str]]) -> bool:
        same = sum(1 for i, text in found if (i, fold(text)) in self._header)
        return same >= 2 and same * 2 >= len(found)

    def _is_full(self, found: list[tuple[int, str]]) -> bool:
        columns = {i for i, _ in found}
        return sum(1 for name in _ADMITTED if self._table.index.get(name) in columns) >= 3

    def _heading(self, found: list[tuple[int, str]], texts: list[str]) -> str:
        """The words of a heading: 一、重点工作 alone, 一 | 重点工作 in two cells, or either with a count or a sum beside it."""
        words, serial = self._known.category_words, self._table.serial
        numbered = len(found) > 1 and found[0][0] == serial and found[1][0] == self._title and kinds.is_numeral(texts[0])
        text, rest = (texts[1], found[2:]) if numbered else (texts[0], found[1:])
        money = self._table.index.get("investment")
        if any(fold(other) != fold(text) and not kinds.is_count(other, i == money) for i, other in rest):
            return ""
        if words.find(text) or words.find_dimension(text):
            return text
        if rest and any(fold(other) != fold(text) for _, other in rest):
            return ""
        if numbered:
            return text if self._is_counted() else ""
        if kinds.is_section(texts, text):
            return text if found[0][0] != self._title or self._title == 0 or len(found) > 1 else ""
        return text if found[0][0] == serial and self._may_be_section(text) else ""

    def _is_counted(self) -> bool:
        """Whether the tasks are numbered 1, 2, 3, so that 一 stands before a heading."""
        if self._counted is None:
            rows, serial = self._sheet.rows[self._table.first : self._table.last], self._table.serial
            self._counted = serial is not None and any(show(row[serial]).strip().isdigit() for row in rows if serial < len(row))
        return self._counted

    def _may_be_section(self, text: str) -> bool:
        """Whether a short line without a number stands where the categories stand: not within 一、…, not among notes."""
        inside = self._section.text and looks_like_section(self._section.text)
        return "category" not in self._table.index and not inside and not self._in_notes and kinds.is_short_name(text)

    def _admits(self, found: list[tuple[int, str]]) -> bool:
        """Whether a row says something that belongs to a task."""
        useful = (
            {i for name, i in self._table.index.items() if name in _ADMITTED}
            | {i for i, _, _ in self._table.periods}
            | self._nodes
        )
        said = [(i, text) for i, text in found if i in useful]
        return bool(said) and not kinds.says_nothing([text for _, text in said])

    def _leave_out(self, number: int, texts: list[str], reason: str) -> None:
        self._file.left_out.append(LeftOut(self._sheet.name, number + 1, " ".join(" ".join(texts).split()), reason))
        self._in_notes = reason in (kinds.NOTE, kinds.SIGNATURE) or (self._in_notes and reason != kinds.REPEATED)

    def _enter_section(self, number: int, texts: list[str], text: str) -> None:
        words = self._known.category_words
        category, dimension = words.find(text), words.find_dimension(text)
        above = self._section
        nested = fold(text).startswith("(") and above.category is not None and not fold(above.text).startswith("(")
        self._leave_out(number, texts, kinds.SECTION)
        if nested and not category and not dimension:
            return
        self._close_section()
        count = _COUNT.search(fold(text))
        unknown = "" if category or dimension else trim(text)
        ruling = category.dimension if category else dimension or self._section.dimension
        stated = int(count[1]) if count else None
        self._section = _Section(category, unknown, ruling, trim(text), stated, len(self._file.records))

    def _close_section(self) -> None:
        section, count = self._section, len(self._file.records) - self._section.first_record
        if section.stated is not None and section.stated != count:
            self._file.notices.append(f"“{section.text}”写的是{section.stated}项，读到{count}项，请核对")

    def _add(self, number: int, row: list[Cell]) -> None:
        """Makes a record of a row."""
        self._in_notes = False
        raw = self._raw(row)
        if not DITTO.isdisjoint(raw.values()) and self._last_row:
            for _, i, _ in self._plan:
                row[i] = self._last_row[i] if row[i] in DITTO else row[i]
            raw = self._raw(row)
        record = ReadRecord(self._sheet.name, number + 1, self._letters, raw, self._table.money_unit, unit=self._unit)
        cells = self._cells
        for _, i, setter in self._plan:
            setter(record, row[i], cells)
        if "category" not in raw or record.category is None:
            self._set_category_by_place(record, raw.get("category"))
        if self._table.periods or self._nodes:
            add_milestones(record, row, self._table, self._cells)
        if number in self._shared:
            self._share_money(record, *self._shared[number])
        self._current, self._last_row = record, row
        self._file.records.append(record)

    def _raw(self, row: list[Cell]) -> dict[str, str]:
        return {
            name: cell if isinstance(cell := row[i], str) and (not cell or cell[0] != "\0") else show(cell)
            for name, i, _ in self._plan
        }

    def _set_category_by_place(self, record: ReadRecord, text: str | None) -> None:
        """Without a word in its own column a category comes from the section row or the sheet's name."""
        section = self._section
        place = section.category or (self._sheet_category if not section.unknown else None)
        record.dimension = record.dimension or section.dimension
        if text is not None and not is_blank(text):
            return
        if place:
            record.category, record.dimension = place.name, place.dimension
            record.issues = [issue for issue in record.issues if issue.field != "category"]
        elif text is not None:
            self._hint_category(record)
        elif section.unknown:
            _, severity, message = self._cells.category[section.unknown]
            record.complain("category", severity, message)

    def _hint_category(self, record: ReadRecord) -> None:
        """A blank category where each category is written once, on the first row of its group, is filled down with a warning."""
        above = self._current
        if above is None or not above.category or not self._is_grouped():
            return
        record.category, record.dimension = above.category, above.dimension
        record.issues = [issue for issue in record.issues if issue.field != "category"]
        record.complain("category", WARNING, f"没有填写类别，按上一行的“{above.category}”读，请核对")

    def _is_grouped(self) -> bool:
        if self._grouped is None:
            column = self._table.index["category"]
            rows = self._sheet.rows[self._table.first : self._table.last]
            written = [fold(show(row[column])) for row in rows if column < len(row) and not is_blank(show(row[column]))]
            self._grouped = len(written) == len(set(written)) and len(written) < len(rows) - 1
        return self._grouped

    def _share_money(self, record: ReadRecord, count: int, first: bool) -> None:
        if not first and record.title:
            record.investment = None
        record.issues = [issue for issue in record.issues if issue.field != "investment" or issue.severity == ERROR]
        record.complain("investment", WARNING, _SHARED.format(count))
