"""Reads .xlsx, .xlsm, .xlsb and .ods with calamine, after a look into the zip file. Runs in the reader process."""

import html
import io
import posixpath
import re
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import python_calamine as calamine

from huajie_desktop.errors import Problem
from huajie_desktop.reading.raw import ERROR, PICTURE, UNCACHED, RawSheet, Sheets
from huajie_desktop.sheets.fenced.cell_looks import STYLED, looks_of, unusual
from huajie_desktop.sheets.fenced.formats import BROKEN, LOCKED, SAVE_AS, check_names
from huajie_desktop.sheets.fenced.opendocument import notes_of_ods

_MAX_ENTRIES, _MAX_BYTES, _MAX_RATIO = 3000, 600 * 2**20, 250
_MAX_AREA = 12_000_000  # cells calamine would lay out, empty ones included
_MAX_MERGES = 200_000
_LARGE = 3 * 2**20  # bytes inflated; from here on the look inside runs beside calamine
_CHUNK = 1 << 20
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_VALUED = re.compile(rb"<(?:\w+:)?c\s[^>]*?r=\"([A-Z]{1,3})(\d+)\"[^>/]*>(?!</)")
_ADDRESS = re.compile(rb"r=\"([A-Z]{1,3})(\d{1,7})\"")
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]+)</")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*hidden=\"(?:1|true)\"")
_HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^>]*hidden=\"(?:1|true)\"[^>]*>")
_LAST_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?r=\"(\d+)\"")
_WIDE = re.compile(rb" r=\"[A-Z]{2,3}\d")
_COMMENT = re.compile(rb"<(?:\w+:)?comment\s[^>]*?ref=\"([A-Z]{1,3})(\d{1,7})\"[^>]*>(.*?)</(?:\w+:)?comment>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<")
_MOST_STYLED = 20_000  # cells of marked styles looked at
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"([\w:]+)=\"([^\"]*)\"|([\w:]+)='([^']*)'")


def read_zip(data: bytes) -> Sheets:
    """The sheets of a zipped workbook. Raises Problem when it is none, has a password, is too large or broken."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_size(archive)
        kind = check_names(set(archive.namelist()))
    except (zipfile.BadZipFile, NotImplementedError, OSError):
        raise Problem(BROKEN) from None
    look = {"xlsx": _notes_of_xlsx, "ods": _notes_of_ods}.get(kind, _no_notes)
    notes = _beside(look, archive) if sum(e.file_size for e in archive.infolist()) > _LARGE else _forgiving(look, archive)
    yield from read_calamine(data, notes)


Notes = Callable[[], list[RawSheet]]


def _forgiving(look: Callable[[zipfile.ZipFile], list[RawSheet]], archive: zipfile.ZipFile) -> Notes:
    """What a look into the archive tells; nothing when the archive is odd, for calamine forgives more than we do."""
    try:
        found = look(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, KeyError, OSError):
        found = []
    except RuntimeError:  # zipfile's word for an encrypted entry
        raise Problem(LOCKED) from None
    return lambda: found


def _beside(look: Callable[[zipfile.ZipFile], list[RawSheet]], archive: zipfile.ZipFile) -> Notes:
    """Looks into a large archive while calamine parses it: both leave the other's core alone most of the time."""
    result: list[Notes | Problem] = []

    def work() -> None:
        try:
            result.append(_forgiving(look, archive))
        except Problem as problem:
            result.append(problem)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()

    def wait() -> list[RawSheet]:
        thread.join()
        if not result:
            return []
        if isinstance(result[0], Problem):
            raise result[0]
        return result[0]()

    return wait


def _no_notes(_: zipfile.ZipFile) -> list[RawSheet]:
    return []


def _notes_of_ods(archive: zipfile.ZipFile) -> list[RawSheet]:
    if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Problem(LOCKED)
    return notes_of_ods(archive)


def _check_size(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    size, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if len(entries) > _MAX_ENTRIES or size > _MAX_BYTES or (size > 50 * 2**20 and size > packed * _MAX_RATIO):
        raise Problem(f"文件解开后有 {size >> 20} MB，大得不正常，没有读。请删除多余的空行空列和图片后{SAVE_AS[1:]}")


def read_calamine(data: bytes, notes: Notes) -> Sheets:
    """Sheets by calamine, completed with what `notes` (by position) found in the file itself."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError:
        raise Problem(LOCKED) from None
    except calamine.CalamineError:
        raise Problem(BROKEN) from None
    for index, entry in enumerate(book.sheets_metadata):
        if entry.typ is not calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            content = book.get_sheet_by_index(index)
        except calamine.CalamineError:
            yield RawSheet(entry.name, problem=f"工作表“{entry.name}”已损坏，没有读")
            continue
        known = notes()
        sheet = known[index] if index < len(known) else RawSheet(entry.name)
        sheet.name, sheet.visible = entry.name, entry.visible is calamine.SheetVisibleEnum.Visible
        sheet.deeply_hidden = entry.visible is calamine.SheetVisibleEnum.VeryHidden
        _fill(sheet, content)
        yield sheet


def _fill(sheet: RawSheet, found: calamine.CalamineSheet) -> None:
    marks = sheet.rows  # special cells the scan found: [row, column, text]
    end = found.end
    if end and (end[0] + 1) * (end[1] + 1) > _MAX_AREA:
        raise Problem(_too_wide(sheet.name))
    rows: list[list[Any]] = list(found.iter_rows())  # blank rows above included, blank columns to the left not
    if found.start and found.start[1]:
        left = [""] * found.start[1]
        rows = [left + row for row in rows]
    sheet.rows = rows
    _put_marks(rows, marks)
    if merges := found.merged_cell_ranges:
        sheet.merges = clip([(a, b, c, d) for (a, b), (c, d) in merges], len(rows), end[1] + 1 if end else 0)


def _put_marks(rows: list[list[Any]], marks: list[list[Any]]) -> None:
    """Errors and formulas never computed stand where calamine saw nothing; a picture's formula says nothing to a reader."""
    for row, column, text in marks:
        if row < len(rows) and column < len(rows[row]) and (text == PICTURE or rows[row][column] == ""):
            rows[row][column] = "" if text == PICTURE else text


def clip(merges: list[tuple[int, int, int, int]], height: int, width: int) -> list[tuple[int, int, int, int]]:
    """Merged ranges cut to the used area; those wholly outside are left out."""
    inside = (m for m in merges if m[0] < height and m[1] < width)
    return [(a, b, min(c, height - 1), min(d, width - 1)) for a, b, c, d in list(inside)[:_MAX_MERGES]]


def _too_wide(name: str) -> str:
    return f"工作表“{name}”在很远的地方（行或列）还有内容，按空白算面积过大，没有读。请删除表格以外的行和列后{SAVE_AS[1:]}"


def _notes_of_xlsx(archive: zipfile.ZipFile) -> list[RawSheet]:
    """Per sheet in workbook order: hidden rows and columns, error cells and uncached formulas (kept in `rows` until filled)."""
    names = {entry.lower(): entry for entry in archive.namelist()}
    looks = looks_of(archive.read(names["xl/styles.xml"])) if "xl/styles.xml" in names else {}
    sheets = []
    for name, part in _parts(archive):
        sheet = _scan(archive, part, name, looks) if part else RawSheet(name)
        if part:
            sheet.notes = _comments(archive, part)
        sheets.append(sheet)
    return sheets


def _comments(archive: zipfile.ZipFile, part: str) -> dict[tuple[int, int], str]:
    """The comments on a sheet's cells, by row and column from 0."""
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    found: dict[tuple[int, int], str] = {}
    if relations not in archive.namelist():
        return found
    for attributes in map(_attributes, _RELATION.findall(archive.read(relations))):
        target = posixpath.normpath(posixpath.join(folder, attributes.get("Target", ""))).lstrip("/")
        if not attributes.get("Type", "").endswith("/comments") or target not in archive.namelist():
            continue
        for letters, row, body in _COMMENT.findall(archive.read(target)):
            text = b"".join(_TEXT.findall(body)).decode("utf-8", "replace")
            found[int(row) - 1, _column(letters)] = html.unescape(text).strip()
    return {at: text for at, text in found.items() if text}


def _parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    names = {name.lower().replace("\\", "/").lstrip("/"): name for name in archive.namelist()}
    book = next((n for n in ("xl/workbook.xml", "workbook.xml") if n in names), "")
    relations = names.get("xl/_rels/workbook.xml.rels", "")
    if not book or not relations:
        return []
    targets = {a.get("Id", ""): a.get("Target", "") for a in map(_attributes, _RELATION.findall(archive.read(relations)))}
    parts = []
    for attributes in map(_attributes, _SHEET.findall(archive.read(names[book]))):
        link = next((v for k, v in attributes.items() if k.endswith(":id")), "")
        target = targets.get(link, "").lstrip("/").lower()
        part = names.get(target) or names.get("xl/" + target) or ""
        parts.append((attributes.get("name", ""), part))
    return parts


def _attributes(text: bytes) -> dict[str, str]:
    return {
        (a or c).decode(): (b or d).decode("utf-8", "replace").replace("&amp;", "&") for a, b, c, d in _ATTRIBUTE.findall(text)
    }


def _scan(archive: zipfile.ZipFile, part: str, name: str, looks: dict[int, str]) -> RawSheet:
    sheet, styled, total = RawSheet(name), list[tuple[int, int, int]](), 0
    last_row, wide = 0, False
    for chunk in _chunks(archive, part):
        if b'hidden="' in chunk:
            sheet.hidden_rows += len(_HIDDEN_ROW.findall(chunk))
            sheet.hidden_columns += sum(map(_width, _HIDDEN_COLUMN.findall(chunk)))
        if b't="e"' in chunk or b"f>" in chunk or b' si="' in chunk:  # an error, a formula, a shared formula
            _mark_cells(sheet, chunk)
        if match := _LAST_ROW.search(chunk, max(chunk.rfind(b"<row"), chunk.rfind(b":row ") - 20, 0)):
            last_row = max(last_row, int(match[1]))
        wide = wide or _WIDE.search(chunk) is not None
        if looks and len(styled) < _MOST_STYLED:
            total += chunk.count(b"<c ")
            styled += _styled(chunk, looks)
    sheet.marks = unusual(styled, looks, total)
    if last_row * (16384 if wide else 26) > _MAX_AREA and _area(archive, part) > _MAX_AREA:
        raise Problem(_too_wide(name))
    return sheet


def _styled(chunk: bytes, looks: dict[int, str]) -> list[tuple[int, int, int]]:
    """The cells in a look that means something: row, column, style."""
    marked = ((letters, row, int(style)) for letters, row, style in STYLED.findall(chunk))
    return [(int(row) - 1, _column(letters), style) for letters, row, style in marked if style in looks]


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The inflated part in pieces that end where a row ends, never whole in memory."""
    rest = b""
    with archive.open(part) as stream:
        while block := stream.read(_CHUNK):
            piece = rest + block
            cut = piece.rfind(b"row>") + 4
            if cut < 4 and len(piece) < 8 * _CHUNK:
                rest = piece
                continue
            cut = cut if cut >= 4 else len(piece)
            rest = piece[cut:]
            yield piece[:cut]
    if rest:
        yield rest


def _mark_cells(sheet: RawSheet, chunk: bytes) -> None:
    for attributes, body in _CELL.findall(chunk):
        error = b't="e"' in attributes
        if not error and b"<f" not in body and b":f" not in body:
            continue
        value = _VALUE.search(body)
        if (value and not error and b"DISPIMG(" not in body) or not (address := _ADDRESS.search(attributes)):
            continue
        if b"DISPIMG(" in body:
            sheet.pictures += 1
            sheet.rows.append([int(address[2]) - 1, _column(address[1]), PICTURE])
            continue
        text = ERROR + value[1].decode("utf-8", "replace") if value else UNCACHED
        sheet.rows.append([int(address[2]) - 1, _column(address[1]), text])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _width(column: bytes) -> int:
    attributes = _attributes(column)
    first, last = attributes.get("min", ""), attributes.get("max", "")
    return max(int(last) - int(first) + 1, 0) if first.isdigit() and last.isdigit() and int(last) < 16384 else 0


def _area(archive: zipfile.ZipFile, part: str) -> int:
    """Rows times columns up to the last cells that hold something."""
    height = width = 0
    for chunk in _chunks(archive, part):
        for letters, row in set(_VALUED.findall(chunk)):
            height, width = max(height, int(row)), max(width, _column(letters) + 1)
    return height * width
