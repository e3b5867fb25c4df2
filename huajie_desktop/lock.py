"""One program at a time on one data folder: a lock the system itself lets go when the program ends, however it ends."""

import os
import sys
from pathlib import Path
from typing import IO

from huajie_desktop.errors import Problem
from huajie_desktop.folders import LOCK


class FolderLock:
    """Holds the data folder's lock file; a second holder is refused with a Problem."""

    def __init__(self, folder: Path) -> None:
        try:
            self._file: IO[bytes] = (folder / LOCK).open("ab")
        except OSError as error:
            raise Problem(f"数据文件夹不能写入：{folder}。没有改动任何数据。请检查文件夹权限，或换一个数据文件夹。") from error
        try:
            _lock(self._file.fileno())
        except OSError as error:
            self._file.close()
            raise Problem(f"这份数据正在另一个窗口中使用：{folder}。请先关闭那个窗口，再重新打开。") from error

    def __enter__(self) -> "FolderLock":
        return self

    def __exit__(self, *_how: object) -> None:
        self.release()

    def release(self) -> None:
        """Lets the folder go."""
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
