"""What a paper says, for its digest: as its first edition said it, however it is worded and set out since.

So a paper that was signed years ago is still known when it is scanned, though its table has other columns today, a further
field is asked for, or a blank is left otherwise. What is written here is never changed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from huajie_desktop.papers.paper_kinds import PaperKind, Per
from huajie_desktop.typesetting.content import Item, TableContent, due_lines, word_amount
from huajie_desktop.typesetting.wording import BLANK, HAND_DAY

Facts = tuple[tuple[str, str], ...]  # (whose it is and what it is called, what it says)

_COMMON = "镇 年份 活动"
_BY = {
    Per.UNIT: "单位 项数 责任领导 责任人",
    Per.TASK: "单位 任务编号 任务名称 目标要求 类别 启动时间 完成时限 办结日期 责任人 责任领导 计划投资 计划投资大写 进展情况 "
    "存在问题 下步打算 佐证材料",
    Per.YEAR: "项数 单位数",
}
_ASKED = {
    "pledge": "监督电话",
    "slip": "交办单位 交办日期 备注",
    "notice": "通知单类型 立项依据 办理要求 办理期限 联系人及电话 拟办意见 署名",
    "rectification": "检查时间 检查地点 检查人员 存在问题 整改要求 整改期限 联系人及电话 署名",
    "extension": "申请延期至 延期原因",
    "score": "擂台场次 评分日期",
    "award": "奖项 署名",
    "bulletin": "已报项数 完成项数 推进项数 受阻项数 未报单位 月份 存在问题 下步要求 红头 抄送 署名 印发机关",
    "poster": "幅面 监督电话",
}
_GIVEN = ("编号", "文号", "制作日期", "制作日期大写", "成文日期", "成文日期大写")  # the same paper made again is the same
_BLANKS = {BLANK: "________", HAND_DAY: "年　　月　　日"}  # as they were left at first
_NUMBER = "序号"
_FORCES = (
    _NUMBER,
    "专班名称",
    "指挥长",
    "副指挥长",
    "办公室\n主任",
    "成员单位",
    "成员",
    "主要任务",
    "联系人\n及电话",
    "任务\n（项）",
)
_PROGRESS = (_NUMBER, "单位", "事项", "已报", "已完成", "推进中", "受阻", "未报")


def _names(item: Item) -> str:
    return "\n".join(item.responsible)


def _due(item: Item) -> str:
    return due_lines(item.due_text)


def _invested(item: Item) -> str:
    return word_amount(item.investment)


_Said = tuple[tuple[str, Callable[[Item], str]], ...]


def _five(title: str, content: str) -> _Said:
    return (
        ("编号", lambda item: item.short_number), (title, lambda item: item.title), (content, lambda item: item.content),
        ("完成时限", _due), ("责任人", _names),
    )  # fmt: skip


_TASKS: Mapping[str, _Said] = {
    "承诺事项表": _five("承诺事项", "目标要求"),
    "交办事项表": _five("交办事项", "工作要求"),
    "上墙事项表": (
        ("承诺事项", lambda item: item.title), ("目标要求", lambda item: item.content), ("完成时限", _due),
        ("责任人", lambda item: "、".join(item.responsible)),
    ),
    "任务清单表": (
        ("类别", lambda item: item.category), ("项目（事项）名称", lambda item: item.title),
        ("主要内容（工作任务）", lambda item: item.content), ("计划投资\n（万元）", _invested),
        ("时间节点", lambda item: item.milestones), ("完成时限", _due), ("牵头领导", lambda item: item.lead),
        ("责任单位", lambda item: item.unit), ("责任人", _names), ("配合单位", lambda item: item.cooperating),
        ("进展情况", lambda item: item.progress), ("备注", lambda item: item.remarks),
    ),
    "承诺清单表": (
        ("承诺事项", lambda item: item.title), ("项目类别", lambda item: item.category),
        ("建设内容及规模", lambda item: item.content), ("计划投资\n（万元）", _invested),
        ("资金来源", lambda item: item.funding), ("启动时间", lambda item: item.start), ("完成时间", _due), ("责任人", _names),
        ("备注", lambda item: item.remarks),
    ),
}  # fmt: skip
_UNNUMBERED = ("承诺事项表", "交办事项表")


def field_facts(kind: PaperKind, owner: str, fields: Mapping[str, str], words: str) -> Iterator[tuple[str, str]]:
    """What the fields of a paper say; one that came later counts only where the wording `words` has it."""
    first = f"{_COMMON} {_BY[kind.per]} {_ASKED.get(kind.key, '')}".split()
    for label, text in fields.items():
        if label not in _GIVEN and (label in first or f"{{{label}}}" in words):
            yield f"{owner} {label}", _BLANKS.get(text, text)


def task_facts(table: str, items: Sequence[Item]) -> Facts:
    """What the table of tasks of that name says."""
    numbered = table not in _UNNUMBERED
    found = []
    for number, item in enumerate(items, 1):
        record = f"{item.unit}《{item.title}》"
        found += [(f"{record}{_NUMBER}", str(number))] if numbered else []
        found += [(f"{record}{title}", said(item)) for title, said in _TASKS[table]]
    return tuple(found)


def force_facts(rows: Sequence[Sequence[str]]) -> Facts:
    """What the overview of task forces says, a row of texts each, the name first."""
    return tuple(
        (f"专班“{row[0]}”{title}", text)
        for number, row in enumerate(rows, 1)
        for title, text in zip(_FORCES, (str(number), *row), strict=True)
    )


def score_facts(units: Sequence[str], subjects: Sequence[str]) -> Facts:
    """What a score sheet says before it is filled in."""
    titles = (_NUMBER, "村名", *subjects, "加分", "减分", "总分", "名次")
    rows = [(str(number), name, *("",) * (len(subjects) + 4)) for number, name in enumerate(units, 1)]
    return tuple((f" 评分表{title}", text) for row in rows for title, text in zip(titles, row, strict=True))


def row_facts(*tables: TableContent) -> Facts:
    """What tables say whose rows are the records themselves."""
    return tuple(
        (f"{record} {column.title}", text)
        for table in tables
        for record, row in zip(table.records, table.rows, strict=True)
        for column, text in zip(table.columns, row, strict=True)
    )


def progress_facts(rows: Sequence[Sequence[str]], whole: Sequence[str]) -> Facts:
    """What the progress of units says, and below them the whole."""
    numbered = [*((str(number), *row) for number, row in enumerate(rows, 1)), ("", *whole)] if rows else []
    return tuple((f" 单位进展表{title}", text) for row in numbered for title, text in zip(_PROGRESS, row, strict=True))
