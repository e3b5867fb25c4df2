"""What an import would do, row by row: read, compared with what is kept, mended; nothing in here writes."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import table_of
from db.clock import local_time
from db.images import CHUNK
from db.models import ImportBatch, ImportFile, Operation, Task
from huajie_desktop.exchange.comparing import Kept, kept_records, says_the_same
from huajie_desktop.records.ledger import Ledger
from huajie_desktop.records.registers import TASKS
from huajie_desktop.spreadsheets.checks import Identity, check_duplicates, check_record, identity_of, other_identity
from huajie_desktop.spreadsheets.filling import recheck
from huajie_desktop.spreadsheets.headers import vocabulary
from huajie_desktop.spreadsheets.records import Known, ReadFile, ReadRecord
from huajie_desktop.township.office import campaign

STATUSES = {
    "error": "有错误",
    "warning": "请核对",
    "new": "新增",
    "differs": "已有不同",
    "same": "已导入",
    "skipped": "跳过",
}
_OF_TASKS = {"new": "新任务", "differs": "已有同名"}

APPLIED = ("new", "warning")  # rows of these statuses are taken in


def status_words(ledger: Ledger) -> dict[str, str]:
    """The words of the statuses for records of that ledger."""
    return STATUSES | _OF_TASKS if ledger.model is Task else STATUSES


@dataclass(eq=False, slots=True)
class PreviewRow:
    """One row as it will be taken: its file, its record, and what is kept of it already."""

    file: "FilePreview"
    record: ReadRecord
    skipped: bool = False
    known: str = ""  # "", "same" or "differs"
    typed: dict[str, tuple[str, str]] = field(default_factory=dict)  # field -> what the cell said, what the clerk typed

    def type_in(self, name: str, text: str) -> None:
        """Reads a typed text in place of what the cell says."""
        known = self.file.read.known
        stood = self.typed[name][0] if name in self.typed else self.record.raw.get(name, "")
        self.typed[name] = (stood, text)
        recheck(self.record, name, text, known)
        check_record(self.record, vocabulary(known.ledger))

    @property
    def status(self) -> str:
        """Key of STATUSES; only new and warning rows are applied."""
        if self.skipped:
            return "skipped"
        if self.known:
            return self.known
        if self.faulty:
            return "error"
        return "warning" if self.record.issues else "new"

    @property
    def applies(self) -> bool:
        """Whether applying would add this row to the data."""
        return self.status in APPLIED

    @property
    def faulty(self) -> bool:
        """Whether a person must mend it first; a row of nobody's cannot be kept either."""
        return self.record.has_error or (self.file.ledger.model is Task and self.record.unit is None)

    @property
    def where(self) -> str:
        """File, sheet and row for a person: 01 倪宅村.xlsx 清单 第5行."""
        return " ".join(filter(None, [self.file.read.name, self.record.sheet, f"第{self.record.row}行"]))


@dataclass(eq=False, slots=True)
class FilePreview:
    """One file of the preview with its rows, and whether the very same file was imported before."""

    read: ReadFile
    path: Path
    rows: list[PreviewRow] = field(default_factory=list)
    imported: str = ""  # who and when, if this very file was imported before
    unit: str | None = None  # said by the clerk
    asked: Ledger | None = None  # what it holds, where the clerk said so
    mapping: dict[Any, str | None] = field(default_factory=dict)  # the clerk's corrections of columns

    @property
    def ledger(self) -> Ledger:
        """What its rows were taken for."""
        return self.read.known.ledger


@dataclass(eq=False, slots=True)
class Preview:
    """What an import would do; nothing is written before `intake.apply`."""

    known: Known
    files: list[FilePreview]
    kept: dict[str, Kept] = field(default_factory=dict)  # by ledger, as of the last full comparison

    @property
    def rows(self) -> Iterator[PreviewRow]:
        """All rows in the order of files and rows."""
        return (row for file in self.files for row in file.rows)

    @property
    def ledger(self) -> Ledger | None:
        """What all files hold, None where they differ."""
        held = {file.ledger.key: file.ledger for file in self.files}
        return next(iter(held.values()), TASKS) if len(held) < 2 else None

    @property
    def noun(self) -> str:
        """What its rows are called."""
        return self.ledger.noun if self.ledger else "记录"

    def counts(self) -> Counter[str]:
        """How many rows have each status."""
        return Counter(row.status for row in self.rows)


def compare_rows(session: Session, made: Preview, *, anew: bool = True) -> None:
    """Marks the rows that are kept already: nth row of an identity against its nth record.

    Not `anew` it compares with what was read last time, which is enough while only the preview changes.
    """
    if anew or not made.kept:
        made.kept = {}
        before = _earlier(session, made.files)
        for file in made.files:
            earlier = before.get(_same(file))
            file.imported = f"{earlier[0]} {local_time(earlier[1]):%Y-%m-%d}" if earlier else ""
    check_duplicates((row.record, row.file.read.known) for row in made.rows if not row.skipped)
    taken: Counter[tuple[str, Identity]] = Counter()
    for file in made.files:
        ledger = file.ledger
        if ledger.key not in made.kept:
            made.kept[ledger.key] = kept_records(session, ledger)
        kept = made.kept[ledger.key]
        for row in file.rows:
            row.known = ""
            identity = identity_of(row.record, file.read.known)
            if identity not in kept:
                identity = other_identity(row.record, file.read.known)
            if row.skipped or identity is None or identity not in kept:
                continue
            place = taken[ledger.key, identity]
            if place < len(kept[identity]):
                row.known = "same" if file.imported or says_the_same(row.record, ledger, kept[identity][place]) else "differs"
                taken[ledger.key, identity] += 1


def skip_again(session: Session, files: Sequence[FilePreview]) -> None:
    """Rows left out when the very same file was imported before stay left out until the clerk takes them in."""
    before = _earlier(session, files)
    for file in files:
        earlier = before.get(_same(file))
        left_out = {(entry["sheet"], entry["row"]) for entry in json.loads(earlier[2])} if earlier else set()
        for row in file.rows:
            row.skipped = (row.record.sheet, row.record.row) in left_out


def _same(file: FilePreview) -> tuple[str, str]:
    """What makes a file the very same: its content and what it was taken for."""
    return file.read.digest, table_of(file.ledger.model).name


def _earlier(session: Session, files: Sequence[FilePreview]) -> dict[tuple[str, str], tuple[str, datetime, str]]:
    """By file who imported the very same last this year, when, and (JSON) which rows were left out then."""
    digests = [file.read.digest for file in files if file.read.digest]
    statement = (
        select(ImportFile.digest, ImportFile.kind, Operation.actor, Operation.at, ImportFile.left_out)
        .join(ImportBatch, ImportBatch.id == ImportFile.batch_id)
        .join(Operation, Operation.id == ImportBatch.operation_id)
        .where(Operation.undone_by_id.is_(None), ImportBatch.campaign_id == campaign(session).id)
        .order_by(Operation.id)
    )
    found: dict[tuple[str, str], tuple[str, datetime, str]] = {}
    for start in range(0, len(digests), CHUNK):
        chunk = statement.where(ImportFile.digest.in_(digests[start : start + CHUNK]))
        for digest, kind, actor, at, left_out in session.execute(chunk):
            found[digest, kind] = (actor, at, left_out)
    return found
