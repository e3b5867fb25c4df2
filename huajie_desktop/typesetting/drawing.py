"""Draws finished pages into a PDF file: the one module that talks to reportlab's canvas."""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from huajie_desktop.typesetting.fonts import SHIPPED, Style, load_face
from huajie_desktop.typesetting.ink import COLOURS, Ink
from huajie_desktop.typesetting.page import PAPER, Form, Heading, Image, Inset, Mark, Page, Rule
from huajie_desktop.typesetting.pdf_a import LANGUAGE, About, describe, end_streams
from huajie_desktop.typesetting.pdf_objects import share_resources, write_outlines

if TYPE_CHECKING:  # reportlab is loaded with the first document: the start of the program must not pay for it
    from reportlab.pdfgen.canvas import Canvas

_DRAWING = Lock()  # reportlab reads a face through one shared position
_OPAQUE = ("L", "RGB")  # modes of pictures
_ORIENTATION = 0x0112  # Exif: how a camera was held
_TURNS = {
    1: (1, 0, 0, 1, 0, 0), 2: (-1, 0, 0, 1, 1, 0), 3: (-1, 0, 0, -1, 1, 1), 4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1), 6: (0, -1, 1, 0, 0, 1), 7: (0, 1, 1, 0, 0, 0), 8: (0, 1, -1, 0, 1, 0),
}  # fmt: skip
_LINE = "%.2f %.2f m %.2f %.2f l".__mod__  # a third faster than an f-string
_SUBSET_BLOCK = 100  # a beginbfchar block holds at most so many lines (Adobe technical note 5411)


class Part(NamedTuple):
    """One document within a file: its name in the outline, its pages."""

    name: str
    pages: Sequence[Page]


def draw(parts: Iterable[Part], about: About) -> bytes:
    """The PDF/A-2b file holding the parts one after the other; the same pages of the same day always give the same bytes."""
    with _DRAWING:
        canvas = _canvas_class()(
            "", pagesize=PAPER, pdfVersion=(1, 7), lang=LANGUAGE, invariant=1, pageCompression=1, initialFontName=_first_font()
        )
        describe(canvas._doc, about)
        canvas.setViewerPreference("DisplayDocTitle", "true")
        ink = Ink(canvas)
        for part in parts:
            _enter(canvas, Heading(0, part.name, part.pages[0].form.paper[1]), part.pages[0].form)
            for page in part.pages:
                for heading in filter(attrgetter("level"), page.headings):  # its own name is that of the part
                    _enter(canvas, heading, page.form)
                _draw_page(canvas, ink, page)
        if len(canvas._doc.outline.destinationnamestotitles) > 1:
            canvas.showOutline()  # beside the pages, as soon as there is something to choose from
        share_resources(canvas._doc)
        data: bytes = canvas.getpdfdata()
        return data


def _enter(canvas: "Canvas", heading: Heading, form: Form) -> None:
    """Put a heading of the page being drawn into the outline; a level that was left out is closed up."""
    outline = canvas._doc.outline
    key = f"heading{len(outline.destinationnamestotitles)}"
    # A turned sheet is shown from its edge: what its reader sees as the height of a heading lies across it.
    canvas.bookmarkPage(key, fit="XYZ", left=0, top=form.paper[1] if form.turned else heading.y)
    level = min(heading.level, outline.currentlevel + 1)
    canvas.addOutlineEntry(heading.text, key, level, closed=level > 0)


def _draw_page(canvas: "Canvas", ink: Ink, page: Page) -> None:
    width, height = page.form.paper
    # reportlab swaps the sides of a turned page: the sheet itself stays upright, its reader turns it.
    canvas.setPageSize((height, width) if page.form.turned else (width, height))
    canvas.setPageRotation(90 if page.form.turned else 0)
    canvas._code += [_inset(ink, inset) for inset in page.insets]
    canvas._code += _shown(ink, page)
    for image in page.images:
        _draw_image(canvas, image)
    canvas.showPage()


def _shown(ink: Ink, page: Page) -> list[str]:
    """The operators that show what stands on a page, but for pictures."""
    body = [ink.texts(page.texts), _rules(page.rules)]
    if page.form.turned:
        body = [f"q 0 1 -1 0 {page.form.paper[0]:.3f} 0 cm", *body, "Q"]
    if page.number or page.notes:
        body.append(ink.texts([*([page.number] if page.number else []), *page.notes]))
    if page.symbol:
        body.append(_mark(page.symbol))
    return body


def _inset(ink: Ink, inset: Inset) -> str:
    """Another page, moved and scaled, cut off at its window (ISO 32000-1, 8.5.4)."""
    left, top, width, height = inset.window
    window = f"{left:.3f} {top - height:.3f} {width:.3f} {height:.3f} re W n"
    moved = f"{inset.scale:.5f} 0 0 {inset.scale:.5f} {inset.x:.3f} {inset.y:.3f} cm"
    return "\n".join(["q", window, moved, *_shown(ink, inset.page), "Q"])


def _mark(mark: Mark) -> str:
    """A mark as an inline stencil, a bit a module (ISO 32000-1, 8.9.7): a fifth of what strokes would take."""
    count = len(mark.rows)
    blank, width = -count % 8, -(-count // 8)
    bits = b"".join([(row << blank).to_bytes(width) for row in mark.rows]).hex()
    return (
        f"q 0 0 0 rg {mark.side:.2f} 0 0 {mark.side:.2f} {mark.x:.2f} {mark.y:.2f} cm "
        f"BI /W {count} /H {count} /BPC 1 /IM true /D [1 0] /F /AHx ID {bits}> EI Q"
    )


def _rules(rules: Sequence[Rule]) -> str:
    operators = ["2 J"]
    for (width, red), group in groupby(rules, itemgetter(4, 5)):
        lines = [_LINE(rule[:4]) for rule in group]
        operators += [f"{COLOURS[red]} RG", f"{width:g} w", *lines, "S"]
    return "\n".join(operators)


@cache
def _first_font() -> str:
    """A canvas begins with a font; with one of ours no file lists Helvetica, which is never embedded."""
    name: str = load_face(SHIPPED[Style.SONG]).fontName
    return name


@cache
def _canvas_class() -> "type[Canvas]":
    from reportlab import rl_config
    from reportlab.pdfbase import ttfonts
    from reportlab.pdfgen.canvas import Canvas

    end_streams()
    write_outlines()
    rl_config.useA85 = 0  # page contents as they are: a quarter smaller and faster than as ASCII
    # reportlab 5.1.0 writes characters above U+FFFF as one number; they then print right but are copied and found wrong.
    ttfonts.makeToUnicodeCMap = _unicode_map
    kind: type[Canvas] = Canvas
    return kind


def _unicode_map(font: str, subset: Sequence[int]) -> str:
    """The ToUnicode map of an embedded subset: code to UTF-16 (ISO 32000-1, 9.10.3)."""
    lines = [f"<{code:02X}> <{chr(c).encode('utf-16-be').hex().upper()}>" for code, c in enumerate(subset) if c]
    blocks = [lines[start : start + _SUBSET_BLOCK] for start in range(0, len(lines), _SUBSET_BLOCK)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{font} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


def picture_size(file: Path) -> tuple[int, int]:
    """Width and height of a picture in its own dots, upright. Raises what a damaged one makes the library raise, now or drawn."""
    from PIL import Image  # loaded with the first document only

    with Image.open(file) as picture:
        if picture.format != "JPEG":  # which is put into the file as it is
            picture.load()
        width, height = picture.size
        return (height, width) if _turn_of(picture)[0] == 0 else (width, height)


def _draw_image(canvas: "Canvas", image: Image) -> None:
    """Draw a picture as an archive takes it: a usual JPEG as it is, turned as its camera says, else in grey or RGB upon white."""
    from PIL import Image as Pictures
    from reportlab.lib.utils import ImageReader

    with Pictures.open(image.file) as picture:
        a, b, c, d, e, f = _turn_of(picture)
        source: Any = str(image.file)
        if picture.format != "JPEG" or picture.mode not in _OPAQUE:
            shown: Any = picture
            if picture.has_transparency_data:
                shown = picture.convert("RGBA")
                shown = Pictures.alpha_composite(Pictures.new("RGBA", shown.size, "white"), shown)
            source = ImageReader(shown.convert("L" if picture.mode in ("1", "L") else "RGB"))
    canvas.saveState()
    width, height = image.width, image.height
    canvas.transform(a * width, b * height, c * width, d * height, image.x + e * width, image.y + f * height)
    canvas.drawImage(source, 0, 0, 1, 1)
    canvas.restoreState()


def _turn_of(picture: Any) -> tuple[int, ...]:
    """How a picture has to be turned to stand upright, as a matrix of its unit square."""
    return _TURNS.get(picture.getexif().get(_ORIENTATION), _TURNS[1])
