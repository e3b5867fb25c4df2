"""The assignment slip (承诺交办单) of one unit: all its tasks on one form that is signed for."""

from collections.abc import Iterable, Sequence

from huajie_desktop.documents.composition import compose
from huajie_desktop.documents.content import SlipContent, word_day
from huajie_desktop.documents.flow import Flow
from huajie_desktop.documents.fonts import Style
from huajie_desktop.documents.page import Page, number_pages
from huajie_desktop.documents.pledge import NothingToPrint, item_texts, unit_fields
from huajie_desktop.documents.table import Align, Cell, Column, Row, body_row, head_row, place_rows, set_row
from huajie_desktop.documents.wording import Wording, shipped_wording

TABLE = "交办事项表"
_COLUMNS = (
    Column("编号", 22, Align.CENTRE),
    Column("交办事项", 40),
    Column("工作要求", 49),
    Column("完成时限", 23, Align.CENTRE),
    Column("责任人", 22, Align.CENTRE),
)
_LABEL, _VALUE = 26, 52  # widths of the form's pairs in mm; two pairs fill the 156 mm
_LEAST = 10.0  # height of a form row in mm: room to write by hand
_NO_DAY = "年　　月　　日"


def lay_out_slip(content: SlipContent, wording: Wording | None = None) -> list[Page]:
    """The pages of one slip; raises NothingToPrint without items, UnknownField for a wording with a field that is none.

    Without a wording the shipped one is taken.
    """
    if not content.items:
        raise NothingToPrint(content.unit, "承诺交办单")
    above, below = _rows_above(content), _rows_below(content)
    rows = [body_row(_COLUMNS, item_texts(item)) for item in content.items]

    def place_table(flow: Flow, reserve: float) -> None:
        place_rows(flow, above)
        place_rows(flow, rows, head=head_row(_COLUMNS), reserve=reserve + sum(row.height for row in below))
        place_rows(flow, below)

    pages = compose((wording or shipped_wording("slip")).fill(unit_fields(content), [TABLE], needed=TABLE), {TABLE: place_table})
    number_pages(pages, of_total=True)
    return pages


def _rows_above(content: SlipContent) -> list[Row]:
    leads = _joined((item.lead,) for item in content.items)
    people = _joined(item.responsible for item in content.items)
    return [
        _pairs(("交办单位", content.issuer), ("承办单位", content.unit)),
        _pairs(("责任领导", leads), ("责任人", people)),
    ]


def _rows_below(content: SlipContent) -> list[Row]:
    issued_on = word_day(content.issued_on) if content.issued_on else _NO_DAY
    return [
        _pairs(("交办日期", issued_on), ("交办人\n（签字）", "")),
        _pairs(("签收日期", _NO_DAY), ("签收人\n（签字）", "")),
        _wide("落实情况", "", 2 * _LEAST),
        _wide("销号意见", "", 2 * _LEAST),
        _wide("备　　注", content.remarks, _LEAST),
    ]


def _pairs(*pairs: tuple[str, str]) -> Row:
    return set_row([cell for label, value in pairs for cell in _pair(label, value, _VALUE)], least=_LEAST)


def _wide(label: str, value: str, least: float) -> Row:
    return set_row(_pair(label, value, 2 * _VALUE + _LABEL), least=least)


def _pair(label: str, value: str, width: float) -> Sequence[Cell]:
    centred = Align.RIGHT if value == _NO_DAY else Align.CENTRE if len(value) <= 12 else Align.LEFT
    return Cell(label, _LABEL, Align.CENTRE, Style.HEI), Cell(value, width, centred)


def _joined(names: Iterable[Iterable[str]]) -> str:
    return "、".join(dict.fromkeys(name for group in names for name in group if name))
