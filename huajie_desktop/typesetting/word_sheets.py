"""The sheets of a word processor's file: size and margins, the grid of GB/T 9704, frame, and what stands in the foot."""

from collections.abc import Sequence
from typing import NamedTuple

from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.looks import Look
from huajie_desktop.typesetting.page import MM, PITCH, SMALL_SIZE, UPRIGHT, Form, seen
from huajie_desktop.typesetting.paper import SetPaper
from huajie_desktop.typesetting.word_pictures import picture
from huajie_desktop.typesetting.word_text import BASES, RED, Frame, Lay, Lettering, field, paragraph, pitch_twips, run, twips

_SIDE, _GAP = 14 * MM, 3 * MM  # of the code; between the body and it, and it and its letters
_WORDS = 70 * MM  # room for the letters
_NOTE, _NOTE_PITCH = Lettering(Style.SONG, 7.0), 9.8
_NUMBER_PITCH = 18.0
_NUMBER_DOWN = 7 * MM + 8.0  # 7.5: the dash lies 7 mm below the body; points to the foot of the line
_SYMBOL = "文书登记的二维码"
_MORE = 6.0  # points that a full sheet has below its frame's body: for what ends its section, and for rounding
_BOTH = 2  # feet: of odd and of even pages
_FRAME = 31  # points from the edge of the sheet: no more is allowed (17.6.2)


class Foot(NamedTuple):
    """The feet of a section's pages in WordprocessingML, {code} standing for the relation of the code's picture.

    `first` is that of the first page, "" where it has none of its own.
    """

    odd: str
    even: str
    first: str = ""


class Edges(NamedTuple):
    """What stands above and below the body of a section's pages: relations of its feet and heads, of odd, even and first pages.

    Where `again`, the heads stand at the upper edge of the body, which gives way to them.
    """

    feet: Sequence[str]
    heads: Sequence[str] = ()
    again: bool = False


def foot_of(paper: SetPaper, form: Form, total: str, *, numbered: bool, letter: bool = False) -> Foot:
    """What stands below the body on sheets of that form: code and note, opposite them, where pages are numbered, the number.

    `total` is the field that says how many there are.
    """
    single = paper.content.counted and len(paper.pages) == 1  # none can get lost
    number = _number(paper, total) if numbered and not single and paper.content.look is Look.OFFICIAL else ""
    lay = Lay(_NUMBER_PITCH)
    odd = paragraph(number, lay._replace(align="right", right=SMALL_SIZE), "Footer")
    even = paragraph(number, lay._replace(align="left", left=SMALL_SIZE), "Footer")
    known = _known_by(paper, form, at_left=True)
    return Foot(known + odd, _known_by(paper, form, at_left=False) + even, known + paragraph("", lay, "Footer") if letter else "")


def _known_by(paper: SetPaper, form: Form, *, at_left: bool) -> str:
    """The code as a symbol and beside it the note and the code in letters, where the PDF has them."""
    content, height = paper.content, seen(form)[1]
    left, foot = form.area.left, height - form.area.top + form.area.height
    x = left if at_left else left + form.area.width - _SIDE
    beside = x + _SIDE + _GAP / 2 if at_left else x - _GAP / 2 - _WORDS
    below = foot + _GAP + _SIDE
    symbol = paragraph(
        picture("{code}", (_SIDE, _SIDE), _SYMBOL), Lay(0, "left", frame=Frame(x, foot + _GAP, _SIDE, _SIDE)), "Footer"
    )
    lines = [line for line in (content.note, content.code) if line]
    place = Frame(beside, below - _NOTE_PITCH * len(lines), _WORDS, _NOTE_PITCH * len(lines))
    lay = Lay(_NOTE_PITCH, "left" if at_left else "right", frame=place)
    words = "".join(paragraph(run(line, _NOTE, "Footer"), lay, "Footer") for line in lines)
    return (symbol if content.code else "") + words


def properties(paper: SetPaper, form: Form, edges: Edges, *, kind: str, begins: int = 0) -> str:
    """The properties of a section (17.6.17); `kind` says where it begins.

    Its pages go on from the section before, or begin with the number `begins`.
    """
    width, height = seen(form)
    area = form.area
    foot, setting = area.top - area.height, paper.dress.setting
    white = (setting.pitch - setting.size) / 2  # 5.2.1: characters, not their lines, begin and end at the body's edges
    above = white if paper.content.look is Look.OFFICIAL else (setting.title_pitch - setting.title_size) / 2
    turned = ' w:orient="landscape"' if width > height else ""
    top = height - area.top - above
    below = white if paper.content.look is Look.OFFICIAL else white + _MORE
    margins = {
        "top": top, "right": width - area.left - area.width, "bottom": foot - below, "left": area.left,
        "header": top - 1 if edges.again else 15 * MM, "footer": foot - _NUMBER_DOWN, "gutter": 0.0,
    }  # fmt: skip
    said = "".join(f' w:{side}="{twips(value)}"' for side, value in margins.items())
    references = "".join(
        f'<w:{edge}Reference w:type="{name}" r:id="{relation}"/>'
        for edge, relations in (("header", edges.heads), ("footer", edges.feet))
        for name, relation in zip(("default", "even", "first"), relations, strict=False)
    )
    first = "<w:titlePg/>" if len(edges.feet) > _BOTH else ""
    numbered = f'<w:pgNumType w:start="{begins}"/>' if begins else ""
    return (
        f"<w:sectPr>{references}"
        f'<w:type w:val="{kind}"/><w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{turned}/><w:pgMar{said}/>'
        f"{_frame() if paper.content.look is not Look.OFFICIAL else ''}"
        f"{numbered}{first}{_grid(paper, form)}</w:sectPr>"
    )


def _grid(paper: SetPaper, form: Form) -> str:
    """22 lines (GB/T 9704-2012, 5.2.3); a poster has none, nor a sheet across, which is no whole number of lines high.

    There some word processors share what is left over out above and below, and take it from the tables. The 28 characters are
    the letters' own spacing: a grid of characters is understood by each word processor in its own way.
    """
    if form is not UPRIGHT or paper.dress.setting.pitch != PITCH:
        return ""
    return f'<w:docGrid w:type="lines" w:linePitch="{pitch_twips(PITCH)}"/>'


def _frame() -> str:
    sides = "".join(
        f'<w:{side} w:val="thickThinSmallGap" w:sz="24" w:space="{_FRAME}" w:color="{RED}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    return f'<w:pgBorders w:offsetFrom="page">{sides}</w:pgBorders>'


def _number(paper: SetPaper, total: str) -> str:
    """“第1页 共2页” where no sheet may get lost, else “— 1 —” (7.5)."""
    letters = BASES["Footer"]
    page = field("PAGE", "1", letters, "Footer")
    if not paper.content.counted:
        return "".join([run("— ", letters, "Footer"), page, run(" —", letters, "Footer")])
    whole = field(total, str(sum(page.counted for page in paper.pages)), letters, "Footer")
    return "".join([run("第", letters, "Footer"), page, run("页 共", letters, "Footer"), whole, run("页", letters, "Footer")])
