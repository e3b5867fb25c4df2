"""The list of copies, wherever it stands: when, why and where each was made, what is in it, and whether it can come back."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from huajie_desktop.backups.shelf import OWN, Copy
from huajie_desktop.occasions import WORDS
from ui.desk.preferences import Preferences
from ui.lists.lines import LineColumn, LinesTable

_MB = 1 << 20
_GOOD = "完好"
_DAYS = "一二三四五六日"


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
    state: str


_COLUMNS = (
    LineColumn("title", "备份时间", 180),
    LineColumn("why", "为什么备份", 120),
    LineColumn("place", "放在哪里", 120),
    LineColumn("since", "之后又做了", 110),
    LineColumn("tasks", "任务", 80, numeric=True),
    LineColumn("files", "附件", 80, numeric=True),
    LineColumn("size", "大小", 90, numeric=True),
    LineColumn("state", "能否恢复", 240, tint=lambda line: "red" if line.copy.fault else "green"),
)


class CopiesTable(LinesTable):
    """Copies, the newest first."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__("copies", _COLUMNS, preferences, stretch="state", spare=("size", "files", "place", "tasks", "since"))
        self.setAccessibleName("备份")

    def show_copies(self, copies: Sequence[Copy], today: date, since: Callable[[Copy], str] | None = None) -> None:
        """Lists these; `since` words what was done after each."""
        self.show_lines([_line(number, copy, today, since) for number, copy in enumerate(copies)])
        if copies and self.current_id() is None:
            self.put_cursor(0)

    def current_copy(self) -> Copy | None:
        """The copy with the cursor."""
        line = self.current_line()
        return None if line is None else line.copy

    def go_to_copy(self, folder: Path) -> bool:
        """Puts the cursor on the copy in that folder."""
        return any(line.copy.folder == folder and self.go_to(line.id) for line in list(self.lines.values()))


def _line(number: int, copy: Copy, today: date, since: Callable[[Copy], str] | None) -> CopyLine:
    said = copy.manifest
    return CopyLine(
        number, copy, worded_time(copy, today), WORDS.get(copy.occasion, "留存"), place_of(copy),
        str(said.rows.get("tasks", 0)) if said else "", str(said.rows.get("attachments", 0)) if said else "",
        f"{(said.size if said else copy.database.stat().st_size) / _MB:.1f} MB" if not copy.fault or said else "",
        since(copy) if since else "", copy.fault or _GOOD,
    )  # fmt: skip


def worded_time(copy: Copy, today: date) -> str:
    """When a copy was made, as it is said: 今天 10:15."""
    days = (today - copy.made.date()).days
    near = {0: "今天", 1: "昨天", 2: "前天"}.get(days)
    day = near or f"{copy.made:%Y-%m-%d} 星期{_DAYS[copy.made.weekday()]}"
    return f"{day} {copy.made:%H:%M}"


def place_of(copy: Copy) -> str:
    """Where it stands, in a word."""
    return "这台电脑" if copy.folder.parent.name == OWN else "第二处"
