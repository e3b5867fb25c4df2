"""What the status report says of the way from hand-over to sign-off: lights, supervision, extensions, sign-offs."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, select, true

from db.extensions import DECISIONS
from db.models import Campaign, Extension, Task
from huajie_desktop.lights.unreported import stood
from huajie_desktop.papers.bulletin_words import of_findings, of_lights, of_notices
from huajie_desktop.seat import SeatSession
from huajie_desktop.supervision.bulletin import Bulletin
from huajie_desktop.work.task_ledger import TASKS


def sentences(session: SeatSession, counted: Bulletin, year: Campaign, *, approved_only: bool) -> Mapping[str, str]:
    """What the fields of the report's wording say of it, by their labels."""
    return {
        "亮灯情况": of_lights(counted.whole), "督查情况": of_notices(counted.whole) + of_findings(counted.whole),
        "延期情况": _extended(session, counted.day, year), "销号情况": _signed_off(session, counted.day, year, approved_only),
    }  # fmt: skip


def _extended(session: SeatSession, day: date, year: Campaign) -> str:
    """What more time was asked for by that day, and what was decided by then."""
    decided = Extension.decided_on <= day
    stands = case((and_(Extension.state.in_(("granted", "refused")), decided), Extension.state), else_="asked")
    asked = select(stands, func.count()).where(
        Extension.campaign_id == year.id, Extension.state != "draft", Extension.asked_on <= day
    )  # fmt: skip
    counts = {state: count for state, count in session.execute(asked.group_by(stands))}
    if not counts:
        return "今年以来没有申请延期的任务。"
    said = "、".join(f"{word}{counts[state]}项" for state, word in DECISIONS.items() if state in counts)
    return f"今年以来申请延期{sum(counts.values())}项：{said}。"


def _signed_off(session: SeatSession, day: date, year: Campaign, approved_only: bool) -> str:
    """How many tasks were signed off by that day, and how many wait for it."""
    among = and_(Task.campaign_id == year.id, TASKS.settled(Task) if approved_only else true())

    def counted(*conditions: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(Task).where(among, *conditions)) or 0

    signed = counted(Task.signed_off_on <= day)
    waiting = counted(stood(day) == "applied")
    return f"已销号{signed}项" + (f"，申请销号还没有核验的{waiting}项。" if waiting else "。")
