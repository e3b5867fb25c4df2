"""A year of work with the program of schema 0006, whose services get a seat: python make_0006.py CHECKOUT, see README.md."""

import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

import make

TODAY = make.TODAY
PROJECT = {
    "title": "倪宅村文化礼堂改造", "unit": "倪宅村", "lead": "张三", "responsible": "倪成纲、李四", "quantities": "路灯12盏",
    "investment": "80", "funding": "镇补 50万\n村自筹 30万", "start": "2021-03-01", "due": "8月底前",
    "milestones": "5月底 完成招标 佐证：中标通知书", "finished": "未完成",
}  # fmt: skip
WALL = {"accepted_on": "2021-03-05", "kind": "邻里", "village": "倪宅村", "summary": "排水沟改道起争执", "level": "一般"}


def main(checkout: Path) -> None:
    """Works, takes the last five steps back and does them again, and keeps the database with what lay beside it."""
    sys.path[:0] = [str(checkout)]
    from huajie_desktop.application import Application

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        data = Application.open(folder, today=lambda: TODAY)
        seat = work(data, Path(scratch))
        last = last_five(seat, Path(scratch))
        data.close()
        prove(shutil.copytree(folder, Path(scratch) / "again"), last)
        make.keep(folder, "0006", "0006")


def work(data, scratch: Path):
    """Everything but the last five steps; returns the clerk's seat."""
    from huajie_desktop import demo, office
    from huajie_desktop.journal import history
    from huajie_desktop.ledgers import LEDGERS
    from huajie_desktop.papers.making import Order
    from huajie_desktop.papers.making import make as make_papers
    from huajie_desktop.receiving import importing, intake
    from huajie_desktop.records import bulk, entry
    from huajie_desktop.township import seating
    from huajie_desktop.work import attachments, review
    from huajie_desktop.work.checklist import TaskFilter, task_ids
    from huajie_desktop.work.task_ledger import TASKS

    seat = seating.set_up(data, "花街镇", 2021, "张三")
    office.mark_as_demo(seat)
    files = demo.demo_files()
    intake.apply(seat, importing.preview(seat, files[:3]))
    taken = intake.apply(seat, importing.preview(seat, files[3:4]))
    history.undo(seat, [taken.changes.operation_id])
    reviewer = seating.come_in(data, "李四")
    with seat.reading() as session:
        ids = task_ids(session, TaskFilter(), today=TODAY)
    review.approve(reviewer, ids[:-3])
    review.send_back(reviewer, ids[-3:-1], "请写明数量")
    entry.save(seat, TASKS, ids[-2], {"quantities": "路灯12盏", "responsible": "赵六、孙八"})
    review.submit(seat, ids[-3:-1])
    bulk.set_field(seat, ids[-1:], TASKS, "due", "10月底前")
    photo = scratch / "现场.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(200)))
    attachments.add(seat, ids[0], [photo])
    make_papers(seat, Order("pledge"), scratch / "p.pdf")
    make_papers(seat, Order("slip"), scratch / "s.pdf")
    projects, reports = LEDGERS["livelihood_projects"], LEDGERS["livelihood_progress"]
    made = entry.save(seat, projects, None, PROJECT).record_id
    review.submit(seat, [made], projects)
    review.approve(reviewer, [made], projects)
    entry.save(seat, reports, None, {"unit": "倪宅村", "title": PROJECT["title"], "month": "3月", "percent": "30"})
    entry.save(seat, LEDGERS["disputes"], None, WALL)
    return seat


def last_five(seat, scratch: Path) -> list[int]:
    """The last five operations, each of another kind."""
    from sqlalchemy import select

    from db.models import Paper
    from huajie_desktop.ledgers import LEDGERS
    from huajie_desktop.papers import register
    from huajie_desktop.papers.making import Order
    from huajie_desktop.papers.making import make as make_papers
    from huajie_desktop.records import entry
    from huajie_desktop.work import review
    from huajie_desktop.work.checklist import TaskFilter, task_ids
    from huajie_desktop.work.task_ledger import TASKS

    with seat.reading() as session:
        ids = task_ids(session, TaskFilter(), today=TODAY)
        paper = session.scalars(select(Paper.id).order_by(Paper.id)).first()
        wall = session.scalars(select(LEDGERS["disputes"].model.id)).one()
    return [
        entry.save(seat, TASKS, ids[-1], {"milestones": "4月底 开工\n5月底 竣工", "funding": "镇补 5万"}).changes.operation_id,
        make_papers(seat, Order("award", None, {"奖项": "（演示）先进村"}), scratch / "a.pdf").changes.operation_id,
        register.hand_out(seat, [paper], date(2021, 3, 2), date(2021, 3, 18)).operation_id,
        review.unlock(seat, ids[:1], "请写明次数").operation_id,
        entry.delete(seat, [wall], LEDGERS["disputes"]).operation_id,
    ]


def prove(copy: Path, last: list[int]) -> None:
    """The program of its time takes them back and does them again."""
    from huajie_desktop.application import Application
    from huajie_desktop.journal import history
    from huajie_desktop.township import seating

    seat = seating.come_in(Application.open(copy, today=lambda: TODAY), "张三")
    before = contents(seat)
    undone = [history.undo(seat, [operation_id]).operation_id for operation_id in reversed(last)]
    for operation_id in reversed(undone):
        history.undo(seat, [operation_id])
    assert contents(seat) == before
    seat.data.close()


def contents(seat) -> dict[str, list[tuple]]:
    """Every row of the tables that hold content, but for the version each has from the operation before."""
    from db.models import Base, Record

    tables = [mapper.local_table for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)]
    with seat.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(table.select().order_by(table.c.id).with_only_columns(
                *(column for column in table.c if column.name != "version")
            ))]
            for table in tables
        }  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
