"""What an import would do, row by row: read, compared with the checklist, mended; nothing in here writes."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.clock import local_time
from db.fields import in_wan
from db.models import Category, Dimension, ImportBatch, ImportFile, Operation, Person, Responsibility, Task, Unit
from huajie_desktop.office import campaign
from huajie_desktop.spreadsheets.checks import check_duplicates
from huajie_desktop.spreadsheets.filling import recheck
from huajie_desktop.spreadsheets.records import Known, ReadFile, ReadRecord
from huajie_desktop.values.text import fold

STATUSES = {
    "error": "有错误",
    "warning": "请核对",
    "new": "新任务",
    "differs": "已有同名",
    "same": "已导入",
    "skipped": "跳过",
}

APPLIED = ("new", "warning")  # rows of these statuses are taken into the checklist

Key = tuple[str, str]  # unit name, folded title


@dataclass(eq=False, slots=True)
class PreviewRow:
    """One row as it will be taken: its file, its record, and what the checklist already has of it."""

    file: "FilePreview"
    record: ReadRecord
    skipped: bool = False
    known: str = ""  # "", "same" or "differs"
    typed: dict[str, tuple[str, str]] = field(default_factory=dict)  # field -> what the cell said, what the clerk typed

    def type_in(self, name: str, text: str, known: Known) -> None:
        """Reads a typed text in place of what the cell says."""
        stood = self.typed[name][0] if name in self.typed else self.record.raw.get(name, "")
        self.typed[name] = (stood, text)
        recheck(self.record, name, text, known)

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
        """Whether applying would add this row to the checklist."""
        return self.status in APPLIED

    @property
    def faulty(self) -> bool:
        """Whether a person must mend it first; a row of nobody's cannot be kept either."""
        return self.record.has_error or self.record.unit is None

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
    mapping: dict[Any, str | None] = field(default_factory=dict)  # the clerk's corrections of columns


@dataclass(eq=False, slots=True)
class Preview:
    """What an import would do; nothing is written before `intake.apply`."""

    known: Known
    files: list[FilePreview]

    @property
    def rows(self) -> Iterator[PreviewRow]:
        """All rows in the order of files and rows."""
        return (row for file in self.files for row in file.rows)

    def counts(self) -> Counter[str]:
        """How many rows have each status."""
        return Counter(row.status for row in self.rows)


def compare_rows(session: Session, made: Preview) -> None:
    """Marks the rows the checklist already has: nth row of a unit and title against its nth task."""
    for file in made.files:
        earlier = _earlier(session, file.read.digest)
        file.imported = f"{earlier[0]} {local_time(earlier[1]):%Y-%m-%d}" if earlier else ""
    check_duplicates([row.record for row in made.rows if not row.skipped])
    present = _present_tasks(session)
    taken: Counter[Key] = Counter()
    for row in made.rows:
        record = row.record
        key = (record.unit or "", fold(record.title or ""))
        row.known = ""
        if row.skipped or key not in present or taken[key] >= len(present[key]):
            continue
        alike = present[key][taken[key]] == _content(record)
        row.known = "same" if alike or row.file.imported else "differs"
        taken[key] += 1


def _earlier(session: Session, digest: str) -> tuple[str, datetime, str] | None:
    """Who imported the very same file last, when, and (JSON) which rows were left out then."""
    statement = (
        select(Operation.actor, Operation.at, ImportFile.left_out)
        .join(ImportBatch, ImportBatch.operation_id == Operation.id)
        .join(ImportFile, ImportFile.batch_id == ImportBatch.id)
        .where(ImportFile.digest == digest, Operation.undone_by_id.is_(None))
        .order_by(Operation.id.desc())
        .limit(1)
    )
    found = session.execute(statement).first() if digest else None
    return (found.actor, found.at, found.left_out) if found else None


def skip_again(session: Session, file: FilePreview) -> None:
    """Rows left out when the very same file was imported before stay left out until the clerk takes them in."""
    earlier = _earlier(session, file.read.digest)
    left_out = {(entry["sheet"], entry["row"]) for entry in json.loads(earlier[2])} if earlier else set()
    for row in file.rows:
        row.skipped = (row.record.sheet, row.record.row) in left_out


def _present_tasks(session: Session) -> dict[Key, list[tuple[Any, ...]]]:
    people: dict[int, list[str]] = {}
    links = select(Responsibility.task_id, Person.name).join(Person).order_by(Responsibility.task_id, Responsibility.position)
    for task_id, name in session.execute(links):
        people.setdefault(task_id, []).append(name)
    statement = (
        select(
            Unit.name, Task.title, Task.id, Task.content, Category.name, Dimension.name, Task.due, Task.ongoing, Task.investment
        )
        .join(Unit, Unit.id == Task.unit_id)
        .outerjoin(Category, Category.id == Task.category_id)
        .outerjoin(Dimension, Dimension.id == Category.dimension_id)
        .where(Task.campaign_id == campaign(session).id)
        .order_by(Task.id)
    )
    present: dict[Key, list[tuple[Any, ...]]] = {}
    for unit, title, task_id, content, category, dimension, due, ongoing, yuan in session.execute(statement):
        wan = None if yuan is None else in_wan(yuan)
        row = (content or "", category, dimension, due, ongoing, wan, people.get(task_id, []))
        present.setdefault((unit, fold(title)), []).append(row)
    return present


def _content(record: ReadRecord) -> tuple[Any, ...]:
    return (
        record.content, record.category, record.dimension, record.due, record.ongoing, record.investment,
        list(record.responsible),
    )  # fmt: skip
