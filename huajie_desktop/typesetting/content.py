"""What the printed documents say: plain frozen records, without database, window or layout."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from huajie_desktop.typesetting.looks import Look
from huajie_desktop.typesetting.page import TABLE_SIZE
from huajie_desktop.typesetting.table import Column
from huajie_desktop.typesetting.wording import Block, Wording

_GIVEN = ("编号", "文号", "制作日期", "制作日期大写")  # fields that the making gives
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

    def printed(self) -> tuple[tuple[str, str], ...]:
        """Every (label, value) a document may print of this item, in a fixed order."""
        return (
            ("编号", self.number),
            ("事项名称", self.title),
            ("目标要求", self.content),
            ("类别", "、".join(self.categories)),
            ("板块", "、".join(self.dimensions)),
            ("责任人", "、".join(self.responsible)),
            ("责任领导", self.lead),
            ("完成时限", self.due_text),
            ("计划投资", word_amount(self.investment)),
            ("状态", self.state),
            ("责任单位", self.unit),
        )


@dataclass(frozen=True, slots=True)
class TableContent:
    """A table: its columns, its rows of texts, and of each row the record it says something of; `size` in points."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    records: tuple[str, ...] = ()
    size: float = TABLE_SIZE


@dataclass(frozen=True, slots=True)
class PaperContent:
    """One paper an office signs or sends: its wording, what the wording's fields say, and its tables by name.

    `owner` is the unit or task it is about (its file and bookmark are called after it); without a row in the table `needed`
    there is nothing to print. `code` is printed as a QR symbol, `note` beside it.
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

    def blocks(self) -> list[Block]:
        """The document line by line, whatever it is written as. Raises BadWording."""
        headed = bool(self.fields.get("红头"))  # the number then stands below the red head
        fields = {**self.fields, "编号": "" if headed else self.number, "文号": self.number if headed else ""}
        return self.wording.fill(fields, self.tables, needed=self.needed)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text that reaches the paper and says something of its own, with the name of its record.

        The number and the day it is made on are no such: the same paper made again is the same.
        """
        for label, value in self.fields.items():
            if label not in _GIVEN:
                yield f"{self.owner} {label}", value
        for name, table in self.tables.items():
            for place, row in enumerate(table.rows):
                record = table.records[place] if table.records else f"{self.owner} {name}"
                yield from ((f"{record}{column.title}", text) for column, text in zip(table.columns, row, strict=True))


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """A ledger's indicators part by part, all worded: the titles of the columns, and the rows, the last one the total."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class LedgerSection:
    """What the report says of one ledger: its title, its figures as a sentence, and tables of them."""

    title: str
    sentence: str
    tables: tuple[LedgerTable, ...]


@dataclass(frozen=True, slots=True)
class ReportContent:
    """The year's progress report: all tasks in the order in which they are to be listed, as of one day."""

    township: str
    year: int
    campaign: str
    as_of: date
    items: tuple[Item, ...]
    categories: tuple[str, ...] = ()  # in the campaign's order
    approved_only: bool = False  # whether the items are the approved ones alone, which the report then says
    ledgers: tuple[LedgerSection, ...] = ()

    def head(self) -> tuple[tuple[str, str], ...]:
        """Every (label, value) printed beside the items."""
        day = ("截至日期", word_day(self.as_of))
        return (*_common_head(self.township, self.year, self.campaign, "", None), day, *map(_ledger_text, self.ledgers))


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a dossier: a heading over a table; `widths` in mm, together the body's 156."""

    heading: str
    columns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a dossier: where its file lies and what stands below it."""

    file: Path
    caption: str


@dataclass(frozen=True, slots=True)
class DossierContent:
    """Everything about one task on paper (一事一档)."""

    township: str
    year: int
    campaign: str
    unit: str
    title: str
    facts: tuple[tuple[str, str], ...]  # label, value
    sections: tuple[Section, ...]
    pictures: tuple[Picture, ...] = ()

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text that reaches the paper with the name of its record."""
        yield from _common_head(self.township, self.year, self.campaign, self.unit, None)
        yield "任务名称", self.title
        yield from ((f"《{self.title}》{label}", value) for label, value in self.facts)
        for section in self.sections:
            for row in section.rows:
                yield from ((f"《{self.title}》{section.heading}", text) for text in row)
        yield from ((f"《{self.title}》附图", picture.caption) for picture in self.pictures)


Content = PaperContent | ReportContent | DossierContent


@dataclass(frozen=True, slots=True)
class Total:
    """One line of a table of totals; `share` in percent with one decimal, `investment` in 万元."""

    name: str
    count: int
    share: Decimal
    investment: Decimal


def totals(items: Sequence[Item], key: Callable[[Item], Sequence[str]], order: Iterable[str] = ()) -> list[Total]:
    """Counts, shares and sums by `key`: those of `order` first, the others as they appear; equal counts have equal shares.

    An item counts under each of its keys.
    """
    groups: dict[str, list[Item]] = {name: [] for name in order}
    for item in items:
        for name in key(item):
            groups.setdefault(name or "未填写", []).append(item)
    return [total_of(name, group, len(items)) for name, group in groups.items() if group]


def total_of(name: str, items: Sequence[Item], whole: int) -> Total:
    """The total over `items`, which are part of `whole` ones."""
    share = (Decimal(len(items) * 100) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Total(name, len(items), share, sum_investment(items))


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


def printed_texts(content: Content) -> Iterator[tuple[str, str]]:
    """Every text that reaches the paper with the name of its record: `倪宅村《路灯安装》责任人`."""
    if not isinstance(content, ReportContent):
        yield from content.texts()
        return
    for label, value in content.head():
        yield f"报告 {label}", value
    for item in content.items:
        for label, value in item.printed():
            yield f"{item.unit}《{item.title}》{label}", value


def _ledger_text(section: LedgerSection) -> tuple[str, str]:
    cells = (cell for table in section.tables for row in (table.columns, *table.rows) for cell in row)
    return section.title, "\n".join((section.title, section.sentence, *cells))


def _common_head(township: str, year: int, campaign: str, unit: str, number: str | None) -> tuple[tuple[str, str], ...]:
    return (("镇", township), ("年份", str(year)), ("活动", campaign), ("单位", unit), ("编号", number or ""))
