"""The tables and charts of the monthly bulletin, made of its counts."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from db.supervision import LEVELS
from huajie_desktop.lights.light import BEHIND, LOOKS, NORMAL, OVERDUE, SOON, STOPPED, WAITING
from huajie_desktop.papers.report_figures import percent
from huajie_desktop.papers.report_tables import HUNDREDTH, compared_table
from huajie_desktop.supervision.bulletin import Bulletin
from huajie_desktop.supervision.bulletin_line import Line
from huajie_desktop.supervision.ranking import ranked
from huajie_desktop.typesetting.content import Chart, TableContent
from huajie_desktop.typesetting.table import Align, Column

UNITS, CATEGORIES, NOTICES, BEFORE = "单位进展表", "类别进展表", "单位督查表", "上月比较表"
_SIZE = 10.5  # 5号
_C, _F, _U = Align.CENTRE, Align.FIGURES, Align.UNITS
_SHOWN = (OVERDUE, BEHIND, SOON, WAITING, NORMAL, STOPPED)  # lights that have a column; what is done has one anyhow
_FIRST = Column("序号", 11, _C)
_COUNTED = (
    *(Column(title, 12, _F) for title in ("任务", "到期", "办结", "按时\n办结", *(LOOKS[key].word for key in _SHOWN))),
    Column("本月\n未报", 12, _F), Column("未按期\n签收", 14, _F), Column("平均\n进度\n（%）", 14, _F),
    Column("正常率\n（%）", 15, _F), Column("计划投资\n（万元）", 21, _F), Column("完成投资\n（万元）", 21, _F),
)  # fmt: skip
_NONE = "—"


def tables(counted: Bulletin, names: Mapping[int, str]) -> dict[str, TableContent]:
    """Every table a bulletin's wording may name; `names` are those of the units by id."""
    found = {
        UNITS: _units(counted, names), CATEGORIES: _categories(counted), NOTICES: _notices(counted, names),
    }  # fmt: skip
    return found | ({BEFORE: _compared(counted.before, counted)} if counted.before else {})


def charts(counted: Bulletin, names: Mapping[int, str]) -> dict[str, Chart]:
    """Every chart a bulletin's wording may name."""
    return {
        "亮灯图": light_chart(counted, "图1　亮灯情况"),
        "类别图": Chart(
            "图2　各类别办结情况", ("类别", "已办结", "任务数"),
            tuple((one.name, one.done, one.tasks) for one in counted.categories if one.tasks),
        ),
        "单位图": Chart(
            "图3　各单位正常情况", ("责任单位", "正常", "任务数"),
            tuple((names[one.key or 0], one.in_order, one.running) for one in counted.units if one.running),
        ),
    }  # fmt: skip


def _units(counted: Bulletin, names: Mapping[int, str]) -> TableContent:
    places = {one.line.key: str(one.place) for one in ranked(counted.units).placed}
    rows = [(names[one.key or 0], *_cells(one), places.get(one.key, _NONE)) for one in counted.units if one.tasks]
    return _numbered((Column("单位", 30, _U), *_COUNTED, Column("名次", 12, _C)), rows, (*_cells(counted.whole), ""))


def light_table(counted: Bulletin, names: Mapping[int, str]) -> TableContent:
    """Of each unit how many tasks have which light."""
    columns = Column("责任单位", 34, _U), Column("任务", 14, _F), *(Column(look.word, 14, _F) for look in LOOKS.values())
    rows = [(names[one.key or 0], *_lit(one)) for one in counted.units if one.tasks]
    return _numbered(columns, rows, _lit(counted.whole))


def _lit(line: Line) -> tuple[str, ...]:
    return tuple(map(str, (line.tasks, *(line.lights[key] for key in LOOKS))))


def light_chart(counted: Bulletin, title: str) -> Chart:
    """How many of all tasks have which light."""
    whole = counted.whole
    lit = [(look.word, whole.lights[key], whole.tasks) for key, look in LOOKS.items() if whole.lights[key]]
    return Chart(title, ("亮灯", "任务数", "全部任务"), tuple(lit))


def _categories(counted: Bulletin) -> TableContent:
    rows = [(one.name, *_cells(one)) for one in counted.categories if one.tasks]
    return _numbered((Column("类别", 30, _U), *_COUNTED), rows, _cells(counted.whole))


def _cells(line: Line) -> tuple[str, ...]:
    numbers = (line.tasks, line.due, line.done, line.in_time, *(line.lights[key] for key in _SHOWN), line.unreported)
    planned, spent = (f"{one.quantize(HUNDREDTH)}" if one else _NONE for one in (line.planned_wan, line.spent_wan))
    percent = _NONE if line.percent is None else str(line.percent)
    return (*map(str, numbers), str(line.unreceived), percent, rate(line), planned, spent)


def _notices(counted: Bulletin, names: Mapping[int, str]) -> TableContent:
    columns = (
        Column("单位", 34, _U), *(Column(word, 22, _F) for word in LEVELS.values()), Column("没有\n反馈", 22, _F),
        Column("没有销号\n的问题", 24, _F),
    )  # fmt: skip
    rows = [(names[one.key or 0], *_supervised(one)) for one in counted.units if one.notices or one.findings]
    return _numbered(columns, rows, _supervised(counted.whole))


def _supervised(line: Line) -> tuple[str, ...]:
    return (*(str(line.notices[level]) for level in LEVELS), str(line.unanswered), str(line.findings))


def _compared(before: Line, counted: Bulletin) -> TableContent:
    now, month = counted.whole, counted.day.month
    pairs: list[tuple[str, Decimal | int, Decimal | int]] = [
        ("列入任务（项）", before.tasks, now.tasks), ("到期任务（项）", before.due, now.due),
        ("已办结（项）", before.done, now.done), ("按时办结（项）", before.in_time, now.in_time),
        *((f"{LOOKS[key].word}（项）", before.lights[key], now.lights[key]) for key in _SHOWN),
        ("当月未报进展（项）", before.unreported, now.unreported), ("未按期签收（项）", before.unreceived, now.unreceived),
        ("督查单（份）", before.notices.total(), now.notices.total()),
        ("没有反馈的督查单（份）", before.unanswered, now.unanswered), ("没有销号的问题（个）", before.findings, now.findings),
        ("平均进度（%）", before.percent or 0, now.percent or 0), ("正常率（%）", _rate(before), _rate(now)),
        ("完成投资（万元）", before.spent_wan.quantize(HUNDREDTH), now.spent_wan.quantize(HUNDREDTH)),
    ]  # fmt: skip
    return compared_table(pairs, (f"{month - 1}月", f"{month}月"))


def rate(line: Line) -> str:
    """What part of its tasks is in order (正常率), in percent with one decimal."""
    return str(_rate(line)) if line.running else _NONE


def _rate(line: Line) -> Decimal:
    return percent(line.in_order, line.running)


def _numbered(columns: tuple[Column, ...], rows: Sequence[tuple[str, ...]], whole: tuple[str, ...]) -> TableContent:
    """The rows with their numbers, the whole below them; nothing where there is none."""
    texts = [(str(number), *row) for number, row in enumerate(rows, 1)] + [("合计", "", *whole)] if rows else []
    return TableContent((_FIRST, *columns), tuple(texts), size=_SIZE)
