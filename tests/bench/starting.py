"""Starting: from the process to the first paint, and to the home page filled with the demo's data."""

import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from huajie_desktop.demo import open_demo
from huajie_desktop.folders import DATABASE
from tests.bench.measure import Measure, Timed

_OURS = """
import gc
gc.disable()  # as huajie_desktop.__main__ does
import sys
from pathlib import Path
from ui.shell.main import run
def told(word):
    def tell():
        if word == sys.argv[2]:
            print(word, flush=True)
    return tell
run(Path(sys.argv[1]), actor="张三", on_painted=told("painted"), on_usable=told("usable"))
"""
_ONCE = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.shell.main import run
def leave():
    QTimer.singleShot(0, QApplication.closeAllWindows)
run(Path(sys.argv[1]), actor="张三", on_usable=leave)
"""  # the day's first start, closed as a clerk closes it
_PEER = """
import sqlite3, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, self.tell)
    def tell(self):
        print("painted", flush=True)
application = QApplication([])
sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM tasks").fetchone()
window = Window()
window.resize(1366, 768)
window.show()
application.exec()
"""


def _timed(script: str, *arguments: str, before: Callable[[], object] = lambda: None) -> Timed:
    def run() -> float:
        before()
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-c", script, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        word = process.stdout.readline()
        seconds = time.perf_counter() - start
        process.kill()
        _out, errors = process.communicate()
        if word.decode().strip() not in ("painted", "usable"):
            raise RuntimeError(errors.decode() or repr(word))
        return seconds

    return run


def _prepare(word: str, folder: Path) -> tuple[Timed, Timed]:
    data = folder / "data"
    open_demo(data).data.close()
    subprocess.run([sys.executable, "-c", _ONCE, str(data)], check=True, capture_output=True)
    return _timed(_OURS, str(data), word), _timed(_PEER, str(data / DATABASE))


def _paint(folder: Path) -> tuple[Timed, Timed]:
    return _prepare("painted", folder)


def _usable(folder: Path) -> tuple[Timed, Timed]:
    return _prepare("usable", folder)


def _fresh(folder: Path) -> tuple[Timed, Timed]:
    """Nothing is kept of the first page, as after a kill or a month: each round has the data as it lay, not as the last left it."""
    _ours, peer = _prepare("usable", folder)
    lay, data = folder / "data", folder / "fresh"
    with closing(sqlite3.connect(lay / DATABASE)) as connection, connection:
        assert connection.execute("DELETE FROM snapshots").rowcount

    def lay_anew() -> None:
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(lay, data)

    return _timed(_OURS, str(data), "usable", before=lay_anew), peer


MEASURES = (
    Measure("start-paint", 1.5, 9, _paint),
    Measure("start-usable", 2.5, 9, _usable),
    Measure("start-fresh", 3.0, 9, _fresh),
)
