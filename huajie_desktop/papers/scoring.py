"""What a score sheet is about: the categories villages are scored in, and the full marks of each."""

import re
from collections.abc import Sequence

from sqlalchemy import select

from db.models import Campaign, Category, Dimension
from huajie_desktop.errors import Problem
from huajie_desktop.seat import SeatSession

ARENA = "五大比拼"  # the dimension villages are scored in (article of 2021-02)


def scored_in(session: SeatSession, year: Campaign) -> list[str]:
    """What villages are scored in: the arena's categories, those of the last dimension where there is none of its name."""
    dimensions = session.scalars(select(Dimension).where(Dimension.campaign_id == year.id).order_by(Dimension.position)).all()
    arena = next((dimension for dimension in dimensions if dimension.name == ARENA), dimensions[-1] if dimensions else None)
    found = select(Category.name).where(Category.dimension_id == arena.id).order_by(Category.position) if arena else None
    return list(session.scalars(found)) if found is not None else []


def full_marks(said: str, subjects: Sequence[str]) -> list[str]:
    """The full marks of each subject: one figure for all or one for each. Raises Problem where these are not as many."""
    found = [one for one in re.split(r"[、，,；;\s]+", said) if one]
    if len(found) not in (0, 1, len(subjects)):
        raise Problem(
            f"“分值”写了 {len(found)} 个，评分的项目有 {len(subjects)} 个（{'、'.join(subjects)}），没有制作。"
            "请改成一样多，或只写一个。"
        )
    return found * len(subjects) if len(found) == 1 else found
