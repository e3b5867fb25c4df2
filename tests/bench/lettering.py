"""How long another text size takes with the pages of a usual morning built and a list of 314 tasks shown, beside the 0.5 s it may take."""

from pathlib import Path

from huajie_desktop import demo
from tests.bench.measure import Measure, Timed, told_by

_ALLOWED = 0.5  # seconds
_SCRIPT = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from huajie_desktop import demo
from ui.desk.desk import Desk
from ui.desk.jobs import Jobs
from ui.desk.preferences import Preferences
from ui.shell.window import Window
from ui.theme import apply_theme
application = QApplication([])
apply_theme(application)
seat = demo.open_begun(Path(sys.argv[1]))
jobs = Jobs()
window = Window(Preferences(seat.folder), jobs)
window.resize(1366, 768)
window.show()
desk = Desk(seat, Preferences(seat.folder), jobs, window)
window.enter(desk)
for key in ("home", "import", "review", "papers", "checklist"):  # a usual morning
    window.visit(key)
    application.processEvents()
longest = 0.0
for percent in (110, 120, 150, 100):
    began = time.perf_counter()
    desk.show_text_at(percent)
    application.processEvents()
    window.grab()
    longest = max(longest, time.perf_counter() - began)
print(longest, flush=True)
import os
os._exit(0)
"""


def _change(folder: Path) -> tuple[Timed, Timed]:
    demo.open_begun(folder / "data").data.close()
    return told_by(_SCRIPT, folder / "data"), lambda: _ALLOWED


MEASURES = (Measure("text-size-311", 1.0, 5, _change),)
