"""The sheets of a word processor's file: size and margins, the grid of GB/T 9704, frame, and what stands in the foot."""

from typing import NamedTuple

from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.looks import Look
from huajie_desktop.typesetting.page import MM, PITCH, SMALL_SIZE, Form
from huajie_desktop.typesetting.paper import SetPaper
from huajie_desktop.typesetting.word_text import BASES, RED, Frame, Lay, Lettering, field, paragraph, run, twips

_SIDE, _GAP = 14 * MM, 3 * MM  # of the code; between the body and it, and it and its letters
_WORDS = 70 * MM  # room for the letters
_NOTE, _NOTE_PITCH = Lettering(Style.SONG, 7.0), 9.8
_NUMBER_PITCH = 18.0
_NUMBER_DOWN = 7 * MM + 8.0  # 7.5: the dash lies 7 mm below the body; points to the foot of the line
_EMU = 12700  # English metric units in a point
_FRAME = 31  # points from the edge of the sheet: no more is allowed (17.6.2)


class Foot(NamedTuple):
    """The foot of odd and of even pages in WordprocessingML, {code} standing for the relation of the code's picture."""

    odd: str
    even: str


def foot_of(paper: SetPaper, form: Form, total: str) -> Foot:
    """What stands below the body on sheets of that form: code and note, opposite them the number; `total` is a field's name."""
    number = _number(paper, total) if paper.content.look is Look.OFFICIAL else ""
    lay = Lay(_NUMBER_PITCH)
    odd = paragraph(number, lay._replace(align="right", right=SMALL_SIZE), "Footer")
    even = paragraph(number, lay._replace(align="left", left=SMALL_SIZE), "Footer")
    return Foot(_known_by(paper, form, at_left=True) + odd, _known_by(paper, form, at_left=False) + even)


def _known_by(paper: SetPaper, form: Form, *, at_left: bool) -> str:
    """The code as a symbol and beside it the note and the code in letters, where the PDF has them."""
    content, (width, height) = paper.content, seen(form)
    left, foot = form.area.left, height - form.area.top + form.area.height
    x = left if at_left else left + form.area.width - _SIDE
    beside = x + _SIDE + _GAP / 2 if at_left else x - _GAP / 2 - _WORDS
    below = foot + _GAP + _SIDE
    picture = paragraph(_picture(), Lay(0, "left", frame=Frame(x, foot + _GAP, _SIDE, _SIDE)), "Footer")
    lines = [line for line in (content.note, content.code) if line]
    place = Frame(beside, below - _NOTE_PITCH * len(lines), _WORDS, _NOTE_PITCH * len(lines))
    lay = Lay(_NOTE_PITCH, "left" if at_left else "right", frame=place)
    words = "".join(paragraph(run(line, _NOTE, "Footer"), lay, "Footer") for line in lines)
    return (picture if content.code else "") + words


def seen(form: Form) -> tuple[float, float]:
    """Width and height of a sheet as its reader holds it, in points."""
    width, height = form.paper
    return (height, width) if form.turned else (width, height)


def properties(paper: SetPaper, form: Form, feet: tuple[str, str], *, kind: str, first: bool) -> str:
    """The properties of a section (17.6.17): `feet` are the relations of its feet, `kind` says where it begins.

    The `first` section of a paper begins with page 1.
    """
    width, height = seen(form)
    area = form.area
    foot = area.top - area.height
    turned = ' w:orient="landscape"' if width > height else ""
    margins = {
        "top": height - area.top, "right": width - area.left - area.width, "bottom": foot, "left": area.left,
        "header": 15 * MM, "footer": foot - _NUMBER_DOWN, "gutter": 0.0,
    }  # fmt: skip
    said = "".join(f' w:{side}="{twips(value)}"' for side, value in margins.items())
    begins = '<w:pgNumType w:start="1"/>' if first else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{feet[0]}"/><w:footerReference w:type="even" r:id="{feet[1]}"/>'
        f'<w:type w:val="{kind}"/><w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{turned}/><w:pgMar{said}/>'
        f"{_frame() if paper.content.look is not Look.OFFICIAL else ''}"
        f"{begins}{_grid(paper)}</w:sectPr>"
    )


def _grid(paper: SetPaper) -> str:
    """22 lines (GB/T 9704-2012, 5.2.3); a poster has none.

    The 28 characters are the letters' own spacing: a grid of characters is understood by each word processor in its own way.
    """
    if paper.dress.setting.pitch != PITCH:
        return ""
    return f'<w:docGrid w:type="lines" w:linePitch="{twips(PITCH)}"/>'


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
    whole = field(total, str(len(paper.pages)), letters, "Footer")
    return "".join(
        [run("第", letters, "Footer"), page, run("页 共", letters, "Footer"), whole, run("页", letters, "Footer")]
    )


def _picture() -> str:
    """The code as a picture in the line (ISO/IEC 29500-1, 20.4)."""
    side = round(_SIDE * _EMU)
    main = "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{side}" cy="{side}"/>'
        '<wp:docPr id="1" name="二维码" descr="文书登记的二维码"/>'
        f'<a:graphic xmlns:a="{main}/main"><a:graphicData uri="{main}/picture"><pic:pic xmlns:pic="{main}/picture">'
        '<pic:nvPicPr><pic:cNvPr id="1" name="二维码"/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:embed="{code}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
