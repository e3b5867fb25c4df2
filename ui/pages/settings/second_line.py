"""The line about the second place of copies: which it is, when it was seen, and after how many days it is asked for."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from huajie_desktop.backups.second_place import (
    SecondPlace,
    give_up_second_place,
    name_second_place,
    remind_after,
    second_place,
)
from huajie_desktop.backups.shelf import copies_in
from huajie_desktop.backups.since import is_of
from huajie_desktop.errors import Problem
from ui.desk.desk import Desk
from ui.widgets.building import FLUSH, flowing, make_label, put
from ui.widgets.buttons import WINDOW, ActionButton, add_action
from ui.widgets.steady import Spin

_PLACE = "backups"


class SecondPlaceLine(QWidget):
    """Chosen by the clerk, given up by her; what stands there stays."""

    named = Signal()  # a place was chosen, and nothing stands there yet
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._folder = desk, desk.seat.folder
        tip = "第二处备份放在哪里，如 U 盘、移动硬盘"
        self.choose = add_action(self, "选 U 盘或文件夹", "Ctrl+E", "folder", tip, self._on_choose, context=WINDOW)
        tip = "不再往第二处备份，已有的备份留着"
        self.give_up = add_action(self, "不再用第二处", "Ctrl+Shift+E", "", tip, self._on_give_up, context=WINDOW)
        self.words = make_label(wrap=True)
        self.days = Spin()
        self.days.setRange(1, 90)
        self.days.setSuffix(" 天没插就提醒")
        self.days.setToolTip("第二处备份这么多天没有见到，打开程序时就提醒")
        self.days.setAccessibleName("多少天没插就提醒")
        self.days.valueChanged.connect(self._on_days)
        put(flowing(self, FLUSH, 8), (self.words, 1), self.days, ActionButton(self.choose), ActionButton(self.give_up, "plain"))

    def refresh(self) -> None:
        """Looks whether it is there."""
        known = second_place(self._folder)
        if known is None:
            self.words.setText("第二处：还没有。电脑坏了，这台电脑上的备份也会一起丢，请选一个 U 盘或另一个磁盘。")
        else:
            self.words.setText(f"第二处：{known.folder}（{self._worded(known)}）")
            self.days.blockSignals(True)
            self.days.setValue(known.days)
            self.days.blockSignals(False)
        self.days.setVisible(known is not None)
        self.give_up.setVisible(known is not None)

    def _worded(self, known: SecondPlace) -> str:
        """Whether it is there, and what it is worth."""
        if not known.is_there:
            return f"现在没插，上次见到是 {known.seen.isoformat()}"
        with self._desk.reading() as session:
            good = any(is_of(session, copy) and not copy.fault for copy in copies_in(known.place))
        words = "现在插着" if good else "现在插着，但里面还没有一份好的备份，请按“立即备份”"
        same = "；它和数据在同一个磁盘上，磁盘坏了两处会一起丢，请换一个 U 盘或另一个磁盘"
        return words + (same if known.shares_disk(self._folder) else "")

    @Slot()
    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "第二处备份放在哪里", self._desk.preferences.place(_PLACE))
        if not chosen:
            return
        try:
            name_second_place(self._folder, Path(chosen), self._desk.today)
        except Problem as problem:
            self._desk.tell(problem)
            return
        self._desk.preferences.remember_place(_PLACE, chosen)
        self.named.emit()

    @Slot()
    def _on_give_up(self) -> None:
        give_up_second_place(self._folder)
        self.changed.emit()

    @Slot()
    def _on_days(self) -> None:
        try:
            remind_after(self._folder, self.days.value())
        except Problem as problem:
            self._desk.tell(problem)
