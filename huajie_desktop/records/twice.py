"""Keying in twice: which newly typed amounts and counts are asked for again, and whether the second entry says the same."""

from collections.abc import Mapping

from db.fields import Field, Kind
from huajie_desktop.reading.by_kind import read_cell
from huajie_desktop.reading.known import known_office
from huajie_desktop.seat import SeatSession
from huajie_desktop.settings import TWICE, rule
from huajie_desktop.values.text import fold

REPEATED = frozenset({Kind.MONEY, Kind.NUMBER, Kind.QUANTITIES, Kind.FUNDING})


def fields_to_repeat(
    session: SeatSession, fields: Mapping[str, Field], before: Mapping[str, str], texts: Mapping[str, str]
) -> dict[str, Field]:
    """The fields with amounts or counts typed anew, by key; none where the office does not ask for a second entry."""
    if rule(session, TWICE) != "1":
        return {}
    return {
        key: declared
        for key, declared in fields.items()
        if declared.kind in REPEATED and texts.get(key, "").strip() not in ("", before.get(key, "").strip())
    }


def agree(session: SeatSession, declared: Field, first: str, second: str) -> bool:
    """Whether both entries mean the same: 12.5 and 12.50, 3,000 and 3000, but never something and nothing."""
    if _bare(first) == _bare(second):
        return True
    if not first.strip() or not second.strip():
        return False
    known = known_office(session)
    values = [read_cell(known, declared, "", text).value for text in (first, second)]
    return values[0] is not None and values[0] == values[1]


def _bare(text: str) -> str:
    return "".join(fold(text).split())
