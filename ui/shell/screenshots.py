"""Pictures of every page, made without a screen if need be: for people, and for the run without a display."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication

from huajie_desktop import temporary
from ui.desk.jobs import Jobs
from ui.desk.preferences import Preferences
from ui.lists.tables import ListTable
from ui.pages import PAGES
from ui.shell.window import Window
from ui.theme import apply_theme, make_application, speak_chinese

if TYPE_CHECKING:
    from huajie_desktop.seat import Seat

SIZES = ((1366, 768), (1920, 1080))


def grab_pages(seat: "Seat", folder: Path, size: tuple[int, int] = SIZES[0]) -> list[Path]:
    """Writes a PNG of every page on the opened data into `folder`, at `size` (px); returns the files."""
    from ui.desk.desk import Desk  # loads SQLAlchemy, which the window's own start puts off

    qt = QApplication.instance() or make_application("")
    assert isinstance(qt, QApplication)
    apply_theme(qt)
    speak_chinese(qt)
    jobs = Jobs()
    with temporary.folder() as memory:
        preferences = Preferences(Path(memory))
        window = Window(preferences, jobs)
        window.resize(QSize(*size))
        window.show()
        window.enter(Desk(seat, preferences, jobs, window))
        files = _grab(window, folder, [entry.key for entry in PAGES], size)
        window.close()
        window.deleteLater()
        qt.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return files


def _grab(window: Window, folder: Path, keys: Sequence[str], size: tuple[int, int]) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number, key in enumerate(keys, 1):
        window.visit(key)
        for table in filter(ListTable.isVisible, window.pages[key].findChildren(ListTable)):
            table.step(0)
            table.view.entered_row.emit()
        if window.current != key:  # the row led to another page
            window.visit(key)
        QApplication.sendPostedEvents()
        file = folder / f"{number}-{key}-{size[0]}x{size[1]}.png"
        window.grab().save(str(file))
        files.append(file)
    return files
