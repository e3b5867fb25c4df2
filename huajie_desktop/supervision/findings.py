"""督查问题台账: what inspections found wrong, until it is put right: 问题 → 交办 → 反馈 → 复核 → 销号."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from db.acts import Act
from db.images import Row, among
from db.supervision import FINDING_STATES, Finding, Inspection
from huajie_desktop.declared.about import settle_about
from huajie_desktop.declared.facets import Awaited, Count, Figures, Form, Listing, OnPaper, Ratio, Rules, Sheets, Values
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import FORM, NUMBERS, REASON, Effect, Move, Rows, State, Workflow
from huajie_desktop.declared.presets import TODAY
from huajie_desktop.seat import Running, SeatSession, visible
from huajie_desktop.supervision.answers import answer_day, closing_day, needs_answer
from huajie_desktop.work.numbering import in_series
from huajie_desktop.work.task_ledger import TASKS

_SAID = ("unit", "title", "found_on", "demand", "term")
_SPOKEN, _TERMED, _ANSWERED, _CLOSED = "spoken", "termed", "answered_day", "closed_day"
_USUAL_DEMAND = "请举一反三，按期整改到位，并书面反馈整改情况。"


def check(values: Values) -> Mapping[str, str]:
    """The term lies behind the day it was found."""
    found, term = values.get("found_on"), values.get("term")
    return {"term": f"整改期限不能早于发现日期（{found.isoformat()}）"} if found and term and term < found else {}


_about = settle_about(TASKS, "task_id", needed=False)


def _settle(session: SeatSession, finding: Finding) -> Mapping[str, str]:
    """The inspection it comes from, where its unit was inspected once on the day it was found; and the task of that name."""
    if finding.inspection_id is None:
        made = (Inspection.unit_id == finding.unit_id, Inspection.visited_on == finding.found_on)
        found = session.scalars(select(Inspection.id).where(*made, *visible(session.seat, Inspection))).all()
        finding.inspection_id = found[0] if len(found) == 1 else None
    return _about(session, finding)


def _on_paper(session: SeatSession, finding: Finding) -> Mapping[str, Any]:
    """What a finding says in its 整改通知书, where and by whom it was found as the inspection has it."""
    inspection = session.get(Inspection, finding.inspection_id) if finding.inspection_id else None
    return {
        "检查时间": inspection.visited_on if inspection else finding.found_on,
        "检查地点": inspection.place if inspection else "", "检查人员": inspection.inspectors if inspection else "",
        "存在问题": finding.title, "整改要求": finding.demand or _USUAL_DEMAND, "整改期限": finding.term,
        "成文日期": finding.handed_on,
    }  # fmt: skip


def _without_term(session: SeatSession, _ledger: object, _life: object, made: Move, rows: Rows) -> Mapping[int, str]:
    ids = session.scalars(select(Finding.id).where(among(Finding.id, [row["id"] for row in rows]), Finding.term.is_(None)))
    return dict.fromkeys(ids, f"还没有写整改期限，没有{made.called}。请先填写整改期限。")


def _hand(running: Running, records: Mapping[int, str], reason: str) -> Mapping[int, Row]:
    today = running.session.seat.today()
    numbers = in_series(Finding, "问")(running, records, reason) or {}
    return {one: {"handed_on": today, **numbers.get(one, {})} for one in records}


RECTIFICATION = Workflow(
    column="state",
    states={
        "draft": State(FINDING_STATES["draft"], "grey"),
        "handed": State(FINDING_STATES["handed"], "yellow", locks=_SAID),
        "answered": State(FINDING_STATES["answered"], "blue", locks=_SAID),
        "closed": State(FINDING_STATES["closed"], "green", locks=FORM),
    },
    moves=(
        Move(Act.HAND, "交办整改", ("draft",), "handed", short="交办", tip="编号交办，要求整改",
             needs=(_TERMED,), effects=(NUMBERS,)),
        Move(Act.ANSWER, "登记反馈", ("handed",), "answered", short="反馈", tip="责任单位反馈了整改情况",
             needs=(_SPOKEN,), effects=(_ANSWERED,)),
        Move(Act.REJECT, "退回整改", ("answered",), "handed", short="退回", tip="写明原因，继续整改", asks="写明还差什么。",
             writes={"return_reason": REASON}),
        Move(Act.ACCEPT, "复核销号", ("answered",), "closed", short="销号", tip="复核合格，销号", effects=(_CLOSED,)),
    ),
    waiting="answered",
    counted="closed",
    counted_too=("handed", "answered"),
    needs={_SPOKEN: needs_answer(Finding, "整改情况说明"), _TERMED: _without_term},
    effects={
        NUMBERS: Effect(_hand, writes=("number", "handed_on")), _ANSWERED: Effect(answer_day(Finding)),
        _CLOSED: Effect(closing_day, writes=("closed_on",)),
    },
)  # fmt: skip
FINDINGS = Ledger(
    key="findings", title="督查问题台账", model=Finding, name="title", place="unit",
    shown=Listing(columns=("number", "found_on", "unit", "title", "demand", "term", "answer", "state"), filters=("unit",),
        awaited=Awaited("term", lambda finding: finding.state != "closed")),
    form=Form(groups=(("", ("unit", "title", "found_on", "demand", "term")), ("反馈", ("answer", "answered_on"))),
        filled=(("found_on", TODAY),), files=True),
    sheets=Sheets(identity=("unit", "title", "found_on"), title_words=("督查问题", "督查发现问题", "问题整改台账"), titled=True),
    rules=Rules(check=check, settle=_settle),
    figures=Figures(day="found_on", breakdowns=("unit",), indicators=(
        Count("问题数", unit="个"), Count("整改数", lambda record: record.state == "closed", unit="个"),
        Ratio("整改率", "整改数", "问题数"),
    ), sentence="督查发现问题{问题数}，已整改销号{整改数}，整改率{整改率}。"),
    life=RECTIFICATION,
    about="task_id",
    paper=OnPaper("rectification", _on_paper, lambda *_: {}, term="term", answer=("answer", "answered_on")),
)  # fmt: skip
