"""What somebody typed and what others changed meanwhile: brought together where it is other fields, asked about where not."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select

from db.base import Record
from db.fields import Field
from db.models import Operation
from huajie_desktop.errors import Problem
from huajie_desktop.seat import SeatSession
from huajie_desktop.values.names import same_name

_LONGEST = 30  # characters of a value in a sentence


class Seen(NamedTuple):
    """A record as it was shown to whoever types: its version then, and its texts by field key."""

    version: int
    texts: Mapping[str, str]


class Clash(NamedTuple):
    """A field changed on both sides: what it said before, what it says now, what was typed here."""

    key: str
    label: str
    seen: str
    now: str
    typed: str


class ChangedMeanwhile(Problem):
    """Fields typed here were changed by somebody else since they were shown; `now` is the record as it is."""

    def __init__(self, noun: str, who: str, clashes: list[Clash], now: Seen) -> None:
        values = "；".join(
            f"{clash.label}原来是“{_short(clash.seen)}”，现在是“{_short(clash.now)}”，您填的是“{_short(clash.typed)}”"
            for clash in clashes
        )
        super().__init__(f"您填写的时候，{who}改过这条{noun}：{values}。没有保存，请选用哪一个。")
        self.noun, self.who, self.clashes, self.now = noun, who, clashes, now


def bring_together(
    session: SeatSession,
    record: Record,
    now: Mapping[str, str],
    typed: Mapping[str, str],
    seen: Seen | None,
    fields: Mapping[str, Field],
) -> dict[str, str]:
    """The typed texts that change something; `now` are the record's present ones. Raises ChangedMeanwhile.

    Without `seen` what is typed counts as typed at this moment.
    """
    changes = {key: text for key, text in typed.items() if text.strip() != now.get(key, "").strip()}
    if seen is not None and seen.version != record.version:
        clashes = [
            Clash(key, fields[key].label, seen.texts.get(key, ""), now.get(key, ""), text)
            for key, text in changes.items()
            if key in fields and seen.texts.get(key, "").strip() != now.get(key, "").strip()
        ]
        if clashes:
            raise ChangedMeanwhile(record.TITLE, _who(session, record), clashes, Seen(record.version, now))
    return changes


def _who(session: SeatSession, record: Record) -> str:
    """Whoever changed it last, in words; oneself in another form, or by taking a step back."""
    name = session.scalar(select(Operation.actor).where(Operation.id == record.version))
    return "您自己在别处" if name is None or same_name(name, session.seat.author.name) else str(name)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return (line[:_LONGEST] + "…" if len(line) > _LONGEST else line) or "空"
