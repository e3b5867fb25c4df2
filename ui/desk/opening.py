"""The one door to other programs: folders, and files that are only shown there."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from huajie_desktop.work.openable import MustBeSaved, may_be_opened


def open_file(path: Path, name: str = "") -> bool:
    """Hands a file or folder to the desktop; False when no program takes it.

    Raises MustBeSaved, calling the file `name`, for what could run and for what is not what its ending says.
    """
    if not path.is_dir() and not may_be_opened(path):
        raise MustBeSaved(name or path.name)
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
