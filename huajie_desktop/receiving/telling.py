"""A preview as plain values for JSON: files, records as they were read, and what each would change."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from huajie_desktop.receiving.comparing import DUE
from huajie_desktop.receiving.previews import Preview, PreviewRow
from huajie_desktop.records.kept import Values
from huajie_desktop.sheets.understood.workbooks import record_as_json
from huajie_desktop.work.task_ledger import TASKS


def as_json(made: Preview) -> dict[str, Any]:
    """Files with unit, ledger, problem and records; each record with its action and its changes, {field: [old, new]}.

    `may_be` are the keys of further ledgers a file may be of; empty where it is clear or was said.

    Days as YYYY-MM-DD, money in 万元 for a task's investment and in 元 elsewhere, as the records say it.
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
    said["changes"] = {change.key: [_old(row, kept, change.key), _new(row, change.key)] for change in sides}
    if blank := [change.key for change in row.changes if change.blank and change not in row.effective]:
        said["blank"] = blank  # empty in the sheet; what is kept stays
    if row.candidates:
        said["candidates"] = [{"id": found.id, "title": found.name, "likeness": found.likeness} for found in row.candidates]
    return said


def _kept(row: PreviewRow) -> Values:
    kept = row.file.preview.kept.get(row.file.ledger.key)
    return kept.seen(row.target) if kept and row.target is not None and row.changes else {}


def _old(row: PreviewRow, kept: Values, key: str) -> Any:
    return _plain(row, key, kept.get(key))


def _new(row: PreviewRow, key: str) -> Any:
    return _plain(row, key, row.record.value(row.file.ledger, key))


def _plain(row: PreviewRow, key: str, value: Any) -> Any:
    """A value as the records say it; of what has many parts the words."""
    ledger = row.file.ledger
    match value:
        case None | "":
            return None
        case dt.date():
            return value.isoformat()
        case Decimal():
            return float(value / 10000) if ledger is TASKS and key == "investment" else float(value)
        case (str(), str()) if key == "category":
            return value[1]
        case list() | tuple() if key != DUE:
            return [_part(part) for part in value]
    return value


def _part(part: Any) -> Any:
    if isinstance(part, tuple) and len(part) == 3 and (part[0] is None or isinstance(part[0], dt.date)):
        return {"due": part[0].isoformat() if part[0] else None, "text": part[1]}
    return part[1] if type(part) is tuple else str(getattr(part, "words", part))


def described(made: Preview) -> Sequence[str]:
    """What an import would do, a line each, for a person at a console."""
    return [f"{row.where}“{row.record.title or '（无名称）'}”：{words}" for row in made.rows if (words := _words(row))]


def _words(row: PreviewRow) -> str:
    labels = row.file.ledger.fields
    if row.changes and (shown := [change for change in row.changes if change.conflict or change in row.effective]):
        parts = (f"{labels[found.key].label} {found.old or '（空）'} → {found.new or '（空）'}" for found in shown)
        return ("两边都改过：" if row.undecided else "修改 ") + "；".join(parts).replace("\n", " ")
    return "表里没有了" if row.removed else ""
