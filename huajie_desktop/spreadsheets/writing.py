"""Writes a list as .xlsx or .csv: title, frozen header, real dates and numbers, drop-downs, ready to print; never a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from .formulas import STARTS, guarded

Value = str | int | Decimal | date | None
ANY_TEXT, DAY, NUMBER, AMOUNT = "@", "yyyy-mm-dd", "0", "#,##0.00##"
_FACE, _GREY, _LINE = "宋体", "FFEFEDE8", "FFB8B2A8"
_OPTIONS = "选项"  # the hidden sheet with the drop-downs' words
_ROWS_CHECKED = 2000  # rows of a template that have drop-downs and checks
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # would be read back as a character
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]]")


class Column(NamedTuple):
    """One column: heading, width in characters, whether long text is wrapped, number format, and what may be chosen."""

    label: str
    width: float
    wrap: bool = False
    look: str = "General"
    choices: Sequence[str] = ()
    strict: bool = False  # whether only the choices are right


class Sheet(NamedTuple):
    """A list to be written; `note` is a line under the title, `blank` says that rows are still to be typed in."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    note: str = ""
    blank: bool = False


@cache
def _library() -> SimpleNamespace:
    """What of openpyxl is needed; loaded with the first workbook, for it takes longer than showing the page with the button."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.properties import PageSetupProperties

    return SimpleNamespace(
        Workbook=Workbook, Cell=WriteOnlyCell, Alignment=Alignment, Border=Border, Font=Font, PatternFill=PatternFill, Side=Side,
        letter=get_column_letter, DataValidation=DataValidation, PageSetupProperties=PageSetupProperties,
    )  # fmt: skip


def as_csv(sheet: Sheet) -> bytes:
    """The list as UTF-8 with mark, as Excel and WPS open it by a double click; header and rows only."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([guarded(column.label) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_plain(value) for value in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value.replace("\r\n", "\n").replace("\r", "\n"))
    return value.isoformat() if isinstance(value, date) else f"{value:f}" if isinstance(value, Decimal) else str(value)


def as_xlsx(sheet: Sheet) -> bytes:
    """The list as a workbook of one sheet (and a hidden one with the words of drop-downs)."""
    book = _library().Workbook(write_only=True)
    page = book.create_sheet(_NOT_IN_NAMES.sub("", sheet.title)[:31] or "清单")
    head = 3 if sheet.note else 2
    _set_up(page, sheet, head)
    try:
        _fill(page, sheet)
    except BaseException:  # cancelled: the library's own temporary file must not stay open
        page.close()
        raise
    if sheet.blank:
        _add_checks(book, page, sheet, head)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(page: Any, sheet: Sheet) -> None:
    styles = _Styles(page, sheet)
    blank = [""] * (len(sheet.columns) - 1)
    page.append([styles.cell(text, styles.title) for text in (sheet.title, *blank)])
    if sheet.note:
        page.append([styles.cell(text, styles.note) for text in (sheet.note, *blank)])
    page.append([styles.cell(column.label, styles.head) for column in sheet.columns])
    for row in sheet.rows:
        page.append([styles.cell(value, style) for value, style in zip(row, styles.columns, strict=True)])


def _set_up(page: Any, sheet: Sheet, head: int) -> None:
    """Widths, frozen header and how it is printed: A4 across, as wide as the page, the header on every page."""
    for place, column in enumerate(sheet.columns, 1):
        dimension = page.column_dimensions[_library().letter(place)]
        dimension.width = column.width
        if sheet.blank and column.look != "General":
            dimension.number_format = column.look
    page.row_dimensions[1].height = 30
    if sheet.note:
        page.row_dimensions[2].height = 20
    page.freeze_panes = f"A{head + 1}"
    page.print_title_rows = f"1:{head}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = _library().PageSetupProperties(fitToPage=True)
    page.print_options.horizontalCentered = True
    page.oddFooter.center.text = "第 &P 页，共 &N 页"


class _Styles:
    """The looks of the cells, made once: a style set on each of a million cells would take longer than all else."""

    def __init__(self, page: Any, sheet: Sheet) -> None:
        self._page, self._cell = page, _library().Cell
        font, alignment = _library().Font, _library().Alignment
        across = alignment(horizontal="centerContinuous", vertical="center")
        self.title = self._made(font=font(name=_FACE, size=16, bold=True), alignment=across)
        self.note = self._made(font=font(name=_FACE, size=10, color="FF6B655C"), alignment=alignment(vertical="center"))
        self.head = self._made(
            font=font(name=_FACE, size=11, bold=True),
            alignment=alignment(horizontal="center", vertical="center", wrap_text=True),
            fill=_library().PatternFill("solid", fgColor=_GREY),
            border=_border(),
        )
        self.columns = [self._of(column) for column in sheet.columns]
        self._text = [self._of(column._replace(look=ANY_TEXT)) for column in sheet.columns]
        self._as_text = dict(zip(map(id, self.columns), self._text, strict=True))

    def _of(self, column: Column) -> Any:
        numeric = column.look in (NUMBER, AMOUNT)
        place = _library().Alignment(horizontal="right" if numeric else "left", vertical="center", wrap_text=column.wrap)
        look = column.look if numeric or column.look == DAY else "General"
        look = ANY_TEXT if column.look == ANY_TEXT else look
        return self._made(font=_library().Font(name=_FACE, size=11), alignment=place, border=_border(), number_format=look)

    def _made(self, **looks: Any) -> Any:
        cell: Any = self._cell(self._page)
        for name, look in looks.items():
            setattr(cell, name, look)
        return cell._style

    def cell(self, value: Value, style: Any) -> Any:
        """A cell of that look; text stays text whatever it begins with, and digits too long for a number stay digits."""
        cell: Any = self._cell(self._page)
        cell._style = style
        if isinstance(value, str):
            text = _ESCAPED.sub("_x005F_", _UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n")))
            cell.value = text
            cell.data_type = "s"
            if text.startswith(STARTS) or (text.isascii() and text.isdigit()):
                cell._style = self._as_text.get(id(style), style)
        else:
            cell.value = value
        return cell


def _border() -> Any:
    line = _library().Side(style="thin", color=_LINE)
    return _library().Border(left=line, right=line, top=line, bottom=line)


def _add_checks(book: Any, page: Any, sheet: Sheet, head: int) -> None:
    """Drop-downs, and what a date or number must look like; where other words are right, too, it only asks."""
    listed = [place for place, column in enumerate(sheet.columns, 1) if column.choices]
    for number, place in enumerate(listed, 1):
        column, letter = sheet.columns[place - 1], _library().letter(number)
        words = f"'{_OPTIONS}'!${letter}$1:${letter}${len(column.choices)}"
        check = _library().DataValidation(
            "list", formula1=words, allow_blank=True, errorStyle="stop" if column.strict else "warning"
        )
        _tell(check, "请从列表中选择", column.label)
        _cover(page, check, place, head)
    for place, column in enumerate(sheet.columns, 1):
        if column.look == DAY:
            check = _library().DataValidation(
                "date", operator="greaterThan", formula1="DATE(1949,1,1)", allow_blank=True, errorStyle="warning"
            )
            _tell(check, "请写日期，如 2021-03-05", column.label)
            _cover(page, check, place, head)
        elif column.look in (NUMBER, AMOUNT):
            kind = "whole" if column.look == NUMBER else "decimal"
            check = _library().DataValidation(
                kind, operator="greaterThanOrEqual", formula1="0", allow_blank=True, errorStyle="warning"
            )
            _tell(check, "请写数字", column.label)
            _cover(page, check, place, head)
    if listed:
        options = book.create_sheet(_OPTIONS)
        options.sheet_state = "hidden"
        words_of = [sheet.columns[place - 1].choices for place in listed]
        for row in range(max(map(len, words_of))):
            options.append([words[row] if row < len(words) else None for words in words_of])


def _tell(check: Any, message: str, label: str) -> None:
    check.showErrorMessage = check.showInputMessage = True
    check.errorTitle, check.error = label[:30], f"{message}。"


def _cover(page: Any, check: Any, place: int, head: int) -> None:
    letter = _library().letter(place)
    check.add(f"{letter}{head + 1}:{letter}{head + _ROWS_CHECKED}")
    page.data_validations.append(check)
