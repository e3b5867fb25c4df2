"""What was done since a copy was made."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Operation
from db.personal import hide_numbers
from huajie_desktop.backups.shelf import Copy

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
