"""A disk of its own for one case, so small that it is full in the middle of the work; where this user may make one."""

import os
import shutil
import subprocess
from pathlib import Path

_ROOMY = "256m"


def can_mount(folder: Path) -> bool:
    """Whether disks can be made here."""
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    folder.mkdir()
    made = make_disk(folder)
    if made:
        give_up(folder)
    folder.rmdir()
    return made


def make_disk(folder: Path) -> bool:
    """Makes a folder a disk of its own, roomy at first; False where that cannot be."""
    return subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_ROOMY}", "tmpfs", folder], capture_output=True).returncode == 0


def fill(folder: Path, room: int) -> None:
    """Leaves so many bytes on a disk that was made."""
    used = shutil.disk_usage(folder).used
    subprocess.run(["mount", "-o", f"remount,size={used + room}", folder], check=True, capture_output=True)


def make_room(folder: Path) -> None:
    """Somebody has tidied up: there is room again."""
    subprocess.run(["mount", "-o", f"remount,size={_ROOMY}", folder], check=True, capture_output=True)


def give_up(folder: Path) -> None:
    """Takes a disk away with all that is on it."""
    subprocess.run(["umount", "-l", folder], check=True, capture_output=True)
