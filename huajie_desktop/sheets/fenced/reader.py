"""The fenced child process: reads files named on standard input and answers in frames of JSON on standard output.

JSON and not marshal or pickle: the child is taken to be in the hands of whoever wrote the workbook, and of these three only JSON
can be parsed without trusting the sender. A frame is a length of four bytes (big-endian) and that many bytes of UTF-8.
"""

import gc
import json
import os
import struct
import threading
from typing import BinaryIO

from huajie_desktop.errors import Problem, system_words
from huajie_desktop.reading.raw import RawSheet, Sheets, encode
from huajie_desktop.sheets.fenced import limits

_ROWS_A_FRAME = 1000
_PATIENCE = 0.03  # seconds without a request after which there is time to load libraries


def main() -> None:
    """Serves requests until standard input ends; nothing else may write to standard output."""
    limits.cap_memory()
    gc.disable()  # millions of cells and no cycles: collecting would only cost time
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=1 << 16)
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)
    os.dup2(sink, 2)  # Rust prints its panics there
    asked = threading.Event()
    threading.Thread(target=_load_libraries, args=(asked,), daemon=True).start()
    while (request := receive(requests)) is not None:
        asked.set()
        _serve(str(request), answers)


def _load_libraries(asked: threading.Event) -> None:
    """Loads what most files need while the program is still loading its own; a request that is already there goes first."""
    if not asked.wait(_PATIENCE):
        from huajie_desktop.sheets.fenced import binary, zipped  # noqa: F401 late, because a first request must not wait for them


def receive(stream: BinaryIO) -> object:
    """The next frame's value, or None at the end of the stream. Raises ValueError when it is not JSON."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    body = stream.read(struct.unpack(">I", head)[0])
    return json.loads(body)


def send(stream: BinaryIO, value: object) -> None:
    """Writes one frame."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=encode).encode("utf-8", "replace")
    stream.write(struct.pack(">I", len(body)) + body)


def _serve(path: str, answers: BinaryIO) -> None:
    try:
        with open(path, "rb") as file:
            data = file.read()
        import hashlib  # after the process said it is alive: OpenSSL takes its time

        for sheet in _read(os.path.basename(path), data):
            _send_sheet(answers, sheet)
        send(answers, ["done", hashlib.sha256(data).hexdigest()])
    except Problem as problem:
        send(answers, ["problem", str(problem)])
    except OSError as error:
        send(answers, ["problem", _unopened(error)])
    except MemoryError:
        send(answers, ["problem", "memory"])
    except BaseException:  # pyo3's PanicException is no Exception; whatever it was, the process may be damaged
        send(answers, ["problem", "broken"])
        answers.flush()
        os._exit(3)
    answers.flush()


def _unopened(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "找不到这个文件，可能已被移走或改名。请重新选择"
    if isinstance(error, PermissionError):
        return "这个文件打不开，可能正被 Excel 或 WPS 打开着，或者没有读取权限。请关闭后再导入"
    if isinstance(error, IsADirectoryError):
        return "这是文件夹，不是电子表格。请选择里面的文件"
    return f"读这个文件时磁盘出错（{system_words(error)}）。请把文件复制到本机硬盘后再导入"


def _read(name: str, data: bytes) -> Sheets:
    from huajie_desktop.sheets.fenced.formats import recognise  # each library is loaded when the first file of its kind comes

    kind = recognise(name, data)
    if kind == "zip":
        from huajie_desktop.sheets.fenced.zipped import read_zip as read
    elif kind == "xls":
        from huajie_desktop.sheets.fenced.binary import read_xls as read
    else:
        from huajie_desktop.sheets.fenced.delimited import read_text as read
    return read(data)


def _send_sheet(answers: BinaryIO, sheet: RawSheet) -> None:
    seen = [sheet.visible, sheet.deeply_hidden, sheet.hidden_rows, sheet.hidden_columns]
    send(answers, ["sheet", sheet.name, seen, sheet.merges, sheet.problem])
    if sheet.notes or sheet.marks or sheet.pictures:
        notes, marks = ([[*at, text] for at, text in found.items()] for found in (sheet.notes, sheet.marks))
        send(answers, ["beside", notes, marks, sheet.pictures])
    for first in range(0, len(sheet.rows), _ROWS_A_FRAME):
        send(answers, ["rows", sheet.rows[first : first + _ROWS_A_FRAME]])
