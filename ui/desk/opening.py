"""Opens a file of the data folder with the program the computer has for it."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_file(path: Path) -> bool:
    """Hands the file to the desktop; False when no program takes it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
