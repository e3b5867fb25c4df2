"""Copies of everything: that they are made, where they stand, what is in them, and bringing one back."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from db.backup import Moment
from huajie_desktop.backups.copying import Source
from huajie_desktop.backups.drill import Drill
from huajie_desktop.backups.keeping import Kept, all_copies, keep, places
from huajie_desktop.backups.shelf import Copy, size_of
from huajie_desktop.backups.since import Since, done_since
from huajie_desktop.backups.thinning import WORDS
from huajie_desktop.copy_names import with_moment
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.occasions import Occasion
from huajie_desktop.papers.drill_sheet import write_drill
from huajie_desktop.seat import Seat
from ui.desk.desk import Desk
from ui.desk.opening import open_file
from ui.lists.copies_table import CopiesTable, worded_time
from ui.pages.settings.copy_view import CopyView
from ui.pages.settings.second_line import SecondPlaceLine
from ui.theme import scaled
from ui.widgets.building import FLUSH, flowing, make_label, put, upright
from ui.widgets.buttons import WINDOW, ActionButton, add_action
from ui.widgets.dialogs import ask
from ui.widgets.scrolled import Scrolled

_NONE_YET = "每天第一次打开、导入和合并之前、关闭时会自动备份。"
_HINT = "选中一份，回车看里面；恢复之前，现在的数据会先留一份。"
_MB = 1 << 20
_LEAST = 112  # px at 100 % of the list: its head and two rows


class BackupsPart(QWidget):
    """The copies of both places, and what can be done with them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._folder = desk, desk.seat.folder
        self._since: dict[Path, Since | None] = {}  # by the folder of the copy
        self._add_actions()
        self.second = SecondPlaceLine(desk)
        self.second.named.connect(self._on_copy)
        self.second.changed.connect(self.refresh)
        self.last, self.room = make_label(name="groupTitle"), make_label(name="quiet", wrap=True)
        self.table = CopiesTable(desk.preferences)
        self.table.set_menu([self.restore, self.look, self.drill])
        self.table.chosen.connect(self._on_chosen)
        self.table.moved.connect(self._on_chosen)
        self.table.opened.connect(self._on_look)
        self._arrange()
        self.setFocusProxy(self.table)

    def _add_actions(self) -> None:
        def add(text: str, keys: str, picture: str, tip: str, slot: Any) -> QAction:
            return add_action(self, text, keys, picture, tip, slot, context=WINDOW)

        self.copy = add("立即备份", "F8", "save", "把全部数据和附件备份一份，检查过才算数", self._on_copy)
        self.restore = add("恢复这份", "Ctrl+Return", "undo", "把数据恢复到选中的备份，现在的先留一份", self._on_restore)
        self.look = add("看里面", "Ctrl+I", "search", "只看不改：这份备份里有什么，之后又做了什么", self._on_look)
        self.drill = add("恢复演练", "F9", "done", "试着恢复到临时文件夹，逐项核对，打印一页记录", self._on_drill)

    def _arrange(self) -> None:
        first = flowing(spacing=8)
        put(first, (self.last, 1), ActionButton(self.copy, "primary"))
        inside = QWidget()
        self.table.setMinimumHeight(scaled(_LEAST))
        put(upright(inside, (0, 8, 0, 0), 8), first, self.second, self.room, (self.table, 1))
        put(upright(self, FLUSH, 8), (Scrolled(inside), 1), self._table_line())

    def _table_line(self) -> QWidget:
        self._below = QWidget()
        line = flowing(self._below, FLUSH, 8)
        self.hint = make_label(_HINT, "quiet", wrap=True)
        put(line, (self.hint, 1), ActionButton(self.drill), ActionButton(self.look), ActionButton(self.restore))
        return self._below

    @Slot()
    def refresh(self) -> None:
        """Looks at both places anew."""
        copies = all_copies(self._folder)
        with self._desk.reading() as session:
            self._since = {copy.folder: done_since(session, copy) for copy in copies}
        self.table.empty.say("还没有备份", _NONE_YET, self.copy, "save")
        self.table.show_copies(copies, self._desk.today, self._worded_since)
        good = min((copy for copy in copies if not copy.fault), key=lambda copy: bool(self.table.lost(copy)), default=None)
        words = f"最近一份好的备份：{worded_time(good, self._desk.today)}" if good else "还没有备份"
        self.last.setText(words + ("（附件和导入的原件不全）" if good and self.table.lost(good) else ""))
        self.second.refresh()
        self._below.setVisible(bool(copies))
        size = sum(map(size_of, places(self._folder)))
        self.room.setText(f"共 {len(copies)} 份，占 {size / _MB:.1f} MB。{WORDS}。" if copies else "")
        self._on_chosen()

    def _worded_since(self, copy: Copy) -> str:
        since = self._since.get(copy.folder)
        return "" if since is None else f"{since.steps} 步" if since.steps else "没有变化"

    def go_to_copy(self, folder: Path) -> None:
        """Puts the cursor on a copy that is offered, by its folder."""
        self.refresh()
        self.table.go_to_copy(folder)
        self.table.setFocus()

    @Slot()
    def _on_chosen(self) -> None:
        copy = self.table.current_copy()
        for action in (self.restore, self.drill):
            action.setEnabled(copy is not None and not copy.fault)
        self.look.setEnabled(copy is not None and not copy.fault)
        self.hint.setText(f"这一份不能看也不能恢复：{copy.fault}。" if copy is not None and copy.fault else _HINT)

    @Slot()
    def _on_copy(self) -> None:
        self._desk.start("备份", partial(_copy, self._desk.seat), self._on_copied, apart=True)

    def _on_copied(self, made: Kept) -> None:
        self.refresh()
        self._desk.copied_by_hand.emit(made)
        if made.refused:
            self._desk.say("error", made.refusal)
        else:
            where = "这台电脑和第二处" if made.second else "这台电脑"
            self._desk.say("done", f"备份好了，已检查，完好。放在{where}。")

    @Slot()
    def _on_restore(self) -> None:
        copy = self.table.current_copy()
        if copy is None:
            return
        when, since = worded_time(copy, self._desk.today), self._since.get(copy.folder)
        later = f"之后做的 {since.steps} 步都不在里面。" if since and since.steps else ""
        later += self.table.lost(copy)
        text = f"数据会{with_moment('回到', when)} 的样子。{later}现在的数据会先留一份备份，恢复后不合意还可以再换回来。"
        if ask(self, f"{with_moment('恢复到', when)} 的备份？", text, "恢复"):
            self._desk.restore_asked.emit(copy)

    @Slot()
    def _on_look(self) -> None:
        copy = self.table.current_copy()
        if copy is None or copy.fault:
            return
        try:
            view = CopyView(self, self._desk.preferences, copy, self._since.get(copy.folder))
        except Problem as problem:
            self._desk.tell(problem)
            return
        view.exec()
        view.let_go()

    @Slot()
    def _on_drill(self) -> None:
        copy = self.table.current_copy()
        if copy is None:
            return
        proposed = f"恢复演练（{self._desk.today.isoformat()}）.pdf"
        chosen, _kind = QFileDialog.getSaveFileName(self, "演练记录存到", proposed, "PDF 文件 (*.pdf)")
        if chosen:
            target = chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf"
            work = partial(_drill, self._desk.seat, copy, target)
            self._desk.start("恢复演练", work, partial(self._on_drilled, target))

    def _on_drilled(self, target: str, done: Drill) -> None:
        self._desk.say("done" if done.worked else "error", f"{done.sentence}。记录在 {target}。")
        open_file(Path(target))


def _copy(seat: Seat, job: Job) -> Kept:
    if seat.engine.dialect.name != "sqlite":
        raise Problem("数据在服务器上，备份由管服务器的人做，这里没有备份。")
    with Moment(seat.engine) as moment:
        return keep(Source(seat.folder, moment), Occasion.HAND, seat.today(), job)


def _drill(seat: Seat, copy: Copy, target: str, job: Job) -> Drill:
    return write_drill(copy, seat.folder, Path(target), seat.today(), job)
