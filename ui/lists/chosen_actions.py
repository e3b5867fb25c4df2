"""What is done with the chosen records of a list on their way through review: one row for each verb."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from db.acts import Act
from db.journal import Changes
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import REVIEW
from huajie_desktop.phrases import RETURNING, UNLOCKING
from huajie_desktop.records import entry
from huajie_desktop.work import review
from ui.desk.page import Page
from ui.forms.usual_phrases import UsualPhrases
from ui.lists.record_list import FilteredList
from ui.widgets.buttons import ALONE, WINDOW
from ui.widgets.dialogs import ask_words, may_delete

_RETURN, _WITHDRAW, _UNLOCK, _SUBMIT, _APPROVE = (
    REVIEW.of(verb)[0] for verb in (Act.RETURN, Act.WITHDRAW, Act.UNLOCK, Act.SUBMIT, Act.APPROVE)
)


class Verb(NamedTuple):
    """One thing that is done with the chosen records."""

    word: str
    keys: str
    picture: str
    button: str | None  # as of Page.add_action
    tip: str  # {noun}: what the records are called on the page
    service: Callable[..., Changes]  # (seat, ids, [what was asked,] ledger)
    doing: str  # 提交, of which 提交 3 项 is made
    phrases: str = ""  # of which field the usual ones are offered then
    asks: str = ""  # what the clerk is told when asked why, empty where nobody asks
    done: str = ""  # {count}, {then}: said afterwards
    reviewed: bool = True  # only where records go through review
    gone: bool = False  # the records are no longer there afterwards: asked about, and only where the list has the focus


VERBS = {
    "delete": Verb(
        "删除", "Del", "delete", "plain", "删除选中的{noun}，可以撤销", entry.delete, "删除",
        done="已删除 {count} 项，在“历史”页的回收站里还能找回。", reviewed=False, gone=True,
    ),
    "send_back": Verb(
        _RETURN.word, "Ctrl+Shift+R", "return", "plain", _RETURN.tip, review.send_back, _RETURN.called,
        asks=_RETURN.asks, phrases=RETURNING,
    ),
    "withdraw": Verb(_WITHDRAW.word, "Ctrl+Shift+T", "undo", None, _WITHDRAW.tip, review.withdraw, _WITHDRAW.called),
    "unlock": Verb(
        _UNLOCK.word, "Ctrl+Shift+U", "", None, _UNLOCK.tip, review.unlock, _UNLOCK.called,
        asks=_UNLOCK.asks, phrases=UNLOCKING, done="已解锁 {count} 项，可以修改了。",
    ),
    "submit": Verb(_SUBMIT.word, "Ctrl+T", "submit", "", _SUBMIT.tip, review.submit, _SUBMIT.called),
    "approve": Verb(
        _APPROVE.called, "Ctrl+Return", "done", "primary", _APPROVE.tip, review.approve, _APPROVE.word,
        done="已通过 {count} 项{then}",
    ),
}  # fmt: skip
_NUMBERED = "，已编号。可以到“文书”打印。"


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
        where = ALONE if verb.gone else WINDOW
        made = self._page.add_action(verb.word, verb.keys, verb.picture, tip, self._on_triggered, button, context=where)
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
        if verb.gone and not may_delete(self._page, ledger.noun, len(ids)):
            return
        if verb.asks:
            dress = partial(UsualPhrases, self._page.desk, verb.phrases)
            reason = ask_words(self._page, title, verb.asks, verb.word, dress) if ids else None
            if reason is None:
                return
            said = (reason,)
        shown.give_way(ids, verb.gone)
        done = verb.done.format(count=len(ids), then=_NUMBERED if ledger.gives_numbers else "。")
        self._page.desk.do_many(title, verb.service, ids, *said, ledger, done=done)
