"""Going straight to something: tasks, people, units and ledger records by number, characters or pinyin initials."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from db.models import Unit
from db.personal import hide_numbers
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.lines import Line
from huajie_desktop.records.listing import record_lines
from huajie_desktop.seat import SeatSession, visible

KINDS = ("task", "person", "unit", "ledger")  # of hits, in the order in which they are told


class Found(NamedTuple):
    """One hit: kind (task, person, unit, ledger), its ledger's key, the record's id, its name and what tells it apart."""

    kind: str
    key: str
    id: int
    title: str
    detail: str


def find(session: SeatSession, text: str, limit: int = 6) -> list[Found]:
    """What `text` names, at most `limit` of each kind; the exact ones first, then those beginning with it, then the others."""
    text = " ".join(text.lower().split())
    if not text:
        return []
    found: dict[str, list[Found]] = {kind: [] for kind in KINDS}
    for ledger in session.seat.catalogue.values():
        found[ledger.subject] += _found(session, ledger, text, limit)
    return [hit for hits in found.values() for hit in hits[:limit]]


def _found(session: SeatSession, ledger: Ledger, text: str, limit: int) -> list[Found]:
    model: Any = ledger.model
    statement = select(model.id).where(*(_says(ledger, word, several=" " in text) for word in text.split()))
    statement = statement.where(*visible(session.seat, model))
    ids = list(session.scalars(statement.order_by(_rank(ledger, text), model.id).limit(limit)))
    apart = ledger.shown.apart or (ledger.place,)
    keys = [key for key in (ledger.name, "number", *apart, ledger.closes_by) if key and key in ledger.fields]
    return [_hit(ledger, line) for line in record_lines(session, ledger, ids, keys)]


def _hit(ledger: Ledger, line: Line) -> Found:
    cells = dict(line.cells)
    title = cells.pop(ledger.name)
    closed = "已停用" if cells.pop(ledger.closes_by, "") else ""
    first = ledger.title if ledger.subject == "ledger" else ""
    return Found(
        ledger.subject,
        ledger.key,
        line.id,
        hide_numbers(title),
        hide_numbers(" · ".join(filter(None, (first, *cells.values(), closed)))),
    )


def _says(ledger: Ledger, word: str, *, several: bool) -> ColumnElement[bool]:
    """Records called so; of several words one may name the record's unit (倪宅 路灯)."""
    model: Any = ledger.model
    inside = _like("%", word, "%")
    said = [model.search.like(inside, escape="\\"), *_number(ledger, inside)]
    if several and ledger.place:
        units = select(Unit.id).where(Unit.search.like(inside, escape="\\"))
        said.append(getattr(model, ledger.fields[ledger.place].name).in_(units))
    return or_(*said)


def _rank(ledger: Ledger, text: str) -> ColumnElement[int]:
    model: Any = ledger.model
    name = getattr(model, ledger.fields[ledger.name].name)
    begins = [model.search.like(_like(start, text, "%"), escape="\\") for start in ("", "% ")]  # the words, or their initials
    begins += [part for like in (_like("", text, "%"), _like("%", text, "")) for part in _number(ledger, like)]
    exact = [func.lower(name) == text, *_number(ledger, _like("", text, ""))]
    return case((or_(*exact), 0), (or_(*begins), 1), else_=2)


def _number(ledger: Ledger, like: str) -> Sequence[ColumnElement[bool]]:
    """Whether the record's number reads so, where it has one."""
    model: Any = ledger.model
    return [and_(model.number.is_not(None), model.number.ilike(like, escape="\\"))] if ledger.has_number else []


def _like(before: str, text: str, behind: str) -> str:
    return before + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + behind
