"""Rows that were read or typed, wherever they are listed: the colour of each state, what must be said of a whole row."""

from huajie_desktop.receiving.previews import PreviewRow

TINTS = {
    "error": "red", "ask": "yellow", "conflict": "red", "warning": "yellow", "new": "green", "change": "blue", "locked": "grey",
    "removed": "grey", "closing": "yellow", "differs": "yellow", "same": "grey", "skipped": "grey",
    "beaten": "grey",
}  # fmt: skip
_DIFFERS = "已有同样的{}但内容不同，不会覆盖它，请在原来的记录上修改。"


def note_of(row: PreviewRow) -> str:
    """What must be said of the whole row, empty if nothing."""
    if row.status != "differs":
        return ""
    return _DIFFERS.format(row.file.ledger.noun)
