"""Doubts (待核对): what was read of a cell or a typed text and may not be what was meant, until somebody has looked at it."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.fields import short_text
from db.hanging import Hanging
from db.types import Line, key_to

LONGEST = 300  # characters of a doubt


class Doubt(Hanging):
    """One doubt about one field of one record: what stood there, what was read of it, and who settled it when."""

    __tablename__ = "doubts"
    TITLE = "待核对"

    field: Mapped[str] = mapped_column(Line(40))  # the field's key
    text: Mapped[str] = short_text("要核对的", length=LONGEST, required=True)
    stood: Mapped[str | None] = short_text("表里写的")
    taken: Mapped[str | None] = short_text("读作")
    cell: Mapped[str | None] = short_text("位置", length=255)  # file and cell; empty for what was typed
    batch_id: Mapped[int | None] = mapped_column(key_to("import_batches.id"), index=True)
    settled_by: Mapped[str | None] = short_text("核对人", length=40)
    settled_at: Mapped[datetime | None]
