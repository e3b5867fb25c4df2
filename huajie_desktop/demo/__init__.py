"""The demo: the whole main job on made-up data, marked as such."""

from collections.abc import Iterator
from pathlib import Path

from huajie_desktop import office
from huajie_desktop.application import Application
from huajie_desktop.demo import demo_details, demo_disputes, demo_forces, demo_organisation, demo_progress, demo_year
from huajie_desktop.demo.demo_cast import another_clock
from huajie_desktop.demo.demo_fates import LAST, SET_UP
from huajie_desktop.papers.dossier import make_dossiers
from huajie_desktop.papers.making import Order, make
from huajie_desktop.papers.paper_kinds import KINDS, Per
from huajie_desktop.papers.reporting import make_report
from huajie_desktop.receiving import importing, intake
from huajie_desktop.seat import Seat
from huajie_desktop.settings import STANDS_ON, keep_rule
from huajie_desktop.township import seating
from huajie_desktop.township.shipped import demo_township
from huajie_desktop.typesetting.files import PDF, WORD
from huajie_desktop.work.checklist import TaskFilter, task_ids
from huajie_desktop.work.review import approve
from huajie_desktop.work.task_ledger import TASK_REVIEW
from resources import path

# What the clerk of the demo fills in; nothing of it is an office's own text.
SAID = {
    "通知单类型": "督查提醒单", "立项依据": "（演示）会议纪要", "办理要求": "（演示）倒排工期，每周五前报送进展。",
    "办理期限": "2021-06-30", "检查时间": "2021-05-10", "检查地点": "（演示）", "检查人员": "示例甲、示例乙",
    "存在问题": "（演示）进度滞后于序时进度。", "整改要求": "（演示）逐项整改。", "整改期限": "2021-05-20",
    "申请延期至": "2021-10-31", "延期原因": "（演示）连续降雨，无法施工。", "奖项": "（演示）先进单位", "月份": "6月",
    "下步要求": "（演示）对照清单，加快推进。", "红头": "花街镇人民政府文件", "抄送": "（演示）",
    "事由": "（演示）商请支持路灯安装", "主送": "（演示）供电公司", "正文": "（演示）现就路灯安装有关事项函商如下，请予支持。",
    "会议名称": "（演示）工作例会", "议题": "（演示）路灯安装", "会议日期": "2021-06-08",
    "会议地点": "（演示）会议室", "主持人": "示例甲",
    "议定事项": "（演示）一、倒排工期。\n二、按月通报。", "出席": "示例甲、示例乙",
}  # fmt: skip
_REPORTED = {"月份": "6月", "成文日期": "2021-06-25", "下步打算": "（演示）一是盯住受阻任务，二是按月通报进展。"}
CLERK, REVIEWER, SUPERVISOR = "张三（演示）", "李四（演示）", "周督（演示）"


def demo_files() -> list[Path]:
    """The workbooks 27 units of the demo sent."""
    return sorted(path("demo").glob("*.xlsx"))


def open_demo(folder: Path) -> Seat:
    """Opens `folder` with the demo's data and the whole of its year; it is looked at on its last day ever after."""
    seat, *others = begin(folder)
    if others:
        for _day in demo_year.play(seat, *others):
            pass
        with another_clock(seat.data, LAST):
            keep_rule(seat, STANDS_ON, LAST.isoformat())
    return seating.come_in(seat.data, CLERK)


def open_begun(folder: Path) -> Seat:
    """The same without its year but three months of reports: what shows papers and pages, and is made in a few seconds."""
    seat, *others = begin(folder)
    if others:
        demo_progress.fill(seat)
    return seat


def begin(folder: Path) -> tuple[Seat, ...]:
    """The office before its year: set up, marked, its sheets imported by a clerk and approved by a reviewer.

    The seats of clerk, reviewer and supervisor; the clerk's alone where all that was there already.
    """
    data = Application.create(folder)
    if seating.is_set_up(data):
        return (seating.come_in(data, CLERK),)
    with another_clock(data, SET_UP):
        return _set_up(data)


def _set_up(data: Application) -> tuple[Seat, Seat, Seat]:
    usual = demo_township()
    seat = seating.set_up(data, usual.name, usual.year, CLERK)
    office.mark_as_demo(seat)
    intake.apply(seat, importing.preview(seat, demo_files()))
    demo_details.fill(seat)
    reviewer = seating.come_in(data, REVIEWER)
    with seat.reading() as session:
        submitted = task_ids(session, TaskFilter(state=TASK_REVIEW.waiting), today=seat.today())
    approve(reviewer, submitted)
    demo_organisation.fill(seat)
    demo_forces.fill(seat)
    demo_disputes.fill(seat, reviewer)
    return seat, reviewer, seating.come_in(data, SUPERVISOR)


def make_everything(seat: Seat, out: Path) -> Iterator[Path]:
    """Writes papers of every kind, the report and a dossier into `out`; yields each file."""
    out.mkdir(parents=True, exist_ok=True)
    for kind, name in (("pledge", "承诺书"), ("slip", "承诺交办单")):
        for ending in (PDF, WORD):
            yield from make(seat, Order(kind), out / f"{name}（全部单位）{ending}").files
        yield from make(seat, Order(kind), out / name, separate=True).files
    with seat.reading() as session:
        first = task_ids(session, TaskFilter(text="路灯"), today=seat.today())[:1]
    for kept in KINDS.values():
        if kept.key not in ("pledge", "slip"):
            order = Order(kept.key, first if kept.per is Per.TASK else None, SAID)
            for ending in (PDF, WORD):
                yield from make(seat, order, out / f"{kept.title}{ending}").files
    for ending in (PDF, WORD):
        report, dossier = (out / f"{name}{ending}" for name in ("任务进展情况报告", "一事一档"))
        make_report(seat, report, said=_REPORTED)
        make_dossiers(seat, first, dossier)
        yield from (report, dossier)
