"""What the office and each person settled: rules that belong to the data, and habits that belong to a name."""

import json
import secrets
from typing import Any

from sqlalchemy import select

from db.journal import Changes
from db.log import Act
from db.models import Habit, Setting, Unit
from db.opening import writing
from huajie_desktop.errors import storage_problems
from huajie_desktop.seat import Seat, SeatSession

FOUR_EYES = "four_eyes"  # "1": who entered a record may not approve it
TWICE = "twice"  # "1": money and counts are keyed in twice
APPROVED_ONLY = "approved_only"  # "0": figures count records that are not approved, too
ESCALATE_ANSWERED = "escalate_answered"  # "1": an answer in time that nobody decided about does not stop the next level either
PUNCTUATION = "punctuation"  # "0": papers print punctuation as it was typed
FACES = "faces"  # JSON: the office's own face for each style of type
SHORT_NAME = "short_name"  # the township in one character, in numbers
LETTERS = "letters"  # the township in capitals, in the codes of papers
SIGNING = "signing"  # the township's own, kept as a habit is: in no history and in no export; what its templates are signed with
STANDS_ON = "stands_on"  # the day made-up data is always looked at on, as its year is over
CAMPAIGN = "campaign"  # a habit: id of the campaign a person looked at last

_LABELS = {
    FOUR_EYES: "录入与审核分开",
    TWICE: "金额和数量录两遍",
    APPROVED_ONLY: "只统计已确认",
    CAMPAIGN: "当前年度",
    STANDS_ON: "演示数据的日期",
    ESCALATE_ANSWERED: "期限内已反馈、还没复核的督查单也升级",
    PUNCTUATION: "规范文书标点",
    FACES: "文书字体",
    SHORT_NAME: "乡镇简称",
    LETTERS: "乡镇字母",
}


def rule(session: SeatSession, name: str, otherwise: str = "") -> str:
    """A rule of the office."""
    found = session.scalar(select(Setting.value).where(Setting.name == name))
    return otherwise if found is None else found


def label_of(name: str) -> str:
    """What a rule is called."""
    return _LABELS.get(name, "其他设置")


def approved_only(session: SeatSession) -> bool:
    """Whether figures count approved records alone, as the office usually wants."""
    return rule(session, APPROVED_ONLY, "1") == "1"


def keep_rule(seat: Seat, name: str, value: str, label: str = "") -> Changes:
    """Changes a rule of the office; logged (as `label`) and undone like any change."""
    with seat.operation(Act.ARRANGE, label or f"设置“{_LABELS[name]}”") as running:
        kept = running.session.scalar(select(Setting).where(Setting.name == name)) or Setting(name=name)
        kept.value = value
        running.session.add(kept)
    return running.changes


def habit(session: SeatSession, name: str, kind: type = object) -> Any:
    """How whoever sits here likes something, as kept last; None at first, for a command, and for what is no such `kind`."""
    person_uid = session.seat.author.uid
    found = session.get(Habit, (person_uid, name)) if person_uid is not None else None
    try:
        value = None if found is None else json.loads(found.value)
    except ValueError:
        return None  # nobody misses a habit as much as the page that cannot be shown for it
    return value if isinstance(value, kind) else None


def keep_habit(seat: Seat, name: str, value: Any) -> None:
    """Keeps how whoever sits here likes something (plain values, kept as JSON); no history."""
    if seat.author.uid is None:
        return
    with storage_problems(str(seat.folder)), writing(seat.sessions) as session:
        session.merge(Habit(person_uid=seat.author.uid, name=name, value=json.dumps(value, ensure_ascii=False)))


def signing(session: SeatSession) -> tuple[str, bool]:
    """The secret templates are signed with (hex, "" before there is one), and whether some were sent before there was."""
    found = session.get(Habit, (session.township.uid, SIGNING))
    secret, sent_before = json.loads(found.value) if found else ("", True)
    return secret, sent_before


def new_secret(township: Unit, *, sent_before: bool = False) -> Habit:
    """A secret of 32 bytes, to be kept; `sent_before`: templates may have gone out without one."""
    return Habit(person_uid=township.uid, name=SIGNING, value=json.dumps([secrets.token_hex(32), sent_before]))


def secret_of(seat: Seat) -> str:
    """The secret templates are signed with; data older than secrets gets one now. Raises Problem."""
    with seat.reading() as session:
        secret, _ = signing(session)
    if not secret:
        with storage_problems(str(seat.folder)), writing(seat.sessions) as session:
            secret, _ = signing(session)
            if not secret:
                session.add(new_secret(session.township, sent_before=True))
                session.flush()
                secret, _ = signing(session)
    return secret
