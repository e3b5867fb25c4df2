"""Taking a previewed import into the checklist: one transaction, one batch, plain rows all the way."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from db.base import table_of
from db.journal import Changes, OperationSession
from db.models import ImportBatch, ImportFile, Milestone, Person, Responsibility, Task, Unit
from db.rows import reserve_ids
from huajie_desktop.application import Application
from huajie_desktop.collecting import collecting_later
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.office import campaign, categories, units
from huajie_desktop.pinyin import search_text
from huajie_desktop.previews import APPLIED, FilePreview, Preview, PreviewRow
from huajie_desktop.spreadsheets.records import ReadRecord

_TASK = (
    "id", "campaign_id", "title", "content", "category_id", "unit_id", "lead_id", "start", "due", "due_precision", "due_text",
    "ongoing", "investment", "remarks", "state", "batch_id", "search",
)  # fmt: skip
_CHUNK = 2000  # tasks between two looks at the job


@dataclass
class Outcome:
    """What an import did, in counts and in one sentence; `left_out` names every row that was not taken."""

    new: int
    same: int
    skipped: int
    changes: Changes
    batch_id: int | None = None
    left_out: list[str] = field(default_factory=list)
    as_told: bool = True  # whether everything not taken is what the caller said to leave out

    @property
    def sentence(self) -> str:
        """The outcome for a person."""
        if not self.new and not self.skipped:
            return f"没有新任务：{self.same} 项都已导入过，数据没有变化。"
        words = [f"导入 {self.new} 项任务"] if self.new else ["没有新任务，数据没有变化"]
        if self.same:
            words.append(f"{self.same} 项已有，未改动")
        if self.skipped:
            words.append(f"{self.skipped} 行未导入")
        return "，".join(words) + "。"


class _Sorted:
    """One file's rows by what becomes of them, looked at once."""

    def __init__(self, file: FilePreview) -> None:
        self.file = file
        self.taken: list[PreviewRow] = []
        self.same: list[PreviewRow] = []
        self.left: list[PreviewRow] = []
        self.statuses: Counter[str] = Counter()
        for row in file.rows:
            status = row.status
            self.statuses[status] += 1
            (self.taken if status in APPLIED else self.same if status == "same" else self.left).append(row)

    def entry(self) -> ImportFile:
        """The file as its batch remembers it."""
        left_out = [
            {"sheet": row.record.sheet, "row": row.record.row, "why": _why_left(row), "text": row.record.raw} for row in self.left
        ]
        return ImportFile(
            name=self.file.read.name[:255],
            digest=self.file.read.digest,
            unit=self.file.read.unit,
            new=len(self.taken),
            same=len(self.same),
            skipped=len(self.left),
            left_out=json.dumps(left_out, ensure_ascii=False),
        )


def apply(app: Application, made: Preview, *, skip_errors: bool = False, job: Job | None = None) -> Outcome:
    """Adds the rows that apply, all files or none, as one batch that can be undone whole.

    Raises Problem while a file is unreadable or a row has an error, unless `skip_errors` leaves those out; Cancelled.
    """
    files = [_Sorted(file) for file in made.files]
    if not skip_errors:
        _refuse_faults(files)
    unread = [f"{file.read.name}:{file.read.problem}" for file in made.files if file.read.problem]
    left_out = unread + [_why_left(row) for file in files for row in file.left]
    outcome = Outcome(
        new=sum(len(file.taken) for file in files),
        same=sum(len(file.same) for file in files),
        skipped=sum(len(file.left) for file in files),
        changes=Changes(),
        left_out=left_out,
        as_told=not unread and not any(file.statuses["differs"] for file in files),
    )
    if outcome.new:
        with collecting_later(), app.operation(_label(files, outcome.new)) as running:
            batch = ImportBatch(operation_id=running.operation_id, campaign_id=campaign(running.session).id)
            batch.files = [file.entry() for file in files if not file.file.read.problem]
            running.session.add(batch)
            running.session.flush()
            _Intake(running, batch.id).take([row.record for file in files for row in file.taken], job or Silent())
        outcome.changes, outcome.batch_id = running.changes, batch.id
    return outcome


def _refuse_faults(files: Sequence[_Sorted]) -> None:
    for file in files:
        if file.file.read.problem:
            raise Problem(f"{file.file.read.name}：{file.file.read.problem}。所有文件都没有导入。")
    if count := sum(file.statuses["error"] for file in files):
        faulty = [row for file in files if file.statuses["error"] for row in file.left if row.status == "error"]
        lines = "\n".join(map(_why_left, faulty[:20])) + ("\n……" if count > 20 else "")
        raise Problem(f"有 {count} 行有错误，所有文件都没有导入。请改正，或选择跳过这些行。\n{lines}")


def _why_left(row: PreviewRow) -> str:
    reasons = {"skipped": "已跳过", "differs": "清单中已有同名任务但内容不同，未覆盖，请在清单中修改"}
    issues = "；".join(f"{issue.cell} {issue.message}" for issue in row.record.issues if issue.severity == "error")
    if row.record.unit is None:
        issues = "不知道是哪个单位的清单，请先选择填报单位"
    return f"{row.where}“{row.record.title or '（无名称）'}”：{reasons.get(row.status) or issues}"


def _label(files: Sequence[_Sorted], count: int) -> str:
    names = [file.file.read.unit or file.file.read.name for file in files if file.taken]
    shown = "、".join(names[:3]) + (f"等 {len(names)} 个文件" if len(names) > 3 else "")
    return f"导入{shown}的清单 {count} 项"[:200]


class _Intake:
    """Turns records into rows of all tables, with the ids they will have."""

    def __init__(self, running: OperationSession, batch_id: int) -> None:
        session = running.session
        self._running, self._batch_id = running, batch_id
        self._year = campaign(session)
        self._units: dict[str, int] = {unit.name: unit.id for unit in units(session)}
        self._categories = {(item.dimension.name, item.name): item.id for item in categories(session)}
        self._people: dict[tuple[int | None, str], int] = {
            (unit_id, name): person_id
            for person_id, name, unit_id in session.execute(
                select(Person.id, Person.name, Person.unit_id).order_by(Person.id.desc())
            )
        }

    def take(self, records: Sequence[ReadRecord], job: Job) -> None:
        """Adds units and people that are new, then the tasks with all that hangs on them."""
        self._add_units(records)
        self._add_people(records)
        for start in range(0, len(records), _CHUNK):
            job.step(start, len(records), f"写入任务 {start}/{len(records)}")
            self._add_tasks(records[start : start + _CHUNK])
        job.step(len(records), len(records), "保存")

    def _add_units(self, records: Sequence[ReadRecord]) -> None:
        """A name nobody knows is a new office of the township; the preview has said so."""
        session = self._running.session
        names = dict.fromkeys(record.unit or "" for record in records)
        for name in (name for name in names if name not in self._units):
            unit = Unit(name=name, kind="office", parent_id=self._year.township_id, search=search_text(name))
            session.add(unit)
            session.flush()
            self._units[name] = unit.id

    def _add_people(self, records: Sequence[ReadRecord]) -> None:
        wanted: dict[tuple[int | None, str], None] = {}
        for record in records:
            unit_id = self._units[record.unit or ""]
            wanted.update(dict.fromkeys((unit_id, name) for name in record.responsible))
            if record.lead:
                wanted[self._year.township_id, record.lead] = None
        fresh = [key for key in wanted if key not in self._people]
        ids = reserve_ids(self._running.session.connection(), table_of(Person), len(fresh))
        rows = [(i, name, unit_id, search_text(name, name=True)) for i, (unit_id, name) in zip(ids, fresh, strict=True)]
        self._running.insert(Person, ("id", "name", "unit_id", "search"), rows)
        self._people.update(zip(fresh, ids, strict=True))

    def _add_tasks(self, records: Sequence[ReadRecord]) -> None:
        connection = self._running.session.connection()
        task_ids = reserve_ids(connection, table_of(Task), len(records))
        tasks, links, milestones = [], [], []
        for task_id, record in zip(task_ids, records, strict=True):
            unit_id = self._units[record.unit or ""]
            tasks.append(self._task(task_id, unit_id, record))
            links += [
                (task_id, self._people[unit_id, name], place) for place, name in enumerate(dict.fromkeys(record.responsible))
            ]
            milestones += [
                (task_id, due, text, raw.strip()[:100] or None, place) for place, (due, text, raw) in enumerate(record.milestones)
            ]
        self._running.insert(Task, _TASK, tasks)
        self._insert_parts(Responsibility, ("id", "task_id", "person_id", "position"), links)
        self._insert_parts(Milestone, ("id", "task_id", "due", "text", "raw", "position"), milestones)

    def _insert_parts(self, model: type[Any], columns: Sequence[str], parts: Sequence[tuple[Any, ...]]) -> None:
        ids = reserve_ids(self._running.session.connection(), table_of(model), len(parts))
        self._running.insert(model, columns, [(i, *part) for i, part in zip(ids, parts, strict=True)])

    def _task(self, task_id: int, unit_id: int, record: ReadRecord) -> tuple[Any, ...]:
        category_id = self._categories.get((record.dimension or "", record.category or ""))
        complete = category_id is not None and record.due is not None
        return (
            task_id, self._year.id, record.title, record.content, category_id, unit_id,
            self._people[self._year.township_id, record.lead] if record.lead else None,
            record.start, record.due, record.due_precision or None, record.due_text[:100] or None, record.ongoing,
            None if record.investment is None else record.investment * 10000, record.remarks or None,
            "submitted" if complete else "draft", self._batch_id, search_text(record.title),
        )  # fmt: skip
