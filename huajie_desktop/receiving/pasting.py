"""A block copied in Excel or WPS as rows of texts, and back; which columns it holds its header words say, if it has any."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Problem
from huajie_desktop.reading.cell_text import show
from huajie_desktop.sheets.fenced.delimited import read_text
from huajie_desktop.sheets.understood.headers import SURE, vocabulary

_QUOTED = ("\t", "\n", "\r", '"')  # what makes a cell stand in quotes
_HEADER_ROWS = 3  # a header stands among the first rows, below a title
_LARGEST = 20_000_000  # characters


@dataclass
class Block:
    """What was pasted: texts by row, the field each column was taken for, and what was left out."""

    rows: list[list[str]]
    keys: list[str | None]  # by column; None: no column of ours
    has_header: bool = False
    left_out: list[str] = field(default_factory=list)  # headers of columns nobody asked for


def to_clipboard(rows: Sequence[Sequence[str]]) -> str:
    """Rows of texts as spreadsheet programs put them into the clipboard."""
    return "\n".join("\t".join(map(_quoted, row)) for row in rows) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in _QUOTED) else text


def from_clipboard(text: str, html: str = "") -> list[list[str]]:
    """The cells of a copied block; a table in `html` goes before the text, which loses the line breaks of Word's cells.

    Raises Problem where it is too large.
    """
    if max(len(text), len(html)) > _LARGEST:
        raise Problem("复制的内容太多，没有粘贴。请存成表格文件，到“导入”页导入。")
    if "<table" in html.lower():
        try:
            sheet, _ = next(read_text(html.encode(errors="replace")))
        except Problem:
            return _cells(text)
        rows = [[show(cell) for cell in row] for row in sheet.rows]
        for top, left, bottom, _right in sheet.merges:
            for number in range(top + 1, min(bottom + 1, len(rows))):
                if left < len(rows[number]):
                    rows[number][left] = rows[top][left]
        return rows
    return _cells(text)


def _cells(text: str) -> list[list[str]]:
    """Tab separated cells; one that begins and ends with a quote may hold tabs, line breaks and doubled quotes."""
    rows: list[list[str]] = [[]]
    place = 0
    while True:
        cell, place = _cell(text, place)
        rows[-1].append(cell)
        if place >= len(text):
            return rows
        if text[place] == "\t":
            place += 1
            continue
        place += 2 if text.startswith("\r\n", place) else 1
        if place >= len(text):
            return rows  # the last row ends with a break, too
        rows.append([])


def _cell(text: str, place: int) -> tuple[str, int]:
    """The cell that begins at a place, and where it ends."""
    if text.startswith('"', place):
        end = place + 1
        while (end := text.find('"', end)) >= 0 and text.startswith('""', end):
            end += 2
        if end >= 0 and (end + 1 == len(text) or text[end + 1] in "\t\r\n"):
            return text[place + 1 : end].replace('""', '"'), end + 1
    ends = [found for mark in "\t\r\n" if (found := text.find(mark, place)) >= 0]
    end = min(ends, default=len(text))
    return text[place:end], end


def block_of(rows: Sequence[Sequence[str]], ledger: Ledger, shown: Sequence[str]) -> Block:
    """What the columns are: by a header row among the first ones, else as shown; `shown` begins where the cursor stands."""
    for number, row in enumerate(rows[:_HEADER_ROWS]):
        keys = _recognised(row, ledger)
        if len([key for key in keys if key]) >= 2 or (len(row) == 1 and keys[0]):
            left_out = [text.strip() for text, key in zip(row, keys, strict=True) if key is None and text.strip()]
            return Block(_filled(rows[number + 1 :]), keys, True, left_out)
    width = max(map(len, rows), default=0)
    plain = [*shown, *([None] * width)][:width]
    return Block([list(row) for row in rows], plain)


def _recognised(row: Sequence[str], ledger: Ledger) -> list[str | None]:
    """The field of each header cell, each field once."""
    words, keys = vocabulary(ledger), list[str | None]()
    for text in row:
        found = words.match(text) if text.strip() else None
        sure = found is not None and found.likeness >= SURE and found.field in ledger.form_fields
        keys.append(found.field if sure and found is not None and found.field not in keys else None)
    return keys


def _filled(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [list(row) for row in rows if any(text.strip() for text in row)]
