"""Turns a filled template and its tables into pages."""

import re
from collections.abc import Callable, Mapping, Sequence

from huajie_desktop.documents.flow import Flow, Strip, base_line, least_height, paragraph, text_of
from huajie_desktop.documents.fonts import Style
from huajie_desktop.documents.page import BODY, PITCH, SMALL_SIZE, TEXT_SIZE, Page
from huajie_desktop.documents.title import title_strips
from huajie_desktop.documents.typesetting import Measure, set_lines
from huajie_desktop.documents.wording import Block, Place

TableMaker = Callable[[Flow, float], None]  # places a table; so many points must stay free below its last row
_HEADINGS = ((re.compile(r"[一二三四五六七八九十]+、"), Style.HEI), (re.compile(r"（[一二三四五六七八九十]+）"), Style.KAI))
_HEADING_NEEDS = 4 * PITCH  # a heading never stands at the foot of a page without something under it
_EMPTY = PITCH / 2


def compose(blocks: Sequence[Block], tables: Mapping[str, TableMaker]) -> list[Page]:
    """The pages of a document. What follows its last table stays on one page with that table's last row."""
    flow = Flow()
    last_table = max((index for index, block in enumerate(blocks) if block.place is Place.TABLE), default=-1)
    tail = [strip for block in blocks[last_table + 1 :] for strip in _strips(block)]
    for index, block in enumerate(blocks[: last_table + 1]):
        if block.place is Place.TABLE:
            tables[block.parts[0]](flow, least_height(tail) if index == last_table else 0.0)
            continue
        strips = _strips(block)
        if _heading_style(block) and flow.room < _HEADING_NEEDS:
            flow.turn()
        flow.place(strips)
    flow.place_together(tail)
    return flow.pages


def _strips(block: Block) -> list[Strip]:
    match block.place:
        case Place.TITLE:
            return [*title_strips(block.parts[0]), Strip(_EMPTY)]
        case Place.EMPTY:
            return [Strip(_EMPTY)]
        case Place.RIGHT:
            return _right(block.parts[0])
        case Place.COLUMNS:
            return _columns(block.parts)
        case Place.INDENTED:
            return paragraph(block.parts[0], _heading_style(block) or Style.FANG, indent=2)
    return paragraph(block.parts[0])


def heading(text: str) -> list[Strip]:
    """The strips of a heading in the face its numbering asks for."""
    return _strips(Block(Place.INDENTED, (text,)))


def _heading_style(block: Block) -> Style | None:
    """黑体 for “一、”, 楷体 for “（一）” (GB/T 9704-2012, 7.3.3), nothing for text."""
    if block.place is not Place.INDENTED:
        return None
    return next((style for pattern, style in _HEADINGS if pattern.match(block.parts[0])), None)


def _right(text: str) -> list[Strip]:
    lines = set_lines(text, Measure(Style.FANG, SMALL_SIZE, BODY[0]))
    y = base_line(SMALL_SIZE, PITCH)
    return [Strip(PITCH, (text_of(line, BODY[0] - line.width, y, Style.FANG, SMALL_SIZE),)) for line in lines]


def _columns(parts: Sequence[str]) -> list[Strip]:
    """One line of two or more columns of equal width; a part that is too long goes on below."""
    width = BODY[0] / len(parts)
    y = base_line(TEXT_SIZE, PITCH)
    columns = [set_lines(part, Measure(Style.FANG, TEXT_SIZE, width - TEXT_SIZE)) for part in parts]
    return [
        Strip(
            PITCH,
            tuple(
                text_of(lines[row], number * width, y, Style.FANG, TEXT_SIZE)
                for number, lines in enumerate(columns)
                if row < len(lines)
            ),
        )
        for row in range(max(map(len, columns)))
    ]
