"""Contents of files: copied into the data folder under their digest, each once, and never changed there."""

import hashlib
import os
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.typesetting.files import NotWritten

FOLDER = "attachments"
_PIECE = 1 << 20  # bytes read at once


def path_of(folder: Path, digest: str, name: str) -> Path:
    """Where the content with that digest lies in a data folder; the suffix of its name stays, so that it can be opened."""
    return folder / FOLDER / digest[:2] / (digest + suffix_of(name))


def suffix_of(name: str) -> str:
    """The suffix of a name in small letters, "" where what stands behind its last point is none."""
    suffix = Path(name).suffix.lower()
    return suffix if len(suffix) <= 12 and suffix[1:].isalnum() else ""


def fault_of(path: Path, digest: str, size: int, *, thorough: bool = False) -> str:
    """Why a content cannot be opened as it was added, "" where it can; a quick look does not read it."""
    try:
        if path.stat().st_size != size:
            return "文件内容被改动过"
        return "文件内容被改动过" if thorough and _digest(path) != digest else ""
    except FileNotFoundError:
        return "文件不见了"
    except OSError as error:
        return f"文件读不出（{error.strerror or '原因不明'}）"


def keep_all(folder: Path, paths: Sequence[Path], fresh: list[Path], job: Job) -> list[tuple[str, int]]:
    """Copies contents that are not kept yet, noting them in `fresh`; digest and size of each."""
    total, done, kept = sum(path.stat().st_size for path in paths), 0, []
    for path in paths:

        def step(read: int, name: str = path.name, before: int = done) -> None:
            job.step((before + read) * 100 // max(total, 1), 100, f"复制 {name}")

        digest, size, added = _keep(folder, path, step)
        if added:
            fresh.append(path_of(folder, digest, path.name))
        kept.append((digest, size))
        done += size
    job.step(100, 100, "保存")
    return kept


def _keep(folder: Path, source: Path, step: Callable[[int], None]) -> tuple[str, int, bool]:
    """Copies one content beside its place and puts it there; digest, size, and whether it was not kept before."""
    waiting = ""
    try:
        (folder / FOLDER).mkdir(exist_ok=True)
        with source.open("rb") as reading:
            handle, waiting = tempfile.mkstemp(".tmp", "", folder / FOLDER)
            with os.fdopen(handle, "wb") as writing:
                digest, size = hashlib.sha256(), 0
                while piece := reading.read(_PIECE):
                    step(size)
                    digest.update(piece)
                    size += writing.write(piece)
                writing.flush()
                os.fsync(writing.fileno())
        target = path_of(folder, digest.hexdigest(), source.name)
        if added := not _same(target, size, digest.hexdigest()):
            target.parent.mkdir(exist_ok=True)
            os.chmod(waiting, 0o444)  # whoever opens it must not change it there
            with suppress(FileNotFoundError):
                os.chmod(target, 0o666)  # Windows replaces no read-only file
            os.replace(waiting, target)
            waiting = ""
    except OSError as error:
        raise _told(folder, source, error) from error
    finally:
        if waiting:
            discard(Path(waiting))
    return digest.hexdigest(), size, added


def copy_out(source: Path, target: Path, job: Job) -> None:
    """Copies a content beside its new place and puts it there. Raises NotWritten, Cancelled; then nothing of it is left."""
    waiting, total, done = target.with_name(f".{os.getpid()}.part"), max(source.stat().st_size, 1), 0
    try:
        with source.open("rb") as reading, waiting.open("wb") as writing:
            while piece := reading.read(_PIECE):
                job.step(done, total, f"存到 {target.name}")
                done += writing.write(piece)
            writing.flush()
            os.fsync(writing.fileno())
        os.replace(waiting, target)
    except OSError as error:
        raise NotWritten(target, error) from error
    finally:
        discard(waiting)


def plain_name(name: str) -> str:
    """A file's name without what other systems refuse in it and what hides its ending, e.g. a sign that turns it round."""
    return "".join("_" if sign in '\\/:*?"<>|' or unicodedata.category(sign) in ("Cc", "Cf", "Cs") else sign for sign in name)


def _told(folder: Path, source: Path, error: OSError) -> Problem:
    if error.filename and Path(error.filename) == source:
        return Problem(f"“{source.name}”读不出：{error.strerror or '原因不明'}。附件没有添加。请检查文件，或换一份再试。")
    return NotWritten(folder / FOLDER, error)


def _same(path: Path, size: int, digest: str) -> bool:
    return path.exists() and path.stat().st_size == size and _digest(path) == digest


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def discard(path: Path) -> None:
    """Takes a content away that nothing will point at."""
    with suppress(OSError):
        os.chmod(path, 0o666)
        path.unlink()
