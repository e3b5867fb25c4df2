"""What the office and each person settled: rules that belong to the data, and habits that belong to a name."""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.journal import Changes
from db.models import Habit, Setting
from huajie_desktop.application import Application
from huajie_desktop.errors import storage_problems

FOUR_EYES = "four_eyes"  # "1": who entered a record may not approve it
TWICE = "twice"  # "1": money and counts are keyed in twice
APPROVED_ONLY = "approved_only"  # "0": figures count records that are not approved, too
FACES = "faces"  # JSON: the office's own face for each style of type
CAMPAIGN = "campaign"  # id of the campaign worked on, the newest where unset

_LABELS = {
    FOUR_EYES: "录入与审核分开",
    TWICE: "金额和数量录两遍",
    APPROVED_ONLY: "只统计已确认",
    CAMPAIGN: "当前年度",
    FACES: "文书字体",
}


def rule(session: Session, name: str, otherwise: str = "") -> str:
    """A rule of the office."""
    found = session.scalar(select(Setting.value).where(Setting.name == name))
    return otherwise if found is None else found


def label_of(name: str) -> str:
    """What a rule is called."""
    return _LABELS.get(name, "其他设置")


def approved_only(session: Session) -> bool:
    """Whether figures count approved records alone, as the office usually wants."""
    return rule(session, APPROVED_ONLY, "1") == "1"


def keep_rule(app: Application, name: str, value: str, label: str = "") -> Changes:
    """Changes a rule of the office; logged (as `label`) and undone like any change."""
    with app.operation(label or f"设置“{_LABELS[name]}”") as running:
        kept = running.session.scalar(select(Setting).where(Setting.name == name)) or Setting(name=name)
        kept.value = value
        running.session.add(kept)
    return running.changes


def habit(session: Session, actor: str, name: str) -> Any:
    """How that person likes something, as kept last; None at first."""
    found = session.get(Habit, (actor, name))
    return None if found is None else json.loads(found.value)


def keep_habit(app: Application, name: str, value: Any) -> None:
    """Keeps how the person at the desk likes something (plain values, kept as JSON); no history."""
    with storage_problems(str(app.folder)), app.sessions() as session:
        session.merge(Habit(actor=app.actor, name=name, value=json.dumps(value, ensure_ascii=False)))
        session.commit()
