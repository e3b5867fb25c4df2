"""The composition root: one data folder opened, with its lock, database and the person at the desk."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from db.engine import open_engine, open_sessions
from db.journal import OperationSession, operation
from db.models import Operation, Snapshot
from db.schema import HEAD, bring_up_to_date, version_of
from huajie_desktop.errors import Problem, storage_problems
from huajie_desktop.folders import DATABASE
from huajie_desktop.lock import FolderLock


class Application:
    """An open data folder; every service takes it first. Close it when done."""

    def __init__(self, folder: Path, lock: FolderLock | None, engine: Engine, today: Callable[[], date]) -> None:
        self.folder = folder
        self.sessions: sessionmaker[Session] = open_sessions(engine)
        self.actor = "未登记"
        self.today = today
        self._lock = lock
        self.engine = engine

    @classmethod
    def open(cls, folder: Path, today: Callable[[], date] = date.today) -> "Application":
        """Opens or creates the data in `folder`; raises Problem saying what to do when that cannot be."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Problem(f"不能建立数据文件夹：{folder}。请检查上级文件夹的权限，或换一个位置。") from error
        lock = FolderLock(folder)
        engine = open_engine(folder / DATABASE)
        try:
            with storage_problems(str(folder)):
                bring_up_to_date(engine, folder / "backups")
        except BaseException:
            engine.dispose()
            lock.release()
            raise
        return cls(folder, lock, engine, today)

    @classmethod
    def look(cls, folder: Path) -> "Application | None":
        """The data for reading beside whoever works on it; None where there is none. Raises Problem."""
        if not (folder / DATABASE).exists():
            return None
        engine = open_engine(folder / DATABASE)
        try:
            with storage_problems(str(folder)):
                if version_of(engine) != HEAD:
                    raise Problem("数据是由别的版本建立的。请先打开一次程序窗口，再使用命令。")
        except BaseException:
            engine.dispose()
            raise
        return cls(folder, None, engine, date.today)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for reading only."""
        with storage_problems(str(self.folder)), self.sessions() as session:
            yield session

    @contextmanager
    def _writing(self, label: str) -> Iterator[OperationSession]:
        with storage_problems(str(self.folder)), operation(self.sessions, self.actor, label) as running:
            yield running

    def operation(self, label: str) -> AbstractContextManager[OperationSession]:
        """One operation of the person at the desk: whole or not at all; `.changes` afterwards says what it touched."""
        return self._writing(label)

    def keep_snapshot(self, name: str, value: str) -> None:
        """Keeps what a page shows as of the last operation; see `glance`."""
        with storage_problems(str(self.folder)), self.sessions() as session:
            last = session.scalar(select(func.max(Operation.id))) or 0
            session.merge(Snapshot(name=name, operation_id=last, value=value))
            session.commit()

    def close(self) -> None:
        """Lets the data go."""
        self.engine.dispose()
        if self._lock is not None:
            self._lock.release()
