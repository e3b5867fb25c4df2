"""督查问题台账: what inspections found wrong, until it is put right: 问题 → 交办 → 反馈 → 复核 → 销号."""

from collections.abc import Mapping

from sqlalchemy import select

from db.acts import Act
from db.images import Row, among
from db.supervision import FINDING_STATES, Finding
from huajie_desktop.declared.facets import Count, Figures, Form, Listing, Ratio, Rules, Sheets, Values
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import FORM, NUMBERS, REASON, Effect, Move, Rows, State, Workflow
from huajie_desktop.declared.presets import TODAY
from huajie_desktop.seat import Running, SeatSession
from huajie_desktop.work.numbering import in_series

_SAID = ("unit", "title", "found_on", "demand", "term")
_SPOKEN, _ANSWERED, _CLOSED = "spoken", "answered_day", "closed_day"


def check(values: Values) -> Mapping[str, str]:
    """The term lies behind the day it was found."""
    found, term = values.get("found_on"), values.get("term")
    return {"term": f"整改期限不能早于发现日期（{found.isoformat()}）"} if found and term and term < found else {}


def _without_answer(session: SeatSession, _ledger: object, _life: object, made: Move, rows: Rows) -> Mapping[int, str]:
    ids = [row["id"] for row in rows]
    silent = session.scalars(select(Finding.id).where(among(Finding.id, ids), Finding.answer.is_(None) | (Finding.answer == "")))
    return dict.fromkeys(silent, f"还没有写整改情况，没有{made.called}。请先填写整改情况说明。")


def _hand(running: Running, records: Mapping[int, str], reason: str) -> Mapping[int, Row]:
    today = running.session.seat.today()
    numbers = in_series(Finding, "问")(running, records, reason) or {}
    return {one: {"handed_on": today, **numbers.get(one, {})} for one in records}


def _answer(running: Running, records: Mapping[int, str], _reason: str) -> Mapping[int, Row]:
    today = running.session.seat.today()
    return {one: {"answered_on": today} for one in records}


def _close(running: Running, records: Mapping[int, str], _reason: str) -> Mapping[int, Row]:
    today = running.session.seat.today()
    return {one: {"closed_on": today} for one in records}


RECTIFICATION = Workflow(
    column="state",
    states={
        "draft": State(FINDING_STATES["draft"], "grey"),
        "handed": State(FINDING_STATES["handed"], "yellow", locks=_SAID),
        "answered": State(FINDING_STATES["answered"], "blue", locks=_SAID),
        "closed": State(FINDING_STATES["closed"], "green", locks=FORM),
    },
    moves=(
        Move(Act.HAND, "交办整改", ("draft",), "handed", short="交办", tip="编号交办，要求整改", effects=(NUMBERS,)),
        Move(Act.ANSWER, "登记反馈", ("handed",), "answered", short="反馈", tip="责任单位反馈了整改情况",
             needs=(_SPOKEN,), effects=(_ANSWERED,)),
        Move(Act.REJECT, "退回整改", ("answered",), "handed", short="退回", tip="写明原因，继续整改", asks="写明还差什么。",
             writes={"return_reason": REASON}),
        Move(Act.ACCEPT, "复核销号", ("answered",), "closed", short="销号", tip="复核合格，销号", effects=(_CLOSED,)),
    ),
    waiting="answered",
    counted="closed",
    needs={_SPOKEN: _without_answer},
    effects={
        NUMBERS: Effect(_hand, writes=("number", "handed_on")), _ANSWERED: Effect(_answer, writes=("answered_on",)),
        _CLOSED: Effect(_close, writes=("closed_on",)),
    },
)  # fmt: skip
FINDINGS = Ledger(
    key="findings", title="督查问题台账", model=Finding, name="title", place="unit",
    shown=Listing(columns=("number", "found_on", "unit", "title", "demand", "term", "answer", "state"), filters=("unit",)),
    form=Form(groups=(("", ("unit", "title", "found_on", "demand", "term", "answer")),),
        filled=(("found_on", TODAY),), files=True),
    sheets=Sheets(identity=("unit", "title", "found_on"), title_words=("督查问题", "督查发现问题", "问题整改台账"), titled=True),
    rules=Rules(check=check),
    figures=Figures(day="found_on", breakdowns=("unit",), indicators=(
        Count("问题数", unit="个"), Count("整改数", lambda record: record.state == "closed", unit="个"),
        Ratio("整改率", "整改数", "问题数"),
    ), sentence="督查发现问题{问题数}，已整改销号{整改数}，整改率{整改率}。"),
    life=RECTIFICATION,
)  # fmt: skip
