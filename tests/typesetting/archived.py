"""What of a file an archive would refuse: the clauses of ISO 19005-2 (PDF/A-2b) that can be read without a validator."""

import io
import re
import struct
from collections.abc import Iterator
from xml.etree import ElementTree

import pypdf
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject, NameObject, PdfObject, StreamObject

_NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_FORBIDDEN = {"/AA", "/JavaScript", "/JS", "/OpenAction", "/AcroForm", "/Encrypt", "/LZWDecode", "/SMask", "/Group", "/ExtGState"}
_COLOURS = {"/DeviceRGB", "/DeviceGray"}  # what an sRGB output intent stands for (6.2.4.3)
_OPERATORS = set(b"q Q cm BT ET Tf Tm Tj TJ Tc Ts Tz Td rg RG w J m l S Do BI INLINE IMAGE n re f".split()) | {b"INLINE IMAGE"}


def faults_of(data: bytes) -> list[str]:
    """Each clause that is broken, with what breaks it; nothing for a sound file."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    return [*_in_syntax(data, reader), *_in_words(reader), *_in_colours(reader), *_in_fonts(reader), *_in_pages(reader)]


def _in_syntax(data: bytes, reader: pypdf.PdfReader) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[2-7]\n%[\x80-\xff]{4}", data):
        yield "6.1.2 header"
    if not data.endswith(b"%%EOF\n") or data.count(b"%%EOF") != 1:
        yield "6.1.3 end"
    if len(reader.trailer.get("/ID", ())) != 2:
        yield "6.1.3 ID"
    for start in re.finditer(rb"/Length (\d+)[^>]*>>\nstream\n", data):
        end = start.end() + int(start[1])
        if data[end : end + 11] != b"\nendstream\n":
            yield f"6.1.7.1 endstream at {end}"
    if b"Helvetica" in data:
        yield "6.2.11 a font that is not embedded is named"


def _in_words(reader: pypdf.PdfReader) -> Iterator[str]:
    stream = reader.trailer["/Root"]["/Metadata"].get_object()  # type: ignore[index]
    if "/Filter" in stream:
        yield "metadata that cannot be read as they stand"
    root = ElementTree.fromstring(stream.get_data().decode())
    said = {label: _text(root, name) for label, name in _SAME.items()}
    if (_text(root, "pdfaid:part"), _text(root, "pdfaid:conformance")) != ("2", "B"):
        yield "6.6.4 identification"
    information = reader.trailer["/Info"].get_object()
    for label, text in said.items():
        known = str(information.get(label, ""))
        if label.endswith("Date"):
            text = re.sub(r"[-:T]", "", text.removesuffix("+08:00"))
            known = known.removeprefix("D:").removesuffix("+08'00'")
        if text != known:
            yield f"information and XMP differ in {label}: {known} {text}"
    if not reader.trailer["/Root"].get("/Lang"):  # type: ignore[union-attr]
        yield "no language"


_SAME = {
    "/Title": "dc:title", "/Author": "dc:creator", "/Subject": "dc:description", "/Producer": "pdf:Producer",
    "/Creator": "xmp:CreatorTool", "/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate", "/Keywords": "pdf:Keywords",
}  # fmt: skip


def _text(root: ElementTree.Element, name: str) -> str:
    found = root.find(f".//{name}", _NAMES)
    return "" if found is None else "".join(found.itertext()).strip()


def _in_colours(reader: pypdf.PdfReader) -> Iterator[str]:
    [intent] = reader.trailer["/Root"]["/OutputIntents"]  # type: ignore[index,misc]
    profile = intent.get_object()["/DestOutputProfile"].get_object()
    data = profile.get_data()
    if (intent.get_object()["/S"], profile["/N"], data[12:24], data[36:40]) != ("/GTS_PDFA1", 3, b"mntrRGB XYZ ", b"acsp"):
        yield "6.2.3 output intent"
    if struct.unpack(">L", data[:4])[0] != len(data) or data[8:10] > b"\x04\x20":
        yield "6.2.3 profile"


def _in_fonts(reader: pypdf.PdfReader) -> Iterator[str]:
    fonts = {
        str(font["/BaseFont"]): font
        for page in reader.pages
        for font in (one.get_object() for one in page["/Resources"]["/Font"].values())  # type: ignore[index]
    }
    for name, font in fonts.items():
        descriptor = font["/FontDescriptor"].get_object()
        if "/FontFile2" not in descriptor or not re.match(r"/[A-Z]{6}\+", name):
            yield f"6.2.11.4 {name} is not embedded"
            continue
        program = descriptor["/FontFile2"].get_object()
        data = program.get_data()
        tables = _tables_of(data)
        if descriptor["/Flags"] & 0b100100 != 0b100 or "/Encoding" in font or _cmaps(tables) != 1:
            yield f"6.2.11.6 {name} is symbolic and has one map of its own"
        if program["/Length1"] != len(data):
            yield f"6.2.11.4 {name} length"
        if "/ToUnicode" not in font:
            yield f"{name} says no characters"
        widths = _widths_of(tables)
        wrong = [code for code, width in enumerate(font["/Widths"]) if code and abs(widths(code) - float(width)) > 1]
        if wrong:
            yield f"6.2.11.5 {name} widths of {wrong}"


def _tables_of(data: bytes) -> dict[bytes, bytes]:
    rows = (struct.unpack_from(">4sLLL", data, 12 + 16 * number) for number in range(struct.unpack_from(">H", data, 4)[0]))
    return {tag: data[place : place + length] for tag, _sum, place, length in rows}


def _cmaps(tables: dict[bytes, bytes]) -> int:
    return int(struct.unpack_from(">H", tables[b"cmap"], 2)[0])


def _widths_of(tables: dict[bytes, bytes]):  # type: ignore[no-untyped-def]
    """The width of a code in thousandths, as the embedded program has it: its map is of format 6, its metrics beside it."""
    (start,) = struct.unpack_from(">L", tables[b"cmap"], 8)
    form, _length, _language, first, count = struct.unpack_from(">5H", tables[b"cmap"], start)
    assert (form, first) == (6, 0)
    glyphs = struct.unpack_from(f">{count}H", tables[b"cmap"], start + 10)
    (known,) = struct.unpack_from(">H", tables[b"hhea"], 34)
    (unit,) = struct.unpack_from(">H", tables[b"head"], 18)

    def width(code: int) -> float:
        return float(struct.unpack_from(">H", tables[b"hmtx"], 4 * min(glyphs[code], known - 1))[0] * 1000 / unit)

    return width


def _in_pages(reader: pypdf.PdfReader) -> Iterator[str]:
    for number, page in enumerate(reader.pages, 1):
        used = set(_names_in(page, set()))
        if bad := used & _FORBIDDEN:
            yield f"page {number} has {bad}"
        for image in page["/Resources"].get("/XObject", {}).values():  # type: ignore[union-attr]
            colour = image.get_object().get("/ColorSpace")
            if colour not in _COLOURS:
                yield f"6.2.4.3 page {number} has a picture in {colour}"
        operations = ContentStream(page.get_contents(), reader).operations
        if other := {operator for _operands, operator in operations} - _OPERATORS:
            yield f"6.2.2 page {number} has {other}"
        selected = {operands[0] for operands, operator in operations if operator == b"Tf"}
        if other := selected - set(page["/Resources"]["/Font"]):  # type: ignore[index,arg-type]
            yield f"6.2.2 page {number} selects {other}"


def _names_in(found: PdfObject | None, seen: set[int]) -> Iterator[str]:
    """Every name below an object, but those of what lies above it."""
    if isinstance(found, IndirectObject):
        if found.idnum in seen:
            return
        seen.add(found.idnum)
        found = found.get_object()
    if isinstance(found, DictionaryObject):
        for key, value in found.items():
            yield str(key)
            if key not in ("/Parent", "/FontFile2"):
                yield from _names_in(value, seen)
    elif isinstance(found, ArrayObject):
        for value in found:
            yield from _names_in(value, seen)
    elif isinstance(found, NameObject):
        yield str(found)
    assert not isinstance(found, StreamObject) or "/F" not in found, "6.1.7.1: a stream lies in its file"
