"""The registers of units and people with what hangs on them, declared like any ledger."""

from db.models import Membership, Person, Post, Unit
from huajie_desktop.declared.ledger import Ledger, NamedUnits
from huajie_desktop.township.unit_rules import settle_membership, settle_person, settle_post, settle_unit

UNITS = Ledger(
    key="units",
    title="单位",
    title_words=(
        "单位名单",
        "单位名录",
        "单位一览",
        "单位信息",
        "村居名单",
        "村居名录",
        "村居一览",
        "村名单",
        "村名录",
        "机构设置",
    ),
    model=Unit,
    columns=("name", "kind", "parent", "aliases", "code"),
    groups=(("", ("name", "kind", "parent", "aliases", "code", "since", "closed_on")),),
    name="name",
    identity=("name",),
    filters=("kind",),
    settle=settle_unit,
    found_by=("aliases",),
    subject="unit",
    named_units=NamedUnits.STANDING,
    apart=("kind",),
    closes_by="closed_on",
)
PEOPLE = Ledger(
    key="people",
    title="人员",
    title_words=("员名单", "员信息", "干部名单", "干部信息", "班子名单", "领导名单", "通讯录", "通讯名录", "名册", "电话簿"),
    model=Person,
    columns=("name", "unit", "phone"),
    groups=(("", ("name", "unit", "phone", "closed_on")),),
    name="name",
    identity=("unit", "name"),
    place="unit",
    filters=("unit",),
    settle=settle_person,
    subject="person",
    closes_by="closed_on",
)
POSTS = Ledger(
    key="posts",
    title="职务",
    model=Post,
    columns=("unit", "title", "since", "until"),
    groups=(("", ("unit", "title", "since", "until")),),
    name="title",
    identity=("unit", "title"),
    settle=settle_post,
)
MEMBERSHIPS = Ledger(
    key="memberships",
    title="所属片盟",
    model=Membership,
    columns=("group", "since", "until"),
    groups=(("", ("group", "since", "until")),),
    named_units=NamedUnits.GROUPS,
    name="group",
    identity=("group",),
    settle=settle_membership,
)
MEMBERS = Ledger(
    key="members",
    title="成员单位",
    model=Membership,
    columns=("unit", "since", "until"),
    groups=(("", ("unit", "since", "until")),),
    name="unit",
    identity=("unit",),
    settle=settle_membership,
)
