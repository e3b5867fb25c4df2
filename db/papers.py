"""The register of papers made for units: pledges and assignment slips."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Record
from db.fields import Kind, choice, reference, short_text
from db.organisation import Unit

PAPER_KINDS = {"pledge": "承诺书", "slip": "承诺交办单"}


class Pledge(Record):
    """One pledge or slip made for a unit; the same content made again is the same paper with the same number."""

    __tablename__ = "pledges"
    __table_args__ = (
        UniqueConstraint("campaign_id", "number"),
        Index("ix_pledges_unit_id_kind", "unit_id", "kind"),
        Record.__table_args__,
    )
    TITLE = "承诺文书"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = reference("单位", Kind.UNIT, "units.id", required=True)
    kind: Mapped[str] = choice("文书", PAPER_KINDS)
    number: Mapped[str] = short_text("编号", length=40, required=True)
    items: Mapped[int]
    digest: Mapped[str] = short_text("内容校验", length=64, required=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = short_text("制作人", length=40, required=True)
    outdated_at: Mapped[datetime | None]  # when a task on it was unlocked
    outdated_why: Mapped[str | None] = short_text("失效原因")

    unit: Mapped[Unit] = relationship()


class PaperTask(Record):
    """A task that stands on a paper."""

    __tablename__ = "paper_tasks"
    __table_args__ = (UniqueConstraint("paper_id", "task_id"), Record.__table_args__)
    TITLE = "文书事项"

    paper_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
