"""The code on a printed sheet, by which a scanner finds its entry in the register: letters, check digits, QR symbol."""

import re
import unicodedata
from functools import cache, reduce
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
    pairs = [text[start : start + 2] for start in range(0, len(text), 2)]
    bits = f"0010{len(text):09b}" + "".join(map(_pair_bits, pairs)) + "0000"
    bits += "0" * (-len(bits) % 8)
    bits += _PADS[: _DATA_BITS - len(bits)]
    empty, changes = _basis()
    dark = reduce(xor, compress(changes, map(int, bits)), empty)
    return Symbol(tuple(dark >> SIDE * (SIDE - 1 - row) & (1 << SIDE) - 1 for row in range(SIDE)))


def _pair_bits(pair: str) -> str:
    first, *second = map(_ALPHANUMERIC.index, pair)
    return f"{first * 45 + second[0]:011b}" if second else f"{first:06b}"


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
