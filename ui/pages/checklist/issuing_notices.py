"""Notices about the chosen tasks: level, term and demand are written once, and each task gets its own with its own number."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from db.supervision import LEVELS
from huajie_desktop.records.leaving import Partly
from huajie_desktop.supervision.issuing import ABOUT_TASKS, issue_about
from huajie_desktop.supervision.notice_ledger import NOTICES
from ui.desk.desk import Desk
from ui.desk.record_papers import save_papers
from ui.forms.asking_dialog import AskingDialog, ask_step
from ui.widgets.buttons import add_action


def issuing_dialog(parent: QWidget, desk: Desk, ids: Sequence[int]) -> AskingDialog:
    """The dialog for notices about those tasks."""
    fields = [NOTICES.fields[key] for key in ABOUT_TASKS]
    words = f"{len(ids)} 项任务各发一份，今天发出，各有编号。已有督查单没有办结的不再发。"
    do = partial(desk.do, issue_about, list(ids))
    first = {"level": next(iter(LEVELS.values()))}
    return AskingDialog(parent, desk, "发督查单", fields, "发出", do, words=words, first=first)


def issue_notices(parent: QWidget, desk: Desk, ids: Sequence[int]) -> None:
    """Asks for what the notices say and issues them; what was left is named, and the papers are offered."""
    done: Partly | None = ask_step(issuing_dialog(parent, desk, ids))
    if done is not None:
        told = _Issued(parent, desk, sorted(done.touched.get(NOTICES.model.__tablename__, ())))
        sentence = f"已发出督查单 {done.done} 份。" + (f"留下 {len(done.left)} 项：{done.left[0].words}" if done.left else "")
        details = "\n".join(left.words for left in done.left)
        kind = "warning" if done.left else "done"
        desk.say(kind, sentence, details if done.left[1:] else "", (told.print, told.look, desk.take_back))


class _Issued(QObject):
    """What is offered beside the sentence: their papers, and the ledger with just these."""

    def __init__(self, parent: QWidget, desk: Desk, ids: Sequence[int]) -> None:
        super().__init__(parent)
        self._parent: Any = parent
        self._desk, self._ids = desk, ids
        self.print = add_action(self, "印督查单…", "", "print", "做成文书，编号登记", self._on_print)
        self.look = add_action(self, "看这些", "", "right", "在督查单台账里只看这些", self._on_look)

    @Slot()
    def _on_print(self) -> None:
        save_papers(self._desk, self._parent, NOTICES, self._ids)

    @Slot()
    def _on_look(self) -> None:
        self._desk.visit("ledgers", {"ledger": NOTICES.key, "ids": self._ids})
