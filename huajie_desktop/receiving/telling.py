"""A preview as plain values for JSON: files, records as they were read, and what each would change."""

from collections.abc import Sequence
from typing import Any

from huajie_desktop.receiving.previews import Preview, PreviewRow
from huajie_desktop.records.kept import Values
from huajie_desktop.sheets.understood.workbooks import plain_value, record_as_json


def as_json(made: Preview) -> dict[str, Any]:
    """Files with unit, ledger, problem and records; each record with its action and its changes, {field: [old, new]}.

    `may_be` are the keys of further ledgers a file may be of; empty where it is clear or was said.

    Days as YYYY-MM-DD, amounts in the unit of their field.
    """
    return {
        "files": [
            {
                "file": file.read.name,
                "unit": file.read.unit,
                "ledger": file.ledger.key,
                "may_be": [ledger.key for ledger in file.read.may_be],
                "problem": file.read.problem,
                "records": [_row(row) for row in file.rows],
                "notices": file.all_notices,
            }
            for file in made.files
        ]
    }


def _row(row: PreviewRow) -> dict[str, Any]:
    said = record_as_json(row.record, row.file.ledger)
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


def described(made: Preview) -> Sequence[str]:
    """What an import would do, a line each, for a person at a console."""
    return [f"{row.where}“{row.record.title or '（无名称）'}”：{words}" for row in made.rows if (words := _words(row))]


def _words(row: PreviewRow) -> str:
    labels = row.file.ledger.fields
    if row.changes and (shown := [change for change in row.changes if change.conflict or change in row.effective]):
        parts = (f"{labels[found.key].label} {found.old or '（空）'} → {found.new or '（空）'}" for found in shown)
        return ("两边改得不一样：" if row.undecided else "修改 ") + "；".join(parts).replace("\n", " ")
    return "表里没有了" if row.removed else ""
