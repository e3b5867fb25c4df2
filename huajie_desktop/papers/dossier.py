"""One task, one file (一事一档): everything kept about a task gathered as a volume for the archive."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from db.choices import STATES
from db.models import Task
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.journal.versions import Version, versions
from huajie_desktop.office import is_demo
from huajie_desktop.papers import dossier_chapters as kept
from huajie_desktop.papers import dossier_loop as loop
from huajie_desktop.papers.dossier_chapters import Chapter
from huajie_desktop.papers.dossier_sheets import LOG, SHEET, counted, evidence, listed, logged, lost, pictures_of, task_sheet
from huajie_desktop.papers.left_out import LeftOut, in_words, refuse
from huajie_desktop.papers.printing import Printed, Undrawable, write_papers
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.township.unit_names import names_on, paper_day
from huajie_desktop.typesetting.content import PaperContent, TableContent, word_day
from huajie_desktop.typesetting.faces import apply_faces
from huajie_desktop.typesetting.fonts import MissingGlyphs, missing_in
from huajie_desktop.typesetting.wording import Block, Place, shipped_wording
from huajie_desktop.work.signing_off import TASK_HANDLING
from huajie_desktop.work.task_ledger import TASKS

_KIND = "一事一档"
_FILES, _CONTENTS, _COUNT = "佐证材料", "卷内目录", "备考"
_NOTHING = TableContent((), ())
# Name of a line of the wording -> its chapter.
CHAPTERS: dict[str, Callable[[SeatSession, int, date], Chapter]] = {
    "承诺与交办": kept.promised, "时间节点": kept.steps, "月度进展": kept.months, "办理过程": loop.went, "红黄绿灯": loop.lights,
    "延期申请": loop.extended, "督查与整改": kept.checked, "督查记录": loop.supervised, "跟进记录": loop.followed,
    "疑问与答复": kept.questions, "验收销号": kept.closed, "销号登记": loop.signed_off,
}  # fmt: skip


class Dossiers(NamedTuple):
    """What was made, one by one, and what could not be made among it."""

    printed: list[Printed]
    left: list[LeftOut]


def make_dossiers(seat: Seat, ids: Sequence[int], target: Path, job: Job | None = None) -> Dossiers:
    """Writes the dossiers of those tasks into one file. Raises Problem where there is none to be made; then no file is left."""
    if not ids:
        raise Problem("没有选中任务，没有生成文件。请先在清单中选择任务。")
    contents, left = list[tuple[int, PaperContent]](), list[LeftOut]()
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
            return Dossiers(write_papers([content for _id, content in contents], target, job), left)
        except Undrawable as undrawable:
            for place, fault in undrawable.faults.items():
                task_id, content = contents[place]
                left.append(LeftOut(_about(content), in_words(seat.folder, fault), None, task_id))
            contents = [one for place, one in enumerate(contents) if place not in undrawable.faults]
    raise refuse(left)


def _about(content: PaperContent) -> str:
    return f"{content.fields['单位']}《{content.owner}》"


def gather(session: SeatSession, folder: Path, task_id: int) -> PaperContent:
    """A task's dossier; chapters without a line are left out, of the contents too. `folder` is the data folder."""
    task, year, today = session.get_one(Task, task_id), session.campaign, session.seat.today()
    names = names_on(session, paper_day(year.year, today))
    township, unit = names[year.township_id], names[task.unit_id]
    chapters = {name: make(session, task_id, today) for name, make in CHAPTERS.items()}
    chapters[_FILES] = evidence(session, folder, task_id)
    history = versions(session, TASKS, task_id)
    pictures = pictures_of(session, folder, task_id)
    tables = {chapter.title: chapter.table for chapter in chapters.values()} | {LOG: logged(history)}
    parts = {name: _leaf(chapter.title) if chapter.table.rows else () for name, chapter in chapters.items()}
    parts |= {SHEET: tuple(task_sheet(session, task, unit)), "操作记录": _leaf(LOG, Place.COVER)}
    if pictures:
        parts[_FILES] += (Block(Place.EMPTY), *(Block(Place.PICTURE, (name,)) for name in pictures))
    fields = {
        "镇": township, "年份": str(year.year), "单位": unit, "任务编号": task.number or "没有编号",
        "案卷题名": f"{township}{unit.removeprefix(township)}“{task.title}”任务档案", "任务状态": _stands(task),
        "起止日期": _span(history), "立卷人": session.seat.author.name, "立卷日期": word_day(today), "件数": "", "情况说明": "",
    }  # fmt: skip
    content = PaperContent(
        _KIND, township, year.year, task.title, shipped_wording("dossier"), fields,
        {**tables, _CONTENTS: _NOTHING, _COUNT: _NOTHING}, counted=False, note="演示数据" if is_demo(session) else "",
        parts=parts, pictures=pictures,
    )  # fmt: skip
    filed = listed(content.blocks(), task, {chapter.title: chapter for chapter in chapters.values()})
    empty = "、".join(chapter.title for chapter in chapters.values() if not chapter.table.rows)
    said = [f"本卷没有的内容：{empty}。" if empty else "", *(f"{fault}。" for fault in lost(session, folder, task_id))]
    fields |= {"件数": str(len(filed.rows)), "情况说明": "".join(said)}
    return replace(content, fields=fields, tables={**tables, _CONTENTS: filed, _COUNT: counted(len(filed.rows))})


def _stands(task: Task) -> str:
    """Where it stands on its way once that has begun, until then where in review."""
    stands = TASK_HANDLING.state(task.handling)
    return STATES[task.state] if stands == TASK_HANDLING.fresh else TASK_HANDLING.words[stands]


def _leaf(title: str, begins: Place = Place.SHEET) -> tuple[Block, ...]:
    """A table under its title on a sheet of its own."""
    return Block(begins), Block(Place.TITLE, (title,)), Block(Place.TABLE, (title,))


def _span(history: Sequence[Version]) -> str:
    """From the first to the last day on which anything was done about it."""
    days = [version.at.date() for version in history]
    return "至".join(dict.fromkeys(word_day(day) for day in (min(days), max(days)))) if days else ""
