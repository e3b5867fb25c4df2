"""The year of work with the program of schema 0001: tasks, imports, review, pledges, slips and undo."""

from datetime import date
from pathlib import Path

import sheets
from sqlalchemy import select

from db.models import Category, Dimension, Task, Unit
from huajie_desktop import figures, glance, history, importing, intake, office, papers, review, tasks

LAMPS = {
    "title": "穿村段路灯安装", "content": "沿线安装路灯12盏", "category": "干事承诺", "unit": "倪宅村", "responsible": "张三、李四",
    "lead": "王五", "start": "3月1日", "due": "8月底前", "milestones": "4月底 完成招标\n6月底 竣工", "investment": "12.5", "remarks": "演示",
}  # fmt: skip
PARTY = {
    "title": "主题党日规范化",
    "category": "基层党建",
    "unit": "尚仁村",
    "due": "全年",
    "responsible": "赵六",
    "investment": "",
}
TASKS = (
    {},
    PARTY,
    {"title": "公厕改造", "category": "文明环境", "responsible": "钱七", "due": "2021-05-06", "investment": "3"},
    {"title": "没有时限的草稿", "due": "", "responsible": "孙八"},
    {"title": "录错的一项", "unit": "双溪村", "milestones": "5月底 开工", "responsible": "周九、吴十"},
    {"title": "再录错的一项", "unit": "双溪村", "milestones": "", "responsible": "吴十"},
)


def enter(app, **texts):
    """One task typed into the form; the rest as in LAMPS. Returns its id."""
    return tasks.save_task(app, None, {**LAMPS, **texts}).task_id


def change(app, task_id, **texts):
    """Some fields of a task typed anew."""
    with app.reading() as session:
        stood = tasks.form_texts(session, task_id)
    return tasks.save_task(app, task_id, {**stood, **texts}).changes


def as_reviewer(app, step, *arguments):
    """One step of 李四, who reviews."""
    app.actor = "李四"
    done = step(app, *arguments)
    app.actor = "张三"
    return done


def work(app, scratch: Path) -> None:
    """Everything but the last five steps."""
    office.set_up(app, "花街镇", 2021)
    office.mark_as_demo(app)
    name_parts(app)
    ids = [enter(app, **texts) for texts in TASKS]
    bring_in(app, scratch)
    review_and_print(app, scratch, ids)
    take_back(app, ids)
    with app.reading() as session:
        seen = glance.Glance(date(2021, 3, 1), "花街镇 · 2021", {"checklist": 2}, ["张三"], figures.home(session, app.today()))
    glance.keep(app, seen)


def name_parts(app) -> None:
    """Offices and categories beside what was there at first."""
    office.save_unit(app, None, {"name": "示例办", "kind": "office", "aliases": "示例 范例办"})
    with app.reading() as session:
        dimension = session.scalars(select(Dimension.id).order_by(Dimension.id.desc())).first()
        unit = session.scalars(select(Unit.id).where(Unit.name == "示例办")).one()
        environment = session.scalars(select(Category.id).where(Category.name == "文明环境")).one()
    office.save_unit(app, unit, {"name": "示例工作办", "kind": "office", "aliases": "示例办"})
    office.save_category(app, None, {"dimension_id": str(dimension), "name": "抱团共富", "code": "共富"})
    office.save_category(app, environment, {"name": "文明环境", "code": "文明", "aliases": "美丽环境"})


def bring_in(app, scratch: Path) -> None:
    """Two sheets at once, one with a row left out; a second batch that is taken back, and a third taken back and redone."""
    rows = ["干事承诺", "绿道一期", "1.5公里", 30, "郑一、张三", "9月底前"], ["其他", "", "没有名称", -5, "", "尽快"]
    first = [
        sheets.village(scratch, "金杜村", *rows),
        sheets.village(scratch, "卉川村", ["基层党建", "党员教育", "全年", None, "郑二", "全年"]),
    ]
    intake.apply(app, importing.preview(app, first), skip_errors=True)
    for unit, again in (("大屋村", False), ("颜宅村", True)):
        file = sheets.village(scratch, unit, ["重点工作", f"{unit}防汛演练", "两次", 2, "郑三、郑四", "6月底前"])
        done = intake.apply(app, importing.preview(app, [file])).changes
        undone = history.undo(app, [done.operation_id])
        if again:
            history.undo(app, [undone.operation_id])


def review_and_print(app, scratch: Path, ids) -> None:
    """Approved, printed, returned, changed, approved and printed again; a report."""
    lamps, party, toilet = ids[:3]
    with app.reading() as session:
        imported = list(session.scalars(select(Task.id).where(Task.state == "submitted")))
    review.submit(app, [lamps, party, toilet])
    as_reviewer(app, review.approve, [lamps, party, toilet, *imported])
    papers.make_papers(app, "pledge", None, scratch / "p.pdf")
    papers.make_papers(app, "slip", None, scratch / "slips", separate=True)
    as_reviewer(app, review.send_back, [lamps], "金额有误")
    change(app, lamps, investment="13.5", responsible="张三、李四、王五", milestones="4月底 完成招标\n7月底 竣工")
    review.submit(app, [lamps])
    as_reviewer(app, review.approve, [lamps])
    papers.make_papers(app, "pledge", None, scratch / "p2.pdf")
    done = as_reviewer(app, review.send_back, [toilet], "请核对时限")
    change(app, toilet, due="5月底")
    papers.make_report(app, scratch / "r.pdf")
    assert done


def take_back(app, ids) -> None:
    """Undo, redo, and what was deleted for good."""
    wrong = ids[4]
    deleted = tasks.delete_tasks(app, [wrong])
    undone = history.undo(app, [deleted.operation_id])
    history.undo(app, [undone.operation_id])
    review.submit(app, [ids[5]])
    review.withdraw(app, [ids[5]])
    changed = change(app, ids[3], due="10月底", lead="")
    history.undo(app, [changed.operation_id])


def last_five(app, scratch: Path) -> list[int]:
    """The last five operations, each of another kind."""
    with app.reading() as session:
        ids = {title: task_id for task_id, title in session.execute(select(Task.id, Task.title))}
    file = sheets.village(scratch, "潘宅村", ["平安创建", "平安巡防", "每周", 1, "郑五", "11月底前"])
    return [
        papers.make_papers(app, "slip", None, scratch / "s3.pdf").changes.operation_id,
        change(app, ids["公厕改造"], responsible="钱七、孙八", milestones="4月底 开工\n5月底 竣工", lead="王五").operation_id,
        intake.apply(app, importing.preview(app, [file])).changes.operation_id,
        as_reviewer(app, review.send_back, [ids["主题党日规范化"]], "请写明次数").operation_id,
        tasks.delete_tasks(app, [ids["再录错的一项"], ids["没有时限的草稿"]]).operation_id,
    ]
