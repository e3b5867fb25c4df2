"""A look into an .xlsx for what calamine does not tell: formats, strike-through, hidden state. Runs in the reader process."""

import html
import re
import zipfile

from huajie_desktop.errors import Problem
from huajie_desktop.reading.raw import ERROR, PICTURE, UNCACHED, Place
from huajie_desktop.sheets.fenced.cell_looks import STRIKE, Styles, styles_of, unusual
from huajie_desktop.sheets.fenced.changes import Inside, Run
from huajie_desktop.sheets.fenced.formats import MAX_AREA, too_wide
from huajie_desktop.sheets.fenced.xlsx_parts import attributes_of, chunks, column_of, comments_of, named_parts, sheet_parts
from huajie_desktop.sheets.written.formulas import unguarded

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_VALUED = re.compile(rb"<(?:\w+:)?c\s[^>]*?r=\"([A-Z]{1,3})(\d+)\"[^>/]*>(?!</)")
_ADDRESS = re.compile(rb"r=\"([A-Z]{1,3})(\d{1,7})\"")
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]+)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>([^<]+)</")
_ROW, _ROW_IN_SPACE = re.compile(rb"<row\s[^>]*>"), re.compile(rb"<\w+:row\s[^>]*>")  # the first is fast
_HIDDEN_ROW = re.compile(rb"\b(?:hidden=\"(?:1|true)\"|ht=\"0(?:\.0*)?\")")
_HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\s(?=[^>]*?(?:\bhidden=\"(?:1|true)\"|\bwidth=\"0(?:\.0*)?\"))[^>]*>")
_NUMBER = re.compile(rb"\br=\"(\d+)\"")
_IS_CELL = re.compile(rb"<(?:\w+:)?c\s")
_WIDE = re.compile(rb" r=\"[A-Z]{2,3}\d")
_STRING = re.compile(rb"<(?:\w+:)?si(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_RUN = re.compile(rb"<(?:\w+:)?r>(.*?)</(?:\w+:)?r>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</")
_SHARED = re.compile(rb"<(?:\w+:)?c\s([^>]*?\bt=\"s\"[^>]*)>\s*<(?:\w+:)?v>(\d+)</")
_MOST_COLOURED = 20_000  # cells in a colour looked at


def look_into_xlsx(archive: zipfile.ZipFile, beside: bool = False) -> list[Inside]:
    """What each sheet holds beside its cells, in the order of the workbook. Raises Problem for one far too wide.

    `beside` says that calamine is at it already, so that it is too late to ask how wide they are.
    """
    names = named_parts(archive)
    styles = styles_of(archive.read(names["xl/styles.xml"])) if "xl/styles.xml" in names else Styles()
    shared = _struck_strings(archive, names["xl/sharedstrings.xml"]) if "xl/sharedstrings.xml" in names else {}
    found = []
    for name, part in sheet_parts(archive):
        inside = Inside(name)
        if part:
            scan = _Scan(inside, styles, shared, measured=not beside)
            scan.read(archive, part)
            if not beside and scan.last_row * (16384 if scan.wide else 26) > MAX_AREA and _area(archive, part) > MAX_AREA:
                raise Problem(too_wide(name))
            inside.sheet.notes = comments_of(archive, part)
        found.append(inside)
    return found


def _struck_strings(archive: zipfile.ZipFile, part: str) -> dict[bytes, list[Run]]:
    """The shared strings of which pieces are struck through, by number."""
    found, first = dict[bytes, list[Run]](), 0
    for chunk in chunks(archive, part, b"si"):
        if b"strike" in chunk:
            bodies = _STRING.findall(chunk)
            found.update((b"%d" % (first + i), _runs(body)) for i, body in enumerate(bodies) if b"strike" in body)
            first += len(bodies)
        else:
            first += chunk.count(b"<si>") or len(_STRING.findall(chunk))
    return found


def _runs(body: bytes) -> list[Run]:
    """The pieces of a rich text and whether each is struck through."""
    return [(_decoded(b"".join(_TEXT.findall(run))), _is_struck(run)) for run in _RUN.findall(body)]


def _is_struck(run: bytes) -> bool | None:
    """Whether a piece is struck through; None where it looks as its cell does."""
    return STRIKE.search(run) is not None if b"rPr" in run else None


def _decoded(text: bytes) -> str:
    return html.unescape(text.decode("utf-8", "replace"))


class _Scan:
    """Goes through the XML of one sheet piece by piece."""

    def __init__(self, inside: Inside, styles: Styles, shared: dict[bytes, list[Run]], *, measured: bool) -> None:
        self._inside, self._styles, self._shared, self._measured = inside, styles, shared, measured
        self._coloured: list[tuple[int, int, int]] = []
        self._styled = _in_styles(styles.telling())
        self._total = self.last_row = 0
        self.wide = self._computed = False

    def read(self, archive: zipfile.ZipFile, part: str) -> None:
        """Takes in what the sheet says."""
        for chunk in chunks(archive, part, b"row"):
            if not self.last_row:  # columns stand before the first row
                self._inside.sheet.hidden_columns = sum(map(_width, _HIDDEN_COLUMN.findall(chunk[: chunk.find(b"sheetData")])))
            self._take_rows(chunk)
            self._computed = self._computed or b"f>" in chunk
            if self._computed or b't="e"' in chunk:
                self._take_formulas(chunk)
            if self._styled:
                self._take_styles(chunk, self._styled)
            self._take_runs(chunk)
        self._inside.sheet.marks = unusual(self._coloured, self._styles.colours, self._total)

    def _take_rows(self, chunk: bytes) -> None:
        rows = _ROW.findall(chunk) or _ROW_IN_SPACE.findall(chunk)
        if not rows:
            return
        said = b"".join(rows)
        if b"hidden" in said or b'ht="0' in said:
            self._inside.sheet.hidden_rows += sum(_HIDDEN_ROW.search(row) is not None for row in rows)
        if number := _NUMBER.search(rows[-1]):
            self.last_row = max(self.last_row, int(number[1]))
        self.wide = self.wide or (self._measured and _WIDE.search(chunk) is not None)

    def _take_formulas(self, chunk: bytes) -> None:
        for attributes, body in _CELL.findall(chunk):
            error = b't="e"' in attributes
            if not error and b"<f" not in body and b":f" not in body:
                continue
            if (place := _place(attributes)) is None:
                continue
            value, formula = _VALUE.search(body), _FORMULA.search(body)
            if b"DISPIMG(" in body:
                self._inside.sheet.pictures += 1
                self._inside.say(place, PICTURE)
            elif formula and not value and (text := unguarded(said := "=" + _decoded(formula[1]))) != said:
                self._inside.say(place, text)
            elif error or not value:
                self._inside.say(place, ERROR + value[1].decode("utf-8", "replace") if value else UNCACHED)

    def _take_styles(self, chunk: bytes, styled: re.Pattern[bytes]) -> None:
        """The cells in a style that says something."""
        styles = self._styles
        if styles.colours and len(self._coloured) < _MOST_COLOURED:
            self._total += chunk.count(b"<c ")
        for found in styled.finditer(chunk):
            tag = chunk[chunk.rfind(b"<", 0, found.start()) : chunk.find(b">", found.end())]
            if not _IS_CELL.match(tag) or (place := _place(tag)) is None:
                continue
            style = int(found[1])
            if style in styles.struck and not tag.endswith(b"/"):
                self._inside.strike(place)
            if style in styles.formats:
                self._inside.show(place, styles.formats[style].of)
            if style in styles.colours and len(self._coloured) < _MOST_COLOURED:
                self._coloured.append((*place, style))
        if len(self._coloured) >= _MOST_COLOURED:
            self._styled = _in_styles({*styles.struck, *styles.formats})

    def _take_runs(self, chunk: bytes) -> None:
        """The cells of which pieces are struck through, in the strings all sheets share or in their own."""
        if self._shared:
            for attributes, number in _SHARED.findall(chunk):
                if number in self._shared and (place := _place(attributes)):
                    self._inside.strike_runs(place, self._shared[number])
        if b"strike" in chunk:
            for attributes, body in _CELL.findall(chunk):
                if b"strike" in body and (place := _place(attributes)):
                    self._inside.strike_runs(place, _runs(body))


def _in_styles(numbers: set[int]) -> re.Pattern[bytes] | None:
    """Finds the attributes that give a cell one of these styles: a search that costs nothing where there are none."""
    words = b"|".join(b"%d" % number for number in sorted(numbers))
    return re.compile(rb" s=\"(%b)\"" % words) if words else None


def _place(attributes: bytes) -> Place | None:
    found = _ADDRESS.search(attributes)
    return (int(found[2]) - 1, column_of(found[1])) if found else None


def _width(column: bytes) -> int:
    attributes = attributes_of(column)
    first, last = attributes.get("min", ""), attributes.get("max", "")
    return max(int(last) - int(first) + 1, 0) if first.isdigit() and last.isdigit() and int(last) < 16384 else 0


def _area(archive: zipfile.ZipFile, part: str) -> int:
    """Rows times columns up to the last cells that hold something."""
    height = width = 0
    for chunk in chunks(archive, part, b"row"):
        for letters, row in set(_VALUED.findall(chunk)):
            height, width = max(height, int(row)), max(width, column_of(letters) + 1)
    return height * width
