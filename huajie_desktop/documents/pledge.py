"""The pledge (承诺书) of one unit: its wording, the table of what it promises, two signing sides."""

from huajie_desktop.documents.composition import compose
from huajie_desktop.documents.content import Item, PledgeContent, SlipContent
from huajie_desktop.documents.flow import Flow
from huajie_desktop.documents.page import Page, number_pages
from huajie_desktop.documents.table import Align, Column, body_row, head_row, place_rows
from huajie_desktop.documents.wording import BLANK, Wording, shipped_wording
from huajie_desktop.errors import Problem

TABLE = "承诺事项表"
_COLUMNS = (
    Column("编号", 22, Align.CENTRE),
    Column("承诺事项", 40),
    Column("目标要求", 49),
    Column("完成时限", 23, Align.CENTRE),
    Column("责任人", 22, Align.CENTRE),
)
# Kind of unit (db.organisation.UNIT_KINDS) -> wording; the offices' is the general one.
_LAYERS = {"leadership": "leadership", "area": "area", "village": "village", "committee": "village"}


class NothingToPrint(Problem):
    """A unit without a single approved task gets no document."""

    def __init__(self, unit: str, document: str) -> None:
        super().__init__(
            f"{unit}没有可以写进{document}的事项，没有生成文件。请先录入或导入该单位的事项并审核确认，或者不选该单位。"
        )


def lay_out_pledge(content: PledgeContent, wording: Wording | None = None) -> list[Page]:
    """The pages of one pledge; raises NothingToPrint without items, UnknownField for a wording with a field that is none.

    Without a wording the shipped one is taken.
    """
    if not content.items:
        raise NothingToPrint(content.unit, "承诺书")
    rows = [body_row(_COLUMNS, item_texts(item)) for item in content.items]

    def place_table(flow: Flow, reserve: float) -> None:
        place_rows(flow, rows, head=head_row(_COLUMNS), reserve=reserve)

    fields = {**unit_fields(content), "监督电话": content.phone or BLANK}
    wording = wording or shipped_wording(f"pledge-{_LAYERS.get(content.unit_kind, 'office')}")
    pages = compose(wording.fill(fields, [TABLE], needed=TABLE), {TABLE: place_table})
    number_pages(pages, of_total=True)
    return pages


def item_texts(item: Item) -> tuple[str, ...]:
    """An item's cells: number, title, target, due date in two lines, one person a line."""
    return item.short_number, item.title, item.content, due_lines(item.due_text), "\n".join(item.responsible)


def due_lines(words: str) -> str:
    """A due date with its year on a line of its own: a narrow column would cut it anywhere."""
    year, sign, rest = words.partition("年")
    return f"{year}年\n{rest}" if sign and year.isdigit() and len(rest) > 1 else words


def unit_fields(content: PledgeContent | SlipContent) -> dict[str, str]:
    """The wording's fields that every paper of one unit has."""
    return {
        "镇": content.township,
        "年份": str(content.year),
        "活动": content.campaign,
        "单位": content.unit,
        "项数": str(len(content.items)),
        "编号": content.number or "",
    }
