"""The chapters of a dossier that say how the task went on its way: steps, lights, extensions, supervision, notes, sign-off."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select

from db.choices import HANDLING
from db.extensions import DECISIONS
from db.hanging import hanging_on
from db.models import Extension, Finding, FollowUp, Notice, Step, Task
from db.supervision import FINDING_STATES, LEVELS, NOTICE_STATES
from huajie_desktop.lights.kept_facts import editions, facts_of
from huajie_desktop.lights.light import MonthLight, months_of
from huajie_desktop.lights.workdays import official
from huajie_desktop.papers.dossier_chapters import DAY, Chapter, day_words, table_of
from huajie_desktop.seat import SeatSession
from huajie_desktop.typesetting.content import word_day
from huajie_desktop.typesetting.table import Align, Column
from huajie_desktop.work.task_ledger import TASKS

_C = Align.CENTRE


def went(session: SeatSession, task_id: int, _today: date) -> Chapter:
    """Each move of the task: on which day it came to stand where, by whom, and why."""
    columns = Column("日期", DAY, _C), Column("办理状态", 30, _C), Column("办理人", 24, Align.NAMES), Column("说明", 72)
    steps = session.scalars(select(Step).where(Step.task_id == task_id).order_by(Step.id))
    rows = [(word_day(one.on), HANDLING[one.handling], one.by or "", one.reason or "") for one in steps]
    return Chapter("办理过程", table_of(columns, rows))


def lights(session: SeatSession, task_id: int, today: date) -> Chapter:
    """The light of a confirmed task at each month's end, with its reason and what would have made it green."""
    columns = Column("截至", DAY, _C), Column("亮灯", 18, _C), Column("原因", 64), Column("怎样转为正常", 44)
    months: Sequence[MonthLight] = ()
    if session.scalar(select(Task.id).where(Task.id == task_id, TASKS.settled(Task))):
        facts = facts_of(session, [task_id])[task_id]
        months = months_of(facts, session.seat.year, editions(session), official(), today)
    rows = [(word_day(day), light.word, light.why, light.to_green) for day, light in months]
    return Chapter("各月亮灯", table_of(columns, rows))


def extended(session: SeatSession, task_id: int, _today: date) -> Chapter:
    """What more time was asked for, and what was decided."""
    columns = Column("申请", DAY, _C), Column("时限", 36, _C), Column("延期原因", 52), Column("审批", 38, _C)
    asked = session.scalars(select(Extension).where(Extension.task_id == task_id).order_by(Extension.asked_on, Extension.id))
    rows = [
        (
            _lines(word_day(one.asked_on), one.number), _lines(f"原定{day_words(one.before)}", f"延至{word_day(one.wanted)}"),
            one.reason, _lines(DECISIONS[one.state], day_words(one.decided_on), one.return_reason),
        )
        for one in asked
    ]  # fmt: skip
    return Chapter("延期申请", table_of(columns, rows))


def supervised(session: SeatSession, task_id: int, _today: date) -> Chapter:
    """Notices about the task with their answers, and what inspections found, in the order of their days."""
    columns = (
        Column("种类", 26, _C), Column("发出", DAY, _C), Column("情况和要求", 42), Column("反馈", 34), Column("结果", DAY, _C),
    )  # fmt: skip
    found = sorted((*_notices(session, task_id), *_findings(session, task_id)), key=lambda one: one[0])
    return Chapter("督查记录", table_of(columns, [row for _day, row in found]))


Dated = Iterator[tuple[date, tuple[str, ...]]]


def _notices(session: SeatSession, task_id: int) -> Dated:
    for one in session.scalars(select(Notice).where(Notice.task_id == task_id).order_by(Notice.id)):
        said = _lines(one.grounds, one.demand, f"期限：{word_day(one.term)}")
        ended = _lines(NOTICE_STATES[one.state], day_words(one.closed_on), one.return_reason)
        sort = _lines(f"督查{LEVELS[one.level].removesuffix('督办')}", one.number)
        yield one.issued_on, (sort, word_day(one.issued_on), said, _lines(day_words(one.answered_on), one.answer), ended)


def _findings(session: SeatSession, task_id: int) -> Dated:
    for one in session.scalars(select(Finding).where(Finding.task_id == task_id).order_by(Finding.id)):
        said = _lines(one.title, one.demand, f"期限：{word_day(one.term)}" if one.term else "")
        ended = _lines(FINDING_STATES[one.state], day_words(one.closed_on), one.return_reason)
        answer = _lines(day_words(one.answered_on), one.answer)
        yield one.found_on, (_lines("督查问题", one.number), word_day(one.found_on), said, answer, ended)


def followed(session: SeatSession, task_id: int, _today: date) -> Chapter:
    """Dated notes on how it went on."""
    columns = Column("日期", DAY, _C), Column("情况", 126)
    notes = session.scalars(select(FollowUp).where(hanging_on(FollowUp, Task, [task_id])).order_by(FollowUp.on, FollowUp.id))
    return Chapter("跟进记录", table_of(columns, [(word_day(one.on), one.words) for one in notes]))


def signed_off(session: SeatSession, task_id: int, _today: date) -> Chapter:
    """That it was signed off: when it was applied for and by whom, when and by whom it was verified, under which number."""
    columns = Column("销号编号", 44, _C), Column("申请", 36, _C), Column("核验销号", 36, _C), Column("办结", DAY, _C)
    task = session.get_one(Task, task_id)
    if task.signed_off_on is None:
        return Chapter("销号登记", table_of(columns, []))
    row = (
        task.signed_off_number or "", _lines(day_words(task.applied_on), _who(session, task_id, "applied")),
        _lines(word_day(task.signed_off_on), _who(session, task_id, "signed_off")), day_words(task.finished_on),
    )  # fmt: skip
    return Chapter("销号登记", table_of(columns, [row]))


def _who(session: SeatSession, task_id: int, handling: str) -> str:
    last = select(Step.by).where(Step.task_id == task_id, Step.handling == handling).order_by(Step.id.desc()).limit(1)
    return session.scalar(last) or ""


def _lines(*said: str | None) -> str:
    return "\n".join(filter(None, said))
