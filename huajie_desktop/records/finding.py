"""Going straight to something: tasks, people, units and ledger records by number, characters, initials or sound."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, or_, select

from db.models import Unit
from db.personal import hide_numbers
from db.words.matching import begins
from db.words.searching import nearness, words_of
from db.words.sounding import Ear
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.lines import Line
from huajie_desktop.records.listing import record_lines
from huajie_desktop.records.sought import listening, numbered, sought
from huajie_desktop.seat import SeatSession, visible

KINDS = ("task", "person", "unit", "ledger")  # of hits, in the order in which they are told
_HEARD = 200  # of each kind that sound so, of which the nearest are told
_NAMES = ("person", "unit")  # listened for first: they are few, and what lists find by sound bears mostly their names
_LISTENED = 5_000  # other records of a ledger, the newest, listened to beside a key that is typed; its list goes through all


class Found(NamedTuple):
    """One hit: kind (task, person, unit, ledger), its ledger's key, the record's id, its name and what tells it apart.

    `by_sound`: it is not called so, but sounds so.
    """

    kind: str
    key: str
    id: int
    title: str
    detail: str
    by_sound: bool = False


def find(session: SeatSession, text: str, limit: int = 6) -> list[Found]:
    """What `text` names, at most `limit` of each kind; the exact ones first, then those beginning with it, then the others.

    By sound only where nothing is called so: people and units, and where none sound so either the newest records of the ledgers.
    """
    words = words_of(text)
    if not words:
        return []
    found = _all_found(session, words, Ear.LETTER, limit, KINDS)
    for kinds in (_NAMES, [kind for kind in KINDS if kind not in _NAMES]):
        if not any(found.values()):
            found = _heard(session, words, limit, kinds)
    return [hit for hits in found.values() for hit in hits[:limit]]


def _heard(session: SeatSession, words: Sequence[str], limit: int, kinds: Sequence[str]) -> dict[str, list[Found]]:
    """What of those kinds sounds so."""

    def is_there(ear: Ear) -> bool:
        return any(_all_found(session, words, ear, 1, kinds).values())

    ear = listening(words, is_there)
    return _all_found(session, words, ear, limit, kinds) if ear else {}


def _all_found(session: SeatSession, words: Sequence[str], ear: Ear, limit: int, kinds: Sequence[str]) -> dict[str, list[Found]]:
    found: dict[str, list[Found]] = {kind: [] for kind in kinds}
    for ledger in session.seat.catalogue.values():
        if ledger.subject in kinds:
            found[ledger.subject] += _found(session, ledger, words, ear, limit)
    return found


def _found(session: SeatSession, ledger: Ledger, words: Sequence[str], ear: Ear, limit: int) -> list[Found]:
    model: Any = ledger.model
    statement = select(model.id).where(*(_says(ledger, word, ear, several=len(words) > 1) for word in words))
    statement = statement.where(*visible(session.seat, model))
    if ear is Ear.LETTER:
        ids = list(session.scalars(statement.order_by(_rank(ledger, words), model.id).limit(limit)))
    else:
        if ledger.subject not in _NAMES:
            statement = statement.where(model.id >= _oldest(session, model))
        rows = session.execute(statement.add_columns(model.search).order_by(model.id.desc()).limit(_HEARD))
        near = sorted((_near(search, words, ear), record_id) for record_id, search in rows)
        ids = [record_id for _near_it, record_id in near[:limit]]
    apart = ledger.shown.apart or (ledger.place,)
    keys = [key for key in (ledger.name, "number", *apart, ledger.closes_by) if key and key in ledger.fields]
    return [_hit(ledger, line, ear) for line in record_lines(session, ledger, ids, keys)]


def _oldest(session: SeatSession, model: Any) -> int:
    """The first record that is listened to."""
    newest = select(model.id).where(*visible(session.seat, model)).order_by(model.id.desc())
    return session.scalar(newest.offset(_LISTENED - 1).limit(1)) or 0


def _near(search: str, words: Sequence[str], ear: Ear) -> int:
    found = nearness(search, " ".join(words), ear)
    return 3 if found is None else found


def _hit(ledger: Ledger, line: Line, ear: Ear) -> Found:
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
        ear is not Ear.LETTER,
    )


def _says(ledger: Ledger, word: str, ear: Ear, *, several: bool) -> ColumnElement[bool]:
    """Records called so; of several words one may name the record's unit (倪宅 路灯)."""
    model: Any = ledger.model
    found = sought(model, word, ear)
    if several and ledger.place:
        units = select(Unit.id).where(sought(Unit, word, ear))
        found |= getattr(model, ledger.fields[ledger.place].name).in_(units)
    return found


def _rank(ledger: Ledger, words: Sequence[str]) -> ColumnElement[int]:
    """0 for the very name or number, 1 for a beginning (or the end of a number), 2 for the others."""
    model: Any = ledger.model
    text = "".join(words)
    exact = [begins(model.search, text, whole=True), *numbered(model, text, "", "")]
    near = [begins(model.search, text), *numbered(model, text, ""), *numbered(model, text, behind="")]
    return case((or_(*exact), 0), (or_(*near), 1), else_=2)
