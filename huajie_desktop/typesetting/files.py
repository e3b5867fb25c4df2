"""Puts finished documents on disk: all of them whole, or none."""

import errno
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from huajie_desktop.errors import Problem

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_REASONS = {
    errno.ENOSPC: ("磁盘空间已满", "请腾出空间，或换一个磁盘后重试"),
    errno.EDQUOT: ("磁盘配额已用完", "请腾出空间，或换一个磁盘后重试"),
    errno.EROFS: ("该位置是只读的", "请换一个可以写入的文件夹后重试"),
    errno.EACCES: ("没有写入权限，或文件正被别的程序打开", "请关闭打开它的程序，或换一个可以写入的文件夹后重试"),
    errno.EPERM: ("没有写入权限，或文件正被别的程序打开", "请关闭打开它的程序，或换一个可以写入的文件夹后重试"),
    errno.ENOTDIR: ("上级不是文件夹", "请另选一个文件夹后重试"),
    errno.EEXIST: ("上级不是文件夹", "请另选一个文件夹后重试"),
    errno.EISDIR: ("同名的是一个文件夹", "请换一个文件名后重试"),
}


class NotWritten(Problem):
    """A document could not be written; files that were there before are untouched."""

    def __init__(self, target: Path, error: OSError) -> None:
        reason, advice = _REASONS.get(error.errno or 0, (error.strerror or "原因不明", "请换一个文件夹后重试"))
        super().__init__(f"无法写入“{target}”：{reason}。没有留下不完整的文件，清单数据和原有文件都没有改动。{advice}。")


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write every file beside its place, then put all in place; raises NotWritten and leaves nothing half done."""
    waiting: dict[Path, Path] = {}
    target = Path()
    try:
        for target, data in files.items():
            waiting[target] = target.with_name(f".{target.name}.{os.getpid()}.tmp")
            target.parent.mkdir(parents=True, exist_ok=True)
            _write_through(waiting[target], data)
        for target, temporary in waiting.items():
            os.replace(temporary, target)
    except OSError as error:
        raise NotWritten(target, error) from error
    finally:
        for temporary in waiting.values():
            _discard(temporary)


def name_files(folder: Path, names: list[str]) -> list[Path]:
    """A PDF path in `folder` for each name, without signs a file system refuses and without two the same."""
    taken: dict[str, int] = {}
    paths = []
    for name in names:
        stem = _NOT_IN_NAMES.sub("_", name).strip(" .") or "文书"
        count = taken[stem] = taken.get(stem, 0) + 1
        paths.append(folder / (f"{stem}.pdf" if count == 1 else f"{stem}（{count}）.pdf"))
    return paths


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _discard(path: Path) -> None:
    with suppress(OSError):  # the folder itself is gone or not a folder: there is nothing to tidy up
        path.unlink(missing_ok=True)
