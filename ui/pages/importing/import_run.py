"""The import at hand: files read in the background, taken in, sent back; what there is now is announced."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from huajie_desktop import temporary
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.receiving import importing, intake
from huajie_desktop.receiving.arrivals import list_files
from huajie_desktop.receiving.intake import Outcome
from huajie_desktop.receiving.previews import Preview
from huajie_desktop.receiving.reopening import reopen
from huajie_desktop.receiving.returning import faulty, return_files
from ui.desk.desk import Desk
from ui.desk.takeback import take_back

_KEY = "import"  # the page's, for what must not be lost
_UNPACKED = "unpacked"  # among what is temporary
_BACK = "send-back"  # where workbooks to be mended were saved last


class ImportRun(QObject):
    """Reads, takes in and sends back; the page shows what comes of it."""

    read_done = Signal(object)  # Preview
    read_anew = Signal()  # the preview at hand, as units or categories changed
    applied = Signal(object)  # Outcome

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._refused: list[str] = []  # of what was chosen, in sentences
        self._others = 0  # files in a chosen folder that are no spreadsheets
        self._unpacked = desk.seat.folder / temporary.FOLDER / _UNPACKED  # what archives held, as long as it is previewed
        if self.kept is None:
            shutil.rmtree(self._unpacked, ignore_errors=True)

    @property
    def kept(self) -> Preview | None:
        """The preview that was shown before the page was built again."""
        found: Preview | None = self._desk.kept.get(_KEY)
        return found

    def read(self, paths: Sequence[Path], onto: Preview | None, ledger: Ledger | None) -> None:
        """Reads files, folders and archives into the preview, behind what is in it already."""
        arrived = list_files(paths, self._unpacked)
        self._tell_refused(arrived.refused)
        if not arrived.files:
            if paths and not arrived.refused:
                self._desk.say("warning", "这里没有表格文件，没有读任何内容。请选择 .xlsx、.xls、.et、.ods 或 .csv 文件。")
            return
        seat, files = self._desk.seat, arrived.files
        self._others, self._refused = arrived.others, arrived.refused
        title = f"读取 {len(files)} 个文件"
        self._desk.start(title, lambda job: importing.preview(seat, files, job, onto, ledger=ledger), self._on_read)

    def _tell_refused(self, sentences: Sequence[str]) -> None:
        """All in one message: a second one would take the place of the first."""
        if len(sentences) > 1:
            self._desk.say("warning", f"有 {len(sentences)} 处没有读，请看详情。", "\n".join(sentences))
        elif sentences:
            self._desk.say("warning", sentences[0])

    def open_again(self, batch_id: int) -> None:
        """Opens the preview of an earlier import as it would be now."""
        seat = self._desk.seat
        self._others, self._refused = 0, []
        self._desk.start("打开以前的预览", lambda job: reopen(seat, batch_id, job), self._on_read)

    def _on_read(self, preview: Preview) -> None:
        self._desk.kept[_KEY] = preview
        preview.refused += self._refused
        self.read_done.emit(preview)
        self._tell_refused(self._refused)
        if self._others and not self._refused:
            self._desk.say("info", f"另有 {self._others} 个文件不是表格，没有读。")

    def read_again(self, preview: Preview) -> None:
        """Reads the files of a preview again."""
        seat = self._desk.seat
        self._desk.start("重新读取文件", lambda job: importing.read_again(seat, preview, job=job), self._on_read_again)

    def _on_read_again(self, _nothing: object) -> None:
        if self.kept is not None:
            self.read_anew.emit()
            self._desk.say("info", "单位或类别有改动，预览已按新的重新读过。")

    def apply(self, preview: Preview, *, skip_errors: bool) -> None:
        """Takes the preview in."""
        seat = self._desk.seat
        title = f"导入 {sum(row.applies for row in preview.rows)} 项{preview.noun}"
        self._desk.start(title, lambda job: intake.apply(seat, preview, skip_errors=skip_errors, job=job), self._on_applied)

    def _on_applied(self, outcome: Outcome) -> None:
        self.forget()
        self.applied.emit(outcome)

    def take_back(self, parent: QWidget, outcome: Outcome) -> None:
        """Takes all of an import out again, if it brought anything."""
        changes = outcome.changes
        if changes and changes.operation_id is not None:
            take_back(self._desk, parent, changes.operation_id, changes.label)

    def forget(self) -> None:
        """Lets the preview and what was unpacked for it go."""
        self._desk.kept.pop(_KEY, None)
        shutil.rmtree(self._unpacked, ignore_errors=True)

    def send_back(self, parent: QWidget, preview: Preview) -> None:
        """Saves the faulty files of a preview, marked, where the clerk says."""
        folder = QFileDialog.getExistingDirectory(parent, "退回的表格存到", self._desk.preferences.place(_BACK))
        if not folder:
            return
        self._desk.preferences.remember_place(_BACK, folder)
        files, target = [file for file in preview.files if faulty(file)], Path(folder)
        self._desk.start(f"标出 {len(files)} 个文件的问题", lambda job: return_files(files, target, job), self._on_sent_back)

    def _on_sent_back(self, made: Sequence[Path]) -> None:
        names = "、".join(path.name for path in made[:3]) + (f"等 {len(made)} 个文件" if len(made) > 3 else "")
        self._desk.say("done", f"已存到 {made[0].parent}：{names}。请退回村里，改好后直接导入。")
