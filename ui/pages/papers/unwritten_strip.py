"""Papers that are registered while their files are not all in place: said beside the tabs, written again or let go."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame

from huajie_desktop.jobs import Job
from huajie_desktop.papers import unwritten
from huajie_desktop.papers.unwritten import Unwritten
from huajie_desktop.seat import Seat
from ui.desk.desk import Desk
from ui.theme import scaled
from ui.widgets.building import FLUSH, as_tip, flowing, make_label, put
from ui.widgets.buttons import WINDOW, ActionButton, add_action
from ui.widgets.dialogs import ask

_LEAST = 40  # px at 100 % that its words keep


class UnwrittenStrip(QFrame):
    """Hidden while everything that is registered was written; its room is kept, so that nothing moves when it comes or goes."""

    written = Signal(object)  # the files

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: list[Unwritten] = []
        self.words = make_label()
        self.words.setMinimumWidth(scaled(_LEAST))
        room = self.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.setSizePolicy(room)
        tips = "把没有写完的文件写到原来选的位置，编号不变", "登记保留，文件不再写出"
        self.again = add_action(self, "重新写出", "Ctrl+Shift+W", "save", tips[0], self._on_again, context=WINDOW)
        self.let_go = add_action(self, "不用写了", "Ctrl+Shift+Del", "close", tips[1], self._on_let_go, context=WINDOW)
        put(flowing(self, FLUSH, 8), (self.words, 1), ActionButton(self.again), ActionButton(self.let_go, "link"))
        self.hide()

    def refresh(self) -> None:
        """Looks what is not written yet."""
        with self._desk.reading() as session:
            self._found = unwritten.unfinished(session)
        self.words.setText(say_unwritten(self._found))
        self.words.setToolTip(as_tip(self.words.text()))  # the place may be long, and is cut then
        self.setVisible(bool(self._found))
        for action in (self.again, self.let_go):
            action.setVisible(bool(self._found))
            action.setEnabled(bool(self._found))

    @Slot()
    def _on_again(self) -> None:
        seat, found = self._desk.seat, list(self._found)
        self._desk.start("重新写出文书", lambda job: _write_again(seat, found, job), self._on_written)

    def _on_written(self, files: list[Path]) -> None:
        self.written.emit(files)
        self._desk.say("done", f"已写出 {len(files)} 个文件，保存在 {files[0].parent}。")

    @Slot()
    def _on_let_go(self) -> None:
        count = sum(len(one.papers) for one in self._found)
        text = f"这 {count} 份已经编号登记，登记和编号保留，只是文件不再写出。以后仍可以在“制作”里再做，内容没有变的编号不变。"
        if ask(self, "不再写出这些文件吗？", text, "不用写了"):
            for one in self._found:
                unwritten.drop(one)
            self.written.emit([])


def say_unwritten(found: Sequence[Unwritten]) -> str:
    """What is not written yet and where it belongs, "" for nothing."""
    if not found:
        return ""
    count, places = sum(len(one.papers) for one in found), list(dict.fromkeys(str(one.place) for one in found))
    where = f"{places[0]} 等处" if len(places) > 1 else places[0]
    return f"{count} 份文书已编号登记，但文件没有写完（应在 {where}）。"


def _write_again(seat: Seat, found: Sequence[Unwritten], job: Job) -> list[Path]:
    """Writes one making after the other; each is whole or as it was. Raises NotWritten, Cancelled."""
    files = list[Path]()
    for done, one in enumerate(found):
        job.step(done, len(found), f"写出 {one.place}")
        files += unwritten.write_again(seat, one)
    return files
