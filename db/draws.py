"""Random draws for spot checks (双随机): what was drawn out of what, by a seed and a method anyone can repeat."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from db.base import Record
from db.fields import day, long_text, short_text
from db.types import key_to


class Draw(Record):
    """One draw: the pool and what came out of it are kept line by line, as they were that day."""

    __tablename__ = "draws"
    TITLE = "随机抽取"

    campaign_id: Mapped[int] = mapped_column(key_to("campaigns.id"), index=True)
    title: Mapped[str] = short_text("抽取事项", required=True)
    drawn_on: Mapped[date] = day("抽取日期", required=True)
    seed: Mapped[str] = short_text("种子", length=64, required=True)
    method: Mapped[str] = short_text("方法", length=40, required=True)
    pool: Mapped[str] = long_text("抽取范围", required=True)
    drawn: Mapped[str] = long_text("抽取结果", required=True)
