"""`dev.py torture`: kills, full disks, errors of the disk and flipped bits for so many minutes, and the counts of what they did."""

import argparse
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.torture.breaking import CALLS, Way, can_trace, counted, run
from tests.torture.flips import SILENT, UNEXPECTED, flipped
from tests.torture.grounds import Grounds, make_grounds
from tests.torture.job import WORKS
from tests.torture.looking import COUNTED, WRONG, Place, files_in, look
from tests.torture.small_disk import can_mount, fill, give_up, make_disk, make_room

_FLIPS, _FULL = 0.2, 0.2  # of the time, of the cases
_ERRORS = ("EIO", "ENOSPC")
_TASKS_OLDER = 1


class Course:
    """One run of the ill treatment: its grounds, what each piece of work is when nothing disturbs it, and what was counted."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self._folder, self._chance = folder, chance
        self.grounds: Grounds = make_grounds(folder)
        self._usual: dict[str, tuple[float, frozenset[str], dict[str, int]]] = {}
        self.disks = can_mount(folder / "disk")
        self.faults: Counter[str] = Counter(dict.fromkeys(COUNTED, 0))
        self.runs: Counter[str] = Counter()
        self.notes: list[str] = []

    def one(self, name: str) -> None:
        """Breaks one piece of work once, some way, and looks at what is left."""
        if name not in self._usual:
            self._usual[name] = self._undisturbed(name)
        seconds, changes, calls = self._usual[name]
        way = self._some_way(seconds, calls)
        disk = self._folder / "case"
        small = bool(way.room) and make_disk(_emptied(disk))
        try:
            place = self._laid(name, changes)
            if small:
                fill(disk, way.room)
            ended = run(self._arguments(name, place), way, place.scratch)
            if small:
                make_room(disk)
            found, notes = look(place, ended)
        finally:
            if small:
                give_up(disk)
        self.faults.update(found)
        self.runs[f"{name}: {'killed' if ended.killed else 'refused' if ended.refused else 'done'}"] += 1
        self.notes += [f"{name}, {way}: {note}" for note in notes]

    def _some_way(self, seconds: float, calls: dict[str, int]) -> Way:
        if self.disks and self._chance.random() < _FULL:
            return Way(room=int(10 ** self._chance.uniform(3.6, 6.7)))
        sorts = [sort for sort, count in calls.items() if count and sort != "open"]
        if not sorts or self._chance.random() < 0.4:
            return Way(at=max(self._chance.random() * seconds * 1.1, 0.001))
        call = self._chance.choice(sorts)
        number = self._chance.randint(1, calls[call])
        if self._chance.random() < 0.5:
            return Way(call=call, what="signal=KILL", when=str(number))
        lasting = "+" if self._chance.random() < 0.5 else ""  # a full disk stays full
        return Way(call=call, what=f"error={self._chance.choice(_ERRORS)}", when=f"{number}{lasting}")

    def _undisturbed(self, name: str) -> tuple[float, frozenset[str], dict[str, int]]:
        place = self._laid(name, frozenset())
        ended = run(self._arguments(name, place), Way(), place.scratch)
        if ended.unexpected or ended.refused:
            raise SystemExit(f"{name} does not even work undisturbed: {ended}")
        after = files_in(place.out)
        changes = frozenset(path for path, digest in after.items() if place.before.get(path) != digest)
        place = self._laid(name, changes)
        return ended.seconds, changes, counted(self._arguments(name, place), place.scratch)

    def _laid(self, name: str, changes: frozenset[str]) -> Place:
        folder = self._folder / "case"
        if not folder.is_mount():
            _emptied(folder)
        (folder / "scratch").mkdir()
        older = name == "migration"
        shutil.copytree(self.grounds.older if older else self.grounds.office, folder / "data")
        if older:
            (folder / "out").mkdir()
        else:
            shutil.copytree(self.grounds.papers, folder / "out")
        tasks = _TASKS_OLDER if older else self.grounds.tasks
        return Place(folder / "data", folder / "out", folder / "scratch", files_in(folder / "out"), changes, tasks)

    def _arguments(self, name: str, place: Place) -> list[str | Path]:
        files = [self.grounds.photo, *self.grounds.sheets[:1]] if name == "attach" else self.grounds.sheets
        return [name, place.data, place.out, *files]


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def names(chance: random.Random) -> Iterator[str]:
    """Every piece of work again and again, each round in another order."""
    while True:
        yield from chance.sample(sorted(WORKS), len(WORKS))


def main() -> int:
    """Reads how long; 1 where anything was lost, given twice, half, false, wrong or left over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0)
    said = parser.parse_args()
    end, chance = time.monotonic() + said.minutes * 60, random.Random(said.seed)
    with TemporaryDirectory() as folder:
        course = Course(Path(folder), chance)
        most = time.monotonic() + (end - time.monotonic()) * _FLIPS
        flips = flipped(course.grounds.office, Path(folder), chance, lambda: time.monotonic() < most)
        for name in names(chance):
            if time.monotonic() >= end:
                break
            course.one(name)
    course.faults[WRONG] += flips[SILENT]
    print(f"seed {said.seed}; single calls {'broken' if can_trace() else 'NOT broken, there is no strace'}: {', '.join(CALLS)}")
    print(f"full disks {'made' if course.disks else 'NOT made, this user may not'}")
    _table("runs", course.runs)
    _table("flipped bits", flips)
    _table("counts", course.faults)
    for note in course.notes:
        print(note)
    return int(any(course.faults.values()) or any(kind.startswith(UNEXPECTED) for kind in flips))


def _table(title: str, found: Counter[str]) -> None:
    print(f"{title}: {found.total()}")
    for kind, count in sorted(found.items()):
        print(f"  {kind:<40} {count:>6}")


if __name__ == "__main__":
    sys.exit(main())
