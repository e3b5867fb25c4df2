"""Lays out a paper: its wording and tables on the sheet of its kind, page numbers, and the code it is known again by."""

from collections.abc import Sequence
from functools import partial

from huajie_desktop.errors import Problem
from huajie_desktop.typesetting.composition import TableMaker, compose
from huajie_desktop.typesetting.content import PaperContent, TableContent
from huajie_desktop.typesetting.fitting import fit
from huajie_desktop.typesetting.flow import Flow
from huajie_desktop.typesetting.looks import Dress, Look, dresses, frame
from huajie_desktop.typesetting.page import Page, number_pages
from huajie_desktop.typesetting.placing import place_table
from huajie_desktop.typesetting.stamp import stamp


class NothingToPrint(Problem):
    """A unit without a single approved task gets no document."""

    def __init__(self, owner: str, document: str) -> None:
        super().__init__(
            f"{owner}没有可以写进{document}的事项，没有生成文件。请先录入或导入该单位的事项并审核确认，或者不选该单位。"
        )


def lay_out_paper(content: PaperContent) -> list[Page]:
    """The pages of one paper. Raises NothingToPrint without a row in the needed table, BadWording for a wrong wording."""
    if content.needed and not content.tables[content.needed].rows:
        raise NothingToPrint(content.owner or f"{content.township}{content.year}年", content.kind)
    headed = bool(content.fields.get("红头"))  # the number then stands below the red head
    fields = {**content.fields, "编号": "" if headed else content.number, "文号": content.number if headed else ""}
    blocks = content.wording.fill(fields, content.tables, needed=content.needed)
    pages: list[Page] = []
    for dress in dresses(content.look):
        pages = compose(
            blocks, _makers(content, dress), setting=dress.setting, form=dress.form, grid=partial(_grid, content, dress)
        )
        if len(pages) == 1:
            break
    if content.look is not Look.OFFICIAL:
        for page in pages:
            frame(page)
    elif len(pages) > 1 or not content.counted:  # of a single sheet none can get lost
        number_pages(pages, of_total=content.counted)
    stamp(pages, content.code, content.note)
    return pages


def _makers(content: PaperContent, dress: Dress) -> dict[str, TableMaker]:
    return {name: partial(_place_table, table=table, times=dress.tables) for name, table in content.tables.items()}


def _grid(content: PaperContent, dress: Dress, name: str, width: float) -> Sequence[float]:
    table = content.tables[name]
    return fit(table.columns, table.rows, width, table.size * dress.tables).edges()


def _place_table(flow: Flow, reserve: float, table: TableContent, times: float) -> None:
    """Places a table as wide as the sheet; an empty one says so."""
    texts = table.rows or (("无", *[""] * (len(table.columns) - 1)),)
    place_table(flow, table.columns, texts, table.size * times, reserve)
