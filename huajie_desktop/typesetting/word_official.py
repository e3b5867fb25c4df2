"""Number, imprint and table of contents in a word processor's file (GB/T 9704-2012, 7.2.5 and 7.4)."""

from collections.abc import Sequence

from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import Measure, set_lines
from huajie_desktop.typesetting.outline import CONTENTS
from huajie_desktop.typesetting.page import MM, PITCH, SMALL_SIZE, TEXT_SIZE, TITLE_SIZE, Form, Heading, seen
from huajie_desktop.typesetting.word_text import TAB, Frame, Lay, Lettering, nothing, paragraph, run, spread

_NUMBER_RULE = 4 * MM  # 7.2.5: the red rule lies 4 mm below the number
_IMPRINT_PITCH = 8.2 * MM
_THICK, _THIN = 8, 6  # eighths of a point: 0.35 mm for first and last rule, 0.25 mm between (7.4.1)


def number(words: str) -> str:
    """The number two lines below the head, the red rule below it, two blank lines before the title (7.2.5)."""
    line = paragraph(run(words, Lettering()), Lay(PITCH, "center", 2 * PITCH, rule=_NUMBER_RULE, keep=True))
    return line + nothing(2 * PITCH)


def imprint(parts: Sequence[str], form: Form) -> str:
    """The imprint at the foot of the page, between its rules: 抄送 if any, then who issued it and when (7.4)."""
    copies, issuer, day = (*parts, "", "")[:3]
    letters, area = Lettering(size=SMALL_SIZE), form.area
    lines = 1 + (len(set_lines(copies, Measure(Style.FANG, SMALL_SIZE, area.width - 2 * SMALL_SIZE))) if copies else 0)
    height = lines * _IMPRINT_PITCH
    place = Frame(area.left, seen(form)[1] - area.top + area.height - height, area.width, height)
    lay = Lay(_IMPRINT_PITCH, "left", left=SMALL_SIZE, right=SMALL_SIZE, frame=place, rules=[("top", _THICK), ("bottom", _THIN)])
    outer = [("bottom", _THICK)] if copies else [("top", _THICK), ("bottom", _THICK)]
    last = lay._replace(tabs=[("right", area.width - SMALL_SIZE)], rules=outer)
    said = paragraph(run(copies, letters, "Cell"), lay, "Cell") if copies else ""
    return nothing() + said + paragraph(run(issuer, letters, "Cell") + TAB + run(day, letters, "Cell"), last, "Cell")


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
