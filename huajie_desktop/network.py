"""Whether a folder lies on another computer, where SQLite can promise nothing: its log is shared through memory of one alone."""

import ctypes
import re
import sys
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_SHARED = re.compile(
    r"nfs\d?|cifs|smb\w*|ncpfs|afs|ceph|glusterfs|lustre|davfs|9p|vboxsf|virtiofs|"
    r"fuse\.(sshfs|davfs2?|rclone|gvfsd-fuse|smbnetfs|glusterfs|vmhgfs-fuse)"
)
_REMOTE = 4  # Windows: DRIVE_REMOTE


def warning_of(folder: Path) -> str:
    """The sentence for whoever keeps data in a folder of another computer; "" where it lies on this one, or nobody can tell."""
    if not lies_elsewhere(folder):
        return ""
    return (
        f"数据文件夹在网络位置上：{folder}。断网，或者另一台电脑也打开它，都可能写坏数据。"
        "请关闭程序，把整个数据文件夹移到本机硬盘上再用。"
    )


def lies_elsewhere(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether that folder, which need not be there yet, is reached through a network or another system's shared folder."""
    place = folder.resolve()
    if sys.platform == "win32":
        return place.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(place.anchor) == _REMOTE
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return False  # no Linux
    found = {Path(_plain(parts[4])): parts[parts.index("-") + 1] for line in lines if "-" in (parts := line.split())}
    at = next((found[parent] for parent in (place, *place.parents) if parent in found), "")
    return _SHARED.fullmatch(at) is not None


def _plain(escaped: str) -> str:
    """A name of a mount, in which blanks and the like stand as octal numbers."""
    return re.sub(r"\\([0-7]{3})", lambda sign: chr(int(sign[1], 8)), escaped)
