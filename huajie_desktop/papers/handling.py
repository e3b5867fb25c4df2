"""How a paper is printed, which is no part of what it says: asked for when it is made, kept as a person's habit."""

import re
from collections.abc import Mapping

from huajie_desktop.errors import FieldErrors
from huajie_desktop.papers.paper_kinds import BOUGHT, DOWN, RIGHT, TILED, PaperKind
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.settings import habit, keep_habit
from huajie_desktop.typesetting.looks import Handling

_MOST = 50.0  # mm
_SHEETS = {choice: paper for choice in TILED.choices for paper in re.findall(r"A\d", choice)}
_LENGTH = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*(?:mm|毫米)?")
_SIGNS = str.maketrans("－—–＋．", "---+.")


def handling_of(kind: PaperKind, said: Mapping[str, str]) -> Handling:
    """How papers of a kind are printed by what the clerk said by label. Raises FieldErrors for what is no length in mm."""
    texts = {one.label: said.get(one.label, "").strip() for one in kind.handled}
    lengths: dict[str, float] = {}
    for one in (RIGHT, DOWN):
        text = texts.get(one.label, "").translate(_SIGNS)
        found = _LENGTH.fullmatch(text or "0")
        if found is None or abs(float(found[1])) > _MOST:
            raise FieldErrors({one.label: f"请写毫米数，如 1.5、-2，不超过 {_MOST:.0f}"})
        lengths[one.label] = float(found[1])
    bought = texts.get(BOUGHT.label) == list(BOUGHT.choices)[-1]
    return Handling(_SHEETS.get(texts.get(TILED.label, ""), ""), bought, lengths[RIGHT.label], lengths[DOWN.label])


def usual_handling(session: SeatSession, kind: PaperKind) -> dict[str, str]:
    """How whoever sits here printed papers of a kind last, by label; the first choices where that was never."""
    kept = habit(session, _name(kind), dict) or {}
    return {one.label: str(kept.get(one.label, next(iter(one.choices), ""))) for one in kind.handled}


def keep_handling(seat: Seat, kind: PaperKind, said: Mapping[str, str]) -> None:
    """Keeps how papers of a kind are printed, to be proposed the next time."""
    fresh = {one.label: said[one.label] for one in kind.handled if one.label in said}
    with seat.reading() as session:
        changed = bool(fresh) and fresh != habit(session, _name(kind), dict)
    if changed:
        keep_habit(seat, _name(kind), fresh)


def _name(kind: PaperKind) -> str:
    return f"handling:{kind.key}"
