"""Writes a list as .csv: header and rows, as Excel and WPS open it by a double click; never a formula."""

import csv
import io
from datetime import date
from decimal import Decimal

from huajie_desktop.sheets.written.formulas import guarded
from huajie_desktop.sheets.written.workbook_writing import Sheet, Value


def as_csv(sheet: Sheet) -> bytes:
    """The list as UTF-8 with mark, as Excel and WPS open it by a double click; header and rows only."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([guarded(column.label) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([as_text(value) for value in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def as_text(value: Value) -> str:
    """A value as the text of a cell that no program takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value.replace("\r\n", "\n").replace("\r", "\n"))
    return value.isoformat() if isinstance(value, date) else f"{value:f}" if isinstance(value, Decimal) else str(value)
