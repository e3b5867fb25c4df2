"""The tables of papers as a workbook, a sheet each, for offices that go on counting: figures are numbers, never formulas."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from huajie_desktop.sheets.written.workbook_writing import AMOUNT, NUMBER, Column, Sheet, Value, as_xlsx
from huajie_desktop.typesetting import table
from huajie_desktop.typesetting.content import PaperContent, TableContent

_FIGURE = re.compile(r"[+-]?\d+(\.\d+)?")
_MM = 0.62  # characters of a workbook to a mm of paper
_LEAST = 7.0  # characters, so that a head of two lines is not cut


def tables_of(contents: Sequence[PaperContent]) -> bytes:
    """The workbook with every table of those papers that has a row, in the order they are kept, totals as they stand there."""
    return as_xlsx(*(sheet for content in contents for sheet in _sheets(content)))


def _sheets(content: PaperContent) -> Iterator[Sheet]:
    told = f"{content.year}年{content.fields.get('月份', '')}"
    for name, found in content.shown_tables().items():
        if found.rows:
            rows = [[_value(text, column) for text, column in zip(row, found.columns, strict=True)] for row in found.rows]
            yield Sheet(f"{content.township}{told}{content.owner}{name}", tuple(_columns(found)), rows, name)


def _columns(found: TableContent) -> Iterator[Column]:
    for column, texts in zip(found.columns, zip(*found.rows, strict=True), strict=True):
        looks = {AMOUNT if "." in text else NUMBER for text in texts if _is_figure(text, column)}
        look = AMOUNT if AMOUNT in looks else NUMBER if looks else "General"
        yield Column(column.title.replace("\n", ""), max(column.width * _MM, _LEAST), True, look)


def _is_figure(text: str, column: table.Column) -> bool:
    return column.align in (table.Align.FIGURES, table.Align.CENTRE) and _FIGURE.fullmatch(text) is not None


def _value(text: str, column: table.Column) -> Value:
    if not _is_figure(text, column):
        return text
    return Decimal(text) if "." in text else int(text)
