"""Pictures of every page, made without a screen if need be: for people, and for the run without a display."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication, QPushButton

from huajie_desktop import temporary
from ui.desk.jobs import Jobs
from ui.desk.preferences import Preferences
from ui.lists.tables import ListTable
from ui.pages import PAGES
from ui.shell.window import Window
from ui.theme import apply_theme, make_application, speak_chinese
from ui.widgets.filters import Tabs
from ui.widgets.stack import Stack

if TYPE_CHECKING:
    from huajie_desktop.seat import Seat

SIZES = ((1366, 768), (1920, 1080))


def grab_pages(
    seat: "Seat", folder: Path, size: tuple[int, int] = SIZES[0], letters: int = 100, *, parts: bool = False
) -> list[Path]:
    """Writes a PNG of every page (with `parts`: and tab) into `folder`; `size` in px, letters in per cent; returns the files."""
    from ui.desk.desk import Desk  # loads SQLAlchemy, which the window's own start puts off

    qt = QApplication.instance() or make_application("")
    assert isinstance(qt, QApplication)
    apply_theme(qt, letters)
    speak_chinese(qt)
    jobs = Jobs()
    with temporary.folder() as memory:
        preferences = Preferences(Path(memory))
        window = Window(preferences, jobs)
        window.resize(QSize(*size))
        window.show()
        window.enter(Desk(seat, preferences, jobs, window))
        files = _grab(window, folder, f"{size[0]}x{size[1]}-{letters}", parts=parts)
        window.close()
        window.deleteLater()
        qt.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return files


def _grab(window: Window, folder: Path, name: str, *, parts: bool) -> list[Path]:
    """A picture of each page, and of each of the tabs its parts lie behind."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number, entry in enumerate(PAGES, 1):
        window.visit(entry.key)
        parted = parts and window.pages[entry.key].findChildren(Stack)
        tabs = getattr(window.pages[entry.key], "tabs", None)
        words = tabs.findChildren(QPushButton) if parted and isinstance(tabs, Tabs) else []
        for place, button in enumerate(words or [None], 1):
            if button is not None:
                button.click()
            part = f"-{place}" if place > 1 else ""
            files.append(_picture(window, entry.key, folder / f"{number}-{entry.key}{part}-{name}.png"))
    return files


def _picture(window: Window, key: str, file: Path) -> Path:
    for table in filter(ListTable.isVisible, window.pages[key].findChildren(ListTable)):
        table.step(0)
        table.view.entered_row.emit()
    if window.current != key:  # the row led to another page
        window.visit(key)
    QApplication.sendPostedEvents()
    window.grab().save(str(file))
    return file
