"""Queries (疑问) a reviewer puts to one field of a record, answered and closed."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Record
from db.fields import short_text


class Query(Record):
    """One question about one field of one record."""

    __tablename__ = "queries"
    __table_args__ = (Index("ix_queries_kind_record_id", "kind", "record_id"), Record.__table_args__)
    TITLE = "疑问"

    kind: Mapped[str] = mapped_column(String(40))  # the record's table
    record_id: Mapped[int]
    field: Mapped[str] = mapped_column(String(40))  # the field's key; "" for the record as a whole
    text: Mapped[str] = short_text("疑问", required=True)
    asked_by: Mapped[str] = short_text("提出人", length=40, required=True)
    asked_at: Mapped[datetime]
    answer: Mapped[str | None] = short_text("答复")
    answered_by: Mapped[str | None] = short_text("答复人", length=40)
    answered_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = short_text("关闭人", length=40)
    closed_at: Mapped[datetime | None]
