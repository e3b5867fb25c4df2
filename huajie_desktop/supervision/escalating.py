"""Notices whose term passed without an accepted answer go on by themselves: to the next level, the last to a talk (约谈)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select, true

from db.acts import Act
from db.images import CHUNK
from db.journal import Changes
from db.supervision import LEVELS, Notice
from huajie_desktop.lights.workdays import official
from huajie_desktop.records.entry import make_findable
from huajie_desktop.seat import Running, Seat, SeatSession, visible
from huajie_desktop.settings import ESCALATE_ANSWERED, rule
from huajie_desktop.supervision.notice_ledger import MARK, NOTICES, SUPERVISION
from huajie_desktop.work.forerunners import going_on
from huajie_desktop.work.numbering import next_in_series
from huajie_desktop.work.review import carry_out

_LAST = list(LEVELS)[-1]
_NEXT = dict(zip(LEVELS, list(LEVELS)[1:], strict=False))
_ESCALATES = next(move for move in SUPERVISION.moves if move.by_itself)
_TALKS = SUPERVISION.of(Act.SUSPEND)[0]
_WHY = "办理期限已过，没有办结"
_NAMED = 3  # numbers in the sentence


@dataclass
class Escalated(Changes):
    """What was escalated: the notices that were issued anew, those to be talked about, and a sentence of both."""

    issued: Sequence[int] = ()
    talks: Sequence[int] = ()
    words: str = ""


def escalate(seat: Seat, day: date) -> Escalated:
    """Escalates what is due on that day: of each reminder and warning whose term is over a notice of the next level, its term
    as many working days as the one before; a listed one (挂牌督办) is put down for a talk and stays open.

    An answer within the term that nobody has decided about yet waits for the office, and is not held against the unit, unless
    the office rules that it is (ESCALATE_ANSWERED). What an earlier year left open goes on in the one worked on. One operation;
    none, where nothing is due, so it may be called at any time. (三色督查单: blue, orange, red.)
    """
    with seat.reading() as session:
        if not _due(session, day):
            return Escalated()
    with seat.operation(Act.ESCALATE, "督查单到期升级") as running:
        due = _due(running.session, day)  # another seat may have been quicker
        last = [notice for notice in due if notice.level == _LAST]
        issued = _issue_next(running, [notice for notice in due if notice.level != _LAST], day)
        if last:
            carry_out(running, NOTICES, SUPERVISION, _TALKS, _names(last), _WHY)
        running.call(f"督查单到期升级 {len(due)} 份")
        words = _in_words(due, issued, last)
    changes = running.changes
    ids = ([notice.id for notice in issued], [notice.id for notice in last])
    return Escalated(changes.operation_id, changes.label, changes.touched, *ids, words)


def _due(session: SeatSession, day: date) -> Sequence[Notice]:
    """The notices whose term passed before that day, as they were issued."""
    in_time_too = rule(session, ESCALATE_ANSWERED) == "1"
    late = true() if in_time_too else or_(Notice.answered_on.is_(None), Notice.answered_on > Notice.term)
    silent = or_(
        Notice.state == "issued",
        # behind the highest level there is but the talk: who answers after it waits for the office, and is not talked to again
        and_(Notice.level != _LAST, or_(Notice.state == "summoned", and_(Notice.state == "answered", late))),
    )
    seen = visible(session.seat, Notice)  # of earlier years, too, what is still open
    return session.scalars(select(Notice).where(*seen, Notice.term < day, silent).order_by(Notice.id)).all()


def _issue_next(running: Running, due: Sequence[Notice], day: date) -> list[Notice]:
    """The notices of the next level in place of those, issued and numbered."""
    session = running.session
    numbers = next_in_series(session, Notice, MARK, len(due)) if due else []
    tasks = going_on(session, [notice.task_id for notice in due if notice.task_id is not None])
    made = [_next(notice, number, day, tasks) for notice, number in zip(due, numbers, strict=True)]
    for notice in made:
        notice.campaign_id = session.seat.campaign_id
        make_findable(NOTICES, notice)
    session.add_all(made)
    session.flush()
    for start in range(0, len(due), CHUNK):
        carry_out(running, NOTICES, SUPERVISION, _ESCALATES, _names(due[start : start + CHUNK]), "")
    return made


def _next(notice: Notice, number: str, day: date, tasks: Mapping[int, int]) -> Notice:
    """The next notice about the same; `tasks` says which were carried into a new year, as what."""
    said: Mapping[str, Any] = {name: getattr(notice, name) for name in ("unit_id", "title", "demand")}
    about = notice.task_id and tasks.get(notice.task_id, notice.task_id)
    workdays = official()
    days = max(workdays.working_days_between(notice.issued_on, notice.term) - 1, 1)
    before = f"{LEVELS[notice.level]}（{notice.number or '未编号'}）办理期限{_day(notice.term)}已过，没有办结。"
    return Notice(
        **said, task_id=about, number=number, state="issued", level=_NEXT[notice.level], follows_id=notice.id, issued_on=day,
        term=workdays.add_working_days(day, days), grounds="\n".join(filter(None, (before, notice.grounds))),
    )  # fmt: skip


def _day(day: date) -> str:
    """As it stands on paper, where this is read."""
    return f"{day.year}年{day.month}月{day.day}日"


def _names(notices: Sequence[Notice]) -> dict[int, str]:
    return {notice.id: notice.title for notice in notices}


def _in_words(due: Sequence[Notice], issued: Sequence[Notice], last: Sequence[Notice]) -> str:
    """Which notices these were, how many of each level were issued in their place, and how many are to be talked about."""
    numbers = [notice.number or notice.title[:20] for notice in due]
    named = "、".join(numbers[:_NAMED]) + (f" 等 {len(numbers)} 份" if len(numbers) > _NAMED else "")
    counts = {LEVELS[level]: sum(notice.level == level for notice in issued) for level in LEVELS}
    told = [f"{word} {count} 份" for word, count in counts.items() if count]
    raised = [f"已升级重新发出：{'、'.join(told)}"] if told else []
    talks = [f"列入约谈 {len(last)} 份"] if last else []
    return f"督查单 {named} 期限已过，没有办结，{'，'.join((*raised, *talks))}。"
