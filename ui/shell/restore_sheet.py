"""Bringing a copy back where no data is open: at the first start on a new computer, and when what is there cannot be opened."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from huajie_desktop.backups.keeping import all_copies
from huajie_desktop.backups.shelf import Copy, copies_in, copy_at, place_in
from ui.desk.preferences import Preferences
from ui.lists.copies_table import CopiesTable
from ui.widgets.building import across, make_label, put, upright
from ui.widgets.buttons import ActionButton, add_action

_PLACE = "backups"
_HINT = "选中一份，按回车恢复。现在的数据（如果有）会先留一份。"


class RestoreSheet(QWidget):
    """The copies of this computer and of a folder the clerk names; one of them is taken, or the clerk goes back."""

    taken = Signal(object)  # Copy
    left = Signal()

    def __init__(self, folder: Path, preferences: Preferences) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._preferences, self._copies = preferences, list[Copy](all_copies(folder))
        tip = "备份所在的 U 盘、磁盘或文件夹"
        self.choose = add_action(self, "选放备份的 U 盘或文件夹", "Ctrl+E", "folder", tip, self._on_choose)
        self.restore = add_action(self, "恢复这份", "Ctrl+Return", "undo", "把数据恢复到选中的备份", self._on_restore)
        self.table = CopiesTable(preferences, whose=True)
        self.table.opened.connect(self._on_restore)
        self.table.chosen.connect(self._on_chosen)
        self.table.moved.connect(self._on_chosen)
        self.words = make_label(name="quiet", wrap=True)
        self.back = add_action(self, "返回", "Esc", "", "不恢复，回到上一步", self.left)
        self._first = ActionButton(self.choose)
        first = across(spacing=8)
        put(first, (make_label("从备份恢复", "pageTitle"), 1), self._first, ActionButton(self.back))
        last = across(spacing=8)
        put(last, (self.words, 1), ActionButton(self.restore, "primary"))
        put(upright(self, (24, 16, 24, 16), 12), first, (self.table, 1), last)
        self._show()

    def _show(self) -> None:
        self.table.empty.say("还没有看到备份", "插上放备份的 U 盘，再选它；备份在里面的“清单备份”文件夹里。", self.choose, "save")
        self.table.show_copies(self._copies, date.today())
        self.first = self.table if self._copies else self._first
        self.words.setText(_HINT if self._copies else "")
        self._on_chosen()

    def focusInEvent(self, _event: QFocusEvent) -> None:
        self.first.setFocus()  # no focus proxy, which Tab would always come back to

    def show_one(self, copy: Copy) -> None:
        """Shows a copy alone, which is being brought back."""
        self._copies = [copy]
        self._show()

    @Slot()
    def _on_chosen(self) -> None:
        copy = self.table.current_copy()
        self.restore.setEnabled(copy is not None and not copy.fault)
        if copy is not None:
            whose = f"选中的是{copy.manifest.title}的数据。" if copy.manifest and copy.manifest.title else ""
            can = f"{whose}{self.table.lost(copy)}{_HINT}"
            self.words.setText(f"这一份不能恢复：{copy.fault}。" if copy.fault else can)

    @Slot()
    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "备份放在哪里", self._preferences.place(_PLACE))
        if not chosen:
            return
        place = place_in(Path(chosen))
        itself = copy_at(Path(chosen))
        found = [itself] if itself else copies_in(place if place.is_dir() else Path(chosen))
        known = {copy.folder for copy in self._copies}
        self._copies += [copy for copy in found if copy.folder not in known]
        self._copies.sort(key=lambda copy: copy.made, reverse=True)
        self._show()
        if found:
            self.table.go_to_copy(found[0].folder)
            self.table.setFocus()
        else:
            self.words.setText(f"“{chosen}”里没有备份。请选 U 盘本身，或里面的“清单备份”文件夹。")

    @Slot()
    def _on_restore(self) -> None:
        copy = self.table.current_copy()
        if copy is not None and not copy.fault:
            self.taken.emit(copy)
