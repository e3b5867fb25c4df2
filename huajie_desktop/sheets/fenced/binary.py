"""Reads .xls and .et (BIFF in OLE2) in the reader process: by xlrd, which knows code pages and errors; large ones by calamine."""

import io
import struct

import xlrd

from huajie_desktop.errors import Problem
from huajie_desktop.reading.raw import ERROR, Cell, RawSheet, Sheets, encode
from huajie_desktop.sheets.fenced.cell_looks import STRUCK, colour_word, unusual
from huajie_desktop.sheets.fenced.formats import BROKEN, LOCKED
from huajie_desktop.sheets.fenced.zipped import clip, read_calamine

_LARGE = 4 * 2**20  # bytes; above that xlrd, being pure Python, is too slow
_MAX_AREA = 3_000_000
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
    """The sheets of a binary workbook. Raises Problem when it has a password or is broken."""
    if len(data) > _LARGE:
        yield from _readable(list(read_calamine(data, list)), data)
        return
    try:
        sheets = _by_xlrd(data, "")
    except UnicodeDecodeError:
        sheets = _by_xlrd_or_calamine(data, "gb18030")
    except _FAULTS as error:
        if "encrypted" in str(error).lower():
            raise Problem(LOCKED) from None
        sheets = list(read_calamine(data, list))
    yield from sheets


def _by_xlrd_or_calamine(data: bytes, encoding: str) -> list[RawSheet]:
    try:
        return _by_xlrd(data, encoding)
    except _FAULTS:
        return list(read_calamine(data, list))


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
    sheet = RawSheet(found.name.replace("\0", ""), visible=found.visibility == 0)
    sheet.deeply_hidden = found.visibility == 2
    if found.nrows * found.ncols > _MAX_AREA:
        sheet.problem = f"工作表“{found.name}”面积过大，没有读"
        return sheet
    sheet.rows = [_row(book, found, r) for r in range(found.nrows)]
    sheet.merges = clip([(a, c, b - 1, d - 1) for a, b, c, d in found.merged_cells], found.nrows, found.ncols)
    sheet.hidden_rows = sum(1 for r, info in found.rowinfo_map.items() if info.hidden and r < found.nrows)
    sheet.notes = {at: note.text for at, note in found.cell_note_map.items() if note.text}
    sheet.marks = _marks(book, found)
    sheet.hidden_columns = sum(1 for c, info in found.colinfo_map.items() if info.hidden and c < found.ncols)
    return sheet


def _marks(book: xlrd.Book, found: xlrd.sheet.Sheet) -> dict[tuple[int, int], str]:
    """Cells that are struck through or coloured, where few are."""
    looks = {number: words for number, xf in enumerate(book.xf_list) if (words := _look(book, xf))}
    if not looks:
        return {}
    places = ((r, c) for r in range(found.nrows) for c in range(found.row_len(r)) if found.cell_type(r, c))
    filled = [(r, c, found.cell_xf_index(r, c)) for r, c in places]
    return unusual([cell for cell in filled if cell[2] in looks], looks, len(filled))


def _look(book: xlrd.Book, xf: xlrd.formatting.XF) -> str:
    font, ground = book.font_list[xf.font_index], xf.background
    words = [STRUCK] if font.struck_out else []
    for index, kind in ((font.colour_index, "字"), (ground.pattern_colour_index if ground.fill_pattern else None, "底")):
        rgb = book.colour_map.get(index)
        if rgb and (name := colour_word(*rgb)):
            words.append(f"{name}{kind}")
    return "、".join(words)


def _row(book: xlrd.Book, sheet: xlrd.sheet.Sheet, index: int) -> list[Cell]:
    return [_cell(book, kind, value) for kind, value in zip(sheet.row_types(index), sheet.row_values(index), strict=True)]


def _cell(book: xlrd.Book, kind: int, value: object) -> Cell:
    if kind == xlrd.XL_CELL_TEXT:
        return str(value).replace("\0", "")
    if kind == xlrd.XL_CELL_NUMBER:
        return value  # type: ignore[return-value]
    if kind == xlrd.XL_CELL_DATE:
        return _date(book, float(value))  # type: ignore[arg-type]
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return ERROR + str(xlrd.error_text_from_code.get(value, "#ERR!"))
    return ""


def _date(book: xlrd.Book, serial: float) -> Cell:
    """A date cell; serials that are no date (0, negative, far future) stay numbers."""
    try:
        moment = xlrd.xldate.xldate_as_datetime(serial, book.datemode)
    except (xlrd.xldate.XLDateError, ValueError, OverflowError):
        return serial
    return encode(moment if serial >= 1 else moment.time())
