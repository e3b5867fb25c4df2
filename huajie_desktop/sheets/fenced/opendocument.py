"""A look into an .ods for what calamine does not tell: what was displayed, struck, merged, hidden. Runs in the reader process."""

import zipfile
from functools import partial
from xml.parsers import expat

from huajie_desktop.errors import Problem
from huajie_desktop.reading.raw import ERROR
from huajie_desktop.sheets.fenced.changes import Inside, Run
from huajie_desktop.sheets.fenced.displayed import as_displayed, percentage
from huajie_desktop.sheets.fenced.formats import BROKEN, LOCKED

_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "Err:")
_FAR = 2**20
_MOST_REPEATED = 1000  # rows or columns one cell is taken for
_VALUES = frozenset(("float", "percentage", "currency", "date"))
_CELLS, _TEXTS = "table-cell", "text"  # the families of styles
_MANIFEST = "META-INF/manifest.xml"


def look_into_ods(archive: zipfile.ZipFile) -> list[Inside]:
    """What each table holds beside its cells, in order. Raises Problem when it has a password or is broken."""
    names = archive.namelist()
    if _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST):
        raise Problem(LOCKED)
    scan = _Scan()
    for part in ("styles.xml", "content.xml"):
        if part not in names and part != "content.xml":
            continue
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = scan.start, scan.end, scan.text
        try:
            with archive.open(part) as stream:
                parser.ParseFile(stream)
        except expat.ExpatError:
            raise Problem(BROKEN) from None
    return scan.found


class _Styles:
    """Which styles strike their text through."""

    def __init__(self) -> None:
        self._own: dict[tuple[str, str], bool] = {}
        self._parent: dict[tuple[str, str], str] = {}
        self._now = ("", "")

    def start(self, kind: str, attributes: dict[str, str]) -> None:
        if kind == "style":
            self._now = (attributes.get("style:family", ""), attributes.get("style:name", ""))
            self._parent[self._now] = attributes.get("style:parent-style-name", "")
        elif kind == "text-properties":
            lines = [attributes.get(f"style:text-line-through-{word}") for word in ("style", "type")]
            if any(lines):
                self._own[self._now] = "none" not in lines

    def __bool__(self) -> bool:
        return any(self._own.values())

    def strikes(self, family: str, name: str) -> bool | None:
        """Whether a style strikes its text through; None where it says nothing of that."""
        for _ in range(10):  # a style whose parent is itself is a broken one
            if (family, name) in self._own:
                return self._own[family, name]
            if not (name := self._parent.get((family, name), "")):
                break
        return None


class _Scan:
    """Counts rows and columns through the tables of a content.xml."""

    def __init__(self) -> None:
        self.found: list[Inside] = []
        self._styles = _Styles()
        self._row = self._column = 0
        self._row_repeat = self._column_repeat = 1
        self._row_style = self._cell_style = self._kind = ""
        self._columns: list[tuple[int, str]] = []  # up to which column which style is the usual one
        self._folded = 0  # groups of rows that are folded away, one in the other
        self._runs: list[Run] | None = None
        self._spans: list[bool | None] = []
        self._note: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "table" and tag.startswith("table"):
            self.found.append(Inside(attributes.get("table:name", "")))
            self._row, self._columns, self._folded = 0, [], 0
        elif kind == "table-row":
            self._begin_row(attributes)
        elif kind == "table-column":
            self._take_column(attributes)
        elif kind == "table-row-group":
            self._folded += self._folded > 0 or attributes.get("table:display") == "false"
        elif kind in ("table-cell", "covered-table-cell"):
            self._begin_cell(attributes)
        elif kind == "annotation":
            self._note = []
        elif self._runs is not None:
            self._begin_text(kind, attributes)
        else:
            self._styles.start(kind, attributes)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._column, self._row_repeat = 0, _count(attributes, "table:number-rows-repeated")
        self._row_style = attributes.get("table:default-cell-style-name", "")
        hidden = self._folded or attributes.get("table:visibility", "visible") != "visible"
        if hidden and self._row_repeat < 10_000:
            self.found[-1].sheet.hidden_rows += self._row_repeat

    def _take_column(self, attributes: dict[str, str]) -> None:
        repeat = _count(attributes, "table:number-columns-repeated")
        end = (self._columns[-1][0] if self._columns else 0) + repeat
        self._columns.append((end, attributes.get("table:default-cell-style-name", "")))
        if attributes.get("table:visibility", "visible") != "visible":
            self.found[-1].sheet.hidden_columns += repeat

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._column_repeat = _count(attributes, "table:number-columns-repeated")
        down, across = _count(attributes, "table:number-rows-spanned"), _count(attributes, "table:number-columns-spanned")
        if down > 1 or across > 1:
            self.found[-1].sheet.merges.append((self._row, self._column, self._row + down - 1, self._column + across - 1))
        self._kind = attributes.get("office:value-type", "")
        broken = "table:formula" in attributes or attributes.get("calcext:value-type") == "error"
        self._cell_style = attributes.get("table:style-name", "")
        self._runs = [] if broken or self._kind in _VALUES or self._styles else None
        self._spans = []

    def _begin_text(self, kind: str, attributes: dict[str, str]) -> None:
        if kind == "p" and self._runs:
            self.text("\n")
        elif kind == "span":
            self._spans.append(self._styles.strikes(_TEXTS, attributes.get("text:style-name", "")))
        elif kind in ("s", "tab", "line-break"):
            self.text({"tab": "\t", "line-break": "\n"}.get(kind) or " " * min(_count(attributes, "text:c"), 1000))

    def text(self, words: str) -> None:
        """Takes a piece of text."""
        if self._note is not None:
            self._note.append(words)
        elif self._runs is not None:
            self._runs.append((words, next((struck for struck in self._spans[::-1] if struck is not None), None)))

    def end(self, tag: str) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "annotation" and self._note is not None:
            if text := "".join(self._note).strip():
                self.found[-1].sheet.notes[self._row, self._column] = text
            self._note = None
        elif kind == "span" and self._spans:
            self._spans.pop()
        elif kind == "table-row":
            self._row = min(self._row + self._row_repeat, _FAR)
        elif kind == "table-row-group":
            self._folded -= self._folded > 0
        elif kind in ("table-cell", "covered-table-cell"):
            if self._runs is not None:
                self._end_cell(self._runs)
            self._runs = None
            self._column = min(self._column + self._column_repeat, _FAR)

    def _end_cell(self, runs: list[Run]) -> None:
        """What becomes of the cell that ends, in all places it stands for."""
        inside, text = self.found[-1], "".join(words for words, _ in runs).strip()
        if not text and self._kind not in _VALUES:
            return
        struck = self._styles and self._styles.strikes(_CELLS, self._style())
        for row in range(self._row, self._row + min(self._row_repeat, _MOST_REPEATED)):
            for place in ((row, self._column + i) for i in range(min(self._column_repeat, _MOST_REPEATED))):
                if text.startswith(_ERRORS):
                    inside.say(place, ERROR + text[:20])
                elif self._kind in _VALUES:
                    inside.change(place, partial(as_displayed, text) if text or self._kind != "percentage" else percentage)
                if struck:
                    inside.strike(place)
                if self._styles:
                    inside.strike_runs(place, runs)

    def _style(self) -> str:
        """The style of the cell, else the usual one of its row or column."""
        usual = self._row_style or next((style for end, style in self._columns if self._column < end), "")
        return self._cell_style or usual


def _count(attributes: dict[str, str], name: str) -> int:
    word = attributes.get(name, "1")
    return min(int(word), _FAR) if word.isdigit() and int(word) > 0 else 1
