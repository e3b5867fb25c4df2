"""What can go wrong in a way a clerk can act on: each error carries the Chinese sentence that is shown."""

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


_SENTENCES = {
    Reason.FULL: "磁盘已满或写不进去，本次改动没有保存，原有数据完好。请腾出空间后重试。",
    Reason.READ_ONLY: "数据文件夹不能写入，本次改动没有保存，原有数据完好。请检查文件夹权限，或换一个数据文件夹。",
    Reason.BUSY: "数据正被另一个程序占用，本次改动没有保存。请稍候再试。",
    Reason.DAMAGED: "数据文件已损坏，程序没有改动它。请不要删除该文件，用备份恢复或联系管理员。",
    Reason.NEWER: "数据是由更新版本的程序建立的，本版本不能打开，数据没有被改动。请安装新版本后再打开。",
    Reason.UNREADABLE: "数据文件打不开，程序没有改动它。请检查文件权限。",
    Reason.UNREACHABLE: "连不上数据服务器，本次改动没有保存，原有数据完好。请检查网络和服务器，再试一次。",
    Reason.UNFIT: "有的文字里含有不能保存的字符（空字符或半个字），本次改动没有保存，原有数据完好。请重新输入这段文字再试。",
    Reason.OVERLONG: "有的文字太长或数字太大，存不下，本次改动没有保存，原有数据完好。请改短后再试。",
}


@contextmanager
def storage_problems(where: str = "") -> Iterator[None]:
    """Words the database's refusals for the user; `where` names the data folder."""
    try:
        yield
    except StorageError as error:
        raise Problem(_SENTENCES[error.reason] + (f"（数据文件夹：{where}）" if where else "")) from error
