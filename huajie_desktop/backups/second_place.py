"""The second place for copies: a stick or another disk, seen now and then, and asked for when it was not seen for long."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from huajie_desktop.backups.shelf import OUTSIDE, OWN
from huajie_desktop.errors import Problem, system_words

USUAL_DAYS = 7
_FILE = "second.json"  # in the first place: it is this computer's, not the data's
_remembered: dict[Path, "SecondPlace"] = {}  # by data folder, for one that is deleted while its database is still open


@dataclass(frozen=True)
class SecondPlace:
    """The folder a clerk named, when it was seen last, and after how many days without it the clerk is asked for it."""

    folder: Path
    seen: date
    days: int = USUAL_DAYS

    @property
    def place(self) -> Path:
        """Where the copies stand in it."""
        return self.folder / OUTSIDE

    @property
    def is_there(self) -> bool:
        """Whether it can be written to now; a mount point without its stick has no such folder."""
        return self.place.is_dir()

    def shares_disk(self, data: Path) -> bool:
        """Whether it lies on the very disk of the data, which takes both with it."""
        try:
            return self.folder.stat().st_dev == data.stat().st_dev
        except OSError:
            return False

    def missed(self, today: date) -> int:
        """For how many days it was not seen, 0 while that is not yet long."""
        gone = (today - self.seen).days
        return gone if gone >= self.days else 0


def second_place(data: Path) -> SecondPlace | None:
    """The second place of a data folder, None where nobody named one; as it was known last where that folder is gone."""
    if not data.is_dir():
        return _remembered.get(data)
    _remembered.pop(data, None)
    try:
        said = json.loads((data / OWN / _FILE).read_text("utf-8"))
        known = SecondPlace(Path(said["folder"]), date.fromisoformat(said["seen"]), int(said["days"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    _remembered[data] = known
    return known


def name_second_place(data: Path, folder: Path, today: date) -> SecondPlace:
    """Takes a folder for the second place. Raises Problem where it cannot be written, or lies on the data itself."""
    if folder.resolve().is_relative_to(data.resolve()):
        raise Problem("这个文件夹就在数据文件夹里，没有设为备份位置。请选 U 盘或另一个磁盘上的文件夹。")
    known = second_place(data)
    made = SecondPlace(folder, today, known.days if known else USUAL_DAYS)
    try:
        made.place.mkdir(parents=True, exist_ok=True)
        _keep(data, made)
    except OSError as error:
        raise Problem(f"“{folder}”写不进去（{system_words(error)}），没有设为备份位置。请换一个 U 盘或文件夹。") from error
    return made


def remind_after(data: Path, days: int) -> None:
    """Sets after how many days without the second place the clerk is asked for it. Raises Problem."""
    if (known := second_place(data)) is not None:
        try:
            _keep(data, replace(known, days=days))
        except OSError as error:
            raise Problem("提醒的天数没有保存：数据文件夹写不进去。请检查磁盘空间和权限。") from error


def give_up_second_place(data: Path) -> None:
    """Forgets the second place; the copies in it stay."""
    _remembered.pop(data, None)
    with suppress(FileNotFoundError):
        (data / OWN / _FILE).unlink()


def note_seen(data: Path, today: date) -> None:
    """Notes that the second place holds a copy of today."""
    known = second_place(data)
    if known is not None and known.seen != today and data.is_dir():
        with suppress(OSError):  # then it is asked for earlier than need be
            _keep(data, replace(known, seen=today))


def _keep(data: Path, place: SecondPlace) -> None:
    (data / OWN).mkdir(exist_ok=True)
    said = {**asdict(place), "folder": str(place.folder), "seen": place.seen.isoformat()}
    (data / OWN / _FILE).write_text(json.dumps(said), "utf-8")
