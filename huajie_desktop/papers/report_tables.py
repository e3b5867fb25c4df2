"""The tables and charts of the status report."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from db.reports import STAGES
from huajie_desktop.papers.report_figures import Placed, Standing, Tally
from huajie_desktop.typesetting.content import Chart, Item, TableContent, due_lines
from huajie_desktop.typesetting.table import Align, Column

_SIZE = 10.5  # 5号
_C, _F, _N, _U = Align.CENTRE, Align.FIGURES, Align.NAMES, Align.UNITS
HUNDREDTH = Decimal("0.01")
_COUNTED = (
    Column("任务", 11.5, _F), Column("本月\n已报", 11.5, _F), Column("完成", 11.5, _F), Column("推进", 11.5, _F),
    Column("受阻", 11.5, _F), Column("未\n启动", 11.5, _F), Column("没有\n报过", 11.5, _F), Column("逾期", 11.5, _F),
    Column("完成率\n（%）", 15, _F), Column("计划投资\n（万元）", 21, _F),
)  # fmt: skip
_NUMBER, _NAMES = 11, 23  # mm of the columns before these
_LIST = (
    Column("编号", 19, _C), Column("类别", 24, _C), Column("任务名称", 35), Column("目标内容", 38), Column("责任单位", 21, _U),
    Column("责任人", 15, _N), Column("时限", 19, _C), Column("投资\n（万元）", 18, _F), Column("完成情况", 15, _C),
    Column("进展情况", 36),
)  # fmt: skip


class Said(NamedTuple):
    """What a unit reported of one task: the unit, the task, and the words."""

    unit: str
    task: str
    words: str


def count_table(title: str, found: Sequence[Tally], whole: Tally) -> TableContent:
    """A line for each tally, the whole below them without a number."""
    columns = Column("序号", _NUMBER, _C), Column(title, _NAMES, _U), *_COUNTED
    rows = [(str(number), one.name, *_counts(one)) for number, one in enumerate(found, 1)]
    return TableContent(columns, (*rows, ("", whole.name, *_counts(whole))), size=_SIZE)


def _counts(one: Tally) -> tuple[str, ...]:
    numbers = (one.tasks, one.reported, one.done, one.underway, one.stuck, one.waiting, one.silent, one.overdue)
    return (*map(str, numbers), str(one.rate), f"{one.investment.quantize(HUNDREDTH)}" if one.investment else "—")


def done_chart(title: str, label: str, found: Sequence[Tally]) -> Chart:
    """How many of its tasks each has done."""
    return Chart(title, (label, "已完成", "任务数"), tuple((one.name, one.done, one.tasks) for one in found))


def compared(before: Tally, now: Tally, names: tuple[str, str]) -> TableContent:
    """The figures of two times side by side, `names` say which."""
    pairs = (
        ("列入任务（项）", before.tasks, now.tasks), ("本月已报（项）", before.reported, now.reported),
        ("完成（项）", before.done, now.done), ("推进（项）", before.underway, now.underway),
        ("受阻（项）", before.stuck, now.stuck), ("未启动（项）", before.waiting, now.waiting),
        ("没有报过进展（项）", before.silent, now.silent), ("逾期未办结（项）", before.overdue, now.overdue),
        ("完成率（%）", before.rate, now.rate),
        ("计划投资（万元）", before.investment.quantize(HUNDREDTH), now.investment.quantize(HUNDREDTH)),
    )  # fmt: skip
    return compared_table(pairs, names)


def compared_table(pairs: Iterable[tuple[str, Decimal | int, Decimal | int]], names: tuple[str, str]) -> TableContent:
    """Each figure then and now, called as `names` say, and by how much it differs."""
    columns = Column("指标", 54, _C), Column(names[0], 34, _F), Column(names[1], 34, _F), Column("增减", 34, _F)
    rows = tuple((name, str(then), str(present), _change(present - then)) for name, then, present in pairs)
    return TableContent(columns, rows, size=_SIZE)


def _change(value: Decimal | int) -> str:
    return f"{value:+}" if value else "0"


def said_table(title: str, lines: Sequence[Said]) -> TableContent:
    """What units reported, one task a line."""
    columns = Column("序号", 12, _C), Column("责任单位", 28, _U), Column("任务名称", 42), Column(title, 74)
    rows = tuple((str(number), *line) for number, line in enumerate(lines, 1))
    return TableContent(columns, rows, tuple(f"{line.unit}《{line.task}》" for line in lines), _SIZE)


def list_table(placed: Placed, year: int) -> TableContent:
    """All tasks; a due date within the report's own year is given without it, amounts with equally many decimals."""
    places = max((_decimals(item.investment) for item, _standing in placed), default=0)
    rows = tuple(_listed(item, standing, year, places) for item, standing in placed)
    return TableContent(_LIST, rows, tuple(f"{item.unit}《{item.title}》" for item, _standing in placed), _SIZE)


def _decimals(amount: Decimal | None) -> int:
    return 0 if amount is None else max(-int(amount.normalize().as_tuple().exponent), 0)


def _listed(item: Item, standing: Standing, year: int, places: int) -> tuple[str, ...]:
    return (
        item.short_number, "、".join(item.categories), item.title, item.content, item.unit, "\n".join(item.responsible),
        due_lines(item.due_text.removeprefix(f"{year}年")), "" if item.investment is None else f"{item.investment:.{places}f}",
        stage_words(standing), standing.latest.summary if standing.latest else "",
    )  # fmt: skip


def stage_words(standing: Standing) -> str:
    """已完成, or 推进中 and how far."""
    if not standing.stage:
        return "没有报过"
    share = standing.latest.percent if standing.latest and standing.stage != "done" else None
    return STAGES[standing.stage] + (f"\n{share}%" if share is not None else "")
