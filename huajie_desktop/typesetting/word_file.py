"""Puts papers into a word processor's file (.docx), for offices that revise them: the one module that talks to python-docx."""

import io
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from huajie_desktop.typesetting.codes import SIDE, symbol_of
from huajie_desktop.typesetting.page import Form
from huajie_desktop.typesetting.paper import SetPaper
from huajie_desktop.typesetting.word_blocks import sections_of
from huajie_desktop.typesetting.word_sheets import foot_of, properties
from huajie_desktop.typesetting.word_styles import W, faces, settings, styles
from huajie_desktop.typesetting.word_text import nothing

if TYPE_CHECKING:  # python-docx is loaded with the first such file: the start of the program must not pay for it
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

_NAMES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
_KEPT = ("officeDocument", "core-properties", "styles", "settings", "fontTable", "footer", "image")  # of the empty file's parts
_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest an archive knows: the same papers are the same bytes


class WordPart(NamedTuple):
    """One paper within a file: its name, and how it was set."""

    name: str
    paper: SetPaper


def write_word(parts: Sequence[WordPart], *, title: str, author: str) -> bytes:
    """The .docx file holding the papers, each beginning on an odd page; the same papers always give the same bytes."""
    from docx import Document as new_document

    document = new_document()
    _empty(document)
    core = document.core_properties
    core.title, core.author, core.subject, core.language = title, author, parts[0].paper.content.kind, "zh-CN"
    for place, part in enumerate(parts):
        _add(document, part, place, alone=len(parts) == 1)
    _close(document)
    file = io.BytesIO()
    document.save(file)
    return _packed(file)


def _empty(document: "Document") -> None:
    """Leaves of python-docx's empty file what a paper needs."""
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.rpartition("/")[2] not in _KEPT:
                del part.rels[key]
            elif relation.reltype.endswith("/fontTable"):
                relation.target_part._blob = faces().encode()
    _fill(document.styles.element, styles())
    _fill(document.settings.element, settings())
    core = document.part.package.core_properties._element
    for child in list(core):
        core.remove(child)
    body = document.element.body
    for child in list(body):
        body.remove(child)


def _fill(element: "BaseOxmlElement", text: str) -> None:
    """Puts what stands in `text` in the place of what an element holds."""
    from docx.oxml import parse_xml

    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(text)))


def _add(document: "Document", part: WordPart, place: int, *, alone: bool) -> None:
    """Adds one paper; every section ends in a paragraph of its own, which says how its sheets are."""
    paper, body = part.paper, document.element.body
    sections = list(sections_of(paper, f"part{place + 1}"))
    total = "NUMPAGES" if alone else "SECTIONPAGES"
    made: dict[Form, tuple[str, str]] = {}
    for number, section in enumerate(sections):
        feet = made.get(section.form) or _feet(document, paper, section.form, total)
        made[section.form] = feet
        kind = "nextPage" if number else "oddPage"
        end = nothing(marks=properties(paper, section.form, feet, kind=kind, first=not number))
        holder = _parsed(f"<w:body {_NAMES}>{section.body}{end}</w:body>")
        body.extend(list(holder))


def _parsed(text: str) -> "BaseOxmlElement":
    from docx.oxml import parse_xml

    parsed: BaseOxmlElement = parse_xml(text)
    return parsed


def _close(document: "Document") -> None:
    """The last section's properties stand at the end of the body itself."""
    body = document.element.body
    found = body[-1].find(f"{{{W}}}pPr/{{{W}}}sectPr")
    body.append(found)


def _feet(document: "Document", paper: SetPaper, form: Form, total: str) -> tuple[str, str]:
    """The relations of the feet of odd and of even pages."""
    odd, even = (_foot(document, text, paper.content.code) for text in foot_of(paper, form, total))
    return odd, even


def _foot(document: "Document", text: str, code: str) -> str:
    part, relation = document.part.add_footer_part()
    if code:
        picture, _image = part.get_or_add_image(io.BytesIO(_symbol(code)))
        text = text.replace("{code}", picture)
    element = part.element
    for child in list(element):
        element.remove(child)
    element.extend(list(_parsed(f"<w:ftr {_NAMES}>{text}</w:ftr>")))
    return relation


def _symbol(code: str) -> bytes:
    """The QR symbol as a picture of one dot a module, which a printer enlarges without blurring."""
    from PIL import Image

    times = 8  # dots a module: no reader of files smooths its edges then
    rows = symbol_of(code).rows
    picture = Image.new("1", (SIDE, SIDE), 1)
    picture.putdata([0 if row >> (SIDE - 1 - place) & 1 else 255 for row in rows for place in range(SIDE)])
    file = io.BytesIO()
    picture.resize((SIDE * times, SIDE * times), Image.Resampling.NEAREST).save(file, "PNG")
    return file.getvalue()


def _packed(file: io.BytesIO) -> bytes:
    """The archive anew with one day for all, so that it is the same whenever it is made."""
    packed = io.BytesIO()
    with zipfile.ZipFile(file) as made, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(entry, made.read(name))
    return packed.getvalue()
