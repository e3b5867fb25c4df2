"""The list of 100,000 tasks: first rows, filtering, scrolling; beside a plain QTableView over a list of tuples.

Also prints milliseconds, the longest pause while scrolling and the memory of a process that only looked (VmHWM).
"""

import subprocess
import sys
from functools import partial
from pathlib import Path

from huajie_desktop.application import Application
from huajie_desktop.folders import DATABASE
from huajie_desktop.receiving import importing, intake
from huajie_desktop.township.seating import set_up
from tests.bench.measure import Measure, Timed
from tests.bench.sheets import write_tasks

ROWS = 100_000
STEPS = 600  # page downs, then the end
_GATHER = """
import os, sys, time
from pathlib import Path
def told(seconds, longest=0.0):
    with open("/proc/self/status") as status:
        peak = next((line.split()[1] for line in status if line.startswith("VmHWM")), "0")
    print(seconds, longest, peak, flush=True)
    os._exit(0)
def scrolled(view, bar, application):
    longest, start = 0.0, time.perf_counter()
    for number in range(int(sys.argv[3]) + 1):
        before = time.perf_counter()
        bar.setValue(bar.maximum() if number == int(sys.argv[3]) else bar.value() + bar.pageStep())
        view.viewport().repaint()
        application.processEvents()
        longest = max(longest, time.perf_counter() - before)
    seconds = time.perf_counter() - start
    assert bar.value() == bar.maximum() > 0, (bar.value(), bar.maximum())
    return seconds, longest
"""
_OURS = """
import gc
gc.disable()  # as huajie_desktop.__main__ does
gc.freeze()
from PySide6.QtWidgets import QApplication
from huajie_desktop.application import Application
from huajie_desktop.township.seating import come_in
from ui.desk.desk import Desk
from ui.desk.jobs import Jobs
from ui.desk.preferences import Preferences
from ui.theme import apply_theme
from ui.shell.window import Window
application = QApplication([])
apply_theme(application)
app = come_in(Application.open(Path(sys.argv[1])), "张三")
jobs = Jobs()
window = Window(Preferences(app.folder), jobs)
window.resize(1366, 768)
window.show()
window.enter(Desk(app, Preferences(app.folder), jobs, window))
settled = time.perf_counter() + 0.5  # a clerk takes longer to reach for the page
while time.perf_counter() < settled:
    application.processEvents()
start = time.perf_counter()
window.visit("checklist")
page = window.pages["checklist"]
page.table.view.viewport().repaint()
opened = time.perf_counter() - start
assert page.table.count == 100_000
application.processEvents()
if sys.argv[2] == "open":
    told(opened)
elif sys.argv[2] == "filter":
    start = time.perf_counter()
    page.filters.show_wanted("路灯 99", {})
    page.table.view.viewport().repaint()
    seconds = time.perf_counter() - start
    assert 0 < page.table.count < 100_000, page.table.count
    told(seconds)
else:
    told(*scrolled(page.table.view, page.table.view.verticalScrollBar(), application))
"""
_PEER = """
import sqlite3
from PySide6.QtCore import QAbstractTableModel, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication, QTableView
COLUMNS = ["编号", "任务名称", "类别", "责任单位", "责任人", "完成时限", "计划投资", "状态"]
STATEMENT = '''
SELECT coalesce(t.number, ''), t.title, coalesce(c.name, ''), u.name,
  (SELECT group_concat(p.name, '、') FROM responsibilities r JOIN people p ON p.id = r.person_id WHERE r.task_id = t.id),
  coalesce(t.due, ''), coalesce(t.investment, 0) / 1000000.0, t.state
FROM tasks t JOIN units u ON u.id = t.unit_id LEFT JOIN categories c ON c.id = t.category_id ORDER BY u.position, t.id
'''
class Model(QAbstractTableModel):
    def __init__(self, rows):
        super().__init__()
        self.rows = rows
    def rowCount(self, parent=None):
        return len(self.rows)
    def columnCount(self, parent=None):
        return len(COLUMNS)
    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if role == Qt.ItemDataRole.DisplayRole:
            return str(self.rows[index.row()][index.column()])
    def headerData(self, section, orientation, role=Qt.ItemDataRole.DisplayRole):
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return COLUMNS[section]
application = QApplication([])
view = QTableView()
view.resize(1366, 768)
view.show()
application.processEvents()
start = time.perf_counter()
rows = sqlite3.connect(sys.argv[1]).execute(STATEMENT).fetchall()
model = Model(rows)
if sys.argv[2] == "filter":
    proxy = QSortFilterProxyModel()
    proxy.setFilterKeyColumn(-1)
    proxy.setSourceModel(model)
    model_shown = proxy
else:
    model_shown = model
view.setModel(model_shown)
view.viewport().repaint()
application.processEvents()
assert model_shown.rowCount() == 100_000, model_shown.rowCount()
if sys.argv[2] == "open":
    told(time.perf_counter() - start)
elif sys.argv[2] == "filter":
    start = time.perf_counter()
    proxy.setFilterFixedString("路灯安装第99")
    view.viewport().repaint()
    seconds = time.perf_counter() - start
    assert 0 < proxy.rowCount() < 100_000
    told(seconds)
else:
    told(*scrolled(view, view.verticalScrollBar(), application))
"""


def _filled(folder: Path) -> Path:
    """A data folder with 100,000 tasks spread over all units."""
    app = set_up(Application.create(folder / "data"), "花街镇", 2021, "张三")
    intake.apply(app, importing.preview(app, [write_tasks(folder / "tasks.xlsx", ROWS)]))
    with app.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE tasks SET unit_id = 2 + id % 27")
    app.data.close()
    return folder / "data"


def _run(script: str, data: Path, what: str, whose: str) -> Timed:
    def once() -> float:
        command = [sys.executable, "-c", _GATHER + script, str(data), what, str(STEPS)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode or not done.stdout:
            raise RuntimeError(done.stderr)
        seconds, longest, peak = done.stdout.split()[-3:]
        pause = f", longest pause {float(longest) * 1000:.0f} ms" if float(longest) else ""
        print(f"  {whose} {what} {float(seconds) * 1000:.0f} ms{pause}, peak {int(peak) // 1024} MiB", file=sys.stderr)
        return float(seconds)

    return once


def _prepare(what: str, folder: Path) -> tuple[Timed, Timed]:
    data = _filled(folder)
    return _run(_OURS, data, what, "ours"), _run(_PEER, data / DATABASE, what, "peer")


MEASURES = (
    Measure("list-open-100k", 1.5, 5, partial(_prepare, "open")),
    Measure("list-filter-100k", 1.0, 5, partial(_prepare, "filter")),
    Measure("list-scroll-100k", 1.5, 3, partial(_prepare, "scroll")),
)
