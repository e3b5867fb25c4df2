"""Review and whatever else a ledger's records live through: moved as their ledger declares, many at once, all or none."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from db.images import CHUNK, Row, among
from db.journal import Changes
from db.log import Act
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import ANSWERED, FILLED, FOUR_EYES, Move, Need, Rows, Workflow
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.journal.authors import is_same, last_authors
from huajie_desktop.records.listing import Wanted, state_counts
from huajie_desktop.seat import Running, Seat, SeatSession
from huajie_desktop.settings import FOUR_EYES as FOUR_EYES_RULE
from huajie_desktop.settings import rule
from huajie_desktop.values.text import trim
from huajie_desktop.work.queries import open_counts
from huajie_desktop.work.task_ledger import TASKS

_STEP = 1000  # records between two looks at the job


def move(seat: Seat, ledger: Ledger, verb: Act, ids: Sequence[int], reason: str = "", job: Job | None = None) -> Changes:
    """Does to those records what the ledger's lives declare under that verb, in the order given, all of them or none.

    Raises Problem naming the record that is elsewhere or lacks something, and where the reason asked for is missing; Cancelled.
    """
    life, reason = ledger.life_of(verb), trim(reason)
    first = life.of(verb)[0]
    if first.asks and not reason:
        raise Problem(f"请写明{first.word}原因，没有{first.word}。")
    with seat.operation(verb, ledger.done(first.word, len(ids))) as running:
        rows = _rows(running.session, ledger, life, ids)
        taking: dict[Move, list[Mapping[str, Any]]] = {}
        for row in rows:
            taking.setdefault(_from_there(ledger, life, life.of(verb), row), []).append(row)
        for made, moved in taking.items():
            _refuse_lacking(running.session, ledger, life, made, moved, among_them=len(rows))
        for made, moved in taking.items():
            carry_out(running, ledger, life, made, {row["id"]: row["name"] for row in moved}, reason, job)
    return running.changes


def carry_out(
    running: Running, ledger: Ledger, life: Workflow, made: Move, names: Mapping[int, str], reason: str, job: Job | None = None
) -> None:
    """Writes a move of records (id -> name) that may be made, with all it does, within a running operation. Raises Cancelled."""
    values: dict[int, Row] = {record_id: dict(made.values(life.column, reason)) for record_id in names}
    for effect in (life.effects[name] for name in made.effects if name in life.effects):
        for record_id, further in (effect.do(running, names, reason) or {}).items():
            values[record_id].update(further)
    ids = list(values)
    for start in range(0, len(ids), _STEP):
        if job:
            job.step(start, len(ids), f"写入 {start}/{len(ids)}")
        running.update(ledger.model, {record_id: values[record_id] for record_id in ids[start : start + _STEP]})


# the verbs of the review


def submit(seat: Seat, ids: Sequence[int], ledger: Ledger = TASKS, job: Job | None = None) -> Changes:
    """Hands drafts and returned records in for review. Raises Problem naming what is missing."""
    return move(seat, ledger, Act.SUBMIT, ids, job=job)


def withdraw(seat: Seat, ids: Sequence[int], ledger: Ledger = TASKS, job: Job | None = None) -> Changes:
    """Takes submitted records back to draft."""
    return move(seat, ledger, Act.WITHDRAW, ids, job=job)


def approve(seat: Seat, ids: Sequence[int], ledger: Ledger = TASKS, job: Job | None = None) -> Changes:
    """Approves submitted records; tasks are numbered in the order given, category by category. Raises Problem.

    Refused while a record has open queries, and with the rule FOUR_EYES for what the person at the desk last changed.
    """
    return move(seat, ledger, Act.APPROVE, ids, job=job)


def send_back(seat: Seat, ids: Sequence[int], reason: str, ledger: Ledger = TASKS, job: Job | None = None) -> Changes:
    """Returns records to whoever entered them, with the reason; an approved one is unlocked thereby and keeps its number."""
    return move(seat, ledger, Act.RETURN, ids, reason, job)


def unlock(seat: Seat, ids: Sequence[int], reason: str, ledger: Ledger = TASKS, job: Job | None = None) -> Changes:
    """Sets approved records back to returned, so that they can be changed; papers they stand on are outdated from then on."""
    return move(seat, ledger, Act.UNLOCK, ids, reason, job)


def waiting(session: SeatSession, ledger: Ledger) -> int:
    """How many records of the campaign wait for review, 0 where there is none."""
    return state_counts(session, ledger, Wanted())[ledger.life.waiting] if ledger.life else 0


# what a move needs


def needed_to(ledger: Ledger, life: Workflow) -> dict[str, str]:
    """What a life wants filled in before its moves that ask for it: column -> label."""
    required = [key for key, declared in ledger.fields.items() if declared.required and declared.name not in life.columns]
    return {ledger.fields[key].name: ledger.fields[key].label for key in life.needed or required}


def is_lacking(session: SeatSession, ledger: Ledger, life: Workflow, made: Move, record_id: int) -> bool:
    """Whether something a move needs is not there yet for a record."""
    rows = _rows(session, ledger, life, [record_id]) if made.needs else []
    return any(_need(life, name)(session, ledger, life, made, rows) for name in made.needs)


def _refuse_lacking(session: SeatSession, ledger: Ledger, life: Workflow, made: Move, rows: Rows, among_them: int) -> None:
    """Refuses all of `among_them` records for the first of these rows that lacks something."""
    none = f"选中的 {ledger.counted(among_them)}都没有{made.called}。" if among_them > 1 else ""
    for name in made.needs:
        against = _need(life, name)(session, ledger, life, made, rows)
        for row in rows:
            if row["id"] in against:
                raise Problem(f"{_named(ledger, row)}{against[row['id']]}{none}")


def _need(life: Workflow, name: str) -> Need:
    return life.needs.get(name) or _HOUSE_NEEDS[name]


def _is_empty(_session: SeatSession, ledger: Ledger, life: Workflow, made: Move, rows: Rows) -> Mapping[int, str]:
    against: dict[int, str] = {}
    for row in rows:
        if missing := [label for name, label in needed_to(ledger, life).items() if row[name] in (None, "")]:
            against[row["id"]] = f"还缺{'、'.join(missing)}，没有{made.called}。请补全后再{made.called}。"
    return against


def _has_open_queries(session: SeatSession, ledger: Ledger, _life: Workflow, made: Move, rows: Rows) -> Mapping[int, str]:
    counts = open_counts(session, ledger, [row["id"] for row in rows])
    still = f"条疑问没有关闭，不能{made.called}。没有改动任何{ledger.noun}。"
    return {record_id: f"还有 {count} {still}" for record_id, count in counts.items()}


def _is_own(session: SeatSession, ledger: Ledger, _life: Workflow, _made: Move, rows: Rows) -> Mapping[int, str]:
    if rule(session, FOUR_EYES_RULE) != "1":
        return {}
    author = session.seat.author
    own = f"的内容是您（{author.name}）最后改的，按“录入与审核分开”的规定要由别人审核。没有改动任何{ledger.noun}。"
    authors = last_authors(session, ledger, [row["id"] for row in rows])
    return {record_id: own for record_id, last in authors.items() if is_same(author, last)}


_HOUSE_NEEDS: Mapping[str, Need] = {
    FILLED: _is_empty,
    ANSWERED: _has_open_queries,
    FOUR_EYES: _is_own,
}


# the records


def _named(ledger: Ledger, row: Mapping[str, Any]) -> str:
    return f"{ledger.noun}“{row['name'][:60]}”"


def _from_there(ledger: Ledger, life: Workflow, moves: Sequence[Move], row: Mapping[str, Any]) -> Move:
    state = life.state(row[life.column])
    for found in moves:
        if state in found.start:
            return found
    last = moves[-1]
    cannot = last.otherwise or f"不能改为“{life.states[last.end].word}”"
    raise Problem(f"{_named(ledger, row)}现在是“{life.states[state].word}”，{cannot}。没有改动任何{ledger.noun}。")


def _rows(session: SeatSession, ledger: Ledger, life: Workflow, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Id, name, state and what must be filled in of those records, in the order of `ids`. Raises Problem for none."""
    model: Any = ledger.model
    columns = [getattr(model, name) for name in sorted({"id", life.column, *needed_to(ledger, life)})]
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
