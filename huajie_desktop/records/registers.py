"""The registers every office has: its tasks, its units, its people with their posts; declared like any ledger."""

from collections.abc import Mapping
from typing import Any

from db.fields import in_wan
from db.models import Membership, Paper, Person, Post, Task, Unit
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.township.unit_rules import settle_membership, settle_person, settle_post, settle_unit


def check_task(values: Mapping[str, Any]) -> Mapping[str, str]:
    """A task does not end before it begins."""
    start, due, finished = values.get("start"), values.get("due"), values.get("finished_on")
    faults = {}
    if start and due and start > due:
        faults["start"] = f"启动时间（{start.isoformat()}）不能晚于完成时限（{due.isoformat()}）"
    if start and finished and start > finished:
        faults["finished_on"] = f"办结日期不能早于启动时间（{start.isoformat()}）"
    return faults


def look_at_task(values: Mapping[str, Any]) -> Mapping[str, str]:
    """Money by source should add up to the planned investment, but sheets often name some sources only."""
    planned = [item.planned for item in values.get("funding") or () if item.planned is not None]
    investment = values.get("investment")
    if planned and investment is not None and sum(planned) != investment:
        sums = f"各来源计划合计 {in_wan(sum(planned)):f} 万元，计划投资是 {in_wan(investment):f} 万元"
        return {"funding": f"{sums}，请核对"}
    return {}


def check_paper(values: Mapping[str, Any]) -> Mapping[str, str]:
    """A paper does not come back before it was handed out."""
    handed, signed = values.get("handed_on"), values.get("signed_on")
    if handed and signed and signed < handed:
        return {"signed_on": f"签回日期不能早于发出日期（{handed.isoformat()}）"}
    return {}


TASKS = Ledger(
    key="tasks",
    title="任务清单",
    model=Task,
    columns=("number", "title", "category", "unit", "responsible", "due", "investment", "state"),
    groups=(
        ("", ("title", "content", "category", "unit", "due", "investment", "responsible", "lead")),
        ("时间", ("start", "finished_on", "milestones", "recurrence")),
        ("归口与配合", ("cooperating", "further", "list_kind", "force", "key_project")),
        ("数量与资金", ("quantities", "funding")),
        ("其他", ("remarks",)),
    ),
    usual=1,
    sent=(
        "title", "category", "content", "investment", "funding", "start", "due", "responsible", "milestones", "quantities",
        "remarks",
    ),
    name="title",
    identity=("unit", "title"),
    place="unit",
    day="due",
    filters=("unit", "category", "list_kind", "force"),
    check=check_task,
    look=look_at_task,
)  # fmt: skip
UNITS = Ledger(
    key="units",
    title="单位",
    model=Unit,
    columns=("name", "kind", "parent", "aliases", "code"),
    groups=(("", ("name", "kind", "parent", "aliases", "code", "since", "closed_on")),),
    name="name",
    identity=("name",),
    filters=("kind",),
    settle=settle_unit,
    found_by=("aliases",),
)
PEOPLE = Ledger(
    key="people",
    title="人员",
    model=Person,
    columns=("name", "unit", "phone"),
    groups=(("", ("name", "unit", "phone", "closed_on")),),
    name="name",
    identity=("unit", "name"),
    place="unit",
    filters=("unit",),
    settle=settle_person,
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
PAPERS = Ledger(
    key="papers",
    title="文书登记",
    model=Paper,
    columns=("number", "kind", "about", "handed_on", "sign_by", "signed_on", "signed_by"),
    groups=(("签收", ("handed_on", "sign_by", "signed_on", "signed_by", "remarks")),),
    name="about",
    identity=("number",),
    place="unit",
    filters=("kind",),
    check=check_paper,
)
