"""Finding a township among those of the country, by name, syllables and initials; the peer asks a database for the names alone."""

import sqlite3
from pathlib import Path

from huajie_desktop.township.divisions import divisions
from tests.bench.measure import Measure, Timed, stopwatch

_TYPED = ("清溪镇", "qingxi", "qx", "韶山 清溪", "zhejiang", "huajiezhen", "h", "nanan")


def _find(folder: Path) -> tuple[Timed, Timed]:
    known = divisions()
    names = [(one.name,) for word in ("镇", "乡", "街道") for one in known.find(word, 100_000)]
    peer = sqlite3.connect(folder / "names.db")
    peer.execute("CREATE TABLE names (name TEXT)")
    peer.executemany("INSERT INTO names VALUES (?)", names)

    def ours() -> float:
        with stopwatch() as seconds:
            found = [known.find(typed) for typed in _TYPED]
        assert all(found), found
        return seconds[0]

    def theirs() -> float:
        with stopwatch() as seconds:
            found = [
                peer.execute("SELECT name FROM names WHERE name LIKE ? LIMIT 60", (f"%{typed}%",)).fetchall() for typed in _TYPED
            ]
        assert found[0], "the peer has the names that are looked for"
        return seconds[0]

    return ours, theirs


MEASURES = (Measure("divisions", 2.5, 9, _find),)
