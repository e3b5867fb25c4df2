"""Making a copy of everything at one place: it is looked through, and only then it counts."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from sqlalchemy.exc import SQLAlchemyError

from db.backup import Moment, copy_database
from db.checking import examine
from db.errors import Reason, StorageError
from db.opening import faults
from db.schema import HEAD
from huajie_desktop.backups.file_store import Store, digest_of, files_of, make_lasting, storing
from huajie_desktop.backups.manifest import About, Manifest, about, read_files, write_manifest
from huajie_desktop.backups.shelf import OWN, STORE, Copy, begin, copies_in, finish, sweep
from huajie_desktop.backups.thinning import thin_out
from huajie_desktop.errors import Problem
from huajie_desktop.folders import DATABASE
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.occasions import Occasion

_MB = 1 << 20
_ONE = Lock()  # the copy of the day and one by hand would take away each other's half-done parts
_PATIENCE = 0.1  # seconds between two looks whether a copy that waits was cancelled
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Source(NamedTuple):
    """What is copied: the data folder and the moment its database is held at, which opens with the key."""

    data: Path
    moment: Moment
    key: str | None = None


class NotCopied(Problem):
    """A copy could not be made; those made before are untouched."""

    def __init__(self, place: Path, why: str, advice: str) -> None:
        super().__init__(f"这次没有备份成（{place}）：{why}。以前的备份没有动，写了一半的不算备份。{advice}。")


class SourceDamaged(NotCopied):
    """What was to be copied is damaged itself, so that no copy of it counts."""


def copy_everything(source: Source, place: Path, occasion: Occasion, job: Job | None = None) -> Copy:
    """A copy of everything as it was at that moment, counting from now on; what is superfluous by then goes.

    Raises NotCopied, SourceDamaged, Cancelled; then the copies of the place are what they were.
    """
    with _one_at_a_time(job or Silent()):
        return _copy_everything(source, place, occasion, job)


@contextmanager
def _one_at_a_time(job: Job) -> Iterator[None]:
    while not _ONE.acquire(timeout=_PATIENCE):
        job.step(0, 1, "等前一份备份做完")
    try:
        yield
    finally:
        _ONE.release()


def _copy_everything(source: Source, place: Path, occasion: Occasion, job: Job | None) -> Copy:
    fresh: list[Path] = []
    part: Path | None = None
    when = datetime.now().replace(microsecond=0)
    sweep(place)
    try:
        with faults():
            said = about(source.moment.connection)
        before = _latest_of(place, said.office)
        _refuse_full(source, place, fits_before=before is not None)
        part = begin(place, when, occasion)
        made = _fill(part, when, occasion, source, said, before, fresh, job or Silent())
        whole = finish(part)
    except BaseException as error:
        told = _told(source, place, part, error) if isinstance(error, StorageError | OSError) else None
        _clear(part, fresh)
        if told is not None:
            raise told from error
        raise
    copy = Copy(whole, made.made, occasion, made)
    with suppress(OSError):  # the copy counts, whatever cannot be tidied up
        thin_out(place, said.office)
    return copy


def is_new(source: Source, place: Path) -> bool:
    """Whether anything was done since the newest copy of the place that speaks of this office."""
    said = about(source.moment.connection)
    newest = _latest_of(place, said.office)
    return newest is None or newest.manifest is None or newest.manifest.operation != said.operation


def _latest_of(place: Path, office: str) -> Copy | None:
    mine = (copy for copy in copies_in(place) if copy.manifest is not None and copy.manifest.office == office)
    return next((copy for copy in mine if not copy.fault), None)


def _fill(
    part: Path, when: datetime, occasion: Occasion, source: Source, said: About, before: Copy | None, fresh: list[Path], job: Job
) -> Manifest:
    def on_database(done: int, total: int) -> None:
        job.step(done, total, "备份数据库" if done < total else "检查备份")

    known = {file.path: file for file in (read_files(before.folder) if before else None) or ()}
    store = Store(part.parent / STORE, doubted=part.parent != source.data / OWN)
    with storing(source.data, store, known, fresh) as files:
        rows = copy_database(source.moment, part / DATABASE, source.key, on_database, with_journal=said.schema == HEAD)
        kept = []
        for number, stored in enumerate(files):
            kept.append(stored.result())
            job.step(number + 1, len(files), f"备份附件 {Path(kept[-1].path).name}")
    if not source.data.is_dir():
        kept = list(known.values())  # deleted with the folder; the copy before has them
    make_lasting(fresh)
    file = part / DATABASE
    contents = {one.digest: one.size for one in kept}
    made = Manifest(when, occasion, *said, rows, digest_of(file), file.stat().st_size, len(kept), sum(contents.values()))
    write_manifest(part, made, kept)
    return made


def _refuse_full(source: Source, place: Path, *, fits_before: bool) -> None:
    """Says before hours of copying what is plain at once; with an earlier copy most files are there already."""
    place.mkdir(parents=True, exist_ok=True)
    asked = source.moment.connection.exec_driver_sql("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
    need = int(asked.scalar_one())  # of what is open: its file may be gone
    need += 0 if fits_before else sum(file.stat().st_size for file in files_of(source.data))
    if (free := shutil.disk_usage(place).free) < need:
        why = f"放不下，需要 {need / _MB:.1f} MB，只剩 {free / _MB:.1f} MB"
        raise NotCopied(place, why, "请腾出空间，或换一个备份位置")


def _clear(part: Path | None, fresh: list[Path]) -> None:
    """Takes away what was begun; on a stick that is gone the next copy does."""
    if part is not None:
        shutil.rmtree(part, ignore_errors=True)
    for content in fresh:
        with suppress(OSError):
            content.unlink()


def _told(source: Source, place: Path, part: Path | None, error: StorageError | OSError) -> NotCopied:
    """What happened, as far as it can be known: a stick that is gone gives all sorts of errors."""
    if any(path.is_file() for path in (place, *place.parents)):
        return NotCopied(place, "那里有一个同名的文件，不是文件夹", "请换一个备份位置")
    if not (part or place).is_dir():
        return NotCopied(place, "备份位置不见了，可能是 U 盘拔掉了", "请插好 U 盘再备份一次")
    if isinstance(error, StorageError) and error.reason is Reason.DAMAGED and _is_damaged(source):
        return SourceDamaged(place, "数据没有通过检查，有地方损坏", "请用最近一份好的备份恢复")
    if _is_full(error):
        return NotCopied(place, "磁盘已满", "请腾出空间，或换一个备份位置")
    if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NotCopied(place, "没有写入权限，或磁盘是只读的", "请检查备份位置，或换一个")
    return NotCopied(place, "读写出错，可能是磁盘有问题或 U 盘接触不好", "请检查磁盘，或换一个备份位置")


def _is_damaged(source: Source) -> bool:
    """Whether it is the data that is not whole, and not what was written of it."""
    connection = source.moment.connection
    try:
        return bool(examine(connection, lambda _done, _total: None, with_journal=about(connection).schema == HEAD))
    except SQLAlchemyError:
        return True


def _is_full(error: StorageError | OSError) -> bool:
    return error.reason is Reason.FULL if isinstance(error, StorageError) else error.errno in _FULL
