"""Puts finished documents on disk: all of them whole, or what was there before stays."""

import errno
import io
import os
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from db.syncing import sync_folder
from huajie_desktop import temporary
from huajie_desktop.errors import Problem
from huajie_desktop.folders import is_data_folder
from huajie_desktop.temporary import Beside, Stuck, Waiting

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_REASONS = {
    errno.ENOSPC: ("磁盘空间已满", "请腾出空间，或换一个磁盘后重试"),
    errno.EDQUOT: ("磁盘配额已用完", "请腾出空间，或换一个磁盘后重试"),
    errno.EFBIG: ("文件太大，该磁盘存不下", "请换一个磁盘后重试"),
    errno.EROFS: ("该位置是只读的", "请换一个可以写入的文件夹后重试"),
    errno.EACCES: ("没有写入权限，或文件正被别的程序打开", "请关闭打开它的程序，或换一个可以写入的文件夹后重试"),
    errno.EPERM: ("没有写入权限，或文件正被别的程序打开", "请关闭打开它的程序，或换一个可以写入的文件夹后重试"),
    errno.ENOTDIR: ("上级不是文件夹", "请另选一个文件夹后重试"),
    errno.EEXIST: ("上级不是文件夹", "请另选一个文件夹后重试"),
    errno.EISDIR: ("同名的是一个文件夹", "请换一个文件名后重试"),
    errno.EIO: ("磁盘读写出错", "请检查磁盘，或换一个磁盘后重试"),
    errno.ENAMETOOLONG: ("文件名太长", "请换一个短些的文件名后重试"),
}
PDF, WORD, WORKBOOK = ".pdf", ".docx", ".xlsx"
_ARCHIVE = b"PK\x03\x04"  # how a workbook and a word processor's file begin, both archives
_WORDS_IN = "word/document.xml"  # the part that only the latter has
_HEAD = 1024  # bytes that tell what another file is


class NotWritten(Problem):
    """A document could not be written; files that were there before are untouched, but those the sentence names."""

    def __init__(self, target: Path, error: OSError, displaced: Sequence[tuple[Path, Path]] = (), *, stuck: bool = False) -> None:
        reason, advice = _REASONS.get(error.errno or 0, ("写入时出错", "请换一个文件夹后重试"))
        kept = "没有留下不完整的文件，原有文件都没有改动。"
        if stuck:
            kept = "有的新文件已经换上，其余的在下次打开程序时换上，原有文件没有丢。"
        if displaced:  # by target, where what stood there is now
            named = "、".join(f"“{target.name}”原来的内容在“{old.name}”" for target, old in displaced)
            kept = f"有 {len(displaced)} 个文件没能换回原样：{named}；其他原有文件都没有改动。"
        super().__init__(f"无法写入“{target}”：{reason}。{kept}{advice}。")


class Unfit(Problem):
    """A file must not be written at that place: nothing was written."""


def write_files(files: Mapping[Path, bytes]) -> None:
    """Writes every file: all of them, or what was there before stays. Raises NotWritten, Unfit."""
    with staged(files) as put:
        put()


@contextmanager
def staged(files: Mapping[Path, bytes]) -> Iterator[Callable[[], None]]:
    """Writes every file beside its place; what is given puts all of them in place, or leaves all as it was.

    Raises NotWritten and Unfit, as does what is given; without calling it nothing is left of the files.
    """
    for target, data in files.items():
        refuse_unfit(target, data)
    target = next(iter(files), Path())
    with ExitStack() as held:
        try:
            beside = held.enter_context(temporary.beside(list(files)))
            for (target, data), one in zip(files.items(), beside.waiting, strict=True):
                target.parent.mkdir(parents=True, exist_ok=True)
                _write_through(one.new, data)
        except OSError as error:
            raise NotWritten(target, error) from error
        yield partial(_put_all, beside)


def refuse_unfit(target: Path, data: bytes) -> None:
    """Refuses what would fall among the kept data, replace a file of another kind, or bear a name of another kind."""
    if any(map(is_data_folder, target.absolute().resolve().parents)):
        raise Unfit(f"“{target}”在数据文件夹里，那里只放程序自己的数据，没有写任何文件。请另选一个文件夹。")
    kind = _kind_of(io.BytesIO(data))
    if target.suffix.lower() != kind:
        raise Unfit(f"“{target.name}”的结尾不是 {kind}，没有写任何文件。请用 {kind} 结尾的文件名。")
    try:
        with target.open("rb") as there:
            other = _kind_of(there)
    except FileNotFoundError:
        return
    except OSError as error:  # a folder of that name, no right to read: it could not be replaced either
        raise NotWritten(target, error) from error
    if other not in (kind, None):
        raise Unfit(f"“{target}”已经有了，里面不是 {kind} 文件的内容，没有覆盖它，没有写任何文件。请换一个文件名。")


def _kind_of(file: BinaryIO) -> str | None:
    """The ending that fits what a file holds, "" for what none of ours holds, None for an empty one."""
    head = file.read(_HEAD)
    if head.startswith(_ARCHIVE):
        return _kind_of_archive(file)
    if not head or head.startswith(b"%PDF"):
        return PDF if head else None
    return "" if b"\0" in head else ".csv"


def _kind_of_archive(file: BinaryIO) -> str:
    """A workbook unless it has what only a word processor's file has; one that is damaged is taken for a workbook, too."""
    try:
        with zipfile.ZipFile(file) as archive:
            return WORD if _WORDS_IN in archive.namelist() else WORKBOOK
    except zipfile.BadZipFile:
        return WORKBOOK


def name_files(folder: Path, names: list[str], ending: str = PDF) -> list[Path]:
    """A path in `folder` for each name, without signs a file system refuses and without two the same."""
    taken: dict[str, int] = {}
    paths = []
    for name in names:
        stem = _NOT_IN_NAMES.sub("_", name).strip(" .") or "文书"
        count = taken[stem] = taken.get(stem, 0) + 1
        paths.append(folder / (f"{stem}{ending}" if count == 1 else f"{stem}（{count}）{ending}"))
    return paths


def _put_all(beside: Beside) -> None:
    """Moves what is there aside and what is new into place, one after the other; with an error all goes back."""
    begun: list[Waiting] = []
    fresh: set[Path] = set()  # what of it stands in place now
    try:
        with beside.moving():
            for one in beside.waiting:
                begun.append(one)
                if os.path.lexists(one.target):
                    os.replace(one.target, one.old)
                os.replace(one.new, one.target)
                fresh.add(one.target)
            for folder in {one.target.parent for one in beside.waiting}:
                with suppress(OSError):  # some network folders cannot
                    sync_folder(folder)
    except Stuck as error:
        raise NotWritten(begun[-1].target, error, stuck=True) from error
    except BaseException as error:
        displaced = [(one.target, kept) for one in reversed(begun) if (kept := _put_back(one, fresh))]
        if isinstance(error, OSError):
            raise NotWritten(begun[-1].target if begun else beside.waiting[0].target, error, displaced) from error
        raise


def _put_back(one: Waiting, fresh: set[Path]) -> Path | None:
    """Makes a target what it was; where that cannot be, what stood there gets a name to be found by, which is returned."""
    try:
        if os.path.lexists(one.old):
            os.replace(one.old, one.target)
        elif one.target in fresh:
            one.target.unlink()
    except OSError:
        named = one.target.with_name(f"{one.target.stem}（原来的）{one.target.suffix}")
        with suppress(OSError):
            os.rename(one.old, named)
            return named
        return one.old if os.path.lexists(one.old) else None  # the next start tries once more
    return None


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
