"""What can be done on every page: each an action of the window with its word, keys and tip; the menu and the search list them."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.pages import PAGES
from ui.theme import icon
from ui.widgets.buttons import ALONE


class Commands(QObject):
    """The window's own actions; all but the size of the text and quitting rest while nobody may go about."""

    page_asked = Signal(str, object)  # page key, what to show there

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.pages = [self._page(entry.word, entry.keys, entry.picture, entry.key) for entry in PAGES]
        self.new = self._unclaimed("新增任务", "Ctrl+N", "plus", "在任何一页录入一项新任务", {"new": True})
        self.grid = self._unclaimed("表格录入", "Ctrl+Shift+N", "list", "在任何一页像电子表格一样录入任务", {"grid": True})
        self.undo = self._add("撤销", "Ctrl+Z", "undo", "撤销上一步")
        self.redo = self._add("恢复", "Ctrl+Y", "redo", "恢复刚才撤销的一步")
        self.redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        self.back = self._add("后退", "Alt+Left", "return", "回到刚才看的页面或记录")
        self.forth = self._add("前进", "Alt+Right", "right", "再到后退以前看的页面或记录")
        self.search = self._add("搜索", "Ctrl+K", "search", "按文字、拼音或首字母找页面、任务、人员、单位，或做一件事")
        self.help = self._add("本页帮助", "F1", "help", "这一页是做什么的，怎样开始，有哪些快捷键")
        self.drafts = self._add("没有保存的内容", "Ctrl+Shift+K", "edit", "上次没有保存的内容，继续填写或者丢掉")
        self.earlier = self._add("看到某天", "Ctrl+Alt+E", "calendar", "看某一天的亮灯：当时的时限，那天以后的进展都不算")
        self.message = self._add("看消息", "F12", "info", "到窗口下面的消息：按钮、详情、复制，Esc 收起")
        self.larger = self._add("放大文字", "Ctrl+]", "plus", "字、行高和按钮一起变大")
        self.smaller = self._add("缩小文字", "Ctrl+[", "minus", "字、行高和按钮一起变小")
        self.person = self._add("换一个人使用", "Ctrl+Shift+L", "user", "换一个人使用，改动会记上新的姓名")
        self.menu = self._add("菜单", "F10", "menu", "这一页和整个程序能做的事（Alt 也可以）")
        self.quit = self._add("退出", "Ctrl+Q", "close", "关闭程序，没有保存的会先问")
        self.menu.setIcon(icon("menu"))
        self.undo.setEnabled(False)
        self.redo.setEnabled(False)

    def _add(self, text: str, keys: str, picture: str, tip: str) -> QAction:
        action = QAction(text, self._window)
        action.setProperty("picture", picture)  # drawn when the menu is opened: drawing twenty takes as long as the first paint
        action.setShortcut(QKeySequence(keys))
        action.setStatusTip(tip)
        self._window.addAction(action)
        return action

    def _page(self, word: str, keys: str, picture: str, key: str) -> QAction:
        action = self._add(word, keys, picture, f"到“{word}”页")
        action.setData((key, None))
        action.triggered.connect(self._on_page)
        return action

    def _unclaimed(self, text: str, keys: str, picture: str, tip: str, subject: dict[str, bool]) -> QAction:
        """A way into the checklist by keys that may mean something of its own on a page: there they are the page's."""
        action = self._add(text, keys, picture, tip)
        action.setShortcutContext(ALONE)
        action.setData(("checklist", subject))
        action.triggered.connect(self._on_page)
        return action

    @property
    def others(self) -> list[QAction]:
        """All beside the pages and the menu itself, in the menu's order."""
        return [
            self.new, self.grid, self.undo, self.redo, self.back, self.forth, self.search, self.earlier, self.message,
            self.drafts, self.help, self.larger, self.smaller, self.person, self.quit,
        ]  # fmt: skip

    def set_live(self, live: bool) -> None:
        """Whether the clerk may go about."""
        pages = (*self.pages, self.back, self.forth)
        for action in (*pages, self.new, self.grid, self.search, self.earlier, self.help, self.drafts, self.person):
            action.setEnabled(live)

    def set_writing(self, writes: bool) -> None:
        """Whether somebody else may sit down and what was half typed be gone on with: not while a job runs."""
        for action in (self.drafts, self.person):
            action.setEnabled(writes)

    @Slot()
    def _on_page(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.page_asked.emit(*action.data())
