"""A program that is killed in the middle: a child process that does what a test says and ends at a chosen move, without a word."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
_BEGIN = """
import os, sys
from datetime import date
from pathlib import Path
folder, out = Path(sys.argv[1]), Path(sys.argv[2])
def die_at(ending, number=1):
    move, seen = os.replace, []
    def replace(source, target):
        if str(target).endswith(ending):
            seen.append(target)
            if len(seen) == number:
                os._exit(9)
        move(source, target)
    os.replace = replace
def seat():
    from huajie_desktop.application import Application
    from huajie_desktop.township.seating import come_in
    return come_in(Application.open(folder, today=lambda: date(2021, 3, 1)), "张三")
"""


def killed(script: str, folder: Path, out: Path, temporary: Path) -> None:
    """Runs `script` over the data in `folder` until it ends itself: with `die_at(ending, number)` when that move comes.

    `seat()` opens the data; `out` is where its files go, `temporary` where the system keeps temporary files.
    """
    temporary.mkdir(exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TMPDIR": str(temporary)}
    done = subprocess.run([sys.executable, "-c", _BEGIN + script, str(folder), str(out)], env=environment, capture_output=True)
    assert done.returncode == 9, done.stderr.decode()
