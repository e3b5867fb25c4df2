"""Puts papers into a word processor's file (.docx), for offices that revise them: the one module that talks to python-docx."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime, time
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from huajie_desktop.typesetting.paper import SetPaper
from huajie_desktop.typesetting.pdf_a import About
from huajie_desktop.typesetting.word_blocks import Section, sections_of
from huajie_desktop.typesetting.word_pictures import picture_bytes, symbol_picture
from huajie_desktop.typesetting.word_sheets import Edges, foot_of, properties
from huajie_desktop.typesetting.word_styles import W, faces, settings, styles
from huajie_desktop.typesetting.word_text import bookmark, nothing

if TYPE_CHECKING:  # python-docx is loaded with the first such file: the start of the program must not pay for it
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.parts.story import StoryPart

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


def write_word(
    parts: Sequence[WordPart], about: About, *, two_sided: bool = False, step: Callable[[int], object] = bool
) -> bytes:
    """The .docx file holding the papers, on both sides of the sheets each in front; the same papers always give the same bytes.

    `step` is told the place of each paper before it is written, and may raise.
    """
    from docx import Document as new_document

    document = new_document()
    _empty(document)
    core = document.core_properties
    core.title, core.author, core.subject, core.language = about.title, about.author, about.subject, "zh-CN"
    if about.made:
        core.created = datetime.combine(about.made, time())
    heads: dict[str, str] = {}
    for place, part in enumerate(parts):
        step(place)
        _add(document, part, place, heads, alone=len(parts) == 1, two_sided=two_sided)
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


def _add(document: "Document", part: WordPart, place: int, heads: dict[str, str], *, alone: bool, two_sided: bool) -> None:
    """Adds one paper; every section ends in a paragraph of its own, which says how its sheets are.

    `heads` are the relations of the heads that the file has so far.
    """
    paper, body, mark = part.paper, document.element.body, f"part{place + 1}"
    embed = partial(_embed, document.part)
    sections = list(sections_of(paper, mark, embed))
    total = f"PAGEREF {mark}end" if len(sections) > 1 else "NUMPAGES" if alone else "SECTIONPAGES"
    begins = _begins(paper, sections)
    last = max((number for number, section in enumerate(sections) if section.counted), default=0)
    feet: dict[Section, list[str]] = {}
    for number, section in enumerate(sections):
        key = section._replace(body="")
        feet[key] = feet.get(key) or _feet(document, paper, section, total)
        kind = _kind(section, number, two_sided=two_sided)
        edges = Edges(feet[key], _heads(document, section.again, heads), bool(section.again))
        said = properties(paper, section.form, edges, kind=kind, begins=begins[number])
        end = nothing(marks=said, runs=bookmark(f"{mark}end", "") if number == last else "")
        body.extend(list(_parsed(f"<w:body {_NAMES}>{section.body}{end}</w:body>")))


def _begins(paper: SetPaper, sections: Sequence[Section]) -> list[int]:
    """The number of each section's first page, 0 where it goes on: after sheets that are not counted it goes on from before."""
    counted = [len(list(pages)) for known, pages in groupby(page.counted for page in paper.pages) if known]
    firsts = [1 + sum(counted[:place]) for place in range(len(counted))]
    found, before = [], False
    for section in sections:
        found.append(firsts.pop(0) if section.counted and not before and firsts else 0)
        before = section.counted
    return found


def _embed(part: "StoryPart", file: Path) -> str:
    relation, _image = part.get_or_add_image(io.BytesIO(picture_bytes(file)))
    return relation


def _parsed(text: str) -> "BaseOxmlElement":
    from docx.oxml import parse_xml

    parsed: BaseOxmlElement = parse_xml(text)
    return parsed


def _close(document: "Document") -> None:
    """The last section's properties stand at the end of the body itself."""
    body = document.element.body
    found = body[-1].find(f"{{{W}}}pPr/{{{W}}}sectPr")
    body.append(found)


def _kind(section: Section, place: int, *, two_sided: bool) -> str:
    """Where it begins: a paper on an odd page if that is a front, an imprint that has a page to itself on an even one."""
    if not place and two_sided:
        return "oddPage"
    return "nextPage" if section.numbered else "evenPage"


def _feet(document: "Document", paper: SetPaper, section: Section, total: str) -> list[str]:
    """The relations of its feet."""
    numbered = section.counted and section.numbered
    texts = foot_of(paper, section.form, total, numbered=numbered, letter=section.letter)
    if section.again:
        texts = texts._replace(first=texts.even if section.even else texts.odd)
    return [_foot(document, text, paper.content.code) for text in texts if text]


def _heads(document: "Document", again: str, known: dict[str, str]) -> list[str]:
    """The relations of a section's heads, of odd, even and first pages; one that says nothing has those of the one before."""
    if not again and not known:
        return []
    for text in (again, ""):
        if text not in known:
            known[text] = _head(document, text or nothing())
    return [known[again], known[again], known[""]]


def _head(document: "Document", text: str) -> str:
    part: StoryPart
    relation: str
    part, relation = document.part.add_header_part()  # type: ignore[no-untyped-call]
    _fill(part.element, f"<w:hdr {_NAMES}>{text}</w:hdr>")
    return relation


def _foot(document: "Document", text: str, code: str) -> str:
    part: StoryPart
    relation: str
    part, relation = document.part.add_footer_part()  # type: ignore[no-untyped-call]
    if code:
        picture, _image = part.get_or_add_image(io.BytesIO(symbol_picture(code)))
        text = text.replace("{code}", picture)
    _fill(part.element, f"<w:ftr {_NAMES}>{text}</w:ftr>")
    return relation


def _packed(file: io.BytesIO) -> bytes:
    """The archive anew with one day for all, so that it is the same whenever it is made."""
    packed = io.BytesIO()
    with zipfile.ZipFile(file) as made, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(entry, made.read(name))
    return packed.getvalue()
