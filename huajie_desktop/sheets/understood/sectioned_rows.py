"""Reads a list in sections: categories by section, merged or grouped rows, milestones in columns and further rows."""

import re
from dataclasses import dataclass

from huajie_desktop.reading.known import Known, KnownCategory
from huajie_desktop.reading.raw import Cell, RawSheet
from huajie_desktop.reading.read_record import WARNING, ReadFile, ReadRecord
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.sheets.understood.found_table import Table
from huajie_desktop.sheets.understood.milestone_columns import add_milestones
from huajie_desktop.sheets.understood.place_headings import PlaceHeading
from huajie_desktop.sheets.understood.table_rows import Listing
from huajie_desktop.values.categories import looks_like_section
from huajie_desktop.values.text import fold, is_blank, trim

_PLACES, _CATEGORIES = "places", "categories"
_COUNT = re.compile(r"共?(\d{1,4})[项件条个](?!\w)")


@dataclass(slots=True)
class _Section:
    """The heading rows now in force: category or an unknown word, dimension, and the count the heading stated."""

    category: KnownCategory | None = None
    unknown: str = ""
    dimension: str | None = None
    text: str = ""
    stated: int | None = None
    first_record: int = 0


class SectionedListing(Listing):
    """Reads one table of records with a category or milestones into a file's; `category` is the one the sheet is named after."""

    def __init__(
        self, file: ReadFile, sheet: RawSheet, table: Table, known: Known, unit: str | None, category: KnownCategory | None
    ) -> None:
        super().__init__(file, sheet, table, known, unit)
        self._sheet_category = category
        self._nodes = {i for i in (table.node_day, table.node_text) if i is not None}
        self._columns, self._category = self._useful, table.words.category
        self._useful = self._columns | {i for i, _, _ in table.periods} | self._nodes
        self._section = _Section()
        self._outer = ""  # the kind of heading the others stand under: that of units or that of categories

    def begin_unknown(self, name: str) -> None:
        """Says that the sheet stands where a category stands among its neighbours, but is called by no known one."""
        self._section = _Section(unknown=name)

    def begin_under(self, text: str) -> None:
        """Says which heading of a section stands right over the header, or which category a title speaks of."""
        words = self._known.category_words
        category, dimension, count = words.find(text), words.find_dimension(text), _COUNT.search(fold(text))
        if category or dimension:
            stated = int(count[1]) if count else None
            ruling = category.dimension if category else dimension
            self._section = _Section(category, "", ruling, trim(text), stated, len(self._file.records))

    def read(self) -> None:
        """Takes every row of the table."""
        super().read()
        self._close_section()

    def _look_over(self) -> None:
        super()._look_over()
        if self._category in self._table.index:
            self._written_once(self._category)

    def _is_full(self, found: list[tuple[int, str]]) -> bool:
        return sum(1 for i in {i for i, _ in found} if i in self._columns) >= 3

    def _names_section(self, text: str) -> bool:
        words = self._known.category_words
        return bool(self._category and (words.find(text) or words.find_dimension(text)))

    def _may_be_section(self, text: str) -> bool:
        """Whether a short line without a number stands where the categories stand: not within 一、…."""
        inside = self._section.text and looks_like_section(self._section.text)
        return self._category not in self._table.index and not inside and kinds.is_short_name(text)

    def _enter_place(self, number: int, texts: list[str], place: PlaceHeading) -> None:
        self._outer = self._outer or _PLACES
        if self._outer == _PLACES:
            self._close_section()
            self._section = _Section(first_record=len(self._file.records))
        super()._enter_place(number, texts, place)
        if category := self._known.category_words.find(place.category) if place.category and self._category else None:
            self._section = _Section(category, "", category.dimension, trim(place.text), None, len(self._file.records))

    def _enter_section(self, number: int, texts: list[str], text: str) -> None:
        words = self._known.category_words
        category, dimension = words.find(text), words.find_dimension(text)
        above = self._section
        nested = fold(text).startswith("(") and above.category is not None and not fold(above.text).startswith("(")
        self._leave_out(number, texts, kinds.SECTION)
        if nested and not category and not dimension:
            return
        self._outer = self._outer or _CATEGORIES
        if self._outer == _CATEGORIES:
            self.places.leave()
        self._close_section()
        count = _COUNT.search(fold(text))
        unknown = "" if category or dimension else trim(text)
        ruling = category.dimension if category else dimension or self._section.dimension
        stated = int(count[1]) if count else None
        self._sums.begin_section()
        self._section = _Section(category, unknown, ruling, trim(text), stated, len(self._file.records))

    def _close_section(self) -> None:
        section, count = self._section, len(self._file.records) - self._section.first_record
        if section.stated is not None and section.stated != count:
            self._file.notices.append(f"“{section.text}”写的是{section.stated}项，读到{count}项，请核对")

    def _goes_on(self, found: list[tuple[int, str]]) -> bool:
        """Whether a row holds a further milestone and nothing else."""
        return bool(self._nodes and self._current) and {i for i, _ in found} <= self._nodes | {self._table.serial}

    def _complete(self, record: ReadRecord, row: list[Cell]) -> None:
        if self._category and record[self._category] is None:
            self._set_category_by_place(record, record.raw.get(self._category))
        if self._table.periods or self._nodes:
            add_milestones(record, row, self._table, self._cells)
        super()._complete(record, row)

    def _set_category_by_place(self, record: ReadRecord, text: str | None) -> None:
        """Without a word in its own column a category comes from the section row or the sheet's name."""
        section = self._section
        place = section.category or (self._sheet_category if not section.unknown else None)
        record.dimension = record.dimension or section.dimension
        if text is not None and not is_blank(text):
            return
        if place:
            self._categorise(record, (place.dimension, place.name))
        elif text is not None:
            self._hint_category(record)
        elif section.unknown:
            _, severity, message = self._cells[self._category][section.unknown]
            record.complain(self._category, severity, message)

    def _categorise(self, record: ReadRecord, category: tuple[str, str]) -> None:
        record[self._category], record.dimension = category, category[0]
        record.issues = [issue for issue in record.issues if issue.field != self._category]

    def _hint_category(self, record: ReadRecord) -> None:
        """A blank category where each category is written once, on the first row of its group, is filled down with a warning."""
        above = self._current[self._category] if self._current else None
        if above and self._written_once(self._category):
            self._categorise(record, above)
            record.complain(self._category, WARNING, f"没有填写类别，按上一行的“{above[1]}”读，请核对")
