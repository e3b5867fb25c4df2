"""What becomes of notices nobody answered in their term: the next level, and at the end a talk with who is responsible."""

from datetime import date, timedelta

from sqlalchemy import select

from db.log import Act
from db.models import Notice
from huajie_desktop.records.entry import make_findable
from huajie_desktop.seat import Running, Seat
from huajie_desktop.supervision.notice_ledger import NOTICES
from huajie_desktop.work.numbering import in_series

_NEXT = {"remind": "warn", "warn": "listed"}
_TERM = timedelta(10)


def escalate(seat: Seat, day: date) -> None:
    """Follows what was issued and not answered by its term with a notice of the next level; the highest is talked about."""
    with seat.operation(Act.ESCALATE, "督查单升级") as running:
        session = running.session
        late = session.scalars(select(Notice).where(Notice.state == "issued", Notice.term < day).order_by(Notice.id)).all()
        for notice in late:
            if notice.level in _NEXT:
                notice.state = "escalated"
                _follow(running, notice, day)
            else:
                notice.state, notice.return_reason = "summoned", "（演示）约谈主要负责人，要求三日内报整改方案。"


def _follow(running: Running, notice: Notice, day: date) -> None:
    session = running.session
    following = Notice(
        campaign_id=notice.campaign_id, unit_id=notice.unit_id, title=notice.title, task_id=notice.task_id, state="issued",
        follows_id=notice.id, level=_NEXT[notice.level], issued_on=day, term=day + _TERM,
        grounds="（演示）督查单期限已过，没有反馈。", demand=notice.demand,
    )  # fmt: skip
    make_findable(NOTICES, following)
    session.add(following)
    session.flush()
    number = in_series(Notice, "督")(running, {following.id: following.title}, "") or {}
    following.number = number[following.id]["number"]
