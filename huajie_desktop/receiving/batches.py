"""Earlier imports: who took in which files when, what became of their rows, and taking a whole import back."""

import json
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from db.base import table_of
from db.clock import local_time
from db.models import ImportBatch
from huajie_desktop.errors import Problem
from huajie_desktop.journal import history
from huajie_desktop.seat import Seat, SeatSession

_NO_ID = 1 << 63  # from there on a number is larger than any id a database can be asked for
_COUNTED = ("new", "changed", "closed", "same", "skipped")
_WORDS = dict(zip(_COUNTED, ("新增", "修改", "撤下", "没变", "未导入"), strict=True))


class BatchLine(NamedTuple):
    """One earlier import as listed: when (local time), who, its files and units, and what became of their rows."""

    id: int
    operation_id: int
    at: datetime
    actor: str
    files: list[str]
    units: list[str]
    new: int
    changed: int
    closed: int
    same: int
    skipped: int
    undone: bool


def batches(session: SeatSession, limit: int = 200) -> list[BatchLine]:
    """Earlier imports, the latest first."""
    lines = []
    for batch in session.scalars(select(ImportBatch).order_by(ImportBatch.id.desc()).limit(limit)):
        done, files = batch.operation, batch.files
        new, changed, closed, same, skipped = (sum(getattr(file, name) for file in files) for name in _COUNTED)
        names, units = [file.name for file in files], list(dict.fromkeys(file.unit for file in files if file.unit))
        undone = done.undone_by_id is not None
        at = local_time(done.at)
        lines.append(BatchLine(batch.id, done.id, at, done.actor, names, units, new, changed, closed, same, skipped, undone))
    return lines


def undo_batch(seat: Seat, batch_id: int) -> str:
    """Takes a whole import back; what it says when done. Raises Problem where it was before, or rows were changed since."""
    with seat.reading() as session:
        batch = session.get(ImportBatch, batch_id) if batch_id < _NO_ID else None
        if batch is None:
            raise Problem(f"没有批次 {batch_id}，没有撤销任何内容。")
        if batch.operation.undone_by_id is not None:
            raise Problem(f"批次 {batch_id} 已经撤销过，没有再改动。")
        operation_id, label = batch.operation_id, batch.operation.label
    history.undo(seat, [operation_id])
    return f"已撤销：{label}。数据和导入之前一样。"


class FileLine(NamedTuple):
    """One file of an import: whose it was, what it held, what became of it, and every row not taken with the reason."""

    name: str
    unit: str
    ledger: str
    month: str  # "03", "" where it is of no month
    counts: str
    left_out: list[str]


def files_of(session: SeatSession, batch_id: int) -> list[FileLine]:
    """The files of one import in their order."""
    titles = {table_of(ledger.model).name: ledger.title for ledger in session.seat.catalogue.values()}
    batch = session.get(ImportBatch, batch_id)
    return [
        FileLine(
            file.name,
            file.unit or "",
            titles.get(file.kind, file.kind),
            file.month or "",
            "、".join(f"{word} {count}" for name, word in _WORDS.items() if (count := getattr(file, name))) or "没有内容",
            [entry["why"] for entry in json.loads(file.left_out)],
        )
        for file in (batch.files if batch else ())
    ]
