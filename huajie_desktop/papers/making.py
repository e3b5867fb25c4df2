"""Making papers: looked at first, then numbered and entered in the register, and only then put where they belong."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select

from db.clock import local_time
from db.journal import Changes
from db.log import Act
from db.models import Paper
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.jobs import Job
from huajie_desktop.papers import unwritten
from huajie_desktop.papers.destination import Destination, note_given
from huajie_desktop.papers.entering import entered, redated
from huajie_desktop.papers.gathering import Subject, gather
from huajie_desktop.papers.handling import handling_of, keep_handling
from huajie_desktop.papers.left_out import LeftOut, faults_of, in_words, look_through, page_of, refuse
from huajie_desktop.papers.paper_kinds import KINDS, PaperKind
from huajie_desktop.papers.paper_of_record import gather_records
from huajie_desktop.papers.printing import Drawn, Printed, Target, Undrawable, digest, draw_papers
from huajie_desktop.papers.said import answers, dated_fields, day_borne, read_sign_by, to_keep, too_late, warnings, word_said
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.settings import PUNCTUATION, rule
from huajie_desktop.typesetting.content import NO_NUMBER, PaperContent
from huajie_desktop.typesetting.faces import apply_faces
from huajie_desktop.typesetting.files import PDF, NotWritten, staged
from huajie_desktop.typesetting.fonts import MissingGlyphs
from huajie_desktop.typesetting.tiling import first_sheet
from huajie_desktop.typesetting.wording import Wording

_DRAFT = "预览，没有编号，不要交付"
Failed = dict[str, Problem]  # why papers could not be set, by the digest of what they say


class Order(NamedTuple):
    """What is to be made: a kind (key of KINDS), the units or tasks (None: all), what the clerk filled in by label."""

    kind: str
    ids: Collection[int] | None = None
    said: Mapping[str, str] = {}
    sign_by: str = ""  # by when it has to come back signed, as typed
    as_typed: bool = False  # whether its punctuation stays as it was typed, whatever the office's rule
    two_sided: bool = True  # printed on both sides: in one file every paper begins on a front side
    ledger: Ledger | None = None  # of whose records papers are made: `ids` are theirs, and they say what is to be said


@dataclass
class Outcome:
    """What was made: the documents one by one, the files in place, what the register took up, and what could not be done.

    `left` are the papers that were not made, `refused` says why files could not be put in place.
    """

    printed: list[Printed]
    files: list[Path]
    changes: Changes
    left: list[LeftOut] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    warnings: dict[str, str] = field(default_factory=dict)  # what ought to be looked at, by the label of what was said

    @property
    def faults(self) -> list[Problem]:
        """All of it in words."""
        return [*faults_of(self.left, len(self.printed)), *self.refused]

    @property
    def advice(self) -> list[str]:
        """What could be done better, a sentence each."""
        return [one.advice for one in self.printed if one.advice]


class LeftWaiting(Problem):
    """Papers are numbered and registered, but their files could not be put in place; they wait in the data folder."""

    def __init__(self, count: int, fault: NotWritten) -> None:
        super().__init__(f"{fault}{count} 份已编号登记，还没有写出。请到“文书”页点“重新写出”，或换一个位置再保存一次，编号不变。")


def sheet_size(kind: PaperKind, said: Mapping[str, str]) -> tuple[float, float]:
    """Width and height in points of the first sheet of such a paper, by what the clerk said by label."""
    return first_sheet(kind.sized(said)[0], handling_of(kind, said))


def check_order(seat: Seat, order: Order) -> dict[str, str]:
    """What the clerk filled in, worded, as `word_said` gives it. Raises FieldErrors, also for the day to be back."""
    if order.ledger is not None:
        return dict(order.said)
    messages: dict[str, str] = {}
    said: dict[str, str] = {}
    try:
        said = word_said(seat, KINDS[order.kind], order.said)
    except FieldErrors as errors:
        messages = errors.messages
    try:
        read_sign_by(seat, order.sign_by)
    except FieldErrors as errors:
        messages |= errors.messages
    if messages:
        raise FieldErrors(messages)
    return said


def warned(seat: Seat, order: Order, said: Mapping[str, str]) -> dict[str, str]:
    """What ought to be looked at before it is made, by label; `said` as `check_order` gives it."""
    kind, today = KINDS[order.kind], seat.today()
    with seat.reading() as session:
        late = too_late(session, kind, order.ids or (), today)
    found = warnings(kind, said, today, read_sign_by(seat, order.sign_by))
    return found | {label: found.get(label, "") + words for label, words in late.items()}


def preview(seat: Seat, order: Order, words: Wording | None = None, job: Job | None = None) -> tuple[bytes, Outcome]:
    """The PDF as it would be made, marked as a draft and without numbers; `words` instead of the templates in use.

    Raises Problem, FieldErrors; what cannot be drawn of several papers is a fault of the outcome, and a page says so instead.
    """
    kind = KINDS[order.kind]
    said = check_order(seat, order)
    failed: Failed = {}
    while True:
        left: list[LeftOut] = []
        with seat.reading() as session:
            apply_faces(session)
            subjects = _as_wanted(session, _gathered(session, order, said, left, words), order)
        judged = _judged(subjects, left, failed)
        contents = [page_of(out, paper.content) if out else paper.content for paper, out in zip(subjects, judged, strict=True)]
        contents += [page_of(one, subjects[0].content) for one in left]
        try:
            room = NO_NUMBER if kind.mark_of(said.values()) else ""  # its line is there, or the pages would be others
            drafts = [replace(content, note=_DRAFT, number=content.number or room) for content in contents]
            drawn = draw_papers(drafts, Path(), separate=False, two_sided=order.two_sided, job=job)
        except Undrawable as undrawable:
            _learn(seat, subjects, undrawable, failed)
            continue
        printed = [one for one, out in zip(drawn.printed, judged, strict=False) if out is None]
        left += filter(None, judged)
        return b"".join(drawn.files.values()), Outcome(printed, [], Changes(), left, warnings=warned(seat, order, said))


def make(
    seat: Seat, order: Order, target: Target, *, separate: bool = False, ending: str = PDF, also: tuple[str, ...] = (),
    job: Job | None = None,
) -> Outcome:  # fmt: skip
    """Enters the papers in the register, then writes them; `target` is one file, .pdf or .docx by its ending.

    The same stand in the files beside it that end in one of `also`, .xlsx for the tables alone. With `separate` it is a folder,
    for a file each that ends in `ending`.

    Raises Problem (nothing approved, a character no face has in any of them, a full disk), FieldErrors; then no file is left
    and the register is unchanged. A paper that cannot be drawn among others, and files that could not be put in place once
    their numbers were kept, are faults of the outcome.
    """
    said, sign_by = check_order(seat, order), read_sign_by(seat, order.sign_by)
    failed: Failed = {}
    place = Destination(target, separate and isinstance(target, Path), ending, also)
    while True:  # what turns out not to be drawable is known only when it is set: then nothing is kept, and all begins without it
        try:
            return _make(seat, order, said, sign_by, place, failed, job)
        except Undrawable:
            continue


def _make(
    seat: Seat, order: Order, said: Mapping[str, str], sign_by: date | None, place: Destination, failed: Failed, job: Job | None
) -> Outcome:
    """Makes what is not known to fail. Raises Undrawable, having added to `failed` what does; then nothing is kept."""
    kind, left = KINDS[order.kind], list[LeftOut]()
    with ExitStack() as held:
        with seat.operation(Act.ISSUE, f"制作{kind.title}") as running:
            session = running.session
            apply_faces(session)
            found = _as_wanted(session, _gathered(session, order, said, left), order)
            subjects = _sound(found, left, failed)
            before = session.scalar(select(func.max(Paper.id))) or 0
            kept = to_keep(kind, answers(session, kind, order.said), said)
            papers = [entered(session, kind, subject, kept, sign_by, seat.author.name) for subject in subjects]
            redated(papers, kind, order.said, said)
            running.call(f"制作{kind.title} {len(subjects)} 份")
            contents = [_stamped(subject, paper, kind, seat.today()) for subject, paper in zip(subjects, papers, strict=True)]
            drawn = _drawn(seat, subjects, contents, place, order.two_sided, failed, job)
            _note(papers, drawn.printed, place.given)
            put = held.enter_context(staged(drawn.files)) if place.path else None
            fresh = _laid_by(session, drawn, [paper for paper in papers if paper.id > before], papers) if place.path else []
        outcome = Outcome(drawn.printed, [], running.changes, left, warnings=warned(seat, order, said))
        if put is not None:
            _put_in_place(put, outcome, drawn, fresh)
    if isinstance(place.target, Path):
        if outcome.files:
            unwritten.finish(seat.folder, [paper.uid for paper in papers])
    else:
        place.target.writelines(drawn.files.values())
    keep_handling(seat, kind, order.said)
    return outcome


def _drawn(
    seat: Seat, subjects: Sequence[Subject], contents: Sequence[PaperContent], place: Destination, two_sided: bool,
    failed: Failed, job: Job | None,
) -> Drawn:  # fmt: skip
    target = place.path or Path()
    separate, ending = place.separate, place.ending
    try:
        return draw_papers(contents, target, separate=separate, ending=ending, also=place.also, two_sided=two_sided, job=job)
    except Undrawable as undrawable:
        _learn(seat, subjects, undrawable, failed)
        raise


def _note(papers: Sequence[Paper], printed: Sequence[Printed], given: str) -> None:
    for paper, one in zip(papers, printed, strict=True):
        if paper.pages != one.pages:
            paper.pages = one.pages
        note_given(paper, given)


def _laid_by(session: SeatSession, drawn: Drawn, new: Sequence[Paper], papers: Sequence[Paper]) -> list[str]:
    """The identities of papers that no file was ever finished of; the files are laid by until they are in place."""
    waiting = unwritten.never_written(session.seat.folder)
    fresh = [paper.uid for paper in papers if paper in new or paper.uid in waiting]
    if fresh:
        unwritten.keep(session, drawn.files, fresh)
    return fresh


def _put_in_place(put: Callable[[], None], outcome: Outcome, drawn: Drawn, fresh: Sequence[str]) -> None:
    """The numbers are kept by now: what cannot be put in place is told, not raised."""
    try:
        put()
    except NotWritten as fault:
        outcome.refused.append(LeftWaiting(len(fresh), fault) if fresh else fault)
    else:
        outcome.files = list(drawn.files)


def _sound(found: Sequence[Subject], left: list[LeftOut], failed: Failed) -> list[Subject]:
    """The papers that can be drawn; the others are added to `left`. Raises a Problem where none can."""
    judged = _judged(found, left, failed)
    left += filter(None, judged)
    return [paper for paper, out in zip(found, judged, strict=True) if out is None]


def _judged(subjects: Sequence[Subject], left: Sequence[LeftOut], failed: Failed) -> list[LeftOut | None]:
    """Why each paper has to be left out, None where it can be drawn. Raises a Problem where none can."""
    judged = [_why_not(subject, failed) for subject in subjects]
    if all(judged):
        raise refuse([*filter(None, judged), *left])
    return judged


def _why_not(subject: Subject, failed: Failed) -> LeftOut | None:
    missing, task_id = look_through(subject.content, subject.task_ids)
    fault = MissingGlyphs(missing) if missing else failed.get(digest(subject.content)) if failed else None
    return LeftOut(subject.about, fault, None, task_id, tuple(missing)) if fault else None


def _learn(seat: Seat, subjects: Sequence[Subject], undrawable: Undrawable, failed: Failed) -> None:
    """Adds what could not be drawn to `failed`. Raises what there is no doing without: the page that says so cannot be drawn."""
    for place, fault in undrawable.faults.items():
        known = digest(subjects[place].content) if place < len(subjects) else ""
        if not known or known in failed:
            raise fault
        failed[known] = in_words(seat.folder, fault)


def _stamped(subject: Subject, paper: Paper, kind: PaperKind, today: date) -> PaperContent:
    """The paper with its number and code, and the day the register has of it; none lies behind the day that is looked at."""
    day = day_borne(kind, json.loads(paper.said, strict=False), min(local_time(paper.made_at).date(), today))
    fields = {**subject.content.fields, **dated_fields(kind, day)}
    code = (paper.code or "") if kind.coded else ""
    return replace(subject.content, number=paper.number or "", code=code, fields=fields, made_on=day)


def _gathered(
    session: SeatSession, order: Order, said: Mapping[str, str], left: list[LeftOut], words: Wording | None = None
) -> list[Subject]:
    """What the papers say, of tasks and units or of the records of a ledger."""
    kind, today = KINDS[order.kind], session.seat.today()
    if order.ledger is not None:
        return gather_records(session, kind, order.ledger, list(order.ids or ()), said, left)
    return gather(session, kind, order.ids, said, today, words=words, left=left)


def _as_wanted(session: SeatSession, found: Sequence[Subject], order: Order) -> list[Subject]:
    """The papers with their punctuation as it was typed, where the clerk or the office's rule wants it so."""
    if not order.as_typed and rule(session, PUNCTUATION, "1") == "1":
        return list(found)
    return [replace(subject, content=replace(subject.content, as_typed=True)) for subject in found]
