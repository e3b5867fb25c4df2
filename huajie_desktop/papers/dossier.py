"""One task, one file (一事一档): everything kept about a task gathered for paper."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from db.attachments import ATTACHMENT_KINDS
from db.choices import STATES
from db.clock import local_time
from db.hanging import hanging_on
from db.models import Attachment, Milestone, Occurrence, Paper, PaperTask, Query, Task
from db.papers import PAPER_KINDS
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.journal.versions import Version, versions
from huajie_desktop.office import is_demo
from huajie_desktop.papers.left_out import LeftOut, in_words, refuse
from huajie_desktop.papers.printing import Printed, Undrawable, write_dossiers
from huajie_desktop.records.entry import texts_of
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.typesetting.content import DossierContent, Picture, Section
from huajie_desktop.typesetting.faces import apply_faces
from huajie_desktop.typesetting.fonts import MissingGlyphs, missing_in
from huajie_desktop.work.kept_contents import path_of
from huajie_desktop.work.task_ledger import TASKS

_PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp")
_APART = ("title", "milestones")  # what stands in the heading or in a table of its own


class Dossiers(NamedTuple):
    """What was made, one by one, and what could not be made among it."""

    printed: list[Printed]
    left: list[LeftOut]


def make_dossiers(seat: Seat, ids: Sequence[int], target: Path, job: Job | None = None) -> Dossiers:
    """Writes the dossiers of those tasks into one file. Raises Problem where there is none to be made; then no file is left."""
    if not ids:
        raise Problem("没有选中任务，没有生成文件。请先在清单中选择任务。")
    contents, left = list[tuple[int, DossierContent]](), list[LeftOut]()
    with seat.reading() as session:
        apply_faces(session)
        there = set(session.scalars(select(Task.id).where(Task.id.in_(ids))))
        for task_id in filter(there.__contains__, ids):
            content = gather(session, seat.folder, task_id)
            missing = tuple(missing_in(content.texts()))
            if missing:
                left.append(LeftOut(_about(content), MissingGlyphs(missing), None, task_id, missing))
            else:
                contents.append((task_id, content))
    if gone := len(set(ids) - there):
        left.append(LeftOut(f"{gone} 项任务", Problem("已经删除了，在“历史”页可以找回。")))
    while contents:
        try:
            return Dossiers(write_dossiers([content for _id, content in contents], target, job), left)
        except Undrawable as undrawable:
            for place, fault in undrawable.faults.items():
                task_id, content = contents[place]
                left.append(LeftOut(_about(content), in_words(seat.folder, fault), None, task_id))
            contents = [one for place, one in enumerate(contents) if place not in undrawable.faults]
    raise refuse(left)


def _about(content: DossierContent) -> str:
    return f"{content.unit}《{content.title}》"


def gather(session: SeatSession, folder: Path, task_id: int) -> DossierContent:
    """What a task's dossier says; sections without a line are left out. `folder` is the data folder."""
    task, year = session.get_one(Task, task_id), session.campaign
    name = f"{year.year}年{year.name}" + ("（演示数据）" if is_demo(session) else "")
    sections = (
        _milestones(session, task_id), _occurrences(session, task_id), _papers(session, task_id), _queries(session, task_id),
        _files(session, folder, task_id), _history(session, task_id),
    )  # fmt: skip
    return DossierContent(
        session.township.name, year.year, name, task.unit.name, task.title, (("年度活动", name), *_facts(session, task)),
        tuple(section for section in sections if section.rows), tuple(_pictures(session, folder, task_id)),
    )  # fmt: skip


def _facts(session: SeatSession, task: Task) -> Iterator[tuple[str, str]]:
    yield "编号", task.number or "（未编号）"
    yield "状态", STATES[task.state]
    texts = texts_of(session, TASKS, task.id)
    for key, declared in TASKS.form_fields.items():
        if key not in _APART and texts.get(key) and texts[key] != "否":
            yield declared.label, texts[key] + declared.unit
    if task.return_reason:
        yield "退回原因", task.return_reason


def _milestones(session: SeatSession, task_id: int) -> Section:
    found = session.scalars(select(Milestone).where(Milestone.task_id == task_id).order_by(Milestone.position))
    rows = tuple((f"{item.due or item.raw or ''}", item.text, item.evidence or "") for item in found)
    return Section("时间节点", ("时间", "节点要求", "佐证材料"), (30, 82, 44), rows)


def _occurrences(session: SeatSession, task_id: int) -> Section:
    found = session.scalars(select(Occurrence).where(Occurrence.task_id == task_id).order_by(Occurrence.due))
    rows = tuple((f"{item.due}", f"{item.done_on or '未办'}", item.note or "") for item in found)
    return Section("周期事项", ("应办日期", "办理日期", "办理情况"), (30, 30, 96), rows)


def _papers(session: SeatSession, task_id: int) -> Section:
    statement = select(Paper).join(PaperTask, PaperTask.paper_id == Paper.id).where(PaperTask.task_id == task_id)
    rows = tuple(
        (PAPER_KINDS[paper.kind], paper.number or "", _at(paper.made_at), paper.made_by, paper.outdated_why or "有效")
        for paper in session.scalars(statement.order_by(Paper.id))
    )
    return Section("已制作文书", ("文书", "编号", "制作时间", "制作人", "情况"), (26, 40, 32, 24, 34), rows)


def _queries(session: SeatSession, task_id: int) -> Section:
    statement = select(Query).where(hanging_on(Query, Task, [task_id])).order_by(Query.id)
    rows = tuple(
        (_label(item.field), item.text, f"{item.asked_by}\n{_at(item.asked_at)}", item.answer or "未答复", item.answered_by or "")
        for item in session.scalars(statement)
    )
    return Section("疑问与答复", ("栏目", "疑问", "提出", "答复", "答复人"), (24, 44, 32, 36, 20), rows)


def _files(session: SeatSession, folder: Path, task_id: int) -> Section:
    rows = tuple(
        (item.name, ATTACHMENT_KINDS[item.kind], f"{item.size / 1024:.0f} KB", _at(item.added_at), item.added_by)
        if path_of(folder, item.digest, item.name).exists()
        else (item.name, ATTACHMENT_KINDS[item.kind], "文件丢失", _at(item.added_at), item.added_by)
        for item in _attached(session, task_id)
    )
    return Section("附件", ("文件", "种类", "大小", "添加时间", "添加人"), (56, 20, 20, 34, 26), rows)


def _history(session: SeatSession, task_id: int) -> Section:
    rows = tuple(
        (f"{version.at:%Y-%m-%d %H:%M}", version.actor, version.label, _worded(version))
        for version in versions(session, TASKS, task_id)
    )
    return Section("修改记录", ("时间", "姓名", "做了什么", "改动"), (30, 26, 38, 62), rows)


def _worded(version: Version) -> str:
    if not version.there:
        return "删除"
    if not any(change.old for change in version.changes):
        return "\n".join(f"{change.label}：{change.new}" for change in version.changes)
    return "\n".join(f"{change.label}：{change.old or '（空）'} → {change.new or '（空）'}" for change in version.changes)


def _pictures(session: SeatSession, folder: Path, task_id: int) -> Iterator[Picture]:
    for item in _attached(session, task_id):
        file = path_of(folder, item.digest, item.name)
        if file.suffix.lower() in _PICTURES and file.exists():
            yield Picture(file, f"{item.name}（{item.added_by} {_at(item.added_at)}）")


def _attached(session: SeatSession, task_id: int) -> Sequence[Attachment]:
    return session.scalars(select(Attachment).where(hanging_on(Attachment, Task, [task_id])).order_by(Attachment.id)).all()


def _at(moment: datetime) -> str:
    return f"{local_time(moment):%Y-%m-%d %H:%M}"


def _label(key: str) -> str:
    return TASKS.fields[key].label if key in TASKS.fields else "全部"
