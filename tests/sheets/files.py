"""Writes grids of cells as .xlsx, .xls, .ods and .csv, with merges, hidden columns, real dates and computed formulas."""

import csv
import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

import xlwt
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

EAST_ASIAN = {31: "yyyy年m月d日", 57: "yyyy年m月", 58: "m月d日"}  # built-in formats openpyxl and xlwt do not know


@dataclass(frozen=True)
class Day:
    """A date cell; `look` is a format text or the number of a built-in East-Asian format."""

    day: dt.date
    look: str | int = "yyyy-mm-dd"


@dataclass(frozen=True)
class Formula:
    """A formula and the result kept beside it; None when it was never computed."""

    text: str
    result: str | float | None


@dataclass
class Grid:
    """One sheet: rows of cells, merges as (top, left, bottom, right) from 0, hidden columns, whether it is seen, or not even listed."""

    name: str
    rows: list = field(default_factory=list)
    merges: list = field(default_factory=list)
    hidden: list = field(default_factory=list)
    visible: bool = True
    deeply_hidden: bool = False

    def add(self, *cells) -> int:
        """Appends a row; its number from 0."""
        self.rows.append(list(cells))
        return len(self.rows) - 1


def write(path: Path, grids: list[Grid]) -> None:
    """Writes the grids in the format the file's ending names."""
    {".xlsx": _xlsx, ".xls": _xls, ".ods": _ods, ".csv": _csv}[path.suffix](path, grids)


def _xlsx(path: Path, grids: list[Grid]) -> None:
    book = Workbook()
    book.remove(book.active)
    results = {}
    for number, grid in enumerate(grids, 1):
        page = book.create_sheet(grid.name)
        page.sheet_state = "veryHidden" if grid.deeply_hidden else "visible" if grid.visible else "hidden"
        for r, row in enumerate(grid.rows, 1):
            for c, value in enumerate(row, 1):
                cell = page.cell(r, c)
                if isinstance(value, Day):
                    cell.value = value.day
                    cell.number_format = f"East{value.look}" if isinstance(value.look, int) else value.look
                elif isinstance(value, Formula):
                    cell.value = "=" + value.text
                    results[number, cell.coordinate] = value.result
                elif value != "":
                    cell.value = value
        for top, left, bottom, right in grid.merges:
            page.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
        for c in grid.hidden:
            page.column_dimensions[get_column_letter(c + 1)].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, _mend(name, old.read(name).decode("utf-8"), results))


def _mend(name: str, text: str, results: dict) -> str:
    """Puts in what openpyxl cannot write: numbers of built-in formats and results of formulas."""
    for number in EAST_ASIAN if name == "xl/styles.xml" else ():
        if found := re.search(rf'<numFmt (?=[^>]*formatCode="East{number}")[^>]*numFmtId="(\d+)"[^>]*/>', text):
            text = text.replace(found[0], "").replace(f'numFmtId="{found[1]}"', f'numFmtId="{number}"')
    for (sheet, address), result in results.items():
        if name == f"xl/worksheets/sheet{sheet}.xml" and result is not None:
            kind = ' t="str"' if isinstance(result, str) else ""
            cell = rf'<c r="{address}"([^>]*)><f>(.*?)</f><v ?/?>(?:</v>)?</c>'
            text = re.sub(cell, rf'<c r="{address}"\1{kind}><f>\2</f><v>{result}</v></c>', text)
    return text


def _xls(path: Path, grids: list[Grid]) -> None:
    book = xlwt.Workbook()
    for grid in grids:
        page = book.add_sheet(grid.name)
        page.visibility = 2 if grid.deeply_hidden else 0 if grid.visible else 1
        merged = {(top, left): (bottom, right) for top, left, bottom, right in grid.merges}
        for r, row in enumerate(grid.rows):
            for c, value in enumerate(row):
                style = xlwt.easyxf()
                if isinstance(value, Day):
                    style = xlwt.easyxf(num_format_str=EAST_ASIAN.get(value.look, value.look))
                    value = value.day
                value = value.result if isinstance(value, Formula) else value
                if (r, c) in merged:
                    page.write_merge(r, merged[r, c][0], c, merged[r, c][1], value, style)
                elif value not in ("", None):
                    page.write(r, c, value, style)
        for c in grid.hidden:
            page.col(c).hidden = True
    book.save(str(path))


_SPACES = {f"xmlns:{k}": f"urn:oasis:names:tc:opendocument:xmlns:{k}:1.0" for k in ("office", "table", "text", "style")}
_UNSEEN = (
    '<office:automatic-styles><style:style style:name="unseen" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style></office:automatic-styles>"
)
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def _ods(path: Path, grids: list[Grid]) -> None:
    names = " ".join(f'{k}="{v}"' for k, v in _SPACES.items())
    tables = "".join(_table(grid) for grid in grids)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _TYPE, zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.3">{_UNSEEN}<office:body>'
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/></manifest:manifest>',
        )


def _table(grid: Grid) -> str:
    """A table as LibreOffice writes it: covered cells, repeated blank cells to the sheet's end, a repeated blank row."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in grid.merges}
    covered = {(r, c) for t, x, b, y in grid.merges for r in range(t, b + 1) for c in range(x, y + 1)} - set(spans)
    style = "" if grid.visible else ' table:style-name="unseen"'
    opened = f'<table:table table:name="{escape(grid.name)}"{style}>'
    parts = [opened, '<table:table-column table:number-columns-repeated="16384"/>']
    width = max((len(row) for row in grid.rows), default=0)
    for r, row in enumerate(grid.rows):
        parts.append("<table:table-row>")
        for c in range(width):
            value = row[c] if c < len(row) else ""
            if (r, c) in covered:
                parts.append("<table:covered-table-cell/>")
                continue
            down, across = spans.get((r, c), (1, 1))
            span = f' table:number-columns-spanned="{across}" table:number-rows-spanned="{down}"' if (r, c) in spans else ""
            parts.append(_ods_cell(value, span))
        parts.append('<table:table-cell table:number-columns-repeated="16300"/></table:table-row>')
    blank = '<table:table-row table:number-rows-repeated="{}"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    return "".join([*parts, blank.format(1048500), "</table:table>"])


def _ods_cell(value: object, span: str) -> str:
    value = value.result if isinstance(value, Formula) else value
    if isinstance(value, Day):
        kind = f' office:value-type="date" office:date-value="{value.day.isoformat()}"'
        return f"<table:table-cell{span}{kind}><text:p>{value.day.month}月{value.day.day}日</text:p></table:table-cell>"
    if isinstance(value, bool):
        return f'<table:table-cell{span} office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell{span} office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    if value in ("", None):
        return f"<table:table-cell{span}/>"
    lines = [re.sub(r"^ | (?= )| $", "<text:s/>", escape(line)) for line in str(value).split("\n")]
    text = "".join(f"<text:p>{line}</text:p>" if line else "<text:p/>" for line in lines)
    return f'<table:table-cell{span} office:value-type="string">{text}</table:table-cell>'


def _csv(path: Path, grids: list[Grid]) -> None:
    text = io.StringIO()
    rows = csv.writer(text)
    for row in grids[0].rows:
        rows.writerow([_plain(cell) for cell in row])
    path.write_bytes(text.getvalue().encode("gb18030"))


def _plain(value: object) -> object:
    if isinstance(value, Formula):
        return value.result if value.result is not None else ""
    return f"{value.day.year}/{value.day.month}/{value.day.day}" if isinstance(value, Day) else value
