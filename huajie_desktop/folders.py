"""Where the data lies when nobody says otherwise, what a data folder shows of an office, and who may read it."""

import os
import stat
from contextlib import suppress
from datetime import date
from pathlib import Path

from huajie_desktop.copy_names import CopyName, moment_said, occasion_said, read_name
from huajie_desktop.errors import Problem

DATABASE = "huajie.db"
LOCK = "in-use.lock"
KNOCK = "come-forward"  # written by a second start, taken away by the window that has the data
BACKUPS = "backups"
FONTS = "fonts"  # faces somebody put beside the data for characters no other has
_LOG_OF_IT = ("-wal", "-journal")  # beside the database: what is not yet written into it
_TRACES = (
    "imports",
    "attachments",
    BACKUPS,
    "unpacked",
    "unwritten",
    "window.ini",
    "open.mark",
    *(DATABASE + end for end in _LOG_OF_IT),
)
# What is there before an office is: the lock, what a broken-off beginning left, and what systems put into any folder.
_NOTHING = (LOCK, KNOCK, "faults.log", "faults.1.log", "temporary", "restored.part", "desktop.ini", "thumbs.db", "lost+found")
_NAMED = 3  # copies a sentence names


def data_folder() -> Path:
    """The user's own folder for this program's data."""
    from platformdirs import user_data_path  # needed only when no folder was said

    return user_data_path("huajie-desktop", appauthor=False)


def is_data_folder(folder: Path) -> bool:
    """Whether data of this program lies there, open or not."""
    return any(map(os.path.exists, (folder / DATABASE, folder / LOCK)))


def has_data(folder: Path) -> bool:
    """Whether a database lies there. Raises Problem where only the rest of one does: to begin anew would hide the loss."""
    if (folder / DATABASE).exists():
        return True
    traces = [name for name in _TRACES if os.path.lexists(folder / name)]
    if traces:
        raise Problem(
            f"数据文件 {DATABASE} 不在了，但数据文件夹里还有这份数据的 {'、'.join(traces)}。"
            "程序没有新建数据，也没有改动任何文件。"
            f"请把 {DATABASE} 放回来，或者用备份恢复，再重新打开。（数据文件夹：{folder}{copies_said(folder)}）"
        )
    return False


def must_be_empty(folder: Path) -> None:
    """Raises Problem where new data may not be begun: something else is in the folder. One that is not there yet will do."""
    try:
        found = sorted(path.name for path in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise Problem(f"数据文件夹打不开：{folder}。没有改动任何内容。请检查文件夹权限，或换一个位置。") from error
    others = [name for name in found if name.lower() not in _NOTHING and not name.startswith((".", f"{DATABASE}.part"))]
    if others:
        raise Problem(
            f"数据文件夹里有别的文件（{others[0]}{'等' if len(others) > 1 else ''}），不能在这里新建数据，没有改动任何内容。"
            f"请换一个空文件夹。（数据文件夹：{folder}）"
        )


def copies_said(folder: Path) -> str:
    """The copies a data folder holds, the newest first, as they are named behind the folder; "" where there are none."""
    with suppress(OSError):
        named = ((read_name(path.name), path.name) for path in (folder / BACKUPS).iterdir())
        found = sorted(((read, name) for read, name in named if read is not None), reverse=True)
        if found:
            more = f"等 {len(found)} 份" if len(found) > _NAMED else ""
            return f"；{BACKUPS} 里的备份：{'、'.join(_copy_said(*one) for one in found[:_NAMED])}{more}"
    return ""


def _copy_said(read: CopyName, name: str) -> str:
    return f"{moment_said(read.made, date.today())} {occasion_said(read.occasion)}（{name}）"


def keep_private(folder: Path) -> None:
    """Lets no other account of this computer read what is kept; on Windows the user's own folder is so already."""
    if os.name != "posix":
        return
    for path in (folder, folder / DATABASE, *(folder / name for name in (*_TRACES, *_NOTHING))):
        with suppress(OSError):  # not there, or another's
            path.chmod(stat.S_IMODE(path.stat().st_mode) & stat.S_IRWXU)
