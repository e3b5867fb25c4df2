"""Whether a preview can be taken in, and if not, why; all in words."""

from collections import Counter
from typing import NamedTuple

from huajie_desktop.receiving.asked import TABLE, asked_of
from huajie_desktop.receiving.previews import APPLIED, Preview


class Readiness(NamedTuple):
    """What stands in the way of taking a preview in, and what taking it in would do."""

    rows: int
    ready: int  # rows that would be taken
    waiting: int  # rows with errors or decisions to be made
    unread: int  # files and sheets
    faulty: bool  # whether some can be sent back
    reason: str  # why it cannot be taken in as it is; empty if it can
    words: str  # of the button
    offer: str  # to leave out what stands in the way


def readiness(preview: Preview) -> Readiness:
    """Looks at all rows once."""
    counts, done = Counter[str](), Counter[str]()
    for row in preview.rows:
        status = row.status
        counts[status] += 1
        if status in APPLIED:
            done["撤下" if row.removed else "新增" if row.target is None else "修改"] += 1
    sheets = sum(asked.sort == TABLE and asked.is_open for file in preview.files for asked in asked_of(file))
    ready, unread = done.total(), sum(1 for file in preview.files if file.read.problem)
    waiting = counts["error"] + counts["conflict"] + counts["ask"]
    reason, offer = _reason(counts, unread, sheets, ready, preview.noun), _offer(waiting, unread, sheets)
    return Readiness(counts.total(), ready, waiting, unread + sheets, counts["error"] > 0, reason, _words(done), offer)


def _reason(counts: Counter[str], unread: int, sheets: int, ready: int, noun: str) -> str:
    deciding = counts["conflict"] + counts["ask"]
    parts = [f"{counts['error']} 行有错误"] * bool(counts["error"]) + [f"{deciding} 行要决定"] * bool(deciding)
    parts += [f"{unread} 个文件读不了"] * bool(unread) + [f"{sheets} 张工作表没有读"] * bool(sheets)
    if parts:
        return f"还有 {'、'.join(parts)}，处理或跳过后才能导入。"
    if not ready:
        return f"没有新{noun}：{counts['same']} 项都已导入过。" if counts["same"] else "没有可以导入的行。"
    return ""


def _words(done: Counter[str]) -> str:
    """导入 9 项, or 导入：新增 9、修改 5、撤下 1."""
    if set(done) == {"新增"}:
        return f"导入 {done['新增']} 项"
    parts = [f"{word} {done[word]}" for word in ("新增", "修改", "撤下") if done[word]]
    return f"导入：{'、'.join(parts)}" if parts else "导入"


def _offer(waiting: int, unread: int, sheets: int) -> str:
    parts = [f"有问题的 {waiting} 行"] * bool(waiting) + [f"读不了的 {unread} 个文件"] * bool(unread)
    return f"跳过{'和'.join(parts + [f'没有读的 {sheets} 张工作表'] * bool(sheets))}，导入其余的"
