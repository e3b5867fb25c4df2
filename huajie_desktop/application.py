"""The composition root: one data folder opened, with its lock and database; who works on it takes a seat."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from db.backup import Moment
from db.clock import NOW, utc_now
from db.connecting import Place, is_server
from db.errors import Reason, StorageError
from db.identity import know_place
from db.opening import close, faults, file_of, open_copy, open_engine, open_sessions, refusals
from db.recognising import recognise
from db.rescue import rescue
from db.schema import HEAD, bring_up_to_date, make_database, version_of
from huajie_desktop import temporary
from huajie_desktop.backups.copying import Source, copy_everything
from huajie_desktop.backups.ending import mark_closed, mark_open
from huajie_desktop.backups.shelf import OWN
from huajie_desktop.errors import Problem, storage_problems
from huajie_desktop.folders import DATABASE, copies_said, has_data, keep_private, must_be_empty
from huajie_desktop.lock import FolderLock
from huajie_desktop.occasions import Occasion
from huajie_desktop.shipped_catalogue import open_catalogue


class Application:
    """An open data folder, whose database is a file in it or on a server. Close it when done."""

    def __init__(self, folder: Path, lock: FolderLock | None, engine: Engine, today: Callable[[], date]) -> None:
        self.folder = folder
        self.sessions: sessionmaker[Session] = open_sessions(engine)
        self.today = today
        self.now: Callable[[], datetime] = utc_now  # the clock operations are kept by
        self.sessions.configure(info={NOW: lambda: self.now()})
        self._lock = lock
        self.engine = engine
        self.catalogue = open_catalogue()
        self.copy_first: Callable[[Occasion], object] | None = None  # what copies everything before a large step
        self.doubtful = lock is not None and mark_open(folder)  # whoever had it last never closed it; until it is looked through

    @classmethod
    def open(
        cls, folder: Path, today: Callable[[], date] = date.today, *, place: Place | None = None, key: str | None = None
    ) -> "Application":
        """Opens the data in `folder`, or at `place`; raises Problem saying what to do when that cannot be, or there is none."""
        if place is None and not has_data(folder):
            raise Problem(
                f"这里还没有数据：{folder}。没有改动任何内容。"
                "请先打开一次程序窗口，填写乡镇和年度（导入命令也可以加 --new 新建）。"
            )
        return cls._opened(folder, today, place, key)

    @classmethod
    def create(cls, folder: Path, today: Callable[[], date] = date.today, *, key: str | None = None) -> "Application":
        """The same where data may be begun: in a folder that is empty, or is not there yet, it is made first."""
        if not has_data(folder):
            must_be_empty(folder)
            _make_folder(folder)
            with FolderLock(folder), storage_problems(str(folder)):
                if not has_data(folder):  # by another program meanwhile
                    make_database(folder / DATABASE, key)
        return cls._opened(folder, today, None, key)

    @classmethod
    def _opened(cls, folder: Path, today: Callable[[], date], place: Place | None, key: str | None) -> "Application":
        _make_folder(folder)
        lock = FolderLock(folder)
        temporary.use(folder)
        place = place or folder / DATABASE
        try:
            with _recognised(folder, place, key):
                keep_private(folder)
                engine = open_engine(place, key)
                try:
                    bring_up_to_date(engine, partial(_copy_before_migration, engine, folder, key))
                    know_place(open_sessions(engine), place)
                except BaseException:
                    close(engine)
                    raise
        except BaseException:
            temporary.leave(folder)
            lock.release()
            raise
        return cls(folder, lock, engine, today)

    @classmethod
    def look(cls, folder: Path, key: str | None = None) -> "Application | None":
        """The data for reading beside whoever works on it; None where there is none. Raises Problem."""
        if not has_data(folder):
            return None
        _refuse_unread(folder)
        with _recognised(folder, folder / DATABASE, key):
            engine = _engine_to_look(folder / DATABASE, key)
            try:
                if version_of(engine) != HEAD:
                    raise Problem("数据是由别的版本建立的。请先打开一次程序窗口，再使用命令。")
            except BaseException:
                engine.dispose()
                raise
        return cls(folder, None, engine, date.today)

    @classmethod
    def look_into(cls, file: Path, key: str | None = None) -> "Application":
        """A copy of the database, for reading alone. Raises Problem where this program cannot read it as it is."""
        engine = open_copy(file, key)
        try:
            with storage_problems(str(file)):
                if version_of(engine) != HEAD:
                    raise Problem("这份备份是别的版本的程序做的，不能先看里面；恢复时会一并升级。")
        except BaseException:
            engine.dispose()
            raise
        return cls(file.parent, None, engine, date.today)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for reading what belongs to no seat: whether there is an office yet, who has worked in it."""
        with storage_problems(str(self.folder)), refusals(), self.sessions() as session:
            yield session

    def close(self) -> None:
        """Lets the data go."""
        if self._lock is None:
            self.engine.dispose()  # who only looked leaves the log to whoever works there
        else:
            close(self.engine)
            temporary.leave(self.folder)
            if not self.doubtful:
                mark_closed(self.folder)
            self._lock.release()

    def check_place(self) -> None:
        """Raises Displaced where the file that was opened no longer lies at its place; looks at its name alone."""
        file = file_of(self.engine)
        if file is not None and not file.is_there():
            with storage_problems():
                raise StorageError(Reason.MOVED)

    def save_elsewhere(self, target: Path) -> None:
        """Writes the whole database to another file, also when its own is gone. Raises Problem; then nothing is left there."""
        if target.parent.resolve() == self.folder.resolve():
            raise Problem("请另存到数据文件夹以外的位置，没有另存。")
        try:
            with faults():
                rescue(self.engine, target)
        except StorageError as error:
            raise Problem(f"没有另存成：写不进“{target}”，或内容读不出来。程序里的内容还在，请换一个位置再试。") from error


def _engine_to_look(file: Path, key: str | None) -> Engine:
    """An engine for reading; where nothing can be written, one that makes no file. Raises Problem, StorageError."""
    engine = open_engine(file, key)
    try:
        with Moment(engine):
            return engine
    except StorageError as error:
        engine.dispose()
        if error.reason is not Reason.READ_ONLY:
            raise
    return open_copy(file, key)


def _refuse_unread(folder: Path) -> None:
    """Raises Problem where a part of the data waits in its log and nothing can be written, so that it cannot be read whole."""
    log = folder / f"{DATABASE}-wal"
    if log.exists() and not os.access(folder, os.W_OK):
        raise Problem(
            f"数据文件夹不能写入，而程序上次没有正常关闭（或正开着），有的内容还在旁边的 {log.name} 里，这样读不全，所以没有读。"
            f"请把数据文件夹整个复制到能写入的地方，再试一次。（数据文件夹：{folder}）"
        )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(f"不能建立数据文件夹：{folder}。请检查上级文件夹的权限，或换一个位置。") from error


@contextmanager
def _recognised(folder: Path, place: Place, key: str | None) -> Iterator[None]:
    """What is opened inside is a database of this program; a file is looked at before it is touched. Raises Problem."""
    with storage_problems(f"{folder}{copies_said(folder)}"):
        if not is_server(place):
            recognise(Path(place), key)
        yield


def _copy_before_migration(engine: Engine, folder: Path, key: str | None) -> None:
    with Moment(engine) as moment:
        copy_everything(Source(folder, moment, key), folder / OWN, Occasion.MIGRATION)
