"""Writes a list as .xlsx: title, frozen header, real dates and numbers, drop-downs, ready to print; never a formula."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from huajie_desktop import temporary
from huajie_desktop.errors import Problem
from huajie_desktop.reading.tokens import IDENTITY, KEY
from huajie_desktop.sheets.written.formulas import STARTS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Value = str | int | Decimal | date | None
ANY_TEXT, DAY, NUMBER, AMOUNT = "@", "yyyy-mm-dd", "0", "#,##0.00##"
TOO_LONG = "……（内容太长，没有全部导出，这一格请不要改）"  # what a cut text ends with; one that comes back is no change
_LONGEST = 32_767  # characters a cell can hold
_FACE, _GREY, _LINE, _QUIET = "宋体", "#EFEDE8", "#B8B2A8", "#6B655C"
_OPTIONS = "选项"  # the hidden sheet with the drop-downs' words
_ROWS_CHECKED = 2000  # rows of a template that have drop-downs and checks
_NOTE_LINE, _HEAD, _ROW = 17.0, 32.0, 24.0  # points
_A4, _A3, _WIDE = 9, 8, 16  # papers, and how many columns A4 cannot hold so that they can be read
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]]")
_CHANGED = (f"{verb}_{what}" for verb in ("format", "insert", "delete") for what in ("columns", "rows"))
_ALLOWED = ("format_cells", "sort", "autofilter", *_CHANGED)


class Column(NamedTuple):
    """One column: heading, width in characters, whether long text is wrapped, number format, and what may be chosen."""

    label: str
    width: float
    wrap: bool = False
    look: str = "General"
    choices: Sequence[str] = ()
    strict: bool = False  # whether only the choices are right
    key: str = ""  # in a template, what it is known again by
    given: bool = False  # in a template, whether it is not to be typed in
    most: int | None = None  # the largest number that is right


class Sheet(NamedTuple):
    """A list to be written."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    name: str = ""  # of its sheet; the title unless said


class Template(NamedTuple):
    """A list that comes back: what to do, an example, rows with their identities, and empty rows to be typed in."""

    title: str
    note: Sequence[str]
    columns: Sequence[Column]
    example: Sequence[Value]
    example_identity: str
    rows: Sequence[Sequence[Value]]
    identities: Sequence[str]  # of the rows
    identity: str  # of the template itself
    frozen: int = 1  # columns that stay in sight
    prepared: int = 0  # empty rows with lines below


def cut(text: str) -> str:
    """A text as long as a cell can hold; what is cut says so."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(TOO_LONG)] + TOO_LONG


def as_xlsx(*sheets: Sheet) -> bytes:
    """The lists as a workbook, a sheet each; rows are written as they come, however many there are.

    They lie in a temporary file meanwhile; raises Problem where that has no room.
    """
    from xlsxwriter.exceptions import FileCreateError  # as below

    stream = io.BytesIO()
    try:
        with temporary.folder() as scratch:
            _write_sheets(_open(stream, constant_memory=True, tmpdir=scratch), sheets)
    except (OSError, FileCreateError) as error:
        raise Problem(temporary.NO_ROOM) from error
    return stream.getvalue()


def _write_sheets(book: "Workbook", sheets: Sequence[Sheet]) -> None:
    try:
        styles = _Styles(book)
        for sheet in sheets:
            _write_sheet(book, sheet, styles)
    finally:
        book.close()  # cancelled, too: the library's own temporary file must not stay open


def _write_sheet(book: "Workbook", sheet: Sheet, styles: "_Styles") -> None:
    page = book.add_worksheet(_sheet_name(sheet.name or sheet.title))
    _set_up(page, sheet.columns, 0, head=2)
    page.freeze_panes(2, 0)
    styles.title(page, 0, 0, sheet.title, len(sheet.columns))
    page.set_row(1, _HEAD)
    for place, column in enumerate(sheet.columns):
        page.write_string(1, place, column.label, styles.head)
    looks = [styles.of(column) for column in sheet.columns]
    for number, row in enumerate(sheet.rows, 2):
        for place, value in enumerate(row):
            styles.write(page, number, place, value, looks[place])


def as_template(sheet: Template) -> bytes:
    """The template as a workbook: hidden identities, locked header, drop-downs and checks, ready to be typed in and printed.

    Rows are sorted whole: the filter reaches over the hidden column, and since a protected sheet sorts no locked cells, none
    below the header is locked. What is not to be typed in refuses typing instead.
    """
    stream = io.BytesIO()
    book = _open(stream, in_memory=True)
    page = book.add_worksheet(_sheet_name(sheet.title))
    styles = _Styles(book)
    _set_up(page, sheet.columns, 1, head=4, styles=styles)
    page.freeze_panes(4, 1 + sheet.frozen)
    page.set_column(0, 0, 4, styles.hidden, {"hidden": True})
    _write_head(page, sheet, styles)
    _write_rows(page, sheet, styles)
    last = 5 + len(sheet.rows) + sheet.prepared
    page.autofilter(3, 0, last - 1, len(sheet.columns))
    page.print_area(0, 1, last - 1, len(sheet.columns))
    _add_checks(book, page, sheet.columns)
    page.protect("", dict.fromkeys(_ALLOWED, True))
    book.close()
    return stream.getvalue()


def _open(stream: io.BytesIO, **options: Any) -> "Workbook":
    from xlsxwriter import Workbook  # with the first workbook, for it takes longer than showing the page with the button

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(stream, {**plain, **options})
    book.formats[0].set_font_name(_FACE)
    return book


def _sheet_name(title: str) -> str:
    return _NOT_IN_NAMES.sub("", title)[:31].strip("'") or "清单"


def _set_up(page: "Worksheet", columns: Sequence[Column], first: int, head: int, styles: "_Styles | None" = None) -> None:
    """Widths and how it is printed: A4 across, as wide as the page, the header on every page."""
    for place, column in enumerate(columns, first):
        page.set_column(place, place, column.width, styles.open(column) if styles else None)
    page.repeat_rows(0, head - 1)
    page.set_landscape()
    page.set_paper(_A3 if len(columns) > _WIDE else _A4)
    page.fit_to_pages(1, 0)
    page.center_horizontally()
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.set_footer("&C第 &P 页，共 &N 页")


def _write_head(page: "Worksheet", sheet: Template, styles: "_Styles") -> None:
    width = len(sheet.columns)
    page.write_string(0, 0, sheet.identity, styles.locked)
    styles.title(page, 0, 1, sheet.title, width)
    page.set_row(1, _NOTE_LINE * len(sheet.note))
    page.merge_range(1, 1, 1, width, "", styles.note)
    page.write_string(1, 1, "\n".join(sheet.note), styles.note)
    page.set_row(2, None, None, {"hidden": True})
    page.write_string(2, 0, KEY + IDENTITY, styles.locked)
    page.set_row(3, _HEAD)
    for place, column in enumerate(sheet.columns, 1):
        page.write_string(2, place, KEY + column.key, styles.locked)
        page.write_string(3, place, column.label, styles.head)


def _write_rows(page: "Worksheet", sheet: Template, styles: "_Styles") -> None:
    page.write_string(4, 0, sheet.example_identity, styles.hidden)
    for place, value in enumerate(sheet.example, 1):
        styles.write(page, 4, place, value, styles.example)
    looks = [styles.open(column) for column in sheet.columns]
    for number, (row, identity) in enumerate(zip(sheet.rows, sheet.identities, strict=True), 5):
        page.write_string(number, 0, identity, styles.hidden)
        for place, value in enumerate(row):
            styles.write(page, number, place + 1, value, looks[place])
    for number in range(5 + len(sheet.rows), 5 + len(sheet.rows) + sheet.prepared):
        page.set_row(number, _ROW)
        page.write_blank(number, 0, None, styles.hidden)
        for place, look in enumerate(looks, 1):
            page.write_blank(number, place, None, look)


class _Styles:
    """The looks of a workbook's cells, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[Any, ...], Format] = {}
        self._texts: dict[int, Format] = {}  # by id of a look, the same for text that must not be taken for anything else
        self._title = self._add(font_size=16, bold=True, align="center_across", valign="vcenter")
        self.note = self._add(font_size=10, font_color=_QUIET, valign="vcenter", text_wrap=True)
        self.head = self._add(
            font_size=11, bold=True, align="center", valign="vcenter", text_wrap=True, bg_color=_GREY, **_BORDER
        )
        self.example = self._add(
            font_size=10, italic=True, font_color=_QUIET, valign="vcenter", text_wrap=True, num_format="@", **_OPEN
        )
        self.locked = self._add(font_size=8)
        self.hidden = self._add(font_size=8, locked=False)

    def _add(self, **looks: Any) -> "Format":
        return self._book.add_format({"font_name": _FACE, **looks})

    def title(self, page: "Worksheet", row: int, first: int, text: str, width: int) -> None:
        """A title over all columns."""
        page.set_row(row, 30)
        page.write_string(row, first, text, self._title)
        for place in range(first + 1, first + width):
            page.write_blank(row, place, None, self._title)

    def of(self, column: Column, *, locked: bool = True, text: bool = False) -> "Format":
        """The look of a column's cells; `text` is for what must not be taken for a number or formula."""
        look = ANY_TEXT if text else column.look
        place = "right" if look in (NUMBER, AMOUNT) else "left"
        key = (column.wrap, look, locked)  # no two alike: the library loses count of looks that are the same
        if key not in self._made:
            self._made[key] = self._add(
                font_size=11, align=place, valign="vcenter", text_wrap=column.wrap, num_format=look, locked=locked, **_BORDER
            )
            self._texts[id(self._made[key])] = self._made[key] if look == ANY_TEXT else self.of(column, locked=locked, text=True)
        return self._made[key]

    def open(self, column: Column) -> "Format":
        """The same in a template, where rows can be sorted."""
        return self.of(column, locked=False)

    def write(self, page: "Worksheet", row: int, place: int, value: Value, look: "Format") -> None:
        """A cell of that look; text stays text whatever it begins with, and digits too long for a number stay digits."""
        if value is None or value == "":
            page.write_blank(row, place, None, look)
        elif isinstance(value, str):
            text = cut(_UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n")))
            guarded_look = text.startswith(STARTS) or (text.isascii() and text.isdigit())
            page.write_string(row, place, text, self._texts.get(id(look), look) if guarded_look else look)
        elif isinstance(value, date):
            page.write_datetime(row, place, value, look)
        else:
            page.write_number(row, place, value, look)


_BORDER = {"border": 1, "border_color": _LINE}
_OPEN = {**_BORDER, "locked": False}


def _add_checks(book: "Workbook", page: "Worksheet", columns: Sequence[Column]) -> None:
    """Drop-downs, and what a date or number must look like; where other words are right, too, it only asks."""
    listed = [place for place, column in enumerate(columns) if column.choices and not column.given]
    if listed:
        options = book.add_worksheet(_OPTIONS)
        options.hide()
        for number, place in enumerate(listed):
            options.write_column(0, number, list(columns[place].choices))
    check: dict[str, Any]
    for place, column in enumerate(columns):
        if column.given:
            _cover(page, place, column, {"validate": "custom", "value": "=FALSE", "error_type": "stop"}, "这一列由镇里填，不用改")
        elif column.choices:
            number = listed.index(place)
            source = f"='{_OPTIONS}'!${_letter(number)}$1:${_letter(number)}${len(column.choices)}"
            check = {"validate": "list", "source": source, "error_type": "stop" if column.strict else "warning"}
            _cover(page, place, column, check, "请从列表中选择")
        elif column.look == DAY:
            check = {"validate": "date", "criteria": ">", "value": date(1949, 1, 1), "error_type": "warning"}
            _cover(page, place, column, check, "请写日期，如 2021-03-05")
        elif column.look in (NUMBER, AMOUNT):
            kind = "integer" if column.look == NUMBER else "decimal"
            bounds = {"criteria": ">=", "value": 0}
            if column.most is not None:
                bounds = {"criteria": "between", "minimum": 0, "maximum": column.most}
            words = f"请写 0 到 {column.most} 的数字" if column.most is not None else "请写数字"
            _cover(page, place, column, {"validate": kind, **bounds, "error_type": "warning"}, words)


def _letter(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _cover(page: "Worksheet", place: int, column: Column, check: dict[str, Any], message: str) -> None:
    told = {"ignore_blank": True, "error_title": column.label[:30], "error_message": f"{message}。"}
    page.data_validation(4, place + 1, 3 + _ROWS_CHECKED, place + 1, {**check, **told})
