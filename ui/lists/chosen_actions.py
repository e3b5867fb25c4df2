"""What is done with the chosen records of a list: what every list can do, and the moves of the lives its ledger declares."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut

from db.acts import Act
from db.journal import Changes
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import REVIEW, Workflow
from huajie_desktop.work import review
from ui.desk.page import Page
from ui.lists.record_list import FilteredList
from ui.lists.verbs import VERBS, Verb, asked_why, verb_of
from ui.widgets.buttons import ALONE, WINDOW
from ui.widgets.dialogs import may_delete

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
        self._refusals: dict[str, QShortcut] = {}  # the keys of what cannot be done now: they say why, as its tip does
        self._left: tuple[FilteredList, list[int]] | None = None
        tip = "刚才没有办成的那些，在列表里只看它们"
        self.left_action = page.add_action("看留下的", "F3", "", tip, self._on_left, None)
        self.left_action.setEnabled(False)

    def add(self, key: str, lives: Sequence[Workflow] = (REVIEW,), button: str | None = None) -> QAction:
        """A new action of the page for what every list can do, or for an act of those lives.

        `button` is the kind of its button where it is not the usual one.
        """
        verb = _found(key, lives)
        assert verb is not None, f"{key} is in none of these lives"
        tip, button = verb.tip.format(noun=self._noun), verb.button if button is None else button
        where = ALONE if verb.gone else WINDOW
        made = self._page.add_action(verb.word, verb.keys, verb.picture, tip, self._on_triggered, button, context=where)
        made.setData(key)
        self._actions[key] = made
        if not verb.gone and not verb.sees:  # Del and Ctrl+Enter mean other things beside the list
            self._refusals[key] = refusal = QShortcut(made.shortcut(), self._page)
            refusal.setObjectName(key)
            refusal.setEnabled(False)
            refusal.activated.connect(self._on_refused)
        return made

    def add_moves(self, ledgers: Iterable[Ledger]) -> list[QAction]:
        """Actions for all that the lives of those ledgers declare beside the review, in the order of declaration."""
        lives = [life for ledger in ledgers for life in ledger.lives]
        acts = dict.fromkeys(act for life in lives for act in life.acts if act not in REVIEW.acts)
        return [self.add(act, lives) for act in acts]

    def show_for(self, ledger: Ledger, acts: Collection[Act] | None = None) -> None:
        """Shows what can be done with records of that ledger at all, in the words of its lives; of its moves `acts` alone."""
        for key, action in self._actions.items():
            verb = _found(key, ledger.lives)
            action.setVisible(verb is not None and (key in VERBS or acts is None or key in acts))
            if verb is not None and key not in VERBS:
                action.setText(verb.word)
                action.setShortcut(QKeySequence(verb.keys))

    def enable(self, ids: Sequence[int]) -> None:
        """Lets what can be done with any of the chosen records be done; what cannot says why."""
        ledger = self._shown().ledger
        against: Mapping[Act, str] = {}
        if 0 < len(ids) <= _LOOKED_AT:
            with self._page.desk.reading() as session:
                against = review.impossible(session, ledger, ids)
        for key, action in self._actions.items():
            verb = _found(key, ledger.lives)
            why = against.get(verb.act, "") if verb else ""
            action.setEnabled(bool(ids) and verb is not None and not why)
            if verb is not None:
                action.setStatusTip(why or verb.tip.format(noun=self._noun))
            if refusal := self._refusals.get(key):
                refusal.setKey(action.shortcut())
                refusal.setEnabled(action.isVisible() and not action.isEnabled())

    @Slot()
    def _on_refused(self) -> None:
        """The keys of a move that cannot be made now were pressed."""
        refusal = self.sender()
        assert isinstance(refusal, QShortcut)
        action = self._actions[refusal.objectName()]
        chosen = self._shown().table.selected_ids()
        why = f"不能{action.text()}：{action.statusTip()}" if chosen else f"没有选中{self._noun}，没有{action.text()}"
        self._page.desk.say("info", f"{why.rstrip('。')}。")

    @Slot()
    def _on_triggered(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        shown = self._shown()
        if (verb := _found(action.data(), shown.ledger.lives)) is not None:
            self._do(verb, shown)

    def do_with(self, service: Callable[..., Changes], word: str, ids: Sequence[int]) -> None:
        """Does what a page alone can do with records of the list it shows; what was left is told like everything else."""
        verb = Verb(word, "", "", None, "", service, word, done=f"{word} {{count}} 项。")
        shown = self._shown()
        tell = partial(self._tell, verb, shown, len(ids), 0)
        self._page.desk.do_many(f"{word} {len(ids)} 项", service, ids, shown.ledger, done=tell)

    def _do(self, verb: Verb, shown: FilteredList) -> None:
        ids, ledger = shown.table.selected_ids(), shown.ledger
        title = f"{verb.doing} {len(ids)} 项"
        if verb.gone and not may_delete(self._page, ledger.noun, len(ids)):
            return
        said = asked_why(self._page, self._page.desk, verb, title) if ids else None
        if said is None:
            return
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


def _found(key: str, lives: Sequence[Workflow]) -> Verb | None:
    """What is meant by a key of VERBS or an act; None where these lives have none such."""
    return VERBS.get(key) or verb_of(lives, Act(key))
