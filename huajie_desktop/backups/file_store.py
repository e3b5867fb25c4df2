"""The contents of attachments and imported files at a place: each once, under its digest; sticks know no links."""

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from typing import NamedTuple

from db.syncing import let_go, sync_folder
from huajie_desktop.backups.manifest import KeptFile
from huajie_desktop.errors import Cancelled

KEPT = ("attachments", "imports")  # the folders of the data folder that belong to a copy
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PIECE = 1 << 20  # bytes read at once
_HANDS = 4  # files on their way at a time
Step = Callable[[int, str], object]  # so many bytes more, of the file of that name


class Store(NamedTuple):
    """Where contents go; what is written to a `doubted` disk, such as a stick, is read again and compared at once."""

    folder: Path
    doubted: bool


def files_of(data: Path) -> Iterator[Path]:
    """The files of a data folder that are kept beside its database, in the order of their names; half ones left out."""
    for kept in KEPT:
        for folder, folders, names in os.walk(data / kept):
            folders.sort()
            yield from (Path(folder, name) for name in sorted(names) if not name.endswith((".tmp", ".part")))


def content_at(store: Path, digest: str) -> Path:
    """Where the content of that digest lies: in sixteen folders, as those of sticks hold some ten thousand such names."""
    return store / digest[:1] / digest


def store_file(data: Path, file: Path, store: Store, known: Mapping[str, KeptFile], fresh: list[Path], step: Step) -> KeptFile:
    """Copies one file's content unless it is there; notes in `fresh` what is new. Raises OSError.

    What did not change since it was stored last (`known`, by path) is not read again. A file named by its digest whose content is
    another one is damaged: where its right content is stored, that is what belongs to the copy.
    """
    stat, path = file.stat(), file.relative_to(data).as_posix()
    before = known.get(path)
    if (
        before is not None
        and (before.size, before.changed) == (stat.st_size, stat.st_mtime_ns)
        and _is_there(store.folder, before)
    ):
        step(stat.st_size, file.name)
        return before
    digest, size = _store(file, store, fresh, step)
    named = next(iter(_DIGEST.findall(path)), digest)
    if named != digest and content_at(store.folder, named).is_file():
        digest, size = named, content_at(store.folder, named).stat().st_size
    return KeptFile(path, digest, size, stat.st_mtime_ns)


@contextmanager
def storing(data: Path, store: Store, known: Mapping[str, KeptFile], fresh: list[Path]) -> Iterator[list["Future[KeptFile]"]]:
    """Stores all files of a data folder while the block goes on, several at a time: disks are slow to say that they have one.

    The block collects the results; when it ends what is not done yet is given up.
    """
    ended = Event()

    def step(_read: int, _name: str) -> None:
        if ended.is_set():
            raise Cancelled

    hands = ThreadPoolExecutor(_HANDS, thread_name_prefix="store")
    try:
        yield [hands.submit(store_file, data, file, store, known, fresh, step) for file in files_of(data)]
    finally:
        ended.set()
        hands.shutdown(wait=True, cancel_futures=True)


def sizes_in(store: Path) -> dict[str, int]:
    """What lies in a store: sizes in bytes by digest; nothing where it is gone."""
    return {content.name: content.stat().st_size for content in store.glob("*/*") if content.is_file()}


def make_lasting(fresh: Iterable[Path]) -> None:
    """Waits until the names of new contents lie on the disk. Raises OSError."""
    folders = {content.parent for content in fresh}
    for folder in {*folders, *(folder.parent for folder in folders)}:
        sync_folder(folder)


def _is_there(store: Path, kept: KeptFile) -> bool:
    try:
        return content_at(store, kept.digest).stat().st_size == kept.size
    except OSError:
        return False


def _store(file: Path, store: Store, fresh: list[Path], step: Step) -> tuple[str, int]:
    store.folder.mkdir(exist_ok=True)  # not what is above it: a stick that was pulled must not come back as a folder
    handle, waiting = tempfile.mkstemp(".tmp", "", store.folder)
    try:
        with os.fdopen(handle, "wb") as writing:
            digest, size = copy_content(file, writing.write, lambda read: step(read, file.name))
            writing.flush()
            os.fsync(writing.fileno())
            let_go(writing.fileno())
        target = content_at(store.folder, digest)
        if not target.is_file() or target.stat().st_size != size:
            if store.doubted and not _same(Path(waiting), file):
                raise OSError(None, "写进去的内容读出来不一样")
            target.parent.mkdir(exist_ok=True)
            fresh.append(target)
            os.replace(waiting, target)
    finally:
        with suppress(OSError):
            os.unlink(waiting)
    return digest, size


def copy_content(file: Path, write: Callable[[bytes], object], step: Callable[[int], object]) -> tuple[str, int]:
    """Reads a file piece by piece; its digest and size."""
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as reading:
        while piece := reading.read(_PIECE):
            digest.update(piece)
            write(piece)
            size += len(piece)
            step(len(piece))
    return digest.hexdigest(), size


def _same(first: Path, second: Path) -> bool:
    """Whether two files say the same, byte for byte."""
    with first.open("rb") as one, second.open("rb") as other:
        while piece := one.read(_PIECE):
            if other.read(len(piece)) != piece:
                return False
        return not other.read(1)


def digest_of(file: Path) -> str:
    """The SHA-256 of a file's content, hexadecimal."""
    with file.open("rb") as reading:
        return hashlib.file_digest(reading, "sha256").hexdigest()


def take_file(store: Path, kept: KeptFile, data: Path, step: Step) -> bool:
    """Puts one file of a copy into a data folder unless it is there as it should be; False where its content is gone or damaged.

    Raises OSError when the data folder cannot be written.
    """
    target = data / kept.path
    if not target.resolve().is_relative_to(data.resolve()):
        return False  # who made that copy did not get the path from us
    if target.is_file() and target.stat().st_size == kept.size and digest_of(target) == kept.digest:
        step(kept.size, target.name)
        return True
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, waiting = tempfile.mkstemp(".tmp", "", target.parent)
    try:
        with os.fdopen(handle, "wb") as writing:
            try:
                digest, _size = copy_content(content_at(store, kept.digest), writing.write, lambda read: step(read, target.name))
            except FileNotFoundError:
                return False
            writing.flush()
            os.fsync(writing.fileno())
        if digest != kept.digest:
            return False
        os.chmod(waiting, 0o444)
        with suppress(FileNotFoundError):
            os.chmod(target, 0o666)  # Windows replaces no read-only file
        os.replace(waiting, target)
        os.utime(target, ns=(kept.changed, kept.changed))  # so that the next copy need not read it again
        sync_folder(target.parent)
    finally:
        with suppress(OSError):
            os.chmod(waiting, 0o666)
            os.unlink(waiting)
    return True


def sweep_store(store: Path, needed: Iterable[str]) -> None:
    """Takes away the contents no copy needs. Raises OSError."""
    wanted = set(needed)
    for folder in store.iterdir() if store.is_dir() else ():
        for content in folder.iterdir() if folder.is_dir() else ():
            if content.name not in wanted:
                content.unlink()
