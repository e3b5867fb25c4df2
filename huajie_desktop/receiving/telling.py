"""What a preview says, for the command line: as plain values for JSON, and in lines for a person."""

from collections.abc import Iterator
from typing import Any

from huajie_desktop.receiving.asked import KIND, NOTICE, SHEET, TABLE, UNREAD, Asked, asked_of, open_rows, told_of
from huajie_desktop.receiving.intake import named_candidates
from huajie_desktop.receiving.previews import FilePreview, Preview, PreviewRow
from huajie_desktop.records.kept import Values
from huajie_desktop.sheets.understood.workbooks import issues_as_json, plain_value, record_as_json

_BY_HAND = "（--map 列=字段，没有认出表头的再写 --header 行号）"
# How the command line answers what a file asks.
_OPTIONS = {KIND: "（--ledger KEY）", SHEET: '（要读：--with-sheet "{}"）', TABLE: f"（要读：{_BY_HAND[1:]}"}
_WAITING = {  # how the command line answers what rows wait for
    "error": "有错误，要改正；--skip-errors 略过它们，--errors 退回.xlsx 标红退回",
    "ask": "要选是哪一条已有的记录，请在窗口里导入；--skip-errors 略过它们",
    "conflict": "两边改得不一样，--conflicts theirs 用表里的，ours 用原来的",
    "locked": "已确认，不修改；--unlock 也修改，改后重新审核",
    "differs": "内容不同，按“只新增”不修改；--mode both 也修改",
}
_UNIT, _COLUMNS = "（--unit 单位）", "（--map 列=字段）"


def as_json(made: Preview) -> dict[str, Any]:
    """Files with unit, ledger, problem and records; each record with its action and its changes, {field: [old, new]}.

    `may_be` are the keys of further ledgers a file may be of; empty where it is clear or was said. `aside` are sheets that
    are read only where that is said, `left_out` rows that are no records, `asks` all that a person should answer or look at,
    `refused` what could not be opened at all.

    Days as YYYY-MM-DD, amounts in the unit of their field.
    """
    return {"files": [_file(file) for file in made.files], "refused": made.refused}


def _file(file: FilePreview) -> dict[str, Any]:
    asks = list(asked_of(file))
    return {
        "file": file.read.name,
        "unit": file.read.unit,
        "ledger": file.ledger.key,
        "may_be": [ledger.key for ledger in file.read.may_be],
        "problem": file.read.problem,
        "records": [_row(row) for row in file.rows],
        "notices": list(dict.fromkeys([*(asked.words for asked in asks if asked.sort == SHEET), *file.all_notices])),
        "asks": [asked.words for asked in asks if not asked.taken],
        "aside": [{"sheet": aside.sheet, "why": aside.why, "count": aside.count} for aside in file.read.aside],
        "left_out": [
            {"sheet": left.sheet, "row": left.row, "text": left.text, "reason": left.reason} for left in file.read.left_out
        ],
    }


def _row(row: PreviewRow) -> dict[str, Any]:
    said = record_as_json(row.record, row.file.ledger) | {"issues": issues_as_json(row.issues)}
    kept = _kept(row)
    sides = [change for change in row.changes if change.conflict or change in row.effective]
    said["action"] = row.action
    said["changes"] = {change.key: _both(row, kept, change.key) for change in sides}
    if blank := [change.key for change in row.changes if change.blank and change not in row.effective]:
        said["blank"] = blank  # empty in the sheet; what is kept stays
    if row.candidates:
        said["candidates"] = [
            {"id": found.id, "title": found.name, "likeness": found.likeness, "by": found.by} for found in row.candidates
        ]
    return said


def _kept(row: PreviewRow) -> Values:
    kept = row.file.preview.kept.get(row.file.ledger.key)
    return kept.seen(row.target) if kept and row.target is not None and row.changes else {}


def _both(row: PreviewRow, kept: Values, key: str) -> list[Any]:
    declared = row.file.ledger.fields[key]
    return [plain_value(declared, kept.get(key)), plain_value(declared, row.record[key])]


def described(made: Preview) -> Iterator[str]:
    """What an import would do and what it asks, a line each, for a person at a console: file by file, then row by row."""
    for file in made.files:
        yield from _described(file)
    for row in made.rows:
        if words := _words(row):
            yield f"{row.where}“{row.record.title or '（无名称）'}”：{words}"
    waiting = open_rows(made)
    yield from (f"{count} 行{_WAITING[status]}" for status, count in waiting.items())


def _described(file: FilePreview) -> Iterator[str]:
    yield f"{file.read.name}：{file.read.problem or _summed_up(file)}"
    if file.read.problem and file.read.mappable:
        yield f"  {_BY_HAND}"
    for asked in asked_of(file):
        if asked.sort != UNREAD:
            yield f"  {'要决定' if asked.is_open else '提示'}：{asked.words}{_option(asked)}"
    yield from (f"  提示：{notice}" for notice in told_of(file))
    for left in file.read.left_out:
        where = " ".join(filter(None, [left.sheet, f"第{left.row}行"]))
        yield f"  没有当作{file.ledger.noun}：{where}“{_clipped(left.text)}”（{left.reason}）"
    for row in file.rows:
        yield from (f"  {issue.cell} {issue.message}" for issue in row.issues)


def _option(asked: Asked) -> str:
    if asked.taken:
        return ""
    if asked.sort == NOTICE:
        return _UNIT if "请选择单位" in asked.words else _COLUMNS if asked.wants_columns else ""
    return _OPTIONS[asked.sort].format(asked.sheet)


def _summed_up(file: FilePreview) -> str:
    read, rows = file.read, [row for row in file.rows if not row.removed]
    ledger = read.known.ledger
    unit = read.unit or ("逐行写明单位" if rows and all(row.record.unit for row in rows) else "单位不明")
    unit = unit if ledger is read.known.catalogue.first else f"{ledger.title}，{unit}" if ledger.place else ledger.title
    faults = sum(row.faulty for row in rows)
    doubts = sum(bool(row.issues) for row in rows if not row.faulty)
    return f"{unit}，{len(rows)} 项，{faults} 项有错误，{doubts} 项请核对"


def _words(row: PreviewRow) -> str:
    labels = row.file.ledger.fields
    if row.status == "ask":
        return f"要决定：和已有的{named_candidates(row)}相近，没有猜是不是同一条"
    if row.changes and (shown := [change for change in row.changes if change.conflict or change in row.effective]):
        parts = (f"{labels[found.key].label} {found.old or '（空）'} → {found.new or '（空）'}" for found in shown)
        return ("要决定：两边改得不一样：" if row.undecided else "修改 ") + "；".join(parts).replace("\n", " ")
    return "表里没有了" if row.removed else ""


def _clipped(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
