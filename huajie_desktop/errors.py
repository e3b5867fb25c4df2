"""What can go wrong in a way a clerk can act on: each error carries the Chinese sentence that is shown."""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from db.errors import Reason, StorageError


class Problem(Exception):
    """Something the user must know; str() is the sentence shown: what happened, what was kept, what to do."""


class Cancelled(Problem):
    """The user stopped a job; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__("已取消，没有保存任何内容。")


class Misuse(Problem):
    """A command was written in a way that means nothing."""


class FieldErrors(Problem):
    """A record cannot be saved as typed; `messages` says by field what to mend."""

    def __init__(self, messages: Mapping[str, str]) -> None:
        super().__init__("；".join(messages.values()))
        self.messages = dict(messages)


class Displaced(Problem):
    """The database's file was moved away or replaced while it was open: what it held can be saved elsewhere as long as it is."""


class Damaged(Problem):
    """Something kept cannot be read any more: a copy can take its place."""


_SENTENCES = {
    Reason.FULL: "磁盘已满或写不进去，本次改动没有保存，原有数据完好。请腾出空间后重试。",
    Reason.BROKEN_DISK: "磁盘读写出错，这一步没有完成，本次改动没有保存。可能是磁盘有故障，U 盘松动或拔出，"
    "或者文件大到这里放不下。请检查磁盘，先把数据文件夹复制一份，再重试。",
    Reason.READ_ONLY: "数据文件夹不能写入，本次改动没有保存，原有数据完好。请检查文件夹权限，或换一个数据文件夹。",
    Reason.BUSY: "数据正被另一个程序占用，本次改动没有保存。请稍候再试。",
    Reason.DAMAGED: "数据文件已损坏，有的内容读不出来。这一步没有完成，也没有改动它。"
    "请不要删除该文件，先把数据文件夹复制一份，再用备份恢复或联系管理员。",
    Reason.EMPTY: "数据文件 huajie.db 是空的，里面没有数据，程序没有改动它。请用备份恢复；"
    "如果这里从来没有过数据，请先删除这个空文件，再重新打开。",
    Reason.FOREIGN: "这里的 huajie.db 不是本程序的数据，程序没有改动它。请换一个数据文件夹，或找回原来的 huajie.db。",
    Reason.MOVED: "数据文件在程序打开的时候被删除、移走或换成了别的文件，这一步没有存到原来的位置。"
    "程序里还留着全部记录，附件和导入的原件不在其中：请先另存数据，再关闭程序。",
    Reason.LINKED: "数据文件 huajie.db 在别的文件夹里还有一个名字（硬链接），从两处打开会写坏，没有打开，也没有改动它。"
    "请把那一个换成复制件，再重新打开。",
    Reason.NEWER: "数据是由更新版本的程序建立的，本版本不能打开，数据没有被改动。请安装新版本后再打开。",
    Reason.UNREADABLE: "数据文件打不开，程序没有改动它。请检查文件权限。",
    Reason.UNREACHABLE: "连不上数据服务器，本次改动没有保存，原有数据完好。请检查网络和服务器，再试一次。",
    Reason.UNFIT: "有的文字里含有不能保存的字符（空字符或半个字），本次改动没有保存，原有数据完好。请重新输入这段文字再试。",
    Reason.OVERLONG: "有的文字太长或数字太大，存不下，本次改动没有保存，原有数据完好。请改短后再试。",
}
_KINDS: Mapping[Reason, type[Problem]] = {Reason.MOVED: Displaced, Reason.DAMAGED: Damaged}  # what more can be offered with
_SYSTEM_WORDS = {
    "EACCES": "没有权限", "EPERM": "没有权限", "EROFS": "磁盘是只读的", "ENOSPC": "磁盘已满", "EDQUOT": "磁盘配额已用完",
    "EFBIG": "文件太大", "EIO": "磁盘读写出错", "ENOENT": "文件或文件夹不在了", "ENOTDIR": "上级文件夹不是文件夹",
    "EISDIR": "那里是一个文件夹", "EEXIST": "已有同名的文件", "ENOTEMPTY": "文件夹不是空的", "ENAMETOOLONG": "名称太长",
    "EBUSY": "正被别的程序占用", "ETXTBSY": "正被别的程序占用", "EMFILE": "打开的文件太多", "ENFILE": "打开的文件太多",
    "ENODEV": "磁盘不在了", "ENXIO": "磁盘不在了", "ELOOP": "链接绕成了圈", "EXDEV": "不在同一个磁盘上",
    "ESTALE": "网络位置断开了", "ETIMEDOUT": "网络位置连不上", "EHOSTDOWN": "网络位置连不上", "ENOMEM": "内存不够",
    "EINVAL": "名称不合要求", "EILSEQ": "名称里有不能用的字",
}  # fmt: skip
_BY_ERRNO = {getattr(errno, name): words for name, words in _SYSTEM_WORDS.items() if hasattr(errno, name)}
_IN_USE = (32, 33)  # Windows: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, of which Python only says that access is denied


def system_words(error: OSError) -> str:
    """Why the system refused, in Chinese; its own words are English on most computers."""
    if getattr(error, "winerror", None) in _IN_USE:
        return "正被别的程序占用"
    unknown = "原因不明" if error.errno is None else f"系统错误 {error.errno}"
    return _BY_ERRNO.get(error.errno or 0, unknown)


@contextmanager
def storage_problems(where: str = "") -> Iterator[None]:
    """Words the database's refusals for the user; `where` names the data folder."""
    try:
        yield
    except StorageError as error:
        raise _KINDS.get(error.reason, Problem)(
            _SENTENCES[error.reason] + (f"（数据文件夹：{where}）" if where else "")
        ) from error
