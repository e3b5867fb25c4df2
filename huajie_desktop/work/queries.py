"""Queries (疑问): asked about one field of a record or the whole, answered, closed for good; an open one holds approval up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select

from db.base import table_of
from db.clock import local_time, utc_now
from db.hanging import hanging_on
from db.images import CHUNK
from db.journal import Changes
from db.log import Act
from db.models import Query
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Problem
from huajie_desktop.journal.authors import is_same, last_authors
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.values.names import same_name

WHOLE = "整条记录"  # what a query without a field is about
LONGEST = 200  # characters


class QueryLine(NamedTuple):
    """One query as shown: about which field (key and label), what was asked, answered, closed; moments in local time."""

    id: int
    field: str
    about: str
    text: str
    asked_by: str
    asked_at: datetime
    answer: str
    answered_by: str
    closed_by: str

    @property
    def state(self) -> str:
        """open, answered or closed."""
        return "closed" if self.closed_by else "answered" if self.answer else "open"


def query_lines(session: SeatSession, ledger: Ledger, record_id: int) -> list[QueryLine]:
    """The queries about a record, the open ones first, each in the order asked."""
    statement = select(Query).where(hanging_on(Query, ledger.model, [record_id]))
    found = session.scalars(statement.order_by(Query.closed_at.is_not(None), Query.id))
    return [
        QueryLine(
            query.id, query.field, ledger.fields[query.field].label if query.field in ledger.fields else WHOLE, query.text,
            query.asked_by, local_time(query.asked_at), query.answer or "", query.answered_by or "", query.closed_by or "",
        )
        for query in found
    ]  # fmt: skip


def has_open(ledger: Ledger) -> ColumnElement[bool]:
    """The condition of a listing for records with open queries (“有疑问”)."""
    model: Any = ledger.model
    uid: ColumnElement[str] = model.uid
    return uid.in_(select(Query.owner_uid).where(Query.owner_kind == table_of(model).name, Query.closed_at.is_(None)))


def open_counts(session: SeatSession, ledger: Ledger, ids: Sequence[int]) -> dict[int, int]:
    """How many open queries each of those records has; records without are left out."""
    counts: dict[int, int] = {}
    model: Any = ledger.model
    statement = select(model.id, func.count()).join(Query, Query.owner_uid == model.uid).where(Query.closed_at.is_(None))
    for start in range(0, len(ids), CHUNK):
        chunk = statement.where(model.id.in_(ids[start : start + CHUNK])).group_by(model.id)
        counts.update((record_id, count) for record_id, count in session.execute(chunk))
    return counts


def ask(seat: Seat, ledger: Ledger, record_id: int, field: str, text: str) -> Changes:
    """Asks about a field of a record by its key, "" for the whole. Raises Problem."""
    text = _said(text, "请写明要问什么，没有提出疑问。")
    with seat.operation(Act.ASK, f"提出疑问“{text}”"[:200]) as running:
        session = running.session
        record = session.get(ledger.model, record_id)
        if record is None:
            raise Problem(f"这条{ledger.noun}已经不在了，没有提出疑问。")
        session.add(
            Query(owner_kind=record.__tablename__, owner_uid=record.uid, field=field if field in ledger.fields else "", text=text,
                  asked_by=seat.author.name, asked_at=utc_now())
        )  # fmt: skip
    return running.changes


def answer(seat: Seat, query_id: int, text: str) -> Changes:
    """Answers an open query, in place of an earlier answer if there is one. Raises Problem."""
    text = _said(text, "请写明答复，没有保存。")
    with seat.operation(Act.ASK, f"答复疑问“{text}”"[:200]) as running:
        query = _open(running.session, query_id)
        query.answer, query.answered_by, query.answered_at = text, seat.author.name, utc_now()
    return running.changes


def close(seat: Seat, ledger: Ledger, query_id: int) -> Changes:
    """Closes an open query; only who asked may, or a reviewer: anyone but who last changed the record. Raises Problem."""
    with seat.operation(Act.ASK, "关闭疑问") as running:
        session = running.session
        query = _open(session, query_id)
        running.call(f"关闭疑问“{query.text}”"[:200])
        record_id = session.scalars(select(ledger.model.id).where(ledger.model.uid == query.owner_uid)).one()
        author = last_authors(session, ledger, [record_id]).get(record_id)
        if not same_name(seat.author.name, query.asked_by) and is_same(seat.author, author):
            raise Problem(f"疑问“{query.text}”由{query.asked_by}提出，只能由他或审核人关闭。没有改动。请先写答复。")
        query.closed_by, query.closed_at = seat.author.name, utc_now()
    return running.changes


def _open(session: SeatSession, query_id: int) -> Query:
    query = session.get(Query, query_id)
    if query is None:
        raise Problem("这条疑问已经不在了，没有改动。")
    if query.closed_at is not None:
        raise Problem(f"疑问“{query.text}”已经关闭，不能再改。需要时请另提一条。")
    return query


def _said(text: str, otherwise: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise Problem(otherwise)
    if len(text) > LONGEST:
        raise Problem(f"最多写 {LONGEST} 个字，现在 {len(text)} 个。没有保存，请写短一些。")
    return text
