"""What is judged of records on a day and kept nowhere, as the light of a task: in lines, in their order, as a condition."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, case

from db.images import CHUNK
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.lines import Line
from huajie_desktop.seat import SeatSession


def with_judged(session: SeatSession, ledger: Ledger, lines: list[Line], day: date | None = None) -> list[Line]:
    """The lines with the word, the colour and the reason of what is judged of their records on that day, by default today."""
    judgement = ledger.shown.judged
    if judgement is None or not lines:
        return lines
    key = judgement.key
    found = judged_at(session, ledger, [line.id for line in lines], day)
    made = []
    for line in lines:
        if line.id in found:
            value, why = found[line.id]
            line.cells[key] = judgement.words[value]
            line = line._replace(tints={**line.tints, key: judgement.colours[value]}, tips={**line.tips, key: why})
        made.append(line)
    return made


def judged_at(session: SeatSession, ledger: Ledger, ids: Sequence[int], day: date | None = None) -> Mapping[int, tuple[str, str]]:
    """What is judged of those records on that day, and why, by id; nothing where their ledger judges nothing."""
    judgement, found = ledger.shown.judged, dict[int, tuple[str, str]]()
    if judgement is not None:
        on = day or session.seat.today()
        for start in range(0, len(ids), CHUNK):
            found.update(judgement.of(session, ids[start : start + CHUNK], on))
    return found


def judged_place(session: SeatSession, ledger: Ledger, key: str, day: date | None = None) -> ColumnElement[int] | None:
    """Where a record stands in the order of what is judged on that day; None unless `key` is the key of that."""
    judgement = ledger.shown.judged
    if judgement is None or judgement.key != key:
        return None
    places = {value: place for place, value in enumerate(judgement.words)}
    return case(places, value=judgement.column(session, day or session.seat.today()), else_=len(places))
