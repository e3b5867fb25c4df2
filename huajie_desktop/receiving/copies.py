"""The files of imports, kept in the data folder under their content's digest, so that a preview can be opened again."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path

from db.syncing import sync_folder
from huajie_desktop.errors import Problem, system_words
from huajie_desktop.receiving.previews import FilePreview
from huajie_desktop.values.text import clean

FOLDER = "imports"
_HANDS = 8  # files at a time: disks are slow to say that they have one
_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


def copy_of(folder: Path, digest: str, name: str) -> Path:
    """Where the content of that digest lies; the file keeps its name, by which a unit may be known."""
    return folder / FOLDER / digest[:2] / digest / Path(name).name


def is_whole(path: Path, digest: str) -> bool:
    """Whether a file is there and holds the content of that digest."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def keep_copies(folder: Path, files: Sequence[FilePreview]) -> list[str]:
    """Keeps what was read of the files, once each, and returns in sentences which could not be kept as they were read.

    A file may be gone since, or hold something else; a copy that was emptied or exchanged is put right. Raises Problem when
    the disk refuses.
    """
    wanted: dict[Path, list[FilePreview]] = {}
    for file in files:
        if file.read.digest and not file.read.problem:
            wanted.setdefault(copy_of(folder, file.read.digest, clean(file.read.name)), []).append(file)  # the name as it is kept
    written = set[Path]()
    with ThreadPoolExecutor(_HANDS, thread_name_prefix="copy") as hands:
        missing = list(chain.from_iterable(hands.map(partial(_keep, written), wanted, wanted.values())))
        list(hands.map(_settle, {place for target in written for place in (target.parent, *target.parent.parents[:3])}))
    return missing


def _keep(written: set[Path], target: Path, files: Sequence[FilePreview]) -> list[str]:
    """Keeps what files of one content say, of which one is enough; the sentences about those that were asked in vain."""
    missing = list[str]()
    for file in files:
        if is_whole(target, file.read.digest):
            break
        try:
            content = file.path.read_bytes()
        except OSError:
            missing.append(
                f"{file.read.name}：预览之后读不到这个文件了，没有留存原件；导入的是预览时读到的内容，以后不能重新打开这次预览"
            )
            continue
        if hashlib.sha256(content).hexdigest() != file.read.digest:
            missing.append(
                f"{file.read.name}：预览之后这个文件改过，没有留存原件；导入的是预览时读到的内容，要用改后的请重新导入"
            )
            continue
        _put(target, content)
        written.add(target)
    return missing


def _settle(place: Path) -> None:
    """Waits until the names in a folder lie on the disk; where it does not tell, the copies are kept all the same."""
    with suppress(OSError):
        sync_folder(place)


def _put(target: Path, content: bytes) -> None:
    """Writes a copy beside its place and puts it there, so that after a power cut it is whole or absent."""
    waiting = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, waiting = tempfile.mkstemp(".tmp", "", target.parent)
        with os.fdopen(handle, "wb") as writing:
            writing.write(content)
            writing.flush()
            os.fsync(writing.fileno())
        os.chmod(waiting, 0o400)
        with suppress(FileNotFoundError):
            os.chmod(target, 0o666)  # Windows replaces no read-only file
        os.replace(waiting, target)
    except OSError as error:
        with suppress(OSError):
            os.chmod(waiting, 0o666)
            Path(waiting).unlink()
        full = error.errno in _FULL
        why = "磁盘已满" if full else f"数据文件夹写不进去（{system_words(error)}）"
        raise Problem(f"{why}，没有保存，也没有导入任何内容。请先腾出磁盘空间或检查文件夹权限，再导入一次。") from error
