"""Many read tasks into rows of all tables they take: units and people that are new, tasks, and what hangs on them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from db.base import Record, table_of
from db.models import (
    Cooperation,
    Funding,
    FurtherCategory,
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
from huajie_desktop.jobs import Job
from huajie_desktop.office import categories, list_kinds, usual_list_kinds
from huajie_desktop.pinyin import search_text
from huajie_desktop.reading.read_record import ReadRecord
from huajie_desktop.records.parts import milestone_row
from huajie_desktop.seat import Running
from huajie_desktop.work.occurrences import planned
from huajie_desktop.work.task_ledger import TASK_REVIEW

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


class TaskIntake:
    """Turns records into rows of all tables, with the ids they will have."""

    def __init__(self, running: Running, batch_id: int, today: date) -> None:
        session = running.session
        self._running, self._batch_id, self._today = running, batch_id, today
        self._year = session.campaign
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
        township = self._year.township_id
        rows = [(i, name, unit_id, township, search_text(name, name=True)) for i, (unit_id, name) in zip(ids, fresh, strict=True)]
        self._running.insert(Person, ("id", "name", "unit_id", "township_id", "search"), rows)
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
            task_id, self._year.id, record.title, record.content or None, category_id, unit_id,
            self._people[self._year.township_id, record.lead] if record.lead else None,
            record.start, record.due, record.due_precision or None, record.due_text[:100] or None, record.ongoing,
            None if record.investment is None else record.investment * 10000, record.remarks or None,
            TASK_REVIEW.waiting if complete else TASK_REVIEW.fresh, self._batch_id, search_text(record.title),
            self._list_kinds.get(more.get("list_kind", "")) or self._usual_list_kinds[self._unit_kinds[unit_id]],
            self._forces.get(more.get("force", "")), bool(more.get("key_project")), more.get("recurrence"),
            more.get("finished_on"),
        )  # fmt: skip
