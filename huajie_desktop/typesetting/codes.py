"""The code on a printed sheet, by which a scanner finds its entry in the register: letters, check digits, QR symbol."""

import re
import unicodedata
from functools import cache, lru_cache, reduce
from itertools import compress
from operator import xor
from typing import NamedTuple

from huajie_desktop.errors import Problem

_FORM = re.compile(r"([A-Z]{2,4})-(\d{4})-([A-Z]{1,2})-([1-9]\d{0,5})-([0-9A-F]{8})-(\d{2})")
_START = re.compile(r"[A-Z]{2,4}-\d{4}-")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣", "-"))
_MASK = 1  # every reader takes any mask; trying all eight as the standard advises would take longer than the page


class SheetCode(NamedTuple):
    """What a code says: township's letters, year, letter of the paper's kind, serial number, first of its content's digest."""

    letters: str
    year: int
    kind: str
    serial: int
    mark: str  # eight hexadecimal digits, upper case


class NotACode(Problem):
    """What was scanned or typed is no code of ours, or was misread."""


class Symbol(NamedTuple):
    """A QR symbol row by row; the highest of a row's SIDE bits is its left module, 1 is dark."""

    rows: tuple[int, ...]


SIDE = 25  # modules: version 2 of ISO/IEC 18004 at level M, which holds 38 characters
_DATA_BITS = 28 * 8  # what it holds in all, the rest corrects errors
_ROWS = range(SIDE * (SIDE - 1), -1, -SIDE)  # by how many bits a row is shifted
_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_PADS = "1110110000010001" * 14


def write_code(code: SheetCode) -> str:
    """`AB-2021-P-17-8F3A9C2E-47`; the last two are check digits by ISO 7064 MOD 97-10 over all before them."""
    body = f"{code.letters}-{code.year}-{code.kind}-{code.serial}-{code.mark}"
    return f"{body}-{98 - _remainder(body + '00'):02d}"


def read_code(text: str) -> SheetCode:
    """The code a scanner typed, also with a Chinese input method switched on. Raises NotACode in words."""
    typed = "".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split()).upper()
    if not _START.match(typed):
        shown = text.strip()[:40] or "空"
        raise NotACode(f"这不是本程序文书上的二维码（扫到“{shown}”）。没有登记。请对准文书左下角或右下角的二维码。")
    found = _FORM.fullmatch(typed)
    if found is None or _remainder(typed) != 1:
        raise NotACode("二维码没有读全或读错了，没有登记。请再扫一次，或输入文书编号。")
    letters, year, kind, serial, mark, _check = found.groups()
    return SheetCode(letters, int(year), kind, int(serial), mark)


def symbol_of(text: str) -> Symbol:
    """The QR symbol of at most 38 capital letters, digits and hyphens."""
    dark = _frame(len(text))
    for start in range(0, len(text), 2):
        dark ^= _pair(start, text[start : start + 2])
    return Symbol(tuple([dark >> shift & (1 << SIDE) - 1 for shift in _ROWS]))


@cache
def _frame(length: int) -> int:
    """The modules of a symbol of so many characters, all of them 0."""
    begin, end = f"0010{length:09b}", "0000"
    used = _begin(length) + len(end)
    end += "0" * (-used % 8)
    end += _PADS[: _DATA_BITS - _begin(length) - len(end)]
    return _basis()[0] ^ _changed(0, begin) ^ _changed(_begin(length), end)


@lru_cache(maxsize=8192)  # one letter or digit after the other changes, the others stand on the next sheet as well
def _pair(start: int, pair: str) -> int:
    """What two characters at that place, or a last one, change."""
    first, *second = map(_ALPHANUMERIC.index, pair)
    return _changed(_begin(start), f"{first * 45 + second[0]:011b}" if second else f"{first:06b}")


def _begin(characters: int) -> int:
    """The place of the bit behind so many characters."""
    return 13 + characters // 2 * 11 + characters % 2 * 6


def _changed(begin: int, bits: str) -> int:
    """The modules that bits of data change which begin at that place."""
    return reduce(xor, compress(_basis()[1][begin:], map(int, bits)), 0)


@cache
def _basis() -> tuple[int, list[int]]:
    """The symbol without data, and what each bit of data changes in it: the error correction is linear over GF(2).

    Made once with reportlab's encoder (35 ms); one symbol after the other would cost more than the page it stands on.
    """
    from reportlab.graphics.barcode.qrencoder import QRBitBuffer, QRCode, QRErrorCorrectLevel, QRRSBlock

    blank = QRCode(2, QRErrorCorrectLevel.M)
    blank.dataCache = [0] * 44
    blank.makeImpl(False, _MASK)
    empty = int("".join("1" if module else "0" for row in blank.modules for module in row), 2)
    places = [1 << (SIDE * SIDE - 1 - row * SIDE - column) for column, row in blank.dataPosIterator()]
    blocks = QRRSBlock.getRSBlocks(2, QRErrorCorrectLevel.M)
    changes = []
    for bit in range(_DATA_BITS):
        buffer = QRBitBuffer()
        buffer.put(1 << (_DATA_BITS - 1 - bit), _DATA_BITS)
        words = "".join(f"{word:08b}" for word in QRCode.createBytes(buffer, blocks))
        changes.append(reduce(xor, compress(places, map(int, words))))
    return empty, changes


def _remainder(text: str) -> int:
    """The text as a number, letters as 10 to 35 (ISO 7064, as in account numbers), modulo 97."""
    return int("".join(str(int(character, 36)) for character in text if character != "-")) % 97
