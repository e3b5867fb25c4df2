"""What the files of fonts on this computer say of themselves: names, leave to be embedded, which characters they draw."""

import os
import struct
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

_ENDINGS = (".ttf", ".ttc", ".otf")
_OUTLINES, _FORBIDDEN = "PostScript 轮廓，不能嵌入", "字库不允许嵌入"
_RESTRICTED, _BITMAP = 0x0002, 0x0200  # fsType of the OS/2 table: no embedding, bitmaps only
_FAMILY, _FULL = 1, 4  # entries of the name table
_SEGMENTS, _GROUPS = 4, 12  # formats of a character map: for the first 65,536 characters, for all
_MOST = 64  # faces of one collection
UNREADABLE = (OSError, struct.error, UnicodeDecodeError, ValueError, KeyError)


def font_folders() -> list[Path]:
    """Where this computer keeps its fonts."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", local / "Microsoft" / "Windows" / "Fonts"]
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts"]


State = tuple[tuple[Path, int], ...]  # folders, and when something was last put into each or taken out


def state_of(folders: Iterable[Path]) -> State:
    """Those of the folders that are there, as they are now."""
    found = []
    for folder in folders:
        with suppress(OSError):
            found.append((folder, folder.stat().st_mtime_ns))
    return tuple(found)


@lru_cache(maxsize=8)  # a thousand files take a second; asked again, a folder in which nothing changed takes none
def faces_at(state: State) -> "tuple[Found, ...]":
    """Every face in those folders and all below them, folder by folder; files that are none, or damaged, are passed over."""
    return tuple(found for folder, _ in state for file in sorted(_files_in(folder)) for found in _faces_in(file))


def _files_in(folder: Path) -> Iterator[Path]:
    for root, _folders, names in os.walk(folder):
        yield from (Path(root) / name for name in names if name.lower().endswith(_ENDINGS))


def _faces_in(file: Path) -> "Iterator[Found]":
    for number, tables in enumerate(tables_in(file)):
        with suppress(*UNREADABLE):
            yield Found(tuple(tables.names()), file, number, tables.refusal(), tables)


def tables_in(file: Path) -> "list[Tables]":
    """The faces of a file: one, or several in a collection; none where it is no font, or a damaged one."""
    with suppress(*UNREADABLE), file.open("rb") as source:
        tag, _version, count = struct.unpack(">4sLL", source.read(12))
        starts = struct.unpack(f">{min(count, _MOST)}L", source.read(4 * min(count, _MOST))) if tag == b"ttcf" else (0,)
        return [Tables(file, dict(_directory(source, start))) for start in starts]
    return []


def _directory(source: BinaryIO, start: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    source.seek(start)
    count = struct.unpack(">4sHHHH", source.read(12))[1]
    for _ in range(count):
        tag, _sum, offset, length = struct.unpack(">4sLLL", source.read(16))
        yield tag, (offset, length)


@dataclass(frozen=True, slots=True)
class Tables:
    """One face in a file: where its tables lie. What is read of them raises any of UNREADABLE where they are damaged."""

    file: Path
    places: dict[bytes, tuple[int, int]]

    def names(self) -> list[str]:
        """The family and full names a face has, in every language (OpenType, `name`)."""
        data = self._read(b"name")
        _format, count, strings = struct.unpack_from(">HHH", data)
        found = []
        for number in range(count):
            platform, _encoding, _language, kind, size, place = struct.unpack_from(">6H", data, 6 + 12 * number)
            if kind in (_FAMILY, _FULL) and platform in (0, 3):
                found.append(data[strings + place : strings + place + size].decode("utf-16-be"))
        return list(dict.fromkeys(found))

    def refusal(self) -> str:
        """Why it cannot be embedded in a PDF, "" where it can."""
        if b"glyf" not in self.places:
            return _OUTLINES
        (rights,) = struct.unpack_from(">H", self._read(b"OS/2"), 8)
        return _FORBIDDEN if rights & 0x000F == _RESTRICTED or rights & _BITMAP else ""

    def maps(self, character: str) -> bool:
        """Whether its character map names a glyph for it (OpenType, `cmap`, formats 4 and 12)."""
        data = self._read(b"cmap")
        (count,) = struct.unpack_from(">H", data, 2)
        starts = {struct.unpack_from(">L", data, 8 + 8 * number)[0] for number in range(count)}
        return any(_in_map(data, start, ord(character)) for start in starts)

    def _read(self, tag: bytes) -> bytes:
        offset, length = self.places[tag]
        with self.file.open("rb") as source:
            source.seek(offset)
            return source.read(length)


def _in_map(data: bytes, start: int, code: int) -> bool:
    (form,) = struct.unpack_from(">H", data, start)
    if form == _GROUPS:
        (count,) = struct.unpack_from(">L", data, start + 12)
        groups = struct.iter_unpack(">LLL", data[start + 16 : start + 16 + 12 * count])
        return any(first <= code <= last for first, last, _glyph in groups)
    if form == _SEGMENTS and code < 0xFFFF:
        (double,) = struct.unpack_from(">H", data, start + 6)
        lasts = struct.unpack_from(f">{double // 2}H", data, start + 14)
        firsts = struct.unpack_from(f">{double // 2}H", data, start + 16 + double)
        return any(first <= code <= last for first, last in zip(firsts, lasts, strict=True))
    return False


class Found(NamedTuple):
    """One face on this computer: its names in every language, its place in the file, why it cannot be embedded ("" if it can)."""

    names: tuple[str, ...]
    file: Path
    number: int
    refusal: str
    tables: Tables
