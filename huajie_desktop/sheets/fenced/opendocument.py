"""What calamine does not tell about .ods: merged cells, hidden rows and columns, error cells. Runs in the reader process."""

import zipfile
from xml.parsers import expat

from huajie_desktop.errors import Problem
from huajie_desktop.reading.raw import ERROR, RawSheet
from huajie_desktop.sheets.fenced.formats import BROKEN

_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "Err:")
_FAR = 2**20


def notes_of_ods(archive: zipfile.ZipFile) -> list[RawSheet]:
    """Per table in order: merged ranges, hidden rows and columns, error cells (kept in `rows` until filled)."""
    scan = _Scan()
    parser = expat.ParserCreate()
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    try:
        with archive.open("content.xml") as stream:
            parser.ParseFile(stream)
    except expat.ExpatError:
        raise Problem(BROKEN) from None
    return scan.sheets


class _Scan:
    """Counts rows and columns through the tables of a content.xml."""

    def __init__(self) -> None:
        self.sheets: list[RawSheet] = []
        self._row = self._column = 0
        self._row_repeat = self._column_repeat = 1
        self._words: list[str] | None = None
        self._note: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "table" and tag.startswith("table"):
            self.sheets.append(RawSheet(attributes.get("table:name", "")))
            self._row = 0
        elif kind == "table-row":
            self._column, self._row_repeat = 0, _count(attributes, "table:number-rows-repeated")
            if attributes.get("table:visibility", "visible") != "visible" and self._row_repeat < 10_000:
                self.sheets[-1].hidden_rows += self._row_repeat
        elif kind == "table-column" and attributes.get("table:visibility", "visible") != "visible":
            self.sheets[-1].hidden_columns += _count(attributes, "table:number-columns-repeated")
        elif kind in ("table-cell", "covered-table-cell"):
            self._cell(attributes)
        elif kind == "annotation":
            self._note = []

    def _cell(self, attributes: dict[str, str]) -> None:
        self._column_repeat = _count(attributes, "table:number-columns-repeated")
        down, across = _count(attributes, "table:number-rows-spanned"), _count(attributes, "table:number-columns-spanned")
        if down > 1 or across > 1:
            self.sheets[-1].merges.append((self._row, self._column, self._row + down - 1, self._column + across - 1))
        if "table:formula" in attributes or attributes.get("calcext:value-type") == "error":
            self._words = []

    def text(self, words: str) -> None:
        if self._note is not None:
            self._note.append(words)
        elif self._words is not None:
            self._words.append(words)

    def end(self, tag: str) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "annotation" and self._note is not None:
            if text := "".join(self._note).strip():
                self.sheets[-1].notes[self._row, self._column] = text
            self._note = None
        elif kind == "table-row":
            self._row = min(self._row + self._row_repeat, _FAR)
        elif kind in ("table-cell", "covered-table-cell"):
            word = "".join(self._words or ()).strip()
            if word.startswith(_ERRORS):
                self.sheets[-1].rows.append([self._row, self._column, ERROR + word[:20]])
            self._words = None
            self._column = min(self._column + self._column_repeat, _FAR)


def _count(attributes: dict[str, str], name: str) -> int:
    word = attributes.get(name, "1")
    return min(int(word), _FAR) if word.isdigit() and int(word) > 0 else 1
