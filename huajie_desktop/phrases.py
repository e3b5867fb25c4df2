"""Usual phrases (常用语): what a person writes again and again in one sort of field, the one used last in front."""

from collections.abc import Mapping, Sequence

from huajie_desktop.errors import Problem
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.settings import habit, keep_habit
from huajie_desktop.values.text import trim

RETURNING, ASKING, ANSWERING, UNLOCKING = "退回原因", "疑问", "答复", "解锁原因"
_MOST, _LONGEST = 50, 500  # phrases of one field, characters of one
_SHIPPED: Mapping[str, Sequence[str]] = {
    RETURNING: ("责任人没有写全，请补上", "完成时限不明确，请写到月或日", "目标要求请写得具体一些", "和另一项重复，请核对"),
    ASKING: ("请核对金额的单位是元还是万元", "请核对完成时限", "责任人是不是写错了", "是不是和另一项重复了"),
    ANSWERING: ("已核对，没有错", "已改正", "和村里核对过，以表里的为准"),
}


def phrases(session: SeatSession, place: str) -> list[str]:
    """What the person at the seat writes in a field; `place` is its label. At first the few that are shipped."""
    kept = habit(session, _name(place), list)
    return list(_SHIPPED.get(place, ()) if kept is None else kept)


def keep_phrase(seat: Seat, place: str, text: str) -> list[str]:
    """Keeps a phrase, or puts a kept one in front as the one used last; returns all. Raises Problem as `keep_phrases`."""
    text = trim(text)
    with seat.reading() as session:
        others = [phrase for phrase in phrases(session, place) if phrase != text]
    return keep_phrases(seat, place, [text, *others] if text else others)


def keep_phrases(seat: Seat, place: str, texts: Sequence[str]) -> list[str]:
    """Keeps these as the phrases of a field, in this order, each once. Raises Problem for an overlong one, and for too many."""
    found = list(dict.fromkeys(filter(None, map(trim, texts))))
    if (longest := max(map(len, found), default=0)) > _LONGEST:
        raise Problem(f"常用语最多 {_LONGEST} 个字，这里有 {longest} 个，没有存。")
    if len(found) > _MOST:
        raise Problem(f"常用语最多 {_MOST} 句，没有存。请先删去不用的（Alt+↓，光标移到那一句按 Del）。")
    keep_habit(seat, _name(place), found)
    return found


def _name(place: str) -> str:
    return f"phrases/{place}"[:80]
