"""One measure: ours and the peer run in turn, several times, after one round that does not count."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

Timed = Callable[[], float]  # runs once and returns its seconds


@dataclass(frozen=True)
class Measure:
    """A name, the goal for ours / peer, how many rounds count, and what makes the two runners in a scratch folder."""

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
