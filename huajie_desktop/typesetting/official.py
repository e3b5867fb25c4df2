"""The parts of an official document beside its text: red head and number, signature, imprint (GB/T 9704-2012, 7.2 to 7.4)."""

from collections.abc import Sequence

from huajie_desktop.typesetting.flow import Flow, Setting, Strip, base_line, text_of
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import Measure, set_lines, text_width
from huajie_desktop.typesetting.page import MM, PITCH, SMALL_SIZE, TEXT_SIZE, Rule, Text

_HEAD_DOWN = 35 * MM  # 7.2.4: the upper edge of the issuer's name lies 35 mm below that of the body
_HEAD_LARGEST = 54.0  # points; smaller than the 22 mm of a higher office's head
_RULE_DOWN = 4 * MM  # 7.2.5: the red rule lies 4 mm below the number
_RED_RULE = 1.5
_THICK, _THIN = 0.35 * MM, 0.25 * MM  # 7.4.1: first and last rule of the imprint, those between
_IMPRINT_PITCH = 8.2 * MM


def head_strips(issuer: str, setting: Setting) -> list[Strip]:
    """The issuer's name in red 小标宋 as wide as it may be, 35 mm below the body's upper edge."""
    size = min(_HEAD_LARGEST, setting.width / text_width(issuer, Style.TITLE, 1.0))
    x = (setting.width - text_width(issuer, Style.TITLE, size)) / 2
    return [Strip(_HEAD_DOWN), Strip(size, (Text(x, base_line(size, size), Style.TITLE, size, issuer, red=True),))]


def place_number(flow: Flow, number: str, setting: Setting) -> None:
    """The number two lines below the head, the red rule below it, two blank lines before the title."""
    width = text_width(number, Style.FANG, TEXT_SIZE)
    text = Text((setting.width - width) / 2, base_line(TEXT_SIZE, PITCH), Style.FANG, TEXT_SIZE, number)
    flow.place([Strip(2 * PITCH), Strip(PITCH, (text,))])
    left, y = flow.area.left, flow.top + (PITCH - TEXT_SIZE) / 2 - _RULE_DOWN
    cap = _RED_RULE / 2  # a rule's ends are squared off beyond them
    flow.pages[-1].rules.append(Rule(left + cap, y, left + setting.width - cap, y, _RED_RULE, red=True))
    flow.advance(_RULE_DOWN)
    flow.advance(2 * PITCH)


def signed_strips(parts: Sequence[str], setting: Setting, *, sealed: bool) -> list[Strip]:
    """Issuer and date below the text: with a seal centred over a date four characters in (7.3.5.1), without one by 7.3.5.2."""
    em = setting.size + setting.tracking
    issuer, day = parts[0], parts[1] if len(parts) > 1 else ""
    widths = [text_width(text, setting.style, setting.size, setting.tracking) for text in (issuer, day)]
    if sealed:
        day_x = setting.width - 4 * em - widths[1]
        issuer_x = min(day_x + (widths[1] - widths[0]) / 2, setting.width - widths[0])
    else:
        issuer_x = setting.width - 2 * em - widths[0]
        day_x = issuer_x + 2 * em
        over = day_x + widths[1] - (setting.width - 2 * em)
        if over > 0:  # the longer date stands two characters in, the issuer as much further
            issuer_x, day_x = issuer_x - over, day_x - over
    blank = [Strip(setting.pitch)] * (2 if sealed else 1)
    return [*blank, _line(issuer, issuer_x, setting), _line(day, day_x, setting)]


def _line(text: str, x: float, setting: Setting) -> Strip:
    y = base_line(setting.size, setting.pitch)
    return Strip(setting.pitch, (Text(x, y, setting.style, setting.size, text, setting.tracking),))


def place_imprint(flow: Flow, parts: Sequence[str]) -> None:
    """The imprint at the foot of the page: 抄送 if any, then who issued it and when; on a new page where there is no room."""
    copies, issuer, day = (*parts, "", "")[:3]
    width = flow.area.width
    measure = Measure(Style.FANG, SMALL_SIZE, width - 2 * SMALL_SIZE)
    lines = set_lines(copies, measure) if copies else []
    height = (len(lines) + 1) * _IMPRINT_PITCH
    if height + PITCH > flow.room:
        flow.turn()
    left, foot = flow.area.left, flow.area.top - flow.area.height
    page, top = flow.pages[-1], foot + height
    y = top + base_line(SMALL_SIZE, _IMPRINT_PITCH)
    page.rules += [Rule(left, top, left + width, top, _THICK), Rule(left, foot, left + width, foot, _THICK)]
    if lines:
        page.rules.append(Rule(left, foot + _IMPRINT_PITCH, left + width, foot + _IMPRINT_PITCH, _THIN))
    for line in lines:
        page.texts.append(text_of(line, left + SMALL_SIZE, y, Style.FANG, SMALL_SIZE))
        y -= _IMPRINT_PITCH
    page.texts.append(Text(left + SMALL_SIZE, y, Style.FANG, SMALL_SIZE, issuer))
    right = left + width - SMALL_SIZE - text_width(day, Style.FANG, SMALL_SIZE)
    page.texts.append(Text(right, y, Style.FANG, SMALL_SIZE, day))
    flow.advance(flow.room)
