"""Pictures in a word processor's file (DrawingML, ISO/IEC 29500-1, 20.4): evidence in the text, the code in the foot."""

import io
from pathlib import Path
from xml.sax.saxutils import quoteattr

from huajie_desktop.typesetting.codes import SIDE, symbol_of

_EMU = 12700  # English metric units in a point
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006"
_DOTS = 8  # a module of the code: no reader smooths its edges then
_KEPT = ("JPEG", "PNG")  # kinds of picture that are put into the file as they are


def picture(relation: str, size: tuple[float, float], words: str) -> str:
    """A run that is a picture of that size in points; `words` say what it shows to whoever cannot see it."""
    across, down = (round(side * _EMU) for side in size)
    said = quoteattr(words)
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{down}"/>'
        f'<wp:docPr id="1" name="图片" descr={said}/>'
        f'<a:graphic xmlns:a="{_MAIN}/main"><a:graphicData uri="{_MAIN}/picture"><pic:pic xmlns:pic="{_MAIN}/picture">'
        '<pic:nvPicPr><pic:cNvPr id="1" name="图片"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def symbol_picture(code: str) -> bytes:
    """The QR symbol of a code as a PNG."""
    from PIL import Image  # loaded with the first document only

    rows = symbol_of(code).rows
    drawn = Image.new("1", (SIDE, SIDE), 1)
    drawn.putdata([0 if row >> (SIDE - 1 - place) & 1 else 255 for row in rows for place in range(SIDE)])
    file = io.BytesIO()
    drawn.resize((SIDE * _DOTS, SIDE * _DOTS), Image.Resampling.NEAREST).save(file, "PNG")
    return file.getvalue()


def picture_bytes(file: Path) -> bytes:
    """A picture as it is put into the file: as it is where every word processor knows its kind, else as a PNG."""
    from PIL import Image

    with Image.open(file) as shown:
        if shown.format in _KEPT:
            return file.read_bytes()
        made = io.BytesIO()
        shown.convert("RGBA" if "A" in shown.mode else "RGB").save(made, "PNG")
    return made.getvalue()
