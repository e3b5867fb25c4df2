"""Number, imprint and table of contents in a word processor's file (GB/T 9704-2012, 7.2.5 and 7.4)."""

from collections.abc import Sequence

from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.outline import CONTENTS
from huajie_desktop.typesetting.page import MM, PITCH, SMALL_SIZE, TEXT_SIZE, TITLE_SIZE, Heading
from huajie_desktop.typesetting.word_text import TAB, Lay, Lettering, nothing, paragraph, run, spread, twips

_NUMBER_RULE = 4 * MM  # 7.2.5: the red rule lies 4 mm below the number
_IMPRINT_PITCH = 8.2 * MM


def number(words: str) -> str:
    """The number two lines below the head, the red rule below it, two blank lines before the title (7.2.5)."""
    line = paragraph(run(words, Lettering()), Lay(PITCH, "center", 2 * PITCH, rule=_NUMBER_RULE, keep=True))
    return line + nothing(2 * PITCH)


def imprint(parts: Sequence[str], width: float) -> str:
    """The imprint as a table at the foot of the page: 抄送 if any, then who issued it and when (7.4)."""
    copies, issuer, day = (*parts, "", "")[:3]
    letters = Lettering(size=SMALL_SIZE)
    inside = width - 2 * SMALL_SIZE
    lay = Lay(_IMPRINT_PITCH, "left", left=SMALL_SIZE, right=SMALL_SIZE)
    lines = [paragraph(run(copies, letters, "Cell"), lay, "Cell")] if copies else []
    lines.append(
        paragraph(
            run(issuer, letters, "Cell") + TAB + run(day, letters, "Cell"),
            lay._replace(tabs=[("right", SMALL_SIZE + inside)]),
            "Cell",
        )
    )
    rules = '<w:top w:val="single" w:sz="8"/><w:bottom w:val="single" w:sz="8"/><w:insideH w:val="single" w:sz="6"/>'
    rows = "".join(
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr>'
        f"{line}</w:tc></w:tr>"
        for line in lines
    )
    return (
        '<w:tbl><w:tblPr><w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpX="1" w:tblpYSpec="bottom"/>'
        f'<w:tblW w:w="{twips(width)}" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{twips(width)}"/></w:tblGrid>{rows}</w:tbl>'
    )


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
