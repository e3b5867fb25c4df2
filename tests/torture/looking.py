"""What is left after a piece of work was broken: the next start is made as a clerk would, and everything is counted."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from sqlalchemy import func, select

from db.models import Operation, Paper, Task
from huajie_desktop.application import Application
from huajie_desktop.backups.soundness import look_through
from huajie_desktop.errors import Problem
from huajie_desktop.papers import unwritten
from huajie_desktop.seat import Seat
from huajie_desktop.township import seating
from tests.torture.breaking import Ended
from tests.torture.grounds import CLERK, TODAY

LOST, TWICE, HALF, FALSE, WRONG, LEFT = "lost", "given twice", "half sets", "false sentences", "wrong figures", "leftovers"
COUNTED = (LOST, TWICE, HALF, FALSE, WRONG, LEFT)
_NUMBER = re.compile(r"花\w{2,4}〔2021〕\d+号")
_UNFINISHED = re.compile(r"\.(tmp|part|old)$|^\.huajie-")
_UNCHANGED = ("原有文件都没有改动", "没有写任何文件")  # what a sentence says of files that were there before


class Place(NamedTuple):
    """Where a piece of work was done, and what lay in its outputs before and should lie there afterwards."""

    data: Path
    out: Path
    scratch: Path
    before: Mapping[str, str]
    changes: frozenset[str]  # names of files that are new or others when nothing disturbs the work
    tasks: int  # how many there must be at least


def files_in(folder: Path) -> dict[str, str]:
    """The digest of every file below a folder, by its path in it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def look(place: Place, ended: Ended) -> tuple[Counter[str], list[str]]:
    """Starts the program again, does what it offers, and counts what is wrong; with a sentence for each."""
    notes: list[tuple[str, str]] = []
    if ended.unexpected:
        notes.append((FALSE, f"unexpected: {ended.unexpected[-200:]}"))
    notes += [(FALSE, found) for found in _untrue(place, ended)]
    try:
        data = Application.open(place.data, today=lambda: TODAY)
    except Problem as problem:
        notes.append((LOST, f"does not open: {problem}"))
        return Counter(kind for kind, _note in notes), [f"{kind}: {note}" for kind, note in notes]
    try:
        notes += [(WRONG, str(found)) for found in look_through(data.engine)]
        seat = seating.come_in(data, CLERK)
        notes += [(LOST, found) for found in _lost(seat, place, ended)]
        notes += [(TWICE, found) for found in _twice(seat, place.out)]
        notes += [(HALF, found) for found in _halves(seat, place)]
    finally:
        data.close()
    notes += [(LEFT, str(path)) for path in _leftovers(place)]
    return Counter(kind for kind, _note in notes), [f"{kind}: {note}" for kind, note in notes]


def _lost(seat: Seat, place: Place, ended: Ended) -> list[str]:
    with seat.reading() as session:
        there = set(map(str, session.scalars(select(Operation.id))))
        tasks = session.scalar(select(func.count()).select_from(Task)) or 0
    lost = [f"step {told} was kept and is gone" for told in ended.kept if told != "0" and told not in there]
    return lost + ([f"{tasks} tasks of {place.tasks}"] if tasks < place.tasks else [])


def _twice(seat: Seat, out: Path) -> list[str]:
    """Numbers borne by two papers of the register or by two files, and files whose number the register has not."""
    with seat.reading() as session:
        given = Counter(number for number in session.scalars(select(Paper.number)) if number)
    found = [f"{number} registered {count} times" for number, count in given.items() if count > 1]
    borne: dict[str, list[str]] = {}
    for path in sorted(out.rglob("*.pdf")):
        for number in _numbers(path):
            borne.setdefault(number, []).append(path.name)
    found += [f"{number} borne by {files}" for number, files in borne.items() if len(files) > 1]
    return found + [f"{number} on {files} is not registered" for number, files in borne.items() if number not in given]


def _numbers(path: Path) -> set[str]:
    with pypdfium2.PdfDocument(path) as document:
        page = document[0]
        textpage = page.get_textpage()
        text = textpage.get_text_range()
        textpage.close()
        page.close()
    return set(_NUMBER.findall(text))


def _halves(seat: Seat, place: Place) -> list[str]:
    """A set of files of which a part is new and a part not, and nothing offers to finish it."""
    with seat.reading() as session:
        offered = unwritten.unfinished(session)
    for found in offered:
        unwritten.write_again(seat, found)
    after = files_in(place.out)
    changed = {name for name, digest in after.items() if place.before.get(name) != digest}
    gone = sorted(place.before.keys() - after.keys())
    found = [f"{name} was there and is gone" for name in gone]
    sets = {folder: {name for name in place.changes if str(Path(name).parent) == folder} for folder in _folders(place.changes)}
    for folder, names in sets.items():
        if (there := names & changed) and there != names:
            found.append(f"{folder}: {len(there)} of {len(names)}")
    return found


def _folders(names: frozenset[str]) -> set[str]:
    return {str(Path(name).parent) for name in names}


def _untrue(place: Place, ended: Ended) -> list[str]:
    """Sentences that deny what happened."""
    after = files_in(place.out)
    others = sorted(name for name, digest in place.before.items() if after.get(name) != digest)
    return [said for said in ended.refused if others and not ended.kept and any(words in said for words in _UNCHANGED)]


def _leftovers(place: Place) -> list[Path]:
    below = (*place.data.rglob("*"), *place.out.rglob("*"))
    unfinished = [path for path in below if path.is_file() and _UNFINISHED.search(path.name)]
    return unfinished + [path for path in place.scratch.rglob("*") if path.is_file()]
