"""The fenced child process: reads files named on standard input and answers in frames of JSON on standard output.

JSON and not marshal or pickle: the child is taken to be in the hands of whoever wrote the workbook, and of these three only JSON
can be parsed without trusting the sender. A frame is a length of four bytes (big-endian) and that many bytes: UTF-8, in a request
the path of the file.
"""

import gc
import os
import threading
from itertools import islice
from typing import IO

from huajie_desktop.errors import Problem, system_words
from huajie_desktop.reading.raw import Opened, Sheets, encode
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
    while path := receive(requests):
        asked.set()
        threading.Thread(target=_load_writer, daemon=True).start()
        _serve(path, answers)


def _load_libraries(asked: threading.Event) -> None:
    """Loads what most files need while the program is still loading its own; a request that is already there goes first."""
    if not asked.wait(_PATIENCE):
        from huajie_desktop.sheets.fenced import binary, inside_xlsx, zipped  # noqa: F401 late, because a first request must not wait


def _load_writer() -> None:
    """Loads what writes the answer while the file is read."""
    import orjson  # noqa: F401


def receive(stream: IO[bytes]) -> str:
    """The path the next frame asks for, "" at the end of the stream."""
    head = stream.read(4)
    return os.fsdecode(stream.read(int.from_bytes(head, "big"))) if len(head) == 4 else ""


def send(stream: IO[bytes], value: object) -> None:
    """Writes one frame."""
    import orjson

    body = orjson.dumps(value, encode, orjson.OPT_PASSTHROUGH_DATETIME)
    stream.write(len(body).to_bytes(4, "big") + body)


def _serve(path: str, answers: IO[bytes]) -> None:
    try:
        with open(path, "rb") as file:
            data = file.read()
        import hashlib  # after the process said it is alive: OpenSSL takes its time

        for opened in _read(os.path.basename(path), data):
            _send_sheet(answers, opened)
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
    if kind == "locked":
        from huajie_desktop.sheets.fenced.locked import read_locked as read
    elif kind == "zip":
        from huajie_desktop.sheets.fenced.zipped import read_zip as read
    elif kind == "xls":
        from huajie_desktop.sheets.fenced.binary import read_xls as read
    else:
        from huajie_desktop.sheets.fenced.delimited import read_text as read
    return read(data)


def _send_sheet(answers: IO[bytes], opened: Opened) -> None:
    """The sheet, its rows as they are read, and what stands beside them."""
    sheet, rows = opened
    seen = [sheet.visible, sheet.deeply_hidden, sheet.looked, sheet.hidden_rows, sheet.hidden_columns]
    send(answers, ["sheet", sheet.name, seen, sheet.merges, sheet.problem])
    while some := list(islice(rows, _ROWS_A_FRAME)):
        send(answers, ["rows", some])
    if sheet.notes or sheet.marks or sheet.doubts or sheet.pictures:
        beside = ([[*at, text] for at, text in found.items()] for found in (sheet.notes, sheet.marks, sheet.doubts))
        send(answers, ["beside", *beside, sheet.pictures])
