"""Unlocking approved records: the reason is asked for, and what it does to signed papers is said."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.work import review
from ui.desk.desk import Desk
from ui.widgets.dialogs import ask_words

WORD, KEYS, TIP = "解锁", "Ctrl+Shift+U", "写明原因，把已确认的改回可以修改"
_WHAT = "写明解锁的原因，录入的人会看到。解锁后可以修改，改好再提交审核；已经印好的文书标为“已变更”。"


def unlock(desk: Desk, parent: QWidget, ids: Sequence[int], ledger: Ledger) -> None:
    """Asks why and unlocks those records."""
    reason = ask_words(parent, f"解锁 {len(ids)} 项", _WHAT, "解锁") if ids else None
    if reason is not None:
        desk.do_many(f"解锁 {len(ids)} 项", review.unlock, ids, reason, ledger, done=f"已解锁 {len(ids)} 项，可以修改了。")
