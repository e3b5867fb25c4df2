"""What the printed documents say: plain frozen records, without database, window or layout."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

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
        """The number as it stands in a table whose heading names township and year: 花〔2021〕干诺-012 → 干诺-012."""
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
class PledgeContent:
    """One unit's pledge (承诺书); `unit_kind` is a key of db.organisation.UNIT_KINDS and chooses the wording."""

    township: str
    year: int
    campaign: str
    unit: str
    unit_kind: str
    items: tuple[Item, ...]
    number: str | None = None
    phone: str | None = None

    def head(self) -> tuple[tuple[str, str], ...]:
        """Every (label, value) printed beside the items."""
        return (*_common_head(self.township, self.year, self.campaign, self.unit, self.number), ("监督电话", self.phone or ""))


@dataclass(frozen=True, slots=True)
class SlipContent:
    """One unit's assignment slip (承诺交办单); what is None or empty stays blank for writing by hand."""

    township: str
    year: int
    campaign: str
    unit: str
    items: tuple[Item, ...]
    number: str | None = None
    issuer: str = ""
    issued_on: date | None = None
    remarks: str = ""

    def head(self) -> tuple[tuple[str, str], ...]:
        """Every (label, value) printed beside the items."""
        issued_on = word_day(self.issued_on) if self.issued_on else ""
        common = _common_head(self.township, self.year, self.campaign, self.unit, self.number)
        return (*common, ("交办单位", self.issuer), ("交办日期", issued_on), ("备注", self.remarks))


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
class ForceLine:
    """One task force in the overview (专班一览表); several people or units stand one to a line."""

    name: str
    commander: tuple[str, ...]
    deputies: tuple[str, ...]
    director: tuple[str, ...]
    units: tuple[str, ...]
    members: tuple[str, ...]
    duties: str
    contact: str = ""
    phone: str = ""
    document_number: str = ""
    term: str = ""  # 2021年2月至12月
    tasks: int = 0

    def printed(self) -> tuple[tuple[str, str], ...]:
        """Every (label, value) a document may print of this force."""
        people = (("指挥长", self.commander), ("副指挥长", self.deputies), ("办公室主任", self.director), ("成员", self.members))
        return (
            ("专班名称", self.name),
            *((label, "、".join(names)) for label, names in (*people, ("成员单位", self.units))),
            ("主要任务", self.duties),
            ("联系人", self.contact),
            ("联系电话", self.phone),
            ("成立文号", self.document_number),
            ("起止时间", self.term),
        )


@dataclass(frozen=True, slots=True)
class ForcesContent:
    """The overview of a campaign's task forces."""

    township: str
    year: int
    campaign: str
    forces: tuple[ForceLine, ...]

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text that reaches the paper with the name of its record."""
        yield from _common_head(self.township, self.year, self.campaign, "", None)
        for force in self.forces:
            for label, value in force.printed():
                yield f"{force.name} {label}", value


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


class ReminderLine(NamedTuple):
    """One unit in the list to remind units by, all worded."""

    unit: str
    state: str
    at: str
    records: str
    contact: str
    phone: str


@dataclass(frozen=True, slots=True)
class RemindersContent:
    """The list to remind units by (催报清单): a sentence with the counts over a table."""

    township: str
    year: int
    campaign: str
    sentence: str
    lines: tuple[ReminderLine, ...]

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text that reaches the paper with the name of its record."""
        yield from _common_head(self.township, self.year, self.campaign, self.sentence, None)
        for line in self.lines:
            yield line.unit, "".join(line)


Content = PledgeContent | SlipContent | ReportContent | ForcesContent | DossierContent | RemindersContent


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


def printed_texts(content: Content) -> Iterator[tuple[str, str]]:
    """Every text that reaches the paper with the name of its record: `倪宅村《路灯安装》责任人`."""
    if isinstance(content, ForcesContent | DossierContent | RemindersContent):
        yield from content.texts()
        return
    owner = "报告" if isinstance(content, ReportContent) else content.unit
    for label, value in content.head():
        yield f"{owner} {label}", value
    for item in content.items:
        for label, value in item.printed():
            yield f"{item.unit or owner}《{item.title}》{label}", value


def _ledger_text(section: LedgerSection) -> tuple[str, str]:
    cells = (cell for table in section.tables for row in (table.columns, *table.rows) for cell in row)
    return section.title, "\n".join((section.title, section.sentence, *cells))


def _common_head(township: str, year: int, campaign: str, unit: str, number: str | None) -> tuple[tuple[str, str], ...]:
    return (("镇", township), ("年份", str(year)), ("活动", campaign), ("单位", unit), ("编号", number or ""))
