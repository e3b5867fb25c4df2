"""The tables of papers: tasks as a pledge, slip, list or poster shows them, task forces, scores, progress by unit."""

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from huajie_desktop.typesetting.content import Item, TableContent, due_lines, word_amount
from huajie_desktop.typesetting.table import Align, Column

_LIST_SIZE = 10.5  # 5号
_CENTRE, _FIGURES = Align.CENTRE, Align.FIGURES
_DUE = 25  # mm: 三季度末前 on one line
_LIGHT = "亮灯"  # its place in the table of progress: no column on paper until units are given lights
_EMPTY = 16  # mm: the head alone, and room for a name by hand


def _five(title: str, content: str) -> tuple[Column, ...]:
    """Number, title, content, due date, people: 156 mm."""
    return (
        Column("编号", 22, _CENTRE), Column(title, 39), Column(content, 48), Column("完成时限", _DUE, _CENTRE),
        Column("责任人", 22, _CENTRE, _EMPTY),
    )  # fmt: skip


# 镇级任务清单 and 村干事承诺清单 as the office's own lists have their columns; the first fills a sheet A3 across.
_TOWNSHIP = (
    Column("序号", 11, _CENTRE), Column("类别", 24, _CENTRE), Column("项目（事项）名称", 42), Column("主要内容（工作任务）", 58),
    Column("计划投资\n（万元）", 19, _FIGURES), Column("时间节点", 44), Column("完成时限", 22, _CENTRE),
    Column("牵头领导", 19, _CENTRE), Column("责任单位", 22, _CENTRE), Column("责任人", 19, _CENTRE),
    Column("配合单位", 24, _CENTRE), Column("进展情况", 36), Column("备注", 18),
)  # fmt: skip
_VILLAGE = (
    Column("序号", 13, _CENTRE), Column("承诺事项", 36), Column("项目类别", 22, _CENTRE), Column("建设内容及规模", 50),
    Column("计划投资\n（万元）", 19, _FIGURES), Column("资金来源", 24), Column("启动时间", 20, _CENTRE),
    Column("完成时间", 23, _CENTRE), Column("责任人", 18, _CENTRE), Column("备注", 13),
)  # fmt: skip
_WALL = (
    Column("序号", 15, _CENTRE), Column("承诺事项", 50), Column("目标要求", 54), Column("完成时限", 26, _CENTRE),
    Column("责任人", 30, Align.NAMES, _EMPTY),
)  # fmt: skip
_FORCES = (
    Column("序号", 9, _CENTRE), Column("专班名称", 40), Column("指挥长", 18, _CENTRE), Column("副指挥长", 19, _CENTRE),
    Column("办公室\n主任", 18, _CENTRE), Column("成员单位", 31), Column("成员", 20, _CENTRE), Column("主要任务", 31),
    Column("联系人\n及电话", 27, _CENTRE), Column("任务\n（项）", 12, _CENTRE),
)  # fmt: skip
_PROGRESS = (
    Column("序号", 12, _CENTRE), Column("单位", 32), Column("事项", 14, _FIGURES), Column("已报", 14, _FIGURES),
    Column("已完成", 16, _FIGURES), Column("推进中", 16, _FIGURES), Column("受阻", 13, _FIGURES), Column("未报", 13, _FIGURES),
    Column("完成率\n（%）", 17, _FIGURES), Column("名次", 13, _CENTRE), Column(_LIGHT, 13, _CENTRE),
)  # fmt: skip
_REMINDERS = (
    Column("序号", 12, _CENTRE), Column("单位", 36), Column("情况", 16, _CENTRE), Column("报送时间", 28, _CENTRE),
    Column("条数", 16, _CENTRE), Column("联系人", 20, _CENTRE), Column("联系电话", 28, _CENTRE),
)  # fmt: skip


def task_table(name: str, items: Sequence[Item]) -> TableContent:
    """The table of that name (of kinds.PaperKind.table) with a row for each task."""
    columns, texts, size = _TASK_TABLES[name]
    rows = tuple(texts(number, item) for number, item in enumerate(items, 1))
    records = tuple(f"{item.unit}《{item.title}》" for item in items)
    return TableContent(_narrowed(columns, rows), rows, records, size)


def _narrowed(columns: tuple[Column, ...], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Columns that need no room as nothing stands in them give it to the widest."""
    empty = [not any(row[place] for row in rows) for place in range(len(columns))]
    fitted = [
        column._replace(width=column.least) if bare and column.least else column
        for column, bare in zip(columns, empty, strict=True)
    ]
    spare = sum(column.width for column in columns) - sum(column.width for column in fitted)
    widest = max(range(len(fitted)), key=lambda place: fitted[place].width)
    fitted[widest] = fitted[widest]._replace(width=fitted[widest].width + spare)
    return tuple(fitted)


def _pledged(_number: int, item: Item) -> tuple[str, ...]:
    return item.short_number, item.title, item.content, due_lines(item.due_text), "\n".join(item.responsible)


def _on_wall(number: int, item: Item) -> tuple[str, ...]:
    """Names side by side: a column of them would take the room that makes a poster legible from afar."""
    return str(number), item.title, item.content, due_lines(item.due_text), "、".join(item.responsible)


def _of_township(number: int, item: Item) -> tuple[str, ...]:
    return (
        str(number), item.category, item.title, item.content, word_amount(item.investment), item.milestones,
        due_lines(item.due_text), item.lead, item.unit, "\n".join(item.responsible), item.cooperating, item.progress,
        item.remarks,
    )  # fmt: skip


def _of_village(number: int, item: Item) -> tuple[str, ...]:
    return (
        str(number), item.title, item.category, item.content, word_amount(item.investment), item.funding, item.start,
        due_lines(item.due_text), "\n".join(item.responsible), item.remarks,
    )  # fmt: skip


_Texts = Callable[[int, Item], tuple[str, ...]]
_TASK_TABLES: dict[str, tuple[tuple[Column, ...], _Texts, float]] = {
    "承诺事项表": (_five("承诺事项", "目标要求"), _pledged, 12.0),
    "交办事项表": (_five("交办事项", "工作要求"), _pledged, 12.0),
    "上墙事项表": (_WALL, _on_wall, 12.0),
    "任务清单表": (_TOWNSHIP, _of_township, _LIST_SIZE),
    "承诺清单表": (_VILLAGE, _of_village, _LIST_SIZE),
}


def force_table(rows: Iterable[Sequence[str]]) -> TableContent:
    """The task forces, a row of texts each; the first of a row is the force's name."""
    numbered = [(str(number), *row) for number, row in enumerate(rows, 1)]
    return TableContent(_FORCES, tuple(numbered), tuple(f"专班“{row[1]}”" for row in numbered), _LIST_SIZE)


def score_table(villages: Sequence[str], subjects: Sequence[str]) -> TableContent:
    """A row for each village with blanks for each subject, for what is added and taken off, total and rank."""
    width = 130 / max(len(subjects), 1)
    columns = (
        Column("序号", 12, _CENTRE), Column("村名", 30, _CENTRE), *(Column(subject, width, _CENTRE) for subject in subjects),
        *(Column(word, 14, _CENTRE) for word in ("加分", "减分", "总分", "名次")),
    )  # fmt: skip
    blank = ("",) * (len(subjects) + 4)
    return TableContent(columns, tuple((str(number), name, *blank) for number, name in enumerate(villages, 1)))


def progress_table(rows: Sequence[tuple[str, Sequence[int]]], whole: Sequence[int]) -> TableContent:
    """Progress by unit: its name and of how many tasks how many are reported, done, underway, stuck, missing; below them all.

    Units are ranked by the rate of what is done, those that reported nothing are not.
    """
    rates = sorted((_rate(counts) for _name, counts in rows if counts[1]), reverse=True)
    texts = [
        (str(number), name, *map(str, counts), rate_of(counts), str(rates.index(_rate(counts)) + 1) if counts[1] else "—", "")
        for number, (name, counts) in enumerate(rows, 1)
    ]
    if texts:
        texts.append(("合计", "", *map(str, whole), rate_of(whole), "", ""))
    lit = any(row[-1] for row in texts)
    return TableContent(_PROGRESS if lit else _PROGRESS[:-1], tuple(row if lit else row[:-1] for row in texts))


def rate_of(counts: Sequence[int]) -> str:
    """What part of the tasks is done, in percent with one decimal."""
    return f"{_rate(counts) * 100:.1f}"


def _rate(counts: Sequence[int]) -> Decimal:
    return (Decimal(counts[2]) / counts[0]).quantize(Decimal("0.001"), ROUND_HALF_UP) if counts[0] else Decimal(0)


def reminder_table(rows: Iterable[Sequence[str]]) -> TableContent:
    """Whom to remind: unit, state, when it sent, how many, contact, telephone."""
    numbered = tuple((str(number), *row) for number, row in enumerate(rows, 1))
    return TableContent(_REMINDERS, numbered, tuple(row[1] for row in numbered))
