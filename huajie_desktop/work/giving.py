"""One demand given to several units in one step, and tasks made of what came in: documents, decisions of meetings."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from db.base import Record
from db.images import CHUNK, among
from db.log import Act
from db.models import Task, Unit
from huajie_desktop.declared.facets import Becomes
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.records.doubts import take_up
from huajie_desktop.records.entry import begin, read_changes, texts_of, write
from huajie_desktop.records.leaving import Left, Partly, left_of, refuse_all
from huajie_desktop.seat import Running, Seat, SeatSession, visible
from huajie_desktop.values.spoken_days import in_short
from huajie_desktop.values.text import fold, trim
from huajie_desktop.work.task_ledger import TASKS

_THERE = "已经有了，没有再建。"


def give(
    seat: Seat, texts: Mapping[str, str], units: Sequence[int], source: tuple[Ledger, int] | None = None, job: Job | None = None
) -> Partly:
    """Gives what `texts` say of a task (by key, without the unit) to each of those units, a task of its own.

    Of several units the tasks stand together under one demand. `source` is the record they come from. What a unit has already
    under that name is left and named. Raises FieldErrors, Problem where no unit is chosen or all have it, Cancelled.
    """
    name = trim(texts.get("title", ""))
    if not units:
        raise Problem("还没有选单位，没有建任务。请先勾选要交办的单位。")
    with seat.operation(Act.ENTER, f"统一交办“{name[:60]}” {len(units)} 项") as running:
        session = running.session
        names = {unit_id: unit for unit_id, unit in session.execute(select(Unit.id, Unit.name).where(among(Unit.id, units)))}
        there = _having(session, name, units)
        given: dict[str, Any] = {"demand": f"{name[:180]}（{in_short(seat.today(), seat.year)}交办）"} if units[1:] else {}
        given |= _pointing(source) if source else {}
        asked = [{**texts, "unit": names[unit_id]} for unit_id in units if unit_id in names and unit_id not in there]
        left = [Left(task_id, f"{names[unit_id]}的任务“{name[:60]}”", _THERE) for unit_id, task_id in there.items()]
        if not asked:
            refuse_all(left, TASKS, "没有再建")
        made = _make(running, [(one, given) for one in asked], job)
        running.call(f"统一交办“{name[:60]}” {len(made)} 项")
    return Partly.of(running.changes, len(made), left)


def become(seat: Seat, ids: Sequence[int], ledger: Ledger, job: Job | None = None) -> Partly:
    """Makes of each of those records a task of the unit it names, with its title and its due day, that points back at it.

    Left and named are those that name no unit, and those that became tasks before. Raises Problem where none can, Cancelled.
    """
    becomes = _of(ledger)
    with seat.operation(Act.ENTER, f"转为任务 {len(ids)} 项") as running:
        session, against, asked = running.session, dict[int, str](), list[tuple[dict[str, str], dict[str, Any]]]()
        done = set(became(session, ledger, ids))
        for record_id in ids:
            texts = source_texts(session, ledger, record_id)
            if record_id in done:
                against[record_id] = "已经转为任务，没有再转。要再交给别的单位，请单独选中它再转。"
            elif not texts.get("unit"):
                against[record_id] = "没有写单位，没有转为任务。请先写上单位，或者单独选中它再选单位。"
            else:
                asked.append((texts, {becomes.link: record_id}))
        left = left_of(session, ledger, against)
        if not asked:
            refuse_all(left, ledger, "没有转为任务")
        made = _make(running, asked, job)
        running.call(f"转为任务 {len(made)} 项")
    return Partly.of(running.changes, len(made), left)


def became(session: SeatSession, ledger: Ledger, ids: Sequence[int]) -> dict[int, list[int]]:
    """The tasks (ids, as entered) that come from those records, by the record."""
    link = getattr(Task, _of(ledger).link)
    found: dict[int, list[int]] = {}
    for start in range(0, len(ids), CHUNK):
        chunk = (*visible(session.seat, Task), among(link, ids[start : start + CHUNK]))
        for record_id, task_id in session.execute(select(link, Task.id).where(*chunk).order_by(Task.id)):
            found.setdefault(record_id, []).append(task_id)
    return found


def source_texts(session: SeatSession, ledger: Ledger, record_id: int) -> dict[str, str]:
    """What a task made of a record would say, by the task's keys."""
    said = texts_of(session, ledger, record_id)
    return {key: said[of] for key, of in _of(ledger).says.items() if said[of]}


def source_of(session: SeatSession, task: Task) -> tuple[Ledger, Record] | None:
    """The record a task was made of, None where it was entered by itself."""
    for ledger in session.seat.catalogue.values():
        record_id = getattr(task, ledger.becomes.link) if ledger.becomes else None
        if record_id is not None and (found := session.get(ledger.model, record_id)) is not None:
            return ledger, found
    return None


def _of(ledger: Ledger) -> Becomes:
    assert ledger.becomes is not None, f"{ledger.key} becomes nothing"
    return ledger.becomes


def _pointing(source: tuple[Ledger, int]) -> dict[str, Any]:
    ledger, record_id = source
    return {_of(ledger).link: record_id}


def _having(session: SeatSession, name: str, units: Sequence[int]) -> dict[int, int]:
    """Those of the units that have a task of that name already, with its id."""
    kept = select(Task.unit_id, Task.id, Task.title).where(*visible(session.seat, Task), among(Task.unit_id, units))
    return {unit_id: task_id for unit_id, task_id, title in session.execute(kept) if fold(title) == fold(name)}


def _make(
    running: Running, asked: Sequence[tuple[Mapping[str, str], Mapping[str, Any]]], job: Job | None
) -> list[int]:  # fmt: skip
    """The tasks that say those texts, with the columns nobody types; complete ones wait for review, the others are drafts."""
    session, keys = running.session, TASKS.form_fields.keys()
    made: list[tuple[Task, Mapping[str, str], dict[str, str]]] = []
    for place, (texts, given) in enumerate(asked):
        if job:
            job.step(place, len(asked), f"建立任务 {place}/{len(asked)}")
        record, doubts, fresh = read_changes(session, TASKS, {}, texts)
        task = Task(**given)
        begin(session, TASKS, task)
        if all(trim(texts.get(key, "")) for key in TASKS.needed_keys):
            for column, state in TASKS.received.items():
                setattr(task, column, state)
        with session.no_autoflush:
            write(session, TASKS, task, record, keys)
        session.add(task)
        made.append((task, texts, {**fresh, **doubts}))
    session.flush()
    ids = [task.id for task, _texts, _doubts in made]
    TASKS.followed(session, ids, frozenset(keys))
    said = {task.id: {key: texts.get(key, "") for key in keys} for task, texts, _doubts in made}
    take_up(running, TASKS, said, {task.id: doubts for task, _texts, doubts in made})
    return ids
