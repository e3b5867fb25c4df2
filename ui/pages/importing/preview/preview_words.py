"""What the preview shows of files and rows: columns, words, colours, and which rows the clerk wants to see."""

from array import array
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from db.fields import Deadline
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.read_record import ERROR, Issue
from huajie_desktop.receiving.asked import asked_of
from huajie_desktop.receiving.clashes import words
from huajie_desktop.receiving.previews import OURS, FilePreview, PreviewRow, status_words
from huajie_desktop.records.listing import columns_of
from huajie_desktop.values.shown import brief
from ui.lists.lines import LineColumn
from ui.lists.read_rows import TINTS
from ui.lists.rows import Column

_FIRST = (
    LineColumn("state", "状态", 118),
    LineColumn("place", "位置", 92),
)
_FROM = LineColumn("from", "村／文件", 96)
_PROBLEM = LineColumn("problem", "问题", 240)
_OF_SEVERAL = (
    *_FIRST,
    LineColumn("ledger", "种类", 150),
    LineColumn("title", "名称", 300),
)
_CHANGES = LineColumn("changes", "变化", 280)
_SHOWN = 8  # columns of records at most
_NARROWER = 0.85  # than in the list of kept records
FILE_COLUMNS = (
    LineColumn("title", "村／文件", 76, word=lambda line: line.name),
    LineColumn("state", "情况", 112, word=lambda line: line.word, tint=lambda line: line.tint if line.word else None),
)
TABS: dict[str | None, str] = {
    None: "全部", "new": "新增", "change": "有修改", "decide": "要决定", "warning": "请核对", "error": "有错误",
    "removed": "表里没有", "same": "没有变化", "skipped": "已跳过",
}  # fmt: skip
_TAB_OF = {
    "ask": "decide",
    "conflict": "decide",
    "closing": "removed",
    "locked": "change",
    "differs": "same",
    "beaten": "skipped",
}
_PROBLEMS = ("error", "ask", "conflict", "warning", "locked", "differs")


def tabs_of(ledger: Ledger | None) -> dict[str | None, str]:
    """The words of the tabs for rows of that ledger, None for rows of several."""
    return TABS if ledger is None else TABS | {"new": status_words(ledger)["new"]}


def row_columns(
    ledger: Ledger | None, *, changes: bool = False, problems: bool = False, several: bool = False
) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """The table's columns for rows of that ledger (None: of several), and those that give way where there is little room.

    With `changes` what rows change of kept records stands behind their name, and with `problems` what is wrong with them; of
    `several` files each row says whose it is.
    """
    columns, spare = _columns_of(ledger)
    place = next(place for place, column in enumerate(columns, 1) if column.key == "title" or place == len(columns))
    further = [_PROBLEM] * problems + [_CHANGES] * changes
    columns = (columns[0], *[_FROM] * several, *columns[1:place], *further, *columns[place:])
    if several and ledger is not None and ledger.place:
        columns = tuple(column for column in columns if column.key != ledger.place)
    return columns, spare


def _columns_of(ledger: Ledger | None) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    if ledger is None:
        return _OF_SEVERAL, ("place", "ledger", "from")
    typed = [key for key in ledger.shown.columns if key in ledger.form_fields]
    shown = columns_of(ledger, ledger.shown.previewed or typed)
    plain = [
        LineColumn("title" if found.key == ledger.name else found.key, found.label, int(found.width * _NARROWER), found.numeric)
        for found in shown[:_SHOWN]
    ]
    return (*_FIRST, *plain), ("place", *(column.key for column in reversed(plain) if column.key != "title"))


class RowLine(NamedTuple):
    """One row of the preview as the table holds it."""

    id: int
    row: PreviewRow
    year: int


class FileLine(NamedTuple):
    """One file as the list of files holds it; id 0 stands for all files."""

    id: int
    name: str
    word: str
    tint: str


def tab_of(status: str) -> str:
    """The tab a row stands under by its status."""
    return _TAB_OF.get(status, status)


def wanted_rows(rows: Sequence[PreviewRow], tab: str | None, problems: bool) -> "array[int]":
    """Places of the rows under a tab; with `problems` only those to look at. All means all that would do something."""
    folded = tab is None and any(tab_of(row.status) != "same" for row in rows)
    return array(
        "q",
        (place for place, row in enumerate(rows) if _stands_under(row, tab, folded=folded) and (not problems or is_problem(row))),
    )


def _stands_under(row: PreviewRow, tab: str | None, *, folded: bool) -> bool:
    under = tab_of(row.status)
    return under == tab if tab is not None else not (folded and under == "same")


def is_problem(row: PreviewRow) -> bool:
    """Whether a person should look at the row."""
    return row.status in _PROBLEMS


def tab_counts(rows: Collection[PreviewRow]) -> dict[str | None, int]:
    """How many rows stand under each tab."""
    counts = Counter(tab_of(row.status) for row in rows)
    return {**{tab: counts[tab or ""] for tab in TABS}, None: len(rows)}


def row_cell(line: RowLine, key: str) -> str:
    """One cell of the table: the value read, or what the cell says where nothing could be read."""
    row, ledger = line.row, line.row.file.ledger
    if key == "state":
        return status_words(ledger)[row.status]
    if key == "changes":
        return changes_words(row)
    if key == "problem":
        return problem_words(row)
    if key == "from":
        return row.record.unit or called_short(row.file)
    if key == "ledger":
        return ledger.title
    if key == "title":
        key = ledger.name
    if key == "place":
        if not row.record.row:
            return "表里没有"
        return f"{row.record.sheet} {row.record.row} 行" if several_sheets(row.file) else f"第 {row.record.row} 行"
    value = row.record.get(key)
    shown = brief(ledger.fields[key], value, line.year) if isinstance(value, Deadline) else value_words(row, key)
    if shown or not issue_of(row, key):
        return shown
    return row.record.raw.get(key, "").strip() or "（空）"


def problem_words(row: PreviewRow) -> str:
    """What is wrong with a row or to be looked at, the gravest first, each with what its field is called."""
    if row.skipped:
        return ""
    issues = sorted((issue for issue in row.issues if not row.is_checked(issue)), key=lambda issue: issue.severity != ERROR)
    return "；".join(dict.fromkeys([*row.faults.values(), *(issue.message for issue in issues)]))


def called_short(file: FilePreview) -> str:
    """A file by its village where only it is of that, else by both, the village first: that is what is looked for."""
    unit = file.read.unit or file.unit
    alone = sum(other.read.unit == unit for other in file.preview.files) == 1
    return file.read.name if not unit else unit if alone else f"{unit} {file.read.name}"


def changes_words(row: PreviewRow) -> str:
    """What a row changes, in short: 完成时限 8月底 → 9月底；备注 清空."""
    if row.removed:
        return "撤下" if row.closing else "保留"
    if row.candidates and row.target is None and row.answer is None:
        if row.candidates[0].by:
            return "，".join(found.words for found in row.candidates)
        several = f"等 {len(row.candidates)} 条" if row.candidates[1:] else ""
        return f"像“{row.candidates[0].name}”{several}"
    labels, parts = row.file.ledger.fields, []
    for change in row.changes:
        side = row.side(change)
        if side != OURS:
            mark = "（待定）" if side is None else ""
            parts.append(f"{labels[change.key].label}{mark} {_short(change.old)} → {_short(change.new)}")
    return "；".join(parts)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return (f"{flat[:16]}…" if len(flat) > 17 else flat) or "（空）"


def row_tint(line: RowLine, key: str) -> str | None:
    """A dot before the status, and before each value that is wrong (red) or doubtful (yellow)."""
    if key == "state":
        return TINTS[line.row.status]
    ledger = line.row.file.ledger
    key = ledger.name if key == "title" else key
    issue = None if line.row.skipped else issue_of(line.row, key)
    return TINTS[issue.severity] if issue and not line.row.is_checked(issue) else None


def several_sheets(file: FilePreview) -> bool:
    """Whether the sheet's name must be said to find a row."""
    return len({table.sheet for table in file.read.tables}) > 1


def issue_of(row: PreviewRow, name: str) -> Issue | None:
    """The gravest doubt or fault at a field, None if there is none."""
    found = [issue for issue in row.issues if issue.field == name]
    return min(found, key=lambda issue: issue.severity != "error", default=None)


def value_words(row: PreviewRow, name: str) -> str:
    """A value as it was read, in full; empty where there is none."""
    return words(row.file.ledger, name, row.record.get(name))


def file_line(number: int, file: FilePreview) -> FileLine:
    """A file with the one word that matters most about it."""
    word, tint = _state_of(file)
    return FileLine(number, called_short(file), word, tint)


def _state_of(file: FilePreview) -> tuple[str, str]:
    if file.read.problem:
        return "读不了", "red"
    if file.doubt:
        return "是哪种表？", "yellow"
    if any(asked.is_open for asked in asked_of(file)):
        return "有没读的表", "yellow"
    counts, words = Counter(row.status for row in file.rows), status_words(file.ledger)
    for status in ("error", "conflict", "ask", "warning", "differs"):
        if counts[status]:
            return f"{words[status]} {counts[status]}", TINTS[status]
    for status in ("change", "new", "locked", "removed", "closing", "beaten", "same", "skipped"):
        if counts[status]:
            return f"{words[status]} {counts[status]}", TINTS[status]
    return f"没有{file.ledger.noun}", "grey"


def count_words(file: FilePreview) -> str:
    """The counts of a file in words: 新任务 9 · 请核对 2."""
    counts, words = tab_counts(file.rows), tabs_of(file.ledger)
    return " · ".join(f"{words[tab]} {counts[tab]}" for tab in TABS if tab and counts[tab])
