"""The year of work with the program of schema 0002, and its last five steps."""

from pathlib import Path

import year
from desk import Desk
from sqlalchemy import select

from db.ledgers.dispute import Dispute
from huajie_desktop.records import entry
from huajie_desktop.records.registers import TASKS
from huajie_desktop.work import papers, review


def make(app, kind: str, target: Path):
    """Pledges or slips of all units."""
    return papers.make_papers(app, kind, None, target).changes


def work(app, scratch: Path) -> None:
    """Everything but the last five steps."""
    year.live(Desk(app, scratch, make))
    papers.make_report(app, scratch / "r.pdf")


def last_five(app, scratch: Path) -> list[int]:
    """The last five operations, each of another kind."""
    desk = Desk(app, scratch, make)
    party, wall = desk.task("主题党日规范化"), desk.one(select(Dispute.id).where(Dispute.summary == "排水沟改道起争执"))
    parts = {"responsible": "赵六、孙八", "milestones": "4月底 开工\n5月底 竣工", "quantities": "公厕1座", "funding": "镇补 5万"}
    return [
        make(app, "slip", scratch / "s3.pdf").operation_id,
        desk.change("公厕改造", **parts, cooperating="金湖村", recurrence="每季度"),
        desk.dispute(wall, amount="9500", result="成功", closed_on="2021-03-20").changes.operation_id,
        desk.reviewed(review.unlock, [party], "请写明次数").operation_id,
        entry.delete(app, [desk.task("再录错的一项"), desk.task("没有时限的草稿")], TASKS).operation_id,
    ]
