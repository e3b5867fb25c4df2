"""The ledger of incoming documents (来文登记): whose demands become tasks and stay linked to what became of them."""

from datetime import date

from sqlalchemy.orm import Mapped, relationship

from db.base import Entry
from db.fields import Kind, day, long_text, reference, short_text
from db.organisation import Unit


class Incoming(Entry):
    """One document that came in, with what it asks and by when."""

    __tablename__ = "incoming"
    TITLE = "来文"

    number: Mapped[str | None] = short_text("来文文号", length=60, aliases=("文号",))
    title: Mapped[str] = short_text("来文标题", required=True, aliases=("文件标题", "文件名称"))
    sender: Mapped[str] = short_text("来文单位", required=True, aliases=("发文单位", "发文机关"))
    received_on: Mapped[date] = day("收文日期", required=True, aliases=("来文日期", "收文时间"))
    unit_id: Mapped[int | None] = reference("承办单位", Kind.UNIT, "units.id", aliases=("承办科室", "办理单位"))
    demand: Mapped[str | None] = long_text("办理要求", aliases=("拟办意见",))
    due: Mapped[date | None] = day("办理期限", aliases=("办结期限",))

    unit: Mapped[Unit | None] = relationship()
