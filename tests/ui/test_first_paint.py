"""What is loaded when the window is painted first: what stands there then, and nothing else."""

import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

ROOT = Path(__file__).parents[2]
_START = """
import os, sys
from pathlib import Path
from PySide6 import QtCore, QtGui, QtWidgets
from ui.shell.main import run

def leave():
    print(*sys.modules)
    print(*vars(QtCore), *vars(QtGui), *vars(QtWidgets))
    sys.stdout.flush()
    os._exit(0)

run(Path(sys.argv[1]), on_painted=leave)
"""
# Other packages, and of ours what belongs to pages, records and words. Each costs time before anything is to be seen; what
# needs one of them imports it where it is needed, or is made when the first page stands (`Guide`, `Window.enter`).
_LATER = (
    "sqlalchemy", "sqlcipher3", "alembic", "orjson", "reportlab", "xlsxwriter", "openpyxl", "pypdfium2", "PIL", "platformdirs",
    "html", "dataclasses", "concurrent", "sqlite3",
    "db.words", "db.fields", "db.journal", "db.models", "huajie_desktop.declared", "huajie_desktop.values",
    "huajie_desktop.records", "huajie_desktop.application", "ui.forms", "ui.lists", "ui.record_parts", "ui.pdf",
    "ui.shell.palette", "ui.shell.help", "ui.shell.start", "ui.shell.sitting", "ui.shell.day_watch", "PySide6.QtPrintSupport",
)  # fmt: skip
# The bindings make a class when it is first named, with all its enumerations; QStyle alone takes as long as eight imports of ours.
_UNNAMED = ("QStyle", "QStyledItemDelegate", "QAbstractListModel", "QTextBrowser", "QTextCursor", "QTableView", "QComboBox")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], set[str]]:
    """The modules that are loaded and the names of Qt that were used when a window on no data was painted."""
    folder = tmp_path_factory.mktemp("start") / "data"
    start = [sys.executable, "-c", _START, str(folder)]
    done = subprocess.run(start, cwd=ROOT, capture_output=True, text=True, check=True)
    modules, named = done.stdout.splitlines()
    return set(modules.split()), set(named.split())


def test_nothing_is_loaded_that_the_first_paint_does_not_show(loaded: tuple[set[str], set[str]]) -> None:
    modules, _named = loaded
    early = {name for name in modules if any(name == later or name.startswith(f"{later}.") for later in _LATER)}
    pages = {name for name in modules if name.startswith("ui.pages.")}
    assert not early | pages
    assert "ui.shell.navigation" in modules, "the window was painted"


def test_no_class_of_qt_is_made_that_the_first_paint_does_not_show(loaded: tuple[set[str], set[str]]) -> None:
    _modules, named = loaded
    if PySide6.__version_info__[:2] >= (6, 8):  # older ones make all at once
        assert named.isdisjoint(_UNNAMED)
    assert "QLabel" in named
