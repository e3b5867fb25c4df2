"""The parts of an .xlsx: which sheet lies where, its comments, its parts in pieces. Runs in the reader process."""

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator

from huajie_desktop.reading.raw import Place

_CHUNK = 1 << 20
_COMMENT = re.compile(rb"<(?:\w+:)?comment\s[^>]*?ref=\"([A-Z]{1,3})(\d{1,7})\"[^>]*>(.*?)</(?:\w+:)?comment>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"([\w:]+)=\"([^\"]*)\"|([\w:]+)='([^']*)'")


def named_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The names inside by how they are looked for: in small letters."""
    return {name.lower().replace("\\", "/").lstrip("/"): name for name in archive.namelist()}


def sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Name and part of each sheet in the order of the workbook; "" for one without a part."""
    names = named_parts(archive)
    book = next((n for n in ("xl/workbook.xml", "workbook.xml") if n in names), "")
    relations = names.get("xl/_rels/workbook.xml.rels", "")
    if not book or not relations:
        return []
    targets = {a.get("Id", ""): a.get("Target", "") for a in map(attributes_of, _RELATION.findall(archive.read(relations)))}
    parts = []
    for attributes in map(attributes_of, _SHEET.findall(archive.read(names[book]))):
        link = next((v for k, v in attributes.items() if k.endswith(":id")), "")
        target = targets.get(link, "").lstrip("/").lower()
        part = names.get(target) or names.get("xl/" + target) or ""
        parts.append((attributes.get("name", ""), part))
    return parts


def comments_of(archive: zipfile.ZipFile, part: str) -> dict[Place, str]:
    """The comments on a sheet's cells."""
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    found: dict[Place, str] = {}
    if relations not in archive.namelist():
        return found
    for attributes in map(attributes_of, _RELATION.findall(archive.read(relations))):
        target = posixpath.normpath(posixpath.join(folder, attributes.get("Target", ""))).lstrip("/")
        if not attributes.get("Type", "").endswith("/comments") or target not in archive.namelist():
            continue
        for letters, row, body in _COMMENT.findall(archive.read(target)):
            text = b"".join(_TEXT.findall(body)).decode("utf-8", "replace")
            found[int(row) - 1, column_of(letters)] = html.unescape(text).strip()
    return {at: text for at, text in found.items() if text}


def chunks(archive: zipfile.ZipFile, part: str, end: bytes) -> Iterator[bytes]:
    """The inflated part in pieces that end where an element of that name ends, never whole in memory."""
    rest, close = b"", end + b">"
    with archive.open(part) as stream:
        while block := stream.read(_CHUNK):
            piece = rest + block
            cut = piece.rfind(close) + len(close)
            if cut < len(close) and len(piece) < 8 * _CHUNK:
                rest = piece
                continue
            cut = cut if cut >= len(close) else len(piece)
            rest = piece[cut:]
            yield piece[:cut]
    if rest:
        yield rest


def attributes_of(text: bytes) -> dict[str, str]:
    """The attributes inside a tag by name."""
    return {
        (a or c).decode(): (b or d).decode("utf-8", "replace").replace("&amp;", "&") for a, b, c, d in _ATTRIBUTE.findall(text)
    }


def column_of(letters: bytes) -> int:
    """The column of its letters, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
