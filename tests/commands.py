"""Runs the program's commands as an administrator does: the real program, in a process of its own or, at once, in this one."""

import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from huajie_desktop.__main__ import main

ROOT = Path(__file__).parents[1]


def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """One command; its output and exit status."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "huajie_desktop", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def speak(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """The same in this process, which saves the second a start takes: for a test of many commands beside one that starts them."""
    command, out, err, mask = [str(one) for one in arguments], StringIO(), StringIO(), os.umask(0)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            status = main(command)
    finally:
        os.umask(mask)
    return subprocess.CompletedProcess(command, status, out.getvalue(), err.getvalue())
