"""Importing what villages send: read, compare with the checklist, let the clerk mend, and only then apply."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.fields import in_wan
from db.models import Category, Dimension, ImportBatch, ImportFile, Operation, Person, Responsibility, Task, Unit
from huajie_desktop.application import Application
from huajie_desktop.jobs import Job
from huajie_desktop.office import (
    DEFAULT_TOWNSHIP,
    DEFAULT_YEAR,
    campaign,
    categories,
    reference_dimensions,
    reference_units,
    units,
)
from huajie_desktop.spreadsheets.checks import check_duplicates
from huajie_desktop.spreadsheets.fence import Reader
from huajie_desktop.spreadsheets.filling import recheck
from huajie_desktop.spreadsheets.records import Known, KnownCategory, KnownUnit, ReadFile, ReadRecord
from huajie_desktop.spreadsheets.workbooks import read_workbooks
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


class BatchLine(NamedTuple):
    """One earlier import as listed: when (local time), who, its files and what became of their rows."""

    id: int
    operation_id: int
    at: datetime
    actor: str
    files: list[str]
    new: int
    same: int
    skipped: int
    undone: bool


def known_office(session: Session) -> Known:
    """What the reader must know of the office."""
    return known_of(campaign(session).year, units(session), categories(session))


def known_of(year: int, unit_list: Sequence[Unit], category_list: Sequence[Category]) -> Known:
    """The same from records that need not be kept yet."""
    return Known(
        year,
        [KnownUnit(unit.id, unit.name, unit.other_names(), unit.kind) for unit in unit_list],
        [KnownCategory(item.id, item.name, item.dimension.name, item.other_names()) for item in category_list],
    )


def preview(
    app: Application, paths: Sequence[Path], job: Job | None = None, onto: Preview | None = None, reader: Reader | None = None
) -> Preview:
    """Reads the files and compares them with the checklist, behind those of the preview `onto`; a file it has is read anew.

    Raises Cancelled; a file that cannot be read says so in itself.
    """
    paths = list(dict.fromkeys(path.absolute() for path in paths))
    with app.reading() as session:
        known = known_office(session)
        read = read_workbooks(paths, known, job=job, reader=reader)
        kept = [file for file in onto.files if file.path not in paths] if onto else []
        made = Preview(known, kept + [_previewed(file, path) for file, path in zip(read, paths, strict=True)])
        _compare(session, made)
    return made


def read_only(folder: Path, paths: Sequence[Path], reader: Reader | None = None) -> list[ReadFile]:
    """Reads the files as the data in `folder` knows the office, or as the default one where there is no data; keeps nothing."""
    app = Application.look(folder)
    if app is None:
        listed = [category for dimension in reference_dimensions() for category in dimension.categories]
        return read_workbooks(paths, known_of(DEFAULT_YEAR, reference_units(DEFAULT_TOWNSHIP), listed), reader=reader)
    try:
        with app.reading() as session:
            known = known_office(session)
    finally:
        app.close()
    return read_workbooks(paths, known, reader=reader)


def mend(app: Application, made: Preview, row: PreviewRow, name: str, text: str) -> None:
    """Reads a newly typed text for one field of a row with the parser of the import."""
    row.type_in(name, text, made.known)
    compare(app, made)


def skip(app: Application, made: Preview, rows: Sequence[PreviewRow], *, skipped: bool = True) -> None:
    """Leaves rows out of the import, or takes them in again."""
    for row in rows:
        row.skipped = skipped
    compare(app, made)


def drop(app: Application, made: Preview, file: FilePreview) -> None:
    """Takes a file out of the preview."""
    made.files.remove(file)
    compare(app, made)


def set_unit(app: Application, made: Preview, file: FilePreview, unit: str, job: Job | None = None) -> None:
    """Says whose file it is and reads it again. Raises Cancelled; then it stays as it was."""
    before, file.unit = file.unit, unit
    try:
        read_again(app, made, [file], job)
    except BaseException:
        file.unit = before
        raise


def remap(
    app: Application, made: Preview, file: FilePreview, corrections: Mapping[Any, str | None], job: Job | None = None
) -> None:
    """Corrects what columns were taken for ((sheet, header row, column) -> field or None) and reads the file again."""
    before, file.mapping = file.mapping, {**file.mapping, **corrections}
    try:
        read_again(app, made, [file], job)
    except BaseException:
        file.mapping = before
        raise


def is_outdated(session: Session, made: Preview) -> bool:
    """Whether units or categories were changed since the files were read."""
    return known_office(session) != made.known


def read_again(app: Application, made: Preview, files: Sequence[FilePreview] | None = None, job: Job | None = None) -> None:
    """Reads files (None: all) as the office is known now; what was typed, skipped and said stays. Raises Cancelled."""
    files = made.files if files is None else files
    with app.reading() as session:
        known = known_office(session)
    mappings = {file.path: file.mapping for file in files}
    said = {file.path: file.unit for file in files if file.unit}
    read = read_workbooks([file.path for file in files], known, mappings=mappings, units=said, job=job)
    made.known = known
    for file, again in zip(files, read, strict=True):
        before = {(row.record.sheet, row.record.row): row for row in file.rows}
        file.read, file.rows = again, [PreviewRow(file, record) for record in again.records]
        for row in file.rows:
            if old := before.get((row.record.sheet, row.record.row)):
                row.skipped = old.skipped
                for name, (_stood, text) in old.typed.items():
                    row.type_in(name, text, known)
    compare(app, made)


def compare(app: Application, made: Preview) -> None:
    """Compares the rows with the checklist anew."""
    with app.reading() as session:
        _compare(session, made)


def _previewed(read: ReadFile, path: Path) -> FilePreview:
    file = FilePreview(read, path)
    file.rows = [PreviewRow(file, record) for record in read.records]
    return file


def _compare(session: Session, made: Preview) -> None:
    """Marks the rows the checklist already has: nth row of a unit and title against its nth task."""
    for file in made.files:
        file.imported = _imported(session, file.read.digest)
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


def _imported(session: Session, digest: str) -> str:
    statement = (
        select(Operation.actor, Operation.at)
        .join(ImportBatch, ImportBatch.operation_id == Operation.id)
        .join(ImportFile, ImportFile.batch_id == ImportBatch.id)
        .where(ImportFile.digest == digest, Operation.undone_by_id.is_(None))
        .order_by(Operation.id.desc())
    )
    found = session.execute(statement).first() if digest else None
    return f"{found.actor} {found.at:%Y-%m-%d}" if found else ""


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


def batches(session: Session, limit: int = 200) -> list[BatchLine]:
    """Earlier imports, the latest first."""
    lines = []
    for batch in session.scalars(select(ImportBatch).order_by(ImportBatch.id.desc()).limit(limit)):
        done, files = batch.operation, batch.files
        new, same, skipped = (sum(getattr(file, name) for file in files) for name in ("new", "same", "skipped"))
        names, undone = [file.name for file in files], done.undone_by_id is not None
        at = done.at.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)
        lines.append(BatchLine(batch.id, done.id, at, done.actor, names, new, same, skipped, undone))
    return lines
