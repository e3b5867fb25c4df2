"""What was handed over, files, whole folders and archives, as a list of files that may be spreadsheets."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from huajie_desktop.errors import system_words

ENDINGS = (".xlsx", ".xls", ".et", ".ods", ".csv", ".xlsm", ".xlsb")
_ARCHIVE = ".zip"
_MOST, _LARGEST, _RATIO = 500, 1 << 30, 300  # files, bytes of them together, and times an archive may be larger inside
_LEVELS = 2  # an archive in an archive is opened, one in that is not
_LONGEST = 200  # bytes of a name, below what any file system takes
_NO_ARCHIVE = (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, struct.error)
_DAMAGED = (*_NO_ARCHIVE, zlib.error, lzma.LZMAError)  # what unpacking says of one entry
_PASSED_OVER = (".", "~$", "__MACOSX")
_UTF8 = 0x800  # the flag of an archive's entry that says its name is UTF-8; older Chinese programs write GBK


@dataclass
class Arrivals:
    """The files to read, how many of those found are no spreadsheets by their ending, and what was refused, in sentences."""

    files: list[Path] = field(default_factory=list)
    others: int = 0
    refused: list[str] = field(default_factory=list)


def list_files(paths: Sequence[Path], unpack_into: Path | None = None) -> Arrivals:
    """The files to read, those in folders sorted by path; archives are unpacked into that folder (None: they are left alone).

    A file named by itself is always read: its content decides. Hidden files and those an open workbook leaves beside it
    (~$) are no one's work and are not counted.
    """
    found = Arrivals()
    for path in paths:
        if path.suffix.lower() == _ARCHIVE and unpack_into is not None and path.is_file():
            _open_archive(path, unpack_into, found)
            continue
        inside = list(_inside(path)) if path.is_dir() else [path]
        for file in inside:
            if path.is_dir() and file.suffix.lower() == _ARCHIVE and unpack_into is not None:
                _open_archive(file, unpack_into, found)
            elif not path.is_dir() or file.suffix.lower() in ENDINGS:
                found.files.append(file)
            else:
                found.others += 1
    found.files = list(dict.fromkeys(found.files))
    return found


def _inside(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(_PASSED_OVER):
            yield path


def _open_archive(path: Path, folder: Path, found: Arrivals, level: int = 1) -> None:
    """Unpacks the spreadsheets of an archive; what is hostile, locked or damaged is refused in a sentence, the rest is kept."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            total = sum(entry.file_size for entry in entries)
            if len(entries) > _MOST or total > _LARGEST or total > _RATIO * max(path.stat().st_size, 1 << 16):
                found.refused.append(f"压缩包“{path.name}”里的内容大得不正常，没有打开。请只放需要导入的表格，再压缩一次。")
                return
            folder.mkdir(parents=True, exist_ok=True)
            into = folder / f"{len(list(folder.iterdir())) + 1}"
            damaged, before = [], len(found.files)
            for entry in sorted(entries, key=_name_of):
                try:
                    _take_out(archive, entry, path, into, found, level)
                except _DAMAGED:
                    damaged.append(PurePosixPath(_name_of(entry)).name[:40])
            if damaged:
                found.refused.append(_partly(path.name, damaged, len(found.files) - before))
    except _NO_ARCHIVE:
        found.refused.append(f"压缩包“{path.name}”已损坏，打不开，里面的文件没有读。请重新要一份。")


def _partly(name: str, damaged: Sequence[str], taken: int) -> str:
    names = "、".join(damaged[:3]) + (f" 等 {len(damaged)} 个" if len(damaged) > 3 else "")
    rest = f"其他 {taken} 个表格读了" if taken else "没有读到别的表格"
    return f"压缩包“{name}”里的“{names}”已损坏，没有读；{rest}。请把没有读的重新要一份。"


def _take_out(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, into: Path, found: Arrivals, level: int) -> None:
    name = PurePosixPath(_name_of(entry).replace("\\", "/"))
    if any(part.startswith(_PASSED_OVER) and part not in (".", "..") for part in name.parts):
        return
    ending = name.suffix.lower()
    if ending not in (*ENDINGS, _ARCHIVE):
        found.others += 1
        return
    if entry.flag_bits & 1:
        found.refused.append(f"压缩包“{path.name}”里的“{name.name}”有密码，没有读。请去掉密码再压缩一次。")
        return
    if ending == _ARCHIVE and level >= _LEVELS:
        found.refused.append(f"压缩包“{path.name}”里又套着压缩包“{name.name}”，没有打开。请先解压。")
        return
    target, content = into / f"{len(found.files):03}" / _fitting(name), archive.read(entry)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    except (OSError, ValueError) as error:
        with suppress(OSError, ValueError):
            target.unlink(missing_ok=True)
        why = system_words(error) if isinstance(error, OSError) else "名字不能用"
        found.refused.append(
            f"压缩包“{path.name}”里的“{name.name[:40]}”解压时写不下来（{why}），没有读。请检查磁盘空间，或先解压再导入。"
        )
        return
    if ending == _ARCHIVE:
        _open_archive(target, into, found, level + 1)
    else:
        found.files.append(target)


def _fitting(name: PurePosixPath) -> str:
    """Its own name alone, since a path may point anywhere, cut where no file system would take it."""
    ending = name.suffix
    return name.stem.encode()[: _LONGEST - len(ending)].decode("utf-8", "ignore") + ending


def _name_of(entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return entry.filename
