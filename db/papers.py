"""The register of papers: what was made for whom, in which words, and whether it came back signed."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import OfTownship, Record
from db.fields import Kind, choice, day, long_text, reference, short_text
from db.organisation import Unit
from db.types import Line, Words, key_to

PAPER_KINDS = {
    "pledge": "承诺书",
    "slip": "承诺交办单",
    "checklist": "镇村工作清单",
    "unit_list": "承诺事项清单",
    "forces": "专班一览表",
    "notice": "督查通知单",
    "rectification": "整改通知书",
    "extension": "延期申请表",
    "signoff": "销号申请表",
    "score": "擂台评分表",
    "award": "奖状",
    "bulletin": "月度通报",
    "letter": "函",
    "minutes": "会议纪要",
    "poster": "承诺上墙海报",
    "reminder": "催办单",
    "month": "到期月历",
}

GIVEN_AS = {"pdf": "PDF", "word": "Word", "both": "PDF、Word"}


class WordingVersion(OfTownship):
    """One version of a paper's wording; those in use on a paper are never changed, a change is a new version."""

    __tablename__ = "wordings"
    __table_args__ = (UniqueConstraint("township_id", "name", "edition"), Record.__table_args__)
    TITLE = "文书措辞"

    name: Mapped[str] = short_text("模板", length=40, required=True)
    edition: Mapped[int]
    text: Mapped[str] = long_text("内容", required=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = short_text("修改人", length=40, required=True)


class Paper(Record):
    """One paper made for a unit, a task or the whole year; the same content made again is the same paper with the same number."""

    __tablename__ = "papers"
    __table_args__ = (
        UniqueConstraint("campaign_id", "number"),
        UniqueConstraint("code"),
        Index("ix_papers_unit_id_kind", "unit_id", "kind"),
        Record.__table_args__,
    )
    TITLE = "文书"

    campaign_id: Mapped[int] = mapped_column(key_to("campaigns.id"))
    unit_id: Mapped[int | None] = reference("单位", Kind.UNIT, "units.id")
    kind: Mapped[str] = choice("文书", PAPER_KINDS)
    number: Mapped[str | None] = short_text("编号", length=40)
    about: Mapped[str] = short_text("对象", length=200, required=True)  # the unit or the task it was made for
    items: Mapped[int]
    pages: Mapped[int] = mapped_column(default=0)
    code: Mapped[str | None] = short_text("二维码", length=40)
    digest: Mapped[str] = short_text("内容校验", length=64, required=True)
    wording_id: Mapped[int | None] = mapped_column(key_to("wordings.id"))
    said: Mapped[str] = mapped_column(Words, default="{}")  # what the clerk filled in, JSON by label
    made_at: Mapped[datetime]
    made_by: Mapped[str] = short_text("制作人", length=40, required=True)
    given_as: Mapped[str | None] = choice("文件", GIVEN_AS, required=False)  # what was saved of it; none: printed alone
    handed_on: Mapped[date | None] = day("发出日期")
    sign_by: Mapped[date | None] = day("签回期限", help="过期列为逾期")
    signed_on: Mapped[date | None] = day("签回日期")
    signed_by: Mapped[str | None] = short_text("签名人", length=40)
    remarks: Mapped[str | None] = long_text("备注")
    outdated_at: Mapped[datetime | None]  # when what stands on it was changed
    outdated_why: Mapped[str | None] = short_text("失效原因")
    record_uid: Mapped[str | None] = mapped_column(Line(32), index=True)  # the record of a ledger it was made of, by identity

    unit: Mapped[Unit | None] = relationship()
    wording: Mapped[WordingVersion | None] = relationship()


class PaperTask(Record):
    """A task that stands on a paper."""

    __tablename__ = "paper_tasks"
    __table_args__ = (UniqueConstraint("paper_id", "task_id"), Record.__table_args__)
    TITLE = "文书事项"

    paper_id: Mapped[int] = mapped_column(key_to("papers.id"))
    task_id: Mapped[int] = mapped_column(key_to("tasks.id"), index=True)
