"""What the tabs of the campaign page share: actions of their own, a list with its form beside it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records import entry
from huajie_desktop.year import campaigns
from ui.desk.desk import Desk
from ui.forms.kept_form import KeptForm
from ui.forms.sources import LedgerSource
from ui.lists.lines import LinesTable
from ui.pages.campaign.matrix import CategoryMatrix
from ui.widgets.building import flowing, make_label, put, upright
from ui.widgets.buttons import ALONE, WINDOW, ActionButton, add_action
from ui.widgets.panes import Panes
from ui.widgets.stack import Stack

PAGE = "campaign"


class CampaignPart(QWidget):
    """One tab of the page; its actions rest while it is out of sight."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self.desk = desk
        self.setAccessibleName(name)  # the heading its actions stand under in the menu

    def arrange(self, hint: str, actions: Sequence[tuple[QAction, str]], listing: QWidget, form: QWidget) -> None:
        """Lays out hint and buttons above the list, and the form beside it."""
        self.hint = make_label(hint, "quiet", wrap=True)
        head = flowing(spacing=4)
        head.addWidget(self.hint, 1)
        for action, kind in actions:
            head.addWidget(ActionButton(action, kind))
        form.setObjectName("side")
        put(upright(self, (0, 4, 0, 0), 8), head, (Panes((listing, 5), (form, 4)), 1))

    def refresh(self) -> None:
        """Reads everything anew; what is being typed stays."""

    def may_leave(self) -> bool:
        """Whether what was typed may go."""
        return True


class Chosen(NamedTuple):
    """What the actions of a part are about: a record of that kind, and whether it is out of use."""

    ledger: Ledger
    id: int
    closed: bool


class OrderedPart(CampaignPart):
    """A tab whose records have an order, can be taken out of use, and are changed in the form beside."""

    CLOSES = "停用后不再供选择，已经用到的任务不受影响"

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(desk, name)
        self.forms: dict[str, KeptForm] = {}  # by the key of their ledger
        self._stack = Stack()
        self.up = add_action(self, "往前移", "Alt+Up", "up", "选中的往前移一位", self._on_up, context=WINDOW)
        self.down = add_action(self, "往后移", "Alt+Down", "down", "选中的往后移一位", self._on_down, context=WINDOW)
        self.close_action = add_action(self, "停用", "Ctrl+Shift+B", "minus", self.CLOSES, self._on_close, context=WINDOW)
        self.delete = add_action(self, "删除", "Del", "delete", "删除没有用到的，可以撤销", self._on_delete, context=ALONE)

    def hold(
        self, hint: str, actions: Sequence[QAction], listing: LinesTable | CategoryMatrix, ledgers: Sequence[Ledger]
    ) -> None:
        """Takes the list, and makes a form for each ledger, the first one for where nothing is listed yet."""
        self.listing = listing
        listing.moved.connect(self._on_moved)
        listing.opened.connect(self._on_opened)
        for ledger in ledgers:
            form = self.forms[ledger.key] = KeptForm(self.desk, LedgerSource(ledger, PAGE))
            form.setObjectName("side")
            form.keep()  # nothing is typed yet
            form.saved.connect(self._on_saved)
            form.left.connect(self._on_left)
            self._stack.addWidget(form)
        self._ledgers, self._ledger = {ledger.key: ledger for ledger in ledgers}, ledgers[0]
        plain = [(action, "plain") for action in (self.up, self.down, self.close_action, self.delete)]
        self.arrange(hint, [*plain, *((action, "") for action in actions)], listing, self._stack)
        self.setFocusProxy(listing)

    @property
    def chosen(self) -> Chosen | None:
        """The record the cursor is on."""
        raise NotImplementedError

    def go_to(self, ledger: Ledger, record_id: int) -> bool:
        """Puts the cursor on a record; False if it is not listed."""
        raise NotImplementedError

    def tell_place(self) -> None:
        """Says where the record in the form belongs."""

    @property
    def form(self) -> KeptForm:
        """The form that is shown."""
        return self.forms[self._ledger.key]

    def fill(self, lines: Sequence[Any]) -> None:
        """Lists these; what is being typed stays."""
        typing = self.form.changed
        self.listing.blockSignals(True)  # the form is being saved: it must not be asked to give way
        self.listing.show_lines(lines)
        if isinstance(self.listing, LinesTable) and self.listing.current_id() is None:
            self.listing.step(0)
        self.listing.blockSignals(False)
        if not typing:
            self.show_chosen()
        self.show_actions()

    def show_chosen(self) -> None:
        """Shows the record the cursor is on in its form, an empty one where there is none."""
        if found := self.chosen:
            self._show_form(found.ledger)
            self.form.open_record(found.id)
            self.tell_place()
        else:
            self._begin(next(iter(self._ledgers.values())))

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        """Shows a record by "ledger" and "id", or the form of a new one ("new")."""
        ledger = self._ledgers[subject["ledger"]]
        if subject.get("new"):
            self.begin(ledger)
        elif self.go_to(ledger, subject["id"]):
            self.show_chosen()
            self.form.focus()

    def begin(self, ledger: Ledger) -> None:
        """Shows the form of a new record, if what was typed may go."""
        if self.may_leave():
            self._begin(ledger)

    def _begin(self, ledger: Ledger) -> None:
        self._show_form(ledger)
        self.form.open_new()
        self.tell_place()

    def _show_form(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._stack.setCurrentWidget(self.form)

    def may_leave(self) -> bool:
        """Asks if something typed would be lost."""
        return self.form.may_leave()

    def show_actions(self) -> None:
        """Which actions can be done with the record the cursor is on."""
        found = self.chosen
        for action in (self.up, self.down, self.delete):
            action.setEnabled(found is not None)
        closed = found is not None and found.closed
        self.close_action.setText("恢复使用" if closed else "停用")
        self.close_action.setStatusTip("重新供选择" if closed else self.CLOSES)
        self.close_action.setEnabled(found is not None and bool(found.ledger.closes_by))

    def _do(self, service: Any, *arguments: Any, said: str = "", **options: Any) -> None:
        if self.may_leave() and self.desk.do(service, *arguments, **options) is not None:
            self.show_chosen()
            if said:
                self.desk.done(said)

    @Slot()
    def _on_moved(self) -> None:
        self.show_actions()
        if self.chosen is not None and self.may_leave():
            self.show_chosen()

    @Slot()
    def _on_opened(self) -> None:
        if self.chosen is not None:
            self.form.focus()

    @Slot(object)
    def _on_saved(self, record_id: int) -> None:
        self.listing.blockSignals(True)  # the form knows already
        self.go_to(self._ledger, record_id)
        self.listing.blockSignals(False)
        self.show_actions()

    @Slot()
    def _on_left(self) -> None:
        self.show_chosen()
        self.listing.setFocus()

    @Slot()
    def _on_up(self) -> None:
        if found := self.chosen:
            self._do(campaigns.move, found.ledger.model, found.id, -1)

    @Slot()
    def _on_down(self) -> None:
        if found := self.chosen:
            self._do(campaigns.move, found.ledger.model, found.id, 1)

    @Slot()
    def _on_close(self) -> None:
        if found := self.chosen:
            self._do(campaigns.close, found.ledger.model, found.id, closed=not found.closed)

    @Slot()
    def _on_delete(self) -> None:
        if found := self.chosen:
            self._do(entry.delete, [found.id], found.ledger, said=f"已删除{found.ledger.noun}。")
