"""Taking a previewed import into the data: one transaction, one batch, plain rows all the way."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from db.base import Record, table_of
from db.journal import Changes, OperationSession
from db.models import (
    Cooperation,
    Funding,
    FurtherCategory,
    ImportBatch,
    ImportFile,
    Milestone,
    Occurrence,
    Person,
    Quantity,
    Responsibility,
    Task,
    TaskForce,
    Unit,
)
from db.rows import reserve_ids
from huajie_desktop.application import Application
from huajie_desktop.collecting import collecting_later
from huajie_desktop.errors import Problem
from huajie_desktop.exchange.ledger_rows import LedgerIntake
from huajie_desktop.exchange.previews import APPLIED, FilePreview, Preview, PreviewRow
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.pinyin import search_text
from huajie_desktop.records.catalogue import CATALOGUE
from huajie_desktop.records.ledger import Ledger
from huajie_desktop.records.parts import milestone_row
from huajie_desktop.records.registers import PEOPLE, TASKS, UNITS
from huajie_desktop.spreadsheets.records import ReadRecord
from huajie_desktop.township.office import campaign, categories, list_kinds, usual_list_kinds
from huajie_desktop.work.occurrences import planned

_TASK = (
    "id", "campaign_id", "title", "content", "category_id", "unit_id", "lead_id", "start", "due", "due_precision", "due_text",
    "ongoing", "investment", "remarks", "state", "batch_id", "search", "list_kind_id", "force_id", "key_project", "recurrence",
    "finished_on",
)  # fmt: skip
_PARTS: Mapping[type[Record], tuple[str, ...]] = {
    Responsibility: ("person_id",),
    Milestone: ("due", "text", "raw", "evidence"),
    Cooperation: ("unit_id",),
    FurtherCategory: ("category_id",),
    Quantity: ("name", "amount", "unit"),
    Funding: ("source", "planned", "actual"),
    Occurrence: ("due",),
}
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
    kinds: Counter[str] = field(default_factory=Counter)  # how many of each ledger (key) were taken
    noun: str = "任务"

    @property
    def reviewed(self) -> bool:
        """Whether something of it waits for review."""
        return any(count and CATALOGUE[key].reviewed for key, count in self.kinds.items())

    @property
    def sentence(self) -> str:
        """The outcome for a person."""
        if not self.new and not self.skipped:
            return f"没有新{self.noun}：{self.same} 项都已导入过，数据没有变化。"
        words = [f"导入 {counted(self.kinds)}"] if self.new else [f"没有新{self.noun}，数据没有变化"]
        if self.same:
            words.append(f"{self.same} 项已有，未改动")
        if self.skipped:
            words.append(f"{self.skipped} 行未导入")
        return "，".join(words) + "。"


def counted(kinds: Mapping[str, int]) -> str:
    """How many records of which ledgers: 3 项任务、2 条矛盾纠纷记录."""
    words = ((count, CATALOGUE[key]) for key, count in kinds.items() if count)
    return "、".join(f"{n} 项任务" if ledger is TASKS else f"{n} 条{ledger.noun}记录" for n, ledger in words)


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
            kind=table_of(self.file.ledger.model).name,
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
        kinds=(kinds := _count_kinds(files)),
        noun=made.noun,
        new=kinds.total(),
        same=sum(len(file.same) for file in files),
        skipped=sum(len(file.left) for file in files),
        changes=Changes(),
        left_out=left_out,
        as_told=not unread and not any(file.statuses["differs"] for file in files),
    )
    if outcome.new:
        with collecting_later(), app.operation(_label(files, kinds)) as running:
            batch = ImportBatch(operation_id=running.operation_id, campaign_id=campaign(running.session).id)
            batch.files = [file.entry() for file in files if not file.file.read.problem]
            running.session.add(batch)
            running.session.flush()
            for ledger in _in_order(kinds):
                rows = [row for file in files if file.file.ledger is ledger for row in file.taken]
                if ledger is TASKS:
                    _Intake(running, batch.id, app.today()).take([row.record for row in rows], job or Silent())
                else:
                    LedgerIntake(running, ledger, batch.id).take(rows, job or Silent())
        outcome.changes, outcome.batch_id = running.changes, batch.id
    return outcome


def _count_kinds(files: Sequence[_Sorted]) -> Counter[str]:
    kinds: Counter[str] = Counter()
    for file in files:
        kinds[file.file.ledger.key] += len(file.taken)
    return kinds


def _in_order(kinds: Counter[str]) -> Iterator[Ledger]:
    """The ledgers something was taken of: units before people before all that points at them."""
    yield from (ledger for ledger in (UNITS, PEOPLE) if kinds[ledger.key])
    yield from (ledger for key, ledger in CATALOGUE.items() if kinds[key] and ledger not in (UNITS, PEOPLE))


def _refuse_faults(files: Sequence[_Sorted]) -> None:
    for file in files:
        if file.file.read.problem:
            raise Problem(f"{file.file.read.name}：{file.file.read.problem}。所有文件都没有导入。")
    if count := sum(file.statuses["error"] for file in files):
        faulty = [row for file in files if file.statuses["error"] for row in file.left if row.status == "error"]
        lines = "\n".join(map(_why_left, faulty[:20])) + ("\n……" if count > 20 else "")
        raise Problem(f"有 {count} 行有错误，所有文件都没有导入。请改正，或选择跳过这些行。\n{lines}")


def _why_left(row: PreviewRow) -> str:
    ledger = row.file.ledger
    reasons = {"skipped": "已跳过", "differs": "已有同样的记录但内容不同，未覆盖，请在原记录上修改"}
    if ledger is TASKS:
        reasons["differs"] = "清单中已有同名任务但内容不同，未覆盖，请在清单中修改"
    issues = "；".join(f"{issue.cell} {issue.message}" for issue in row.record.issues if issue.severity == "error")
    if ledger is TASKS and row.record.unit is None:
        issues = "不知道是哪个单位的清单，请先选择填报单位"
    return f"{row.where}“{row.record.title or '（无名称）'}”：{reasons.get(row.status) or issues}"


def _label(files: Sequence[_Sorted], kinds: Counter[str]) -> str:
    names = [file.file.read.unit or file.file.read.name for file in files if file.taken]
    shown = "、".join(names[:3]) + (f"等 {len(names)} 个文件" if len(names) > 3 else "")
    listed = f"的清单 {kinds.total()} 项" if set(+kinds) == {TASKS.key} else f"：{counted(kinds)}"
    return f"导入{shown}{listed}"[:200]


class _Intake:
    """Turns records into rows of all tables, with the ids they will have."""

    def __init__(self, running: OperationSession, batch_id: int, today: date) -> None:
        session = running.session
        self._running, self._batch_id, self._today = running, batch_id, today
        self._year = campaign(session)
        self._units: dict[str, int] = {name: unit_id for name, unit_id in session.execute(select(Unit.name, Unit.id))}
        self._unit_kinds: dict[int, str] = {unit_id: kind for unit_id, kind in session.execute(select(Unit.id, Unit.kind))}
        forces = select(TaskForce.name, TaskForce.id).where(TaskForce.campaign_id == self._year.id)
        self._forces: dict[str, int] = {name: force_id for name, force_id in session.execute(forces)}
        self._list_kinds, self._usual_list_kinds = {kind.name: kind.id for kind in list_kinds(session)}, usual_list_kinds(session)
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
        names.update(dict.fromkeys(name for record in records for name in record.more.get("cooperating") or ()))
        for name in (name for name in names if name not in self._units):
            unit = Unit(name=name, kind="office", parent_id=self._year.township_id, search=search_text(name))
            session.add(unit)
            session.flush()
            self._units[name], self._unit_kinds[unit.id] = unit.id, unit.kind

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
        tasks: list[tuple[Any, ...]] = []
        parts: dict[type[Record], list[tuple[Any, ...]]] = {model: [] for model in _PARTS}
        for task_id, record in zip(task_ids, records, strict=True):
            unit_id = self._units[record.unit or ""]
            tasks.append(self._task(task_id, unit_id, record))
            for model, rows in self._parts(unit_id, tasks[-1][4], record).items():
                parts[model] += [(task_id, *row, *([place] * (model is not Occurrence))) for place, row in enumerate(rows)]
        self._running.insert(Task, _TASK, tasks)
        for model, found in parts.items():
            ids = reserve_ids(connection, table_of(model), len(found))
            columns = ("id", "task_id", *_PARTS[model], *(("position",) * (model is not Occurrence)))
            self._running.insert(model, columns, [(i, *part) for i, part in zip(ids, found, strict=True)])

    def _parts(self, unit_id: int, category_id: int | None, record: ReadRecord) -> dict[type[Record], list[tuple[Any, ...]]]:
        """The values of all that hangs on a task, by table, in order."""
        more = record.more
        parts: dict[type[Record], list[tuple[Any, ...]]] = {
            Responsibility: [(self._people[unit_id, name],) for name in dict.fromkeys(record.responsible)],
            Milestone: [tuple(milestone_row(*item).values()) for item in record.milestones],
        }
        if more:
            helpers = dict.fromkeys(self._units[name] for name in more.get("cooperating") or ())
            further = dict.fromkeys(self._categories.get(name) for name in more.get("further") or ())
            parts[Cooperation] = [(found,) for found in helpers if found != unit_id]
            parts[FurtherCategory] = [(found,) for found in further if found not in (None, category_id)]
            parts[Quantity] = list(more.get("quantities") or ())
            parts[Funding] = list(more.get("funding") or ())
            days = planned(more.get("recurrence"), record.start, record.due, self._year.year, self._today)
            parts[Occurrence] = [(day,) for day in days]
        return parts

    def _task(self, task_id: int, unit_id: int, record: ReadRecord) -> tuple[Any, ...]:
        category_id = self._categories.get((record.dimension or "", record.category or ""))
        complete, more = category_id is not None and record.due is not None, record.more
        return (
            task_id, self._year.id, record.title, record.content, category_id, unit_id,
            self._people[self._year.township_id, record.lead] if record.lead else None,
            record.start, record.due, record.due_precision or None, record.due_text[:100] or None, record.ongoing,
            None if record.investment is None else record.investment * 10000, record.remarks or None,
            "submitted" if complete else "draft", self._batch_id, search_text(record.title),
            self._list_kinds.get(more.get("list_kind", "")) or self._usual_list_kinds[self._unit_kinds[unit_id]],
            self._forces.get(more.get("force", "")), bool(more.get("key_project")), more.get("recurrence"),
            more.get("finished_on"),
        )  # fmt: skip
