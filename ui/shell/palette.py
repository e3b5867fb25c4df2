"""Straight to it: what is typed into the search field names a page, an action, a task, a person, a unit or a ledger record."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QWidget
from shiboken6 import isValid

from db.words.searching import nearest, search_text
from ui.shell.palette_rows import Entry, EntryDelegate, EntryRows
from ui.theme import scaled
from ui.widgets.building import make_label, put, upright
from ui.widgets.buttons import worded_keys
from ui.widgets.popup import PASSING
from ui.widgets.suggestions import SOUNDS_SO

if TYPE_CHECKING:
    from huajie_desktop.records.finding import Found

_PAUSE = 150  # ms without a key before anything is looked for
_LIMIT = 6  # of each kind, once something is typed
_WIDTH, _HEIGHT = 560, 480  # px at 100 %
_KINDS = {"task": "任务", "person": "人员", "unit": "单位", "ledger": "台账"}
_PLACES = {"task": "checklist", "person": "organisation", "unit": "organisation", "ledger": "ledgers"}  # page each kind opens on
RECENT = "最近打开"


class Offer(NamedTuple):
    """What the window has to offer beside records: its pages and what can be done now."""

    pages: Sequence[QAction]
    actions: Sequence[QAction]


class Palette(QFrame):
    """The list under the search field; it has no focus of its own, the keys come from the field."""

    visit_asked = Signal(str, object)  # page key, subject
    search_asked = Signal(str)

    def __init__(
        self, field: QLineEdit, holder: QWidget, pages: Sequence[str], offer: Callable[[], Offer], find: Callable[..., Any]
    ) -> None:
        """`pages` are the keys of the pages there are, `find(text, limit)` the records named so."""
        super().__init__(holder)
        self.setObjectName("panel")
        self._field, self._holder, self._pages, self._offer, self._find = field, holder, pages, offer, find
        self._before: QWidget | None = None  # where the focus was
        self.rows = EntryRows(self)
        self.view = QListView()
        self.view.setObjectName("palette")
        self.view.setModel(self.rows)
        self.view.setItemDelegate(EntryDelegate(self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.clicked.connect(self._on_clicked)
        self.view.setAccessibleName("搜索结果")
        self._nothing = make_label("没有找到。可以换个写法，或用拼音、拼音首字母，也可以在清单里搜索。", "quiet")
        self._nothing.setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(4))
        put(upright(self, (4, 4, 4, 4), 0), self._nothing, self.view)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self.look)
        field.textEdited.connect(self._on_typed)
        field.installEventFilter(self)
        self.hide()

    # opening and closing

    @Slot()
    def open(self) -> None:
        """Puts the cursor into the field and shows what there is."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()
        self._show()

    def _show(self) -> None:
        if not self.isVisible():
            self.look()
            self._place()
            self.show()
            self.raise_()

    def _place(self) -> None:
        holder = self._holder
        width = min(max(scaled(_WIDTH), self._field.width()), holder.width() - scaled(16))
        below = self._field.mapTo(holder, QPoint(0, self._field.height() + scaled(10)))
        left = below.x() + (self._field.width() - width) // 2
        room = holder.height() - below.y() - scaled(48)
        self.view.setFixedHeight(min(self.rows.height(), scaled(_HEIGHT), room))
        self.setFixedWidth(width)
        self.adjustSize()
        self.move(max(scaled(8), left), below.y())

    def _close(self) -> None:
        """Hides the list and gives the focus back."""
        self._pause.stop()
        self.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._field.clearFocus()

    # looking

    @Slot()
    def look(self) -> None:
        """Fills the list with what the field names now."""
        self._pause.stop()
        text = self._field.text().strip()
        found = _matching("页面", self._offer().pages, text) + _matching("操作", self._offer().actions, text)
        hits = [entry_of(hit) for hit in self._find(text, _LIMIT) if _PLACES[hit.kind] in self._pages]
        found = found + hits if text else [*(hit._replace(heading=RECENT) for hit in hits), *found]
        self._nothing.setVisible(not found)
        if text:
            found.append(Entry("", f"在清单里搜索“{text}”", "", text))
        self.rows.show_entries(found)
        self.view.setCurrentIndex(self.rows.beginning(text))
        self.view.scrollToTop()
        self._place()

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self._show()
        self._pause.start()

    # choosing

    def _take(self) -> None:
        if self._pause.isActive():
            self.look()
        entry = self.rows.entry(self.view.currentIndex())
        self._close()
        if entry is None:
            return
        if isinstance(entry.target, QAction):
            entry.target.trigger()
        elif isinstance(entry.target, str):
            self.search_asked.emit(entry.target)
        else:
            self.visit_asked.emit(*entry.target)
        if not isinstance(entry.target, str):
            self._field.clear()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if self.rows.entry(index) is not None:
            self.view.setCurrentIndex(index)
            self._take()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(Qt.Key(event.key()))
        if kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent) and event.reason() not in PASSING:
            self._show()
        elif kind == QEvent.Type.FocusOut and isinstance(event, QFocusEvent) and event.reason() not in PASSING:
            self._pause.stop()
            self.hide()
        elif kind == QEvent.Type.MouseButtonPress:
            self._show()
        return False

    def _on_key(self, key: Qt.Key) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key == Qt.Key.Key_Escape:
            self._field.clear()  # else it would stand over every page, as if it were searched for there
            self._close()
        elif key in steps:
            self._show()
            self.view.setCurrentIndex(self.rows.step(self.view.currentIndex(), steps[key]))
        else:
            return False
        return True

    @Slot(QWidget, QWidget)
    def on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Remembers where the focus was before it came into the field."""
        field = vars(self).get("_field")  # the focus still moves while Python takes a window apart
        if field is not None and now is field and before is not None:
            self._before = before


def _matching(heading: str, actions: Sequence[QAction], text: str) -> list[Entry]:
    """Those whose word holds the text or sounds so, the nearest first; all for no text."""
    hits = nearest([search_text(action.text()) for action in actions], text)
    shown = [actions[hit.place] for hit in hits[: _LIMIT if text else None]]
    return [Entry(heading, action.text(), worded_keys(action), action) for action in shown]


def entry_of(hit: "Found") -> Entry:
    """The line of a record, which leads to it."""
    subjects = {"task": {"id": hit.id}, "person": {"person": hit.id}, "unit": {"unit": hit.id}}
    subject = subjects.get(hit.kind, {"ledger": hit.key, "id": hit.id})
    detail = " · ".join(filter(None, (hit.detail, SOUNDS_SO if hit.by_sound else "")))
    return Entry(_KINDS[hit.kind], hit.title, detail, (_PLACES[hit.kind], subject))
