"""Real failure: killed at any moment, a full disk, a folder that cannot be written, newer data, a second instance."""

import ctypes
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from db.models import JournalEntry, Operation, Task
from huajie_desktop.application import Application
from huajie_desktop.folders import DATABASE
from tests.bench.sheets import write_tasks
from tests.folders import lay_office
from tests.office import contents

ROOT = Path(__file__).parents[1]
PROGRAM = [sys.executable, "-m", "huajie_desktop"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
ROWS = 10_000

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


def run(*arguments, **options):
    return subprocess.run([*PROGRAM, *map(str, arguments)], env=ENVIRONMENT, capture_output=True, text=True, **options)


@pytest.fixture
def data(tmp_path):
    """A data folder that is set up, closed again."""
    return lay_office(tmp_path / "data")


def look(data):
    app = Application.open(data)
    try:
        with app.reading() as session:
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        return contents(app)
    finally:
        app.close()


def refused(done, *words):
    """One clear Chinese sentence, no trace, a status that says so."""
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr, done.stderr
    return True


def test_kill_at_twenty_random_moments_leaves_all_or_nothing(data, tmp_path):
    book = write_tasks(tmp_path / "tasks.xlsx", ROWS)
    before = look(data)
    command = [*PROGRAM, "import", str(book), "--data", str(data)]
    start = time.monotonic()
    assert run("import", book, "--data", _copy(data, tmp_path / "whole")).returncode == 0
    whole = time.monotonic() - start
    found = []
    for number in range(20):
        folder = _copy(data, tmp_path / f"killed{number}")
        process = subprocess.Popen(
            [*command[:-1], str(folder)], env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(random.uniform(0.3 * whole, whole))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        found.append(_all_or_nothing(folder, before))
    assert set(found) <= {0, ROWS}
    print(f"killed imports found whole: {found.count(ROWS)}, absent: {found.count(0)}")


def _copy(data, target):
    target.mkdir()
    (target / DATABASE).write_bytes((data / DATABASE).read_bytes())
    return target


def _all_or_nothing(folder, before):
    """How many tasks the next start finds; with none, everything is as before."""
    app = Application.open(folder)
    try:
        with app.reading() as session:
            tasks = session.scalar(select(func.count()).select_from(Task))
            entries = session.scalar(select(func.count()).select_from(JournalEntry).where(JournalEntry.kind == "tasks"))
            operations = session.scalar(select(func.count()).select_from(Operation))
        assert entries == tasks, "journal and table agree"
        assert operations == (2 if tasks else 1)
        if not tasks:
            assert contents(app) == before
        return tasks
    finally:
        app.close()


@pytest.mark.parametrize(
    ("room", "words"), [(50_000, "磁盘已满"), (300_000, "磁盘读写出错"), (900_000, "文件大到这里放不下")]
)  # bytes a file may have: for one too large SQLite knows no other word than for a broken disk
def test_full_disk_keeps_what_was_there(data, tmp_path, room, words):
    book = write_tasks(tmp_path / "tasks.xlsx", 2000)
    before = look(data)

    def fill_disk():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    assert refused(run("import", book, "--data", data, preexec_fn=fill_disk), words, "没有保存")
    assert look(data) == before
    assert run("import", book, "--data", data).returncode == 0


def test_folder_that_cannot_be_written_is_one_sentence(data, tmp_path):
    before = look(data)
    book = write_tasks(tmp_path / "tasks.xlsx", 3)
    data.chmod(0o555)
    try:
        refused(run("import", book, "--data", data, preexec_fn=_be_nobody_special), "数据文件夹不能写入", "权限")
    finally:
        data.chmod(0o755)
    assert look(data) == before


def _be_nobody_special():
    """Root passes by file permissions; without these two capabilities it does not."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            assert libc.prctl(24, capability, 0, 0, 0) == 0  # PR_CAPBSET_DROP


def test_data_of_a_newer_program_is_refused_and_left_alone(data):
    app = Application.open(data)
    with app.engine.connect().execution_options(writing=True) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()
    app.close()
    kept = (data / DATABASE).read_bytes()
    refused(run("report", "--out", data / "r.pdf", "--data", data), "更新版本", "没有被改动")
    assert (data / DATABASE).read_bytes() == kept


def test_damaged_data_is_refused_and_left_alone(tmp_path):
    (tmp_path / DATABASE).write_bytes(b"no database at all " * 1000)
    refused(run("report", "--out", tmp_path / "r.pdf", "--data", tmp_path), "已损坏", "没有改动它")
    assert (tmp_path / DATABASE).read_bytes().startswith(b"no database")


def test_second_instance_on_the_same_data_is_refused(data, tmp_path):
    app = Application.open(data)
    book = write_tasks(tmp_path / "tasks.xlsx", 3)
    refused(run("import", book, "--data", data), "另一个窗口")
    assert run("import", book, "--data", data, "--dry-run").returncode == 0, "looking is not writing"
    app.close()


def test_lock_of_a_killed_program_needs_no_hand(data):
    holder = subprocess.Popen(
        [sys.executable, "-c", f"from pathlib import Path; from huajie_desktop.application import Application\n"
         f"app = Application.open(Path({str(data)!r})); print('open', flush=True); input()"],
        env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert holder.stdout.readline() == b"open\n"
    holder.kill()
    holder.communicate()
    Application.open(data).close()
