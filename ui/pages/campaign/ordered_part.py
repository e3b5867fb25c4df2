"""What the tabs of the campaign page share: actions of their own, a list with its form beside it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records import entry
from huajie_desktop.year import campaigns
from ui.desk.desk import Desk
from ui.forms.kept_form import KeptForm
from ui.theme import scaled
from ui.widgets.buttons import WINDOW, ActionButton, add_action

PAGE = "campaign"
_FORM, _NARROW, _WIDE = 400, 344, 992  # px at 100 % of the form beside, where there is little room, and where that ends


class CampaignPart(QWidget):
    """One tab of the page; its actions rest while it is out of sight."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self.desk = desk
        self.setAccessibleName(name)  # the heading its actions stand under in the menu
        self._beside = QWidget()

    def arrange(self, hint: str, actions: Sequence[tuple[QAction, str]], listing: QWidget, form: QWidget) -> None:
        """Lays out hint and buttons above the list, and the form beside it."""
        words = QLabel(hint)
        words.setObjectName("quiet")
        words.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(scaled(4))
        head.addWidget(words, 1)
        for action, kind in actions:
            head.addWidget(ActionButton(action, kind))
        form.setObjectName("side")
        self._beside = form
        line = QHBoxLayout()
        line.setSpacing(scaled(16))
        line.addWidget(listing, 1)
        line.addWidget(form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, scaled(4), 0, 0)
        column.setSpacing(scaled(8))
        column.addLayout(head)
        column.addLayout(line, 1)

    def refresh(self) -> None:
        """Reads everything anew; what is being typed stays."""

    def may_leave(self) -> bool:
        """Whether what was typed may go."""
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._beside.setFixedWidth(scaled(_FORM if self.width() >= scaled(_WIDE) else _NARROW))


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
        self.up = add_action(self, "往前移", "Alt+Up", "up", "选中的往前移一位", self._on_up, context=WINDOW)
        self.down = add_action(self, "往后移", "Alt+Down", "down", "选中的往后移一位", self._on_down, context=WINDOW)
        self.close_action = add_action(self, "停用", "Ctrl+B", "minus", self.CLOSES, self._on_close, context=WINDOW)
        self.delete = add_action(self, "删除", "Ctrl+D", "delete", "删除没有用到的，可以撤销", self._on_delete, context=WINDOW)

    @property
    def chosen(self) -> Chosen | None:
        """The record the cursor is on."""
        raise NotImplementedError

    @property
    def form(self) -> KeptForm:
        """The form that is shown."""
        raise NotImplementedError

    def show_chosen(self) -> None:
        """Shows the record the cursor is on in the form, an empty one where there is none."""
        raise NotImplementedError

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
        self.close_action.setEnabled(found is not None and "closed_on" in found.ledger.fields)

    def _do(self, service: Any, *arguments: Any, **options: Any) -> None:
        if self.may_leave() and self.desk.do(service, *arguments, **options) is not None:
            self.show_chosen()

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
            self._do(entry.delete, [found.id], found.ledger)
