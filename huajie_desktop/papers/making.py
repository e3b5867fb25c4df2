"""Making papers: looked at first, then numbered, entered in the register and written, all or none."""

import io
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select

from db.clock import local_time, utc_now
from db.fields import Field, Kind
from db.journal import Changes
from db.log import Act
from db.models import Paper, PaperTask
from huajie_desktop.errors import FieldErrors
from huajie_desktop.jobs import Job
from huajie_desktop.office import letters
from huajie_desktop.papers import wordings
from huajie_desktop.papers.gathering import Subject, gather, made_fields
from huajie_desktop.papers.paper_kinds import KINDS, PaperKind
from huajie_desktop.papers.printing import Printed, Target, digest, write_paper_files, write_papers
from huajie_desktop.records.asking import read_asked
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.typesetting.codes import SheetCode, write_code
from huajie_desktop.typesetting.content import PaperContent, word_day
from huajie_desktop.typesetting.faces import apply_faces
from huajie_desktop.typesetting.files import name_files
from huajie_desktop.typesetting.wording import Wording
from huajie_desktop.work.numbering import paper_number, take_numbers

SIGN_BY = Field("签回期限", Kind.DAY, "签回期限", help="如 2021-03-10，过期列为逾期")
_DRAFT = "预览，没有编号，不要交付"


class Order(NamedTuple):
    """What is to be made: a kind (key of KINDS), the units or tasks (None: all), what the clerk filled in by label."""

    kind: str
    ids: Collection[int] | None = None
    said: Mapping[str, str] = {}
    sign_by: str = ""  # by when it has to come back signed, as typed


@dataclass
class Outcome:
    """What was made: the documents one by one, the files, and what the register took up."""

    printed: list[Printed]
    files: list[Path]
    changes: Changes


def usual(session: SeatSession, kind: PaperKind) -> dict[str, str]:
    """What stands in the form of a kind at first, by label."""
    return {label: text.replace("{镇}", session.township.name) for label, text in kind.usual.items()}


def word_said(seat: Seat, kind: PaperKind, said: Mapping[str, str]) -> dict[str, str]:
    """What the clerk filled in as it stands on paper, days worded; the usual where nothing was said. Raises FieldErrors."""
    with seat.reading() as session:
        texts = {**usual(session, kind), **{label: text for label, text in said.items() if text.strip()}}
    values = read_asked(seat, {asked.label: asked for asked in kind.asked}, texts)
    return {label: _worded(value) for label, value in values.items()}


def check_order(seat: Seat, order: Order) -> dict[str, str]:
    """What the clerk filled in, worded, as `word_said` gives it. Raises FieldErrors, also for the day to be back."""
    messages: dict[str, str] = {}
    said: dict[str, str] = {}
    try:
        said = word_said(seat, KINDS[order.kind], order.said)
    except FieldErrors as errors:
        messages = errors.messages
    try:
        _read_sign_by(seat, order)
    except FieldErrors as errors:
        messages |= errors.messages
    if messages:
        raise FieldErrors(messages)
    return said


def _read_sign_by(seat: Seat, order: Order) -> date | None:
    found: date | None = read_asked(seat, {SIGN_BY.label: SIGN_BY}, {SIGN_BY.label: order.sign_by})[SIGN_BY.label]
    return found


def preview(seat: Seat, order: Order, words: Wording | None = None, job: Job | None = None) -> tuple[bytes, list[Printed]]:
    """The PDF as it would be made, marked as a draft and without numbers; `words` instead of the templates in use.

    Raises Problem, FieldErrors.
    """
    kind = KINDS[order.kind]
    said = word_said(seat, kind, order.said)
    with seat.reading() as session:
        apply_faces(session)
        subjects = gather(session, kind, order.ids, said, seat.today(), words=words)
    target = io.BytesIO()
    printed = write_papers([replace(subject.content, note=_DRAFT) for subject in subjects], target, job)
    return target.getvalue(), printed


def make(seat: Seat, order: Order, target: Target, *, separate: bool = False, job: Job | None = None) -> Outcome:
    """Writes the papers and enters them in the register; `target` is one file, with `separate` a folder.

    Raises Problem (nothing approved, a character no face has, a full disk), FieldErrors; then no file is left and the
    register is unchanged, but numbers once taken are not given again.
    """
    kind = KINDS[order.kind]
    said, sign_by = check_order(seat, order), _read_sign_by(seat, order)
    written: list[Path] = []
    try:
        with seat.operation(Act.ISSUE, f"制作{kind.title}") as running:
            apply_faces(running.session)
            subjects = gather(running.session, kind, order.ids, said, seat.today())
            papers = [_entered(seat, running.session, kind, subject, order, sign_by) for subject in subjects]
            running.call(f"制作{kind.title} {len(subjects)} 份")
            contents = [_stamped(subject, paper) for subject, paper in zip(subjects, papers, strict=True)]
            if separate and isinstance(target, Path):
                printed = write_paper_files(contents, target, job)
            else:
                printed = write_papers(contents, target, job)
            written = _files(contents, target, separate=separate)
            for paper, one in zip(papers, printed, strict=True):
                if paper.pages != one.pages:
                    paper.pages = one.pages
    except BaseException:
        for file in written:  # not entered in the register after all: nobody must hand it out
            file.unlink(missing_ok=True)
        raise
    return Outcome(printed, written, running.changes)


def _files(contents: Sequence[PaperContent], target: Target, *, separate: bool) -> list[Path]:
    """What was written where; nothing for what only went to the printer."""
    if not isinstance(target, Path):
        return []
    return name_files(target, [f"{content.owner}{content.kind}" for content in contents]) if separate else [target]


def _worded(value: Any) -> str:
    return word_day(value) if isinstance(value, date) else "" if value is None else str(value)


def _entered(seat: Seat, session: SeatSession, kind: PaperKind, subject: Subject, order: Order, sign_by: date | None) -> Paper:
    """The register's entry: the same content keeps its number; what is new, or stood on an outdated paper, gets the next."""
    fingerprint = digest(subject.content)
    year = session.campaign
    same = select(Paper).where(
        Paper.kind == kind.key, Paper.campaign_id == year.id, Paper.unit_id == subject.unit_id, Paper.digest == fingerprint
    )
    known = session.scalar(same.where(Paper.outdated_at.is_(None)).order_by(Paper.id.desc()).limit(1))
    if known is not None:
        return known
    serial = take_numbers(session, f"{kind.key}:{year.year}", 1)[0]
    paper = Paper(
        campaign_id=year.id, unit_id=subject.unit_id, kind=kind.key, about=subject.about, items=len(subject.task_ids),
        number=paper_number(session, kind.mark, serial) if kind.mark else None,
        code=write_code(SheetCode(letters(session), year.year, kind.letter, serial, fingerprint[:8].upper())), digest=fingerprint,
        wording_id=wordings.keep_used(session, subject.content.wording.name, subject.content.wording.text, seat.author.name).id,
        said=json.dumps(dict(order.said), ensure_ascii=False), made_at=utc_now(), made_by=seat.author.name,
        sign_by=sign_by if kind.signed else None,
    )  # fmt: skip
    session.add(paper)
    session.flush()
    session.add_all(PaperTask(paper_id=paper.id, task_id=task_id) for task_id in subject.task_ids)
    return paper


def _stamped(subject: Subject, paper: Paper) -> PaperContent:
    made_on = local_time(paper.made_at).date()
    fields = {**subject.content.fields, **made_fields(made_on)}
    return replace(subject.content, number=paper.number or "", code=paper.code or "", fields=fields)
