"""The preview of an import as one widget: files, rows and the chosen row, all of it driven by keys if wished."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from db.fields import Kind
from huajie_desktop.receiving.previews import Preview
from ui.desk.desk import Desk
from ui.forms.choices import choices_of
from ui.pages.importing.preview.deciding import Deciding
from ui.pages.importing.preview.detail import RowDetail
from ui.pages.importing.preview.file_asks import FileAsks
from ui.pages.importing.preview.options import Options
from ui.pages.importing.preview.preview_changes import PreviewChanges
from ui.pages.importing.preview.preview_files import FileList
from ui.pages.importing.preview.preview_rows import RowList
from ui.pages.importing.preview.preview_words import is_problem
from ui.theme import scaled
from ui.widgets.building import FLUSH, across, put, upright
from ui.widgets.buttons import ALONE, add_action
from ui.widgets.dialogs import ask

_FILES, _DETAIL = 252, 330  # px at 100 %
_NARROW = ((800, 162, 260), (1000, 202, 280))  # px at 100 %: below these widths the files and the row take that


class PreviewPane(QWidget):
    """Shows a preview and lets the clerk mend, skip and remap; `changed` says that counts may be others now."""

    changed = Signal()
    finished = Signal()  # Enter, and nothing is left to look at

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setAccessibleName("预览")
        self._desk = desk
        self._changes = PreviewChanges(desk)
        self._changes.done.connect(self._on_changed)
        self._make_actions()
        self.files = FileList(desk, self.map_action, self.drop_action)
        self.files.chosen.connect(self._on_files_chosen)
        self.files.unit_said.connect(self._on_unit_said)
        self.files.kind_said.connect(self._on_kind_said)
        self.rows = RowList(desk.preferences)
        self.deciding = Deciding(self.rows, self._changes)
        aside = (self.skip_action, self.take_action, self.twins_action)
        self.rows.set_menu([self.mend_action, *self.deciding.actions, *aside])
        self.addAction(self.deciding.check)  # also while the row is read beside the list
        self.rows.moved.connect(self._on_moved)
        self.rows.chosen.connect(self._on_selected)
        self.rows.opened.connect(self._on_mend)
        self.detail = RowDetail(desk)
        self.detail.typed.connect(self._on_typed)
        self.detail.gone_on.connect(self._on_gone_on)
        self.detail.left.connect(self.rows.setFocus)
        self.deciding.listen_to(self.detail)
        self.asks = FileAsks(desk.preferences, self._changes, self.files)
        self.options = Options()
        self.options.told.connect(self._on_told)
        self._arrange()
        self.setFocusProxy(self.rows)

    def _make_actions(self) -> None:
        add = partial(add_action, self, context=ALONE)
        self.mend_action = add("改正", "F2", "edit", "改正这一行（回车也可以）", self._on_mend)
        self.skip_action = add("跳过选中的行", "Del", "delete", "选中的行不导入，可以再纳入", self._on_skip)
        self.take_action = add("重新纳入", "Ins", "return", "跳过的行重新纳入", self._on_take)
        add = partial(add_action, self)  # these are for the whole preview, not for a row
        self.twins_action = add("跳过全部重复", "Ctrl+Shift+D", "copy", "同一条写了两遍的，只留第一行", self._on_twins)
        self.map_action = add("列对应…", "Ctrl+M", "list", "看每一列读成了什么，认错了的改正", self._on_map)
        self.drop_action = add("移除这个文件", "Ctrl+Shift+Del", "close", "这个文件不导入，从预览中拿掉", self._on_drop)

    def _arrange(self) -> None:
        line = across(spacing=0)
        put(line, self.files, (self.rows, 5), (self.detail, 3))
        put(upright(self, FLUSH, 8), self.rows.filters, self.options, self.asks, (line, 1))

    # what is shown

    @property
    def preview(self) -> Preview | None:
        """The preview shown, None when there is none."""
        return self._changes.preview

    def may_go(self, *, closing: bool = True) -> bool:
        """Asks before a preview not taken in is lost; where the window stays open, only if the clerk did anything to it."""
        if self.preview is None or not (self.preview.files if closing else self.preview.worked_on):
            return True
        files, word = f"预览中的 {len(self.preview.files)} 个文件还没有导入。", "关闭" if closing else "放弃"
        text = f"{files}{word}后，预览中改正、核对和指定的内容就没有了；原来的文件和数据都不变。"
        heading, verb = ("不导入就关闭吗？", "放弃预览并关闭") if closing else ("放弃这次预览吗？", "放弃预览")
        return ask(self, heading, text, verb)

    def forget(self) -> None:
        """Lets the preview go."""
        self._changes.preview = None

    def show_preview(self, preview: Preview, *, problems_first: bool = False) -> None:
        """Shows a preview; with `problems_first` only the rows to look at, if there are any."""
        self._changes.preview = preview
        self._load_choices()
        if problems_first:
            self.files.select_all_files()
            self.rows.show_everything(problems=any(is_problem(row) for row in preview.rows))
        self.refresh()

    def refresh(self, *, keep_rows: bool = False) -> None:
        """Shows what stands in the preview now; with `keep_rows` mended rows stay in sight until another filter is chosen."""
        preview = self.preview
        if preview is None:
            return
        self.files.show_preview(preview)
        self.options.show_preview(preview)
        chosen = [self.files.file] if self.files.file else preview.files
        self.asks.show_files(chosen)
        self.rows.show_files(chosen, preview.known.year, keep_rows=keep_rows)
        self.setFocusProxy(self.rows if self.rows.table.model.ids else self.files.table if self.asks.isHidden() else self.asks)
        self._on_moved()
        self.changed.emit()

    def _load_choices(self) -> None:
        with self._desk.reading() as session:
            choices = choices_of(session)
        self.files.set_units(choices[Kind.UNIT])
        self.detail.set_choices(choices)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        files, detail = next((room for width, *room in _NARROW if self.width() < scaled(width)), (_FILES, _DETAIL))
        self.files.setFixedWidth(scaled(files))
        self.detail.setMinimumWidth(scaled(detail))
        self.detail.setMaximumWidth(scaled(_DETAIL + 140))
        self.asks.leave_room(self.height())

    # going about

    @Slot()
    def _on_files_chosen(self) -> None:
        if self.preview is not None:
            self.rows.forget_place()
            self.refresh()

    @Slot()
    def _on_moved(self) -> None:
        self.detail.show_row(self.rows.current())
        self._on_selected()

    @Slot()
    def _on_selected(self) -> None:
        rows = self.rows.selected()
        self.skip_action.setEnabled(any(not row.skipped for row in rows))
        self.take_action.setEnabled(any(row.skipped for row in rows))
        self.mend_action.setEnabled(bool(rows))
        self.deciding.show_selected(rows)
        self.twins_action.setEnabled(bool(self.rows.twins()))

    @Slot()
    def _on_mend(self) -> None:
        if self.rows.current() is not None:
            self.detail.focus_problem()

    @Slot()
    def _on_gone_on(self) -> None:
        """Enter: the next fault of this row, else the next row to look at, else the end."""
        row = self.rows.current()
        if row is not None and row.status in ("error", "conflict", "ask"):
            self.detail.focus_problem()
            return
        target = self.rows.next_problem()
        self.refresh()
        if target is None:
            self.rows.setFocus()
            self.finished.emit()
        elif self.rows.go_to(target):
            self.detail.focus_problem()

    # changing

    @Slot(bool)
    def _on_changed(self, keep_rows: bool) -> None:
        self.refresh(keep_rows=keep_rows)

    @Slot(str, str)
    def _on_typed(self, name: str, text: str) -> None:
        row = self.rows.current()
        if row is not None:
            self._changes.mend(row, name, text)

    @Slot()
    def _on_told(self) -> None:
        said = self.options
        self._changes.tell(said.mode.currentData(), said.blank.currentData(), unlock=said.unlock.isChecked())

    @Slot()
    def _on_skip(self) -> None:
        self._changes.skip(self.rows.selected(), skipped=True)

    @Slot()
    def _on_take(self) -> None:
        self._changes.skip(self.rows.selected(), skipped=False)

    @Slot()
    def _on_twins(self) -> None:
        self._changes.skip(self.rows.twins(), skipped=True)

    @Slot(str)
    def _on_unit_said(self, name: str) -> None:
        if self.files.file is not None:
            self._changes.say_unit(self.files.file, name)

    @Slot(str)
    def _on_kind_said(self, key: str) -> None:
        if self.files.file is not None:
            self._changes.say_ledger(self.files.file, self._desk.catalogue[key])

    @Slot()
    def _on_map(self) -> None:
        if self.files.file is not None:
            self._changes.remap(self, self.files.file)

    @Slot()
    def _on_drop(self) -> None:
        file = self.files.file
        if file is not None:
            self.files.select_all_files()
            self._changes.drop(file)
