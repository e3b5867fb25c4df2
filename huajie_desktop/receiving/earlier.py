"""Which of the files of an import were imported before, and which of their rows were left out then."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from db.base import table_of
from db.images import CHUNK
from db.models import ImportBatch, ImportFile, Operation
from huajie_desktop.receiving.previews import FilePreview
from huajie_desktop.seat import SeatSession


def skip_again(session: SeatSession, files: Sequence[FilePreview]) -> None:
    """Rows left out when the very same file was imported before stay left out until the clerk takes them in."""
    before = imported_before(session, files)
    for file in files:
        earlier = before.get(same(file))
        left_out = (
            {(entry["sheet"], entry["row"], entry.get("part", 0)) for entry in json.loads(earlier[2])} if earlier else set()
        )
        for row in file.rows:
            row.skipped = row.record.place in left_out


def same(file: FilePreview) -> tuple[str, str]:
    """What makes a file the very same: its content and what it was taken for."""
    return file.read.digest, table_of(file.ledger.model).name


def imported_before(session: SeatSession, files: Sequence[FilePreview]) -> dict[tuple[str, str], tuple[str, datetime, str]]:
    """By file who imported the very same last this year, when, and (JSON) which rows were left out then."""
    digests = [file.read.digest for file in files if file.read.digest]
    statement = (
        select(ImportFile.digest, ImportFile.kind, Operation.actor, Operation.at, ImportFile.left_out)
        .join(ImportBatch, ImportBatch.id == ImportFile.batch_id)
        .join(Operation, Operation.id == ImportBatch.operation_id)
        .where(Operation.undone_by_id.is_(None), ImportBatch.campaign_id == session.seat.campaign_id)
        .order_by(Operation.id)
    )
    found: dict[tuple[str, str], tuple[str, datetime, str]] = {}
    for start in range(0, len(digests), CHUNK):
        chunk = statement.where(ImportFile.digest.in_(digests[start : start + CHUNK]))
        for digest, kind, actor, at, left_out in session.execute(chunk):
            found[digest, kind] = (actor, at, left_out)
    return found
