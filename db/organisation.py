"""Who there is: units as a tree, people and the posts they hold."""

from datetime import date

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import OfTownship, Record
from db.belonging import parts
from db.fields import Field, Kind, choice, day, phone, reference, short_text
from db.types import Line, key_to

UNIT_KINDS = {
    "township": "镇",
    "leadership": "领导班子",
    "office": "科室",
    "area": "工作片",
    "village": "行政村",
    "committee": "居委会",
    "hamlet": "自然村",
    "alliance": "党建联盟",
    "belt": "党建示范带",
}
VILLAGE_KINDS = ("village", "committee")  # what the office counts as 村
GROUP_KINDS = ("area", "alliance", "belt")  # what other units belong to beside their place in the tree
SILENT_KINDS = ("hamlet", "alliance", "belt")  # what never answers for a task itself
CHANGE_KINDS = {"renamed": "更名", "merged": "并入", "split": "拆分"}


class Unit(OfTownship):
    """One unit of the township: the township itself, an office, a working area, a village or a committee."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("township_id", "name"), Record.__table_args__)
    TITLE = "单位"

    name: Mapped[str] = short_text("单位名称", length=60, required=True, aliases=("单位", "名称", "村名", "村居名称", "机构名称"))
    kind: Mapped[str] = choice("单位类型", UNIT_KINDS, aliases=("单位类别", "类型", "类别", "单位性质"))
    parent_id: Mapped[int | None] = reference("上级单位", Kind.UNIT, "units.id", aliases=("上级", "所属单位", "主管单位"))
    aliases: Mapped[str | None] = short_text(
        "别名", help="别的写法，用、分开，如 李庄、李庄村委会", aliases=("简称", "其他名称", "曾用名")
    )
    code: Mapped[str | None] = short_text("统计代码", length=12, aliases=("代码", "区划代码", "行政区划代码", "编码"))
    since: Mapped[date | None] = day("设立日期")
    closed_on: Mapped[date | None] = day("停用日期")
    position: Mapped[int] = mapped_column(default=0)
    search: Mapped[str] = mapped_column(Line(400), default="")

    def other_names(self) -> tuple[str, ...]:
        """The aliases one by one."""
        return tuple(word for word in (self.aliases or "").split("、") if word)


class Person(OfTownship):
    """One person who answers for tasks; sensitive data has no place here."""

    __tablename__ = "people"
    __table_args__ = (Index("ix_people_name", "name"), Record.__table_args__)
    TITLE = "人员"

    name: Mapped[str] = short_text(
        "姓名", length=40, required=True, person_name=True, aliases=("人员姓名", "干部姓名", "名字", "人员")
    )
    unit_id: Mapped[int | None] = reference(
        "所在单位",
        Kind.UNIT,
        "units.id",
        takes_up="offices",
        aliases=("单位", "工作单位", "单位名称", "所在村", "村名", "科室", "部门", "所在部门", "所在科室"),
    )
    phone: Mapped[str | None] = phone(
        "联系电话", private=True, aliases=("电话", "手机", "手机号", "手机号码", "联系方式", "电话号码")
    )
    closed_on: Mapped[date | None] = day("停用日期")
    search: Mapped[str] = mapped_column(Line(200), default="")

    unit: Mapped[Unit | None] = relationship(foreign_keys=[unit_id])
    posts: Mapped[list["Post"]] = parts("Post.id", back_populates="person")


class Post(Record):
    """A post one person holds at one unit, with its term; a person may hold several."""

    __tablename__ = "posts"
    TITLE = "职务"

    person_id: Mapped[int] = mapped_column(key_to("people.id"), index=True)
    unit_id: Mapped[int] = reference("单位", Kind.UNIT, "units.id", required=True, takes_up="offices")
    title: Mapped[str] = short_text("职务", length=60, required=True)
    since: Mapped[date | None] = day("任职日期")
    until: Mapped[date | None] = day("离任日期")
    position: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person] = relationship(back_populates="posts")
    unit: Mapped[Unit] = relationship()


class Membership(Record):
    """A unit's belonging to a working area, an alliance or a belt, for a time."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("unit_id", "group_id"), Record.__table_args__)
    TITLE = "所属片盟"

    unit_id: Mapped[int] = mapped_column(key_to("units.id"), info={"field": Field("成员单位", Kind.UNIT, required=True)})
    group_id: Mapped[int] = reference("所属片盟", Kind.UNIT, "units.id", required=True)
    since: Mapped[date | None] = day("加入日期")
    until: Mapped[date | None] = day("退出日期")


class UnitChange(Record):
    """A unit renamed, merged into another or split on a day, so that what was before that day keeps the old name."""

    __tablename__ = "unit_changes"
    TITLE = "单位变更"

    unit_id: Mapped[int] = mapped_column(key_to("units.id"), index=True)  # as it was before the day
    successor_id: Mapped[int] = mapped_column(key_to("units.id"), index=True)  # what it became; itself when renamed
    kind: Mapped[str] = choice("变更", CHANGE_KINDS)
    on: Mapped[date] = day("变更日期", required=True)
    name_before: Mapped[str] = short_text("原名称", length=60, required=True)
