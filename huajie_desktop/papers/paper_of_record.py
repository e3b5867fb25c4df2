"""Papers of the records of a ledger: each says what its record says, bears its number, and leads back to it with its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from db.models import Campaign, Paper, Task, Unit
from huajie_desktop.declared.facets import OnPaper
from huajie_desktop.declared.ledger import NUMBER, Ledger
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.papers.facts import field_facts
from huajie_desktop.papers.gathering import Subject, gather
from huajie_desktop.papers.left_out import LeftOut
from huajie_desktop.papers.of_record import OfRecord
from huajie_desktop.papers.paper_kinds import PaperKind, Per
from huajie_desktop.papers.said import word_said
from huajie_desktop.seat import SeatSession, visible
from huajie_desktop.typesetting.codes import read_code, write_code


def gather_records(
    session: SeatSession, kind: PaperKind, ledger: Ledger, ids: Sequence[int], further: Mapping[str, str], left: list[LeftOut]
) -> list[Subject]:
    """The papers of those records, in the order given; `further` is what is said of all of them by label, as typed.

    What was not issued yet and what lacks something the paper needs is added to `left`. Raises Problem where nothing can be made.
    """
    found: list[Subject] = []
    for record_id in ids:
        record: Any = session.get(ledger.model, record_id)
        if record is None:
            continue
        about = f"{session.get_one(Unit, record.unit_id).name}《{ledger.value(record, ledger.name)}》"[:200]
        try:
            found.append(_subject(session, kind, ledger, record, further, about))
        except Problem as fault:
            left.append(LeftOut(about, fault))
    return found


def record_answered(session: SeatSession, typed: str) -> tuple[Ledger, int] | None:
    """The record an answer belongs to: by the code on its sheet, or by its number as it was typed; None for none of ours.

    A number finds its record whether its paper was made here or not.
    """
    paper = paper_coded(session, typed)
    for ledger in session.seat.catalogue.values():
        if ledger.paper is None:
            continue
        model: Any = ledger.model
        condition = model.uid == paper.record_uid if paper else ledger.column(NUMBER) == typed.strip()
        own = () if paper else visible(session.seat, model)
        record_id = session.scalar(select(model.id).where(condition, *own).order_by(model.id.desc()).limit(1))
        if record_id is not None:
            return ledger, record_id
    return None


def paper_coded(session: SeatSession, typed: str) -> Paper | None:
    """The paper of a record whose code was scanned; None for any other and for what is no code."""
    try:
        code = write_code(read_code(typed))
    except Problem:  # then it may be a number
        return None
    own = select(Paper).join(Campaign, Campaign.id == Paper.campaign_id)
    return session.scalar(own.where(Paper.code == code, Paper.record_uid.is_not(None)))


def _subject(
    session: SeatSession, kind: PaperKind, ledger: Ledger, record: Any, further: Mapping[str, str], about: str
) -> Subject:
    """One paper. Raises Problem."""
    paper = ledger.paper
    assert paper is not None
    number = getattr(record, NUMBER)
    if not number:
        word = ledger.life.from_state(ledger.life.fresh)[0].word if ledger.life else "编号"
        raise Problem(f"还没有{word}，没有编号。请先{word}，再制作。")
    said = _worded(session, kind, paper, record, further)
    subject = _beside(session, kind, record, said)
    fields = {**dict.fromkeys(kind.fields, ""), **subject.content.fields, **paper.fields(session, record)}
    facts = tuple(field_facts(kind, about, fields, subject.content.wording.text))
    content = replace(subject.content, owner=about[:60], fields=fields, facts=facts, number=number)
    of = OfRecord(record.uid, number, said, ledger.value(record, paper.term))
    return replace(subject, content=content, unit_id=record.unit_id, task_ids=(), about=about, record=of)


def _worded(session: SeatSession, kind: PaperKind, paper: OnPaper, record: Any, further: Mapping[str, str]) -> dict[str, str]:
    """What the record says by label, as it stands on paper. Raises Problem naming what is missing."""
    texts = {label: _text(value) for label, value in paper.said(session, record).items()}
    try:
        return word_said(session.seat, kind, {**further, **texts})
    except FieldErrors as errors:
        raise Problem(f"{'；'.join(errors.messages.values())}，补上再制作。") from errors


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _beside(session: SeatSession, kind: PaperKind, record: Any, said: Mapping[str, str]) -> Subject:
    """The same paper as it would be made of the record's task, where that is confirmed, else of its unit."""
    today, task_id = session.seat.today(), getattr(record, "task_id", None)
    if kind.per is Per.TASK and task_id is not None and session.get_one(Task, task_id).state == "approved":
        return gather(session, kind, [task_id], said, today)[0]
    return gather(session, replace(kind, per=Per.UNIT), [record.unit_id], said, today)[0]
