"""The words and shapes of a marked workbook, for whoever writes or reads one; nothing here needs a library."""

from collections.abc import Sequence
from dataclasses import dataclass

SHEET = "填报问题"  # the sheet in front; not read when the workbook comes back
PREFIX = "【导入检查】"  # what a comment of ours begins with; no remark of the village
ADVICE = "把标红的单元格改好后保存，原样发回就可以直接导入；标黄的请核对。这一页不用改，导入时自动略过。"
HEADS = ("序号", "工作表", "位置", "内容", "问题", "怎么改")
WIDTHS = (6, 16, 9, 28, 46, 40)
LOOKS = {True: "FFFFC7CE", False: "FFFFEB9C"}  # fill of an error and of a doubt, light enough to read and to print


@dataclass(frozen=True)
class Mark:
    """One thing that is wrong: where (row from 1, column letters), what the cell says, what is wrong with it, what to do."""

    sheet: str
    row: int
    letter: str
    said: str
    message: str
    advice: str
    grave: bool  # an error, not only a doubt


@dataclass(frozen=True)
class Marked:
    """What is to be marked in one workbook, and the line over the summary."""

    title: str
    marks: Sequence[Mark]


def height(mark: Mark) -> float:
    """The height of a mark's row in the summary, in points, so that nothing of it is cut off."""
    texts = zip((mark.said, mark.message, mark.advice), WIDTHS[3:], strict=True)
    return 16.0 * max(1, *(-(-2 * len(text) // (width - 2)) for text, width in texts)) + 4


def is_ours(name: str, first: object) -> bool:
    """Whether a sheet is the summary we put in front: by its name and what its first cell says."""
    return name == SHEET and isinstance(first, str) and SHEET in first
