"""Earlier imports: who took in which files when, what became of their rows, and taking a whole import back."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.clock import local_time
from db.models import ImportBatch
from huajie_desktop.application import Application
from huajie_desktop.errors import Problem
from huajie_desktop.journal import history

_COUNTED = ("new", "changed", "closed", "same", "skipped")


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


def batches(session: Session, limit: int = 200) -> list[BatchLine]:
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


def undo_batch(app: Application, batch_id: int) -> str:
    """Takes a whole import back; what it says when done. Raises Problem where it was before, or rows were changed since."""
    with app.reading() as session:
        batch = session.get(ImportBatch, batch_id)
        if batch is None:
            raise Problem(f"没有批次 {batch_id}，没有撤销任何内容。")
        if batch.operation.undone_by_id is not None:
            raise Problem(f"批次 {batch_id} 已经撤销过，没有再改动。")
        operation_id, label = batch.operation_id, batch.operation.label
    history.undo(app, [operation_id])
    return f"已撤销：{label}。数据和导入之前一样。"
