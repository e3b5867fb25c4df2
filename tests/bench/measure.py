"""One measure: ours and the peer run in turn, several times, after one round that does not count.

Each runner looks at what it made once its watch has stopped, and raises where that is not whole: what makes nothing is quick.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

Timed = Callable[[], float]  # runs once and returns its seconds


class LeftOut(Exception):
    """A measure cannot be taken here, and why."""


@dataclass(frozen=True)
class Measure:
    """A name, the goal for ours / peer, how many rounds count, and what makes the two runners in a scratch folder.

    Making them raises LeftOut where the peer is not there.
    """

    name: str
    goal: float
    rounds: int
    prepare: Callable[[Path], tuple[Timed, Timed]]

    def run(self, folder: Path) -> list[tuple[float, float]]:
        """(ours, peer) in seconds for each counted round; the order alternates so that drift hits both."""
        ours, peer = self.prepare(folder)
        pairs = []
        for number in range(self.rounds + 1):
            if number % 2:
                pair = (ours(), peer())
            else:
                second = peer()
                pair = (ours(), second)
            if number:
                pairs.append(pair)
        return pairs


@contextmanager
def stopwatch() -> Iterator[list[float]]:
    """Seconds of the block, in the list's only place afterwards."""
    seconds = [0.0]
    start = time.perf_counter()
    yield seconds
    seconds[0] = time.perf_counter() - start


def told_by(script: str, folder: Path) -> Timed:
    """A runner of a Python script in a process of its own on the data in `folder`, which prints its seconds."""

    def run() -> float:
        surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path.cwd())}
        command = [sys.executable, "-c", script, str(folder)]
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return float(done.stdout)

    return run
