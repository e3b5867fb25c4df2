"""What letters, minutes and attachments have of their own: a letter's head, 附件说明, who came (GB/T 9704, 7.3.4, 10)."""

from collections.abc import Sequence

from huajie_desktop.typesetting.flow import Flow, Setting, Strip, base_line, text_of
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import Measure, set_lines, text_width
from huajie_desktop.typesetting.official import corner_texts
from huajie_desktop.typesetting.page import ASCENT, MM, PITCH, TEXT_SIZE, Page, Rule, Text

DOWN, UP = 30 * MM, 20 * MM  # 10.1: issuer below the upper edge of the sheet, lower double rule above the lower one
LARGEST = 40.0  # points of the issuer's name
RULE_DOWN, RULE = 4 * MM, 170 * MM  # double rules: below the issuer, as long as that, in the middle
_THICK, _THIN, APART = 1.6, 0.6, 2.4  # points of a double rule, and between the middles of its strokes
BELOW = 7 / 8 * TEXT_SIZE  # white between rule and number
_ATTACHED = "附件："
_IN = 2  # characters


def place_letter(flow: Flow, parts: Sequence[str], setting: Setting) -> None:
    """The head of a letter's first page: issuer, double red rules, number at the right; the page is not numbered."""
    issuer, number, *marks = (*parts, "")
    page = flow.pages[-1]
    width, height = page.form.paper
    size = min(LARGEST, setting.width / text_width(issuer, Style.TITLE, 1.0)) if issuer else 0.0
    x = (width - text_width(issuer, Style.TITLE, size)) / 2
    page.texts.append(Text(x, height - DOWN - ASCENT * size, Style.TITLE, size, issuer, red=True))
    rule = height - DOWN - size - RULE_DOWN
    _double_rule(page, rule, _THICK, _THIN)
    _double_rule(page, UP + APART, _THIN, _THICK)
    page.numbered = False
    top = rule - APART - BELOW  # of the characters below
    marked = [text._replace(x=flow.area.left, y=top + text.y) for text in corner_texts([*filter(None, marks)], setting)]
    right = flow.area.left + setting.width - text_width(number, Style.FANG, TEXT_SIZE)
    page.texts += [*marked, Text(right, top - ASCENT * TEXT_SIZE, Style.FANG, TEXT_SIZE, number)]
    lines = max(len(marked), 1)
    flow.advance(flow.top - top + lines * PITCH - (PITCH - TEXT_SIZE) / 2 + 2 * PITCH)


def _double_rule(page: Page, y: float, *strokes: float) -> None:
    left = (page.form.paper[0] - RULE) / 2
    for number, stroke in enumerate(strokes):
        at, cap = y - number * APART, stroke / 2  # a rule's ends are squared off beyond them
        page.rules.append(Rule(left + cap, at, left + RULE - cap, at, stroke, red=True))


def attached_strips(titles: Sequence[str], setting: Setting) -> list[Strip]:
    """附件说明: one line below the text, two characters in, the titles under each other, numbered where there are several."""
    em = setting.size + setting.tracking
    start = _IN * em + text_width(_ATTACHED, setting.style, setting.size, setting.tracking)
    numbers = [f"{number}." for number in range(1, len(titles) + 1)] if len(titles) > 1 else [""]
    name = start + (text_width(numbers[-1], setting.style, setting.size) + setting.size / 4 if numbers[-1] else 0.0)
    strips = [Strip(setting.pitch)]
    for number, title in zip(numbers, titles, strict=True):
        labels = [(_IN * em, _ATTACHED)] if len(strips) == 1 else []
        strips += _hanging([*labels, (start, number)], setting.style, name, title.rstrip("。；，"), setting)
    return strips


def roster_strips(parts: Sequence[str], setting: Setting) -> list[Strip]:
    """出席, 请假, 列席 in 黑体 two characters in, the names behind the colon and under each other (10.3)."""
    label, names = f"{parts[0]}：", parts[1] if len(parts) > 1 else ""
    left = _IN * (setting.size + setting.tracking)
    start = left + text_width(label, Style.HEI, setting.size, setting.tracking)
    return _hanging([(left, label)], Style.HEI, start, names, setting)


def _hanging(labels: Sequence[tuple[float, str]], style: Style, x: float, text: str, setting: Setting) -> list[Strip]:
    """Labels with their places in the first line, behind them the lines of a text, all beginning at `x`."""
    size, tracking, y = setting.size, setting.tracking, base_line(setting.size, setting.pitch)
    lines = set_lines(text, Measure(setting.style, size, setting.width - x, tracking, justified=True))
    texts = [[text_of(line, x, y, setting.style, size)] for line in lines]
    texts[0] += [Text(at, y, style, size, words, tracking) for at, words in labels if words]
    return [Strip(setting.pitch, tuple(line)) for line in texts]
