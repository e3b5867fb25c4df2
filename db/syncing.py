"""Making sure that what was written lies on the disk, and not only in the computer's memory."""

import errno
import os
import sys
from pathlib import Path

_CANNOT = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)  # some file systems of sticks know no such thing for folders


def sync_file(path: Path) -> None:
    """Waits until the content of a file lies on its disk; what is read next comes from there. Raises OSError."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
        let_go(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Waits until the names in a folder lie on its disk; Windows does that by itself. Raises OSError."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
    finally:
        os.close(descriptor)


def let_go(descriptor: int) -> None:
    """Lets the system forget what it remembers of a file, so that who reads it next reads the disk."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
