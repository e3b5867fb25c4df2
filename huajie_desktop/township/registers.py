"""The registers of units and people with what hangs on them, declared like any ledger."""

from db.models import Membership, Person, Post, Unit
from huajie_desktop.declared.facets import Form, Listing, NamedUnits, Rules, Sheets
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.township.unit_rules import settle_membership, settle_person, settle_post, settle_unit

UNITS = Ledger(
    key="units",
    title="单位",
    model=Unit,
    name="name",
    shown=Listing(
        columns=("name", "kind", "parent", "aliases", "code"),
        filters=("kind",),
        found_by=("aliases",),
        apart=("kind",),
    ),
    form=Form(
        groups=(("", ("name", "kind", "parent", "aliases", "code", "since", "closed_on")),),
    ),
    sheets=Sheets(
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
        identity=("name",),
    ),
    rules=Rules(
        settle=settle_unit,
        named_units=NamedUnits.STANDING,
    ),
    subject="unit",
    closes_by="closed_on",
)
PEOPLE = Ledger(
    key="people",
    title="人员",
    model=Person,
    name="name",
    place="unit",
    shown=Listing(
        columns=("name", "unit", "phone"),
        filters=("unit",),
    ),
    form=Form(
        groups=(("", ("name", "unit", "phone", "closed_on")),),
    ),
    sheets=Sheets(
        title_words=("员名单", "员信息", "干部名单", "干部信息", "班子名单", "领导名单", "通讯录", "通讯名录", "名册", "电话簿"),
        identity=("unit", "name"),
    ),
    rules=Rules(
        settle=settle_person,
    ),
    subject="person",
    closes_by="closed_on",
)
POSTS = Ledger(
    key="posts",
    title="职务",
    model=Post,
    name="title",
    shown=Listing(
        columns=("unit", "title", "since", "until"),
    ),
    form=Form(
        groups=(("", ("unit", "title", "since", "until")),),
    ),
    sheets=Sheets(
        identity=("unit", "title"),
    ),
    rules=Rules(
        settle=settle_post,
    ),
)
MEMBERSHIPS = Ledger(
    key="memberships",
    title="所属片盟",
    model=Membership,
    name="group",
    shown=Listing(
        columns=("group", "since", "until"),
    ),
    form=Form(
        groups=(("", ("group", "since", "until")),),
    ),
    sheets=Sheets(
        identity=("group",),
    ),
    rules=Rules(
        named_units=NamedUnits.GROUPS,
        settle=settle_membership,
    ),
)
MEMBERS = Ledger(
    key="members",
    title="成员单位",
    model=Membership,
    name="unit",
    shown=Listing(
        columns=("unit", "since", "until"),
    ),
    form=Form(
        groups=(("", ("unit", "since", "until")),),
    ),
    sheets=Sheets(
        identity=("unit",),
    ),
    rules=Rules(
        settle=settle_membership,
    ),
)
