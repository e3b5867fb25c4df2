"""The year of work with the program of schema 0004: every kind of paper, handed out and signed; and its last five steps."""

from datetime import date
from pathlib import Path

import returned
import year
from desk import DISPUTES, Desk
from sqlalchemy import select

from db.ledgers.dispute import Dispute
from db.models import Paper
from huajie_desktop.papers import register, wordings
from huajie_desktop.papers.kinds import KINDS, Per
from huajie_desktop.papers.making import Order
from huajie_desktop.papers.making import make as make_papers
from huajie_desktop.papers.reporting import make_report
from huajie_desktop.records import entry
from huajie_desktop.work import attachments, review

SAID = {
    "通知单类型": "督查提醒单", "立项依据": "（演示）会议纪要", "办理要求": "（演示）每周五前报送进展。", "办理期限": "2021-06-30",
    "检查时间": "2021-05-10", "检查地点": "（演示）", "检查人员": "示例甲、示例乙", "存在问题": "（演示）进度滞后。",
    "整改要求": "（演示）逐项整改。", "整改期限": "2021-05-20", "申请延期至": "2021-10-31", "延期原因": "（演示）连续降雨。",
    "奖项": "（演示）先进单位", "月份": "3月", "下步要求": "（演示）加快推进。", "红头": "花街镇人民政府文件", "抄送": "（演示）",
}  # fmt: skip


def make(app, kind: str, target: Path):
    """Papers of one kind for all."""
    return make_papers(app, Order(kind, None, SAID, "2021-03-20"), target).changes


def work(app, scratch: Path) -> None:
    """Everything but the last five steps."""
    desk = Desk(app, scratch, make)
    year.live(desk)
    returned.go_on(desk)
    make_all(desk)
    hand_out_and_sign(desk)
    make_report(app, scratch / "r.pdf")
    year.keep_habits(desk)


def make_all(desk: Desk) -> None:
    """A wording the office changed, and one paper of every other kind."""
    with desk.app.reading() as session:
        text = wordings.current(session, "slip").text
    wordings.save(desk.app, "slip", text.replace("各执一份", "各存一份"))
    lamps, village = desk.task("穿村段路灯安装"), desk.unit("倪宅村")
    for kind in KINDS.values():
        ids = {Per.TASK: [lamps], Per.UNIT: [village]}.get(kind.per)
        if kind.key != "pledge":
            make_papers(desk.app, Order(kind.key, ids, SAID), desk.scratch / f"{kind.key}.pdf")


def hand_out_and_sign(desk: Desk) -> None:
    """Handed out, scanned back, signed by hand, with the scan beside the entry; one scanned after its task was changed."""
    valid = select(Paper.id).where(Paper.outdated_at.is_(None), Paper.number.is_not(None)).order_by(Paper.id)
    with desk.app.reading() as session:
        ids = list(session.scalars(valid))
        code = session.get_one(Paper, ids[0]).code
    register.hand_out(desk.app, ids[:4], date(2021, 3, 1), date(2021, 3, 15))
    register.scan(desk.app, code)
    register.sign(desk.app, ids[1:2], date(2021, 3, 2), "张三")
    attachments.add(desk.app, ids[0], [desk.picture("签回.png", 4)], of=Paper)


def last_five(app, scratch: Path) -> list[int]:
    """The last five operations, each of another kind."""
    desk = Desk(app, scratch, make)
    wall = desk.one(select(Dispute.id).where(Dispute.summary == "排水沟改道起争执"))
    parts = {"responsible": "赵六、孙八", "milestones": "4月底 开工\n5月底 竣工", "quantities": "公厕1座", "funding": "镇补 5万"}
    last = desk.one(select(Paper.id).order_by(Paper.id.desc()).limit(1))
    return [
        desk.change("公厕改造", **parts, cooperating="金湖村", recurrence="每季度"),
        make_papers(app, Order("signoff", [desk.task("绿道一期")], SAID), scratch / "x.pdf").changes.operation_id,
        register.hand_out(app, [last], date(2021, 3, 2), date(2021, 3, 18)).operation_id,
        desk.reviewed(review.unlock, [desk.task("主题党日规范化")], "请写明次数").operation_id,
        entry.delete(app, [wall], DISPUTES).operation_id,
    ]
