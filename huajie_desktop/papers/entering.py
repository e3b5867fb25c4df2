"""The register's entry of a paper: the same content keeps its number, what is new gets the next of its series."""

import json
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select

from db.clock import utc_now
from db.models import Paper, PaperTask
from huajie_desktop.office import letters
from huajie_desktop.papers import wordings
from huajie_desktop.papers.gathering import Subject
from huajie_desktop.papers.of_record import OfRecord
from huajie_desktop.papers.paper_kinds import PaperKind
from huajie_desktop.papers.printing import digest
from huajie_desktop.seat import SeatSession
from huajie_desktop.typesetting.codes import SheetCode, write_code
from huajie_desktop.work.numbering import paper_number, take_numbers


def entered(
    session: SeatSession, kind: PaperKind, subject: Subject, said: Mapping[str, str], sign_by: date | None, actor: str
) -> Paper:
    """The register's entry: the same content keeps its number; what is new, or stood on an outdated paper, gets the next.

    `said` is what the clerk said by label, with the usual where she said nothing; in an operation.
    """
    fingerprint = digest(subject.content)
    year, record = session.campaign, subject.record
    if record is not None and (made := _of_record(session, kind, record)) is not None:
        if made.digest != fingerprint:  # under the same number and code, so that what was sent is known as well
            made.digest, made.said = fingerprint, json.dumps(dict(record.said), ensure_ascii=False)
            made.wording_id = wordings.keep_used(session, subject.content.wording.name, subject.content.wording.text, actor).id
        return made
    same = select(Paper).where(
        Paper.kind == kind.key, Paper.campaign_id == year.id, Paper.unit_id == subject.unit_id, Paper.digest == fingerprint
    )
    known = None if record else session.scalar(same.where(Paper.outdated_at.is_(None)).order_by(Paper.id.desc()).limit(1))
    if known is not None:
        return known
    serial = take_numbers(session, f"{kind.key}:{year.year}", 1)[0]
    paper = Paper(
        campaign_id=year.id, unit_id=subject.unit_id, kind=kind.key, about=subject.about, items=len(subject.task_ids),
        number=record.number if record else _number(session, kind, serial, subject.content.fields),
        code=write_code(SheetCode(letters(session), year.year, kind.letter, serial, fingerprint[:8].upper())), digest=fingerprint,
        wording_id=wordings.keep_used(session, subject.content.wording.name, subject.content.wording.text, actor).id,
        said=json.dumps(dict(record.said if record else said), ensure_ascii=False),
        record_uid=record.uid if record else None,
        made_at=utc_now(), made_by=actor, sign_by=record.term if record else sign_by if kind.signed else None,
    )  # fmt: skip
    session.add(paper)
    session.flush()
    session.add_all(PaperTask(paper_id=paper.id, task_id=task_id) for task_id in subject.task_ids)
    return paper


def _of_record(session: SeatSession, kind: PaperKind, record: OfRecord) -> Paper | None:
    """The register's entry of the paper that was made of a record before."""
    return session.scalar(select(Paper).where(Paper.record_uid == record.uid, Paper.kind == kind.key).limit(1))


def redated(papers: Iterable[Paper], kind: PaperKind, typed: Mapping[str, str], said: Mapping[str, str]) -> None:
    """Gives papers that are kept already the day that was chosen for them this time; `said` is worded."""
    if not kind.day or not typed.get(kind.day, "").strip():
        return
    for paper in papers:
        kept = json.loads(paper.said, strict=False)
        if kept.get(kind.day) != said[kind.day]:
            paper.said = json.dumps({**kept, kind.day: said[kind.day]}, ensure_ascii=False)


def _number(session: SeatSession, kind: PaperKind, serial: int, said: Mapping[str, str]) -> str | None:
    """The next number of the series the paper belongs to; that of its kind goes by the serial number of the code."""
    mark = kind.mark_of(said.values())
    if not mark:
        return None
    while True:
        if mark != kind.mark or kind.marks:
            serial = take_numbers(session, f"{kind.key}:{mark}:{session.seat.year}", 1)[0]
        number = paper_number(session, mark, serial)
        taken = select(Paper.id).where(Paper.campaign_id == session.seat.campaign_id, Paper.number == number)
        if session.scalar(taken) is None:  # a series that was one with another before
            return number
