"""What the printed documents say: plain frozen records, without database, window or layout."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from huajie_desktop.typesetting.looks import AS_IT_IS, Handling, Look
from huajie_desktop.typesetting.page import TABLE_SIZE
from huajie_desktop.typesetting.punctuation import repaired
from huajie_desktop.typesetting.table import Align, Column
from huajie_desktop.typesetting.wording import NAMED, Block, Place, Wording

_GIVEN = ("编号", "文号", "制作日期", "制作日期大写", "成文日期", "成文日期大写")  # fields that the making gives
NO_NUMBER = "　　〔　　〕　号"  # a draft keeps the room of its number
_TEN_DAYS = ("上旬", "中旬", "下旬")
_QUARTERS = ("一", "二", "三", "四")


@dataclass(frozen=True, slots=True)
class Item:
    """One task as it stands on paper; `investment` is in 万元, `due_text` is already worded (see `word_due`)."""

    number: str
    title: str
    content: str
    category: str
    dimension: str
    responsible: tuple[str, ...]
    lead: str
    due_text: str
    due: date | None
    investment: Decimal | None
    state: str
    unit: str
    further: tuple[tuple[str, str], ...] = ()  # dimension and category of each it counts in as well
    start: str = ""
    finished: str = ""
    milestones: str = ""
    cooperating: str = ""
    funding: str = ""
    progress: str = ""  # what was reported last
    problems: str = ""
    next_steps: str = ""
    remarks: str = ""

    @property
    def categories(self) -> tuple[str, ...]:
        """Every category it counts in, its own first."""
        return tuple(dict.fromkeys((self.category, *(category for _dimension, category in self.further))))

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Every dimension it counts in, once."""
        return tuple(dict.fromkeys((self.dimension, *(dimension for dimension, _category in self.further))))

    @property
    def short_number(self) -> str:
        """The number as it stands in a table whose heading names township and year: 某〔2021〕干诺-012 → 干诺-012."""
        return self.number.rpartition("〕")[2]


@dataclass(frozen=True, slots=True)
class TableContent:
    """A table: its columns, its rows of texts, and of each row the record it says something of; `size` in points.

    `pages` names for each row the heading (its place among those outline.headings finds) whose page its last cell gives, -1
    for how many pages there are, None for a row that says all itself.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    records: tuple[str, ...] = ()
    size: float = TABLE_SIZE
    pages: tuple[int | None, ...] = ()

    def paged(self, numbers: Sequence[str]) -> Sequence[tuple[str, ...]]:
        """The rows with the pages of their headings; `numbers` are those of all headings and how many pages there are.

        Without any they are not known yet.
        """
        if not self.pages or not numbers:
            return self.rows
        return [row if place is None else (*row[:-1], numbers[place]) for row, place in zip(self.rows, self.pages, strict=True)]


class Picture(NamedTuple):
    """One picture of a document: where its file lies and what stands below it."""

    file: Path
    caption: str


class Chart(NamedTuple):
    """Bars one below the other, each a part of a whole: its title, what its columns are called, (name, part, whole) of each.

    The whole is drawn as an outline, the part filled, so that it can be read in black and white and off a copy.
    """

    title: str
    columns: tuple[str, str, str]  # 责任单位, 已完成, 任务数
    bars: tuple[tuple[str, int, int], ...]

    def table(self) -> TableContent:
        """The same as a table, for where nothing can be drawn."""
        label, part, whole = self.columns
        columns = Column(label, 60, Align.CENTRE), Column(part, 48, Align.FIGURES), Column(whole, 48, Align.FIGURES)
        return TableContent(columns, tuple((name, str(done), str(count)) for name, done, count in self.bars))


@dataclass(frozen=True, slots=True)
class PaperContent:
    """One document: its wording, what the wording's fields say, and by name what stands for a line of it that is only the name.

    That is a table, a chart, or in `parts` further blocks, as many as there is to say, which may name tables, charts and
    pictures themselves. `owner` is the unit or task it is about (its file and bookmark are called after it); without a row in
    the table `needed` there is nothing to print. `code` is printed as a QR symbol, `note` beside it.
    """

    kind: str  # 承诺书
    township: str
    year: int
    owner: str
    wording: Wording
    fields: Mapping[str, str]
    tables: Mapping[str, TableContent]
    needed: str = ""
    look: Look = Look.OFFICIAL
    counted: bool = True  # pages are numbered “第1页 共2页”, so that none gets lost
    number: str = ""
    code: str = ""
    note: str = ""
    facts: tuple[tuple[str, str], ...] = ()  # what its digest is made of (papers.facts); empty: all its texts
    handling: Handling = AS_IT_IS
    parts: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    charts: Mapping[str, Chart] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    made_on: date | None = None  # the day it bears; None for what is no paper yet, as a preview
    as_typed: bool = False  # whether its punctuation is left as it was typed

    def blocks(self) -> list[Block]:
        """The document line by line, whatever it is written as, its signs put right. Raises BadWording."""
        # Below a red head, or where its wording has no such head to be left out, the number stands in a place of its own.
        headed = bool(self.fields["红头"]) if "红头" in self.fields else "{文号}" in self.wording.text
        fields = {**self.fields, "编号": "" if headed else self.number, "文号": (self.number or NO_NUMBER) if headed else ""}
        names = {**self.tables, **self.parts, **self.charts}
        filled = self.wording.fill(fields, names, needed=self.needed, repair=str if self.as_typed else repaired)
        if not (self.parts or self.charts):
            return filled
        return [one for block in filled for one in self._meant(block)]

    def shown_tables(self) -> Mapping[str, TableContent]:
        """The tables as they are set, the signs in their cells put right."""
        if self.as_typed:
            return self.tables
        return {
            name: replace(table, rows=tuple(tuple(map(repaired, row)) for row in table.rows))
            for name, table in self.tables.items()
        }

    def _repair(self, text: str) -> str:
        return text if self.as_typed else repaired(text)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text that reaches the paper and says something of its own, with the name of its record.

        The number and the day it is made on are no such: the same paper made again is the same.
        """
        for label, value in self.fields.items():
            if label not in _GIVEN and f"{{{label}}}" in self.wording.text:
                yield f"{self.owner} {label}", value
        for name, table in self.tables.items():
            titles = [column.title for column in table.columns]
            for place, row in enumerate(table.rows):
                record = table.records[place] if table.records else f"{self.owner} {name}"
                yield from zip([record + title for title in titles], row, strict=True)
        for name, blocks in self.parts.items():
            yield from ((f"{self.owner} {name}", text) for block in blocks for text in block.parts)
        for chart in self.charts.values():
            yield f"{self.owner} 图", chart.title
            yield from ((f"{self.owner} {chart.title}", f"{name} {part} {whole}") for name, part, whole in chart.bars)
        yield from ((f"{self.owner} 图片", picture.caption) for picture in self.pictures.values())

    def _meant(self, block: Block) -> Sequence[Block]:
        """What a line that is only a name stands for."""
        name = block.parts[0] if block.place is Place.TABLE else ""
        if name in self.charts:
            return (Block(Place.CHART, (name,)),)
        return [
            one if one.place in NAMED else Block(one.place, tuple(map(self._repair, one.parts)), one.lines)
            for one in self.parts.get(name, (block,))
        ]


def sum_investment(items: Iterable[Item]) -> Decimal:
    """The sum of what is known, in 万元."""
    return sum((item.investment for item in items if item.investment is not None), Decimal(0))


def word_amount(amount: Decimal | None) -> str:
    """`56.30` → `56.3`, `100` → `100`; nothing for None."""
    return "" if amount is None else f"{amount.normalize():f}"


def word_day(day: date) -> str:
    """`2021年8月31日`, Arabic and without leading zeros (GB/T 9704-2012, 7.3.5)."""
    return f"{day.year}年{day.month}月{day.day}日"


def word_due(due: date | None, precision: str | None = "day", ongoing: bool = False) -> str:
    """A due date as precise as it was given: `2021年8月底前`, `2021年8月31日前`, `全年持续推进`.

    `precision` is a key of db.checklist.PRECISIONS; another one, or none, is taken as a day.
    """
    if ongoing:
        return "全年持续推进"
    if due is None:
        return ""
    month = f"{due.year}年{due.month}月"
    match precision:
        case "ten_days":
            return f"{month}{_TEN_DAYS[min((due.day - 1) // 10, 2)]}前"
        case "month" | "half_year" if due.day == monthrange(due.year, due.month)[1]:
            return f"{month}底前"
        case "quarter":
            return f"{due.year}年{_QUARTERS[(due.month - 1) // 3]}季度末前"
        case "year":
            return f"{due.year}年底前"
    return f"{month}{due.day}日前"


def due_lines(words: str) -> str:
    """A due date with its year on a line of its own: a narrow column would cut it anywhere."""
    year, sign, rest = words.partition("年")
    return f"{year}年\n{rest}" if sign and year.isdigit() and len(rest) > 1 else words
