"""Locks .xls workbooks in RC4 as Excel 97 did, and .xlsx as Excel does today."""

import hashlib
import io
import struct
from pathlib import Path

import olefile
from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.rc4 import DocumentRC4, _makekey
from xlwt.CompoundDoc import XlsDoc

_SALT, _VERIFIER = bytes(range(16)), bytes(range(16, 32))
_BOF, _FILE_PASS, _BOUND_SHEET, _INTERFACE = 0x809, 0x2F, 0x85, 0xE1


def lock_xlsx(plain: Path, locked: Path, password: str) -> Path:
    """Writes the workbook again, locked."""
    made = io.BytesIO()
    OOXMLFile(io.BytesIO(plain.read_bytes())).encrypt(password, made)
    locked.write_bytes(made.getvalue())
    return locked


def lock_xls(plain: Path, locked: Path, password: str) -> Path:
    """Writes the workbook again, locked: its records are drawn over by RC4, but not their heads nor where its sheets begin."""
    book = olefile.OleFileIO(str(plain)).openstream("Workbook").read()
    cipher = Cipher(ARC4(_makekey(password, _SALT, 0)), mode=None).encryptor()
    lock = struct.pack("<HHH", 1, 1, 1) + _SALT + cipher.update(_VERIFIER) + cipher.update(hashlib.md5(_VERIFIER).digest())
    clear, hidden = bytearray(), bytearray()
    for kind, body in _records(book):
        if kind == _BOUND_SHEET:
            body = struct.pack("<I", struct.unpack("<I", body[:4])[0] + len(lock) + 4) + body[4:]
        head = struct.pack("<HH", kind, len(body))
        seen = len(body) if kind in (_BOF, _INTERFACE) else 4 if kind == _BOUND_SHEET else 0
        clear += head + body[:seen] + b"\0" * (len(body) - seen)
        hidden += b"\0" * (4 + seen) + body[seen:]
        if kind == _BOF and len(clear) == len(head) + len(body):  # the first
            clear += struct.pack("<HH", _FILE_PASS, len(lock)) + lock
            hidden += b"\0" * (4 + len(lock))
    drawn = DocumentRC4.decrypt(password, _SALT, io.BytesIO(bytes(hidden)), blocksize=1024).read()
    place = 0
    for kind, body in _records(bytes(clear)):
        seen = len(body) if kind in (_BOF, _INTERFACE, _FILE_PASS) else 4 if kind == _BOUND_SHEET else 0
        clear[place + 4 + seen : place + 4 + len(body)] = drawn[place + 4 + seen : place + 4 + len(body)]
        place += 4 + len(body)
    rest = -len(clear) % 4  # xlwt fills its stream with zeros, which readers take for empty records of four bytes
    XlsDoc().save(str(locked), bytes(clear) + struct.pack("<HH", 0, rest) + b"\0" * rest)
    return locked


def _records(book: bytes):
    place = 0
    while place + 4 <= len(book):
        kind, size = struct.unpack("<HH", book[place : place + 4])
        if not kind and not size:
            return
        yield kind, book[place + 4 : place + 4 + size]
        place += 4 + size
