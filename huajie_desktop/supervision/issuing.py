"""Notices about tasks and findings of inspections, made for many at once: each with its own number, the others left and named."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from db.acts import Act
from db.images import CHUNK, among
from db.models import Task
from db.supervision import Finding, Inspection, Notice
from huajie_desktop.declared.bounds import check_of
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import Move
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.records.asking import read_asked
from huajie_desktop.records.entry import begin, make_findable
from huajie_desktop.records.leaving import Partly, left_of, refuse_all
from huajie_desktop.seat import Running, Seat, SeatSession
from huajie_desktop.supervision.findings import FINDINGS
from huajie_desktop.supervision.notice_ledger import NOTICES, OPEN
from huajie_desktop.work.forerunners import forerunners
from huajie_desktop.work.review import carry_out
from huajie_desktop.work.task_ledger import TASKS

ABOUT_TASKS = ("level", "term", "grounds", "demand")  # what is asked when notices are issued about tasks
OF_INSPECTIONS = ("title", "demand", "term")  # what is asked of what an inspection found


def issue_about(seat: Seat, task_ids: Sequence[int], texts: Mapping[str, str]) -> Partly:
    """Issues a notice about each of those tasks, today, with one level, term and demand (typed, by the keys of ABOUT_TASKS).

    Left are tasks that are not confirmed and those with a notice that is still open: one matter has one notice (一事一单).
    Raises FieldErrors; Problem where none can be issued. The new notices are `touched`.
    """
    said = _read(seat, NOTICES, ABOUT_TASKS, texts, {"issued_on": seat.today()})
    with seat.operation(Act.HAND, "发出督查单") as running:
        session = running.session
        tasks = _kept(session, Task, task_ids)
        if not tasks:
            raise Problem("没有选中任务，没有发督查单。请先在列表中选择任务。")
        against = {task.id: "还没有审核通过，没有发督查单。请先提交审核。" for task in tasks if not _confirmed(task)}
        against |= _noticed(session, task_ids)
        left = left_of(session, TASKS, against)
        going = [task for task in tasks if task.id not in against]
        if not going:
            refuse_all(left, TASKS, "没有发督查单")
        made = [Notice(**said, unit_id=task.unit_id, title=task.title, task_id=task.id) for task in going]
        _keep(running, NOTICES, made)
        _hand(running, NOTICES, made)
        running.call(f"发出督查单 {len(made)} 份")
    return Partly.of(running.changes, len(made), left)


def found_on(seat: Seat, inspection_ids: Sequence[int], texts: Mapping[str, str]) -> Partly:
    """Notes what those inspections found wrong (typed, by the keys of OF_INSPECTIONS), linked to each, and hands it at once to
    the unit where a term is said.

    It was found on the day of the visit, today where none is noted. Raises FieldErrors.
    """
    with seat.reading() as session:
        days = {one.id: one.visited_on or seat.today() for one in _kept(session, Inspection, inspection_ids)}
    said = _read(seat, FINDINGS, OF_INSPECTIONS, texts, {"found_on": max(days.values(), default=seat.today())})
    with seat.operation(Act.ENTER, "记督查问题") as running:
        inspections = _kept(running.session, Inspection, inspection_ids)
        if not inspections:
            raise Problem("没有选中督查检查，没有记问题。请先在列表中选择一次检查。")
        made = [Finding(**{**said, "found_on": days[one.id]}, unit_id=one.unit_id, inspection_id=one.id) for one in inspections]
        _keep(running, FINDINGS, made)
        if said["term"]:
            _hand(running, FINDINGS, made)
        running.call(f"{'交办' if said['term'] else '记下'}督查问题 {len(made)} 个")
    return Partly.of(running.changes, len(made), [])


def _read(seat: Seat, ledger: Ledger, keys: Sequence[str], texts: Mapping[str, str], given: Mapping[str, Any]) -> dict[str, Any]:
    """Those fields of new records by column. Raises FieldErrors."""
    values = {**read_asked(seat, {key: ledger.fields[key] for key in keys}, texts), **given}
    if messages := check_of(ledger)(values):
        raise FieldErrors(dict(messages))
    return {ledger.fields[key].name: value for key, value in values.items()}


def _kept(session: SeatSession, model: Any, ids: Sequence[int]) -> list[Any]:
    found: dict[int, Any] = {}
    for start in range(0, len(ids), CHUNK):
        found |= {one.id: one for one in session.scalars(select(model).where(among(model.id, ids[start : start + CHUNK])))}
    return [found[record_id] for record_id in ids if record_id in found]


def _confirmed(task: Task) -> bool:
    return TASKS.life is not None and task.state == TASKS.life.counted


def _noticed(session: SeatSession, task_ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(task_ids), CHUNK):
        line = forerunners(task_ids[start : start + CHUNK])
        about = select(line.c.task, Notice.number).join(Notice, Notice.task_id == line.c.older)
        for task_id, number in session.execute(about.where(Notice.state.in_(OPEN))):
            found[task_id] = f"还有督查单{number or ''}没有办结，没有再发。"
    return found


def _keep(running: Running, ledger: Ledger, made: Collection[Any]) -> None:
    """Adds new records at the beginning of their lives."""
    for one in made:
        begin(running.session, ledger, one)
        make_findable(ledger, one)
    running.session.add_all(made)
    running.session.flush()


def _hand(running: Running, ledger: Ledger, made: Collection[Any]) -> None:
    """Hands new records out: they get their numbers in the order they were made."""
    assert ledger.life is not None
    hand: Move = ledger.life.of(Act.HAND)[0]
    carry_out(running, ledger, ledger.life, hand, {one.id: one.title for one in made}, "")
