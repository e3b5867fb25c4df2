"""Which records a list shows: those written as wanted, or where nothing is, those that sound so."""

from array import array
from dataclasses import replace

from sqlalchemy import select

from db.words.searching import words_of
from db.words.sounding import Ear
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.listing import Wanted, conditions, record_ids
from huajie_desktop.records.sought import listening
from huajie_desktop.seat import SeatSession


def found_ids(
    session: SeatSession, ledger: Ledger, wanted: Wanted, sort: str = "", descending: bool = False, *, group: str = ""
) -> "tuple[Wanted, array[int]]":
    """What `record_ids` says, or where nothing is written as wanted what sounds so; and what was looked for in the end."""
    ids = record_ids(session, ledger, wanted, sort, descending, group=group)
    if ids or not wanted.text:
        return wanted, ids

    def is_there(ear: Ear) -> bool:
        spoken = select(ledger.model.id).where(*conditions(session, ledger, replace(wanted, ear=ear)))
        return session.scalar(spoken.limit(1)) is not None

    wanted = replace(wanted, ear=listening(words_of(wanted.text), is_there))
    return wanted, record_ids(session, ledger, wanted, sort, descending, group=group) if wanted.ear else ids
