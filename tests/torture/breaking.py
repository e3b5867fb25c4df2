"""The ways a child is broken: killed at a moment or at a chosen call, a disk that is full or answers with errors."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer

from tests.torture.job import BEGUN, KEPT, REFUSED

ROOT = Path(__file__).parents[2]
CALLS = {  # what is counted as one sort of call; some systems name it otherwise
    "pwrite64": "pwrite64,pwritev", "write": "write", "fsync": "fsync,fdatasync", "rename": "rename,renameat,renameat2",
    "unlink": "unlink,unlinkat", "open": "openat",
}  # fmt: skip
_LONGEST = 300  # seconds a child may take; one that takes longer hangs, which is a fault


@dataclass(frozen=True)
class Way:
    """One way of breaking: at a share of the time it takes, or at one call of a sort with a signal or an error."""

    at: float = 0.0  # seconds after it began; 0: not by time
    call: str = ""
    what: str = ""  # signal=KILL, error=EIO …
    when: str = ""  # which one: 3, or 3+ for it and all after it
    room: int = 0  # bytes that are left on the disk; 0: enough

    def __str__(self) -> str:
        if self.room:
            return f"{self.room} bytes of disk"
        return f"kill after {self.at:.2f} s" if self.at else f"{self.what} at {self.call} {self.when}" if self.call else "nothing"


@dataclass
class Ended:
    """What a child said before it ended, and how it ended."""

    kept: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    seconds: float = 0.0
    killed: bool = False
    unexpected: str = ""  # the end of a traceback


def run(arguments: Sequence[str | Path], way: Way, scratch: Path) -> Ended:
    """Runs one piece of work while it is broken that way; `scratch` is the only folder for temporary files it is told of."""
    command = [*_traced(way), sys.executable, "-m", "tests.torture.job", *map(str, arguments)]
    environment = {**os.environ, "TMPDIR": str(scratch), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    with (scratch.parent.parent / "errors").open("wb") as errors:
        child = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True, start_new_session=True
        )
        ended, begun = Ended(), time.perf_counter()
        timers = [Timer(_LONGEST, _kill, (child,))]
        assert child.stdout is not None
        for line in child.stdout:
            word, _space, rest = line.rstrip("\n").partition(" ")
            if word == BEGUN:
                begun = time.perf_counter()
                timers += [Timer(way.at, _kill, (child,))] if way.at else []
                for timer in timers:
                    timer.start()
            elif word in (KEPT, REFUSED):
                (ended.kept if word == KEPT else ended.refused).append(rest)
        code = child.wait()
        for timer in timers:
            timer.cancel()
        _kill(child)  # whatever it left running
    ended.seconds, ended.killed = time.perf_counter() - begun, code in (-signal.SIGKILL, 128 + signal.SIGKILL)
    if code and not ended.killed:
        ended.unexpected = (scratch.parent.parent / "errors").read_text("utf-8", "replace").strip().rpartition("\n")[
            2
        ] or f"status {code}"
    return ended


def counted(arguments: Sequence[str | Path], scratch: Path) -> dict[str, int]:
    """How many calls of each sort a piece of work makes; empty where nothing can count them."""
    if not can_trace():
        return {}
    trace = scratch.parent.parent / "trace"
    command = ["strace", "-f", "-qq", "-o", trace, "-e", f"trace={','.join(CALLS.values())}"]
    environment = {**os.environ, "TMPDIR": str(scratch), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    child = [sys.executable, "-m", "tests.torture.job", *map(str, arguments)]
    subprocess.run([*command, *child], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    names = [line.split("(", 1)[0].split()[-1] for line in trace.read_text("utf-8", "replace").splitlines() if "(" in line]
    return {sort: sum(names.count(name) for name in found.split(",")) for sort, found in CALLS.items()}


def can_trace() -> bool:
    """Whether single calls can be broken on this machine."""
    return shutil.which("strace") is not None


def _traced(way: Way) -> list[str]:
    if not way.call:
        return []
    calls = CALLS[way.call]
    return ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={calls}", "-e", f"inject={calls}:{way.what}:when={way.when}"]


def _kill(child: "subprocess.Popen[str]") -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
