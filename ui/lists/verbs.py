"""What can be done with records at a list or a card: word, keys and tip, what is asked before, what is said afterwards."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

from db.acts import Act
from db.journal import Changes
from huajie_desktop.declared.life import LONGEST_REASON, Workflow
from huajie_desktop.jobs import Job
from huajie_desktop.phrases import RETURNING, UNLOCKING
from huajie_desktop.records import doubts, entry
from huajie_desktop.records.leaving import Partly
from huajie_desktop.seat import Seat
from huajie_desktop.work import review
from ui.desk.desk import Desk
from ui.forms.usual_phrases import UsualPhrases
from ui.widgets.dialogs import ask_words


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
    act: Act = Act.CHANGE
    sees: bool = False  # takes what stands before the reviewer's eyes for looked at
    gone: bool = False  # the records are no longer there afterwards: asked about, and only where the list has the focus


VERBS = {
    "delete": Verb(
        "删除", "Del", "delete", "plain", "删除选中的{noun}，可以撤销", entry.delete, "删除",
        done="已删除 {count} 项，在“历史”页的回收站里还能找回。", gone=True, act=Act.DELETE,
    ),
    "check": Verb(
        "核对无误", "F8", "done", None, "选中的{noun}里待核对的都看过了，照读到的留着；不对的请直接改正", doubts.settle, "核对",
        done="已核对 {count} 项。", act=Act.CHECK,
    ),
}  # fmt: skip


class _Dress(NamedTuple):
    """What the window adds to a move that is made every day: keys of its own, a button, usual phrases."""

    keys: str
    picture: str
    button: str | None = None
    phrases: str = ""
    done: str = ""
    sees: bool = False


_DRESSED = {
    Act.SUBMIT: _Dress("Ctrl+T", "submit", ""),
    Act.WITHDRAW: _Dress("Ctrl+Shift+T", "undo"),
    Act.APPROVE: _Dress("Ctrl+Return", "done", "primary", done="已通过 {count} 项{then}", sees=True),
    Act.RETURN: _Dress("Ctrl+Shift+R", "return", "plain", RETURNING),
    Act.UNLOCK: _Dress("Ctrl+Shift+U", "", None, UNLOCKING, "已解锁 {count} 项，可以修改了。"),
}


def verb_of(lives: Sequence[Workflow], act: Act) -> Verb | None:
    """How a move of those lives is offered; None where they have none of that act.

    What has no keys of its own goes by Ctrl+Shift and its place among the moves of its life.
    """
    life = next((life for life in lives if life.of(act)), None)
    if life is None:
        return None
    made = life.of(act)[0]
    dress = _DRESSED.get(act)
    if dress is None:
        place = [other for other in life.acts if other not in _DRESSED].index(act) + 1
        dress = _Dress(f"Ctrl+Shift+{place % 10}", "", done=f"已{made.word} {{count}} 项。")
    phrases = dress.phrases or f"{made.word}原因"
    short = dress.sees  # 通过: what is done all the time has the short word on its button, and the long one in what is told
    return Verb(
        made.called if short else made.word, dress.keys, dress.picture, dress.button, made.tip, partial(_move, act),
        made.word if short else made.called, phrases, made.asks, dress.done, act, dress.sees,
    )  # fmt: skip


def asked_why(parent: QWidget, desk: Desk, verb: Verb, title: str) -> tuple[str, ...] | None:
    """What the clerk wrote where a verb asks for a reason, nothing where it does not; None if she gave up."""
    if not verb.asks:
        return ()
    reason = ask_words(parent, title, verb.asks, verb.word, LONGEST_REASON, partial(UsualPhrases, desk, verb.phrases))
    return None if reason is None else (reason,)


def _move(act: Act, seat: Seat, ids: Sequence[int], *said: Any, job: Job | None = None, seen: Collection[int] = ()) -> Partly:
    """Makes the move; `said` is the reason, if there was one to be given, and the ledger."""
    *reason, ledger = said
    return review.move(seat, ledger, act, ids, "".join(reason), job, seen)
