"""What the clerk says of a paper: the usual words, as they stand on paper, the day it bears, and what is odd about them."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from db.fields import Field, Kind
from db.models import Task
from huajie_desktop.papers.handling import handling_of, usual_handling
from huajie_desktop.papers.paper_kinds import HEAD, ISSUER, PaperKind
from huajie_desktop.records.asking import read_asked
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.township.unit_names import township_fields
from huajie_desktop.typesetting.content import word_day
from huajie_desktop.typesetting.official import head_offices, issuers
from huajie_desktop.values.capitals import day_in_capitals

SIGN_BY = Field("签回期限", Kind.DAY, "签回期限", help="如 下周五、+10，过期列为逾期")
_FEW = 3  # tasks named in a sentence
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def usual(session: SeatSession, kind: PaperKind) -> dict[str, str]:
    """What stands in the form of a kind at first, by label."""
    return _of_township(session, kind.usual) | usual_handling(session, kind)


def answers(session: SeatSession, kind: PaperKind, said: Mapping[str, str]) -> dict[str, str]:
    """What the clerk said by label, and where she said nothing the usual, as it follows from what she said."""
    words = _of_township(session, kind.usual)
    asked = {one.label for one in (*kind.asked, *kind.handled)}  # a head that is said beside them is another paper's
    answered = {label: text for label, text in said.items() if label in asked and text.strip() and text != words.get(label)}
    return {**proposed(words, answered), **answered}


def as_said(session: SeatSession, kind: PaperKind, said: Mapping[str, str]) -> dict[str, str]:
    """What the clerk said of a paper that is kept: where an earlier edition took the usual and did not note it, that too."""
    return {**_of_township(session, kind.once), **{label: text for label, text in said.items() if text.strip()}}


def _of_township(session: SeatSession, texts: Mapping[str, str]) -> dict[str, str]:
    own = {"镇": session.township.name, **township_fields(session.township.name)}
    return {label: text.format_map(own) for label, text in texts.items()}


def proposed(words: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """The usual `words` as they follow from what was said: below a red head signs the office of the head (7.2.4, 7.3.5)."""
    if ISSUER in words and (head := said.get(HEAD, "").strip()):
        return {**words, ISSUER: "　".join(head_offices(head))}
    return dict(words)


def word_said(seat: Seat, kind: PaperKind, said: Mapping[str, str]) -> dict[str, str]:
    """What the clerk filled in as it stands on paper, days worded; the usual where nothing was said, today for its own day.

    Raises FieldErrors.
    """
    with seat.reading() as session:
        texts = usual_handling(session, kind) | answers(session, kind, said)
    values = read_asked(seat, {asked.label: asked for asked in (*kind.asked, *kind.handled)}, texts)
    handling_of(kind, texts)
    if kind.day and values[kind.day] is None:
        values[kind.day] = seat.today()
    return {label: _worded(value) for label, value in values.items()}


def read_sign_by(seat: Seat, typed: str) -> date | None:
    """By when it has to be back, as typed. Raises FieldErrors."""
    found: date | None = read_asked(seat, {SIGN_BY.label: SIGN_BY}, {SIGN_BY.label: typed})[SIGN_BY.label]
    return found


def to_keep(kind: PaperKind, said: Mapping[str, str], worded: Mapping[str, str]) -> dict[str, str]:
    """What the register keeps of what was said: days as they were meant when it was made, whatever words they were typed in."""
    days = {asked.label for asked in kind.asked if asked.kind is Kind.DAY}
    return {**said, **{label: worded[label] for label in days if worded.get(label)}}


def day_borne(kind: PaperKind, said: Mapping[str, str], otherwise: date) -> date:
    """The day a paper bears by what was said of it, worded; `otherwise` where its kind asks for none."""
    return _day_of(said.get(kind.day, "")) or otherwise


def dated_fields(kind: PaperKind, day: date) -> dict[str, str]:
    """The day a paper bears, as official documents write it and in capitals (二〇二一年二月二十五日)."""
    words, capitals = word_day(day), day_in_capitals(day)
    made = {"制作日期": words, "制作日期大写": capitals}
    return {**made, kind.day: words, f"{kind.day}大写": capitals} if kind.day else made


def warnings(kind: PaperKind, said: Mapping[str, str], today: date, sign_by: date | None = None) -> dict[str, str]:
    """What ought to be looked at before a paper is made, a sentence by label; `said` is worded. It is no refusal."""
    day, named = day_borne(kind, said, today), kind.day or "今天"
    days = {label: _day_of(said.get(label, "")) for label in kind.deadlines} | ({SIGN_BY.label: sign_by} if kind.signed else {})
    found = {
        label: f"{label}{word_day(last)}早于{named}{'' if named == '今天' else word_day(day)}，请核对。"
        for label, last in days.items()
        if last and last < day
    }
    head, issuer = said.get(HEAD, ""), said.get(ISSUER, "")
    if head and issuer and head_offices(head) != issuers(issuer):
        found[ISSUER] = f"署名“{issuer}”与红头“{head}”不是同一机关，请核对。"
    return found


def too_late(session: SeatSession, kind: PaperKind, ids: Collection[int], today: date) -> dict[str, str]:
    """What is to be looked at where a task is due before today and such a paper ought to be asked for in time; by label."""
    if not kind.in_time:
        return {}
    due = select(Task.title, Task.due).where(Task.id.in_(ids), Task.due < today).order_by(Task.due, Task.id)
    passed = [f"“{title}”原定{word_day(day)}" for title, day in session.execute(due) if day]
    named = "，".join(passed[:_FEW]) + (f"等 {len(passed)} 项" if len(passed) > _FEW else "")
    return {kind.in_time: f"{named}，时限已过，延期应当在时限届满之前提出，请核对。"} if passed else {}


def _day_of(worded: str) -> date | None:
    found = _DAY.fullmatch(worded)
    return date(*map(int, found.groups())) if found else None


def _worded(value: Any) -> str:
    return word_day(value) if isinstance(value, date) else "" if value is None else str(value)
