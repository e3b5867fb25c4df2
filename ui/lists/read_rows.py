"""Rows that were read or typed, wherever they are listed: the colour of each state, what must be said of a whole row."""

from huajie_desktop.receiving.previews import PreviewRow
from huajie_desktop.work.task_ledger import TASKS

TINTS = {
    "error": "red", "ask": "yellow", "conflict": "red", "warning": "yellow", "new": "green", "change": "blue", "locked": "grey",
    "removed": "grey", "closing": "yellow", "differs": "yellow", "same": "grey", "skipped": "grey",
}  # fmt: skip
_DIFFERS_OF_TASKS = "清单中已有同名任务但内容不同，不会覆盖它，请在清单中修改。"
_DIFFERS = "已有同样的记录但内容不同，不会覆盖它，请在原记录上修改。"


def note_of(row: PreviewRow) -> str:
    """What must be said of the whole row, empty if nothing."""
    if row.status != "differs":
        return ""
    return _DIFFERS_OF_TASKS if row.file.ledger is TASKS else _DIFFERS
