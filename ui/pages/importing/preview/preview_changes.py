"""What the clerk does to a preview: each change goes to the import's service, and `done` says that it happened."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.receiving import importing
from huajie_desktop.receiving.asked import Asked
from huajie_desktop.receiving.previews import FilePreview, Preview, PreviewRow
from huajie_desktop.receiving.unknown_names import unknown_names
from huajie_desktop.township import new_units
from huajie_desktop.year import campaigns
from ui.desk.desk import Desk
from ui.pages.importing.preview.mapping import MappingDialog


class PreviewChanges(QObject):
    """Changes to one preview; nothing of them is written to the data."""

    done = Signal(bool)  # whether the rows in sight should stay in sight

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.preview: Preview | None = None

    def mend(self, row: PreviewRow, name: str, text: str) -> None:
        """Reads a typed text for one field of a row."""
        self._desk.do(importing.mend, self.preview, row, name, text)
        self.done.emit(True)

    def skip(self, rows: Sequence[PreviewRow], *, skipped: bool) -> None:
        """Leaves rows out, or takes them in again."""
        if rows:
            self._desk.do(importing.skip, self.preview, rows, skipped=skipped)
            self.done.emit(False)

    def check(self, rows: Sequence[PreviewRow], key: str | None = None) -> None:
        """Somebody looked at what is doubted of rows, in one field or in all."""
        if rows:
            self._desk.do(importing.check, self.preview, rows, key)
            self.done.emit(True)

    def decide(self, rows: Sequence[PreviewRow], side: str, key: str | None = None) -> None:
        """Says whose word counts in one field of the rows, or in all."""
        if rows:
            self._desk.do(importing.decide, self.preview, rows, side, key)
            self.done.emit(True)

    def answer(self, row: PreviewRow, record_id: int) -> None:
        """Says which kept record a row is."""
        self._desk.do(importing.answer, self.preview, row, record_id)
        self.done.emit(True)

    def close(self, rows: Sequence[PreviewRow], *, closing: bool) -> None:
        """Says of records the sheet no longer has that they are over, or that they stay."""
        places = [row.target for row in rows if row.removed]
        if places:
            self._desk.do(importing.close, self.preview, rows, closing=closing)
            self.done.emit(False)

    def tell(self, mode: str, blank: str, *, unlock: bool) -> None:
        """Says how the whole import is meant."""
        self._desk.do(importing.tell, self.preview, mode=mode, blank=blank, unlock=unlock)
        self.done.emit(False)

    def drop(self, file: FilePreview) -> None:
        """Takes a file out of the preview."""
        self._desk.do(importing.drop, self.preview, file)
        self.done.emit(False)

    def say_unit(self, file: FilePreview, name: str) -> None:
        """Says whose file it is and reads it again."""
        preview, seat = self.preview, self._desk.seat
        if preview is not None:
            title = f"按{name}重新读取"
            self._desk.start(title, lambda job: importing.set_unit(seat, preview, file, name, job), self._on_read_again)

    def say_ledger(self, file: FilePreview, ledger: Ledger) -> None:
        """Says what a file holds and reads it again."""
        preview, seat = self.preview, self._desk.seat
        if preview is not None:
            title = f"按{ledger.title}重新读取"
            self._desk.start(title, lambda job: importing.set_ledger(seat, preview, file, ledger, job), self._on_read_again)

    def take_sheet(self, file: FilePreview, sheet: str, *, taken: bool) -> None:
        """Reads the file again, with a sheet that was set aside or without it."""
        preview, seat = self.preview, self._desk.seat
        if preview is not None:
            title = f"{'连同' if taken else '不读'}工作表“{sheet}”重新读取"
            self._desk.start(
                title, lambda job: importing.take_sheet(seat, preview, file, sheet, job, taken=taken), self._on_read_again
            )

    def unknown(self, files: Sequence[FilePreview]) -> list[Asked]:
        """What the files name that nobody keeps yet."""
        with self._desk.reading() as session:
            return unknown_names(session, files)

    def make(self, asked: Asked) -> None:
        """Makes units or categories the files name; the page then reads the files again, as when they are taken back."""
        if asked.units:
            self._desk.do(new_units.take, asked.units)
        elif asked.categories:
            self._desk.do(campaigns.add_categories, asked.categories)

    def pass_over(self, file: FilePreview, sheet: str, *, passed: bool) -> None:
        """Says of a sheet nobody could read that it is none of ours, or that it may be."""
        file.passed = file.passed | {sheet} if passed else file.passed - {sheet}
        self.done.emit(True)

    def remap(self, parent: QWidget, file: FilePreview) -> None:
        """Shows what the columns were taken for; reads the file again if something was corrected."""
        preview, seat = self.preview, self._desk.seat
        dialog = MappingDialog(parent, file)
        try:
            corrections = dialog.corrections if dialog.exec() else {}
        finally:
            dialog.deleteLater()
        if corrections and preview is not None:
            self._desk.start("重新读取", lambda job: importing.remap(seat, preview, file, corrections, job), self._on_read_again)

    def _on_read_again(self, _nothing: object) -> None:
        self.done.emit(False)
