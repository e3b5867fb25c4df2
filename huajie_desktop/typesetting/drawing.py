"""Draws finished pages into a PDF file: the one module that talks to reportlab's canvas."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from huajie_desktop.typesetting.fonts import SHIPPED, Style, glyphs_of, load_face
from huajie_desktop.typesetting.page import PAPER, Mark, Page, Rule, Text

if TYPE_CHECKING:  # reportlab is loaded with the first document: the start of the program must not pay for it
    from reportlab.pdfgen.canvas import Canvas

_DRAWING = Lock()  # reportlab reads a face through one shared position
_ESCAPED = {ord("("): "\\(", ord(")"): "\\)", ord("\\"): "\\\\"}
_COLOURS = {False: "0 0 0", True: "0.89 0 0.07"}  # black, and the red of an official head
_SUBSET_BLOCK = 100  # a beginbfchar block holds at most so many lines (Adobe technical note 5411)


class Part(NamedTuple):
    """One document within a file: its name in the outline, its pages."""

    name: str
    pages: Sequence[Page]


def draw(parts: Iterable[Part], *, title: str, author: str) -> bytes:
    """The PDF file holding the parts one after the other; the same pages always give the same bytes."""
    with _DRAWING:
        canvas = _canvas_class()(
            "", pagesize=PAPER, pdfVersion=(1, 7), lang="zh-CN", invariant=1, pageCompression=1, initialFontName=_first_font()
        )
        canvas.setTitle(title)
        canvas.setAuthor(author)
        canvas.setViewerPreference("DisplayDocTitle", "true")
        ink = _Ink(canvas)
        for number, part in enumerate(parts):
            canvas.bookmarkPage(f"part{number}")
            canvas.addOutlineEntry(part.name, f"part{number}")
            for page in part.pages:
                _draw_page(canvas, ink, page)
        data: bytes = canvas.getpdfdata()
        return data


def _draw_page(canvas: "Canvas", ink: "_Ink", page: Page) -> None:
    width, height = page.form.paper
    # reportlab swaps the sides of a turned page: the sheet itself stays upright, its reader turns it.
    canvas.setPageSize((height, width) if page.form.turned else (width, height))
    canvas.setPageRotation(90 if page.form.turned else 0)
    body = [ink.texts(page.texts), _rules(page.rules)]
    if page.form.turned:
        body = [f"q 0 1 -1 0 {width:.3f} 0 cm", *body, "Q"]
    if page.number or page.notes:
        body.append(ink.texts([*([page.number] if page.number else []), *page.notes]))
    if page.symbol:
        body.append(_mark(page.symbol))
    canvas._code += body
    for image in page.images:
        canvas.drawImage(str(image.file), image.x, image.y, image.width, image.height, mask="auto")
    canvas.showPage()


class _Ink:
    """Writes texts as PDF operators; knows for each character the embedded subset and code it got in this file."""

    def __init__(self, canvas: "Canvas") -> None:
        self._document = canvas._doc
        self._codes = {style: _Codes(self._code_of, style) for style in Style}

    def texts(self, texts: Iterable[Text]) -> str:
        """The operators that show texts, one text object for all of them."""
        operators = ["BT"]
        spacing, font, red = 0.0, "", False
        for text in texts:
            operators.append(f"1 0 0 1 {text.x:.2f} {text.y:.2f} Tm")
            if text.red != red:
                red = text.red
                operators.append(f"{_COLOURS[red]} rg")
            if text.spacing != spacing:
                spacing = text.spacing
                operators.append(f"{spacing:.4f} Tc")
            for name, shown in self._runs(text):
                selected = f"/{name} {text.size:g} Tf"
                if selected != font:
                    font = selected
                    operators.append(font)
                operators.append(shown)
        operators.append("ET" if not red else f"{_COLOURS[False]} rg ET")
        return "\n".join(operators)

    def _runs(self, text: Text) -> list[tuple[str, str]]:
        """The text in runs of one font: the font's name and the operator that shows the run."""
        codes = map(self._codes[text.style].__getitem__, text.text)
        if not text.kerns:
            return [(name, f"({''.join([code for _, code in run])}) Tj") for name, run in groupby(codes, itemgetter(0))]
        kerns = dict(text.kerns)
        moved = ((name, _kerned(code, kerns.get(index, 0.0), text.size)) for index, (name, code) in enumerate(codes))
        return [(name, _array("".join([code for _, code in run]))) for name, run in groupby(moved, itemgetter(0))]

    def _code_of(self, style: Style, character: str) -> tuple[str, str]:
        face = glyphs_of(style)[character].face
        if face is None:
            return "", ""
        font = load_face(face)
        [(subset, code)] = font.splitString(character, self._document)
        name = font.getSubsetInternalName(subset, self._document).removeprefix("/")
        return name, "".join(_ESCAPED.get(byte) or (chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}") for byte in code)


class _Codes(dict[str, tuple[str, str]]):
    """One style's characters: the subset font's name and the escaped code, found when first met."""

    def __init__(self, find: Callable[[Style, str], tuple[str, str]], style: Style) -> None:
        super().__init__()
        self._find, self._style = find, style

    def __missing__(self, character: str) -> tuple[str, str]:
        found = self[character] = self._find(self._style, character)
        return found


def _array(shown: str) -> str:
    """The operator that shows codes with room between them; after an empty string some readers lose the room at its end."""
    return f"[({shown.removesuffix(' (')}{'' if shown.endswith(' (') else ')'}] TJ"


def _kerned(code: str, kern: float, size: float) -> str:
    """A code inside a TJ array with the room after it, which the array counts backwards in thousandths of an em."""
    return f"{code}) {-kern * 1000 / size:.1f} (" if kern else code


def _mark(mark: Mark) -> str:
    """A mark as an inline stencil, a bit a module (ISO 32000-1, 8.9.7): a fifth of what strokes would take."""
    count = len(mark.rows)
    bits = "".join(f"{row << (-count % 8):0{-(-count // 8) * 2}x}" for row in mark.rows)
    return (
        f"q 0 0 0 rg {mark.side:.2f} 0 0 {mark.side:.2f} {mark.x:.2f} {mark.y:.2f} cm "
        f"BI /W {count} /H {count} /BPC 1 /IM true /D [1 0] /F /AHx ID {bits}> EI Q"
    )


def _rules(rules: Sequence[Rule]) -> str:
    operators = ["2 J"]
    for (width, red), group in groupby(rules, itemgetter(4, 5)):
        lines = [f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l" for x1, y1, x2, y2, *_ in group]
        operators += [f"{_COLOURS[red]} RG", f"{width:g} w", *lines, "S"]
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
    """Width and height of a picture in its own dots. Raises whatever a damaged one makes the library raise, now or drawn."""
    from PIL import Image  # loaded with the first document only

    with Image.open(file) as picture:
        if picture.format != "JPEG":  # which is put into the file as it is
            picture.load()
        return picture.size
