"""Number, letter head, imprint and table of contents in a word processor's file (GB/T 9704-2012, 7.2.5 and 7.4)."""

from collections.abc import Sequence

from huajie_desktop.typesetting.flow import Setting
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.letter import APART, BELOW, DOWN, LARGEST, RULE, RULE_DOWN, UP
from huajie_desktop.typesetting.line_breaking import Measure, set_lines, text_width
from huajie_desktop.typesetting.official import number_strips
from huajie_desktop.typesetting.outline import CONTENTS
from huajie_desktop.typesetting.page import MM, PITCH, SMALL_SIZE, TEXT_SIZE, TITLE_SIZE, Form, Heading, seen
from huajie_desktop.typesetting.word_lines import set_strips
from huajie_desktop.typesetting.word_text import TAB, Edge, Frame, Lay, Lettering, nothing, paragraph, run, spread

_NUMBER_RULE = 4 * MM  # 7.2.5: the red rule lies 4 mm below the number
_IMPRINT_PITCH = 8.2 * MM
_THICK, _THIN = 8, 6  # eighths of a point: 0.35 mm for first and last rule, 0.25 mm between (7.4.1)


def number(parts: Sequence[str], setting: Setting) -> str:
    """The number two lines below the head, beside it who signed, the red rule below, two blank lines before the title (7.2.5)."""
    rule = Edge("bottom", 12, red=True, space=round(_NUMBER_RULE))
    lines = set_strips(number_strips(parts, setting), setting.width, keep=True, below=[rule])
    return "".join(lines) + nothing(2 * PITCH)


def letter(parts: Sequence[str], form: Form) -> str:
    """The head of a letter: issuer and double rule in the head of the sheet, one at its foot, marks and number below (10.1)."""
    issuer, words, *marks = (*parts, "")
    width, height = seen(form)
    size = min(LARGEST, form.area.width / text_width(issuer, Style.TITLE, 1.0)) if issuer else 1.0
    x = (width - RULE) / 2
    over = Frame(x, DOWN, RULE, size)
    rule = Edge("bottom", 24, "thickThinSmallGap", red=True, space=round(_NUMBER_RULE))
    head = Lay(size, "center", frame=over, rules=[rule])
    foot = Lay(1.0, frame=Frame(x, height - UP, RULE, 1.0), rules=[Edge("top", 24, "thinThickSmallGap", red=True)])
    below = DOWN + size + RULE_DOWN + APART + BELOW - (height - form.area.top)
    known = list(filter(None, marks)) or [""]
    lines = [
        paragraph(
            run(mark, Lettering(Style.FANG if mark.isdigit() else Style.HEI)) + (TAB + run(words, Lettering()) if first else ""),
            Lay(align="left", before=max(below, 0) if first else 0, tabs=[("right", form.area.width)], keep=True),
        )
        for mark, first in zip(known, [True, *[False] * (len(known) - 1)], strict=True)
    ]
    name = run(issuer, Lettering(Style.TITLE, size, red=True), "Cell")
    return paragraph(name, head, "Cell") + nothing() + paragraph("", foot, "Cell") + "".join(lines) + nothing(2 * PITCH)


def imprint(parts: Sequence[str], form: Form, *, letter: bool = False) -> str:
    """The imprint at the foot of the page, between its rules: 抄送 if any, then who issued it and when (7.4).

    A letter's has neither rules nor issuer (10.1).
    """
    copies, issuer, day = (*parts, "", "")[:3]
    label, sign, names = copies.partition("：")
    copies = copies if names else ""
    letters, area = Lettering(size=SMALL_SIZE), form.area
    indent = text_width(label + sign, Style.FANG, SMALL_SIZE)
    measure = Measure(Style.FANG, SMALL_SIZE, area.width - 2 * SMALL_SIZE - indent)
    height = (len(set_lines(names, measure) if names else ()) + (not letter)) * _IMPRINT_PITCH
    place = Frame(area.left, seen(form)[1] - area.top + area.height - height, area.width, height)
    lay = Lay(_IMPRINT_PITCH, "left", left=SMALL_SIZE, right=SMALL_SIZE, frame=place)
    outer = [Edge("bottom", _THICK)] if copies else [Edge("top", _THICK), Edge("bottom", _THICK)]
    inner = () if letter else (Edge("top", _THICK), Edge("bottom", _THIN))
    hanging = lay._replace(left=SMALL_SIZE + indent, hanging=indent, rules=inner)
    # Each in a frame of its own: what bears other rules is not taken for one with what stands above it.
    own, upper = _IMPRINT_PITCH * (not letter), height - _IMPRINT_PITCH * (not letter)
    hanging = hanging._replace(frame=place._replace(height=upper))
    lay = lay._replace(frame=place._replace(y=place.y + upper, height=own))
    said = [nothing(), paragraph(run(copies, letters, "Cell"), hanging, "Cell") if copies else ""]
    if not letter:
        last = lay._replace(tabs=[("right", area.width - SMALL_SIZE)], rules=outer)
        said.append(paragraph(run(issuer, letters, "Cell") + TAB + run(day, letters, "Cell"), last, "Cell"))
    return "".join(said)


def contents(outline: Sequence[Heading], numbers: Sequence[str], width: float) -> str:
    """The headings with their pages as a field, which the word processor makes anew when it is asked to."""
    entries = [(one, number) for one, number in zip(outline, numbers, strict=False) if one.level and number]
    title = paragraph(run(CONTENTS, Lettering(Style.TITLE, TITLE_SIZE)), Lay(34.0, "center", keep=True)) + nothing(PITCH)
    begin, end = spread('TOC \\o "1-2" \\h')
    lines = [
        paragraph(
            (begin if place == 0 else "")
            + run(one.text, Lettering()) + TAB + run(number, Lettering())
            + (end if place == len(entries) - 1 else ""),
            Lay(align="left", left=(one.level - 1) * 2 * TEXT_SIZE, tabs=[("dots", width)]),
        )
        for place, (one, number) in enumerate(entries)
    ]  # fmt: skip
    return title + "".join(lines)
