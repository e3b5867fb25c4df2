"""Writes cells as people see them, as .xlsx, .xls and .ods: number formats, text struck in pieces or whole, rows that are hidden."""

import datetime as dt
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

import xlwt
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

ENDINGS = ("xlsx", "xls", "ods")
_STATES = {"visible": 0, "hidden": 1, "veryHidden": 2}
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for name, long in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)
_STYLES = (
    '<style:style style:name="line" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="struck" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="unseen" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


@dataclass(frozen=True)
class Shown:
    """A number or day in a number format, with the text an office program displays for it."""

    value: float | dt.date
    look: str
    text: str


@dataclass(frozen=True)
class Pieces:
    """A text of which pieces, each a text and whether it is struck through."""

    runs: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Struck:
    """A text or number that is struck through as a whole."""

    value: str | float


@dataclass
class Page:
    """One sheet: rows of cells, merges as (top, left, bottom, right) from 0, hidden rows and columns, its state."""

    rows: list
    merges: list = field(default_factory=list)
    hidden_rows: tuple = ()
    hidden_columns: tuple = ()
    state: str = "visible"


def write(path: Path, *pages: Page) -> Path:
    """Writes the pages in the format the file's ending names."""
    {".xlsx": _xlsx, ".xls": _xls, ".ods": _ods}[path.suffix](path, pages)
    return path


def _xlsx(path: Path, pages: tuple[Page, ...]) -> None:
    book = Workbook()
    book.remove(book.active)
    for number, page in enumerate(pages, 1):
        sheet = book.create_sheet(f"表{number}")
        sheet.sheet_state = page.state
        for r, row in enumerate(page.rows, 1):
            for c, cell in enumerate(row, 1):
                place = sheet.cell(r, c)
                match cell:
                    case Shown():
                        place.value, place.number_format = cell.value, cell.look
                    case Struck():
                        place.value, place.font = cell.value, Font(strike=True)
                    case Pieces():
                        blocks = [TextBlock(InlineFont(strike=struck or None), text) for text, struck in cell.runs]
                        place.value = CellRichText(*blocks)
                    case _:
                        place.value = cell
        for top, left, bottom, right in page.merges:
            sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
        for r in page.hidden_rows:
            sheet.row_dimensions[r + 1].hidden = True
        for c in page.hidden_columns:
            sheet.column_dimensions["ABCDEFGHIJ"[c]].hidden = True
    book.save(path)


def _xls(path: Path, pages: tuple[Page, ...]) -> None:
    book = xlwt.Workbook()
    struck, plain = xlwt.easyfont("struck_out on"), xlwt.easyfont("")
    for number, page in enumerate(pages, 1):
        sheet = book.add_sheet(f"表{number}")
        sheet.visibility = _STATES[page.state]
        covered = {(r, c) for t, x, b, y in page.merges for r in range(t, b + 1) for c in range(x, y + 1)}
        for r, row in enumerate(page.rows):
            for c, cell in enumerate(row):
                match cell:
                    case Shown():
                        sheet.write(r, c, cell.value, xlwt.easyxf(num_format_str=cell.look))
                    case Struck():
                        sheet.write(r, c, cell.value, xlwt.easyxf("font: struck_out on"))
                    case Pieces():
                        sheet.write_rich_text(r, c, [(text, struck if line else plain) for text, line in cell.runs])
                    case _ if cell not in ("", None) and (r, c) not in covered:
                        sheet.write(r, c, cell)
        for top, left, bottom, right in page.merges:
            sheet.write_merge(top, bottom, left, right, page.rows[top][left])
        for r in page.hidden_rows:
            sheet.row(r).hidden = True
        for c in page.hidden_columns:
            sheet.col(c).hidden = True
    book.save(str(path))


def _ods(path: Path, pages: tuple[Page, ...]) -> None:
    tables = "".join(_table(number, page) for number, page in enumerate(pages, 1))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f"<office:document-content {_SPACES}><office:automatic-styles>{_STYLES}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
            'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
        )


def _table(number: int, page: Page) -> str:
    look = ' table:style-name="unseen"' if page.state != "visible" else ""
    parts = [f'<table:table table:name="表{number}"{look}>']
    for c in range(max(map(len, page.rows))):
        parts.append(
            f"<table:table-column{' table:visibility=' + chr(34) + 'collapse' + chr(34) if c in page.hidden_columns else ''}/>"
        )
    spans = {
        (t, x): f' table:number-rows-spanned="{b - t + 1}" table:number-columns-spanned="{y - x + 1}"'
        for t, x, b, y in page.merges
    }
    for r, row in enumerate(page.rows):
        parts.append(f"<table:table-row{' table:visibility=' + chr(34) + 'filter' + chr(34) if r in page.hidden_rows else ''}>")
        parts += [_ods_cell(cell, spans.get((r, c), "")) for c, cell in enumerate(row)]
        parts.append("</table:table-row>")
    return "".join([*parts, "</table:table>"])


def _ods_cell(cell: object, span: str) -> str:
    match cell:
        case Shown(value=dt.date() as day):
            return f'<table:table-cell office:value-type="date" office:date-value="{day}"><text:p>{escape(cell.text)}</text:p></table:table-cell>'
        case Shown():
            kind = "percentage" if "%" in cell.text else "float"
            return f'<table:table-cell office:value-type="{kind}" office:value="{cell.value}"><text:p>{escape(cell.text)}</text:p></table:table-cell>'
        case Struck():
            return f'<table:table-cell table:style-name="struck" office:value-type="string"><text:p>{cell.value}</text:p></table:table-cell>'
        case Pieces():
            text = "".join(f'<text:span text:style-name="line">{t}</text:span>' if line else t for t, line in cell.runs)
            return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        case int() | float():
            return f'<table:table-cell{span} office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    return (
        f'<table:table-cell{span} office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'
        if cell
        else "<table:table-cell/>"
    )
