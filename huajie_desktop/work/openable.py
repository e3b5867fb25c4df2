"""Which files may be handed to another program: those it only shows. Ending and content must both be of such a kind."""

import mmap
import zipfile
from collections.abc import Callable
from pathlib import Path

from huajie_desktop.errors import Problem

KINDS = "图片、PDF、OFD、不带宏的文档和表格、文本、zip 压缩包、音视频"
_HEAD = 1024  # bytes looked at
_MOST_PARTS = 100_000  # of a document that is packed; no honest one has as many
_MACROS_IN_OLE = "_VBA_PROJECT".encode("utf-16-le")
_MACROS_IN_ZIP = ("vbaproject.bin", "macrosheets/", "basic/", "scripts/")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_Looks = Callable[[Path, bytes], bool]  # whether a file that begins with these bytes is what its ending says


class MustBeSaved(Problem):
    """A file is kept, but not opened from here."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”不能从这里直接打开：只打开{KINDS}，而且内容要和名称相符，免得打开的是程序。"
            "文件好好的还在，需要时用“另存为”存出来，由您自己决定怎么打开。"
        )


def may_be_opened(path: Path) -> bool:
    """Whether a file may be handed to the program the computer has for it. Raises OSError where it cannot be read."""
    looks = _LOOKS.get(path.suffix.lower())
    if looks is None:
        return False
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return looks(path, head)


def _begins(*beginnings: bytes, at: int = 0) -> _Looks:
    return lambda _path, head: head[at:].startswith(beginnings)


def _is_pdf(_path: Path, head: bytes) -> bool:
    return b"%PDF-" in head and not head.startswith(_PROGRAMS)


def _is_text(_path: Path, head: bytes) -> bool:
    return not head.startswith(_PROGRAMS) and (b"\0" not in head or head.startswith(_UTF_16))


def _is_packed(_path: Path, head: bytes) -> bool:
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _is_document(path: Path, head: bytes) -> bool:
    """Packed or of the older kind, and without macros."""
    if _is_packed(path, head):
        return _has_no_macros(path)
    return head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") and not _says(path, _MACROS_IN_OLE)


def _has_no_macros(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            names = [name.lower() for name in packed.namelist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return len(names) < _MOST_PARTS and not any(macro in name for name in names for macro in _MACROS_IN_ZIP)


def _says(path: Path, words: bytes) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(words) >= 0


_LOOKS: dict[str, _Looks] = {
    **dict.fromkeys((".jpg", ".jpeg"), _begins(b"\xff\xd8\xff")),
    ".png": _begins(b"\x89PNG\r\n\x1a\n"),
    ".gif": _begins(b"GIF87a", b"GIF89a"),
    ".bmp": _begins(b"BM"),
    **dict.fromkeys((".tif", ".tiff"), _begins(b"II*\0", b"MM\0*")),
    ".webp": _begins(b"WEBP", at=8),
    **dict.fromkeys((".heic", ".heif", ".mp4", ".m4v", ".m4a", ".mov", ".3gp"), _begins(b"ftyp", at=4)),
    ".pdf": _is_pdf,
    ".ofd": _is_packed,
    ".zip": _is_packed,
    **dict.fromkeys((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"), _is_document),
    **dict.fromkeys((".doc", ".xls", ".ppt", ".wps", ".et", ".dps"), _is_document),
    ".txt": _is_text,
    ".mp3": _begins(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    ".wav": _begins(b"WAVE", at=8),
    ".avi": _begins(b"AVI ", at=8),
    ".mkv": _begins(b"\x1aE\xdf\xa3"),
    **dict.fromkeys((".wmv", ".wma"), _begins(b"\x30\x26\xb2\x75")),
    **dict.fromkeys((".mpg", ".mpeg"), _begins(b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3")),
    ".amr": _begins(b"#!AMR"),
}
