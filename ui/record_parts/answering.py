"""Registering an answer: what the unit wrote, when, and what the office says of it, as one step."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from db.fields import Field, Kind
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.supervision import answers
from huajie_desktop.supervision.answers import VERDICTS
from ui.desk.desk import Desk
from ui.forms.asking_dialog import AskingDialog, ask_step

_FIRST = next(iter(VERDICTS))
_VERDICT = Field("复核意见", Kind.CHOICE, "verdict", required=True, choices={word: word for word in VERDICTS})
_REASON = Field("退回原因", Kind.TEXT, "reason", max_length=200, help="退回的要写明哪里不符合要求")


def answering_dialog(parent: QWidget, desk: Desk, ledger: Ledger, record_id: int) -> AskingDialog:
    """The dialog for one record; what was answered before stands in it."""
    assert ledger.paper is not None
    with desk.reading() as session:
        record: Any = session.get_one(ledger.model, record_id)
        words, day = (ledger.value(record, key) for key in ledger.paper.answer)
        head = f"{record.number or ''} {record.unit.name}：{record.title}".strip()
    said, day_key = (ledger.fields[key] for key in ledger.paper.answer)
    first = {said.key: words or "", day_key.key: (day or desk.today).isoformat(), _VERDICT.key: _FIRST}
    fields = (replace(said, required=True), day_key, _VERDICT, _REASON)
    return AskingDialog(
        parent, desk, f"登记{ledger.noun}反馈", fields, "登记", partial(_answer, desk, ledger, record_id), words=head, first=first
    )


def register_answer(parent: QWidget, desk: Desk, ledger: Ledger, record_id: int) -> bool:
    """Asks for the answer and registers it; whether it was."""
    done = ask_step(answering_dialog(parent, desk, ledger, record_id))
    if done is not None:
        desk.done(f"已{done.label}。")
    return done is not None


def _answer(desk: Desk, ledger: Ledger, record_id: int, texts: Mapping[str, str]) -> Any:
    assert ledger.paper is not None
    said, day = (texts[key] for key in ledger.paper.answer)
    verdict = texts[_VERDICT.key] or _FIRST
    return desk.do(answers.answer, ledger, record_id, said, day, verdict, texts[_REASON.key])
