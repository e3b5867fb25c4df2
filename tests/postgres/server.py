"""A PostgreSQL of our own for as long as the tests run: its own files and socket in a temporary folder, reached by no network."""

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from db.connecting import Place
from db.opening import open_engine
from db.schema import bring_up_to_date
from huajie_desktop.application import Application
from huajie_desktop.township.seating import set_up

VERSION = 15
PASSWORD = "geheimes Wort"
_BINARIES = Path(f"/usr/lib/postgresql/{VERSION}/bin")  # where Debian keeps them
_SERVANT = "postgres"  # who runs it where root runs the tests; Debian's package makes that user
_QUICK = (  # nothing of it needs to outlive the tests
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"),
    *("max_wal_size=64MB", "min_wal_size=32MB", "autovacuum=off", "shared_buffers=32MB"),
)
_MEMORY = Path("/dev/shm")  # files in memory: databases are copied ten times as fast as on a busy disk
_ROOM = 1 << 30  # bytes there must be


def missing() -> str:
    """Why no server can be started here, empty if one can."""
    if not (_BINARIES / "initdb").exists():  # so also on Windows, where there is no geteuid either
        return f"PostgreSQL {VERSION} 未安装（apt-get install postgresql-{VERSION}）"
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        return "PostgreSQL 不能由 root 运行，这里也没有 setpriv"
    return ""


def required() -> bool:
    """Whether tests without a server fail instead of being skipped."""
    return bool(os.environ.get("CI") or os.environ.get("HUAJIE_NEEDS_POSTGRES"))


class Server:
    """The running server, which makes databases to begin from like `folders.Files`: each is the copy of one made the real way."""

    def __init__(self, socket: Path) -> None:
        self.socket = socket
        self._models: dict[str, str] = {}  # what others are copied from
        self._lent: list[str] = []
        self._made = 0

    def address(self, name: str, user: str = "office") -> str:
        """How a program names a database of this server."""
        return f"postgresql://{user}@/{name}?host={self.socket}"

    def empty(self) -> Place:
        """A database without a table."""
        return self.address(self._lend("template0"))

    def migrated(self, _folder: Path) -> Place:
        """An empty database of the newest schema."""
        return self.address(self._lend(self._model("migrated", self._migrate)))

    def begun(self, folder: Path) -> Place:
        """An office after the first start; its folder is new."""
        folder.mkdir(parents=True)
        return self.address(self._lend(self._model("begun", self._begin)))

    def clear(self) -> None:
        """Drops what it made, whoever is still in it."""
        for name in self._lent:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")
        self._lent.clear()

    def run(self, statement: str) -> None:
        """One statement of whoever keeps the server."""
        import psycopg  # not at the top: every test process reads this file

        with psycopg.connect(self.address("postgres", "keeper"), autocommit=True) as connection:
            connection.execute(statement)

    def _lend(self, template: str) -> str:
        name = self._create(template)
        self._lent.append(name)
        return name

    def _create(self, template: str) -> str:
        self._made += 1
        name = f"office_{self._made}"
        self.run(f"CREATE DATABASE {name} OWNER office TEMPLATE {template} STRATEGY file_copy")
        return name

    def _model(self, name: str, make: Callable[[], str]) -> str:
        if name not in self._models:
            self._models[name] = make()
        return self._models[name]

    def _migrate(self) -> str:
        name = self._create("template0")
        engine = open_engine(self.address(name))
        bring_up_to_date(engine)
        engine.dispose()
        return name

    def _begin(self) -> str:
        name = self._create(self._model("migrated", self._migrate))
        with tempfile.TemporaryDirectory() as folder:
            data = Application.open(Path(folder), place=self.address(name))
            set_up(data, "花街镇", 2021, "张三")
            data.close()
        return name


@contextmanager
def started() -> Iterator[Server]:
    """A server with the users `office`, no superuser, and `guest`, who needs a password; gone with all its files afterwards."""
    in_memory = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM
    place = _MEMORY if in_memory else "/tmp"  # both short: the path of a socket has 107 bytes at most
    folder = Path(tempfile.mkdtemp(prefix="huajie-pg-", dir=place))
    with _cleared_up(folder):
        if os.geteuid() == 0:
            shutil.chown(folder, _SERVANT)
        _call("initdb", "-D", folder / "data", "-U", "keeper", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "--no-sync")
        (folder / "data" / "pg_hba.conf").write_text("local all guest scram-sha-256\nlocal all all trust\n")
        options = " ".join(f"-c {option}" for option in (*_QUICK, "listen_addresses=''", f"unix_socket_directories={folder}"))
        _call("pg_ctl", "-D", folder / "data", "-l", folder / "log", "-w", "-o", options, "start")
        server = Server(folder)
        server.run("CREATE ROLE office LOGIN")
        server.run(f"CREATE ROLE guest LOGIN PASSWORD '{PASSWORD}' IN ROLE office")
        yield server


@contextmanager
def _cleared_up(folder: Path) -> Iterator[None]:
    """Stops the server and removes its files when the tests are over, or when their process is killed: its pipe ends then."""
    stop = shlex.join(_command("pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop"))
    waiting = ["sh", "-c", f"read -r end; {stop}; rm -rf {shlex.quote(str(folder))}"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(waiting, stdin=subprocess.PIPE, start_new_session=True, cwd="/", **quiet):
        yield


def _call(program: str, *arguments: object) -> None:
    command = _command(program, *arguments)
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/", check=False)
    assert done.returncode == 0, done.stderr


def _command(program: str, *arguments: object) -> list[str]:
    """One of the server's programs, which refuse root."""
    command = [str(_BINARIES / program), *map(str, arguments)]
    if os.geteuid() == 0:
        return ["setpriv", f"--reuid={_SERVANT}", f"--regid={_SERVANT}", "--clear-groups", *command]
    return command
