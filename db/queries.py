"""Queries (疑问) a reviewer puts to one field of a record, answered and closed."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.fields import short_text
from db.hanging import Hanging
from db.types import Line


class Query(Hanging):
    """One question about one field of one record."""

    __tablename__ = "queries"
    TITLE = "疑问"

    field: Mapped[str] = mapped_column(Line(40))  # the field's key; "" for the record as a whole
    text: Mapped[str] = short_text("疑问", required=True)
    asked_by: Mapped[str] = short_text("提出人", length=40, required=True)
    asked_at: Mapped[datetime]
    answer: Mapped[str | None] = short_text("答复")
    answered_by: Mapped[str | None] = short_text("答复人", length=40)
    answered_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = short_text("关闭人", length=40)
    closed_at: Mapped[datetime | None]
