"""Writes what stands in a PDF file by the hundred, pages and headings, in one go: reportlab takes 30 µs for each."""

from functools import cache, partial
from typing import TYPE_CHECKING, Any
from zlib import compress

if TYPE_CHECKING:  # reportlab is loaded with the first document
    from reportlab.pdfbase.pdfdoc import PDFDocument, PDFPage


def share_resources(document: "PDFDocument") -> None:
    """Lets all pages without pictures name the same resources: they need nothing but the faces, which stand there once."""
    from reportlab.pdfbase.pdfdoc import PDFResourceDictionary

    resources = PDFResourceDictionary()
    resources.basicFonts()
    shared = document.Reference(resources)
    for page in document.Pages.pages:
        if not page.XObjects:  # reportlab says of every page that it has images, for safety
            page.format = partial(_page, page, shared)


def write_outlines() -> None:
    """From now on reportlab writes headings of the outline in one go, their words as UTF-16 (ISO 32000-1, 7.9.2.2 and 12.3.3)."""
    from reportlab.pdfbase.pdfdoc import OutlineEntryObject

    OutlineEntryObject.format = _entry


def _page(page: "PDFPage", resources: Any, document: "PDFDocument") -> bytes:
    from reportlab.pdfbase.pdfdoc import PDFStream

    stream = PDFStream()
    stream.format = partial(_stream, page.stream)
    parts = document.Reference(stream), document.Reference(document.Pages), resources
    contents, parent, shared = (one.format(document) for one in parts)
    sides = (page.pageheight, page.pagewidth) if page.Rotate else (page.pagewidth, page.pageheight)
    written = b"<<\n/Contents %s /MediaBox %s /Parent %s /Resources %s /Rotate %d /Type /Page\n>>"
    return written % (contents, _box(*sides), parent, shared, page.Rotate)


def _stream(operators: str, _document: "PDFDocument") -> bytes:
    data = compress(operators.encode())
    return b"<<\n/Filter /FlateDecode /Length %d\n>>\nstream\n%s\nendstream\n" % (len(data), data)


@cache
def _box(width: float, height: float) -> bytes:
    return f"[ 0 0 {width:.4f} {height:.4f} ]".encode()


def _entry(entry: Any, document: "PDFDocument") -> bytes:
    place = entry.Dest.fmt
    words = f"\ufeff{entry.Title}".encode("utf-16-be", "surrogatepass").hex()
    parts = [f"/Dest [ {entry.Dest.page.format(document).decode()} /XYZ {place.left} {place.top:.2f} null ] /Title <{words}>"]
    for name in ("Parent", "Prev", "Next", "First", "Last"):
        if (other := getattr(entry, name)) is not None:
            parts.append(f"/{name} {other.format(document).decode()}")
    if entry.Count is not None:
        parts.append(f"/Count {entry.Count}")
    return f"<<\n{' '.join(parts)}\n>>".encode()
