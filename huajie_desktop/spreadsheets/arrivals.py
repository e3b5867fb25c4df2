"""What was handed over, files and whole folders, as a list of files that may be spreadsheets."""

from collections.abc import Iterator, Sequence
from pathlib import Path

ENDINGS = (".xlsx", ".xls", ".et", ".ods", ".csv", ".xlsm", ".xlsb")


def list_files(paths: Sequence[Path]) -> tuple[list[Path], int]:
    """The files to read, those in folders sorted by path, and how many in the folders are no spreadsheets by their ending.

    A file named by itself is always read: its content decides. Hidden files and those an open workbook leaves beside it
    (~$) are no one's work and are not counted.
    """
    files: dict[Path, None] = {}
    others = 0
    for path in paths:
        found = list(_inside(path)) if path.is_dir() else [path]
        wanted = [file for file in found if not path.is_dir() or file.suffix.lower() in ENDINGS]
        files.update(dict.fromkeys(wanted))
        others += len(found) - len(wanted)
    return list(files), others


def _inside(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith((".", "~$")):
            yield path
