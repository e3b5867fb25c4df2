"""The code on a printed sheet, by which a scanner finds its entry in the register: letters, check digits, QR symbol."""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from huajie_desktop.errors import Problem

_FORM = re.compile(r"HJ-(\d{4})-([A-Z]{1,2})-([1-9]\d{0,5})-([0-9A-F]{8})-(\d{2})")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣", "-"))
_MASK = 1  # every reader takes any mask; trying all eight as the standard advises would take longer than the page


class SheetCode(NamedTuple):
    """What a code says: the year, the letter of the paper's kind, its serial number, the first of its content's digest."""

    year: int
    kind: str
    serial: int
    mark: str  # eight hexadecimal digits, upper case


class NotACode(Problem):
    """What was scanned or typed is no code of ours, or was misread."""


class Symbol(NamedTuple):
    """A QR symbol: its side in modules, its dark runs as (row, first column, length)."""

    size: int
    runs: tuple[tuple[int, int, int], ...]


def write_code(code: SheetCode) -> str:
    """`HJ-2021-P-17-8F3A9C2E-47`; the last two are check digits by ISO 7064 MOD 97-10 over all before them."""
    body = f"HJ-{code.year}-{code.kind}-{code.serial}-{code.mark}"
    return f"{body}-{98 - _remainder(body + '00'):02d}"


def read_code(text: str) -> SheetCode:
    """The code a scanner typed, also with a Chinese input method switched on. Raises NotACode in words."""
    typed = "".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split()).upper()
    if not typed.startswith("HJ-"):
        shown = text.strip()[:40] or "空"
        raise NotACode(f"这不是本程序文书上的二维码（扫到“{shown}”）。没有登记。请对准文书左下角或右下角的二维码。")
    found = _FORM.fullmatch(typed)
    if found is None or _remainder(typed) != 1:
        raise NotACode("二维码没有读全或读错了，没有登记。请再扫一次，或输入文书编号。")
    year, kind, serial, mark, _check = found.groups()
    return SheetCode(int(year), kind, int(serial), mark)


@lru_cache(maxsize=512)  # the same code stands on every sheet of a paper
def matrix(text: str) -> Symbol:
    """The QR symbol of a text, level M, as small as it can be (ISO/IEC 18004)."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()
    code.makeImpl(False, _MASK)
    size = code.getModuleCount()
    return Symbol(size, tuple(run for row in range(size) for run in _runs(row, code.modules[row])))


def _runs(row: int, modules: list[bool]) -> list[tuple[int, int, int]]:
    runs, column = [], 0
    for dark, group in groupby(modules, bool):
        length = len(list(group))
        if dark:
            runs.append((row, column, length))
        column += length
    return runs


def _remainder(text: str) -> int:
    """The text as a number, letters as 10 to 35 (ISO 7064, as in account numbers), modulo 97."""
    return int("".join(str(int(character, 36)) for character in text if character != "-")) % 97
