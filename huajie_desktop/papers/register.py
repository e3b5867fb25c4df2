"""The register of papers: what was made, handed out and signed; a scanned code opens its entry and marks it received."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from db.clock import local_time, utc_now
from db.journal import Changes
from db.log import Act
from db.models import Campaign, Paper, PaperTask
from db.papers import GIVEN_AS, PAPER_KINDS
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Problem
from huajie_desktop.papers import unwritten
from huajie_desktop.papers.gathering import gather
from huajie_desktop.papers.paper_kinds import KINDS, Per
from huajie_desktop.papers.paper_of_record import paper_coded, record_answered
from huajie_desktop.papers.printing import digest
from huajie_desktop.papers.said import as_said, word_said
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.sheets.written.csv_writing import as_csv
from huajie_desktop.sheets.written.workbook_writing import NUMBER, Column, Sheet, Value, as_xlsx
from huajie_desktop.typesetting.codes import read_code, write_code
from huajie_desktop.typesetting.files import write_files
from huajie_desktop.typesetting.wording import Wording

STATES = {
    "making": "制作中",
    "waiting": "待签回",
    "late": "逾期未签",
    "signed": "已签回",
    "signed_late": "逾期签回",
    "made": "已制作",
    "outdated": "已变更",
}
_EXPORTED = (
    Column("序号", 7, look=NUMBER), Column("编号", 24), Column("文书", 14), Column("对象", 30, wrap=True), Column("情况", 12),
    Column("制作", 24), Column("文件", 12), Column("发出日期", 12),
    Column("签回期限", 12), Column("签回日期", 12), Column("签名人", 12),
    Column("失效原因", 30, wrap=True),
)  # fmt: skip


class RegisterLine(NamedTuple):
    """One paper as the register lists it; `state` is a key of STATES."""

    id: int
    number: str
    kind: str
    about: str
    made: str
    handed: str
    sign_by: str
    signed: str
    by: str
    state: str
    why: str
    given: str  # as what it was given out, in words; "" if it was only printed


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan found: the entry, whether the sheet still holds, what to tell the clerk, what was changed."""

    paper_id: int | None  # None: the number is that of a record whose paper was not made here
    holds: bool
    words: str
    changes: Changes | None
    record: tuple[Ledger, int] | None = None  # whose receipt the sheet is


def register_lines(session: SeatSession, today: date) -> list[RegisterLine]:
    """The campaign's papers, the newest first."""
    found = select(Paper).where(Paper.campaign_id == session.seat.campaign_id).order_by(Paper.id.desc())
    waiting = unwritten.never_written(session.seat.folder)
    return [_register_line(paper, today, unwritten=paper.uid in waiting) for paper in session.scalars(found)]


def scan(seat: Seat, typed: str) -> Scanned:
    """Marks the paper of a scanned code, or of a typed number, as signed and received today; an outdated one is only shown.

    The receipt of a notice leads to the notice it answers. Raises Problem for what is no code or number of ours.
    """
    with seat.reading() as session:
        record = record_answered(session, typed)
        if record is not None and paper_coded(session, typed) is None and _numbered(session, typed) is None:
            return Scanned(None, True, "", None, record)
    return replace(_scan(seat, typed), record=record)


def _scan(seat: Seat, typed: str) -> Scanned:
    with seat.reading() as session:
        paper = _find(session, typed)
        paper_id, name, signed = paper.id, _named(paper), paper.signed_on
        why = paper.outdated_why or ("内容有改动" if paper.outdated_at else "")
        changed = "" if why else _changed(seat, session, paper)
    if changed:
        changes = _outdate(seat, paper_id, changed)
        return Scanned(paper_id, False, f"{name} 已变更：{changed}。这一份请收回，重新制作后再签。", changes)
    if why:
        return Scanned(paper_id, False, f"{name} 已变更：{why}。这一份请收回，重新制作后再签。", None)
    if signed:
        return Scanned(paper_id, True, f"{name} 已在 {signed} 登记签回，没有重复登记。", None)
    return Scanned(paper_id, True, f"{name} 已登记签回。", sign(seat, [paper_id], seat.today()))


def sign(seat: Seat, ids: Collection[int], day: date, by: str = "") -> Changes:
    """Notes that papers came back signed on a day; what was said of them before stays. Raises Problem for an outdated one."""
    with seat.operation(Act.ISSUE, f"登记签回 {len(ids)} 份") as running:
        for paper in _papers(running.session, ids):
            if paper.outdated_at:
                raise Problem(f"{_named(paper)} 已变更，没有登记签回。请收回旧件，重新制作。")
            paper.signed_on, paper.handed_on = day, paper.handed_on or day
            paper.signed_by = by or paper.signed_by
    return running.changes


def hand_out(seat: Seat, ids: Collection[int], day: date, sign_by: date | None = None) -> Changes:
    """Notes that papers were handed out, and by when they have to be back."""
    with seat.operation(Act.ISSUE, f"登记发出 {len(ids)} 份") as running:
        for paper in _papers(running.session, ids):
            paper.handed_on, paper.sign_by = day, sign_by or paper.sign_by
    return running.changes


def state_of(paper: Paper, today: date, *, unwritten: bool = False) -> str:
    """The key of STATES that fits a paper; `unwritten` while no file of it was ever finished."""
    if paper.outdated_at:
        return "outdated"
    if unwritten and not (paper.handed_on or paper.signed_on):
        return "making"
    late = paper.sign_by is not None and (paper.signed_on or today) > paper.sign_by
    if paper.signed_on:
        return "signed_late" if late else "signed"
    if not KINDS[paper.kind].signed:
        return "made"
    return "late" if late else "waiting"


def _register_line(paper: Paper, today: date, *, unwritten: bool) -> RegisterLine:
    days = (paper.handed_on, paper.sign_by, paper.signed_on)
    handed, sign_by, signed = ("" if day is None else day.isoformat() for day in days)
    made = f"{local_time(paper.made_at):%Y-%m-%d %H:%M} {paper.made_by}"
    number = paper.number or paper.code or ""
    state, why = state_of(paper, today, unwritten=unwritten), paper.outdated_why or ""
    return RegisterLine(
        paper.id, number, PAPER_KINDS[paper.kind], paper.about, made, handed, sign_by, signed, paper.signed_by or "", state, why,
        GIVEN_AS.get(paper.given_as or "", ""),
    )  # fmt: skip


_OWN = select(Paper).join(Campaign, Campaign.id == Paper.campaign_id)  # of this township


def _numbered(session: SeatSession, typed: str) -> Paper | None:
    return session.scalar(_OWN.where(Paper.number == typed.strip()).order_by(Paper.id.desc()).limit(1))


def _find(session: SeatSession, typed: str) -> Paper:
    paper = _numbered(session, typed)
    if paper is None:
        code = write_code(read_code(typed))
        paper = session.scalar(_OWN.where(Paper.code == code))
        if paper is None:
            raise Problem(f"登记簿里没有编码为 {code} 的文书。可能是别的电脑制作的，或制作后撤销了。没有登记。")
    return paper


def _changed(seat: Seat, session: SeatSession, paper: Paper) -> str:
    """Why a paper no longer says what the records say, "" while it does; papers of other years are left as they are, and those
    of one record, which locks what was issued.
    """
    if paper.campaign_id != session.seat.campaign_id or paper.wording is None or paper.record_uid:
        return ""
    kind = KINDS[paper.kind]
    words = Wording(paper.wording.name, paper.wording.text)
    on_it = _tasks_on(session, paper) if kind.per is Per.TASK else [paper.unit_id] if paper.unit_id else None
    kept = json.loads(paper.said, strict=False)
    try:
        subjects = gather(session, kind, on_it, word_said(seat, kind, as_said(session, kind, kept)), seat.today(), words=words)
    except Problem:
        return "上面的任务已经不是已确认"
    return "" if [digest(subject.content) for subject in subjects] == [paper.digest] else "上面的任务或人员、单位后来有改动"


def _tasks_on(session: SeatSession, paper: Paper) -> Sequence[int]:
    return session.scalars(select(PaperTask.task_id).where(PaperTask.paper_id == paper.id)).all()


def _outdate(seat: Seat, paper_id: int, why: str) -> Changes:
    with seat.operation(Act.ISSUE, "文书已变更") as running:
        paper = running.session.get_one(Paper, paper_id)
        paper.outdated_at, paper.outdated_why = utc_now(), why
        running.call(f"{_named(paper)} 已变更")
    return running.changes


def _papers(session: SeatSession, ids: Collection[int]) -> Sequence[Paper]:
    return session.scalars(select(Paper).where(Paper.id.in_(ids)).order_by(Paper.id)).all()


def _named(paper: Paper) -> str:
    return " ".join(filter(None, (paper.number or paper.code, f"{paper.about}{PAPER_KINDS[paper.kind]}")))


def export(seat: Seat, lines: Sequence[RegisterLine], target: Path) -> int:
    """Writes those lines of the register as .xlsx or .csv by the ending; returns how many. Raises Problem."""
    with seat.reading() as session:
        title = f"{session.township.name}{session.seat.year}年文书登记"
    rows: list[list[Value]] = [[number, *_exported(line)] for number, line in enumerate(lines, 1)]
    sheet = Sheet(title, _EXPORTED, rows)
    write_files({target: as_csv(sheet) if target.suffix.lower() == ".csv" else as_xlsx(sheet)})
    return len(rows)


def _exported(line: RegisterLine) -> list[str]:
    return [
        line.number, line.kind, line.about, STATES[line.state], line.made, line.given, line.handed, line.sign_by, line.signed,
        line.by, line.why,
    ]  # fmt: skip
