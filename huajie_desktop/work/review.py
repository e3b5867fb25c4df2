"""Review and whatever else a ledger's records live through: moved as their ledger declares, many at once, the others left."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from db.images import CHUNK, Row, among
from db.log import Act
from huajie_desktop.declared.closed_loop import ANOTHER
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import ANSWERED, CHECKED, FILLED, FOUR_EYES, LONGEST_REASON, Move, Need, Rows, Workflow
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.journal.authors import is_same, last_authors
from huajie_desktop.records.doubts import doubted_fields, settle_seen
from huajie_desktop.records.leaving import Partly, left_of, refuse_all
from huajie_desktop.records.listing import Wanted, state_counts
from huajie_desktop.records.locking import lock_of
from huajie_desktop.seat import Running, Seat, SeatSession, visible
from huajie_desktop.settings import FOUR_EYES as FOUR_EYES_RULE
from huajie_desktop.settings import rule
from huajie_desktop.values.text import trim
from huajie_desktop.work.queries import open_counts
from huajie_desktop.work.task_ledger import TASKS

_ELSEWHERE = "现在是"  # begins what is said of a record that stands where a move does not start
_EYES = (FOUR_EYES, ANOTHER)  # needs that another decides than who entered it or applied
_STEP = 1000  # records between two looks at the job


def move(
    seat: Seat, ledger: Ledger, verb: Act, ids: Sequence[int], reason: str = "", job: Job | None = None,
    seen: Collection[int] = (),
) -> Partly:  # fmt: skip
    """Does to those records what the ledger's lives declare under that verb, in the order given; those that are elsewhere or lack
    something are left and named.

    `seen` are the doubts (ids) that stood before the reviewer's eyes: where the move needs them settled, it settles them.
    Raises Problem where nothing can be done, and where the reason asked for is missing or too long; Cancelled.
    """
    life, reason = ledger.life_of(verb), trim(reason)
    first = life.of(verb)[0]
    if first.asks and not reason:
        raise Problem(f"请写明{first.word}原因，没有{first.word}。")
    if len(reason) > LONGEST_REASON:
        raise Problem(f"{first.word}原因最多写 {LONGEST_REASON} 个字，现在 {len(reason)} 个，没有{first.word}。请写短一些。")
    with seat.operation(verb, ledger.done(first.word, len(ids))) as running:
        rows = _rows(running.session, ledger, life, ids)
        if seen and any(CHECKED in made.needs for made in life.of(verb)):
            settle_seen(running, ledger, ids, seen)
        taking, against = _sorted_out(running.session, ledger, life, verb, rows)
        left = left_of(running.session, ledger, against)
        if not taking:
            refuse_all(left, ledger, f"没有{first.called}")
        done = sum(map(len, taking.values()))
        running.call(ledger.done(first.word, done))
        for made, moved in taking.items():
            carry_out(running, ledger, life, made, {row["id"]: row["name"] for row in moved}, reason, job)
    return Partly.of(running.changes, done, left)


def _sorted_out(
    session: SeatSession, ledger: Ledger, life: Workflow, verb: Act, rows: Rows
) -> tuple[dict[Move, list[Mapping[str, Any]]], dict[int, str]]:
    """The records by the move they make, and by id what is against those that cannot."""
    starting: dict[Move, list[Mapping[str, Any]]] = {}
    against: dict[int, str] = {}
    for row in rows:
        made = _from_there(life, life.of(verb), row)
        if isinstance(made, str):
            against[row["id"]] = made
        else:
            starting.setdefault(made, []).append(row)
    taking: dict[Move, list[Mapping[str, Any]]] = {}
    for made, moving in starting.items():
        for name in made.needs:
            lacking = _need(life, name)(session, ledger, life, made, moving)
            against.update((row["id"], lacking[row["id"]]) for row in moving if row["id"] in lacking)
            moving = [row for row in moving if row["id"] not in lacking]
        if moving:
            taking[made] = moving
    return taking, {row["id"]: against[row["id"]] for row in rows if row["id"] in against}


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


def submit(seat: Seat, ids: Sequence[int], ledger: Ledger = TASKS, job: Job | None = None) -> Partly:
    """Hands drafts and returned records in for review. Raises Problem naming what is missing."""
    return move(seat, ledger, Act.SUBMIT, ids, job=job)


def withdraw(seat: Seat, ids: Sequence[int], ledger: Ledger = TASKS, job: Job | None = None) -> Partly:
    """Takes submitted records back to draft."""
    return move(seat, ledger, Act.WITHDRAW, ids, job=job)


def approve(
    seat: Seat, ids: Sequence[int], ledger: Ledger = TASKS, job: Job | None = None,
    seen: Collection[int] = (),
) -> Partly:  # fmt: skip
    """Approves submitted records; tasks are numbered in the order given, category by category. Raises Problem.

    Left are those with open queries, with doubts nobody settled that are not among those `seen` of them, and with the rule
    FOUR_EYES what the person at the desk last changed.
    """
    return move(seat, ledger, Act.APPROVE, ids, job=job, seen=seen)


def send_back(seat: Seat, ids: Sequence[int], reason: str, ledger: Ledger = TASKS, job: Job | None = None) -> Partly:
    """Returns records to whoever entered them, with the reason; an approved one is unlocked thereby and keeps its number."""
    return move(seat, ledger, Act.RETURN, ids, reason, job)


def unlock(seat: Seat, ids: Sequence[int], reason: str, ledger: Ledger = TASKS, job: Job | None = None) -> Partly:
    """Sets approved records back to returned, so that they can be changed; papers they stand on are outdated from then on."""
    return move(seat, ledger, Act.UNLOCK, ids, reason, job)


def waiting(session: SeatSession, ledger: Ledger, life: Workflow | None = None) -> int:
    """How many records of the campaign wait for somebody's decision in a life of theirs, in the review unless said."""
    life = life or ledger.life
    return state_counts(session, ledger, Wanted(), life)[life.waiting] if life else 0


def of_others(session: SeatSession, ledger: Ledger, life: Workflow | None = None) -> tuple[int, ...]:
    """The ids of what waits in a life (the review unless said) and another must decide: entered or applied for by oneself."""
    life = life or ledger.life
    if life is None:
        return ()
    eyes = {name: made for made in life.from_state(life.waiting) for name in made.needs if name in _EYES}
    model: Any = ledger.model
    asked = select(model.id).where(*visible(session.seat, model), getattr(model, life.column) == life.waiting)
    rows = [{"id": one} for one in session.scalars(asked)] if eyes else []
    chunks = [rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK)]
    found = (_need(life, name)(session, ledger, life, made, chunk) for name, made in eyes.items() for chunk in chunks)
    return tuple(sorted({one for against in found for one in against}))


class Way(NamedTuple):
    """One thing that is done by hand with a record: the move it makes, and what is against it now, if anything."""

    life: Workflow
    made: Move
    against: str  # a sentence said behind the record's name

    @property
    def near(self) -> bool:
        """Whether it starts from where the record stands, so that only what it needs can be against it."""
        return not self.against.startswith(_ELSEWHERE)


def ways(session: SeatSession, ledger: Ledger, record_id: int) -> list[Way]:
    """All that can ever be done by hand with a record in its lives, in the order of declaration, and why not now."""
    found: list[Way] = []
    for life in ledger.lives:
        rows = _rows(session, ledger, life, [record_id])
        for verb in life.acts:
            taking, against = _sorted_out(session, ledger, life, verb, rows)
            found.append(Way(life, next(iter(taking), life.of(verb)[0]), against.get(record_id, "")))
    return found


def impossible(session: SeatSession, ledger: Ledger, ids: Sequence[int]) -> dict[Act, str]:
    """What can be done with none of those records where they stand, and why; at most CHUNK times a few of them."""
    model: Any = ledger.model
    lives = [life.column for life in ledger.lives]
    stands: set[tuple[str, ...]] = set()
    for start in range(0, len(ids), CHUNK) if lives else ():
        of = select(*(getattr(model, column) for column in lives)).where(model.id.in_(ids[start : start + CHUNK])).distinct()
        stands.update(map(tuple, session.execute(of)))
    states = [dict(zip(lives, found, strict=True)) for found in stands]
    found = {verb: why for life in ledger.lives for verb in {m.verb for m in life.moves} if (why := _never(life, verb, states))}
    locks = [lock_of(ledger, said) for said in states]
    if locks and all(lock.keys for lock in locks):
        found[Act.DELETE] = f"{locks[0].word}，不能删除。{locks[0].first()}"
    if not doubted_fields(session, ledger, ids):
        found[Act.CHECK] = "没有待核对的内容"
    return found


def _never(life: Workflow, verb: Act, states: Sequence[Mapping[str, Any]]) -> str:
    """Why no record in one of those states makes a move under a verb; empty where one does."""
    against = [_from_there(life, life.of(verb), said) for said in states] if life.of(verb) else []
    return str(against[0]) if against and all(isinstance(found, str) for found in against) else ""


# what a move needs


def needed_to(ledger: Ledger, life: Workflow) -> dict[str, str]:
    """What a life wants filled in before its moves that ask for it: column -> label."""
    required = [key for key, declared in ledger.fields.items() if declared.required and declared.name not in life.columns]
    return {ledger.fields[key].name: ledger.fields[key].label for key in life.needed or required}


def is_lacking(session: SeatSession, ledger: Ledger, life: Workflow, made: Move, record_id: int) -> bool:
    """Whether something a move needs is not there yet for a record."""
    rows = _rows(session, ledger, life, [record_id]) if made.needs else []
    return any(_need(life, name)(session, ledger, life, made, rows) for name in made.needs)


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
    return {record_id: f"还有 {count} 条疑问没有关闭，不能{made.called}。" for record_id, count in counts.items()}


def _has_doubts(session: SeatSession, ledger: Ledger, _life: Workflow, made: Move, rows: Rows) -> Mapping[int, str]:
    found = doubted_fields(session, ledger, [row["id"] for row in rows])
    labels = {key: declared.label for key, declared in ledger.fields.items()}
    return {
        record_id: f"的{'、'.join(labels.get(key, key) for key in keys)}还没有核对，没有{made.called}。"
        for record_id, keys in found.items()
    }


def _is_own(session: SeatSession, ledger: Ledger, _life: Workflow, _made: Move, rows: Rows) -> Mapping[int, str]:
    if rule(session, FOUR_EYES_RULE) != "1":
        return {}
    author = session.seat.author
    own = f"的内容是您（{author.name}）最后改的，按“录入与审核分开”的规定要由别人审核。"
    authors = last_authors(session, ledger, [row["id"] for row in rows])
    return {record_id: own for record_id, last in authors.items() if is_same(author, last)}


_HOUSE_NEEDS: Mapping[str, Need] = {
    FILLED: _is_empty,
    ANSWERED: _has_open_queries,
    CHECKED: _has_doubts,
    FOUR_EYES: _is_own,
}


# the records


def _from_there(life: Workflow, moves: Sequence[Move], row: Mapping[str, Any]) -> Move | str:
    """The move a record makes from where it stands, or why there is none."""
    state = life.state(row[life.column])
    for found in moves:
        if state in found.start:
            return found
    last = moves[-1]
    cannot = last.otherwise or f"不能改为“{life.states[last.end].word}”"
    return f"{_ELSEWHERE}“{life.states[state].word}”，{cannot}。"


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
