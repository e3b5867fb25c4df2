"""What the window says of copies made behind its back, of the second place, and of damage that was found."""

from datetime import date

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAction

from db.checking import Finding
from db.journal import Changes
from huajie_desktop.backups import soundness
from huajie_desktop.backups.copying import SourceDamaged
from huajie_desktop.backups.keeping import Kept, last_good
from huajie_desktop.backups.second_place import second_place
from huajie_desktop.backups.since import doubt_of
from huajie_desktop.occasions import Occasion
from ui.desk.desk import Desk
from ui.desk.quiet_copies import QuietCopies
from ui.shell.window import Window

_SETTINGS, _PART = "settings", "backups"
_LOOK = 500  # ms between two looks whether the clerk has read what stands in the strip


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
        desk.copied_by_hand.connect(self._on_made)
        self._waiting: list[tuple[str, str]] = []  # kind and sentence of what is said when the strip is free
        self._free = QTimer(self, interval=_LOOK)
        self._free.timeout.connect(self._say_next)
        with desk.reading() as session:
            doubt = doubt_of(session, self._folder)
        newest = None if doubt else last_good(self._folder)
        self._show_last(f"上次备份 {newest.made:%m-%d %H:%M}" if newest else "现在的数据还没有备份" if doubt else "还没有备份")
        if doubt:
            self._say("warning", doubt)

    @Slot(object)
    def _on_kept(self, made: Kept) -> None:
        self._on_made(made)
        if any(isinstance(refused, SourceDamaged) for refused in made.refused):
            self._copies.look_through()  # what it is, and where
        elif made.refusal:
            self._say("warning", made.refusal)
        elif made.occasion is Occasion.DAY:
            self._remind()

    @Slot(object)
    def _on_made(self, made: Kept) -> None:
        if made.copies:
            self._show_last(f"上次备份 {max(copy.made for copy in made.copies):%m-%d %H:%M}")

    def _show_last(self, words: str) -> None:
        self._desk.copied = words
        self._window.status.show_copied(words)

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
        details = "\n".join(dict.fromkeys(map(soundness.worded, found)))  # each once
        self._desk.say("error", f"{soundness.sentence(found)}首页的数字先不显示。{offered}", details, [self._offer])

    def _say(self, kind: str, sentence: str) -> None:
        self._waiting.append((kind, sentence))
        self._say_next()

    @Slot()
    def _say_next(self) -> None:
        if self._waiting and not self._window.messages.kind:  # what the clerk is reading is not taken away
            kind, sentence = self._waiting.pop(0)
            self._desk.say(kind, sentence, offers=[self._offer])
        if self._waiting:
            self._free.start()
        else:
            self._free.stop()

    @Slot()
    def _on_offer(self) -> None:
        good = last_good(self._folder) if self._desk.damage else None
        self._desk.visit(_SETTINGS, good or _PART)
