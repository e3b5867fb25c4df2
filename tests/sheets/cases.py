"""Sheets of the kinds that are easily read wrong, three or more of each, as text, each with what a right reading gives.

A line is a row, cells between bars: digits are numbers, ~so~ is struck out, [125000 0.00"元"] has a number format, < is merged to
the left and ^ upwards, / a line break; a line of = and a name begins a sheet, with ! hidden and !! deeply hidden.
"""

import re
from dataclasses import dataclass
from typing import Any

from tests.distorting.book import DOUBT, Cell
from tests.distorting.drawing import Page


@dataclass(frozen=True)
class Or:
    """That value, or a doubt."""

    value: Any


@dataclass
class Case:
    """One file: what stands in it and what must come of it."""

    name: str
    text: str
    records: list[dict[str, Any]] | None = None
    said: str = ""  # a word a notice, a doubt or the refusal must have; "*" any
    count: int | None = None
    refused: str = ""  # it may be refused in these words
    file: str = "倪宅村.xlsx"
    ledger: str = "tasks"
    byte: bool = False

    @property
    def pages(self) -> list[Page]:
        pages = [Page("Sheet1")]
        for line in self.text.strip("\n").splitlines():
            if line.startswith("="):
                state = {0: "visible", 1: "hidden", 2: "veryHidden"}[line.count("!")]
                pages = pages if pages[-1].cells else pages[:-1]
                pages.append(Page(line.strip("=! "), state))
                continue
            _put_line(pages[-1], line.strip())
        for page in pages:
            _merge(page)
        return pages


def _put_line(page: Page, line: str) -> None:
    row = page.size[0] if line else page.size[0] + page.__dict__.setdefault("blank", 0)
    if not line:
        page.__dict__["blank"] += 1
        return
    row += page.__dict__.pop("blank", 0)
    for column, text in enumerate(line.split("|")):
        if text.strip() in "<^" and text.strip():
            page.cells[row, column] = text.strip()
        else:
            page.put(row, column, _cell(text.strip()))


def _cell(text: str) -> Any:
    if found := re.fullmatch(r"\[([\d.]+) (.+)\]", text):
        return Cell(float(found[1]), found[2])
    if "~" in text:
        parts = [part for part in re.split(r"(~[^~]*~)", text) if part]
        if len(parts) == 1:
            return Cell(_cell(parts[0].strip("~")), struck=True)
        return Cell("", runs=tuple((part.strip("~"), part[0] == "~") for part in parts))
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text) if "." in text else int(text)
    return text.replace("/", "\n")


def _merge(page: Page) -> None:
    marks = {at: text for at, text in page.cells.items() if text in ("<", "^") and isinstance(text, str)}
    ends: dict[tuple[int, int], tuple[int, int]] = {}
    for row, column in sorted(marks):
        top, left = row, column
        while (top, left) in marks:
            top, left = (top, left - 1) if marks[top, left] == "<" else (top - 1, left)
        old = ends.get((top, left), (top, left))
        ends[top, left] = max(old[0], row), max(old[1], column)
    for at in marks:
        del page.cells[at]
    page.merges = [(top, left, bottom, right) for (top, left), (bottom, right) in ends.items()]


__all__ = ["DOUBT", "Case", "Or"]
