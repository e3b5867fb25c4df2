"""Lays out a paper: its wording and tables on the sheet of its kind, page numbers, and the code it is known again by."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from huajie_desktop.errors import Problem
from huajie_desktop.typesetting.composition import TableMaker, compose
from huajie_desktop.typesetting.content import Chart, PaperContent, Picture, TableContent
from huajie_desktop.typesetting.fitting import fit
from huajie_desktop.typesetting.flow import Flow
from huajie_desktop.typesetting.looks import POSTERS, SHEETS, Dress, Handling, Look, dresses, frame
from huajie_desktop.typesetting.page import MM, Page, number_pages
from huajie_desktop.typesetting.pictures import place_chart, place_picture
from huajie_desktop.typesetting.placing import place_table
from huajie_desktop.typesetting.poster import larger_look, lay_out_poster
from huajie_desktop.typesetting.stamp import stamp
from huajie_desktop.typesetting.wording import Block, Place

_LONGEST_WORD = 30  # characters of a field that its title does not divide


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


def lay_out_paper(content: PaperContent) -> list[Page]:
    """The pages of one paper; raises what `set_paper` does."""
    return set_paper(content).pages


def set_paper(content: PaperContent) -> SetPaper:
    """Sets one paper. Raises NothingToPrint without a row in the needed table, BadWording for a wrong wording."""
    if content.needed and not content.tables[content.needed].rows:
        raise NothingToPrint(content.owner or f"{content.township}{content.year}年", content.kind)
    blocks, tables = content.blocks(), content.shown_tables()
    if content.look in POSTERS:
        done = SetPaper(content, *lay_out_poster(content.look, blocks, tables, _words(content)))
    else:
        done = _set(content, blocks, tables)
    pages = done.pages
    if content.look is Look.OFFICIAL:
        if len(pages) > 1 or not content.counted:  # of a single sheet none can get lost
            number_pages(pages, of_total=content.counted)
    elif not content.handling.bought:
        for page in pages:
            frame(page, SHEETS[content.look])
    else:
        _on_bought(pages, content.handling)
    stamp(pages, content.code, content.note)
    return done


def _words(content: PaperContent) -> tuple[str, ...]:
    return tuple(value for value in content.fields.values() if 1 < len(value) <= _LONGEST_WORD)


def larger_sheet(content: PaperContent) -> Look | None:
    """The smallest larger sheet on which all of a poster stands; None where there is none."""
    return larger_look(content.look, content.blocks(), content.shown_tables())


def _on_bought(pages: Sequence[Page], handling: Handling) -> None:
    """Leaves the texts that such paper does not have already, moved by what the clerk found it and the printer to be apart."""
    right, down = handling.right * MM, handling.down * MM
    for page in pages:
        page.texts = [text._replace(x=text.x + right, y=text.y - down) for text in page.texts if not text.red]


def _set(content: PaperContent, blocks: Sequence[Block], tables: Mapping[str, TableContent]) -> SetPaper:
    """The pages in the first dress of the look in which all stands on one, in its last where it does in none."""
    told = any(block.place is Place.CONTENTS for block in blocks) or any(table.pages for table in tables.values())
    words, dress = _words(content), Dress()
    pages: list[Page] = []
    for each in dresses(content.look):
        dress = each._replace(setting=replace(each.setting, words=words))
        pages = compose(
            blocks,
            _makers(content, tables, dress),
            setting=dress.setting,
            form=dress.form,
            grid=partial(_grid, tables, dress),
            told=told,
        )
        if len(pages) == 1:
            break
    return SetPaper(content, dress, pages)


def _makers(content: PaperContent, tables: Mapping[str, TableContent], dress: Dress) -> dict[str, TableMaker]:
    makers: dict[str, TableMaker] = {
        name: partial(_place_table, table=table, times=dress.tables) for name, table in tables.items()
    }
    makers |= {name: partial(_place_chart, chart=chart) for name, chart in content.charts.items()}
    return makers | {name: partial(_place_picture, picture=picture) for name, picture in content.pictures.items()}


def _place_chart(flow: Flow, _reserve: float, chart: Chart) -> None:
    place_chart(flow, chart)


def _place_picture(flow: Flow, _reserve: float, picture: Picture) -> None:
    place_picture(flow, picture)


def _grid(tables: Mapping[str, TableContent], dress: Dress, name: str, width: float) -> Sequence[float]:
    table = tables[name]
    return fit(table.columns, table.rows, width, table.size * dress.tables).edges()


def _place_table(flow: Flow, reserve: float, table: TableContent, times: float) -> None:
    """Places a table as wide as the sheet; an empty one says so."""
    texts = table.paged(flow.numbers) or (("无", *[""] * (len(table.columns) - 1)),)
    place_table(flow, table.columns, texts, table.size * times, reserve)
