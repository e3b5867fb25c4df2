"""What a preview asks of whole files, above its rows: sheets that were not read, what kind a file is, what looks doubtful."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QWidget

from huajie_desktop.receiving.asked import CATEGORY, KIND, NOTICE, SHEET, TABLE, UNIT, UNREAD, Asked, asked_of
from huajie_desktop.receiving.previews import FilePreview
from ui.desk.preferences import Preferences
from ui.lists.lines import LineColumn, LinesTable
from ui.pages.importing.preview.preview_changes import PreviewChanges
from ui.pages.importing.preview.preview_files import FileList
from ui.theme import ROW_HEIGHT, icon, scaled
from ui.widgets.building import across, put, upright
from ui.widgets.buttons import ALONE, WINDOW, ActionButton, add_action

_OF = 150  # px at 100 % of the preview for each line in sight
_TINTS = {**dict.fromkeys((UNREAD, TABLE), "red"), **dict.fromkeys((KIND, SHEET, NOTICE, UNIT, CATEGORY), "yellow")}
_COLUMNS = (
    LineColumn("name", "文件", 170),
    LineColumn("title", "要看的", 420, tint=lambda line: "grey" if line.asked.taken else _TINTS[line.asked.sort]),
    LineColumn("how", "回车", 150),
)


class _Line(NamedTuple):
    id: int
    name: str
    title: str
    how: str
    asked: Asked


class FileAsks(QWidget):
    """One line for each thing asked; Enter answers it, or goes to where it is answered."""

    def __init__(self, preferences: Preferences, changes: PreviewChanges, files: FileList) -> None:
        super().__init__()
        self._changes, self._files = changes, files
        self._most = 1  # lines in sight
        self.fold = QPushButton()
        self.fold.setProperty("kind", "link")
        self.fold.setCheckable(True)
        self.fold.setChecked(True)
        self.fold.setToolTip("没有读的工作表、看不准是哪种表等，要看的是整份文件（Ctrl+J）")
        self.fold.toggled.connect(self._on_toggled)
        self.table = LinesTable("preview-asks", _COLUMNS, preferences, spare=("how", "name"))
        self.table.view.horizontalHeader().hide()
        self.table.moved.connect(self._on_moved)
        self.table.opened.connect(self._on_opened)
        tip = "到整份文件要看的：没有读的工作表、看不准的种类等"
        self.go_action = add_action(self, "整份文件要看的", "Ctrl+J", "warning", tip, self.enter, context=WINDOW)
        add = partial(add_action, self, context=ALONE)
        self.take_action = add("也读这一张", "Ins", "return", "没有读的工作表也读，里面的记录加入预览", self._on_take)
        self.leave_action = add("不读这一张", "Del", "delete", "这张工作表不读，里面的记录从预览中拿掉", self._on_leave)
        self.table.set_menu([self.take_action, self.leave_action])
        line = across(spacing=8)
        put(line, self.fold, ActionButton(self.take_action, "link"), ActionButton(self.leave_action, "link"))
        line.addStretch(1)
        put(upright(self, (0, 0, 16, 0), 2), line, self.table)
        self.setFocusProxy(self.table)

    def show_files(self, files: Sequence[FilePreview]) -> None:
        """Lists what is asked of these files; without anything it is not there."""
        asks = [*self._changes.unknown(files), *(asked for file in files for asked in asked_of(file))]
        self.table.show_columns(_COLUMNS if len(files) > 1 else _COLUMNS[1:], ("how", "name"))  # room for words
        self.table.show_lines(
            [_Line(number, asked.file.read.name, asked.words, _how(asked), asked) for number, asked in enumerate(asks)]
        )
        self.fold.setText(f"整份文件要看的 {len(asks)}")
        self._fit()
        if asks and self.table.current_id() is None:
            self.table.put_cursor(0)
        self.setVisible(bool(asks))
        self._on_toggled(self.fold.isChecked())

    def leave_room(self, height: int) -> None:
        """Takes no more than its share of a preview of that height in px; what has no room scrolls."""
        self._most = max(1, height // scaled(_OF))
        self._fit()

    def _fit(self) -> None:
        lines = max(1, min(self.table.count, self._most))
        self.table.setFixedHeight(scaled(ROW_HEIGHT) * lines + 2 * self.table.view.frameWidth())

    @Slot()
    def enter(self) -> None:
        """Puts the focus on them, unfolded."""
        self.fold.setChecked(True)
        self.table.setFocus()

    def _current(self) -> Asked | None:
        line = self.table.current_line()
        return line.asked if line is not None else None

    @Slot(bool)
    def _on_toggled(self, unfolded: bool) -> None:
        self.fold.setIcon(icon("down" if unfolded else "right", "blue"))
        self.table.setVisible(unfolded)
        self._on_moved()

    @Slot()
    def _on_moved(self) -> None:
        asked, unfolded = self._current(), self.fold.isChecked()
        sheet = asked if asked is not None and asked.sort == SHEET and unfolded else None
        table = asked is not None and asked.sort == TABLE and unfolded and not asked.taken
        self.take_action.setVisible(sheet is not None and not sheet.taken)
        self.leave_action.setVisible((sheet is not None and sheet.taken) or table)

    @Slot()
    def _on_opened(self) -> None:
        asked = self._current()
        if asked is not None and asked.sort == SHEET:
            self._changes.take_sheet(asked.file, asked.sheet, taken=not asked.taken)
        elif asked is not None and asked.sort in (UNIT, CATEGORY):
            self._changes.make(asked)
        elif asked is not None:
            self._go_to(asked)

    def _go_to(self, asked: Asked) -> None:
        """To where something asked of a file is answered."""
        self._files.go_to(asked.file)
        if asked.sort == KIND:
            self._files.kind.setFocus()
        elif asked.wants_columns:
            self._files.map_action.trigger()
        else:
            self._files.table.setFocus()

    @Slot()
    def _on_take(self) -> None:
        self._say(taken=True)

    @Slot()
    def _on_leave(self) -> None:
        self._say(taken=False)

    def _say(self, *, taken: bool) -> None:
        asked = self._current()
        if asked is not None and asked.sort == SHEET and asked.taken is not taken:
            self._changes.take_sheet(asked.file, asked.sheet, taken=taken)
        elif asked is not None and asked.sort == TABLE and asked.taken is taken:
            self._changes.pass_over(asked.file, asked.sheet, passed=not taken)


def _how(asked: Asked) -> str:
    """What Enter does."""
    if asked.sort == SHEET:
        return "不读这一张" if asked.taken else "也读这一张"
    if asked.sort == KIND:
        return "指定是哪种表"
    if asked.sort == UNIT:
        return f"全部新增 {len(asked.units)} 个单位" if len(asked.units) > 1 else "新增这个单位"
    if asked.sort == CATEGORY:
        return f"新增 {len(asked.categories)} 个类别"
    return "列对应" if asked.wants_columns else "看这个文件"
