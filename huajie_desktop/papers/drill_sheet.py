"""The sheet that says whether a copy could be brought back (备份恢复演练记录)."""

from datetime import date
from pathlib import Path

from huajie_desktop.backups.drill import Drill, rehearse
from huajie_desktop.backups.shelf import Copy
from huajie_desktop.jobs import Job
from huajie_desktop.occasions import WORDS
from huajie_desktop.papers.printing import write_papers
from huajie_desktop.typesetting.content import PaperContent, TableContent, word_day
from huajie_desktop.typesetting.looks import Look
from huajie_desktop.typesetting.table import Align, Column
from huajie_desktop.typesetting.wording import shipped_wording

_COLUMNS = (
    Column("核对什么", 66),
    Column("备份时", 34, Align.CENTRE),
    Column("恢复后", 34, Align.CENTRE),
    Column("结果", 22, Align.CENTRE),
)
_SIZE = 10.5  # 5号, so that it stays one sheet


def write_drill(copy: Copy, data: Path, target: Path, today: date, job: Job | None = None) -> Drill:
    """Tries bringing a copy back and writes how it went to `target`, be it well or not. Raises Problem, Cancelled."""
    done = rehearse(copy, data, job=job)
    rows = tuple((line.what, line.told, line.found, "一致" if line.agrees else "不一致") for line in done.compared)
    content = PaperContent(
        "备份恢复演练记录", copy.manifest.title if copy.manifest else "", today.year, "", shipped_wording("drill"),
        _fields(done, today), {"核对表": TableContent(_COLUMNS, rows, tuple(row[0] for row in rows), _SIZE)},
        look=Look.OFFICIAL, counted=False,
    )  # fmt: skip
    write_papers([content], target, job)
    return done


def _fields(done: Drill, today: date) -> dict[str, str]:
    copy = done.copy
    return {
        "结论": done.sentence + "。",
        "备份时间": copy.name,
        "为何备份": WORDS.get(copy.occasion, copy.occasion),
        "备份位置": str(copy.folder),
        "数据": f"内容是{copy.manifest.title}的数据。" if copy.manifest and copy.manifest.title else "",
        "以后": "" if done.later is None else f"备份以后又做了 {done.later} 步操作。" if done.later else "备份以后没有别的操作。",
        "日期": word_day(today),
    }
