"""Trying out whether a copy can be brought back: into a folder of its own, compared with what the copy says of itself."""

from pathlib import Path
from typing import NamedTuple

from db.backup import opened_copy
from db.belonging import models_by_table
from db.checking import counts
from db.models import Attachment, Entry, Paper, Person, Unit
from huajie_desktop import temporary
from huajie_desktop.backups.bringing_back import NotBroughtBack, bring_back
from huajie_desktop.backups.file_store import digest_of
from huajie_desktop.backups.manifest import about, read_files
from huajie_desktop.backups.shelf import Copy
from huajie_desktop.folders import DATABASE
from huajie_desktop.jobs import Job

_NAMED = (Entry, Unit, Person, Paper, Attachment)  # what a clerk knows by its name; the rest is counted together


class Compared(NamedTuple):
    """One thing that was compared: what the copy says, what was found after bringing it back."""

    what: str
    told: str
    found: str

    @property
    def agrees(self) -> bool:
        """Whether both are the same."""
        return self.told == self.found


class Drill(NamedTuple):
    """How trying it went; `refusal` says why it ended early, "" where it did not."""

    copy: Copy
    compared: list[Compared]
    later: int | None  # steps done since the copy was made, None where the present data cannot be asked
    refusal: str = ""

    @property
    def worked(self) -> bool:
        """Whether the copy can be relied on."""
        return not self.refusal and all(line.agrees for line in self.compared)

    @property
    def sentence(self) -> str:
        """How it went in a sentence."""
        if self.refusal:
            return f"恢复演练没有成功：{self.refusal}"
        wrong = sum(not line.agrees for line in self.compared)
        return f"恢复演练成功：{self.copy.name} 的备份能够恢复" if not wrong else f"恢复演练没有成功：有 {wrong} 项对不上"


def rehearse(copy: Copy, data: Path, key: str | None = None, job: Job | None = None) -> Drill:
    """Brings a copy back into a temporary folder and compares; the data is not touched. Raises Cancelled, Problem."""
    later = _later(copy, data, key)
    with temporary.folder(data) as scratch:
        try:
            lost = bring_back(copy, Path(scratch) / "data", key, job).lost
        except NotBroughtBack as refused:
            return Drill(copy, [], later, str(refused))
        return Drill(copy, _compare(copy, Path(scratch) / "data", key, lost), later)


def _later(copy: Copy, data: Path, key: str | None) -> int | None:
    if copy.manifest is None or not (data / DATABASE).is_file():
        return None
    with opened_copy(data / DATABASE, key) as connection:
        return max(0, about(connection).operation - copy.manifest.operation)


def _compare(copy: Copy, data: Path, key: str | None, lost: list[str]) -> list[Compared]:
    with opened_copy(data / DATABASE, key) as connection:
        found = counts(connection)
    if copy.manifest is None:
        return [Compared("数据库检查", "完好", "完好")]  # an older program's copy: it could be brought back, so it is whole
    told = copy.manifest.rows
    lines = [
        Compared("数据库检查、操作记录核对", "完好", "完好"),
        Compared("数据库校验值（前 12 位）", copy.manifest.digest[:12], digest_of(data / DATABASE)[:12]),
    ]
    titled = {name: model.TITLE for name, model in models_by_table().items() if issubclass(model, _NAMED)}
    lines += [
        Compared(title, f"{told.get(name, 0)} 条", f"{found.get(name, 0)} 条")
        for name, title in titled.items()
        if told.get(name) or found.get(name)
    ]
    lines.append(Compared("操作记录", f"{told.get('journal', 0)} 条", f"{found.get('journal', 0)} 条"))
    lines.append(Compared("全部各表", f"{sum(told.values())} 条", f"{sum(found.values())} 条"))
    files = read_files(copy.folder) or []
    right = sum(digest_of(data / file.path) == file.digest for file in files if file.path not in lost)
    lines.append(Compared("附件和导入的原件（逐个核对内容）", f"{len(files)} 个", f"{right} 个"))
    return lines
