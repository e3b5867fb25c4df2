"""A paper's lines, tables and pictures as the body of a word processor's file, sheet after sheet as in the PDF."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from huajie_desktop.typesetting.composition import (
    FIRM,
    TURNS,
    attachment_name,
    closing_of,
    form_of,
    numbers_of,
    runs_of,
    strips_of,
)
from huajie_desktop.typesetting.content import Picture
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.levels import lead_of
from huajie_desktop.typesetting.looks import POSTERS
from huajie_desktop.typesetting.outline import headings
from huajie_desktop.typesetting.page import PITCH, SMALL_SIZE, UPRIGHT, Form
from huajie_desktop.typesetting.paper import SetPaper
from huajie_desktop.typesetting.pictures import fitted_in, unreadable
from huajie_desktop.typesetting.placing import set_table
from huajie_desktop.typesetting.title import shape_title
from huajie_desktop.typesetting.word_lines import set_strips
from huajie_desktop.typesetting.word_official import contents, imprint, letter, number
from huajie_desktop.typesetting.word_pictures import picture
from huajie_desktop.typesetting.word_tables import table
from huajie_desktop.typesetting.word_text import Lay, Lettering, bookmark, nothing, paragraph, run, squeezed
from huajie_desktop.typesetting.wording import Block, Place

Embed = Callable[[Path], str]  # puts a picture into the file and says by which relation it is found
_LEVELS = {Style.HEI: "Heading1", Style.KAI: "Heading2"}
_GRIDS = (Place.TABLE, Place.ROW, Place.CHART)
_SURE = 0.95  # of blank room that was squeezed to fit a page: word processors round
_BARS = 9.9  # points: the rows of a chart's table are as high as its bars on paper


class Section(NamedTuple):
    """What stands on sheets of one form: the form, the body in WordprocessingML, whether its pages are counted.

    A `letter` bears no number on its first page, an imprint that has an even page to itself none at all (`numbered`).
    `again` is what stands above the table on its further sheets, whose first is an `even` page.
    """

    form: Form
    body: str
    counted: bool
    letter: bool = False
    numbered: bool = True
    again: str = ""
    even: bool = False


def sections_of(paper: SetPaper, mark: str, embed: Embed) -> Iterator[Section]:
    """The paper section by section, one for each new sheet; its title bears the bookmark `mark`."""
    blocks = paper.content.blocks()
    body = _Body(paper, blocks, mark, embed)
    attached, place, form, counted = sum(one.place is Place.ATTACHMENT for one in blocks), 0, paper.dress.form, True
    alone = not body.letter and not paper.pages[-1].numbered
    for run_on in runs_of(blocks):
        first = run_on[0]
        form = form_of(first, form)
        counted = first.place is not Place.COVER if first.place in TURNS else counted
        place += first.place is Place.ATTACHMENT
        apart = alone and run_on[-1].place is Place.IMPRINT
        said = body.section(run_on[:-1] if apart else run_on, form, attachment_name(place, attached))
        yield Section(form, said, counted, first.place is Place.LETTER, again=body.again, even=body.even)
        if apart:
            yield Section(UPRIGHT, imprint(run_on[-1].parts, UPRIGHT), counted=True, numbered=False)


class _Body:
    """The body of a paper being written, one section after the other."""

    def __init__(self, paper: SetPaper, blocks: Sequence[Block], mark: str, embed: Embed) -> None:
        self._content, self._mark, self._embed, self._left = paper.content, mark, embed, 1.0
        self._setting, self._form = paper.dress.setting, paper.dress.form
        self._grids = iter([(number % 2 == 0, grid) for number, page in enumerate(paper.pages, 1) for grid in page.grids])
        self._closings = iter([left for page in paper.pages for left in page.closings])
        self._outline, self._numbers = headings(blocks), numbers_of(paper.pages)
        self.letter = any(block.place is Place.LETTER for block in blocks)
        self.again, self.even = "", False  # of the section that was written last

    def section(self, blocks: Sequence[Block], form: Form, attached: str) -> str:
        """What stands on the sheets of that form; what closes it stays with the last row or paragraph above it."""
        self._form, self._setting, self.again = form, replace(self._setting, width=form.area.width), ""
        done: list[str] = []
        if blocks[0].place is Place.ATTACHMENT:
            done += [paragraph(run(attached, Lettering(Style.HEI)), Lay(keep=True)), nothing(PITCH)]
        last = max((place for place, block in enumerate(blocks) if block.place in FIRM), default=-1)
        closing = closing_of(blocks, last)
        told = max((place for place, block in enumerate(blocks) if block.place is not Place.IMPRINT), default=-1)
        left = next(self._closings)
        left = left if left == 1 else left * _SURE
        before: Block | None = None
        for place, block in enumerate(blocks):
            self._left = left if place >= closing else 1.0
            if not (block.place is Place.ROW and before is not None and before.place is Place.ROW):
                ends = place + _rows(blocks, place) > last
                done += self._lines(block, before, keep=ends and place < told if block.place in FIRM else closing <= place < told)
            before = block
        return "".join(done)

    def _lines(self, block: Block, before: Block | None, *, keep: bool) -> list[str]:
        setting, name = self._setting, block.parts[0] if block.parts else ""
        match block.place:
            case place if place in _GRIDS:
                return self._table(block, before, keep=keep)
            case Place.TITLE:
                return [self._title(name)]
            case Place.INDENTED | Place.FLUSH:
                return [self._paragraph(block.place, text, keep=keep) for text in name.split("\n")]
            case Place.NUMBER:
                return [number(block.parts, setting)]
            case Place.LETTER:
                return [letter(block.parts, self._form)]
            case Place.IMPRINT:
                return [imprint(block.parts, self._form, letter=self.letter)]
            case Place.CONTENTS:
                return [contents(self._outline, self._numbers, setting.width)]
            case Place.PICTURE:
                return self._picture(self._content.pictures[name])
        strips = strips_of(block, setting)
        with_next = len(strips) - 1 if block.place in (Place.SIGNED, Place.SEALED) else 0  # a signature stays with its day
        return [
            *set_strips(strips[:with_next], setting.width, self._left, keep=True),
            *set_strips(strips[with_next:], setting.width, self._left, keep=keep),
        ]

    def _table(self, block: Block, before: Block | None, *, keep: bool) -> list[str]:
        joined = before is not None and before.place in _GRIDS  # without anything between a word processor makes them one table
        gap = [nothing()] if joined else []
        if block.place is not Place.CHART:
            even, grid = next(self._grids)
            if grid.heading and not self.again:
                self.again, self.even = "".join(set_strips(grid.heading, self._setting.width, keep=False)), even
            room = grid.above * _SURE
            above, below = ([nothing(room)], [nothing(2 * room)]) if room else (gap, [])
            whole = self._content.look in POSTERS
            return [*above, table(grid, self._form.area.height, keep=keep, joined=joined, whole=whole), *below]
        chart = self._content.charts[block.parts[0]]
        shown = chart.table()
        grid = set_table(shown.columns, shown.rows, self._setting.width, _BARS)
        return [*gap, table(grid, self._form.area.height, together=True), _caption(chart.title)]

    def _picture(self, shown: Picture) -> list[str]:
        size = fitted_in(self._form.area, shown)
        if size is None:
            return [_caption(unreadable(shown))]
        drawn = picture(self._embed(shown.file), size, shown.caption)
        return [paragraph(drawn, Lay(0, "center", keep=True)), _caption(shown.caption)]

    def _title(self, text: str) -> str:
        setting = self._setting
        lines = shape_title(text, setting.width / setting.title_size, setting.words)
        shown = "\n".join(map(str.strip, lines))
        lettering = Lettering(Style.TITLE, setting.title_size, setting.red_title)
        longest = max(shown.split("\n"), key=len)
        words = run(shown, lettering, "Title", squeezed(longest, lettering, setting.width))
        if self._mark:
            words, self._mark = bookmark(self._mark, words), ""
        return paragraph(words, Lay(setting.title_pitch), "Title")

    def _paragraph(self, place: Place, text: str, *, keep: bool) -> str:
        """A paragraph; a heading has the style of its level, one that text follows in the same paragraph its face alone."""
        setting = self._setting
        lead = lead_of(text) if place is Place.INDENTED else None
        plain = Lettering(setting.style, setting.size)
        lay = Lay(setting.pitch, indent=2 if place is Place.INDENTED else 0, size=setting.size, keep=keep)
        if lead is None:
            return paragraph(run(text, plain), lay)
        head = Lettering(lead.style, setting.size)
        if lead.length < len(text):
            return paragraph(run(text[: lead.length], head) + run(text[lead.length :], plain), lay)
        return paragraph(run(text, head, _LEVELS[lead.style]), lay, _LEVELS[lead.style])


def _rows(blocks: Sequence[Block], place: int) -> int:
    """How many rows of a form begin there, 1 for a table."""
    following = next((n for n, block in enumerate(blocks[place:]) if block.place is not Place.ROW), len(blocks) - place)
    return following if blocks[place].place is Place.ROW else 1


def _caption(text: str) -> str:
    """What stands below a picture or chart."""
    return paragraph(run(text, Lettering(size=SMALL_SIZE)), Lay(align="center"))
