"""The parts of an official document beside its text: red head and number, signature, imprint (GB/T 9704-2012, 7.2 to 7.4)."""

import re
from collections.abc import Sequence

from huajie_desktop.typesetting.flow import Flow, Setting, Strip, base_line, text_of
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import Line, Measure, set_lines, text_width
from huajie_desktop.typesetting.page import ASCENT, MM, PITCH, SMALL_SIZE, TEXT_SIZE, UPRIGHT, Rule, Text
from huajie_desktop.typesetting.title import shape_title

_HEAD_DOWN = 35 * MM  # 7.2.4: the upper edge of the issuer's name lies 35 mm below that of the body
_HEAD_LARGEST = 54.0  # points; smaller than the 22 mm of a higher office's head
_HEAD_LEAST = 36.0  # a name that would have to be smaller stands in two lines
_HEAD_PITCH = 1.3  # em from line to line of a head
_DOCUMENT, _BESIDE = "文件", 0.6  # what stands beside the names of several issuers, em between
_RULE_DOWN = 4 * MM  # 7.2.5: the red rule lies 4 mm below the number
_RED_RULE = 1.5
_THICK, _THIN = 0.35 * MM, 0.25 * MM  # 7.4.1: first and last rule of the imprint, those between
_IMPRINT_PITCH = 8.2 * MM
_ABREAST = 2  # issuers, or who signed for them, in one line
_SEPARATE = re.compile(r"[、，,；;\s]+|(?<=委员会)(?=\S{2,12}人民政府)")
_SHORTEST = 4  # characters of a whole office's name: 甲镇党委、政府 is one


def issuers(text: str) -> list[str]:
    """The offices that issue together, as they are named in a head or a signature; mostly one."""
    names = [name for name in _SEPARATE.split(text.strip()) if name]
    return names if all(len(name) >= _SHORTEST for name in names) else [text]


def head_offices(head: str) -> list[str]:
    """The offices a red head names, without 文件."""
    return issuers(head.strip().removesuffix(_DOCUMENT))


def head_strips(parts: Sequence[str], setting: Setting) -> list[Strip]:
    """The issuer in red 小标宋 as wide as it may be, 35 mm below the body's upper edge; 份号 and 紧急程度 in the corner above."""
    issuer, marks = parts[0], [mark for mark in parts[1:] if mark]
    corner = corner_texts(marks, setting)
    if not issuer:
        return [Strip(setting.pitch, (text._replace(y=base_line(text.size, setting.pitch)),)) for text in corner]
    names = issuers(issuer)
    head = _joint_head(names, setting) if len(names) > 1 else _single_head(issuer, setting)
    return [Strip(0.0, corner), Strip(_HEAD_DOWN), head]


def corner_texts(marks: Sequence[str], setting: Setting) -> tuple[Text, ...]:
    """份号, 紧急程度 in this order below each other at the upper left, figures in 仿宋 and words in 黑体 (7.2.1 to 7.2.3)."""
    top = -ASCENT * TEXT_SIZE
    return tuple(
        Text(0.0, top - number * setting.pitch, Style.FANG if mark.isdigit() else Style.HEI, TEXT_SIZE, mark)
        for number, mark in enumerate(marks)
    )


def _single_head(issuer: str, setting: Setting) -> Strip:
    one_line = text_width(issuer, Style.TITLE, 1.0) * _HEAD_LEAST <= setting.width
    lines = [issuer] if one_line else shape_title(issuer, setting.width / _HEAD_LEAST)
    widths = [text_width(line, Style.TITLE, 1.0) for line in lines]
    size = min(_HEAD_LARGEST, setting.width / max(widths))
    texts = [
        Text((setting.width - width * size) / 2, _head_line(number, size), Style.TITLE, size, line, red=True)
        for number, (line, width) in enumerate(zip(lines, widths, strict=True))
    ]
    return Strip(_head_height(len(lines), size), tuple(texts))


def _joint_head(names: Sequence[str], setting: Setting) -> Strip:
    """Issuers below each other, all as wide as the longest, 文件 beside the middle of them (7.2.4)."""
    beside = names[-1].endswith(_DOCUMENT)
    names = [*names[:-1], names[-1].removesuffix(_DOCUMENT)]
    widths = [text_width(name, Style.TITLE, 1.0) for name in names]
    whole = max(widths) + (_BESIDE + len(_DOCUMENT) if beside else 0.0)
    size = min(_HEAD_LARGEST, setting.width / whole)
    left = (setting.width - whole * size) / 2
    gaps = [(max(widths) - width) * size / max(len(name) - 1, 1) for name, width in zip(names, widths, strict=True)]
    texts = [
        Text(left, _head_line(number, size), Style.TITLE, size, name, gap, red=True)
        for number, (name, gap) in enumerate(zip(names, gaps, strict=True))
    ]
    if beside:
        middle = _head_line((len(names) - 1) / 2, size)
        texts.append(Text(left + (max(widths) + _BESIDE) * size, middle, Style.TITLE, size, _DOCUMENT, red=True))
    return Strip(_head_height(len(names), size), tuple(texts))


def _head_line(number: float, size: float) -> float:
    return -(ASCENT + number * _HEAD_PITCH) * size


def _head_height(count: int, size: float) -> float:
    return ((count - 1) * _HEAD_PITCH + 1) * size


def place_number(flow: Flow, parts: Sequence[str], setting: Setting) -> None:
    """The number two lines below the head, the red rule below it, two blank lines before the title.

    Where somebody signed, the number stands at the left and the names at the right, two in a line (7.2.5, 7.2.6).
    """
    flow.place(number_strips(parts, setting))
    left, y = flow.area.left, flow.top + (PITCH - TEXT_SIZE) / 2 - _RULE_DOWN
    cap = _RED_RULE / 2  # a rule's ends are squared off beyond them
    flow.pages[-1].rules.append(Rule(left + cap, y, left + setting.width - cap, y, _RED_RULE, red=True))
    flow.advance(_RULE_DOWN)
    flow.advance(2 * PITCH)


def number_strips(parts: Sequence[str], setting: Setting) -> list[Strip]:
    """The lines of the number and of who signed, two below the head."""
    number, signed = (*parts, "")[:2]
    lines = _signers([name for name in re.split(r"[、，,\s]+", signed) if name], setting) or [()]
    y, width = base_line(TEXT_SIZE, PITCH), text_width(number, Style.FANG, TEXT_SIZE)
    x = TEXT_SIZE if signed else (setting.width - width) / 2
    lines[-1] = (Text(x, y, Style.FANG, TEXT_SIZE, number), *lines[-1])
    return [Strip(2 * PITCH), *(Strip(PITCH, texts) for texts in lines)]


def _signers(names: Sequence[str], setting: Setting) -> list[tuple[Text, ...]]:
    """签发人 in 仿宋, the names in 楷体, one character in from the right, those of further lines below the first ones."""
    label, y = "签发人：", base_line(TEXT_SIZE, PITCH)
    rows = [names[start : start + _ABREAST] for start in range(0, len(names), _ABREAST)]
    column = max((text_width(name, Style.KAI, TEXT_SIZE) for name in names), default=0.0) + TEXT_SIZE
    widest = max(map(len, rows), default=0)
    left = setting.width - column * widest
    lines = [tuple(Text(left + place * column, y, Style.KAI, TEXT_SIZE, name) for place, name in enumerate(row)) for row in rows]
    if lines:
        head = Text(left - text_width(label, Style.FANG, TEXT_SIZE), y, Style.FANG, TEXT_SIZE, label)
        lines[0] = (head, *lines[0])
    return lines


def signed_strips(parts: Sequence[str], setting: Setting, *, sealed: bool) -> list[Strip]:
    """Issuer and date below the text: with a seal centred over a date four characters in (7.3.5.1), without one by 7.3.5.2.

    Several issuers that seal stand abreast, the last over the date; those that do not below each other.
    """
    em = setting.size + setting.tracking
    names, day = issuers(parts[0]), parts[1] if len(parts) > 1 else ""
    width = text_width(day, setting.style, setting.size, setting.tracking)
    if sealed:
        day_x = setting.width - 4 * em - width
        rows = [_abreast(names[place : place + _ABREAST], day_x + width / 2, setting) for place in range(0, len(names), _ABREAST)]
        room = [Strip(setting.pitch)] * 2
        return [*(strip for row in rows for strip in (*room, Strip(setting.pitch, row))), _line(day, day_x, setting)]
    widest = max(text_width(name, setting.style, setting.size, setting.tracking) for name in names)
    issuer_x = setting.width - 2 * em - widest
    day_x = issuer_x + 2 * em
    over = day_x + width - (setting.width - 2 * em)
    if over > 0:  # the longer date stands two characters in, the issuer as much further
        issuer_x, day_x = issuer_x - over, day_x - over
    return [Strip(setting.pitch), *(_line(name, issuer_x, setting) for name in names), _line(day, day_x, setting)]


def _abreast(names: Sequence[str], middle: float, setting: Setting) -> tuple[Text, ...]:
    """Names in one line, the last with its middle over that of the date, the one before it as far from the other side.

    Where they are long, there is still a character between them.
    """
    y, texts, limit = base_line(setting.size, setting.pitch), [], setting.width
    for name, centre in zip(reversed(names), (middle, setting.width - middle), strict=False):
        width = text_width(name, setting.style, setting.size, setting.tracking)
        x = max(min(centre - width / 2, limit - width), 0.0)
        limit = x - setting.size
        texts.append(Text(x, y, setting.style, setting.size, name, setting.tracking))
    return tuple(reversed(texts))


def _line(text: str, x: float, setting: Setting) -> Strip:
    y = base_line(setting.size, setting.pitch)
    return Strip(setting.pitch, (Text(x, y, setting.style, setting.size, text, setting.tracking),))


def place_imprint(flow: Flow, parts: Sequence[str], *, letter: bool = False) -> None:
    """The imprint at the foot of the last page: 抄送 if any, then who issued it and when (7.4).

    Printed on both sides the last page is an even one, so it may come to stand on a page of its own, which is not numbered, as
    a blank one before it is not (7.5). A letter's has neither rules nor issuer and stands on its last page (10.1).
    """
    _copies, issuer, day = (*parts, "", "")[:3]
    head, indent, lines = _copies_to(parts, flow.area.width)
    height = (len(lines) + (not letter)) * _IMPRINT_PITCH
    _go_to_last_page(flow, height, even=not letter)
    left, width, foot = flow.area.left, flow.area.width, flow.area.top - flow.area.height
    page, top = flow.pages[-1], foot + height
    y = top + base_line(SMALL_SIZE, _IMPRINT_PITCH)
    if lines:
        page.texts.append(Text(left + SMALL_SIZE, y, Style.FANG, SMALL_SIZE, head))
    for number, line in enumerate(lines):
        page.texts.append(text_of(line, left + SMALL_SIZE + indent, y - number * _IMPRINT_PITCH, Style.FANG, SMALL_SIZE))
    if not letter:
        page.rules += [Rule(left, top, left + width, top, _THICK), Rule(left, foot, left + width, foot, _THICK)]
        page.rules += [Rule(left, foot + _IMPRINT_PITCH, left + width, foot + _IMPRINT_PITCH, _THIN)] if lines else []
        y = foot + _IMPRINT_PITCH + base_line(SMALL_SIZE, _IMPRINT_PITCH)
        page.texts.append(Text(left + SMALL_SIZE, y, Style.FANG, SMALL_SIZE, issuer))
        right = left + width - SMALL_SIZE - text_width(day, Style.FANG, SMALL_SIZE)
        page.texts.append(Text(right, y, Style.FANG, SMALL_SIZE, day))
    flow.advance(flow.room)


def imprint_height(parts: Sequence[str], width: float, *, letter: bool) -> float:
    """How many points of a page an imprint of that width takes with the line above it."""
    return (len(_copies_to(parts, width)[2]) + (not letter)) * _IMPRINT_PITCH + PITCH


def _copies_to(parts: Sequence[str], width: float) -> tuple[str, float, Sequence[Line]]:
    """抄送, how wide that is, and the lines of who gets a copy beside it."""
    label, sign, names = parts[0].partition("：")
    indent = text_width(label + sign, Style.FANG, SMALL_SIZE)
    measure = Measure(Style.FANG, SMALL_SIZE, width - 2 * SMALL_SIZE - indent)
    return label + sign, indent, set_lines(names, measure) if names else ()


def _go_to_last_page(flow: Flow, height: float, *, even: bool) -> None:
    """Turns to the page the imprint belongs on; pages that are new bear no number."""
    while height + PITCH > flow.room or (even and len(flow.pages) % 2):
        flow.advance(1.0)  # so that a blank page is turned as well
        flow.turn(UPRIGHT)
        flow.pages[-1].numbered = not even
