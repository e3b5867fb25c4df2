"""One program at a time on one data folder: a lock the system itself lets go when the program ends, however it ends.

A second start knocks by a file in the folder, which only its user can write; the window that has the data takes it away.
"""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from huajie_desktop.errors import Problem
from huajie_desktop.folders import KNOCK, LOCK

_PATIENCE, _LOOK = 4.0, 0.05  # s a second start waits for the first one's window, and between two looks


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


def in_use(folder: Path) -> bool:
    """Whether a program has the data in that folder now; one that was killed has it no longer."""
    if not (folder / LOCK).exists():
        return False
    try:
        FolderLock(folder).release()
    except Problem:
        return True
    return False


def knock(folder: Path, patience: float = _PATIENCE) -> bool:
    """Asks the window that has the data to come forward; whether it did so within `patience` seconds."""
    mark, end = folder / KNOCK, time.monotonic() + patience
    with suppress(OSError):
        mark.touch()
        _let_forward()
        while mark.exists() and time.monotonic() < end:
            time.sleep(_LOOK)
        if not mark.exists():
            return True
        mark.unlink(missing_ok=True)
    return False


def was_knocked(folder: Path) -> bool:
    """Whether a second start asks for the window; asked by whoever has the data, and answered by asking."""
    try:
        (folder / KNOCK).unlink()
    except OSError:
        return False  # nobody knocked; or it cannot be answered, and coming forward at each look would be worse than never
    return True


if sys.platform == "win32":
    import ctypes
    import msvcrt

    def _let_forward() -> None:
        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # else Windows only lets the taskbar blink

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _let_forward() -> None:
        """Nothing: here a window comes forward by itself."""

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
