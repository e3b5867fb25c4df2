"""Taking back one operation of any age from a list, together with the newer ones that stand on it if the clerk agrees."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from huajie_desktop.journal import history
from ui.desk.desk import Desk, undo_or_refusal
from ui.widgets.dialogs import ask


def take_back(desk: Desk, parent: QWidget, operation_id: int, label: str, *, with_later: bool = False) -> None:
    """Takes the operation back in the background; asks, naming the newer steps, when those must go too."""
    work = partial(undo_or_refusal, desk.seat, operation_id, with_later)
    desk.start(f"撤销“{label}”", work, partial(_conclude, desk, parent, operation_id, label))


def _conclude(desk: Desk, parent: QWidget, operation_id: int, label: str, result: Any) -> None:
    if not isinstance(result, history.LaterChanges):
        desk.take(result)
        desk.say("done", f"已撤销“{label}”。撤销本身也可以撤销（Ctrl+Z）。")
    elif not result.later:
        desk.tell(result)
    elif ask(parent, "要一并撤销之后的改动吗？", str(result), "一并撤销"):
        take_back(desk, parent, operation_id, label, with_later=True)
