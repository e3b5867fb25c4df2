"""Import: choose or drop what the villages sent, look it over, mend it, and only then take it in."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from db.journal import Changes
from huajie_desktop.receiving import importing
from huajie_desktop.receiving.batches import batches
from huajie_desktop.receiving.intake import Outcome
from huajie_desktop.receiving.previews import Preview
from huajie_desktop.work.task_ledger import TASKS
from ui.desk.desk import Desk
from ui.desk.page import Page
from ui.pages.importing.batches import BatchList
from ui.pages.importing.import_run import ImportRun
from ui.pages.importing.memory_part import MemoryPart
from ui.pages.importing.preview.choosing import KindChoice, ask_files, ask_folder
from ui.pages.importing.preview.pane import PreviewPane
from ui.pages.importing.preview.result import ImportResult
from ui.pages.importing.sendings_part import SendingsPart
from ui.pages.importing.templates_part import make_templates
from ui.pages.importing.way_in import TopLine, WayIn
from ui.widgets.buttons import ActionButton
from ui.widgets.dropping import TakesFiles
from ui.widgets.empty import EmptyState
from ui.widgets.filters import Tabs
from ui.widgets.stack import Stack

_PAST, _SENT, _MEMORY = "past", "sent", "memory"
_TABS = {None: "本次导入", _PAST: "以往导入", _SENT: "报送情况", _MEMORY: "改正记忆"}
_TEMPLATE_TIP = "给每个单位做一个填报模板：表头、下拉选项和已有内容都有，填好后原样导入"
_APPLY_TIP = "把预览中读好的行写入数据，等待审核"
_CLOSE_TIP = "不导入这些文件，数据不变"
_BACK_TIP = "把有错误的文件标红、写上批注和改法，存成表格退回村里；改好后可以直接导入"
_SKIP_TIP = "有错误和要决定的行和读不了的文件不导入，其余导入"
_HINT = (
    "选择村里报来的表格，或者把文件、整个文件夹、压缩包拖到这里。\n"
    "Excel、WPS 和 CSV 都可以（.xlsx .xls .et .ods .csv .xlsm .xlsb）。\n"
    "先看读到了什么，改好了再导入，没有点“导入”之前不会写入数据。"
)


class ImportPage(TakesFiles, Page):
    """The import at hand and the earlier ones."""

    TITLE = "导入"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.outcome: Outcome | None = None
        self.run = ImportRun(desk)
        self.run.read_done.connect(self._on_read)
        self.run.read_anew.connect(self._on_read_anew)
        self.run.applied.connect(self._on_applied)
        self.setAcceptDrops(True)
        self._make_actions()
        self.tabs = Tabs(_TABS, tips=False)
        self.tabs.chosen.connect(self._on_tab)
        self.kind = KindChoice(self.desk.catalogue)
        self.start = EmptyState()
        self.start.say("还没有选择文件", _HINT, self.choose, "import")
        self.pane = PreviewPane(desk)
        self.pane.changed.connect(self._show_readiness)
        self.pane.finished.connect(self._on_looked_through)
        self.result = ImportResult(desk.preferences, self.review, self.undo_import, self.again)
        self.batches = BatchList(desk)
        self.batches.reopened.connect(self.run.open_again)
        self.sendings, self.memory = SendingsPart(desk), MemoryPart(desk)
        self._blocked = WayIn(self.apply, self.skip_errors, self.send_back)
        self._stack = Stack()
        for widget in (self.start, self.pane, self.result, self.batches, self.sendings, self.memory):
            self._stack.addWidget(widget)
        self.body.addWidget(TopLine(self.tabs, self._blocked, self.kind, ActionButton(self.skip_errors, "link")))
        self.body.addWidget(self._stack, 1)

    def _make_actions(self) -> None:
        add = self.add_action
        self.template = add("填报模板…", "Ctrl+Shift+T", "save", _TEMPLATE_TIP, self._on_template, "plain")
        self.choose = add("选择文件", "Ctrl+O", "folder", "选择要导入的表格，可以一次选多个", self._on_choose, "")
        self.choose_folder = add("选择文件夹", "Ctrl+Alt+O", "folder", "读一个文件夹里的全部表格", self._on_choose, "")
        self.close_preview = add("放弃预览", "Ctrl+Shift+W", "close", _CLOSE_TIP, self._on_close, "plain")
        self.apply = add("导入", "Ctrl+Return", "import", _APPLY_TIP, self._on_apply, "primary")
        self.skip_errors = add("跳过有错误的行并导入", "Ctrl+Shift+Return", "", _SKIP_TIP, self._on_skip_errors)
        self.send_back = add("退回修改…", "Ctrl+Shift+E", "export", _BACK_TIP, self._on_send_back, "plain")
        self.review = add("去审核", "Ctrl+Shift+R", "review", "到“审核”页面确认导入的内容", self._on_review)
        self.undo_import = add("撤销这次导入", "Ctrl+Shift+U", "undo", "这次导入的全部拿掉", self._on_undo)
        self.again = add("再导入别的文件", "Ctrl+Alt+N", "plus", "选择别的文件", self._on_again)

    # what is shown

    @property
    def preview(self) -> Preview | None:
        """What was read and not yet taken in."""
        return self.pane.preview

    def refresh(self, _changes: Changes | None) -> None:
        """Lists the imports anew and compares the preview with what is kept now."""
        with self.desk.reading() as session:
            lines = batches(session)
            outdated = self.preview is not None and importing.is_outdated(session, self.preview)
        self.sendings.refresh()
        self.tabs.show_counts({_PAST: len(lines), _MEMORY: self.memory.refresh()})
        self.batches.show_batches(lines, self.choose)
        if self.outcome is not None:
            self.result.show_outcome(self.outcome, undone=any(one.id == self.outcome.batch_id and one.undone for one in lines))
        if self.preview is not None and outdated:
            self.run.read_again(self.preview)
        elif self.preview is not None:
            self.desk.do(importing.compare, self.preview)
            self.pane.refresh()
        self._show()

    def show_subject(self, subject: Any) -> None:
        """Files to read, sent here by another page, or what the files to be chosen hold ({"ledger": key})."""
        if not isinstance(subject, Mapping):
            self.read([Path(path) for path in subject])
            return
        self.kind.choose(subject.get("ledger"))
        if self.preview is None:
            self.outcome = None
        self.tabs.select(None)
        self._show()

    def may_close(self) -> bool:
        """Asks before a preview that was not taken in is lost."""
        return self.pane.may_go()

    def _show(self) -> None:
        parts = {_PAST: self.batches, _SENT: self.sendings, _MEMORY: self.memory}
        other = parts.get(str(self.tabs.key))
        loaded = self.preview is not None
        beginning: QWidget = self.result if self.outcome else self.start
        shown = other or (self.pane if loaded else beginning)
        self._stack.setCurrentWidget(shown)
        self.apply.setVisible(loaded and other is None)
        self.close_preview.setVisible(loaded and other is None)
        self.choose_folder.setVisible(not loaded or other is not None)
        self.kind.setVisible(not loaded and other is None)
        self.template.setVisible(not loaded or other is not None)
        self._show_readiness()
        self.setFocusProxy(None if shown is self.start else shown)  # type: ignore[arg-type]

    @Slot()
    def _show_readiness(self) -> None:
        """Whether the preview can be taken in, and if not, why, in words."""
        if self.preview is None:
            self.subtitle.clear()
            self._blocked.show_nothing()
        else:
            self.subtitle.setText(self._blocked.show_preview(self.preview))

    @Slot()
    def _on_tab(self) -> None:
        self._show()
        self.setFocus()

    @Slot()
    def _on_looked_through(self) -> None:
        if self.apply.isEnabled():
            self.desk.say("info", "要看的行都看过了，可以导入了（Ctrl+回车）。")

    # reading

    def take_files(self, paths: Sequence[Path]) -> None:
        """Files, folders and archives dropped on the page are read."""
        self.read(paths)

    @Slot()
    def _on_choose(self) -> None:
        self.read((ask_folder if self.sender() is self.choose_folder else ask_files)(self, self.desk.preferences))

    @Slot()
    def _on_template(self) -> None:
        make_templates(self.desk, self, self.kind.ledger or TASKS)

    def read(self, paths: Sequence[Path]) -> None:
        """Reads files, folders and archives into the preview, behind what is in it already."""
        self.run.read(paths, self.preview, self.kind.ledger)

    @Slot(object)
    def _on_read(self, preview: Preview) -> None:
        self.outcome = None
        self.tabs.select(None)
        self.pane.show_preview(preview, problems_first=True)
        self._show()
        self.pane.setFocus()

    @Slot()
    def _on_read_anew(self) -> None:
        if self.preview is not None:
            self.pane.show_preview(self.preview)

    @Slot()
    def _on_send_back(self) -> None:
        if self.preview is not None:
            self.run.send_back(self, self.preview)

    # taking in

    @Slot()
    def _on_apply(self) -> None:
        self.pane.detail.commit()
        if self.apply.isEnabled() and self.preview is not None:
            self.run.apply(self.preview, skip_errors=False)

    @Slot()
    def _on_skip_errors(self) -> None:
        if self.preview is not None:
            self.run.apply(self.preview, skip_errors=True)

    @Slot(object)
    def _on_applied(self, outcome: Outcome) -> None:
        self.pane.forget()
        self.outcome = outcome
        self.desk.take(outcome)
        self.refresh(None)
        self.result.setFocus()

    @Slot()
    def _on_close(self) -> None:
        if not self.pane.may_go(closing=False):
            return
        self.pane.forget()
        self.run.forget()
        self.outcome = None
        self._show()

    @Slot()
    def _on_again(self) -> None:
        self.outcome = None
        self._show()
        self._on_choose()

    @Slot()
    def _on_review(self) -> None:
        self.desk.visit("review")

    @Slot()
    def _on_undo(self) -> None:
        if self.outcome is not None:
            self.run.take_back(self, self.outcome)
