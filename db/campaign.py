"""The year's campaign with its three dimensions and their categories (articles of 2021-02 and 2021-12)."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import OfTownship, Record
from db.fields import day, short_text
from db.types import Line, key_to


class Campaign(OfTownship):
    """One year's work of the township, e.g. 2021 年“三五”大比拼."""

    __tablename__ = "campaigns"
    __table_args__ = (UniqueConstraint("township_id", "year"), Record.__table_args__)
    TITLE = "年度"

    year: Mapped[int]
    name: Mapped[str] = short_text("活动名称", length=60, required=True)
    number_pattern: Mapped[str | None] = short_text("编号样式", length=120, help="空着是 {镇}〔{年}〕{类别}-{序号:3}")

    dimensions: Mapped[list["Dimension"]] = relationship(order_by="Dimension.position", back_populates="campaign")


class Dimension(Record):
    """One of the year's dimensions: 五大攻坚, 五大行动, 五大比拼."""

    __tablename__ = "dimensions"
    __table_args__ = (UniqueConstraint("campaign_id", "name"), Record.__table_args__)
    TITLE = "板块"

    campaign_id: Mapped[int] = mapped_column(key_to("campaigns.id"), index=True)
    name: Mapped[str] = short_text("板块", length=40, required=True)
    position: Mapped[int] = mapped_column(default=0)

    campaign: Mapped[Campaign] = relationship(back_populates="dimensions")
    categories: Mapped[list["Category"]] = relationship(order_by="Category.position", back_populates="dimension")


class Category(Record):
    """One category a task counts in, e.g. 干事承诺; its code stands in the task's number."""

    __tablename__ = "categories"
    __table_args__ = (UniqueConstraint("dimension_id", "name"), Record.__table_args__)
    TITLE = "类别"

    dimension_id: Mapped[int] = mapped_column(key_to("dimensions.id"), index=True)
    name: Mapped[str] = short_text("类别", length=40, required=True)
    code: Mapped[str] = short_text("编号简称", length=8, required=True, help="用在任务编号里，如〔2021〕干诺-012 里的干诺")
    aliases: Mapped[str | None] = short_text("别名", help="村里别的写法，用、分开")
    closed_on: Mapped[date | None] = day("停用日期")
    position: Mapped[int] = mapped_column(default=0)
    search: Mapped[str] = mapped_column(Line(100), default="")

    dimension: Mapped[Dimension] = relationship(back_populates="categories")

    def other_names(self) -> tuple[str, ...]:
        """The aliases one by one."""
        return tuple(word for word in (self.aliases or "").split("、") if word)


class ListKind(Record):
    """One kind of list the year's tasks are kept in (市级、镇级、村级 …); its names differ from place to place."""

    __tablename__ = "list_kinds"
    __table_args__ = (UniqueConstraint("campaign_id", "name"), Record.__table_args__)
    TITLE = "清单种类"

    campaign_id: Mapped[int] = mapped_column(key_to("campaigns.id"), index=True)
    name: Mapped[str] = short_text("清单名称", length=40, required=True)
    aliases: Mapped[str | None] = short_text("别名", help="别的写法，用、分开")
    closed_on: Mapped[date | None] = day("停用日期")
    position: Mapped[int] = mapped_column(default=0)
    search: Mapped[str] = mapped_column(Line(100), default="")

    def other_names(self) -> tuple[str, ...]:
        """The aliases one by one."""
        return tuple(word for word in (self.aliases or "").split("、") if word)
