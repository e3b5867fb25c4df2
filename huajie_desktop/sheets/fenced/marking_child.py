"""The fenced child process that marks a workbook in place: a request in JSON on standard input, the workbook on output."""

import io
import json
import sys
from typing import Any

from huajie_desktop.sheets.fenced import limits
from huajie_desktop.sheets.written.marks import ADVICE, HEADS, LOOKS, PREFIX, SHEET, WIDTHS, Mark, height

_FACE, _GREY = "宋体", "FFEFEDE8"
_LONGEST = 2000  # characters of a comment
_MERGES = 3000  # merged cells beyond which the library takes minutes
_MEMORY = 1 << 30  # bytes


def main() -> None:
    """Reads the request, marks, writes; whatever goes wrong ends the process with a status that says so."""
    limits.cap_memory(_MEMORY)
    request = json.loads(sys.stdin.buffer.read())
    marks = [Mark(**mark) for mark in request["marks"]]
    sys.stdout.buffer.write(_marked(request["path"], request["title"], marks))
    sys.stdout.buffer.flush()


def _marked(path: str, title: str, marks: list[Mark]) -> bytes:
    import warnings

    from openpyxl import load_workbook
    from openpyxl.worksheet.worksheet import Worksheet

    warnings.simplefilter("ignore")  # of what the library does not keep, which nobody reads here
    book = load_workbook(path)
    pages = {page.title: page for page in book.worksheets if isinstance(page, Worksheet)}
    if any(len(page.merged_cells.ranges) > _MERGES or page.max_column > 2000 for page in pages.values()):
        raise MemoryError("too much for the library")
    if SHEET in pages:
        book.remove(pages.pop(SHEET))  # of the last time
    for (sheet, row, letter), found in _by_cell(marks).items():
        if page := pages.get(sheet) or (next(iter(pages.values())) if not sheet else None):
            _mark(page, row, letter, found)
    _sum_up(book, title, marks)
    book.active = 0
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _by_cell(marks: list[Mark]) -> dict[tuple[str, int, str], list[Mark]]:
    found: dict[tuple[str, int, str], list[Mark]] = {}
    for mark in marks:
        found.setdefault((mark.sheet, mark.row, mark.letter), []).append(mark)
    return found


def _mark(page: Any, row: int, letter: str, marks: list[Mark]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell: Any = page[f"{letter}{row}"]
    for merged in page.merged_cells.ranges:
        if cell.coordinate in merged:
            cell = page.cell(merged.min_row, merged.min_col)
    cell.fill = PatternFill("solid", fgColor=LOOKS[any(mark.grave for mark in marks)])
    text = PREFIX + "\n".join(f"{mark.message}。{mark.advice}" for mark in marks)
    comment = Comment(text[:_LONGEST], PREFIX)
    comment.width, comment.height = 320, 40 + 18 * (len(text) // 20 + len(marks))
    cell.comment = comment


def _sum_up(book: Any, title: str, marks: list[Mark]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(SHEET, 0)
    line = Side(style="thin", color="FFB8B2A8")
    page.append([title])
    page.append([ADVICE])
    page.append(list(HEADS))
    for number, mark in enumerate(marks, 1):
        page.append([number, mark.sheet, f"{mark.letter}{mark.row}", mark.said, mark.message, mark.advice])
        for cell in page[page.max_row]:
            cell.data_type = "n" if cell.column == 1 else "s"
            cell.font = Font(name=_FACE, size=11)
            cell.alignment = Alignment(vertical="center", wrap_text=True, horizontal="center" if cell.column < 4 else "left")
            cell.border = Border(left=line, right=line, top=line, bottom=line)
        page.row_dimensions[page.max_row].height = height(mark)
        page.cell(page.max_row, 5).fill = PatternFill("solid", fgColor=LOOKS[mark.grave])
        if mark.sheet:
            place = page.cell(page.max_row, 3)
            quoted = mark.sheet.replace("'", "''")
            place.hyperlink = f"#'{quoted}'!{mark.letter}{mark.row}"
            place.font = Font(name=_FACE, size=11, color="FF1565C0", underline="single")
    page["A1"].font, page["A2"].font = Font(name=_FACE, size=16, bold=True), Font(name=_FACE, size=11, color="FFC62828")
    for place, width in enumerate(WIDTHS, 1):
        page.column_dimensions[get_column_letter(place)].width = width
        head = page.cell(3, place)
        head.font, head.fill = Font(name=_FACE, size=11, bold=True), PatternFill("solid", fgColor=_GREY)
        head.alignment, head.border = Alignment(horizontal="center"), Border(left=line, right=line, top=line, bottom=line)
    page.row_dimensions[1].height, page.freeze_panes, page.print_title_rows = 30, "A4", "1:3"
    page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight = "landscape", 9, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
