"""The list of copies, wherever it stands: when, why and where each was made, what is in it, and whether it can come back."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from huajie_desktop.backups.keeping import lost_files
from huajie_desktop.backups.shelf import OWN, Copy
from huajie_desktop.copy_names import moment_said, occasion_said
from ui.desk.preferences import Preferences
from ui.lists.lines import LineColumn, LinesTable

_MB = 1 << 20
_GOOD = "完好"


class CopyLine(NamedTuple):
    """One copy in words."""

    id: int
    copy: Copy
    title: str  # when it was made
    why: str
    place: str
    tasks: str
    files: str
    size: str
    since: str
    whose: str
    lost: int  # files its place no longer has
    state: str


def _tint(line: CopyLine) -> str:
    return "red" if line.copy.fault else "yellow" if line.lost else "green"


_COLUMNS = (
    LineColumn("title", "备份时间", 180),
    LineColumn("why", "为什么备份", 120),
    LineColumn("place", "放在哪里", 120),
    LineColumn("since", "之后又做了", 110),
    LineColumn("tasks", "任务", 80, numeric=True),
    LineColumn("files", "附件", 80, numeric=True),
    LineColumn("size", "大小", 90, numeric=True),
    LineColumn("state", "能否恢复", 240, tint=_tint),
)
_WHOSE = LineColumn("whose", "谁的数据", 130)


class CopiesTable(LinesTable):
    """Copies, the newest first; `whose` where they may be of several offices."""

    def __init__(self, preferences: Preferences, *, whose: bool = False) -> None:
        columns = (_COLUMNS[0], _WHOSE, *_COLUMNS[1:]) if whose else _COLUMNS
        super().__init__("copies", columns, preferences, stretch="state", spare=("size", "files", "place", "tasks", "since"))
        self.setAccessibleName("备份")

    def show_copies(self, copies: Sequence[Copy], today: date, since: Callable[[Copy], str] | None = None) -> None:
        """Lists these; `since` words what was done after each."""
        lost = lost_files(copies)
        self.show_lines([_line(number, copy, today, since, lost.get(copy.folder, 0)) for number, copy in enumerate(copies)])
        if copies and self.current_id() is None:
            self.put_cursor(0)

    def current_copy(self) -> Copy | None:
        """The copy with the cursor."""
        line = self.current_line()
        return None if line is None else line.copy

    def lost(self, copy: Copy) -> str:
        """What a copy that is shown lacks, in a sentence; "" where all is there."""
        count = next((line.lost for line in self.lines.values() if line.copy == copy), 0)
        return f"这份备份里有 {count} 个附件和导入的原件不见了，恢复后也不会有。" if count else ""

    def go_to_copy(self, folder: Path) -> bool:
        """Puts the cursor on the copy in that folder."""
        return any(line.copy.folder == folder and self.go_to(line.id) for line in list(self.lines.values()))


def _line(number: int, copy: Copy, today: date, since: Callable[[Copy], str] | None, lost: int) -> CopyLine:
    said = copy.manifest
    return CopyLine(
        number, copy, worded_time(copy, today), occasion_said(copy.occasion), place_of(copy),
        str(said.rows.get("tasks", 0)) if said else "", str(said.rows.get("attachments", 0)) if said else "",
        f"{(said.size if said else copy.database.stat().st_size) / _MB:.1f} MB" if not copy.fault or said else "",
        since(copy) if since else "", said.title if said else "", lost,
        copy.fault or (f"缺 {lost} 个附件和原件" if lost else _GOOD),
    )  # fmt: skip


def worded_time(copy: Copy, today: date) -> str:
    """When a copy was made, as it is said: 今天 10:15."""
    return moment_said(copy.made, today)


def place_of(copy: Copy) -> str:
    """Where it stands, in a word."""
    return "这台电脑" if copy.folder.parent.name == OWN else "第二处"
