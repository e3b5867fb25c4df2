"""What the window says of copies made behind its back, of the second place, and of damage that was found."""

from datetime import date

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from db.checking import Finding
from db.journal import Changes
from huajie_desktop.backups import soundness
from huajie_desktop.backups.copying import SourceDamaged
from huajie_desktop.backups.keeping import Kept, last_good
from huajie_desktop.backups.second_place import second_place
from huajie_desktop.occasions import Occasion
from ui.desk.desk import Desk
from ui.desk.quiet_copies import QuietCopies
from ui.shell.window import Window

_SETTINGS, _PART = "settings", "backups"


class CopiesTold(QObject):
    """Follows the copies from the first seat taken to the end of the sitting."""

    def __init__(self, desk: Desk, copies: QuietCopies, window: Window) -> None:
        super().__init__(window)
        self._desk, self._copies, self._window = desk, copies, window
        self._folder = desk.seat.folder
        self._offer = QAction("到“备份”", self)
        self._offer.setStatusTip("设置里的“备份”：备份在哪里，怎样恢复")
        self._offer.triggered.connect(self._on_offer)
        copies.kept.connect(self._on_kept)
        copies.looked.connect(self._on_looked)
        copies.failed.connect(desk.tell)
        newest = last_good(self._folder)
        self._desk.copied = f"上次备份 {newest.made:%m-%d %H:%M}" if newest else "还没有备份"
        window.status.show_copied(desk.copied)

    @Slot(object)
    def _on_kept(self, made: Kept) -> None:
        if made.copies:
            self._desk.copied = f"上次备份 {max(copy.made for copy in made.copies):%m-%d %H:%M}"
            self._window.status.show_copied(self._desk.copied)
        for refused in made.refused:
            if isinstance(refused, SourceDamaged):
                self._copies.look_through()  # what it is, and where
            else:
                self._say("warning", str(refused))
            return
        if made.occasion is Occasion.DAY:
            self._remind()

    def _remind(self) -> None:
        """Once a day where the only copies are on this computer, or the stick was not seen for long."""
        known = second_place(self._folder)
        if known is None:
            self._say("info", "今天的备份已做好，但只放在这台电脑里，电脑坏了就都没了。请选一个 U 盘或另一个磁盘做第二处备份。")
        elif not known.is_there and (days := known.missed(date.today())):
            self._say("warning", f"第二处备份已经 {days} 天没有见到（{known.folder}）。请插上 U 盘，再按“立即备份”。")

    @Slot(object)
    def _on_looked(self, found: list[Finding]) -> None:
        if not found:
            self._desk.seat.data.doubtful = False
            self._say("done", f"上次程序没有正常关闭。{soundness.SOUND}")
            return
        self._desk.damage = found
        self._desk.seat.data.doubtful = True  # so that it is looked at again next time
        self._desk.changed.emit(Changes(touched={"settings": set()}))  # nobody changed anything, but figures give way
        self._tell_damage(found)

    def _tell_damage(self, found: list[Finding]) -> None:
        good = last_good(self._folder)
        offered = f"最近一份好的备份是 {good.name} 的。" if good else "没有找到好的备份，请联系管理员。"
        details = "\n".join(map(soundness.worded, found))
        self._desk.say("error", soundness.sentence(found) + offered, details, [self._offer])

    def _say(self, kind: str, sentence: str) -> None:
        if not self._window.messages.kind:  # what the clerk is reading is not taken away
            self._desk.say(kind, sentence, offers=[self._offer])

    @Slot()
    def _on_offer(self) -> None:
        good = last_good(self._folder) if self._desk.damage else None
        self._desk.visit(_SETTINGS, good or _PART)
