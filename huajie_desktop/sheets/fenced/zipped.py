"""Reads .xlsx, .xlsm, .xlsb and .ods with calamine, and looks into the zip file beside it. Runs in the reader process."""

import io
import threading
import zipfile
import zlib
from collections.abc import Callable

import python_calamine as calamine

from huajie_desktop.errors import Problem
from huajie_desktop.reading.raw import Opened, RawSheet, Sheets
from huajie_desktop.sheets.fenced.changes import Inside
from huajie_desktop.sheets.fenced.formats import BROKEN, LOCKED, MAX_AREA, SAVE_AS, check_names, too_wide

_MAX_ENTRIES, _MAX_BYTES, _MAX_RATIO = 3000, 600 * 2**20, 250
_MAX_MERGES = 200_000
_LARGE = 3 * 2**20  # bytes inflated; below, what is laid out too wide is refused before calamine takes the room for it
Found = Callable[[], list[Inside]]  # waits for what a look into the file told, by position of the sheets


def read_zip(data: bytes) -> Sheets:
    """The sheets of a zipped workbook. Raises Problem when it is none, has a password, is too large or broken."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_size(archive)
        kind = check_names(set(archive.namelist()))
    except (zipfile.BadZipFile, NotImplementedError, OSError):
        raise Problem(BROKEN) from None
    if sum(e.file_size for e in archive.infolist()) > _LARGE:
        yield from read_calamine(data, _beside(kind, archive))
    else:
        inside = _forgiving(kind, archive, beside=False)
        yield from read_calamine(data, lambda: inside)


def _beside(kind: str, archive: zipfile.ZipFile) -> Found:
    """Looks into the archive while calamine parses it: both leave the other's core alone most of the time."""
    result: list[list[Inside] | Exception] = []

    def work() -> None:
        try:
            result.append(_forgiving(kind, archive, beside=True))
        except Exception as problem:  # raised again where it is waited for
            result.append(problem)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()

    def wait() -> list[Inside]:
        thread.join()
        if isinstance(result[0], Exception):
            raise result[0]
        return result[0]

    return wait


def _forgiving(kind: str, archive: zipfile.ZipFile, *, beside: bool) -> list[Inside]:
    """What a look into the archive tells; nothing when the archive is odd, for calamine forgives more than we do."""
    try:
        if kind == "xlsx":
            from huajie_desktop.sheets.fenced.inside_xlsx import look_into_xlsx  # loaded while calamine works

            return look_into_xlsx(archive, beside)
        if kind == "ods":
            from huajie_desktop.sheets.fenced.opendocument import look_into_ods

            return look_into_ods(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, KeyError, OSError):
        return []
    except RuntimeError:  # zipfile's word for an encrypted entry
        raise Problem(LOCKED) from None
    return []


def _check_size(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    size, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if len(entries) > _MAX_ENTRIES or size > _MAX_BYTES or (size > 50 * 2**20 and size > packed * _MAX_RATIO):
        raise Problem(f"文件解开后有 {size >> 20} MB，大得不正常，没有读。请删除多余的空行空列和图片后{SAVE_AS[1:]}")


def read_calamine(data: bytes, found: Found = list) -> Sheets:
    """Sheets by calamine, completed with what was found in the file itself."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError:
        raise Problem(LOCKED) from None
    except calamine.CalamineError:
        found()  # which may know better what is wrong
        raise Problem(BROKEN) from None
    for index, entry in enumerate(book.sheets_metadata):
        if entry.typ is not calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            content = book.get_sheet_by_index(index)
        except calamine.CalamineError:
            yield RawSheet(entry.name, problem=f"工作表“{entry.name}”已损坏，没有读"), iter(())
            continue
        known = found()
        inside = known[index] if index < len(known) else Inside(entry.name)
        sheet = inside.sheet
        sheet.looked = index < len(known)
        sheet.name, sheet.visible = entry.name, entry.visible is calamine.SheetVisibleEnum.Visible
        sheet.deeply_hidden = entry.visible is calamine.SheetVisibleEnum.VeryHidden
        yield _filled(inside, content)


def _filled(inside: Inside, found: calamine.CalamineSheet) -> Opened:
    sheet, end = inside.sheet, found.end
    if end and (end[0] + 1) * (end[1] + 1) > MAX_AREA:
        raise Problem(too_wide(sheet.name))
    if merges := found.merged_cell_ranges:
        sheet.merges = clip([(a, b, c, d) for (a, b), (c, d) in merges], end[0] + 1 if end else 0, end[1] + 1 if end else 0)
    rows = found.iter_rows()  # blank rows above included, blank columns to the left not
    left = [""] * found.start[1] if found.start else []
    return sheet, inside.rows([*left, *row] for row in rows) if left else inside.rows(rows)


def clip(merges: list[tuple[int, int, int, int]], height: int, width: int) -> list[tuple[int, int, int, int]]:
    """Merged ranges cut to the used area; those wholly outside are left out."""
    inside = (m for m in merges if m[0] < height and m[1] < width)
    return [(a, b, min(c, height - 1), min(d, width - 1)) for a, b, c, d in list(inside)[:_MAX_MERGES]]
