"""Compares what was read with what was meant: every difference nobody told is silent."""

import re
from dataclasses import dataclass
from typing import Any

from huajie_desktop.reading.read_record import ReadFile, ReadRecord
from huajie_desktop.sheets.understood.workbooks import record_as_json
from tests.distorting.book import ANY, DOUBT, UNSURE, VOID, Book, Meant
from tests.distorting.plain import name_of, unit_of

_SAID = re.compile(r"没有读|没读|未读|不读|没有认|漏|没有导入|没有带|没有对应|没有列|忽略|读到|不是记录|请核对|请指定|请选择")
_UNASKED = {"ongoing", "dimension", "issues", "number"}
_NEAR = 5  # rows: the header of a further page may lie between
_PARTS = {"milestones": tuple(f"month{month}" for month in range(1, 13))}
_HIDDEN = re.compile(r"隐藏|筛选")
_BYTES = re.compile(r"乱码|字节|编码|认不出的字符|无法识别的字符")
_OLD = re.compile(r"删除线|划掉|划去|划线|隐藏|副本|重复|旧稿")


@dataclass(frozen=True)
class Silent:
    """One difference that nothing told: its sort and its words."""

    sort: str
    words: str


def judge(book: Book, file: ReadFile, ledger: str) -> list[Silent]:
    """All silent differences between a book and the file read from it."""
    if file.problem:
        return []
    if file.known.ledger.key != ledger:
        return [Silent("ledger", f"{file.known.ledger.key} instead of {ledger}")] if file.records else []
    return _Court(book, file).found


class _Court:
    def __init__(self, book: Book, file: ReadFile) -> None:
        self.book, self.file, self.found = book, file, list[Silent]()
        for meant in book.records if book.ending == ".csv" else ():
            meant.drawn = [("", row) for _, row in meant.drawn]  # its sheet has no name
        self.name, self.place = name_of(book.ledger), unit_of(book.ledger)
        aside = [str(getattr(entry, "notice", "") or entry) for entry in getattr(file, "aside", ())]
        self.notices = [*file.notices, *aside]
        self.read = [(record, record_as_json(record, file.known.ledger)) for record in file.records]
        pairs, missing, extra = self._matched()
        self.asked = {(record.sheet, record.row) for record, _ in extra if record.has_error}
        for meant, (record, said) in pairs:
            self._compare(meant, record, said)
        for meant in missing:
            if meant.standing != VOID and not self._is_told(meant):
                self._add("missing", f"{meant.values[self.name]} {meant.drawn}")
            elif meant.standing == VOID and not self._left_told(meant):
                self._add("unsaid", f"{meant.values[self.name]} {meant.drawn}")
        for record, said in extra:
            if not record.issues:
                self._add("extra", f"{said[self.name]!r} row {record.row}")
        self._look_at_columns()
        self._look_at_sheets()

    def _add(self, sort: str, words: str) -> None:
        self.found.append(Silent(sort, words))

    def _matched(self) -> tuple[list[Any], list[Meant], list[Any]]:
        left, missing, pairs = list(self.read), list(self.book.records), []
        wants = (
            lambda m, r, s: self._same_title(m, s) and (r.sheet, r.row) in m.drawn,
            lambda m, r, s: self._same_title(m, s) and s.get(self.place) == m.values[self.place],
            lambda m, r, s: self._same_title(m, s),
            lambda m, r, s: (r.sheet, r.row) in m.drawn,
        )
        for fits in wants:
            for meant in list(missing):
                if found := next((pair for pair in left if fits(meant, *pair)), None):
                    pairs.append((meant, found))
                    missing.remove(meant)
                    left.remove(found)
        return pairs, missing, left

    def _same_title(self, meant: Meant, said: dict[str, Any]) -> bool:
        return _bare(said[self.name]) == _bare(meant.values[self.name])

    def _compare(self, meant: Meant, record: ReadRecord, said: dict[str, Any]) -> None:
        if meant.standing == VOID and not record.issues:
            return self._add("void read", f"{said[self.name]} row {record.row}")
        if meant.standing == UNSURE and not any(map(_HIDDEN.search, self.notices)) and not record.issues:
            return self._add("hidden read", f"{said[self.name]} row {record.row}")
        if meant.standing == VOID:
            return None
        doubted = {issue.field for issue in record.issues}
        if "due" in doubted:  # one cell says both
            doubted.add("milestones")
        if "title" in doubted or self.name in doubted:
            return None
        for key, got in said.items():
            if key in _UNASKED or (key == "title" and self.name != "title") or key in doubted:
                continue
            want = meant.values.get(key)
            if key == "phone" and isinstance(got, str):
                got = re.sub(r"[-\s]", "", got)
            if want is ANY:
                continue
            if want is not DOUBT and _equal(want, got):
                continue
            if self._goes_on(meant, key):
                continue
            if not (self._column_told(key) or (key == self.place and self._unit_told(meant))):
                self._add(f"field {key}", f"{said[self.name]}: {got!r} for {'a doubt' if want is DOUBT else repr(want)}")
        return None

    def _goes_on(self, meant: Meant, key: str) -> bool:
        """Whether a further row of the record is asked about as one of its own."""
        return key in meant.below and any((sheet, row + n) in self.asked for sheet, row in meant.drawn for n in range(1, _NEAR))

    def _unit_told(self, meant: Meant) -> bool:
        return any(str(meant.values[self.place]) in text and "请核对" in text for text in self.notices)

    def _column_told(self, key: str) -> bool:
        """Whether a notice names the column of a field, by its header or its label, as not read or to be looked at."""
        if self.book.byte and any(map(_BYTES.search, self.notices)):
            return True
        labels = {self.file.known.ledger.fields[key].label} if key in self.file.known.ledger.fields else set()
        columns = [column for table in self.book.tables for column in table.columns if column.id in (key, *_PARTS.get(key, ()))]
        heads = {_bare(head) for column in columns if column.id == key for head in column.heads} | {_bare(x) for x in labels}
        heads |= {f"“{_bare(' '.join(map(str, column.heads)))}”" for column in columns}
        return any(head and head in _bare(text) for head in heads for text in self.notices)

    def _is_told(self, meant: Meant) -> bool:
        title = _bare(meant.values[self.name])
        rows = {row for _, row in meant.drawn}
        for text in self.notices:
            told = _SAID.search(text) and "也读了" not in text
            if title in _bare(text) and told:
                return True
            if told and any(sheet and sheet in text for sheet, _ in meant.drawn) and re.search(r"没有读|没读|未读|不读", text):
                return True
            if told and any(re.search(rf"(?<!\d){row}(?!\d)(?=行|、|至|-|—|和)", text) for row in rows):
                return True
            if re.search(r"(写的是|应有|共)\d+[项条].*读到\d+[项条]", text):
                return True
        aside = {str(getattr(entry, "sheet", getattr(entry, "name", entry))) for entry in getattr(self.file, "aside", ())}
        return any(sheet and sheet in name for sheet, _ in meant.drawn for name in aside)

    def _left_told(self, meant: Meant) -> bool:
        """A struck or old row that was not taken: the list of rows left out is enough."""
        rows = {row for _, row in meant.drawn}
        return self._is_told(meant) or any(line.row in rows for line in self.file.left_out) or any(map(_OLD.search, self.notices))

    def _look_at_columns(self) -> None:
        """A column with values that went nowhere must be named."""
        said = [value for _, record in self.read for value in record.values()]
        values = {_bare(text) for value in said for text in (value if isinstance(value, list) else [value])}
        doubted = {issue.field for record, _ in self.read for issue in record.issues}
        for table in self.book.tables:
            for column in table.columns:
                if not column.dropped or not self.read or column.id.removesuffix("2") in doubted:
                    continue
                cells = {_bare(row.record.cells.get(column.id)) for row in table.rows if row.record} - {""}
                kept = any(cell in value for cell in cells for value in values)
                named = any(_bare(head) in _bare(text) for text in self.notices for head in column.heads if _bare(head))
                unnamed = not _bare(column.head) and any(re.search(r"[A-Z]+列|没有表头|没有列名", text) for text in self.notices)
                if cells and not (kept or named or unnamed):
                    self._add("column", f"{column.head!r} with {sorted(cells)[:3]} is dropped unsaid")

    def _look_at_sheets(self) -> None:
        for sheet in self.book.sheets:
            held = any(table.records for table in sheet.tables)
            if sheet.said and held and not any(sheet.name in text for text in self.notices):
                self._add("sheet", f"{sheet.name!r} is not spoken of")


def _bare(value: Any) -> str:
    return re.sub(r"\s+", "", str(value if value is not None else ""))


def _equal(want: Any, got: Any) -> bool:
    if isinstance(want, int | float) and isinstance(got, int | float):
        return abs(want - got) < 1e-6
    if isinstance(want, str | None) and isinstance(got, str | None):
        return _bare(want) == _bare(got)
    if isinstance(want, list) and isinstance(got, list):
        steps = [isinstance(one, dict) for one in (*want, *got)]
        return sorted(want, key=str) == sorted(got, key=str) if any(steps) else want == got
    return (want or None) == (got or None)
