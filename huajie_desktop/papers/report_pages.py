"""The year's progress report: totals by dimension, category, unit and state, and the table of all tasks."""

from collections.abc import Callable
from functools import partial

from huajie_desktop.papers.ledger_pages import place_ledgers
from huajie_desktop.typesetting.composition import TableMaker, compose
from huajie_desktop.typesetting.content import (
    Item,
    ReportContent,
    Total,
    due_lines,
    sum_investment,
    total_of,
    totals,
    word_amount,
    word_day,
)
from huajie_desktop.typesetting.flow import Flow, paragraph
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.page import ACROSS, Page, number_pages
from huajie_desktop.typesetting.paper import NothingToPrint
from huajie_desktop.typesetting.placing import place_rows
from huajie_desktop.typesetting.table import Align, Column, body_row, head_row
from huajie_desktop.typesetting.wording import Wording, shipped_wording

_KEYS: dict[str, tuple[str, Callable[[Item], tuple[str, ...]]]] = {
    "板块表": ("板块", lambda item: item.dimensions),
    "类别表": ("类别", lambda item: item.categories),
    "单位表": ("责任单位", lambda item: (item.unit,)),
    "状态表": ("状态", lambda item: (item.state,)),
}
_SHARED = "注：有{count}项任务计入几个{title}，合计只算一次。"
LEDGERS, LIST = "台账表", "事项总表"
_LIST_SIZE = 10.5  # 5号
_LIST_COLUMNS = (
    Column("编号", 19, Align.CENTRE),
    Column("类别", 32, Align.CENTRE),
    Column("任务名称", 40),
    Column("目标内容", 47),
    Column("责任单位", 22, Align.CENTRE),
    Column("责任人", 15, Align.CENTRE),
    Column("时限", 19, Align.CENTRE),
    Column("投资\n（万元）", 17, Align.FIGURES),
    Column("状态", 14, Align.CENTRE),
)


def lay_out_report(content: ReportContent, wording: Wording | None = None) -> list[Page]:
    """The pages of the report; raises NothingToPrint without items, UnknownField for a wording with a field that is none.

    Without a wording the shipped one is taken.
    """
    if not content.items:
        raise NothingToPrint(f"{content.township}{content.year}年", "报告")
    tables: dict[str, TableMaker] = {
        name: partial(_place_totals, content=content, title=title, key=key) for name, (title, key) in _KEYS.items()
    }
    tables[LEDGERS] = partial(place_ledgers, sections=content.ledgers)
    tables[LIST] = partial(_place_list, content=content)
    pages = compose((wording or shipped_wording("report")).fill(_fields(content), tables, needed=LIST), tables)
    number_pages(pages)
    return pages


def _place_totals(flow: Flow, reserve: float, content: ReportContent, title: str, key: Callable[[Item], tuple[str, ...]]) -> None:
    columns = (
        Column("序号", 18, Align.CENTRE),
        Column(title, 50),
        Column("数量（项）", 25, Align.FIGURES),
        Column("占比（%）", 25, Align.FIGURES),
        Column("计划投资（万元）", 38, Align.FIGURES),
    )
    items, order = content.items, content.categories if title == "类别" else ()
    rows = [body_row(columns, _total_texts(str(index), total)) for index, total in enumerate(totals(items, key, order), 1)]
    rows.append(body_row(columns, _total_texts("", total_of("合　　计", items, len(items)))))
    place_rows(flow, rows, head=head_row(columns), reserve=reserve)
    if shared := sum(len(key(item)) > 1 for item in items):
        flow.place(paragraph(_SHARED.format(count=shared, title=title)))


def _total_texts(index: str, total: Total) -> tuple[str, ...]:
    investment = f"{total.investment:.2f}" if total.investment else "—"
    return index, total.name, str(total.count), str(total.share), investment


def _place_list(flow: Flow, reserve: float, content: ReportContent) -> None:
    flow.turn(ACROSS)
    flow.place(paragraph("附表　全部事项", Style.HEI))
    places = max(len(word_amount(item.investment).partition(".")[2]) for item in content.items)
    rows = [body_row(_LIST_COLUMNS, _list_texts(item, content.year, places), _LIST_SIZE) for item in content.items]
    place_rows(flow, rows, head=head_row(_LIST_COLUMNS, _LIST_SIZE), reserve=reserve)


def _list_texts(item: Item, year: int, places: int) -> tuple[str, ...]:
    """A task's cells; a due date within the report's own year is given without it, amounts with `places` decimals."""
    return (
        item.short_number,
        "、".join(item.categories),
        item.title,
        item.content,
        item.unit,
        "\n".join(item.responsible),
        due_lines(item.due_text.removeprefix(f"{year}年")),
        "" if item.investment is None else f"{item.investment:.{places}f}",
        item.state,
    )


def _fields(content: ReportContent) -> dict[str, str]:
    items = content.items
    priced = sum(item.investment is not None for item in items)
    states = "，".join(f"{total.name}{total.count}项" for total in totals(items, lambda item: (item.state,)))
    return {
        "镇": content.township,
        "年份": str(content.year),
        "活动": content.campaign,
        "截至日期": word_day(content.as_of),
        "项数": str(len(items)),
        "统计范围": "已确认任务" if content.approved_only else "任务",
        "统计口径": "只统计已确认的任务" if content.approved_only else "统计全部任务，包括还没有确认的",
        "单位数": str(len({item.unit for item in items})),
        "各状态": states,
        "有投资项数": str(priced),
        "投资合计": word_amount(sum_investment(items)),
        "台账标题": "台账情况" if content.ledgers else "",
    }
