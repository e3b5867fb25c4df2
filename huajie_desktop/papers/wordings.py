"""The words the office gives its papers: the shipped ones until it changes them; every version that was used is kept."""

from typing import NamedTuple

from sqlalchemy import Select, func, select

from db.clock import local_time, utc_now
from db.journal import Changes
from db.log import Act
from db.models import WordingVersion
from huajie_desktop.papers.paper_kinds import WORDINGS, kind_of_wording
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.typesetting.fonts import check_characters
from huajie_desktop.typesetting.wording import BadWording, Wording, shipped_wording


class VersionLine(NamedTuple):
    """One version of a template as it is listed; version 0 is the shipped one where nothing was ever changed or printed."""

    version: int
    text: str
    when: str
    by: str


def current(session: SeatSession, name: str) -> Wording:
    """The template in use under that name."""
    text = session.scalar(_of(name).with_only_columns(WordingVersion.text).limit(1))
    return shipped_wording(name) if text is None else Wording(name, text)


def versions(session: SeatSession, name: str) -> list[VersionLine]:
    """Every kept version of a template, the newest first."""
    return [
        VersionLine(kept.edition, kept.text, f"{local_time(kept.made_at):%Y-%m-%d %H:%M}", kept.made_by)
        for kept in session.scalars(_of(name))
    ]


def check(name: str, text: str) -> None:
    """Raises BadWording or MissingGlyphs, in words, for what could not be printed in a template."""
    kind = kind_of_wording(name)
    tables = [*filter(None, (kind.table,)), *kind.shown]
    try:
        Wording(WORDINGS[name], text).fill(dict.fromkeys(kind.fields, "字"), tables, needed=kind.table if kind.needed else "")
    except BadWording as problem:
        raise BadWording(str(problem).replace("没有生成文件", "没有保存")) from problem
    check_characters([(f"模板“{WORDINGS[name]}”", text)])


def save(seat: Seat, name: str, text: str) -> Changes:
    """Keeps a new version of a template, after it was checked; the same text again is no new version."""
    check(name, text)
    with seat.operation(Act.ARRANGE, f"修改措辞“{WORDINGS[name]}”") as running:
        if current(running.session, name).text != text:
            running.session.add(_next(running.session, name, text, seat.author.name))
    return running.changes


def reset(seat: Seat, name: str) -> Changes:
    """Takes up the shipped words again, as a new version; the office's own stay among the versions."""
    return save(seat, name, shipped_wording(name).text)


def keep_used(session: SeatSession, name: str, text: str, actor: str) -> WordingVersion:
    """The kept version with that text, kept now if it was not yet, as the shipped one when first printed; in an operation."""
    kept = session.scalar(_of(name).where(WordingVersion.text == text).limit(1))
    if kept is None:
        kept = _next(session, name, text, actor)
        session.add(kept)
        session.flush()
    return kept


def _of(name: str) -> Select[WordingVersion]:
    return select(WordingVersion).where(WordingVersion.name == name).order_by(WordingVersion.edition.desc())


def _next(session: SeatSession, name: str, text: str, actor: str) -> WordingVersion:
    edition = session.scalar(select(func.max(WordingVersion.edition)).where(WordingVersion.name == name)) or 0
    return WordingVersion(name=name, edition=edition + 1, text=text, made_at=utc_now(), made_by=actor)
