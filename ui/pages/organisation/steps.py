"""What can be done with the unit or person chosen: a row of buttons that shows those that fit."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from db.journal import Changes
from db.models import Unit
from huajie_desktop.records import entry
from huajie_desktop.township import organisation
from ui.desk.desk import Desk
from ui.pages.organisation import asks
from ui.pages.organisation.tree_lines import Key
from ui.pages.organisation.unit_record import LEDGERS, RecordPane
from ui.widgets.building import flowing
from ui.widgets.buttons import ALONE, WINDOW, ActionButton, add_action


class StepRow(QWidget):
    """The steps above the record; each asks in the record's place or is done at once."""

    def __init__(self, desk: Desk, pane: RecordPane) -> None:
        super().__init__()
        self.setAccessibleName("处理")
        self._desk, self._pane = desk, pane
        add = partial(add_action, self, context=WINDOW)
        self.actions_by_name: dict[str, QAction] = {
            "rename": add("更名", "Ctrl+Shift+R", "edit", "从某一天起改用新名称，以前的文书不变", self._on_rename),
            "merge_into": add("并入", "Ctrl+Shift+B", "return", "从某一天起并入另一个单位", self._on_merge_into),
            "split": add("拆分", "Ctrl+T", "list", "从某一天起拆成几个新单位", self._on_split),
            "hand_over": add("移交工作", "Ctrl+O", "submit", "没办结的工作全部交给另一个人", self._on_hand_over),
            "merge": add("合并重复", "Ctrl+G", "copy", "同一个单位或人录了两次，合成一条", self._on_merge),
            "close": add("停用", "Ctrl+U", "minus", "不再使用，以前的记录都留着", self._on_close),
            "reopen": add("恢复使用", "Ctrl+Shift+U", "undo", "停用的重新使用", self._on_reopen),
            "delete": add_action(self, "删除", "Del", "delete", "录错了、没有用过的可以删除", self._on_delete, context=ALONE),
        }
        row = flowing(self, (12, 0, 0, 0), 4)
        for action in self.actions_by_name.values():
            row.addWidget(ActionButton(action, "plain"))
        row.addStretch(1)
        pane.shown.connect(self.show_for)
        self.show_for(None)

    @Slot(object)
    def show_for(self, key: Key | None) -> None:
        """Shows what can be done with that unit or person."""
        closed, top = False, False
        if key is not None:
            with self._desk.reading() as session:
                record = session.get(LEDGERS[key[0]].model, key[1])
                closed = getattr(record, "closed_on", None) is not None
                top = isinstance(record, Unit) and record.id == session.seat.township_id
        unit, person = key is not None and key[0] == "unit", key is not None and key[0] == "person"
        wanted = {
            "rename": unit, "merge_into": unit and not top and not closed, "split": unit and not top and not closed,
            "hand_over": person, "merge": key is not None, "close": key is not None and not closed and not top,
            "reopen": closed, "delete": key is not None and not top,
        }  # fmt: skip
        for name, action in self.actions_by_name.items():
            action.setVisible(wanted[name])
            action.setEnabled(wanted[name])
        self.setVisible(key is not None)

    # asked first

    @Slot()
    def _on_rename(self) -> None:
        self._ask(asks.renaming)

    @Slot()
    def _on_merge_into(self) -> None:
        self._ask(asks.merging_into)

    @Slot()
    def _on_split(self) -> None:
        self._ask(asks.splitting)

    @Slot()
    def _on_hand_over(self) -> None:
        self._ask(asks.handing_over_of)

    @Slot()
    def _on_merge(self) -> None:
        self._ask(asks.merging_units if self._pane.key and self._pane.key[0] == "unit" else asks.merging_people)

    def _ask(self, asked: Callable[[Desk, int, str], asks.Asked]) -> None:
        key = self._pane.key
        if key is None or not self._pane.may_leave():
            return
        with self._desk.reading() as session:
            record: Any = session.get_one(LEDGERS[key[0]].model, key[1])
            name = record.name
        self._pane.open_question(asked(self._desk, key[1], name))

    # done at once

    @Slot()
    def _on_close(self) -> None:
        self._do({"unit": organisation.close_unit, "person": organisation.close_person})

    @Slot()
    def _on_reopen(self) -> None:
        self._do({"unit": organisation.reopen_unit, "person": organisation.reopen_person})

    def _do(self, services: Mapping[str, Callable[..., Changes]]) -> None:
        key = self._pane.key
        if key is not None and self._pane.may_leave():
            self._desk.do(services[key[0]], key[1])

    @Slot()
    def _on_delete(self) -> None:
        key = self._pane.key
        if key is not None and self._pane.may_leave():
            ledger = LEDGERS[key[0]]
            self._desk.do_many(f"删除{ledger.noun}", entry.delete, [key[1]], ledger, done=f"已删除{ledger.noun}。")
