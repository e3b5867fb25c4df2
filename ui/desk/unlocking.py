"""Unlocking approved records: the reason is asked for, and what it does to signed papers is said."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from db.acts import Act
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import REVIEW
from huajie_desktop.work import review
from ui.desk.desk import Desk
from ui.widgets.dialogs import ask_words

_MOVE = REVIEW.of(Act.UNLOCK)[0]
WORD, KEYS, TIP = _MOVE.word, "Ctrl+Shift+U", _MOVE.tip


def unlock(desk: Desk, parent: QWidget, ids: Sequence[int], ledger: Ledger) -> None:
    """Asks why and unlocks those records."""
    reason = ask_words(parent, f"{WORD} {len(ids)} 项", _MOVE.asks, WORD) if ids else None
    if reason is not None:
        desk.do_many(f"{WORD} {len(ids)} 项", review.unlock, ids, reason, ledger, done=f"已解锁 {len(ids)} 项，可以修改了。")
