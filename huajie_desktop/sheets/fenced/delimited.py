"""Reads .csv and tab text in UTF-8, UTF-16 and GB18030, and HTML tables that call themselves .xls. Runs in the reader process."""

import csv
import io
import re
from html.parser import HTMLParser

from huajie_desktop.errors import Problem
from huajie_desktop.reading.raw import UNREADABLE, Cell, RawSheet, Sheets, opened
from huajie_desktop.sheets.fenced.changes import Inside, Run
from huajie_desktop.sheets.fenced.formats import SAVE_AS
from huajie_desktop.sheets.written.formulas import unguarded

_HTML = re.compile(r"<\s*(?:html|table|!doctype\s+html|meta|body|head)\b", re.IGNORECASE)
_STRIKES = ("s", "strike", "del")
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_MAX_CELLS = 6_000_000
_CUT = re.compile(
    r"(?<![^,\t;|\n\"])(?:1[0-2]|[1-9])\.[1-3](?![^,\t;|\n\"])"
)  # 4.30 was a number, of which the last nought is lost
_BAD = "\ufffd"
_OWN_USE = re.compile("[\ue000-\uf8ff]")  # characters of nobody: what bytes that lost their pair become
_HEAD = 1 << 16  # bytes by which an encoding is judged first
_FEWEST = 10  # Chinese characters without which nothing can be said of a text


def read_text(data: bytes) -> Sheets:
    """The one table of a text file. Raises Problem when it is not text or no table."""
    text = _decode(data)
    if _HTML.search(text[:4096]):
        yield from _read_html(text)
        return
    if "\0" in text or sum(c < " " and c not in "\r\n\t" for c in text[:4096]) > 8:
        raise Problem(f"不是电子表格，也不是文本文件，读不了。{SAVE_AS}")
    yield opened(_sheet(text.replace("\r\n", "\n").replace("\r", "\n")))


def _sheet(text: str) -> RawSheet:
    sheet = RawSheet("")
    csv.field_size_limit(1 << 20)
    try:
        sheet.rows = [list(map(unguarded, row)) for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))]
    except csv.Error:
        raise Problem(f"文本表格的引号或分隔符有错，读不了。{SAVE_AS}") from None
    if _CUT.search(text):
        sheet.rows = list(map(_with_cut_numbers, sheet.rows))
    if sum(map(len, sheet.rows)) > _MAX_CELLS:
        raise Problem("文本表格太大，没有读。请分成几个文件再导入")
    if "?" * 2 in text and not re.search(r"[\u4e00-\u9fff]", text) and re.search(r"\?{2,}[,\t]|[,\t]\?{2,}", text):
        sheet.problem = f"汉字已变成“??”，原文找不回来了。请回到原来的表格，{SAVE_AS[1:]}"
    if _BAD in text:
        places = ((r, c) for r, row in enumerate(sheet.rows) for c, cell in enumerate(row) if _BAD in str(cell))
        sheet.doubts = dict.fromkeys(places, UNREADABLE)
    return sheet


def _with_cut_numbers(row: list[Cell]) -> list[Cell]:
    """A row with 4.3 as the number it may be of; a deadline that says so is doubted."""
    return [float(cell) if len(cell) < 5 and _CUT.fullmatch(cell) else cell for cell in map(str, row)]


def _decode(data: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    head = data[:2000]
    if head.count(b"\0") > len(head) // 4:
        return data.decode("utf-16-le" if head[1:2] == b"\0" else "utf-16-be", "replace")
    declared = _DECLARED.search(data[:2048])
    for read in (_exactly, _nearly):
        for encoding in ("utf-8", "gb18030", *([declared[1].decode()] if declared else [])):
            if (text := read(data, encoding)) is not None:
                return text
    raise Problem(f"不是电子表格，或文字编码认不出来，读不了。{SAVE_AS}")


def _exactly(data: bytes, encoding: str) -> str | None:
    """The text where all of it is of that encoding, and nothing of it looks like another one with a byte gone wrong."""
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return None if encoding == "gb18030" and _nearly(data[:_HEAD], "utf-8") is not None else text


def _nearly(data: bytes, encoding: str) -> str | None:
    """The text where but a few bytes went wrong on the way, each as �; None where it reads like no Chinese at all."""
    if len(data) > _HEAD and _nearly(data[:_HEAD], encoding) is None:
        return None  # soon: what is not of an encoding takes its time to be read as it
    try:
        text = _OWN_USE.sub(_BAD, data.decode(encoding, "replace"))
    except LookupError:
        return None
    bad, common = text.count(_BAD), len(text.encode("gb2312", "ignore")) - sum(map(str.isascii, text))
    wide = sum(not c.isascii() for c in text) - bad
    return text if wide >= _FEWEST and bad * 5 <= wide and common >= wide * 1.6 else None  # two bytes each where it is usual


def _delimiter(text: str) -> str:
    lines = [line for line in text[:20000].splitlines()[:50] if line.strip()]
    return max(
        (",", "\t", ";", "|"), key=lambda mark: (sum(mark in line for line in lines), sum(line.count(mark) for line in lines))
    )


class _Table(HTMLParser):
    """Collects the rows of all tables of a page, with rowspan and colspan as merged ranges."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inside = Inside("")
        self.sheet = self.inside.sheet
        self._text: list[Run] | None = None
        self._struck = 0
        self._span = (1, 1)
        self._covered: set[tuple[int, int]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._close()
            self.sheet.rows.append([])
        elif tag in ("td", "th"):
            self._close()
            values = dict(attrs)
            self._text, self._span = [], (_number(values.get("rowspan")), _number(values.get("colspan")))
        elif tag == "br":
            self.handle_data("\n")
        elif tag in _STRIKES:
            self._struck += 1

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append((data, self._struck > 0))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._close()
        elif tag in _STRIKES:
            self._struck = max(self._struck - 1, 0)

    def _close(self) -> None:
        if self._text is None:
            return
        rows = self.sheet.rows = self.sheet.rows or [[]]
        line = rows[-1]
        self._pad(line)
        down, across = self._span
        first = (len(rows) - 1, len(line))
        runs = [(re.sub(r"[ \t\r]*\n[ \t\r\n]*", "\n", text), struck) for text, struck in self._text]
        line.append("".join(text for text, _ in runs).strip())
        self.inside.strike_runs(first, runs)
        if (down, across) != (1, 1):
            self.sheet.merges.append((*first, first[0] + down - 1, first[1] + across - 1))
            self._covered |= {(first[0] + i, first[1] + j) for i in range(down) for j in range(across) if i or j}
            self._pad(line)
        self._text, self._struck = None, 0

    def _pad(self, line: list[Cell]) -> None:
        while (len(self.sheet.rows) - 1, len(line)) in self._covered:
            line.append("")


def _number(word: str | None) -> int:
    return min(max(int(word), 1), 500) if word and word.isdigit() else 1


def _read_html(text: str) -> Sheets:
    page = _Table()
    page.feed(text)
    page.close()
    if not any(any(row) for row in page.sheet.rows):
        raise Problem(f"这是网页文件，里面没有表格。{SAVE_AS}")
    page.sheet.rows = list(page.inside.rows(page.sheet.rows))
    yield opened(page.sheet)
