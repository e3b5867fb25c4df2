"""What is done with the chosen records of a list on their way through review: one row for each verb."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from db.journal import Changes
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records import entry
from huajie_desktop.work import review
from ui.desk.page import Page
from ui.lists.record_list import FilteredList
from ui.widgets.dialogs import ask_words

_RETURNED = "写明退回的原因，录入的人会看到。"
_UNLOCKED = "写明解锁的原因，录入的人会看到。解锁后可以修改，改好再提交审核；已经印好的文书标为“已变更”。"


class Verb(NamedTuple):
    """One thing that is done with the chosen records."""

    word: str
    keys: str
    picture: str
    button: str | None  # as of Page.add_action
    tip: str  # {noun}: what the records are called on the page
    service: Callable[..., Changes]  # (seat, ids, [what was asked,] ledger)
    doing: str  # 提交, of which 提交 3 项 is made
    asks: str = ""  # what the clerk is told when asked why, empty where nobody asks
    done: str = ""  # {count}, {then}: said afterwards
    reviewed: bool = True  # only where records go through review
    gone: bool = False  # the records are no longer there afterwards


VERBS = {
    "delete": Verb(
        "删除", "Ctrl+D", "delete", "plain", "删除选中的{noun}，可以撤销", entry.delete, "删除", reviewed=False, gone=True
    ),
    "send_back": Verb("退回", "Ctrl+R", "return", "plain", "写明原因，退回修改", review.send_back, "退回", asks=_RETURNED),
    "withdraw": Verb("撤回", "Ctrl+B", "undo", None, "把待审核的{noun}撤回为草稿", review.withdraw, "撤回"),
    "unlock": Verb(
        "解锁", "Ctrl+Shift+U", "", None, "写明原因，把已确认的改回可以修改", review.unlock, "解锁",
        asks=_UNLOCKED, done="已解锁 {count} 项，可以修改了。",
    ),
    "submit": Verb("提交审核", "Ctrl+T", "submit", "", "把选中的{noun}交去审核", review.submit, "提交"),
    "approve": Verb(
        "通过", "Ctrl+Return", "done", "primary", "确认选中的记录，任务同时编号", review.approve, "审核通过",
        done="已通过 {count} 项{then}",
    ),
}  # fmt: skip
_NUMBERED = "，已编号。可以到“承诺书”打印。"


class ChosenActions(QObject):
    """The actions of a page for what is chosen in the list it shows."""

    def __init__(self, page: Page, noun: str, shown: Callable[[], FilteredList]) -> None:
        """`noun` is what the records are called on the page; `shown` says which list it shows."""
        super().__init__(page)
        self._page, self._noun, self._shown = page, noun, shown
        self._actions: dict[str, QAction] = {}

    def add(self, key: str, button: str | None = None) -> QAction:
        """A new action of the page for one of the verbs; `button` is the kind of its button where it is not the usual one."""
        verb = VERBS[key]
        tip, button = verb.tip.format(noun=self._noun), verb.button if button is None else button
        made = self._page.add_action(verb.word, verb.keys, verb.picture, tip, self._on_triggered, button)
        made.setData(key)
        self._actions[key] = made
        return made

    def show_for(self, ledger: Ledger) -> None:
        """Shows what can be done with records of that ledger at all."""
        for key, action in self._actions.items():
            action.setVisible(ledger.reviewed or not VERBS[key].reviewed)

    def enable(self, chosen: bool) -> None:
        """Lets the actions be used while anything is chosen."""
        for action in self._actions.values():
            action.setEnabled(chosen)

    @Slot()
    def _on_triggered(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self._do(VERBS[action.data()], self._shown())

    def _do(self, verb: Verb, shown: FilteredList) -> None:
        ids, ledger = shown.table.selected_ids(), shown.ledger
        title = f"{verb.doing} {len(ids)} 项"
        said: tuple[str, ...] = ()
        if verb.asks:
            reason = ask_words(self._page, title, verb.asks, verb.word) if ids else None
            if reason is None:
                return
            said = (reason,)
        shown.give_way(ids, verb.gone)
        done = verb.done.format(count=len(ids), then=_NUMBERED if ledger.gives_numbers else "。")
        self._page.desk.do_many(title, verb.service, ids, *said, ledger, done=done)
