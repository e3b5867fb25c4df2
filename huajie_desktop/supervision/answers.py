"""What notices and findings share: somebody answers, the answer is accepted or sent back."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select

from db.acts import Act
from db.images import CHUNK, Row, among
from db.journal import Changes
from db.supervision import Finding, Notice
from huajie_desktop.declared.bounds import check_of
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import LONGEST_REASON, Done, Move, Need, Rows
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.records.asking import read_asked
from huajie_desktop.seat import Running, Seat, SeatSession
from huajie_desktop.values.text import trim
from huajie_desktop.work.review import carry_out

Answered = type[Notice] | type[Finding]
VERDICTS: Mapping[str, tuple[Act, ...]] = {"先登记，待复核": (), "符合要求": (Act.ACCEPT,), "不符合要求，退回": (Act.REJECT,)}


def needs_answer(model: Answered, label: str) -> Need:
    """The need that something was answered; `label` is what the answer is called."""

    def lacking(session: SeatSession, _ledger: object, _life: object, made: Move, rows: Rows) -> Mapping[int, str]:
        silent = or_(model.answer.is_(None), model.answer == "")
        ids = session.scalars(select(model.id).where(among(model.id, [row["id"] for row in rows]), silent))
        return dict.fromkeys(ids, f"还没有写{label}，没有{made.called}。请先填写{label}。")

    return lacking


def answer_day(model: Answered) -> Done:
    """The effect that notes the day of an answer, unless it was said."""

    def note(running: Running, records: Mapping[int, str], _reason: str) -> Mapping[int, Row]:
        session, ids = running.session, list(records)
        said: dict[int, Any] = {}
        for start in range(0, len(ids), CHUNK):
            kept = select(model.id, model.answered_on).where(among(model.id, ids[start : start + CHUNK]))
            said.update((record_id, day) for record_id, day in session.execute(kept))
        return {record_id: {"answered_on": said[record_id] or session.seat.today()} for record_id in records}

    return note


def closing_day(running: Running, records: Mapping[int, str], _reason: str) -> Mapping[int, Row]:
    """The effect that notes the day on which something was closed."""
    today = running.session.seat.today()
    return {record_id: {"closed_on": today} for record_id in records}


def answer(
    seat: Seat, ledger: Ledger, record_id: int, words: str, day: str = "", verdict: str = "先登记，待复核", reason: str = ""
) -> Changes:
    """Registers what a unit answered and what the office says of it (a key of VERDICTS), as one step.

    `day` is read as any day that is typed, today where nothing is said. Raises FieldErrors by the keys of the answer, its day
    and "reason"; Problem where the record stands elsewhere.
    """
    paper, life, noun = ledger.paper, ledger.life, ledger.noun
    assert paper is not None, ledger.key
    assert life is not None, ledger.key
    said_key, day_key = paper.answer
    values = read_asked(seat, {key: ledger.fields[key] for key in paper.answer}, {said_key: words, day_key: day})
    values[day_key] = values[day_key] or seat.today()
    _refuse_gaps(ledger, values, VERDICTS[verdict], reason)
    with seat.operation(Act.ANSWER, f"登记{noun}反馈") as running:
        record: Any = running.session.get_one(ledger.model, record_id)
        kept = {key: ledger.value(record, key) for key in ledger.form_fields if key not in ledger.parts}
        if messages := check_of(ledger)({**kept, **values}):
            raise FieldErrors(messages)
        running.call(f"登记{noun}{record.number or ''}反馈")
        running.update(ledger.model, {record_id: {ledger.fields[key].name: value for key, value in values.items()}})
        for verb in _verbs(ledger, record, VERDICTS[verdict]):
            carry_out(running, ledger, life, _move(ledger, verb, record), {record_id: record.title}, trim(reason))
            running.session.refresh(record)
    return running.changes


def _refuse_gaps(ledger: Ledger, values: Mapping[str, Any], verbs: Sequence[Act], reason: str) -> None:
    assert ledger.paper is not None
    key = ledger.paper.answer[0]
    if not values[key]:
        raise FieldErrors({key: f"请填写{ledger.fields[key].label}"})
    if Act.REJECT in verbs and not trim(reason):
        raise FieldErrors({"reason": "退回要写明哪里不符合要求"})
    if len(trim(reason)) > LONGEST_REASON:
        raise FieldErrors({"reason": f"退回原因不能超过 {LONGEST_REASON} 个字，现在 {len(trim(reason))} 个"})
    if Act.REJECT not in verbs and trim(reason):  # nothing said is dropped
        raise FieldErrors({"reason": "写了退回原因，要退回的请选“不符合要求，退回”，不退回的清空这一格"})


def _verbs(ledger: Ledger, record: Any, then: Sequence[Act]) -> Sequence[Act]:
    """The moves to make: an answer that waits already is written anew and decided about."""
    assert ledger.life is not None
    return then if record.state == ledger.life.waiting else (Act.ANSWER, *then)


def _move(ledger: Ledger, verb: Act, record: Any) -> Move:
    """The move by that verb from where the record stands. Raises Problem."""
    assert ledger.life is not None
    found = next((move for move in ledger.life.of(verb) if record.state in move.start), None)
    if found is None:
        word = ledger.life.words[ledger.life.state(record.state)]
        raise Problem(f"{ledger.noun}{record.number or ''}现在是“{word}”，不能登记反馈，没有改动。")
    return found
