"""The headings of a document in their order: for its table of contents and for the outline of the file."""

from collections.abc import Iterable, Sequence

from huajie_desktop.typesetting.flow import Setting, Strip, base_line, text_of
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.levels import lead_of
from huajie_desktop.typesetting.line_breaking import Measure, set_lines, text_width
from huajie_desktop.typesetting.page import Heading, Text
from huajie_desktop.typesetting.title import title_strips
from huajie_desktop.typesetting.wording import Block, Place

_LEVELS = (Style.HEI, Style.KAI)
CONTENTS = "目　　录"
_ROOM = 3  # characters kept free for dots and number


def headings(blocks: Iterable[Block]) -> list[Heading]:
    """The headings in the order in which they stand; the first title names the document."""
    found: list[Heading] = []
    for block in blocks:
        if block.place is Place.TITLE:
            found.append(Heading(1 if any(one.level == 0 for one in found) else 0, block.parts[0]))
        elif block.place is Place.INDENTED and (lead := lead_of(block.parts[0])):
            found.append(Heading(_LEVELS.index(lead.style) + 1, block.parts[0][: lead.length].rstrip("。：")))
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
