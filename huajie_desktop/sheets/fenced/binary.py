"""Reads .xls and .et (BIFF in OLE2) in the reader process: by xlrd, which knows code pages and errors; large ones by calamine."""

import datetime as dt
import io
import struct
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import xlrd

from huajie_desktop.errors import Problem
from huajie_desktop.reading.raw import ERROR, Cell, RawSheet, Sheets, encode, opened
from huajie_desktop.sheets.fenced.cell_looks import Styles, colour_word, unusual
from huajie_desktop.sheets.fenced.changes import Inside
from huajie_desktop.sheets.fenced.formats import BROKEN, LOCKED
from huajie_desktop.sheets.fenced.locked import unlocked
from huajie_desktop.sheets.fenced.number_formats import BUILT_IN, look_of
from huajie_desktop.sheets.fenced.zipped import clip, read_calamine

_LARGE = 4 * 2**20  # bytes; above that xlrd, being pure Python, is too slow
_MAX_AREA = 3_000_000
_MOMENTS = (dt.date, dt.time)
_FAULTS: tuple[type[Exception], ...] = (  # xlrd checks little: broken files fail anywhere inside it
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)


def read_xls(data: bytes) -> Sheets:
    """The sheets of a binary workbook. Raises Problem when it has a password of its own or is broken."""
    try:
        sheets = _read(data)
    except Problem as problem:
        if str(problem) != LOCKED:
            raise
        sheets = _read(unlocked(data))
    yield from map(opened, sheets)


def _read(data: bytes) -> list[RawSheet]:
    if len(data) > _LARGE:
        return _readable(_by_calamine(data), data)
    try:
        return _by_xlrd(data, "")
    except UnicodeDecodeError:
        return _by_xlrd_or_calamine(data, "gb18030")
    except _FAULTS as error:
        if "encrypted" in str(error).lower():
            raise Problem(LOCKED) from None
        return _by_calamine(data)


def _by_calamine(data: bytes) -> list[RawSheet]:
    """The sheets without their looks."""
    sheets = []
    for sheet, rows in read_calamine(data):
        sheet.rows = list(rows)
        sheets.append(sheet)
    return sheets


def _by_xlrd_or_calamine(data: bytes, encoding: str) -> list[RawSheet]:
    try:
        return _by_xlrd(data, encoding)
    except _FAULTS:
        return _by_calamine(data)


def _readable(sheets: list[RawSheet], data: bytes) -> list[RawSheet]:
    """calamine garbles some code pages: texts with NUL or U+FFFD are read again by xlrd."""
    garbled = any(isinstance(c, str) and ("\0" in c or "\ufffd" in c) for s in sheets for row in s.rows for c in row)
    return _by_xlrd_or_calamine(data, "") if garbled else sheets


def _by_xlrd(data: bytes, encoding: str) -> list[RawSheet]:
    book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO(), encoding_override=encoding or None)
    if not book.nsheets:
        raise Problem(BROKEN)
    return [_sheet(book, book.sheet_by_index(i)) for i in range(book.nsheets)]


def _sheet(book: xlrd.Book, found: xlrd.sheet.Sheet) -> RawSheet:
    inside = Inside(found.name.replace("\0", ""))
    sheet = inside.sheet
    sheet.visible, sheet.deeply_hidden = found.visibility == 0, found.visibility == 2
    if found.nrows * found.ncols > _MAX_AREA:
        sheet.problem = f"工作表“{found.name}”面积过大，没有读"
        return sheet
    sheet.merges = clip([(a, c, b - 1, d - 1) for a, b, c, d in found.merged_cells], found.nrows, found.ncols)
    sheet.hidden_rows = _count(row.hidden or row.height == 0 for r, row in found.rowinfo_map.items() if r < found.nrows)
    sheet.hidden_columns = _count(info.hidden or info.width == 0 for c, info in found.colinfo_map.items() if c < found.ncols)
    sheet.notes = {at: note.text for at, note in found.cell_note_map.items() if note.text}
    _take_styles(book, found, inside)
    _take_runs(book, found, inside)
    rows = (
        [_cell(book, *pair) for pair in zip(found.row_types(r), found.row_values(r), strict=True)] for r in range(found.nrows)
    )
    sheet.rows = [list(map(_plain, row)) for row in inside.rows(rows)]
    return sheet


def _count(found: Iterable[object]) -> int:
    return sum(map(bool, found))


def _plain(cell: Any) -> Cell:
    return encode(cell) if isinstance(cell, _MOMENTS) else cell


def _take_styles(book: xlrd.Book, found: xlrd.sheet.Sheet, inside: Inside) -> None:
    """The cells in a number format that shows something else, struck through, or in a colour few have."""
    styles = _styles(book)
    if not styles.telling():
        return
    places = ((r, c) for r in range(found.nrows) for c in range(found.row_len(r)) if found.cell_type(r, c))
    filled = [(r, c, found.cell_xf_index(r, c)) for r, c in places]
    for row, column, style in filled:
        if style in styles.struck:
            inside.strike((row, column))
        if style in styles.formats:
            inside.show((row, column), styles.formats[style].of)
    coloured = [cell for cell in filled if cell[2] in styles.colours]
    inside.sheet.marks = unusual(coloured, styles.colours, len(filled))


def _styles(book: xlrd.Book) -> Styles:
    found = Styles()
    for number, xf in enumerate(book.xf_list):
        if words := _colours(book, xf):
            found.colours[number] = words
        if book.font_list[xf.font_index].struck_out:
            found.struck.add(number)
        if look := look_of(_code(book, xf)):
            found.formats[number] = look
    return found


def _take_runs(book: xlrd.Book, found: xlrd.sheet.Sheet, inside: Inside) -> None:
    """The cells of which pieces are struck through; what stands before the first piece has the font of the cell."""
    for (row, column), starts in found.rich_text_runlist_map.items():
        if row >= found.nrows or column >= found.row_len(row) or found.cell_type(row, column) != xlrd.XL_CELL_TEXT:
            continue
        text, own = str(found.cell_value(row, column)), book.xf_list[found.cell_xf_index(row, column)].font_index
        pieces = [(0, own), *starts, (len(text), 0)]
        inside.strike_runs(
            (row, column),
            [(text[start:end], bool(book.font_list[font].struck_out)) for (start, font), (end, _) in pairwise(pieces)],
        )


def _code(book: xlrd.Book, xf: xlrd.formatting.XF) -> str:
    declared = book.format_map.get(xf.format_key)
    return BUILT_IN.get(xf.format_key) or (declared.format_str if declared else "General")


def _colours(book: xlrd.Book, xf: xlrd.formatting.XF) -> str:
    font, ground, words = book.font_list[xf.font_index], xf.background, []
    for index, kind in ((font.colour_index, "字"), (ground.pattern_colour_index if ground.fill_pattern else None, "底")):
        rgb = book.colour_map.get(index)
        if rgb and (name := colour_word(*rgb)):
            words.append(f"{name}{kind}")
    return "、".join(words)


def _cell(book: xlrd.Book, kind: int, value: object) -> object:
    if kind == xlrd.XL_CELL_TEXT:
        return str(value).replace("\0", "")
    if kind == xlrd.XL_CELL_NUMBER:
        return value
    if kind == xlrd.XL_CELL_DATE:
        return _date(book, float(value))  # type: ignore[arg-type]
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return ERROR + str(xlrd.error_text_from_code.get(value, "#ERR!"))
    return ""


def _date(book: xlrd.Book, serial: float) -> object:
    """A date cell; serials that are no date (0, negative, far future) stay numbers."""
    try:
        moment = xlrd.xldate.xldate_as_datetime(serial, book.datemode)
    except (xlrd.xldate.XLDateError, ValueError, OverflowError):
        return serial
    return moment if serial >= 1 else moment.time()
