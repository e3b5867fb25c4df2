"""The files of imports, kept in the data folder under their content's digest, so that a preview can be opened again."""

import errno
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from huajie_desktop.errors import Problem, system_words
from huajie_desktop.receiving.previews import FilePreview

FOLDER = "imports"
_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


def copy_of(folder: Path, digest: str, name: str) -> Path:
    """Where the content of that digest lies; the file keeps its name, by which a unit may be known."""
    return folder / FOLDER / digest[:2] / digest / Path(name).name


def keep_copies(folder: Path, files: Sequence[FilePreview]) -> None:
    """Copies the files beside their places and puts them there, once each. Raises Problem when the disk refuses."""
    for file in files:
        target = copy_of(folder, file.read.digest, file.read.name)
        if not file.read.digest or target.exists() or not file.path.is_file():
            continue
        waiting = ""
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, waiting = tempfile.mkstemp(".tmp", "", target.parent)
            os.close(handle)
            shutil.copyfile(file.path, waiting)
            os.chmod(waiting, 0o400)
            os.replace(waiting, target)
        except OSError as error:
            with suppress(OSError):
                Path(waiting).unlink()
            full = error.errno in _FULL
            why = "磁盘已满" if full else f"数据文件夹写不进去（{system_words(error)}）"
            raise Problem(f"{why}，没有保存，也没有导入任何内容。请先腾出磁盘空间或检查文件夹权限，再导入一次。") from error
