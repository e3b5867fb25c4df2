"""Lays out a paper: its wording and tables on the sheet of its kind, page numbers, and the code it is known again by."""

from functools import partial
from typing import NamedTuple

from huajie_desktop.errors import Problem
from huajie_desktop.typesetting.composition import TableMaker, compose
from huajie_desktop.typesetting.content import PaperContent, TableContent
from huajie_desktop.typesetting.flow import Flow
from huajie_desktop.typesetting.looks import Dress, Look, dresses, frame
from huajie_desktop.typesetting.page import MM, Page, number_pages
from huajie_desktop.typesetting.stamp import stamp
from huajie_desktop.typesetting.table import body_row, head_row, place_rows


class NothingToPrint(Problem):
    """A unit without a single approved task gets no document."""

    def __init__(self, owner: str, document: str) -> None:
        super().__init__(
            f"{owner}没有可以写进{document}的事项，没有生成文件。请先录入或导入该单位的事项并审核确认，或者不选该单位。"
        )


class SetPaper(NamedTuple):
    """One paper as it was set: what it says, the dress that was taken, its pages."""

    content: PaperContent
    dress: Dress
    pages: list[Page]


def lay_out_paper(content: PaperContent) -> SetPaper:
    """Sets one paper. Raises NothingToPrint without a row in the needed table, BadWording for a wrong wording."""
    if content.needed and not content.tables[content.needed].rows:
        raise NothingToPrint(content.owner or f"{content.township}{content.year}年", content.kind)
    blocks = content.blocks()
    pages, dress = list[Page](), Dress()
    for dress in dresses(content.look):
        pages = compose(blocks, _makers(content, dress), setting=dress.setting, form=dress.form)
        if len(pages) == 1:
            break
    if content.look is Look.OFFICIAL:
        number_pages(pages, of_total=content.counted)
    else:
        for page in pages:
            frame(page)
    stamp(pages, content.code, content.note)
    return SetPaper(content, dress, pages)


def _makers(content: PaperContent, dress: Dress) -> dict[str, TableMaker]:
    return {name: partial(_place_table, table=table, times=dress.tables) for name, table in content.tables.items()}


def _place_table(flow: Flow, reserve: float, table: TableContent, times: float) -> None:
    """Places a table as wide as the sheet; its columns keep their proportions, an empty one says so."""
    scale = flow.area.width / MM / sum(column.width for column in table.columns)
    columns = [column._replace(width=column.width * scale) for column in table.columns]
    size = table.size * times
    texts = table.rows or (("无", *[""] * (len(columns) - 1)),)
    rows = [body_row(columns, row, size) for row in texts]
    place_rows(flow, rows, head=head_row(columns, size), reserve=reserve)
