"""What a new year takes over from the one before: its structure, its task forces, its unfinished tasks as new drafts."""

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from db.base import Record, content_columns, table_of
from db.images import CHUNK, Row
from db.models import (
    Campaign,
    Category,
    Cooperation,
    Dimension,
    ForceMember,
    ForceUnit,
    Funding,
    FurtherCategory,
    ListKind,
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
from huajie_desktop.records.doubts import hand_on
from huajie_desktop.seat import Running
from huajie_desktop.work.occurrences import planned
from huajie_desktop.work.task_ledger import TASKS

_DAYS = ("start", "due", "milestones")
_YEAR = re.compile(r"20\d\d")
Ids = dict[int, int]  # old id -> new id


class Carrying:
    """Takes over from one campaign into a new one, inside an operation; nothing of the old one is changed."""

    def __init__(self, running: Running, old: Campaign, new: Campaign) -> None:
        self._running, self._session, self._old, self._new = running, running.session, old, new
        closed = select(Person.id).where(Person.closed_on.is_not(None))
        self._gone = set(self._session.scalars(closed))
        self._closed_units = set(self._session.scalars(select(Unit.id).where(Unit.closed_on.is_not(None))))
        self._categories: Ids = {}
        self._list_kinds: Ids = {}
        self._forces: Ids = {}

    def take_structure(self) -> None:
        """Dimensions and categories that are in use."""
        dimensions = self._rows(Dimension, Dimension.campaign_id == self._old.id)
        within = select(Dimension.id).where(Dimension.campaign_id == self._old.id)
        categories = self._rows(Category, Category.dimension_id.in_(within))
        ended = {row["dimension_id"] for row in categories} - {row["dimension_id"] for row in categories if not row["closed_on"]}
        new_dimensions = self._copy(Dimension, [row for row in dimensions if row["id"] not in ended], campaign_id=self._new.id)
        kept = [{**row, "dimension_id": new_dimensions[row["dimension_id"]]} for row in categories if not row["closed_on"]]
        self._categories = self._copy(Category, kept)

    def begin_anew(self, dimensions: Sequence[Dimension]) -> None:
        """Other dimensions than those of the old year; what is in a category of the same name stays in it."""
        for dimension in dimensions:
            dimension.campaign_id = self._new.id
            self._session.add(dimension)
        self._session.flush()
        named = {item.name: item.id for dimension in dimensions for item in dimension.categories}
        within = select(Dimension.id).where(Dimension.campaign_id == self._old.id)
        before = self._rows(Category, Category.dimension_id.in_(within))
        self._categories = {row["id"]: named[row["name"]] for row in before if row["name"] in named}

    def take_lists(self) -> None:
        """List kinds that are in use."""
        list_kinds = self._rows(ListKind, ListKind.campaign_id == self._old.id, ListKind.closed_on.is_(None))
        self._list_kinds = self._copy(ListKind, list_kinds, campaign_id=self._new.id)

    def take_forces(self) -> None:
        """Task forces that lasted to the end of the year, with the people and units still there; documents and days are new."""
        last_day = date(self._old.year, 12, 31)
        rows = [
            {**row, "category_id": self._categories.get(row["category_id"])}
            for row in self._rows(TaskForce, TaskForce.campaign_id == self._old.id)
            if row["until"] is None or row["until"] >= last_day
        ]
        blank = {"campaign_id": self._new.id, "document_number": None, "since": None, "until": None}
        self._forces = self._copy(TaskForce, rows, **blank)
        for model, column, gone in ((ForceMember, "person_id", self._gone), (ForceUnit, "unit_id", self._closed_units)):
            found = self._rows(model, table_of(model).c.force_id.in_(list(self._forces)))
            self._copy(model, [{**row, "force_id": self._forces[row["force_id"]]} for row in found if row[column] not in gone])

    def take_tasks(self, *, shift: bool, today: date, job: Job) -> int:
        """Unfinished tasks with all that hangs on them; with `shift` their days move by a year, else they are to be set anew.

        Returns how many. Raises Cancelled.
        """
        ids = list(self._session.scalars(_unfinished(self._old.id).order_by(Task.id)))
        days = self._shifted if shift else self._blank
        for start in range(0, len(ids), CHUNK):
            job.step(start, len(ids), f"转入任务 {start}/{len(ids)}")
            rows = [self._task(row, days) for row in self._rows(Task, Task.id.in_(ids[start : start + CHUNK]))]
            new_ids = self._copy(Task, rows)
            self._take_parts(new_ids, days)
            hand_on(self._running, TASKS, new_ids, without=() if shift else _DAYS)
            self._plan([{**row, "id": new_ids[row["id"]]} for row in rows], today)
        job.step(len(ids), len(ids), "保存")
        return len(ids)

    def _task(self, row: Row, days: Callable[[Row], Row]) -> Row:
        return {
            **row,
            **dict.fromkeys(TASKS.life_columns),
            **TASKS.fresh,
            **days(row),
            "campaign_id": self._new.id,
            "batch_id": None,
            "carried_from_id": row["id"],
            "category_id": self._categories.get(row["category_id"]),
            "list_kind_id": self._list_kinds.get(row["list_kind_id"]),
            "force_id": self._forces.get(row["force_id"]),
            "lead_id": None if row["lead_id"] in self._gone else row["lead_id"],
        }

    def _take_parts(self, tasks: Ids, days: Callable[[Row], Row]) -> None:
        """Everything but occurrences and files: those prove what was done in their own year.

        What was reached and brought of an unfinished task stays so; what supervision left open stays with the old entry, and is
        seen from the new one by `carried_from` (`work/forerunners.py`).
        """
        changes: Mapping[type[Record], Callable[[Row], Row | None]] = {
            Responsibility: lambda row: None if row["person_id"] in self._gone else row,
            Cooperation: lambda row: None if row["unit_id"] in self._closed_units else row,
            FurtherCategory: self._further,
            Milestone: lambda row: row | (days(row) if row["reached_on"] is None else self._reached(row)),
            Quantity: lambda row: row,
            Funding: lambda row: {**row, "actual": None},  # what was spent belongs to the year it was spent in
        }
        for model, change in changes.items():
            found = self._rows(model, table_of(model).c.task_id.in_(list(tasks)))
            changed = [changed for row in found if (changed := change({**row, "task_id": tasks[row["task_id"]]}))]
            self._copy(model, changed)

    def _reached(self, row: Row) -> Row:
        """What was reached keeps its days, written out with their year: "6月底" would be read as of the new one."""
        day: date | None = row["due"]
        return {"raw": day and day.isoformat()}

    def _further(self, row: Row) -> Row | None:
        category_id = self._categories.get(row["category_id"])
        return {**row, "category_id": category_id} if category_id else None

    def _plan(self, tasks: Sequence[Row], today: date) -> None:
        days = [
            {"id": 0, "task_id": row["id"], "due": due, "done_on": None, "note": None}
            for row in tasks
            for due in planned(row["recurrence"], row["start"], row["due"], self._new.year, today)
        ]
        self._copy(Occurrence, days)

    def _blank(self, row: Row) -> Row:
        """Days to be set anew; what goes on all year goes on to the end of the new one."""
        blank: Row = dict.fromkeys({"start", "due", "due_precision", "due_text", "raw"} & row.keys())
        if row.get("ongoing"):
            blank |= {"due": date(self._new.year, 12, 31), "due_precision": "year", "due_text": "全年"}
        return blank

    def _shifted(self, row: Row) -> Row:
        """Days moved by as many years as lie between the campaigns; years written out are moved, too."""
        years, coarse = self._new.year - self._old.year, row.get("due_precision") not in (None, "day")
        moved: Row = {name: _later(row[name], years, coarse) for name in {"start", "due"} & row.keys() if row[name]}
        for name in {"due_text", "raw"} & row.keys():
            moved[name] = _YEAR.sub(lambda found: str(int(found[0]) + years), row[name] or "") or None
        return moved

    def _rows(self, model: type[Record], *conditions: Any) -> list[Row]:
        table = table_of(model)
        return [
            dict(row)
            for row in self._session.execute(select(*content_columns(table)).where(*conditions).order_by(table.c.id)).mappings()
        ]

    def _copy(self, model: type[Record], rows: Sequence[Row], **values: Any) -> Ids:
        """Adds copies of rows with those values; returns the new ids by the old ones."""
        table = table_of(model)
        ids = reserve_ids(self._session.connection(), table, len(rows))
        columns = ["id", *(column.name for column in content_columns(table) if column.name not in ("id", "uid"))]
        fresh = [{**row, **values, "id": new_id} for row, new_id in zip(rows, ids, strict=True)]
        self._running.insert(model, columns, [[row[name] for name in columns] for row in fresh])
        return {row["id"]: new_id for row, new_id in zip(rows, ids, strict=True)}


def _unfinished(campaign_id: int) -> Any:
    return select(Task.id).where(Task.campaign_id == campaign_id, Task.finished_on.is_(None))


def _later(day: date, years: int, coarse: bool) -> date:
    """The same day so many years on; the end of a month stays the end of the month where only that was meant."""
    last = calendar.monthrange(day.year + years, day.month)[1]
    ends = coarse and day.day == calendar.monthrange(day.year, day.month)[1]
    return date(day.year + years, day.month, last if ends else min(day.day, last))
