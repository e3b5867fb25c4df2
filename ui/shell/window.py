"""The main window: bars, navigation and the pages, each built on its first visit."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from resources import product_name
from ui.desk.jobs import Jobs
from ui.desk.page import Page
from ui.desk.preferences import Preferences
from ui.pages import PAGES, preload
from ui.shell.at_work import AtWork
from ui.shell.bars import StatusBar, TopBar
from ui.shell.commands import Commands
from ui.shell.foot import Foot
from ui.shell.guide import Guide
from ui.shell.letters import Letters
from ui.shell.menus import AltKey
from ui.shell.navigation import Navigation
from ui.shell.page_stack import PageStack
from ui.shell.painted import PaintedWindow
from ui.shell.progress_strip import ProgressStrip
from ui.shell.stepping import Stepping
from ui.widgets.building import FLUSH, across, as_title, put, upright
from ui.widgets.messages import MessageStrip
from ui.widgets.rescaling import wanted_size

if TYPE_CHECKING:
    from db.journal import Changes
    from huajie_desktop.records.finding import Found
    from ui.desk.desk import Desk

_SETTLED = 300  # ms after the first page stands, when nobody minds a blink


class Window(PaintedWindow):
    """The shell. It paints before any data is open; `enter` then brings it to life."""

    person_asked = Signal()
    drafts_asked = Signal()
    closed = Signal()

    def __init__(self, preferences: Preferences, jobs: Jobs) -> None:
        super().__init__()
        self.desk: Desk | None = None
        self._preferences, self._jobs, self.current = preferences, jobs, ""
        self.setWindowTitle(product_name())
        self._connect_commands()
        self._at_work = AtWork(self, jobs)
        self._build()
        self.set_live(False)
        self.stand(preferences.geometry)

    @property
    def pages(self) -> dict[str, Page]:
        """The pages that were visited, by their keys."""
        return self.stack.pages

    def _connect_commands(self) -> None:
        self.commands = Commands(self)
        self._alt = AltKey(self)
        self._alt.pressed.connect(self.commands.menu.trigger)
        self.commands.page_asked.connect(self.visit)
        self._stepping = Stepping(self, self.commands)
        self.commands.drafts.triggered.connect(self.drafts_asked)
        self._letters = Letters(self, self.commands)
        self.commands.person.triggered.connect(self._on_person_asked)
        self.commands.quit.triggered.connect(self.close)

    def _build(self) -> None:
        self.bar = TopBar(self.commands)
        self.navigation = Navigation(PAGES)
        self.navigation.chosen.connect(self.visit)
        self.messages = MessageStrip()
        self.commands.message.triggered.connect(self.messages.take_keys)
        self.stepped.connect(self.messages.clear)  # it spoke of the step before
        self.progress = ProgressStrip(self._jobs)
        self.stack = PageStack()
        self.status = StatusBar(self.commands.undo, self.commands.redo)
        middle, beside, centre = across(spacing=0), QWidget(), QWidget()
        put(across(beside, FLUSH, 0), (self.stack, 1))
        put(middle, self.navigation, (beside, 1))
        self._below_bar = upright(spacing=0)
        put(upright(centre, FLUSH, 0), self.bar, self._below_bar, (middle, 1), self.status)
        self._foot = Foot(centre, self.status, self.progress, self.messages)
        self.setCentralWidget(centre)
        self.guide = Guide(self.commands, self.bar, beside, centre, self._find)
        self.guide.visit_asked.connect(self.visit)
        self.guide.search_asked.connect(self._on_searched)

    def set_live(self, live: bool) -> None:
        """Whether the clerk may go about: off before the data is open and while a name is being asked."""
        for widget in (self.navigation, self.bar.search, self.bar.person):
            widget.setEnabled(live)
        self.commands.set_live(live)

    def show_alone(self, widget: QWidget) -> None:
        """Shows a widget in place of the pages until `enter`; the widget is freed afterwards."""
        self.set_live(False)
        self.current = ""
        self.stack.show_alone(widget)

    def show_glance(self, page: Page, title: str, counts: Mapping[str, int]) -> None:
        """Shows the first page as it was kept, until `enter` brings the real one."""
        self.show_alone(page)
        self.bar.office.setText(title)
        self.navigation.show_counts(counts)
        self.navigation.select("home")

    def enter(self, desk: "Desk", page: str = "home") -> None:
        """Opens the office: the pages work on `desk` from now on."""
        alone = self.stack.currentWidget()
        if self.desk is None:
            from ui.shell.day_watch import DayWatch  # neither is needed before the first paint
            from ui.shell.earlier_day import EarlierDay

            self.desk = desk
            desk.changed.connect(self._on_changed)
            desk.said.connect(self._on_said)
            desk.visit_asked.connect(self.visit)
            self._stepping.follow(desk)
            self.day = DayWatch(desk, self)
            self.day.turned.connect(self._renew)
            self.earlier = EarlierDay(desk, self.commands.earlier)
            self._below_bar.addWidget(self.earlier)
            desk.looked.connect(self._renew)
            QTimer.singleShot(_SETTLED, preload)
        self.set_live(True)
        self._show_office()
        self.visit(page)
        self.stack.free(alone)
        if wanted_size() != self._preferences.text_size:  # it was changed before there was a folder to remember it in
            desk.show_text_at(wanted_size())

    @Slot(str)
    @Slot(str, object)
    def visit(self, key: str, subject: object = None) -> None:
        """Shows a page, building or refreshing it first; stays where the clerk has something unsaved."""
        if self.current and key != self.current:
            self.messages.clear()
        if self.desk is None or not self.may_leave(key):
            self.navigation.select(self.current or key)
            return
        self.day.look()
        page = self.stack.page_now(key, self.desk)
        self.current = key
        self.navigation.select(key)
        self.stack.setCurrentWidget(page)
        self.guide.show_page(key, page)
        page.setFocus()
        if self._at_work.show_page(key, subject):
            page.show_subject(subject)

    def may_leave(self, key: str) -> bool:
        """Whether the page shown may be left for another, or for "" as a whole; it asks where something would be lost."""
        page = self.pages.get(self.current)
        return page is None or key == self.current or not page.isEnabled() or page.may_leave()

    def _show_office(self) -> None:
        assert self.desk is not None
        self.bar.show_person(self.desk.seat.author.name)
        self.status.show_place("本机数据", str(self.desk.seat.folder), self.desk.copied)
        if outline := self.desk.ask(self.desk.outline):  # without it the pages are there all the same: not all meet the damage
            self.bar.office.setText(outline[0])
            self.setWindowTitle(as_title(outline[0]))
            self.navigation.show_counts(outline[1])

    @Slot(str, str, str, object)
    def _on_said(self, kind: str, sentence: str, details: str, offers: Any) -> None:
        self.messages.show_message(kind, sentence, details, offers)

    @Slot(object)
    def _on_changed(self, changes: "Changes") -> None:
        assert self.desk is not None
        self.messages.clear()  # it spoke of how things were before
        self.status.show_done(changes.label, datetime.now())
        self._stepping.show_on(self.status)
        everything = {"campaigns", "settings"} & changes.touched.keys()  # another year may be worked on now
        self._renew(None if everything else changes)

    @Slot()
    def _renew(self, changes: "Changes | None" = None) -> None:
        self._show_office()
        self.stack.let_age(self.current)
        if self.current:
            self.pages[self.current].refresh(changes)

    def _find(self, text: str, limit: int) -> "list[Found]":
        return [] if self.desk is None else self.desk.find(text, limit)

    @Slot(str)
    def _on_searched(self, text: str) -> None:
        self.visit("checklist", {"text": text})

    @Slot()
    def _on_person_asked(self) -> None:
        if self.may_leave(""):
            self.person_asked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.guide.take_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self.desk is not None and self.desk.seat.folder.is_dir():
            self._preferences.geometry = self.saveGeometry()  # at once: the end may be none that closes it

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.windowHandle().installEventFilter(self._alt)

    def closeEvent(self, event: QCloseEvent) -> None:
        may = self.may_leave("") and all(page.may_close() for page in self.pages.values())
        if not may or (self.desk is not None and not self.desk.rescue.may_close(self)):
            event.ignore()
            return
        self._jobs.close()
        self.closed.emit()
        event.accept()
