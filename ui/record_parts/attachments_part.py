"""The files of one record: added by button, by dropping or pasting them, opened with one click or Enter."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDateTime, QElapsedTimer, QModelIndex, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from db.models import Record, Task
from huajie_desktop import temporary
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.work import attachments
from huajie_desktop.work.attachments import Added, AttachmentLine
from huajie_desktop.work.kept_contents import plain_name
from huajie_desktop.work.openable import MustBeSaved
from ui.desk.desk import Desk
from ui.desk.opening import open_file
from ui.lists.lines import LineColumn, LinesTable
from ui.widgets.building import flowing, make_label, put, upright
from ui.widgets.buttons import ActionButton, add_action
from ui.widgets.choice import Choice
from ui.widgets.dialogs import may_delete
from ui.widgets.dropping import TakesFiles
from ui.widgets.filters import ChoiceList

_PLACE = "attachments"
_AT_ONCE = 16 << 20  # bytes copied without a job


def _size(line: AttachmentLine) -> str:
    return f"{line.size / 1024:.0f} KB" if line.size < 1 << 20 else f"{line.size / (1 << 20):.1f} MB"


_COLUMNS = (
    LineColumn("name", "文件", 180),
    LineColumn("kind", "种类", 70),
    LineColumn("size", "大小", 80, numeric=True, word=_size),
    LineColumn("belongs", "用于", 120),
    LineColumn("fault", "情况", 130, word=lambda line: line.fault or "完好", tint=lambda line: "red" if line.fault else "green"),
    LineColumn("added", "添加", 150),
)


class AttachmentsPart(TakesFiles, QWidget):
    """The files of a record in the order they were added."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._record_id: int | None = None
        self._of: type[Record] = Task
        self._uses: ChoiceList | None = None
        self._just_opened, self._since_opened = 0, QElapsedTimer()
        self.setAcceptDrops(True)
        self.add = add_action(self, "添加文件", "F6", "attach", "选照片、扫描件或文档，复制到数据文件夹", self._on_add)
        self.paste = add_action(self, "粘贴", "Ctrl+V", "copy", "添加剪贴板里的文件或截图", self._on_paste)
        self.save_as = add_action(self, "另存为…", "F9", "save", "把选中的文件存一份到别处", self._on_save_as)
        self.use = add_action(self, "用于…", "F7", "right", "说明选中的文件证明哪个节点或哪一次", self._on_use)
        self.remove = add_action(self, "移除", "Del", "delete", "移除选中的文件，可以撤销", self._on_remove)
        self.table = LinesTable(
            "attachments", _COLUMNS, desk.preferences, stretch="name", spare=("added", "size", "kind"), many=True
        )
        self.table.set_menu([self.add, self.paste, self.save_as, self.use, self.remove])
        self.table.opened.connect(self._on_opened)
        self.table.view.clicked.connect(self._on_clicked)
        self.table.chosen.connect(self._on_chosen)
        self.table.empty.say(
            "还没有附件", "把照片、扫描件、文档拖到这里，或者粘贴截图。原件不动，这里存一份。", self.add, "attach"
        )
        self._lost = make_label(name="fieldError", wrap=True)
        self._arrange()
        self.setFocusProxy(self.table)

    def _arrange(self) -> None:
        buttons = flowing(spacing=8)
        self._add_button = ActionButton(self.add, "strong")
        buttons.addWidget(self._add_button)
        self._use_button = ActionButton(self.use, "plain")
        before = (ActionButton(self.paste, "plain"), ActionButton(self.save_as, "plain"))
        put(buttons, *before, self._use_button, ActionButton(self.remove, "plain"))
        buttons.addStretch(1)
        column = upright(self, (20, 12, 20, 12), 8)
        put(column, buttons, self._lost, (self.table, 1))
        hint = make_label("点文件名打开；程序等不能直接打开的，用“另存为”存出来。也可以把文件拖到这里。", "caption")
        column.addWidget(hint)

    def show_record(self, ledger: Ledger, record_id: int | None) -> None:
        """Reads the files of a record anew."""
        self._record_id, self._of = record_id, ledger.model
        self.use.setVisible(bool(attachments.provable(self._of)))
        found: list[AttachmentLine] = []
        if record_id is not None:
            with self._desk.reading() as session:
                found = attachments.lines(session, self._desk.seat.folder, record_id, of=self._of)
        self.table.show_lines(found)
        lost = [line.name for line in found if line.fault]
        self._lost.setText(f"{len(lost)} 个附件有问题：{'、'.join(lost[:3])}。请从备份找回，或者重新添加。")
        self._lost.setVisible(bool(lost))
        self.setFocusProxy(self.table if found else self._add_button)
        self._on_chosen()

    def take(self, paths: Sequence[Path]) -> None:
        """Adds files to the record; large ones in the background."""
        if self._record_id is None or not paths:
            return
        known = [path.stat().st_size for path in paths if path.is_file()]
        if sum(known) <= _AT_ONCE:
            self._on_added(self._desk.do(attachments.add, self._record_id, paths, of=self._of), taken=True)
        else:
            work = partial(_add, self._desk, self._record_id, tuple(paths), self._of)
            self._desk.start("添加附件", work, self._on_added)

    def _on_added(self, added: Added | None, taken: bool = False) -> None:
        if added is None:
            return
        if not taken:
            self._desk.take(added)
        fresh = len(added.changes.touched.get("attachments", ()))
        words = [f"已添加 {fresh} 个附件" if fresh else "没有添加"]
        if added.already:
            named = [f"“{name}”" if name == kept else f"“{name}”（内容同“{kept}”）" for name, kept in added.already[:3]]
            words.append(f"{len(added.already)} 个已经有了：{'、'.join(named)}{'等' if len(added.already) > 3 else ''}")
        self._desk.say("done" if fresh else "info", "，".join(words) + "。")

    @Slot()
    def _on_chosen(self) -> None:
        some = bool(self.table.selected_ids())
        self.save_as.setEnabled(self.table.current_line() is not None)
        self.remove.setEnabled(some)
        self.use.setEnabled(some)

    @Slot()
    def _on_add(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, "添加附件")
        self.take([Path(name) for name in names])

    @Slot()
    def _on_paste(self) -> None:
        clipboard = QGuiApplication.clipboard()
        said = clipboard.mimeData()
        if said.hasUrls():
            self.take([Path(url.toLocalFile()) for url in said.urls() if url.isLocalFile()])
        elif said.hasImage():
            with temporary.folder() as folder:
                path = Path(folder) / f"截图 {QDateTime.currentDateTime().toString('yyyy-MM-dd HH.mm.ss')}.png"
                clipboard.image().save(str(path))
                self._on_added(self._desk.do(attachments.add, self._record_id, [path], of=self._of), taken=True)
        else:
            self._desk.say("info", "剪贴板里没有文件，也没有截图。")

    @Slot()
    def _on_remove(self) -> None:
        ids = self.table.selected_ids()
        if ids and may_delete(self, "附件", len(ids)) and self._desk.do(attachments.remove, ids) is not None:
            self._desk.done(f"已移除 {len(ids)} 个附件。")

    @Slot()
    def _on_use(self) -> None:
        if self._record_id is None:
            return
        with self._desk.reading() as session:
            found = attachments.uses(session, self._record_id, of=self._of).items()
            choices = [Choice(value, word, word) for value, word in found]
        if self._uses is None:
            self._uses = ChoiceList(self._use_button, "用途")
            self._uses.chosen.connect(self._on_use_chosen)
        self._uses.open_at(choices, None)

    @Slot(object)
    def _on_use_chosen(self, value: attachments.Proof | None) -> None:
        self._desk.do(attachments.assign, self.table.selected_ids(), value)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == 0 and not QGuiApplication.keyboardModifiers():
            self.table.view.entered_row.emit()

    @Slot(object)
    def _on_opened(self, attachment_id: int) -> None:
        pause = QGuiApplication.styleHints().mouseDoubleClickInterval()
        if self._just_opened == attachment_id and self._since_opened.elapsed() < pause:
            return  # a double click is a click, too
        self._just_opened = attachment_id
        self._since_opened.start()
        path = self._path(attachment_id)
        if path is None:
            return
        try:
            if not open_file(path, self.table.lines[attachment_id].name):
                self._desk.say("warning", "这台电脑没有能打开这种文件的程序，可以另存出来。", offers=[self.save_as])
        except MustBeSaved as refusal:
            self._desk.say("warning", str(refusal), offers=[self.save_as])

    def _path(self, attachment_id: int) -> Path | None:
        """Where the content lies; None, and that is told, where it is gone."""
        try:
            with self._desk.reading() as session:
                return attachments.open_path(session, self._desk.seat.folder, attachment_id)
        except Problem as problem:
            self._desk.tell(problem)
            return None

    @Slot()
    def _on_save_as(self) -> None:
        line = self.table.current_line()
        path = self._path(line.id) if line is not None else None
        if line is None or path is None:
            return
        proposed = Path(self._desk.preferences.place(_PLACE) or Path.home()) / plain_name(line.name)
        chosen, _kind = QFileDialog.getSaveFileName(self, "另存为", str(proposed))
        if chosen:
            target = Path(chosen)
            self._desk.preferences.remember_place(_PLACE, str(target.parent))
            work = partial(attachments.save_copy, self._desk.seat.folder, path, target)
            self._desk.start("另存附件", work, partial(_saved, self._desk, target))

    def takes_files(self) -> bool:
        """Files are dropped on a record, not where none is shown."""
        return self._record_id is not None

    def take_files(self, paths: Sequence[Path]) -> None:
        """Hangs them on the record."""
        self.take(paths)


def _add(desk: Desk, record_id: int, paths: Sequence[Path], of: type[Record], job: Job) -> Added:
    return attachments.add(desk.seat, record_id, paths, of=of, job=job)


def _saved(desk: Desk, target: Path, _nothing: None) -> None:
    desk.say("done", f"已存到 {target}")
