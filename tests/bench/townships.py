"""Finding a township among those of the country, by name, syllables and initials; the peer asks a database for the names alone."""

import sqlite3
from pathlib import Path

from huajie_desktop.township.divisions import divisions
from tests.bench.measure import Measure, Timed, stopwatch

_TYPED = ("清溪镇", "qingxi", "qx", "韶山 清溪", "zhejiang", "huajiezhen", "h", "nanan")


def _find(folder: Path) -> tuple[Timed, Timed]:
    known = divisions()
    names = [(one.name,) for word in ("省", "市", "自治区") for one in known.find(word, 10_000)]
    peer = sqlite3.connect(folder / "names.db")
    peer.execute("CREATE TABLE names (name TEXT)")
    peer.executemany("INSERT INTO names VALUES (?)", names)

    def ours() -> float:
        with stopwatch() as seconds:
            for typed in _TYPED:
                known.find(typed)
        return seconds[0]

    def theirs() -> float:
        with stopwatch() as seconds:
            for typed in _TYPED:
                peer.execute("SELECT name FROM names WHERE name LIKE ? LIMIT 60", (f"%{typed}%",)).fetchall()
        return seconds[0]

    return ours, theirs


MEASURES = (Measure("divisions", 10.0, 9, _find),)
