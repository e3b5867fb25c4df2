"""Records about a task, named by its unit and its name: which task is meant is found when they are kept."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import inspect, select

from db.base import Entry
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.seat import SeatSession, visible
from huajie_desktop.values.text import fold


def found_of(session: SeatSession, of: Ledger, unit_id: int, name: str) -> list[int]:
    """The ids of the records of `of` that have that unit and that name."""
    wanted = (*visible(session.seat, of.model), of.column(str(of.place)) == unit_id)
    kept = session.execute(select(of.model.id, of.column(of.name)).where(*wanted).order_by(of.model.id))
    return [record_id for record_id, said in kept if fold(said) == fold(name)]


def settle_about(of: Ledger, column: str, *, needed: bool) -> Callable[[SeatSession, Any], Mapping[str, str]]:
    """What points a record at the one it is about; where `needed` it must be one of those kept, and one alone."""

    def settle(session: SeatSession, record: Entry) -> Mapping[str, str]:
        said: Any = record
        if getattr(said, column) is not None and not inspect(said).attrs.title.history.has_changes():
            return {}
        found = found_of(session, of, said.unit_id, said.title)
        if len(found) == 1:
            setattr(said, column, found[0])
        elif needed:
            why = f"有 {len(found)} 个" if found else "没有"
            return {"title": f"{of.title}里这个单位{why}“{said.title[:40]}”，请按清单写{of.noun}名称"}
        return {}

    return settle
