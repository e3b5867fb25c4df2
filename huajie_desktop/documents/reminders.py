"""The list to remind units by (催报清单): what is missing first, whom to ring beside it."""

from huajie_desktop.documents.content import RemindersContent
from huajie_desktop.documents.flow import Flow, paragraph
from huajie_desktop.documents.page import PITCH, Page, number_pages
from huajie_desktop.documents.table import Align, Column, body_row, head_row, place_rows
from huajie_desktop.documents.title import title_strips

_SIZE = 12.0  # 小4号
_COLUMNS = (
    Column("序号", 12, Align.CENTRE),
    Column("单位", 36),
    Column("情况", 16, Align.CENTRE),
    Column("报送时间", 28, Align.CENTRE),
    Column("条数", 16, Align.CENTRE),
    Column("联系人", 20, Align.CENTRE),
    Column("联系电话", 28, Align.CENTRE),
)


def lay_out_reminders(content: RemindersContent) -> list[Page]:
    """The pages of the list."""
    flow = Flow()
    for strip in title_strips(f"{content.township}{content.campaign}"):
        flow.place([strip])
    flow.advance(PITCH / 2)
    flow.place(paragraph(content.sentence, indent=2))
    flow.advance(PITCH / 2)
    rows = [
        body_row(_COLUMNS, (str(number), line.unit, line.state, line.at, line.records, line.contact, line.phone), _SIZE)
        for number, line in enumerate(content.lines, 1)
    ]
    place_rows(flow, rows, head=head_row(_COLUMNS, _SIZE))
    number_pages(flow.pages)
    return flow.pages
