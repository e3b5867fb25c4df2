"""The township as a tree: units under headings, people below their units; searched by characters, pinyin or sound."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent, QStandardItem
from PySide6.QtWidgets import QCheckBox, QHeaderView, QLineEdit, QTreeView, QWidget

from db.words.sounding import Ear
from huajie_desktop.township.organisation import Node, found_in, is_called
from ui.pages.organisation.tree_lines import Key, TreeLines, key_of, node_of, place_of
from ui.theme import icon, scaled
from ui.widgets.building import flowing, make_label, put, upright

_OPEN_AT_FIRST = ("工作片", "党建联盟", "党建示范带")  # the headings that are short
_SHORT = (*_OPEN_AT_FIRST, "科室")  # headings whose units have few below them
_NOTE = 158  # px at 100 % wide; left out where the names would have less than their share
_NAME = 230
_LEAST = 260  # px at 100 % the whole may be narrow


class OrganisationTree(QWidget):
    """A search line, the tree, and whether closed ones are shown."""

    moved = Signal(object)  # Key of the line with the cursor, None for a heading
    opened = Signal(object)  # Key; Enter or double click
    closed_asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._root: Node | None = None
        self._folded: dict[str, bool] = {}  # by place in the tree, what the clerk folded or unfolded
        self._filling = False
        self._way: list[int] = []  # rows down to the line that had the cursor last
        self.search = QLineEdit()
        self.search.setPlaceholderText("找单位或人：文字、拼音或首字母（Ctrl+F）")
        self.search.setToolTip("找单位或人：文字、拼音或首字母（Ctrl+F）")
        self.search.setAccessibleName("找单位或人")
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.with_closed = QCheckBox("也看已停用的")
        self.with_closed.setToolTip("把已停用的单位和人员也列出来（Alt+T）")
        self.with_closed.toggled.connect(self.closed_asked)
        self._hits = make_label(name="quiet")
        self.view = QTreeView()
        self._model = TreeLines(self)
        self._set_up_view()
        self._arrange()
        self.setMinimumWidth(scaled(_LEAST))
        self.setFocusProxy(self.view)

    def _set_up_view(self) -> None:
        self.view.setModel(self._model)
        self.view.setHeaderHidden(True)
        self.view.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.view.setUniformRowHeights(True)
        self.view.setIndentation(scaled(18))
        self.view.setExpandsOnDoubleClick(False)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName("组织")
        self.view.installEventFilter(self)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.doubleClicked.connect(self._on_double_clicked)
        self.view.expanded.connect(self._on_expanded)
        self.view.collapsed.connect(self._on_collapsed)

    def _arrange(self) -> None:
        self.foot = flowing()
        put(self.foot, self.with_closed, 1, self._hits)
        put(upright(self, (0, 0, 8, 0), 8), self.search, (self.view, 1), self.foot)

    def set_menu(self, actions: list[QAction]) -> None:
        """The actions of the right-click menu: the same the buttons have."""
        self.view.addActions(actions)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    # what is shown

    def show_tree(self, root: Node) -> None:
        """Shows the township; cursor and folds stay."""
        self._way = _way_to(self.view.currentIndex().siblingAtColumn(0)) or self._way
        self._root = root
        self._fill()

    def go_on(self) -> None:
        """Puts the cursor on the line that took the place of one that is gone."""
        if self.key is None and self._way:
            self._put_cursor(self._model.near(self._way))

    @property
    def key(self) -> Key | None:
        """The unit or person with the cursor."""
        return key_of(node_of(self.view.currentIndex().siblingAtColumn(0)))

    def go_to(self, key: Key) -> bool:
        """Puts the cursor on a unit or person, unfolding what is above; False where it is not shown."""
        item = self._model.find(key)
        if item is None and self.search.text():
            self.search.clear()
            item = self._model.find(key)
        if item is None:
            return False
        self._put_cursor(item)
        return True

    def _put_cursor(self, item: QStandardItem) -> None:
        index = item.index()
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().setCurrentIndex(index, flags)
        self.view.scrollTo(index)

    @Slot()
    def _fill(self) -> None:
        if self._root is None:
            return
        text, before = self.search.text().strip(), self.key
        root, ear = found_in(self._root, text) if text else (self._root, Ear.LETTER)
        scrolled = self.view.verticalScrollBar().value()
        self._filling = True
        self._model.fill(root)
        self._hits.setText("没有找到" if text and root is None else f"没有“{text[:8]}”，按读音找到" if ear else "")
        self._unfold(QModelIndex(), bool(text))
        self._size_columns()
        item = self._model.find(before) if before else None
        if item is not None and text and not _is_hit(item, text, ear):
            item = None
        if item is not None:
            self._put_cursor(item)
            self.view.verticalScrollBar().setValue(scrolled)
        self._filling = False
        if item is None and root is not None and (text or before is None):
            self._go_to_first_hit(text, ear)

    def _go_to_first_hit(self, text: str, ear: Ear) -> None:
        index = self._model.index(0, 0)
        while index.isValid():
            if _is_hit(index, text, ear):
                self._put_cursor(self._model.itemFromIndex(index))
                return
            index = self.view.indexBelow(index)

    def _unfold(self, above: QModelIndex, everything: bool) -> None:
        for row in range(self._model.rowCount(above)):
            index = self._model.index(row, 0, above)
            name, above_name = index.data(), above.data() if above.isValid() else ""
            usual = not above.isValid() or name in _OPEN_AT_FIRST or above_name in _SHORT or "领导班子" in name
            self.view.setExpanded(index, everything or self._folded.get(place_of(index), usual))
            self._unfold(index, everything)

    def _size_columns(self) -> None:
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, scaled(_NOTE))
        header.setSectionHidden(1, self.width() < scaled(_NAME + _NOTE))

    # the cursor

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _before: QModelIndex) -> None:
        if not self._filling:
            self.moved.emit(self.key)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self._open(index.siblingAtColumn(0))

    def _open(self, index: QModelIndex) -> None:
        node = node_of(index)
        if node is None:
            return
        if node.kind == "heading":
            self.view.setExpanded(index, not self.view.isExpanded(index))
        else:
            self.opened.emit(key_of(node))

    @Slot(QModelIndex)
    def _on_expanded(self, index: QModelIndex) -> None:
        self._remember(index, True)

    @Slot(QModelIndex)
    def _on_collapsed(self, index: QModelIndex) -> None:
        self._remember(index, False)

    def _remember(self, index: QModelIndex, unfolded: bool) -> None:
        if not self._filling and not self.search.text():
            self._folded[place_of(index)] = unfolded

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._model.columnCount():
            self._size_columns()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if watched is self.view and enter:
            self._open(self.view.currentIndex().siblingAtColumn(0))
            return True
        if watched is self.search and (enter or event.key() == Qt.Key.Key_Down):
            self.view.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if watched is self.search and event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            return True
        return False


def _is_hit(line: QModelIndex | QStandardItem, text: str, ear: Ear) -> bool:
    node = node_of(line)
    return node is not None and is_called(node, text, ear)


def _way_to(index: QModelIndex) -> list[int]:
    """The rows from the top of the tree down to a line."""
    way = list[int]()
    while index.isValid():
        way.insert(0, index.row())
        index = index.parent()
    return way
