"""The levels of a text, paragraph by paragraph: 一、 in 黑体, （一） in 楷体, 1. and （1） as the text (GB/T 9704, 7.3.3)."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from huajie_desktop.typesetting.flow import OFFICIAL, Setting, Strip, base_line, paragraph, text_of
from huajie_desktop.typesetting.fonts import Style, widths_of
from huajie_desktop.typesetting.line_breaking import Line, Measure, set_lines
from huajie_desktop.typesetting.page import Text

_LEVELS = ((re.compile(r"[一二三四五六七八九十]+、"), Style.HEI), (re.compile(r"（[一二三四五六七八九十]+）"), Style.KAI))
_END = re.compile(r"[。：！？]")
_MOST = 28  # characters up to its 。 beyond which what is numbered is a sentence and no heading
_INDENT = 2


class Lead(NamedTuple):
    """The heading a paragraph begins with: its face, and how many characters of the paragraph it is."""

    style: Style
    length: int


def lead_of(text: str) -> Lead | None:
    """The heading of a paragraph: all of it, or what stands before its first 。; None where it is text, numbered or not."""
    for pattern, style in _LEVELS:
        if pattern.match(text):
            end = _END.search(text)
            if end is None:
                return Lead(style, len(text))
            return Lead(style, end.end()) if end.end() <= _MOST else None
    return None


def levelled(text: str, setting: Setting = OFFICIAL) -> list[Strip]:
    """The strips of an indented paragraph, its heading in the face of its level and the rest as text, justified together."""
    found = lead_of(text)
    if found is None or found.length == len(text):
        return paragraph(text, found.style if found else None, indent=_INDENT, setting=setting)
    measure = Measure(setting.style, setting.size, setting.width, setting.tracking, _INDENT, justified=True, lead=found)
    y = base_line(setting.size, setting.pitch)
    return [Strip(setting.pitch, texts) for texts in _two_faced(set_lines(text, measure), found, setting, y)]


def _two_faced(lines: Sequence[Line], heading: Lead, setting: Setting, y: float) -> Iterator[tuple[Text, ...]]:
    """The texts of each line, those that belong to the heading in its own face."""
    left = heading.length
    for line in lines:
        cut = min(left, len(line.text))
        left -= cut
        first = line._replace(text=line.text[:cut], kerns=tuple(kern for kern in line.kerns if kern[0] < cut))
        rest = line._replace(text=line.text[cut:], kerns=tuple((at - cut, by) for at, by in line.kerns if at >= cut))
        widths = widths_of(heading.style)
        x = sum(widths[character] for character in first.text) * setting.size + line.spacing * cut
        x += sum(by for _at, by in first.kerns)
        parts = ((first, 0.0, heading.style), (rest, x, setting.style))
        yield tuple(text_of(part, at, y, style, setting.size) for part, at, style in parts if part.text)
