"""Runs and paragraphs as a word processor keeps them (WordprocessingML, ISO/IEC 29500-1, 17.3), written as text."""

import re
from collections.abc import Sequence
from math import ceil
from typing import NamedTuple
from xml.sax.saxutils import escape

from huajie_desktop.typesetting.fonts import Style, glyphs_of
from huajie_desktop.typesetting.line_breaking import text_width
from huajie_desktop.typesetting.page import PITCH, SMALL_SIZE, TABLE_SIZE, TEXT_SIZE, TITLE_SIZE

# What offices call the faces of the styles, and what stands for each on a computer that lacks it.
FACES = {
    Style.SONG: ("宋体", "SimSun"),
    Style.TITLE: ("方正小标宋简体", "宋体"),
    Style.HEI: ("黑体", "SimHei"),
    Style.KAI: ("楷体_GB2312", "楷体"),
    Style.FANG: ("仿宋_GB2312", "仿宋"),
}
RED = "E30012"  # of an official head, as in the PDF
TAB = "<w:r><w:tab/></w:r>"
_BETWEEN = 0.25  # em
_CLOSEST = 0.16  # em by which letters may come closer; where that is not enough they are set narrower
_NARROWEST = 66  # per cent of their width
_SURE = 0.5  # em by which a line that is drawn together stays within its room: each word processor rounds otherwise
_MEET = re.compile("(?<=[0-9A-Za-z])(?=[㐀-鿿])|(?<=[㐀-鿿])(?=[0-9A-Za-z])")


class Lettering(NamedTuple):
    """How a run of text is set: style, size in points, in red or black."""

    style: Style = Style.FANG
    size: float = TEXT_SIZE
    red: bool = False
    bold: bool = False


# What a paragraph's style already says of its letters.
BASES = {
    "": Lettering(),
    "Title": Lettering(Style.TITLE, TITLE_SIZE),
    "Heading1": Lettering(Style.HEI),
    "Heading2": Lettering(Style.KAI),
    "Heading3": Lettering(bold=True),
    "Cell": Lettering(size=TABLE_SIZE),
    "Footer": Lettering(Style.SONG, SMALL_SIZE),
}


class Frame(NamedTuple):
    """Where a paragraph stands on the sheet: left and upper edge, width and least height in points."""

    x: float
    y: float
    width: float
    height: float


class Edge(NamedTuple):
    """A rule above (top) or below (bottom) a paragraph: width in eighths of a point, kind of 17.18.2, points between."""

    side: str
    width: int
    kind: str = "single"
    red: bool = False
    space: int = 0


class Lay(NamedTuple):
    """How a paragraph lies: the pitch of its lines, room above it, indents and tab stops, all in points.

    Without a pitch a line is as high as what stands in it.
    `align` is a word of 17.18.44; `keep` keeps it on the page of what follows;
    `frame` says where it stands on the sheet if it is taken out of the text (17.3.1.11).
    """

    pitch: float = PITCH
    align: str = ""
    before: float = 0.0
    left: float = 0.0
    right: float = 0.0
    hanging: float = 0.0  # by so much the first line begins further left
    indent: int = 0  # of the first line, in characters of `size`
    size: float = TEXT_SIZE
    tabs: Sequence[tuple[str, float]] = ()
    keep: bool = False
    frame: Frame | None = None
    rules: Sequence[Edge] = ()


PLAIN = Lay()


def twips(points: float) -> int:
    """Twentieths of a point, in which Word counts."""
    return round(points * 20)


def pitch_twips(points: float) -> int:
    """The pitch of lines in twentieths, never more than it is: 22 of them have to fit into the body."""
    return int(points * 20)


def letters(lettering: Lettering, base: Lettering | None = None, more: str = "") -> str:
    """The properties by which letters differ from those of their paragraph's style, all of them without a base.

    `more` stands where the order of the schema wants what follows the colour.
    """
    plain = base or Lettering(Style.SONG, 0, bold=not lettering.bold)
    name = FACES[lettering.style][0]
    said = [
        f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'
        if base is None or lettering.style is not plain.style
        else "",
        f'<w:b w:val="{int(lettering.bold)}"/>' if lettering.bold != plain.bold else "",
        f'<w:color w:val="{RED}"/>' if lettering.red else "",
        more,
        f'<w:sz w:val="{round(lettering.size * 2)}"/><w:szCs w:val="{round(lettering.size * 2)}"/>'
        if lettering.size != plain.size
        else "",
    ]
    return "".join(said)


def run(text: str, lettering: Lettering, style: str = "", more: str = "") -> str:
    """A run of text in a paragraph of that style; what leaves no ink on paper is left out, a break in it stays one."""
    said = letters(lettering, BASES[style], more)
    properties = f"<w:rPr>{said}</w:rPr>" if said else ""
    lines = (f'<w:t xml:space="preserve">{escape(_visible(line, lettering.style))}</w:t>' for line in text.split("\n"))
    return f"<w:r>{properties}{'<w:br/>'.join(lines)}</w:r>" if text else ""


def squeezed(text: str, lettering: Lettering, room: float) -> str:
    """The property by which a line that is kept stays within `room` points: its letters come closer, or are set narrower.

    Some word processors put a quarter of a character between Chinese and Latin ones, whatever the file says (17.3.1.2), and
    bring no letters closer there: in 1至3月 none at all, so that these are scaled (17.3.2.43).
    """
    wide, meetings = text_width(text, lettering.style, lettering.size), len(_MEET.findall(text))
    added = (_BETWEEN * meetings + _SURE) * lettering.size
    if not text or wide + added <= room:
        return ""
    closer = (wide + added - room) / max(len(text) - meetings, 1)
    if closer <= _CLOSEST * lettering.size:
        return f'<w:spacing w:val="{-ceil(closer * 20)}"/>'
    return f'<w:w w:val="{max(int((room - added) / wide * 100), _NARROWEST)}"/>'


def field(code: str, shown: str, lettering: Lettering, style: str, more: str = "") -> str:
    """A field that the word processor works out by itself; `shown` is what stands there until it does."""
    said = letters(lettering, BASES[style], more)
    begin, middle, end = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end"))
    parts = (begin, f'<w:instrText xml:space="preserve"> {code} </w:instrText>', middle, f"<w:t>{shown}</w:t>", end)
    return "".join(f"<w:r><w:rPr>{said}</w:rPr>{part}</w:r>" for part in parts)


def spread(code: str) -> tuple[str, str]:
    """A field's beginning and end, between which stands what it shows, be it several paragraphs."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f'{marks[0]}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{marks[1]}', marks[2]


def bookmark(name: str, runs: str) -> str:
    """Runs under a name by which they are found; its digits tell it from all others of the file."""
    number = "".join(filter(str.isdigit, name))
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'


def paragraph(runs: str, lay: Lay = PLAIN, style: str = "", marks: str = "") -> str:
    """A paragraph of runs; `marks` are further properties that stand at the end of its own (17.3.1.26)."""
    said = [
        f'<w:pStyle w:val="{style}"/>' if style else "",
        "<w:keepNext/>" if lay.keep else "",
        _frame(lay.frame) if lay.frame else "",
        _rules(lay.rules),
        _tabs(lay.tabs),
        _spacing(lay),
        _indents(lay),
        f'<w:jc w:val="{lay.align}"/>' if lay.align else "",
        marks,
    ]
    properties = "".join(said)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>" if properties else f"<w:p>{runs}</w:p>"


def nothing(height: float = 1.0, marks: str = "", runs: str = "") -> str:
    """A paragraph that is only so many points of room: what ends a section, and keeps a table from the next."""
    return paragraph(runs, Lay(height), "Cell", f'<w:rPr><w:sz w:val="2"/></w:rPr>{marks}')


def _visible(text: str, style: Style) -> str:
    glyphs = glyphs_of(style)
    return "".join(character for character in text if glyphs[character].face is not None)


def _rules(edges: Sequence[Edge]) -> str:
    said = "".join(
        f'<w:{side} w:val="{kind}" w:sz="{width}" w:space="{space}" w:color="{RED if red else "000000"}"/>'
        for side, width, kind, red, space in edges
    )
    return f"<w:pBdr>{said}</w:pBdr>" if said else ""


def _frame(frame: Frame) -> str:
    x, y, width, height = map(twips, frame)
    return (
        f'<w:framePr w:w="{width}" w:h="{height}" w:hRule="atLeast" w:wrap="around" w:vAnchor="page" w:hAnchor="page" '
        f'w:x="{x}" w:y="{y}"/>'
    )


def _tabs(tabs: Sequence[tuple[str, float]]) -> str:
    kinds = {"dots": 'right" w:leader="dot'}
    stops = "".join(f'<w:tab w:val="{kinds.get(kind, kind)}" w:pos="{twips(place)}"/>' for kind, place in tabs)
    return f"<w:tabs>{stops}</w:tabs>" if stops else ""


def _spacing(lay: Lay) -> str:
    if (lay.pitch, lay.before) == (PITCH, 0):
        return ""
    before = f'w:before="{twips(lay.before)}" ' if lay.before else ""
    line = f'w:line="{pitch_twips(lay.pitch)}" w:lineRule="exact"' if lay.pitch else 'w:line="240" w:lineRule="auto"'
    return f"<w:spacing {before}{line}/>"


def _indents(lay: Lay) -> str:
    said = [f'w:{name}="{twips(value)}"' for name, value in (("left", lay.left), ("right", lay.right)) if value]
    if lay.indent:
        said.append(f'w:firstLineChars="{lay.indent * 100}" w:firstLine="{twips(lay.indent * lay.size)}"')
    if lay.hanging:
        said.append(f'w:hanging="{twips(lay.hanging)}"')
    return f"<w:ind {' '.join(said)}/>" if said else ""
