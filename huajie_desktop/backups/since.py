"""What was done since a copy was made, and whether the data goes on from the newest one at all."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Operation
from db.personal import hide_numbers
from huajie_desktop.backups.manifest import about
from huajie_desktop.backups.shelf import OWN, Copy, copies_in
from huajie_desktop.occasions import Occasion

_SHOWN = 200  # steps


class Since(NamedTuple):
    """How many steps were done since, and the latest of them; None where the present data does not go on from that copy."""

    steps: int
    labels: Sequence[str]


def done_since(session: Session, copy: Copy) -> Since | None:
    """The steps of the present data that are not in a copy, the newest first."""
    if copy.manifest is None:
        return None
    last = session.get(Operation, copy.manifest.operation)
    if last is None or last.at.isoformat(sep=" ", timespec="microseconds") != copy.manifest.at:
        return None  # brought back to an earlier day since, or other data
    later = Operation.id > last.id
    labels = session.execute(select(Operation.label).where(later).order_by(Operation.id.desc()).limit(_SHOWN))
    return Since(session.scalar(select(func.count()).where(later)) or 0, [hide_numbers(label) for label in labels.scalars()])


def doubt_of(session: Session, data: Path) -> str:
    """Why the file may not be the one that was worked on last, by the newest copy beside it; "" where nothing says so.

    A copy made before an earlier one was brought back is newer than the data, as it should be.
    """
    newest = next(iter(copies_in(data / OWN)), None)
    if newest is None or newest.manifest is None or newest.occasion == Occasion.RESTORE or done_since(session, newest):
        return ""
    said, copied = about(session.connection()), newest.manifest
    if said.office != copied.office:
        seen = f"现在打开的是另一份数据（{said.title}），最近一份备份（{newest.name}）不是它的，是“{copied.title}”的"
    elif said.operation < copied.operation:
        seen = f"现在的数据比最近一份备份（{newest.name}）旧，少了后来做的 {copied.operation - said.operation} 步"
    else:
        seen = f"现在的数据不是从最近一份备份（{newest.name}）接着做下来的"
    return f"{seen}：数据文件可能被换过。备份没有动，请先到“备份”里核对，再录入。"


def is_of(session: Session, copy: Copy) -> bool:
    """Whether a copy is one of this office's, whatever was done since."""
    return copy.manifest is not None and copy.manifest.office == about(session.connection()).office
