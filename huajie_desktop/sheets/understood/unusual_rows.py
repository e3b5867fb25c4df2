"""Tells what the unusual rows of one table are, by their words and by what stands around them."""

from huajie_desktop.reading.cell_text import show
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.raw import RawSheet
from huajie_desktop.reading.read_record import ReadFile, ReadRecord
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.sheets.understood.found_table import Table
from huajie_desktop.values.text import fold


class UnusualRows:
    """What tells the rows of a table apart that are no plain records: header, useful columns, and what came before them."""

    def __init__(self, file: ReadFile, sheet: RawSheet, table: Table, known: Known) -> None:
        self._file, self._sheet, self._table, self._known = file, sheet, table, known
        self._ledger = known.ledger
        self._title: int = table.index[self._ledger.name]
        heads = [sheet.rows[r] for r in table.header]
        self._header = {(i, fold(text)) for head in heads for i, text in kinds.filled(head)}
        self._money = {table.index[name]: name for name in table.words.money if name in table.index}
        telling = self._ledger.sheets.telling or table.index.keys() - {self._ledger.place}
        self._useful = {i for name, i in table.index.items() if name in telling}
        self._fields = {i: name for name, i in table.index.items()}
        self._in_notes = False
        self._current: ReadRecord | None = None
        self._counted: bool | None = None

    def _reason(self, number: int, found: list[tuple[int, str]], texts: list[str]) -> str:
        """Why a row is no record, "" where it may be one or a heading."""
        if number in self._table.pages or self._repeats_header(found):
            return kinds.REPEATED
        if kinds.is_numbering(texts) and self._is_under_header(number):
            return kinds.NUMBERS
        if kinds.is_example(texts) or any(self._shows(i, text) for i, text in found):
            return kinds.EXAMPLE
        if self._is_signature(number, found, texts):
            return kinds.SIGNATURE
        if self._is_note(texts):
            return kinds.NOTE
        return kinds.EXPLAINED if kinds.is_explanation(texts) else ""

    def _is_under_header(self, number: int) -> bool:
        """Whether nothing but explanations stands between a row and the header, the first one or a repeated one."""
        if number <= self._table.first + 2 and not self._current:
            return True
        above = self._file.left_out[-1] if self._file.left_out else None
        told = (kinds.REPEATED, kinds.EXPLAINED, kinds.EXAMPLE)
        return above is not None and (above.sheet, above.row) == (self._sheet.name, number) and above.reason in told

    def _total(self, found: list[tuple[int, str]]) -> kinds.Total | None:
        """The total a row is; of words that may be a name, a number of its own or an unknown group makes a record."""
        total = kinds.total_among([text for _, text in found])
        if total is None or (total.place and found[0][0] == self._title):
            return None
        numbered = found[0][0] == self._table.serial and found[0][1].isdigit()
        if numbered and (not total.certain or total.of):
            return None
        return total if total.certain or total.plain or self._groups(total.of) else None

    def _groups(self, text: str) -> bool:
        """Whether a word is what records are summed up by: a unit, a category."""
        known = self._known
        return bool(known.unit_words.find(text) or known.category_words.find(text) or known.category_words.find_dimension(text))

    def _shows(self, column: int, text: str) -> bool:
        """Whether the serial or the name of a row says that it is but an example."""
        if column not in (self._table.serial, self._title):
            return False
        return kinds.is_example([text]) or (column == self._title and kinds.names_example(text))

    def _repeats_header(self, found: list[tuple[int, str]]) -> bool:
        same = sum(1 for i, text in found if (i, fold(text)) in self._header)
        words = self._table.words
        named = sum(1 for i, text in found if self._fields.get(i) and words.match_words(text) == (self._fields[i], 1.0))
        return max(same, named) >= 2 and max(same, named) * 2 >= len(found)

    def _is_signature(self, number: int, found: list[tuple[int, str]], texts: list[str]) -> bool:
        if kinds.is_signature(texts) and not self._is_full(found):
            return True
        return len(texts) == 1 and self._is_signed(number, texts[0], found[0][0])

    def _is_signed(self, number: int, text: str, column: int) -> bool:
        """Whether a single cell is the village's name below the table, or the day of signing right under it."""
        if column == self._title or self._current is None:
            return False
        above = self._file.left_out[-1] if self._file.left_out else None
        signed = above is not None and 0 < number + 1 - above.row < 3
        return self._known.unit_words.find(text) is not None or (signed and kinds.is_full_day(text))

    def _is_full(self, found: list[tuple[int, str]]) -> bool:
        return sum(1 for i, _ in found if i in self._useful) >= 3

    def _is_note(self, texts: list[str]) -> bool:
        """Whether a row says that it is a note, goes on one above, or is a long line alone in a wide table."""
        lonely = len(texts) == 1 and len(texts[0]) > 40 and len(self._table.columns) > 3
        return lonely or kinds.is_note(texts, self._in_notes and not self._names_section(texts[0]))

    def _heading(self, found: list[tuple[int, str]], texts: list[str]) -> str:
        """The words of a heading: 一、重点工作 alone, 一 | 重点工作 in two cells, or either with a count or a sum beside it."""
        numbered = self._is_numbered(found, texts)
        text, rest = (texts[1], found[2:]) if numbered else (texts[0], found[1:])
        others = [(i, other) for i, other in rest if fold(other) != fold(text)]
        if not all(kinds.is_count(other, i in self._money) for i, other in others):
            return ""
        if self._names_section(text):
            return text
        heads = not others and (self._is_counted() if numbered else self._heads_alone(found, texts, text))
        return text if heads else ""

    def _is_numbered(self, found: list[tuple[int, str]], texts: list[str]) -> bool:
        """Whether a row says 一 in the column of serials and something in that of names."""
        places = [i for i, _ in found[:2]]
        return places == [self._table.serial, self._title] and kinds.is_numeral(texts[0])

    def _heads_alone(self, found: list[tuple[int, str]], texts: list[str], text: str) -> bool:
        """Whether a text with nothing but itself beside it is a heading, by its own number or by where it stands."""
        first = found[0][0]
        if kinds.is_section(texts, text):
            return first != self._title or self._title == 0 or len(found) > 1
        return first == self._table.serial and not self._in_notes and self._may_be_section(text)

    def _is_counted(self) -> bool:
        """Whether the records are numbered 1, 2, 3, so that 一 stands before a heading."""
        if self._counted is None:
            rows, serial = self._sheet.rows[self._table.first : self._table.last], self._table.serial
            self._counted = serial is not None and any(show(row[serial]).strip().isdigit() for row in rows if serial < len(row))
        return self._counted

    def _admits(self, found: list[tuple[int, str]]) -> bool:
        """Whether a row says something that belongs to a record."""
        said = [(i, text) for i, text in found if i in self._useful]
        return bool(said) and not kinds.says_nothing([text for _, text in said])

    # what sheets with sections know better

    def _names_section(self, _text: str) -> bool:
        """Whether a text names what the records are grouped by."""
        return False

    def _may_be_section(self, text: str) -> bool:
        """Whether a short line without a number is a heading."""
        return kinds.is_short_name(text)
