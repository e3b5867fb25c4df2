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
from huajie_desktop.typesetting.flow import Strip
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import text_width
from huajie_desktop.typesetting.outline import heading_style, headings
from huajie_desktop.typesetting.page import PITCH, SMALL_SIZE, Form, Text
from huajie_desktop.typesetting.paper import SetPaper
from huajie_desktop.typesetting.pictures import fitted_in, unreadable
from huajie_desktop.typesetting.placing import set_table
from huajie_desktop.typesetting.title import shape_title
from huajie_desktop.typesetting.word_official import contents, imprint, number
from huajie_desktop.typesetting.word_pictures import picture
from huajie_desktop.typesetting.word_tables import table
from huajie_desktop.typesetting.word_text import BASES, TAB, Lay, Lettering, bookmark, nothing, paragraph, run
from huajie_desktop.typesetting.wording import Block, Place

Embed = Callable[[Path], str]  # puts a picture into the file and says by which relation it is found
_LEVELS = {Style.HEI: "Heading1", Style.KAI: "Heading2"}
_GRIDS = (Place.TABLE, Place.ROW, Place.CHART)
_BARS = 9.9  # points: the rows of a chart's table are as high as its bars on paper
_NEAR = 1.0  # points that make no difference
_BESIDE = 8  # characters from the right edge: what ends there is held there when somebody makes it longer


class Section(NamedTuple):
    """What stands on sheets of one form: the form, the body in WordprocessingML, whether its pages are counted."""

    form: Form
    body: str
    counted: bool


def sections_of(paper: SetPaper, mark: str, embed: Embed) -> Iterator[Section]:
    """The paper section by section, one for each new sheet; its title bears the bookmark `mark`."""
    blocks = paper.content.blocks()
    body = _Body(paper, blocks, mark, embed)
    attached, place, form, counted = sum(one.place is Place.ATTACHMENT for one in blocks), 0, paper.dress.form, True
    for run_on in runs_of(blocks):
        first = run_on[0]
        form = form_of(first, form)
        counted = first.place is not Place.COVER if first.place in TURNS else counted
        place += first.place is Place.ATTACHMENT
        yield Section(form, body.section(run_on, form, attachment_name(place, attached)), counted)


class _Body:
    """The body of a paper being written, one section after the other."""

    def __init__(self, paper: SetPaper, blocks: Sequence[Block], mark: str, embed: Embed) -> None:
        self._content, self._mark, self._embed, self._left = paper.content, mark, embed, 1.0
        self._setting, self._form = paper.dress.setting, paper.dress.form
        self._grids = iter([grid for page in paper.pages for grid in page.grids])
        self._closings = iter([left for page in paper.pages for left in page.closings])
        self._outline, self._numbers = headings(blocks), numbers_of(paper.pages)

    def section(self, blocks: Sequence[Block], form: Form, attached: str) -> str:
        """What stands on the sheets of that form; what closes it stays with the last row or paragraph above it."""
        self._form, self._setting = form, replace(self._setting, width=form.area.width)
        done: list[str] = []
        if blocks[0].place is Place.ATTACHMENT:
            done += [paragraph(run(attached, Lettering(Style.HEI)), Lay(keep=True)), nothing(PITCH)]
        last = max((place for place, block in enumerate(blocks) if block.place in FIRM), default=-1)
        closing = closing_of(blocks, last)
        told = max((place for place, block in enumerate(blocks) if block.place is not Place.IMPRINT), default=-1)
        left = next(self._closings)
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
                return [self._title(name), nothing(setting.pitch / 2)]
            case Place.INDENTED | Place.FLUSH:
                return [self._paragraph(block.place, text, keep=keep) for text in name.split("\n")]
            case Place.NUMBER:
                return [number(name)]
            case Place.IMPRINT:
                return [imprint(block.parts, self._form)]
            case Place.CONTENTS:
                return [contents(self._outline, self._numbers, setting.width)]
            case Place.PICTURE:
                return self._picture(self._content.pictures[name])
        return list(_set(strips_of(block, setting), setting.width, self._left, keep=keep))

    def _table(self, block: Block, before: Block | None, *, keep: bool) -> list[str]:
        joined = before is not None and before.place in _GRIDS  # without anything between a word processor makes them one table
        gap = [nothing()] if joined else []
        if block.place is not Place.CHART:
            return [*gap, table(next(self._grids), self._form.area.height, keep=keep, joined=joined)]
        chart = self._content.charts[block.parts[0]]
        shown = chart.table()
        grid = set_table(shown.columns, shown.rows, self._setting.width, _BARS)
        return [*gap, table(grid, self._form.area.height, keep=True), _caption(chart.title)]

    def _picture(self, shown: Picture) -> list[str]:
        size = fitted_in(self._form.area, shown)
        if size is None:
            return [_caption(unreadable(shown))]
        drawn = picture(self._embed(shown.file), size, shown.caption)
        return [paragraph(drawn, Lay(0, "center", keep=True)), _caption(shown.caption)]

    def _title(self, text: str) -> str:
        setting = self._setting
        shown = "\n".join(shape_title(text, setting.width / setting.title_size))
        lettering = Lettering(Style.TITLE, setting.title_size, setting.red_title)
        words = run(shown, lettering, "Title")
        if self._mark:
            words, self._mark = bookmark(self._mark, words), ""
        return paragraph(words, Lay(setting.title_pitch), "Title")

    def _paragraph(self, place: Place, text: str, *, keep: bool) -> str:
        setting = self._setting
        style = heading_style(Block(place, (text,)))
        level = _LEVELS.get(style, "") if style else ""
        lettering = BASES[level] if level else Lettering(setting.style, setting.size)
        indent = 2 if place is Place.INDENTED else 0
        return paragraph(run(text, lettering, level), Lay(setting.pitch, indent=indent, size=lettering.size, keep=keep), level)


def _rows(blocks: Sequence[Block], place: int) -> int:
    """How many rows of a form begin there, 1 for a table."""
    following = next((n for n, block in enumerate(blocks[place:]) if block.place is not Place.ROW), len(blocks) - place)
    return following if blocks[place].place is Place.ROW else 1


def _caption(text: str) -> str:
    """What stands below a picture or chart."""
    return paragraph(run(text, Lettering(size=SMALL_SIZE)), Lay(align="center"))


def _set(strips: Sequence[Strip], width: float, left: float, *, keep: bool) -> Iterator[str]:
    """Lines that stand where they are, as in the PDF: red head, signature, columns.

    Blank strips are room above the next, of which so much is `left` as the page allows.
    """
    room = 0.0
    for strip in strips:
        if not strip.texts:
            room += strip.height * left
            continue
        words = [run(text.text, Lettering(text.style, text.size, text.red)) for text in strip.texts]
        yield paragraph(TAB.join(words), _where(strip.texts, width)._replace(pitch=strip.height, before=room, keep=keep))
        room = 0.0
    if room:
        yield nothing(room)


def _where(texts: Sequence[Text], width: float) -> Lay:
    """How a line lies whose texts stand at these places: centred, flush right, or so far in, the others at tab stops."""
    first, *others = texts
    left, right = first.x, width - first.x - text_width(first.text, first.style, first.size, first.spacing)
    if not others and left > _NEAR:
        if abs(left - right) < _NEAR:
            return Lay(align="center")
        if right < first.size * _BESIDE:
            return Lay(align="right", right=max(right, 0.0))
    return Lay(align="left", left=left, right=-left - first.size, tabs=[("left", text.x) for text in others])  # it never breaks
