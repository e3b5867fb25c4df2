"""What the program makes for a while: it lies in one folder of the open data, or is noted there where it must lie beside its
target, so that the next start takes away what a killed program left."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from huajie_desktop.errors import Problem

FOLDER = "temporary"
# What is made beside its place in the data folder itself, by its names; nothing else there ends so. The last is where archives
# were unpacked before.
_BESIDE = (
    "restored.part",
    "backups/*.part",
    "backups/files/*.tmp",
    "attachments/*.tmp",
    "imports/*/*/*.tmp",
    "unwritten/*.tmp",
    "unpacked",
)
_NOTE, _MOVING = ".beside", ".moving"  # how a note ends, and once all it tells of is whole and takes its place
_MARK = ".huajie-"  # how a file that waits beside its target begins
NO_ROOM = "临时文件写不下，这一步没有做，清单数据和原有文件都没有改动。请腾出磁盘空间，或检查数据文件夹的权限后重试。"
_home: list[Path] = []  # the open data folders of this process, the one opened last at the end


class Waiting(NamedTuple):
    """A target, what will be put there, and where what stood there waits meanwhile; all three in one folder."""

    target: Path
    new: Path
    old: Path


def use(data: Path) -> None:
    """Sweeps the data folder, whose lock is held, and lets temporary files lie in it from now on."""
    _sweep(data)
    _home.append(data)


def leave(data: Path) -> None:
    """The data folder is closed: nothing temporary goes there any more."""
    if data in _home:
        _home.remove(data)


def place() -> Path:
    """Where temporary files belong: in the data that is open, else where the system keeps its own. Raises OSError."""
    return inside(_home[-1]) if _home and _home[-1].is_dir() else Path(tempfile.gettempdir())


def inside(data: Path) -> Path:
    """The folder of temporary files of a data folder, which nobody else reads. Raises OSError."""
    folder = data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def folder(data: Path | None = None) -> "tempfile.TemporaryDirectory[str]":
    """A folder among the temporary files of a data folder (None: of the one that is open); it goes when it is let go.

    Raises Problem where there is no room for it.
    """
    try:
        return tempfile.TemporaryDirectory(dir=place() if data is None else inside(data))
    except OSError as error:
        raise Problem(NO_ROOM) from error


def for_children() -> dict[str, str]:
    """The environment by which a process of ours puts its temporary files there, too."""
    try:
        return dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(place()))
    except OSError:
        return {}


@contextmanager
def beside(targets: Sequence[Path]) -> Iterator["Beside"]:
    """Names beside the targets for what is being written there, noted until all of it is gone. Raises OSError.

    Afterwards nothing new waits any more, and what stood there before is taken away only where all new ones took their places.
    What the disk does not let go or back now, the next start sees to.
    """
    mark = f"{_MARK}{uuid4().hex[:12]}"
    waiting = [
        Waiting(target, target.with_name(f"{mark}-{number}.tmp"), target.with_name(f"{mark}-{number}.old"))
        for number, target in enumerate(targets)
    ]
    made = Beside(waiting, _noted(waiting) if _home and _home[-1].is_dir() else None)
    try:
        yield made
    finally:
        settle = _moved_on if made.going_on else _taken_back
        gone = [] if made.stuck else [settle(one) for one in waiting]
        if not made.stuck and all(gone) and made.note is not None:
            _discard(made.note)  # one that stays tells the next start of nothing


@dataclass
class Beside:
    """Files that wait beside their targets: all new ones take their places, or all places stay as they were."""

    waiting: list[Waiting]
    note: Path | None
    going_on: bool = False  # the new ones are taking their places, and a start after a kill would go on with it
    stuck: bool = False  # neither on nor back can be gone now: all is left to the next start

    @contextmanager
    def moving(self) -> Iterator[None]:
        """The new ones are whole and take their places; an error ends that, and who waits inside puts back what stood there.

        Raises Stuck where the disk does not even let that be noted: then nothing may be put back.
        """
        self._go(_MOVING, on=True)
        try:
            yield
        except BaseException as error:
            try:
                self._go(_NOTE, on=False)
            except OSError as refused:
                self.stuck = True
                raise Stuck(refused.errno, refused.strerror) from error
            raise

    def _go(self, ending: str, *, on: bool) -> None:
        if self.note is not None:
            self.note = self.note.rename(self.note.with_suffix(ending))
        self.going_on = on


class Stuck(OSError):
    """Some new files are in place, others are not, and the next start goes on with them."""


def _noted(waiting: Sequence[Waiting]) -> Path:
    note = place() / f"{uuid4().hex}{_NOTE}"
    with note.open("w", encoding="utf-8") as file:
        json.dump([[os.path.abspath(path) for path in one] for one in waiting], file)
        file.flush()
        os.fsync(file.fileno())  # what is noted must be found again before anything is moved aside
    return note


def _sweep(data: Path) -> None:
    """Takes away everything a killed program left; files it had begun to put in place get there, or all go back."""
    for pattern in _BESIDE:
        for path in data.glob(pattern):
            _discard(path)
    for path in (data / FOLDER).glob("*"):
        if path.suffix not in (_NOTE, _MOVING) or _followed(path):
            _discard(path)


def _followed(note: Path) -> bool:
    """Whether nothing of what a note tells of is left; on a stick that is not there it waits for another start."""
    try:
        told = [Waiting(*map(Path, one)) for one in json.loads(note.read_text("utf-8"))]
    except (OSError, ValueError, TypeError):
        return True  # cut short while it was written: nothing had been made yet
    ours = [one for one in told if one.new.name.startswith(_MARK) and one.old.name.startswith(_MARK)]
    follow = _moved_on if note.suffix == _MOVING else _taken_back
    gone = [one.target.parent.is_dir() and follow(one) for one in ours]
    return all(gone)


def _moved_on(one: Waiting) -> bool:
    """Puts a new file in its place if it is still on the way there; whether nothing waits there any more."""
    with suppress(OSError):
        if os.path.lexists(one.new):
            if os.path.lexists(one.target):
                os.replace(one.target, one.old)  # one of another kind, a folder, could not be replaced
            os.replace(one.new, one.target)
        if os.path.lexists(one.target):
            _discard(one.old)
    return _taken_back(one) if not os.path.lexists(one.target) else not _left(one)


def _taken_back(one: Waiting) -> bool:
    """Puts back what stood at a place, whatever took it meanwhile; whether nothing waits there any more."""
    with suppress(OSError):
        if os.path.lexists(one.old):
            os.replace(one.old, one.target)
    _discard(one.new)
    return not _left(one)


def _left(one: Waiting) -> bool:
    return os.path.lexists(one.new) or os.path.lexists(one.old)


def _discard(path: Path) -> None:
    with suppress(OSError):  # held by another program: the next start tries again
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
            return
        try:
            path.unlink(missing_ok=True)
        except PermissionError:  # Windows takes no read-only file away
            path.chmod(0o600)
            path.unlink()
