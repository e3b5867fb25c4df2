"""Runs the program's commands as an administrator does: the real program in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """One command; its output and exit status."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "huajie_desktop", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True)
