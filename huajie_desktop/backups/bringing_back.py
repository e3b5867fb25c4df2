"""Bringing a copy back into a data folder that nobody has open; what is there is kept first, and one renaming does it."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.exc import SQLAlchemyError

from db.backup import Moment, discard, opened_copy
from db.checking import examine
from db.connecting import connect
from db.errors import StorageError
from db.opening import faults, open_engine
from db.schema import HEAD
from db.syncing import sync_file, sync_folder
from huajie_desktop.backups.copying import NotCopied, Source, copy_everything
from huajie_desktop.backups.file_store import copy_content, take_file
from huajie_desktop.backups.manifest import about, read_files
from huajie_desktop.backups.shelf import ASIDE, OWN, Copy, begin, copies_in, finish
from huajie_desktop.errors import Problem, system_words
from huajie_desktop.folders import DATABASE
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.lock import FolderLock
from huajie_desktop.occasions import Occasion

_MB = 1 << 20
_PLAIN = b"SQLite format 3\0"  # how a database begins that is not encrypted
_WAITING = "restored.part"  # the database that will be renamed
_BESIDE = ("-wal", "-shm", "-journal")


class NotBroughtBack(Problem):
    """A copy cannot be brought back; nothing was changed. `instead` is the one before it that can, where there is one."""

    def __init__(self, sentence: str, instead: Copy | None = None) -> None:
        told = f"可以改用它前面的一份：{instead.name}。" if instead else ""
        super().__init__(f"{sentence}现在的数据没有动。{told}")
        self.instead = instead


class BroughtBack(NamedTuple):
    """What was done: from which copy, where what was there is kept (None: there was nothing), which files the copy had lost."""

    copy: Copy
    before: Path | None
    lost: list[str]


def bring_back(copy: Copy, data: Path, key: str | None = None, job: Job | None = None) -> BroughtBack:
    """Makes the data folder what it was when the copy was made; files added since stay there, as nothing points at them.

    Raises NotBroughtBack, NotCopied, Cancelled, Problem where somebody has the folder open; then the data is what it was.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotBroughtBack(f"“{data}”不能用作数据文件夹（{system_words(error)}），没有恢复。请换一个数据文件夹。") from error
    lock = FolderLock(data)
    waiting = data / _WAITING
    try:
        job = job or Silent()
        _refuse(copy, data, key)
        discard(waiting)
        _lay_ready(copy, waiting, key, job)
        lost = _take_files(copy, data, job)  # before a further copy may make this one superfluous
        before = _keep_present(data, key, job)
        with _Told(copy):
            sync_file(waiting)
            for suffix in _BESIDE:  # it would be taken for the new one's own; what it holds is in `before`
                (data / (DATABASE + suffix)).unlink(missing_ok=True)
            os.replace(waiting, data / DATABASE)
            sync_folder(data)
    finally:
        discard(waiting)
        lock.release()
    return BroughtBack(copy, before, lost)


def _refuse(copy: Copy, data: Path, key: str | None) -> None:
    """What one look at a copy says against it."""
    if copy.fault:
        raise NotBroughtBack(f"{copy.name} 的备份{copy.fault}，没有恢复。", before_it(copy))
    with copy.database.open("rb") as file:
        plain = file.read(len(_PLAIN)) == _PLAIN
    if not plain and key is None and copy.manifest is not None and not _was_altered(copy):
        raise NotBroughtBack(f"{copy.name} 的备份是加密的，没有口令打不开，没有恢复。")
    office = copy.manifest.office if copy.manifest else ""
    present = office_of(data, key)
    if office and present and office != present:
        whose = copy.manifest.title if copy.manifest else ""
        raise NotBroughtBack(f"{copy.name} 的备份是另一份数据的（{whose}），没有恢复。要用它，请换一个空的数据文件夹。")


def office_of(data: Path, key: str | None = None) -> str:
    """Whose data lies in a folder, by the identity all its copies share; "" where there is none or it cannot be read."""
    if not (data / DATABASE).is_file():
        return ""
    try:
        with opened_copy(data / DATABASE, key) as connection:
            said = about(connection)
            return said.office if said.operation else ""
    except StorageError:
        return ""


def before_it(copy: Copy) -> Copy | None:
    """The newest older copy of the same place and office against which nothing speaks."""
    office = copy.manifest.office if copy.manifest else None
    older = [
        one for one in copies_in(copy.folder.parent) if one.made <= copy.made and one.folder != copy.folder and not one.fault
    ]
    return next((one for one in older if office is None or one.manifest is None or one.manifest.office == office), None)


def _was_altered(copy: Copy) -> bool:
    digest, _size = copy_content(copy.database, lambda _piece: None, lambda _read: None)
    return copy.manifest is not None and digest != copy.manifest.digest


def _lay_ready(copy: Copy, waiting: Path, key: str | None, job: Job) -> None:
    """Copies the database beside the present one and looks it through, all of it."""
    total, done = copy.database.stat().st_size, [0]

    def step(read: int) -> None:
        done[0] += read
        job.step(done[0] // _MB, max(total // _MB, 1), "取回数据库")

    with _Told(copy):
        with waiting.open("wb") as writing:
            digest, _size = copy_content(copy.database, writing.write, step)
        damaged = copy.manifest is not None and digest != copy.manifest.digest
        damaged = damaged or not _is_whole(waiting, key, lambda read, all_: job.step(read, all_, "检查备份"))
        if damaged:
            raise NotBroughtBack(f"{copy.name} 的备份已损坏，没有恢复。", before_it(copy))


def _is_whole(file: Path, key: str | None, step: Callable[[int, int], object]) -> bool:
    try:
        with opened_copy(file, key) as connection:
            schema = about(connection).schema
            if schema > HEAD:
                raise NotBroughtBack("这份备份是更新版本的程序做的，本版本不能打开，没有恢复。请安装新版本后再恢复。")
            return not examine(connection, step, with_journal=schema == HEAD)
    except StorageError:
        return False


class _Told:
    """Errors of files meanwhile, as sentences: a stick may be pulled, the disk be full."""

    def __init__(self, copy: Copy) -> None:
        self._copy = copy

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if not isinstance(error, OSError):
            return
        if not self._copy.folder.exists():
            why = "备份读到一半不见了，可能是 U 盘拔掉了，没有恢复。请插好 U 盘再恢复一次。"
        else:
            why = f"恢复时读写出错（{system_words(error)}），没有恢复。请检查磁盘空间和数据文件夹权限，再恢复一次。"
        raise NotBroughtBack(why) from error


def _keep_present(data: Path, key: str | None, job: Job) -> Path | None:
    """A copy of what is there, as it is where it is too damaged for a copy that counts."""
    if not (data / DATABASE).is_file() or (data / DATABASE).stat().st_size == 0:
        return None
    engine = open_engine(data / DATABASE, key)
    try:
        with Moment(engine) as moment:
            if not about(moment.connection).operation:
                return None  # begun and never used
            kept = copy_everything(Source(data, moment, key), data / OWN, Occasion.RESTORE, job).folder
    except (NotCopied, StorageError, SQLAlchemyError):
        engine.dispose()
        return _put_aside(data)
    finally:
        engine.dispose()
    _close_properly(data, key)
    return kept


def _close_properly(data: Path, key: str | None) -> None:
    with suppress(StorageError), faults():
        connection = connect(data / DATABASE, key)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()


def _put_aside(data: Path) -> Path:
    """Keeps the files of the database as they are, whatever is in them. Raises NotBroughtBack where they cannot be kept."""
    part: Path | None = None
    try:
        part = begin(data / OWN, datetime.now().replace(microsecond=0), ASIDE)
        for suffix in ("", *_BESIDE):
            if (file := data / (DATABASE + suffix)).is_file():
                shutil.copyfile(file, part / file.name)
                sync_file(part / file.name)
        return finish(part)
    except OSError as error:
        if part is not None:
            shutil.rmtree(part, ignore_errors=True)
        why = system_words(error)
        raise NotBroughtBack(f"现在的数据留存不了（{why}），没有恢复。请检查磁盘空间和数据文件夹，再恢复一次。") from error


def _take_files(copy: Copy, data: Path, job: Job) -> list[str]:
    """Puts the files of a copy in place, each only where it is missing or another one; returns those the copy has lost."""
    if copy.single:
        return []
    with _Told(copy):
        files = read_files(copy.folder)
        if files is None and not copy.folder.exists():
            raise FileNotFoundError
    if files is None:
        raise NotBroughtBack(f"{copy.name} 的备份不完整，附件的清单读不出，没有恢复。", before_it(copy))
    total, done, lost = sum(file.size for file in files), [0], []

    def step(read: int, name: str) -> None:
        done[0] += read
        job.step(done[0] // _MB, max(total // _MB, 1), f"取回附件 {name}")

    with _Told(copy):
        for file in files:
            if not take_file(copy.store, file, data, step):
                lost.append(file.path)
    return lost
