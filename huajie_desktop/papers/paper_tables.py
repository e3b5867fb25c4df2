"""The tables of papers: tasks as a pledge, slip, list or poster shows them, task forces, scores, whom to remind."""

from collections.abc import Callable, Iterable, Sequence

from huajie_desktop.typesetting.content import Item, TableContent, sum_investment, word_amount
from huajie_desktop.typesetting.page import TABLE_SIZE
from huajie_desktop.typesetting.table import Align, Column, even_figures

_LIST_SIZE = 10.5  # 5号
_CENTRE, _FIGURES, _NAMES, _UNITS = Align.CENTRE, Align.FIGURES, Align.NAMES, Align.UNITS
_SUM = "合计"
_HAND = 18  # mm: room for what is written in by hand
_SCORE = 14  # mm: for a figure by hand
_PEOPLE = Column("责任人", 22, _NAMES, optional=True)

_PLEDGED = (
    Column("序号", 11, _CENTRE), Column("编号", 18, _NAMES), Column("承诺事项", 36), Column("目标要求", 46),
    Column("完成时限", 23, _CENTRE), _PEOPLE,
)  # fmt: skip
_HANDED = (
    Column("序号", 11, _CENTRE), Column("编号", 17, _NAMES), Column("交办事项", 28), Column("工作要求", 34),
    Column("完成时限", 20, _CENTRE), _PEOPLE, Column("落实情况", 18, least=_HAND), Column("销号", 12, _CENTRE, least=_SCORE),
)  # fmt: skip
# 镇级任务清单 and 村干事承诺清单 as the office's own lists have their columns; the first fills a sheet A3 across.
_TOWNSHIP = (
    Column("序号", 11, _CENTRE), Column("类别", 24, _CENTRE), Column("项目（事项）名称", 42), Column("主要内容（工作任务）", 58),
    Column("计划投资\n（万元）", 19, _FIGURES), Column("时间节点", 44), Column("完成时限", 22, _CENTRE),
    Column("牵头领导", 19, _NAMES), Column("责任单位", 22, _UNITS), Column("责任人", 19, _NAMES),
    Column("配合单位", 24, _UNITS), Column("进展情况", 36, least=_HAND), Column("备注", 18, least=_SCORE),
)  # fmt: skip
_VILLAGE = (
    Column("序号", 13, _CENTRE), Column("承诺事项", 36), Column("项目类别", 22, _CENTRE), Column("建设内容及规模", 50),
    Column("计划投资\n（万元）", 19, _FIGURES), Column("资金来源", 24), Column("启动时间", 20, _CENTRE),
    Column("完成时间", 23, _CENTRE), Column("责任人", 18, _NAMES), Column("备注", 13, least=_SCORE),
)  # fmt: skip
_WALL = (
    Column("序号", 13, _CENTRE), Column("承诺事项", 50), Column("目标要求", 54), Column("启动时间", 24, _CENTRE, optional=True),
    Column("完成时限", 24, _CENTRE), Column("责任人", 28, _NAMES, optional=True),
)  # fmt: skip
_FORCES = (
    Column("序号", 9, _CENTRE), Column("专班名称", 40), Column("指挥长", 18, _NAMES), Column("副指挥长", 19, _NAMES),
    Column("办公室\n主任", 18, _NAMES), Column("成员单位", 31), Column("成员", 20, _NAMES), Column("主要任务", 31),
    Column("联系人\n及电话", 27, _NAMES), Column("任务\n（项）", 12, _CENTRE),
)  # fmt: skip
_REMINDERS = (
    Column("序号", 12, _CENTRE), Column("单位", 36), Column("情况", 16, _CENTRE), Column("报送时间", 28, _CENTRE),
    Column("条数", 16, _CENTRE), Column("联系人", 20, _NAMES), Column("联系电话", 28, _NAMES),
)  # fmt: skip


def task_table(name: str, items: Sequence[Item]) -> TableContent:
    """The table of that name (of kinds.PaperKind.table) with a row for each task, below them the sum of what has one."""
    columns, texts, size = _TASK_TABLES[name]
    rows = [texts(number, item) for number, item in enumerate(items, 1)]
    records = [f"{item.unit}《{item.title}》" for item in items]
    if total := _total(columns, items):
        rows.append(total)
        records.append(_SUM)
    return _table(columns, rows, records, size)


def _table(
    columns: tuple[Column, ...], rows: Sequence[Sequence[str]], records: Iterable[str] = (), size: float = TABLE_SIZE
) -> TableContent:
    """The table without the optional columns in which nothing stands, the figures of a column with equally many decimals."""
    kept = [place for place, column in enumerate(columns) if not column.optional or any(row[place] for row in rows)]
    texts = [
        even_figures([row[place] for row in rows]) if columns[place].align is _FIGURES else [row[place] for row in rows]
        for place in kept
    ]
    return TableContent(tuple(columns[place] for place in kept), tuple(zip(*texts, strict=True)), tuple(records), size)


def _total(columns: Sequence[Column], items: Sequence[Item]) -> tuple[str, ...]:
    """The row below a list that says what is invested in all; none where there is nothing to add."""
    if not any(column.align is _FIGURES for column in columns) or all(item.investment is None for item in items):
        return ()
    amount = word_amount(sum_investment(items))
    return (_SUM, *(amount if column.align is _FIGURES else "" for column in columns[1:]))


def _pledged(number: int, item: Item) -> tuple[str, ...]:
    return str(number), item.short_number, item.title, item.content, item.due_text, "\n".join(item.responsible)


def _handed(number: int, item: Item) -> tuple[str, ...]:
    return *_pledged(number, item), "", ""


def _on_wall(number: int, item: Item) -> tuple[str, ...]:
    """More than two names side by side: a column of them would take the room that makes a poster legible from afar."""
    people = ("\n" if len(item.responsible) < 3 else "、").join(item.responsible)
    return str(number), item.title, item.content, item.start, item.due_text, people


def _of_township(number: int, item: Item) -> tuple[str, ...]:
    return (
        str(number), item.category, item.title, item.content, word_amount(item.investment), item.milestones,
        item.due_text, item.lead, item.unit, "\n".join(item.responsible), item.cooperating, item.progress,
        item.remarks,
    )  # fmt: skip


def _of_village(number: int, item: Item) -> tuple[str, ...]:
    return (
        str(number), item.title, item.category, item.content, word_amount(item.investment), item.funding, item.start,
        item.due_text, "\n".join(item.responsible), item.remarks,
    )  # fmt: skip


_Texts = Callable[[int, Item], tuple[str, ...]]
_TASK_TABLES: dict[str, tuple[tuple[Column, ...], _Texts, float]] = {
    "承诺事项表": (_PLEDGED, _pledged, TABLE_SIZE),
    "交办事项表": (_HANDED, _handed, TABLE_SIZE),
    "上墙事项表": (_WALL, _on_wall, TABLE_SIZE),
    "任务清单表": (_TOWNSHIP, _of_township, _LIST_SIZE),
    "承诺清单表": (_VILLAGE, _of_village, _LIST_SIZE),
}


def force_table(rows: Iterable[Sequence[str]]) -> TableContent:
    """The task forces, a row of texts each; the first of a row is the force's name."""
    numbered = [(str(number), *row) for number, row in enumerate(rows, 1)]
    return _table(_FORCES, numbered, [f"专班“{row[1]}”" for row in numbered], _LIST_SIZE)


def score_table(units: Sequence[str], subjects: Sequence[str], full: Sequence[str] = ()) -> TableContent:
    """A row for each unit with blanks for each subject, what is added and taken off, total and rank.

    Above them the `full` marks of each subject; where they are not given, room to write them by hand.
    """
    columns = (
        Column("序号", 12, _CENTRE), Column("单位", 30, _UNITS),
        *(Column(subject, 26, _CENTRE, _SCORE) for subject in subjects),
        *(Column(word, 14, _CENTRE, _SCORE) for word in ("加分", "减分", "总分", "名次")),
    )  # fmt: skip
    blank = ("",) * (len(subjects) + 4)
    rows = [(str(number), name, *blank) for number, name in enumerate(units, 1)]
    return _table(columns, [("", "分值", *(full or blank[4:]), *blank[:4]), *rows] if rows else ())


def reminder_table(rows: Iterable[Sequence[str]]) -> TableContent:
    """Whom to remind: unit, state, when it sent, how many, contact, telephone."""
    numbered = [(str(number), *row) for number, row in enumerate(rows, 1)]
    return _table(_REMINDERS, numbered, [row[1] for row in numbered])
