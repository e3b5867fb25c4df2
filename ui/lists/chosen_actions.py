"""What is done with the chosen records of a list on their way through review: one row for each verb."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from db.acts import Act
from db.journal import Changes
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import REVIEW
from huajie_desktop.phrases import RETURNING, UNLOCKING
from huajie_desktop.records import doubts, entry
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
    act: Act = Act.CHANGE
    sees: bool = False  # takes what stands before the reviewer's eyes for looked at
    gone: bool = False  # the records are no longer there afterwards: asked about, and only where the list has the focus


VERBS = {
    "delete": Verb(
        "删除", "Del", "delete", "plain", "删除选中的{noun}，可以撤销", entry.delete, "删除",
        done="已删除 {count} 项，在“历史”页的回收站里还能找回。", reviewed=False, gone=True, act=Act.DELETE,
    ),
    "send_back": Verb(
        _RETURN.word, "Ctrl+Shift+R", "return", "plain", _RETURN.tip, review.send_back, _RETURN.called,
        asks=_RETURN.asks, phrases=RETURNING, act=Act.RETURN,
    ),
    "withdraw": Verb(
        _WITHDRAW.word, "Ctrl+Shift+T", "undo", None, _WITHDRAW.tip, review.withdraw, _WITHDRAW.called, act=Act.WITHDRAW
    ),
    "unlock": Verb(
        _UNLOCK.word, "Ctrl+Shift+U", "", None, _UNLOCK.tip, review.unlock, _UNLOCK.called,
        asks=_UNLOCK.asks, phrases=UNLOCKING, done="已解锁 {count} 项，可以修改了。", act=Act.UNLOCK,
    ),
    "submit": Verb(_SUBMIT.word, "Ctrl+T", "submit", "", _SUBMIT.tip, review.submit, _SUBMIT.called, act=Act.SUBMIT),
    "approve": Verb(
        _APPROVE.called, "Ctrl+Return", "done", "primary", _APPROVE.tip, review.approve, _APPROVE.word,
        done="已通过 {count} 项{then}", sees=True, act=Act.APPROVE,
    ),
    "check": Verb(
        "核对无误", "F8", "done", None, "选中的{noun}里待核对的都看过了，照读到的留着；不对的请直接改正", doubts.settle, "核对",
        done="已核对 {count} 项。", reviewed=False, act=Act.CHECK,
    ),
}  # fmt: skip
_LOOKED_AT = 1000  # records of which it is found out what can be done with them
_TOLD = 200  # lines of details
_NUMBERED = "，已编号。可以到“文书”打印。"


class ChosenActions(QObject):
    """The actions of a page for what is chosen in the list it shows."""

    def __init__(self, page: Page, noun: str, shown: Callable[[], FilteredList]) -> None:
        """`noun` is what the records are called on the page; `shown` says which list it shows."""
        super().__init__(page)
        self._page, self._noun, self._shown = page, noun, shown
        self._actions: dict[str, QAction] = {}
        self._left: tuple[FilteredList, list[int]] | None = None
        tip = "刚才没有办成的那些，在列表里只看它们"
        self.left_action = page.add_action("看留下的", "F3", "", tip, self._on_left, None)
        self.left_action.setEnabled(False)

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

    def enable(self, ids: Sequence[int]) -> None:
        """Lets what can be done with any of the chosen records be done; what cannot says why."""
        ledger = self._shown().ledger
        against: Mapping[Act, str] = {}
        if 0 < len(ids) <= _LOOKED_AT:
            with self._page.desk.reading() as session:
                against = review.impossible(session, ledger, ids)
        for key, action in self._actions.items():
            verb = VERBS[key]
            why = against.get(verb.act, "")
            action.setEnabled(bool(ids) and not why)
            action.setStatusTip(why or verb.tip.format(noun=self._noun))

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
        seen = shown.seen(ids) if verb.sees else ()
        service = partial(verb.service, seen=seen) if seen else verb.service
        shown.give_way(ids, verb.gone)
        self._page.desk.do_many(title, service, ids, *said, ledger, done=partial(self._tell, verb, shown, len(ids), len(seen)))

    def _tell(self, verb: Verb, shown: FilteredList, asked: int, seen: int, changes: Changes) -> None:
        """Says what was done, and what was left with the way to it."""
        desk, left = self._page.desk, list(getattr(changes, "left", ()))
        count = getattr(changes, "done", asked)
        done = verb.done.format(count=count, then=_NUMBERED if shown.ledger.gives_numbers else "。")
        done += f"待核对的 {seen} 处一并核对了。" if seen else ""
        self._left = (shown, [found.id for found in left]) if left else None
        self.left_action.setEnabled(bool(left))
        if left:
            self.left_action.setText(f"看留下的 {len(left)} 项")
            more = f"（共 {len(left)} 项，见详情）" if left[1:] else ""
            sentence = f"{done or f'已{verb.doing} {count} 项。'}留下 {len(left)} 项：{left[0].words}{more}"
            details = "\n".join(found.words for found in left[:_TOLD]) + "\n……" * (len(left) > _TOLD)
            desk.say("warning", sentence, details if left[1:] else "", (self.left_action, desk.take_back))
        elif done:
            desk.done(done)

    @Slot()
    def _on_left(self) -> None:
        if self._left is not None:
            shown, ids = self._left
            shown.filters.show_left(ids)
            shown.table.put_cursor(0)
            shown.setFocus()
