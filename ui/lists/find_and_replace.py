"""Find and replace in the texts of a list's records: every place is looked at and ticked before anything is changed."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QRadioButton, QWidget

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.replacing import places_of, text_keys
from huajie_desktop.values.text import clean
from ui.desk.desk import Desk
from ui.lists.selected_cells import SelectedCells
from ui.lists.tables import ListTable
from ui.lists.ticked_changes import TickedChanges
from ui.widgets.building import across, make_label, put, upright
from ui.widgets.buttons import WINDOW, ActionButton, add_action
from ui.widgets.choice import Choice
from ui.widgets.dialogs import Dialog, give_size
from ui.widgets.filters import Chip

_MOST = 2000  # places looked at in one go
_NAMED = 20  # characters of what is looked for in a sentence
_HINT = "写好要找的文字，按回车逐处看；不要换的去掉勾（空格）。"


class Replacing(QObject):
    """The command of a list."""

    def __init__(self, desk: Desk, ledger: Ledger, table: ListTable, cells: SelectedCells) -> None:
        super().__init__(table)
        self._desk, self._ledger, self._table, self._cells = desk, ledger, table, cells
        tip = "在选中的或列出的记录里把一种写法换成另一种，先逐处看过再换"
        self.action = add_action(table, "查找和替换", "Ctrl+Shift+H", "", tip, self._on_replace, context=WINDOW)

    @Slot()
    def _on_replace(self) -> None:
        dialog = ReplaceDialog(self._table, self._desk, self._ledger, self._table.selected_ids(), self._table.ids)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._cells.replace(dialog.places.chosen(), f"把“{dialog.sought.text()[:_NAMED]}”替换为“{dialog.by.text()[:_NAMED]}”")
        dialog.deleteLater()
        self._table.setFocus()


class ReplaceDialog(Dialog):
    """What to look for, by what to replace it, where; below it the places. Enter finds, Ctrl+Enter replaces what is ticked."""

    def __init__(self, parent: QWidget, desk: Desk, ledger: Ledger, selected: Sequence[int], listed: Sequence[int]) -> None:
        super().__init__(parent)
        self._desk, self._ledger, self._selected, self._listed = desk, ledger, list(selected), list(listed)
        self._beyond = 0  # places found and not listed
        self.setWindowTitle("查找和替换")
        give_size(self, 1000, 620)
        self.sought, self.by = QLineEdit(), QLineEdit()
        for line, hint in ((self.sought, "要找的文字，照原样找"), (self.by, "换成什么；空着就是删去")):
            line.setPlaceholderText(hint)
            line.textEdited.connect(self._forget)
            line.returnPressed.connect(self.find)
        self.fields = Chip("哪一项内容")
        self.fields.set_choices([Choice(key, ledger.fields[key].label) for key in text_keys(ledger)])
        self.fields.chosen.connect(self._forget)
        self.exact = QCheckBox("区分全角和半角")
        self.exact.toggled.connect(self._forget)
        self.only, self.every = QRadioButton(f"选中的 {len(selected)} 项"), QRadioButton(f"列出的全部 {len(listed)} 项")
        (self.only if len(selected) > 1 else self.every).setChecked(True)
        self.only.setEnabled(bool(selected))
        self.only.toggled.connect(self._forget)
        self.places = TickedChanges()
        self.places.ticked.connect(self._count)
        self.said = make_label(_HINT, "quiet", wrap=True)
        self.look = add_action(self, "查找", "", "search", "列出每一处，还不改（回车）", self.find)
        self.replace = add_action(self, "替换", "", "done", "把打勾的都换掉，可以撤销（Ctrl+回车）", self.accept)
        self.leave = add_action(self, "关闭", "Esc", "close", "不换了", self.reject)
        self._arrange()
        self._forget()

    def _arrange(self) -> None:
        texts, where, buttons = across(spacing=16), across(spacing=16), across(spacing=8)
        for word, line in (("查找", self.sought), ("替换为", self.by)):
            label = make_label(word, "fieldLabel")
            label.setBuddy(line)
            column = upright(spacing=4)
            put(column, label, line)
            put(texts, (column, 1))
        put(where, self.every, self.only, self.fields, self.exact, 1, ActionButton(self.look))
        put(buttons, (self.said, 1), ActionButton(self.replace, "primary"), ActionButton(self.leave, "plain"))
        put(upright(self, (24, 20, 24, 20), 12), texts, where, (self.places, 1), buttons)

    @Slot()
    def _forget(self) -> None:
        """What was found no longer holds, nor what was said of it."""
        if self.places.rowCount():
            self.places.show_places([])
        self.said.setText(_HINT)
        self.replace.setEnabled(False)

    @Slot()
    def find(self) -> None:
        """Lists the places."""
        sought, by = clean(self.sought.text()), clean(self.by.text())  # nothing kept has signs nobody sees
        if not sought:
            self.sought.setFocus()
            return
        ids = self._selected if self.only.isChecked() else self._listed
        key = self.fields.value
        keys = [str(key)] if key is not None else text_keys(self._ledger)
        look = partial(places_of, self._desk.seat, ids, self._ledger, keys, sought, by, exact=self.exact.isChecked())
        found = self._desk.ask(look) or []
        self._beyond = max(0, len(found) - _MOST)
        self.places.show_places(found[:_MOST])
        if not found:
            self.said.setText(f"没有找到“{sought[:_NAMED]}{'…' if len(sought) > _NAMED else ''}”。")
            return
        self.places.setFocus()

    @Slot()
    def _count(self) -> None:
        chosen, found = len(self.places.chosen()), self.places.rowCount()
        self.replace.setEnabled(bool(chosen))
        self.replace.setText(f"替换 {chosen} 处" if chosen else "替换")
        if found:
            more = f"另有 {self._beyond} 处没有列出，换完再找一次。" if self._beyond else ""
            self.said.setText(f"找到 {found + self._beyond} 处，打勾的 {chosen} 处会换。{more}")
