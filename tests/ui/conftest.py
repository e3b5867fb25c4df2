"""What the window's tests share: no screen, the shipped font, a set-up office, and no Qt warning left unread."""

import os
import re
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from huajie_desktop.receiving.previews import Preview
from huajie_desktop.seat import Seat
from tests.office import enter
from tests.ui.hands import checklist_at_first, let_go, wait
from ui.desk.desk import Desk
from ui.desk.jobs import Jobs
from ui.desk.preferences import Preferences
from ui.pages.checklist.checklist_page import ChecklistPage
from ui.pages.importing.import_page import ImportPage
from ui.shell.window import Window
from ui.theme import STYLED, apply_theme

TODAY = date(2021, 3, 10)
_MARKUP = re.compile("<span style|&nbsp;")
_HARMLESS = "This plugin does not support"  # what the platform without a screen says of raising windows and grabbing keys


class PatientBot(QtBot):
    """Waits a minute where the library waits five seconds, so that no test fails because the machine is busy."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 60_000) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = 60_000, **more: Any) -> SignalBlocker:
        return super().waitSignal(signal, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The library's, with patience."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def qt_warnings() -> Iterator[list[str]]:
    """Fails the test on anything Qt complains about."""
    told: list[str] = []

    def take(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind == QtMsgType.QtFatalMsg:
            sys.stderr.write(text)  # the process ends here
        if not text.startswith(_HARMLESS):
            told.append(text)

    before = qInstallMessageHandler(take)
    yield told
    qInstallMessageHandler(before)
    assert told == []


@pytest.fixture(autouse=True)
def nothing_pressed_later() -> Iterator[None]:
    """What a test still waits to press when it ends is not pressed in the next."""
    yield
    let_go()


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """What the library makes the application of: the style of ours."""
    return ["pytest", *STYLED]


@pytest.fixture
def themed(qapp: QApplication) -> QApplication:
    """The application with the program's look."""
    apply_theme(qapp)
    return qapp


@pytest.fixture
def today() -> date:
    """At the window it is the tenth, so that tasks and months can be late."""
    return TODAY


@pytest.fixture
def window(themed: QApplication, qtbot: QtBot, app: Seat) -> Iterator[Window]:
    """The window on that office, with the home page shown; freed afterwards."""
    jobs = Jobs()
    preferences = Preferences(app.folder)
    made = Window(preferences, jobs)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.enter(Desk(app, preferences, jobs, made))
    yield made
    for label in made.findChildren(QLabel):  # ours where it is not meant to be read
        assert label.textFormat() != Qt.TextFormat.PlainText or not _MARKUP.search(label.text()), label.text()
    made.hide()  # not close: a half-typed form would ask
    jobs.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desk(window: Window) -> Desk:
    """What the window's pages work with."""
    assert window.desk is not None
    return window.desk


@pytest.fixture
def page(window: Window) -> ImportPage:
    """The page of the import; tests of other pages say which is theirs."""
    window.visit("import")
    found = window.pages["import"]
    assert isinstance(found, ImportPage)
    return found


@pytest.fixture
def read(page: ImportPage, desk: Desk, qtbot: QtBot) -> Callable[..., Preview]:
    """Reads files into the preview and waits for it."""

    def reading(*files: Path) -> Preview:
        page.read(list(files))
        wait(qtbot, desk)
        assert page.preview is not None
        return page.preview

    return reading


@pytest.fixture
def double_click_within(themed: QApplication) -> Iterator[Callable[[int], None]]:
    """Sets how many ms after a click another makes it a double one; afterwards as it was."""
    hints = themed.styleHints()
    before = hints.mouseDoubleClickInterval()
    yield hints.setMouseDoubleClickInterval
    hints.setMouseDoubleClickInterval(before)


@pytest.fixture
def programs(themed, qtbot, tmp_path):
    """Starts the program on the test's data folder, with a name or asking for one; every window is freed afterwards."""
    from ui.shell.main import Program

    made: list[Program] = []

    def start(actor: str | None = None) -> Program:
        made.append(Program(tmp_path / "data", actor))
        with qtbot.waitSignal(made[-1].jobs.finished):
            made[-1].begin()
        made[-1].window.activateWindow()
        qtbot.waitUntil(made[-1].window.isActiveWindow)
        return made[-1]

    yield start
    for program in made:
        program.window.close()
        program.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def three_tasks(window: Window, desk: Desk) -> ChecklistPage:
    """The checklist with three tasks, the cursor on the first."""
    for title in ("路灯", "绿化", "公厕"):
        enter(desk.seat, title=title)
    return checklist_at_first(window)
