"""The year of work that the programs of schema 0002 and later could do alike; what each could do more is in its own part."""

from datetime import date

import sheets
from desk import DISPUTE, DISPUTES, LAMPS, Desk
from sqlalchemy import select

from db.models import Attachment, Campaign, Category, Dimension, ListKind, Milestone, Occurrence, Query, Task
from huajie_desktop import drafts, glance, settings
from huajie_desktop.journal import recycle_bin, versions
from huajie_desktop.records import bulk, entry
from huajie_desktop.records.registers import MEMBERSHIPS, PEOPLE, POSTS, TASKS, UNITS
from huajie_desktop.township import handing_over, merging, office, organisation, unit_changes
from huajie_desktop.work import attachments, figures, occurrences, queries, review, saved_filters
from huajie_desktop.work.checklist import TaskFilter
from huajie_desktop.year import campaigns, forces, years

TITLES = ("公厕改造", "绿道一期", "主题党日规范化", "防汛演练", "村务公开", "录错的一项")


def live(desk: Desk) -> None:
    """Everything but what only one version could do, and the last five steps."""
    office.set_up(desk.app, "花街镇", 2021)
    office.mark_as_demo(desk.app)
    for step in (
        name_parts, organise, enter, bring_in, lead, file_and_check, print_and_return, mediate, ask, change_units, take_back, next_year, keep_habits,
    ):  # fmt: skip
        step(desk)


def name_parts(desk: Desk) -> None:
    """Categories, list kinds and the look of numbers as the office wants them."""
    app = desk.app
    compared = desk.named(Dimension, "五大比拼")
    entry.save(app, campaigns.CATEGORIES, None, {"name": "抱团共富", "code": "共富"}, dimension_id=compared)
    entry.save(app, campaigns.LIST_KINDS, None, {"name": "民生实事清单", "aliases": "民生"})
    entry.save(app, campaigns.CAMPAIGN, 1, {"name": "“三五”大比拼", "number_pattern": "花办〔{年}〕{类别}-{序号:3}"})
    campaigns.move(app, Category, desk.named(Category, "文明环境"), -1)
    campaigns.close(app, ListKind, desk.named(ListKind, "市级清单"))
    settings.keep_rule(app, settings.TWICE, "1")
    settings.keep_rule(app, settings.APPROVED_ONLY, "0")


def organise(desk: Desk) -> None:
    """Offices, groups, people and their posts."""
    app = desk.app
    for name, kind in (
        ("示例办", "科室"),
        ("演示片", "工作片"),
        ("红旗党建联盟", "党建联盟"),
        ("岭下自然村", "自然村"),
        ("范例办", "科室"),
    ):
        parent = {"parent": "倪宅村"} if kind == "自然村" else {}
        entry.save(app, UNITS, None, {"name": name, "kind": kind, **parent})
    entry.save(app, MEMBERSHIPS, None, {"group": "红旗党建联盟", "since": "2021-01-01"}, unit_id=desk.unit("倪宅村"))
    for name, unit in (
        ("张三", "倪宅村"),
        ("李四", "倪宅村"),
        ("钱七", "花街镇"),
        ("张山", "倪宅村"),
        ("孙八", "示例办"),
        ("吴十", "范例办"),
    ):
        person = entry.save(app, PEOPLE, None, {"name": name, "unit": unit, "phone": "13800000000"}).record_id
        entry.save(app, POSTS, None, {"unit": unit, "title": "示例职务"}, person_id=person)


def enter(desk: Desk) -> None:
    """Tasks one by one, one of them with all its parts, and several set at once."""
    desk.enter(**LAMPS)
    for number, title in enumerate(TITLES):
        unit = ("倪宅村", "尚仁村", "金湖村")[number % 3]
        desk.enter(
            title=title, unit=unit, milestones="5月底 开工" if number % 2 else "", quantities="示例3处" if number % 3 else ""
        )
    desk.enter(title="老范例办的事", unit="范例办", responsible="吴十")
    desk.enter(title="张山的事", responsible="张山、李四")
    ids = [desk.task("防汛演练"), desk.task("村务公开")]
    bulk.set_field(desk.app, ids, TASKS, "responsible", "周九、吴十")
    bulk.set_field(desk.app, ids, TASKS, "investment", "7")


def bring_in(desk: Desk) -> None:
    """Two sheets at once, one row left out; a batch that is taken back, one that is taken back and redone; disputes."""
    rows = ["干事承诺", "绿道二期", "1.5公里", 30, "郑一、张三", "9月底前"], ["其他", "", "没有名称", -5, "", "尽快"]
    village = sheets.village
    party = ["基层党建", "党员教育", "全年", None, "郑二", "全年"]
    desk.take_in(village(desk.scratch, "金杜村", *rows), village(desk.scratch, "卉川村", party), skip_errors=True)
    for unit, again in (("大屋村", False), ("颜宅村", True)):
        file = village(desk.scratch, unit, ["重点工作", f"{unit}巡防", "两次", 2, "郑三、郑四", "6月底前"])
        undone = desk.back(desk.take_in(file))
        if again:
            desk.back(undone)
    disputes = [["2021-02-03", "合同", "金杜村", "一般", f"苗木货款拖欠{number}", "丙某", "丁某", 5000] for number in range(2)]
    desk.take_in(sheets.book(desk.scratch / "纠纷.xlsx", "矛盾纠纷调处台账", sheets.DISPUTES, *disputes))


def lead(desk: Desk) -> None:
    """Task forces, one of them deleted, and the tasks they lead."""
    said = {
        "category": "全域美丽提升",
        "commander": "钱七",
        "member": "孙八、郑六",
        "contact": "郑六",
        "phone": "13800000001",
        "units": "示例办、倪宅村",
    }
    made = forces.save_force(desk.app, None, {"name": "美丽专班", **said, "since": "2021-02-25"})
    forces.save_force(desk.app, made.record_id, {"name": "全域美丽专班", **said, "since": "2021-02-25", "deputy": "孙八"})
    spare = forces.save_force(desk.app, None, {"name": "多余的专班", "commander": "钱七"})
    forces.delete_force(desk.app, spare.record_id)
    forces.take_category(desk.app, made.record_id)
    forces.give(desk.app, [desk.task("防汛演练")], made.record_id)


def file_and_check(desk: Desk) -> None:
    """Photos with a task, a milestone and an occurrence, one removed; occurrences done, one opened again."""
    app, lamps = desk.app, desk.task("穿村段路灯安装")
    with app.reading() as session:
        weeks = list(session.scalars(select(Occurrence.id).where(Occurrence.task_id == lamps).order_by(Occurrence.due)))
        first = session.scalars(select(Milestone.id).where(Milestone.task_id == lamps).order_by(Milestone.position)).first()
    attachments.add(app, lamps, [desk.picture("招标.png", 1)], milestone_id=first)
    attachments.add(app, lamps, [desk.picture("开工.png", 2), desk.picture("多余.png", 3)])
    spare = desk.one(select(Attachment.id).where(Attachment.name == "多余.png"))
    attachments.remove(app, [spare])
    attachments.assign(app, [desk.one(select(Attachment.id).where(Attachment.name == "开工.png"))], weeks[0], None)
    occurrences.finish(app, weeks[:2], "3月1日", "检查两处")
    occurrences.reopen(app, weeks[1:2])


def print_and_return(desk: Desk) -> None:
    """Approved and printed; unlocked so that papers are outdated; changed, approved and printed again."""
    titles = ("穿村段路灯安装", "公厕改造", "绿道一期", "主题党日规范化", "防汛演练", "老范例办的事", "张山的事")
    ids = [desk.task(title) for title in titles]
    with desk.app.reading() as session:
        imported = list(session.scalars(select(Task.id).where(Task.state == "submitted").order_by(Task.id)))
    review.submit(desk.app, ids)
    desk.reviewed(review.approve, [*ids, *imported])
    desk.make(desk.app, "pledge", desk.scratch / "p.pdf")
    desk.back(desk.make(desk.app, "slip", desk.scratch / "s.pdf"))
    desk.make(desk.app, "slip", desk.scratch / "s2.pdf")
    desk.reviewed(review.unlock, ids[:1], "金额有误")
    desk.change("穿村段路灯安装", investment="13.5", funding="镇补 11万\n村自筹 2.5万", responsible="张三、李四、王五")
    desk.approve(ids[:1])
    desk.back(desk.make(desk.app, "pledge", desk.scratch / "p2.pdf"))
    desk.make(desk.app, "pledge", desk.scratch / "p3.pdf")
    desk.reviewed(review.send_back, ids[1:2], "请核对时限")
    desk.change("公厕改造", due="5月底")


def mediate(desk: Desk) -> None:
    """Disputes entered, changed, approved, unlocked and deleted."""
    first = desk.dispute().record_id
    second = desk.dispute(summary="围墙越界", party_a="戊某", result="成功", closed_on="2021-03-10", agreement="书面").record_id
    third = desk.dispute(summary="录错的纠纷", village="金湖村").record_id
    desk.dispute(first, amount="9000", people="4")
    desk.approve([first, second], DISPUTES)
    desk.reviewed(review.unlock, [first], "金额有误", DISPUTES)
    entry.delete(desk.app, [third], DISPUTES)


def ask(desk: Desk) -> None:
    """Queries about fields: answered and closed, answered only, open."""
    app, toilet = desk.app, desk.task("公厕改造")
    for text in ("金额对吗", "谁负责", "能提前吗"):
        desk.reviewed(queries.ask, TASKS, toilet, "investment", text)
    with app.reading() as session:
        ids = list(session.scalars(select(Query.id).order_by(Query.id)))
    for query_id in ids[:2]:
        queries.answer(app, query_id, "已核对")
    desk.reviewed(queries.close, TASKS, ids[0])


def change_units(desk: Desk) -> None:
    """Units renamed, split, merged; records of one unit and one person made one; work handed over; people closed."""
    app = desk.app
    unit_changes.rename(app, desk.unit("示例办"), {"name": "示例工作办", "on": "2021-02-01"})
    unit_changes.merge_into(app, desk.unit("大屋村"), {"successor": "颜宅村", "on": "2021-02-20"})
    unit_changes.split(app, desk.unit("渎溪村"), {"names": "上渎溪村、下渎溪村", "on": "2021-02-20"})
    merging.merge_people(app, desk.person("张三", "倪宅村"), desk.person("张山", "倪宅村"))
    merging.merge_units(app, desk.unit("示例工作办"), desk.unit("范例办"))
    handing_over.hand_over(app, desk.person("王五", "花街镇"), desk.person("钱七", "花街镇"))
    organisation.close_person(app, desk.person("王五", "花街镇"))


def take_back(desk: Desk) -> None:
    """The recycle bin, an earlier version brought back, undo and redo."""
    app = desk.app
    gone = entry.delete(app, [desk.task("录错的一项")], TASKS)
    desk.back(desk.back(gone))
    entry.delete(app, [desk.task("村务公开")], TASKS)
    with app.reading() as session:
        bin_ids = list(recycle_bin.deleted_ids(session, "村务公开"))
    recycle_bin.restore_deleted(app, bin_ids[:1])
    desk.change("村务公开", due="10月底", responsible="周九", quantities="示例5处")
    with app.reading() as session:
        found = versions.versions(session, TASKS, desk.task("村务公开"))
    versions.bring_back(app, TASKS, desk.task("村务公开"), found[-1].operation_id)


def next_year(desk: Desk) -> None:
    """2022 with what was not finished, then back to work on 2021."""
    years.next_year(desk.app, years.Wishes(2022, "“三五”大比拼", shift=True))
    years.switch_to(desk.app, desk.one(select(Campaign.id).where(Campaign.year == 2021)))
    desk.enter(title="再录错的一项", milestones="5月底 开工", quantities="示例3处", cooperating="金湖村", funding="镇补 3万")
    desk.enter(title="没有时限的草稿", due="")


def keep_habits(desk: Desk) -> None:
    """What is half typed, what a person likes, and the first page for the next start."""
    app = desk.app
    half = drafts.HalfTyped("ledgers", {"ledger": "disputes"}, "新的矛盾纠纷", {}, {**DISPUTE, "summary": "还没写完"})
    drafts.keep(app, half)
    saved_filters.keep(app, "我的路灯", TaskFilter(text="路灯"))
    settings.keep_habit(app, "columns/tasks", ["title", "unit", "due"])
    with app.reading() as session:
        found = figures.home(session, app.today(), approved_only=False)
    glance.keep(app, glance.Glance(date(2021, 3, 1), "花街镇 · 2021", {"checklist": 2}, ["张三"], found))
