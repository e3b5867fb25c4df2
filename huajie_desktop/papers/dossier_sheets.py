"""The sheets of a dossier that are its own: task sheet, evidence and its pictures, contents, what is counted, operations log."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sqlalchemy import or_, select

from db.attachments import ATTACHMENT_KINDS
from db.choices import STATES
from db.clock import local_time
from db.fields import Kind
from db.ledgers.progress import Progress
from db.models import Attachment, Extension, Finding, Notice, Task
from db.reports import MONTHS, STAGES
from huajie_desktop.journal.row_words import Difference
from huajie_desktop.journal.versions import Version
from huajie_desktop.papers.dossier_chapters import SIZE, Chapter
from huajie_desktop.records.entry import texts_of
from huajie_desktop.seat import SeatSession
from huajie_desktop.typesetting.content import Picture, TableContent, word_day, word_due
from huajie_desktop.typesetting.outline import headings
from huajie_desktop.typesetting.table import Align, Column
from huajie_desktop.typesetting.wording import Block, Place
from huajie_desktop.work.kept_contents import fault_of, path_of
from huajie_desktop.work.task_ledger import TASKS

SHEET, LOG = "任务单", "附：操作记录"
_PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp")
_APART = ("title", "unit", "due", "milestones")  # worded otherwise, or a chapter of their own
_SHORT = 11  # characters a value may have to share its line with another
_C = Align.CENTRE
_DAY = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_MONEY = re.compile(r"(?<=\d[万亿])(?!元)")  # a form says 14万
_FREE = (Kind.TEXT, Kind.LONG_TEXT)  # what people wrote stays as it is


def task_sheet(session: SeatSession, task: Task, unit: str) -> Iterator[Block]:
    """The task sheet as rows of a form: short facts two to a row, long ones across."""
    yield from (Block(Place.SHEET), Block(Place.TITLE, (SHEET,)), Block(Place.ROW, ("任务名称", task.title)))
    waiting: tuple[str, str] | None = None
    for label, value in _facts(session, task, unit):
        if _width(value) > _SHORT or "\n" in value:
            yield from [Block(Place.ROW, waiting)] if waiting else []
            yield Block(Place.ROW, (label, value))
            waiting = None
        elif waiting:
            yield Block(Place.ROW, (*waiting, label, value))
            waiting = None
        else:
            waiting = label, value
    yield from [Block(Place.ROW, waiting)] if waiting else []


def _width(text: str) -> float:
    """About how wide a text is, in characters of full width."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _facts(session: SeatSession, task: Task, unit: str) -> Iterator[tuple[str, str]]:
    yield "责任单位", unit
    yield "任务编号", task.number or "没有编号"
    yield "完成时限", word_due(task.due, task.due_precision or "day", task.ongoing)
    yield "完成情况", _stage(session, task)
    texts = texts_of(session, TASKS, task.id)
    for key, declared in TASKS.form_fields.items():
        if key not in _APART and texts.get(key) and texts[key] != "否":
            yield declared.label, _officially(texts[key], declared.kind) + declared.unit
    yield "审核状态", STATES[task.state]
    if task.return_reason:
        yield "退回原因", task.return_reason


def _stage(session: SeatSession, task: Task) -> str:
    """Finished on a day, or what was reported last."""
    if task.finished_on:
        return "已办结"
    said = select(Progress.stage, Progress.month).where(Progress.task_id == task.id, Progress.stage.is_not(None))
    for stage, month in session.execute(said.order_by(Progress.month.desc()).limit(1)):
        return f"{STAGES[str(stage)]}（{MONTHS[month]}报）"
    return "没有报过"


def evidence(session: SeatSession, folder: Path, task_id: int) -> Chapter:
    """The files that prove the task, each with the number of its picture; what is lost or was changed is said."""
    columns = (
        Column("序号", 12, _C), Column("文件名称", 60), Column("种类", 18, _C), Column("情况", 34, _C), Column("添加", 32, _C),
    )  # fmt: skip
    rows, figure = list[tuple[str, ...]](), 0
    for number, item in enumerate(_attached(session, task_id), 1):
        figure += _is_picture(item)
        said = _fault(folder, item) or (f"见图{figure}" if _is_picture(item) else _size(item.size))
        added = f"{word_day(local_time(item.added_at).date())}\n{item.added_by}"
        rows.append((str(number), item.name, ATTACHMENT_KINDS[item.kind], said, added))
    return Chapter("佐证材料", TableContent(columns, tuple(rows), size=SIZE))


def pictures_of(session: SeatSession, folder: Path, task_id: int) -> dict[str, Picture]:
    """All pictures among the files with their captions, by their names in the document."""
    found = [item for item in _attached(session, task_id) if _is_picture(item)]
    return {f"图{number}": _picture(folder, number, item) for number, item in enumerate(found, 1)}


def _picture(folder: Path, number: int, item: Attachment) -> Picture:
    who = f"{item.added_by}，{word_day(local_time(item.added_at).date())}"
    return Picture(path_of(folder, item.digest, item.name), f"图{number}　{Path(item.name).stem}（{who}）")


def lost(session: SeatSession, folder: Path, task_id: int) -> list[str]:
    """Which files are not there as they were added, in words."""
    return [f"{item.name}：{fault}" for item in _attached(session, task_id) if (fault := _fault(folder, item))]


def _attached(session: SeatSession, task_id: int) -> Sequence[Attachment]:
    """The files of the task, of its reports, and of what is about it: extensions, notices, findings."""
    about = (select(model.uid).where(model.task_id == task_id) for model in (Progress, Extension, Notice, Finding))
    own = select(Task.uid).where(Task.id == task_id)
    hangs = or_(*(Attachment.owner_uid.in_(uids) for uids in (own, *about)))
    return session.scalars(select(Attachment).where(hangs).order_by(Attachment.id)).all()


def _is_picture(item: Attachment) -> bool:
    return Path(item.name).suffix.lower() in _PICTURES


def _fault(folder: Path, item: Attachment) -> str:
    return fault_of(path_of(folder, item.digest, item.name), item.digest, item.size)


def _size(count: int) -> str:
    """Bytes as people say them."""
    return f"{max(count / 1024, 1):.0f} KB" if count < 1 << 20 else f"{count / (1 << 20):.1f} MB"


def listed(blocks: Sequence[Block], task: Task, chapters: Mapping[str, Chapter]) -> TableContent:
    """The contents: each sheet that was filled, chapters paper by paper, with the place of the heading it stands under."""
    columns = (
        Column("序号", 13, _C), Column("文件名称", 58), Column("文号", 41, _C), Column("日期", 30, _C), Column("页号", 14, _C),
    )  # fmt: skip
    rows, pages = list[tuple[str, ...]](), list[int | None]()
    for place, heading in enumerate(headings(blocks)):
        if heading.text == SHEET:
            lines = [(SHEET, task.number or "", "")]
        elif heading.text in chapters:
            lines = [*chapters[heading.text].filed] or [(heading.text, "", "")]
        else:
            continue
        rows += [(str(len(rows) + number), *line, "") for number, line in enumerate(lines, 1)]
        pages += [place] * len(lines)
    return TableContent(columns, tuple(rows), size=SIZE, pages=tuple(pages))


def counted(papers: int) -> TableContent:
    """How many papers and pages the volume has."""
    columns = Column("项目", 78, _C), Column("数量", 78, _C)
    return TableContent(columns, (("本卷共有文件材料（件）", str(papers)), ("本卷共有页数（页）", "")), pages=(None, -1))


def logged(history: Sequence[Version]) -> TableContent:
    """Who changed what and when, the first change first."""
    columns = (
        Column("序号", 12, _C), Column("时间", 30, _C), Column("姓名", 22, Align.NAMES), Column("操作", 32, least=36),
        Column("内容", 60),
    )  # fmt: skip
    rows = tuple(
        (str(number), f"{word_day(version.at.date())}\n{version.at:%H:%M}", version.actor, version.label, _worded(version))
        for number, version in enumerate(reversed(history), 1)
    )
    return TableContent(columns, rows, size=SIZE)


def _worded(version: Version) -> str:
    if not version.there:
        return "删除了这项任务"
    said = "\n".join(map(_changed, version.changes)) or "内容没有变化"
    return f"{said}\n（这一步后来撤销了）" if version.undone else said


def _changed(change: Difference) -> str:
    """What a field said before and says now; of one with several only what came and what went."""
    several = change.key not in TASKS.fields or change.key in TASKS.parts
    kind = Kind.DAY if several else TASKS.fields[change.key].kind
    old, new = (_officially(text, kind) for text in (change.old, change.new))
    if several and (said := _came_and_went(old, new)):
        return f"{change.label}：{said}"
    if not old:
        return f"{change.label}：{new}"
    return f"{change.label}：由“{old}”改为“{new}”" if new else f"{change.label}：删去“{old}”"


def _came_and_went(old: str, new: str) -> str:
    """What is among the new of several and was not among the old, and the other way round."""
    before, after = (list(filter(None, re.split("[；、]", text))) for text in (old, new))
    came = "、".join(one for one in after if one not in before)
    went = "、".join(one for one in before if one not in after)
    said = (f"增加“{came}”" if came else "", f"减少“{went}”" if went else "")
    return "，".join(filter(None, said)) if before and after else ""


def _officially(text: str, kind: Kind) -> str:
    """Days and money as official documents write them, wherever the program wrote them itself."""
    if kind in _FREE:
        return text
    if kind is Kind.FUNDING:
        return _MONEY.sub("元", text)
    return _DAY.sub(lambda found: f"{found[1]}年{int(found[2])}月{int(found[3])}日", text)
