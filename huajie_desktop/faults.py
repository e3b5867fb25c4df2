"""Faults nobody foresaw: written to a file in the data folder without anybody's data, told in one sentence."""

import os
import re
import traceback
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

LOG, OLDER = "faults.log", "faults.1.log"
_MOST = 256 << 10  # bytes; a log that has more becomes the older one, and the one before goes
_LONGEST = 16 << 10  # characters of one fault
# What an error says may quote what was typed or kept: names, numbers, whole rows. Only the program's own words are written down.
_VALUES = r"""
    \d[\d.,:/ -]{2,}[\dXx]?  # numbers of three digits and more, days and times
    | [^\x00-\x7f]+           # whatever is not English
    """
_QUOTED = r"""
    =\(.*?\)                 # PostgreSQL: Key (name)=(...)
    | \[parameters:.*?\]     # SQLAlchemy
    | ['"`].*['"`]            # from the first quotation mark to the last
    | """
_SAID = re.compile(_QUOTED + _VALUES, re.VERBOSE | re.DOTALL)
_SAID_OF_CODE = re.compile(_VALUES, re.VERBOSE)
_OF_CODE = (AttributeError, NameError, ImportError, TypeError)  # these quote names of the program's own things


_STEP = "程序遇到意外错误，这一步可能没有做完。请看一看刚才的内容在不在。"


def record_fault(folder: Path, error: BaseException, said: str = _STEP) -> str:
    """Appends where it happened to the log in `folder` and returns the sentence for the user, which `said` begins."""
    log = folder / LOG
    try:
        if log.exists() and log.stat().st_size > _MOST:
            os.replace(log, folder / OLDER)
        descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f"{datetime.now():%Y-%m-%d %H:%M:%S}\n{_described(error)}\n")
    except OSError:
        return f"{said}错误记录也无法写入，请检查磁盘空间和数据文件夹权限。"
    return f"{said}详情已记入 {log}（不含姓名、号码等内容），请把该文件交给管理员。"


def _described(error: BaseException) -> str:
    """The error and what led to it, the first one first, each with its way through the program; long ones lose their middle."""
    text = "\nwhich led to\n".join(reversed([_one(found) for found in _chain(error)]))
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]}\n …\n{text[-half:]}"


def _one(error: BaseException) -> str:
    way = "".join(traceback.format_tb(error.__traceback__))
    said = (_SAID_OF_CODE if isinstance(error, _OF_CODE) else _SAID).sub("…", str(error))
    return f"{way}{type(error).__module__}.{type(error).__qualname__}: {said}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    known = set[int]()
    found: BaseException | None = error
    while found is not None and id(found) not in known:
        known.add(id(found))
        yield found
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
