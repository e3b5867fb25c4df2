"""Review: draft -> submitted -> approved or returned, many at once, for tasks and every ledger; only tasks are numbered."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import inspect, select

from db.choices import STATES
from db.images import CHUNK, Row, among
from db.journal import Author, Changes
from db.log import Act
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.journal.authors import last_authors
from huajie_desktop.records.listing import Wanted, state_counts
from huajie_desktop.seat import Running, Seat, SeatSession
from huajie_desktop.settings import FOUR_EYES, rule
from huajie_desktop.work.numbering import give_numbers
from huajie_desktop.work.queries import open_counts
from huajie_desktop.work.signed import outdate
from huajie_desktop.work.task_ledger import TASKS

# What may follow what; the same table rules buttons and services.
FOLLOWING = {
    "draft": ("submitted",),
    "submitted": ("approved", "returned", "draft"),
    "returned": ("submitted",),
    "approved": ("returned",),
}
_STEP = 1000  # records between two looks at the job
_NEEDED = {TASKS.key: ("category", "due")}  # keys that must be filled in to submit; elsewhere the required ones


def submit(seat: Seat, ids: Sequence[int], ledger: Ledger = TASKS, job: Job | None = None) -> Changes:
    """Hands drafts and returned records in for review. Raises Problem naming what is missing."""
    with seat.operation(Act.SUBMIT, _called("提交审核", ids, ledger)) as running:
        rows = _movable(running.session, ledger, ids, "submitted")
        needed = needed_to_submit(ledger)
        for row in rows:
            missing = [label for name, label in needed.items() if row[name] in (None, "")]
            if missing:
                raise Problem(f"{_named(ledger, row)}还缺{'、'.join(missing)}，没有提交。请补全后再提交。")
        _write(running, ledger, {row["id"]: {"state": "submitted", "return_reason": None} for row in rows}, job)
    return running.changes


def withdraw(seat: Seat, ids: Sequence[int], ledger: Ledger = TASKS, job: Job | None = None) -> Changes:
    """Takes submitted records back to draft."""
    with seat.operation(Act.WITHDRAW, _called("撤回", ids, ledger)) as running:
        rows = _movable(running.session, ledger, ids, "draft")
        _write(running, ledger, {row["id"]: {"state": "draft"} for row in rows}, job)
    return running.changes


def approve(seat: Seat, ids: Sequence[int], ledger: Ledger = TASKS, job: Job | None = None) -> Changes:
    """Approves submitted records; tasks are numbered in the order given, category by category. Raises Problem.

    Refused while a record has open queries, and with the rule FOUR_EYES for what the person at the desk last changed.
    """
    with seat.operation(Act.APPROVE, _called("审核通过", ids, ledger)) as running:
        session = running.session
        rows = _movable(session, ledger, ids, "approved")
        _refuse_open_queries(session, ledger, rows)
        if rule(session, FOUR_EYES) == "1":
            _refuse_own(session, ledger, rows, seat.author)
        values: dict[int, Row] = {row["id"]: {"state": "approved", "return_reason": None} for row in rows}
        if ledger is TASKS:
            for task_id, number in give_numbers(session, [row["id"] for row in rows if row["number"] is None]).items():
                values[task_id]["number"] = number
        _write(running, ledger, values, job)
    return running.changes


def send_back(seat: Seat, ids: Sequence[int], reason: str, ledger: Ledger = TASKS, job: Job | None = None) -> Changes:
    """Returns records to whoever entered them, with the reason; an approved one is unlocked thereby and keeps its number."""
    return _return(seat, Act.RETURN, "退回", ids, reason, ledger, job)


def unlock(seat: Seat, ids: Sequence[int], reason: str, ledger: Ledger = TASKS, job: Job | None = None) -> Changes:
    """Sets approved records back to returned, so that they can be changed; papers they stand on are outdated from then on."""
    with seat.reading() as session:
        for row in _rows(session, ledger, ids):
            if row["state"] != "approved":
                raise Problem(
                    f"{_named(ledger, row)}现在是“{STATES[row['state']]}”，没有锁定，不用解锁。没有改动任何{ledger.noun}。"
                )
    return _return(seat, Act.UNLOCK, "解锁", ids, reason, ledger, job)


def waiting(session: SeatSession, ledger: Ledger) -> int:
    """How many records of the campaign wait for review."""
    return state_counts(session, ledger, Wanted())["submitted"]


def needed_to_submit(ledger: Ledger) -> dict[str, str]:
    """What must be filled in before a record can be submitted: column -> label."""
    keys = _NEEDED.get(ledger.key) or [key for key, declared in ledger.fields.items() if declared.required and key != "state"]
    return {ledger.fields[key].name: ledger.fields[key].label for key in keys}


def _return(seat: Seat, act: Act, verb: str, ids: Sequence[int], reason: str, ledger: Ledger, job: Job | None) -> Changes:
    reason = reason.strip()
    if not reason:
        raise Problem(f"请写明{verb}原因，没有{verb}。")
    with seat.operation(act, _called(verb, ids, ledger)) as running:
        rows = _movable(running.session, ledger, ids, "returned")
        _write(running, ledger, {row["id"]: {"state": "returned", "return_reason": reason[:200]} for row in rows}, job)
        if ledger is TASKS:
            outdate(running, {row["id"]: row["name"] for row in rows if row["state"] == "approved"}, reason)
    return running.changes


def _called(verb: str, ids: Sequence[int], ledger: Ledger) -> str:
    return f"{verb} {len(ids)} 项" if ledger is TASKS else f"{verb}{ledger.noun} {len(ids)} 项"


def _named(ledger: Ledger, row: Mapping[str, Any]) -> str:
    return f"{ledger.noun}“{row['name'][:60]}”"


def _write(running: Running, ledger: Ledger, values: dict[int, Row], job: Job | None) -> None:
    ids = list(values)
    for start in range(0, len(ids), _STEP):
        if job:
            job.step(start, len(ids), f"写入 {start}/{len(ids)}")
        running.update(ledger.model, {record_id: values[record_id] for record_id in ids[start : start + _STEP]})


def _rows(session: SeatSession, ledger: Ledger, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Id, name, state, what is needed to submit and the number of those records, in the order of `ids`."""
    model: Any = ledger.model
    names = {"id", "state", *needed_to_submit(ledger), *(["number"] if "number" in inspect(model).column_attrs else [])}
    columns = [getattr(model, name) for name in sorted(names)]
    columns.append(getattr(model, ledger.fields[ledger.name].name).label("name"))
    keys = [column.key for column in columns]
    place = keys.index("id")
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(ids), CHUNK):
        statement = select(*columns).where(among(model.id, ids[start : start + CHUNK]))
        found.update((row[place], dict(zip(keys, row, strict=True))) for row in session.execute(statement))
    rows = [found[record_id] for record_id in ids if record_id in found]
    if not rows:
        raise Problem(f"没有选中{ledger.noun}，没有改动。请先在列表中选择{ledger.noun}。")
    return rows


def _movable(session: SeatSession, ledger: Ledger, ids: Sequence[int], state: str) -> list[dict[str, Any]]:
    rows = _rows(session, ledger, ids)
    for row in rows:
        if state not in FOLLOWING[row["state"]]:
            raise Problem(
                f"{_named(ledger, row)}现在是“{STATES[row['state']]}”，不能改为“{STATES[state]}”。没有改动任何{ledger.noun}。"
            )
    return rows


def _refuse_open_queries(session: SeatSession, ledger: Ledger, rows: Sequence[dict[str, Any]]) -> None:
    counts = open_counts(session, ledger, [row["id"] for row in rows])
    for row in rows:
        if row["id"] in counts:
            raise Problem(f"{_named(ledger, row)}还有 {counts[row['id']]} 条疑问没有关闭，不能通过。没有改动任何{ledger.noun}。")


def _refuse_own(session: SeatSession, ledger: Ledger, rows: Sequence[dict[str, Any]], author: Author) -> None:
    authors = last_authors(session, ledger, [row["id"] for row in rows])
    for row in rows:
        if author.is_same(authors.get(row["id"])):
            raise Problem(
                f"{_named(ledger, row)}的内容是您（{author.name}）最后改的，按“录入与审核分开”的规定要由别人审核。"
                f"没有改动任何{ledger.noun}。"
            )
