"""Runs the reader process: starts it, feeds it files, ends it when it is too slow, and starts it again when it dies."""

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from huajie_desktop.jobs import Job
from huajie_desktop.reading.raw import RawSheet

ROOT = Path(__file__).parents[3]  # of the program, where a child process finds its packages
_MAIN = "from huajie_desktop.sheets.fenced.reader import main; main()"
_MAX_FRAME = 64 * 2**20  # bytes; a thousand rows of long texts stay far below
_BASE_DEADLINE, _SECONDS_PER_MB = 8.0, 4.0
_WAITING = 8  # frames; a sheet that comes faster than it is listed waits in the child
_PLAIN = {str, int, float, bool, type(None)}
_TOO_SLOW = "读这个文件用了 {:.0f} 秒还没读完，已停止。请删除多余的行、列和图片，另存为 .xlsx 再导入"
_DIED = "这个文件已损坏或结构异常，读取时出错。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
_MEMORY = "这个文件内容太多或已损坏，读取时内存不够。请删除多余的行、列和图片，另存为 .xlsx 再导入"


@dataclass(slots=True)
class RawFile:
    """What came out of one file: sheets, or a sentence saying why there are none."""

    path: Path
    sheets: list[RawSheet] = field(default_factory=list)
    digest: str = ""
    problem: str | None = None


class Reader:
    """One reader process for many files. Make it early: it starts while the program loads its own libraries."""

    def __init__(self) -> None:
        self._start()

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process."""
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        while self._pump.is_alive():  # it may be waiting for room
            with contextlib.suppress(queue.Empty):
                self._frames.get(timeout=0.01)
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()

    def read(self, paths: Sequence[Path], job: Job | None = None) -> Iterator[RawFile]:
        """Each file's sheets in the order asked for; the next file is read while the caller works on this one."""
        self._request(paths[:1])
        for index, path in enumerate(paths):
            self._request(paths[index + 1 : index + 2])
            file = RawFile(path)
            alive = self._receive(file, job, (index, len(paths)))
            if not alive:
                self.close()
                self._start()
                self._request(paths[index + 1 : index + 2])
            yield file

    def _start(self) -> None:
        frozen = getattr(sys, "frozen", False)
        command = [sys.executable, "--read-worker"] if frozen else [sys.executable, "-S", "-c", _MAIN]
        search = os.pathsep.join([str(ROOT), *filter(None, sys.path)])  # -S spares the child the search for site-packages
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": search},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._frames: queue.Queue[bytes] = queue.Queue(_WAITING)
        self._pump = threading.Thread(target=_pump, args=(self._process.stdout, self._frames), daemon=True)
        self._pump.start()

    def _request(self, paths: Sequence[Path]) -> None:
        for path in paths:
            body = os.fsencode(path.absolute())
            with contextlib.suppress(OSError):  # a dead child shows when its answer is awaited
                assert self._process.stdin
                self._process.stdin.write(len(body).to_bytes(4, "big") + body)
                self._process.stdin.flush()

    def _receive(self, file: RawFile, job: Job | None, place: tuple[int, int]) -> bool:
        """Takes the frames of one file; False when the process must be replaced."""
        import orjson  # late: the reader process starts before it

        allowed = _deadline(file.path)
        end = time.monotonic() + allowed
        while True:
            if job:
                job.step(*place, f"正在读 {file.path.name}")
            try:
                frame = self._frames.get(timeout=0.1)
            except queue.Empty:
                if time.monotonic() > end:
                    return _fail(file, _TOO_SLOW.format(allowed))
                continue
            if not frame:
                return _fail(file, self._last_words())
            try:
                if _take(file, orjson.loads(frame)):
                    return file.problem != _DIED
            except (ValueError, TypeError, IndexError, RecursionError):
                return _fail(file, _DIED)

    def _last_words(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        return _MEMORY if self._process.returncode == -6 else _DIED  # 6: SIGABRT, Rust's answer to a refused allocation


def _pump(stream: Any, frames: "queue.Queue[bytes]") -> None:
    """Moves frames from the pipe into the queue; an empty one says that the process has ended."""
    with contextlib.suppress(OSError, ValueError):
        while len(head := stream.read(4)) == 4 and (size := int.from_bytes(head, "big")) <= _MAX_FRAME:
            body = stream.read(size)
            if len(body) < size:
                break
            frames.put(body)
    frames.put(b"")


def _deadline(path: Path) -> float:
    """Seconds a file may take: little ones must be quick, a large sheet may take its time on a slow computer."""
    try:
        size = path.stat().st_size / 2**20
    except OSError:
        size = 0.0
    return _BASE_DEADLINE + _SECONDS_PER_MB * max(size - 1, 0)


def _fail(file: RawFile, problem: str) -> bool:
    file.sheets, file.problem = [], problem
    return False


def _take(file: RawFile, frame: list[Any]) -> bool:
    """Adds one frame to a file; True when it was the last. Raises ValueError when the frame is not of the agreed form."""
    kind, *rest = frame
    if kind == "rows":
        rows = rest[0]
        if not {list}.issuperset(map(type, rows)) or not _PLAIN.issuperset(map(type, chain.from_iterable(rows))):
            raise ValueError("cells must be plain")
        file.sheets[-1].rows += rows
    elif kind == "sheet":
        name, (visible, deeply, looked, hidden_rows, hidden_columns), merges, problem = rest
        sheet = RawSheet(str(name), bool(visible), str(problem))
        sheet.deeply_hidden, sheet.looked = bool(deeply), bool(looked)
        sheet.merges = [(int(a), int(b), int(c), int(d)) for a, b, c, d in merges]
        sheet.hidden_rows, sheet.hidden_columns = int(hidden_rows), int(hidden_columns)
        file.sheets.append(sheet)
    elif kind == "beside":
        *texts, pictures = rest
        sheet = file.sheets[-1]
        sheet.notes, sheet.marks, sheet.doubts = (
            {(int(row), int(column)): str(text) for row, column, text in found} for found in texts
        )
        sheet.pictures = int(pictures)
    elif kind == "done":
        file.digest = str(rest[0])
        return True
    else:
        _fail(file, {"memory": _MEMORY, "broken": _DIED}.get(rest[0], str(rest[0])))
        return True
    return False
