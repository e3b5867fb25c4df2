"""The headings of a document in their order: for its table of contents and for the outline of the file."""

import re
from collections.abc import Iterable, Sequence

from huajie_desktop.typesetting.flow import Setting, Strip, base_line, text_of
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import Measure, set_lines, text_width
from huajie_desktop.typesetting.page import Heading, Text
from huajie_desktop.typesetting.title import title_strips
from huajie_desktop.typesetting.wording import Block, Place

# GB/T 9704-2012, 7.3.3: 黑体 for “一、”, 楷体 for “（一）”.
_LEVELS = (
    (re.compile(r"[一二三四五六七八九十]+、"), Style.HEI),
    (re.compile(r"（[一二三四五六七八九十]+）"), Style.KAI),
)
CONTENTS = "目　　录"
_ROOM = 3  # characters kept free for dots and number


def heading_style(block: Block) -> Style | None:
    """The face of a heading by its numbering; None of text."""
    if block.place is not Place.INDENTED:
        return None
    return next((style for pattern, style in _LEVELS if pattern.match(block.parts[0])), None)


def headings(blocks: Iterable[Block]) -> list[Heading]:
    """The headings in the order in which they stand; the first title names the document."""
    found: list[Heading] = []
    for block in blocks:
        style = heading_style(block)
        if block.place is Place.TITLE:
            found.append(Heading(1 if any(one.level == 0 for one in found) else 0, block.parts[0]))
        elif style:
            found.append(Heading(1 if style is Style.HEI else 2, block.parts[0]))
    return found


def contents_strips(outline: Sequence[Heading], numbers: Sequence[str], setting: Setting) -> list[Strip]:
    """目录, and a line for each heading that has a page, those of the second level further in, dots before the number."""
    known = bool(numbers)
    return [*title_strips(CONTENTS, setting), Strip(setting.pitch)] + [
        strip
        for heading, number in zip(outline, numbers[: len(outline)] if known else [""] * len(outline), strict=True)
        if heading.level and (number or not known)
        for strip in _entry(heading, number or "0", setting)
    ]


def _entry(heading: Heading, number: str, setting: Setting) -> list[Strip]:
    """The words as far as they go, dots, and the number at the right edge of the last line."""
    size, y = setting.size, base_line(setting.size, setting.pitch)
    indent = (heading.level - 1) * 2 * size
    lines = set_lines(heading.text, Measure(setting.style, size, setting.width - indent - _ROOM * size))
    last = len(lines) - 1
    strips = [Strip(setting.pitch, (text_of(line, indent, y, setting.style, size),)) for line in lines]
    end = setting.width - text_width(number, setting.style, size)
    begin = indent + lines[last].width + size / 2
    dots = "…" * int((end - size / 2 - begin) / text_width("…", setting.style, size))
    dotted = Text(end - size / 2 - text_width(dots, setting.style, size), y, setting.style, size, dots)
    strips[last] = Strip(setting.pitch, (*strips[last].texts, dotted, Text(end, y, setting.style, size, number)))
    return strips
