"""A place where copies stand: this computer's own, or a folder on a stick or another disk."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.schema import HEAD
from db.syncing import sync_folder
from huajie_desktop.backups.manifest import Manifest, read_manifest
from huajie_desktop.copy_names import name_of, read_name
from huajie_desktop.folders import DATABASE

OWN, OUTSIDE = "backups", "清单备份"  # the folder's name in the data folder, and in the folder a clerk names
STORE = "files"  # contents by their digests, shared by all copies of the place
ASIDE = "aside"  # in the name of a database that was put aside as it was
_PART = ".part"


@dataclass(frozen=True)
class Copy:
    """One copy: its folder (of an older program's its file), and what it says of itself, None where that cannot be read."""

    folder: Path
    made: datetime
    occasion: str
    manifest: Manifest | None
    single: bool = False  # a database alone, by an older program

    @property
    def database(self) -> Path:
        """The file of its database."""
        return self.folder if self.single else self.folder / DATABASE

    @property
    def store(self) -> Path:
        """Where the contents of its files lie."""
        return self.folder.parent / STORE

    @property
    def name(self) -> str:
        """The copy as it is called in sentences."""
        return f"{self.made:%Y-%m-%d %H:%M}"

    @property
    def fault(self) -> str:
        """Why it cannot be brought back as far as one look tells, "" where nothing speaks against it."""
        if self.single:
            return "" if self.database.stat().st_size > 0 else "是空的"
        if self.occasion == ASIDE:
            return "是没有通过检查的原数据，只作留存"
        if self.manifest is None or not self.database.is_file():
            return "不完整，说明文件或数据库不见了"
        if self.manifest.schema > HEAD:
            return "是更新版本的程序做的，本版本不能打开"
        return "" if self.database.stat().st_size == self.manifest.size else "已损坏，数据库的大小不对"


def copies_in(place: Path) -> list[Copy]:
    """The copies that stand at a place, the newest first; none where the place is gone. A stick may go any moment."""
    try:
        return sorted(_found(place), key=_order, reverse=True)
    except OSError:
        return []


def _found(place: Path) -> Iterator[Copy]:
    for entry in place.iterdir() if place.is_dir() else ():
        said = read_name(entry.name)
        if said is not None and (entry.is_file() if said.single else entry.is_dir()):
            manifest = None if said.single else read_manifest(entry)
            yield Copy(entry, manifest.made if manifest else said.made, said.occasion, manifest, said.single)


def _order(copy: Copy) -> tuple[datetime, int, str]:
    """By time; of two made in one second the one that holds more steps is the later one."""
    return copy.made, copy.manifest.operation if copy.manifest else 0, copy.folder.name


def begin(place: Path, made: datetime, occasion: str) -> Path:
    """A new folder nobody else has, to be filled and then given to `finish`. Raises OSError."""
    place.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        name = name_of(made, occasion, number)
        number += 1
        if not (place / name).exists():
            with suppress(FileExistsError):
                (place / f"{name}{_PART}").mkdir()
                return place / f"{name}{_PART}"


def finish(part: Path) -> Path:
    """Gives the filled folder its name: from now on the copy counts. Raises OSError."""
    sync_folder(part)
    whole = part.with_name(part.name.removesuffix(_PART))
    os.rename(part, whole)
    sync_folder(whole.parent)
    return whole


def take_away(copy: Copy) -> None:
    """Deletes a copy; broken off in the middle it is one that does not count. The contents of its files stay."""
    if copy.single:
        copy.folder.unlink()
        return
    part = copy.folder.with_name(copy.folder.name + _PART)
    os.rename(copy.folder, part)
    shutil.rmtree(part)


def sweep(place: Path) -> None:
    """Takes away what a killed program or a pulled stick left half done; nothing that counts."""
    with suppress(OSError):
        for part in place.glob(f"*{_PART}"):
            if read_name(part.name.removesuffix(_PART)):
                shutil.rmtree(part, ignore_errors=True)
        for waiting in (place / STORE).glob("*.tmp"):
            waiting.unlink(missing_ok=True)


def size_of(place: Path) -> int:
    """Bytes all copies of a place take together, each content once."""
    total = 0
    for folder, _folders, names in os.walk(place):
        for name in names:
            with suppress(OSError):
                total += os.stat(os.path.join(folder, name)).st_size
    return total


def copy_at(path: Path) -> Copy | None:
    """The copy that lies exactly there, None where none does; one whose folder somebody renamed says itself what it is."""
    named = next((copy for copy in copies_in(path.parent) if copy.folder == path), None)
    if named is None and (manifest := read_manifest(path)) is not None:
        return Copy(path, manifest.made, manifest.occasion, manifest)
    return named


def place_in(folder: Path) -> Path:
    """Where the copies of a folder somebody named stand: in a folder of their own, unless it is such a one."""
    return folder if folder.name in (OUTSIDE, OWN) else folder / OUTSIDE
