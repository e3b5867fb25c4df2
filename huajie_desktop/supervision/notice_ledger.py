"""督查单台账: reminders, warnings, listed matters; answered within their term and closed, or followed by the next level."""

from collections.abc import Mapping
from typing import Any

from db.acts import Act
from db.supervision import LEVELS, NOTICE_STATES, Notice
from huajie_desktop.declared.about import settle_about
from huajie_desktop.declared.facets import Awaited, Count, Figures, Form, Listing, OnPaper, Ratio, Rules, Sheets, Values
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import NUMBERS, REASON, Effect, Move, State, Workflow
from huajie_desktop.declared.presets import TODAY
from huajie_desktop.seat import SeatSession
from huajie_desktop.supervision.answers import answer_day, closing_day, needs_answer
from huajie_desktop.work.numbering import in_series
from huajie_desktop.work.task_ledger import TASKS

_SAID = ("level", "unit", "title", "issued_on", "term", "grounds", "demand")  # what was sent stays as it was sent
_ANSWERED, _CLOSED = "answered_day", "closed_day"
_ANSWER = ("answer", "answered_on")
_USUAL_DEMAND = "请抓紧办理，按期反馈办理情况。"
_SPOKEN = "spoken"  # need: there is an answer
OPEN = ("issued", "answered", "summoned")  # until the answer is accepted
_COLOURS = {"remind": "blue", "warn": "orange", "listed": "red"}
MARK = "督"  # of their series of numbers


def check(values: Values) -> Mapping[str, str]:
    """Its term lies behind the day it was issued, the answer too."""
    issued, term, answered = values.get("issued_on"), values.get("term"), values.get("answered_on")
    faults = {}
    if issued and term and term < issued:
        faults["term"] = f"办理期限不能早于发出日期（{issued.isoformat()}）"
    if issued and answered and answered < issued:
        faults["answered_on"] = f"反馈日期不能早于发出日期（{issued.isoformat()}）"
    return faults


_PAPERS = {"remind": "督查提醒单", "warn": "督查警告单", "listed": "挂牌督办通知单"}  # what a notice of the level is called


def _on_paper(session: SeatSession, notice: Notice) -> Mapping[str, Any]:
    """What a notice says in its 督查通知单; the one before it is its grounds."""
    before = session.get(Notice, notice.follows_id) if notice.follows_id else None
    return {
        "通知单类型": _PAPERS[notice.level],
        "立项依据": f"《{_PAPERS[before.level]}》（{before.number}）逾期未办结的情况" if before else "督查情况",
        "办理要求": notice.demand or _USUAL_DEMAND, "办理期限": notice.term, "成文日期": notice.issued_on,
    }  # fmt: skip


def _beside_task(_session: SeatSession, notice: Notice) -> Mapping[str, str]:
    return {"任务名称": notice.title} | ({"进展情况": notice.grounds} if notice.grounds else {})


SUPERVISION = Workflow(
    column="state",
    states={
        "draft": State(NOTICE_STATES["draft"], "grey"),
        "issued": State(NOTICE_STATES["issued"], "blue", locks=_SAID),
        "answered": State(NOTICE_STATES["answered"], "yellow", locks=_SAID),
        "accepted": State(NOTICE_STATES["accepted"], "green", locks=(*_SAID, *_ANSWER)),
        "escalated": State(NOTICE_STATES["escalated"], "red", locks=(*_SAID, *_ANSWER)),
        "summoned": State(NOTICE_STATES["summoned"], "red", locks=_SAID),
    },
    moves=(
        Move(Act.HAND, "发出", ("draft",), "issued", tip="编号发出，从现在起计算期限", effects=(NUMBERS,)),
        Move(
            Act.ANSWER, "登记反馈", ("issued", "summoned"), "answered", short="反馈", tip="承办单位有了书面反馈",
            needs=(_SPOKEN,), effects=(_ANSWERED,),
        ),
        Move(Act.ACCEPT, "办结", ("answered",), "accepted", tip="反馈符合要求，办结销号", effects=(_CLOSED,)),
        Move(
            Act.REJECT, "退回重办", ("answered",), "issued", tip="写明原因，退回承办单位重办", asks="写明哪里不符合要求。",
            writes={"return_reason": REASON},
        ),
        Move(Act.SUSPEND, "约谈", ("issued", "answered"), "summoned", tip="约谈承办单位负责人",
             asks="写明约谈的时间、对象和要求。", writes={"return_reason": REASON}),
        Move(Act.ESCALATE, "升级", ("issued", "answered", "summoned"), "escalated", tip="期限已过，升一级重新发出",
             by_itself=True),
    ),
    waiting="answered",
    counted="accepted",
    counted_too=(*OPEN, "escalated"),
    needs={_SPOKEN: needs_answer(Notice, "反馈情况")},
    effects={
        NUMBERS: Effect(in_series(Notice, MARK), writes=("number",)),
        _ANSWERED: Effect(answer_day(Notice)), _CLOSED: Effect(closing_day, writes=("closed_on",)),
    },
)  # fmt: skip
NOTICES = Ledger(
    key="notices", title="督查单台账", model=Notice, name="title", place="unit",
    shown=Listing(
        columns=("number", "level", "unit", "title", "issued_on", "term", "answer", "state"), filters=("unit", "level"),
        awaited=Awaited("term", lambda notice: notice.state.in_(OPEN)), tints={"level": _COLOURS},
    ),
    form=Form(groups=(
        ("", _SAID), ("反馈", _ANSWER),
    ), filled=(("issued_on", TODAY), ("level", LEVELS["remind"])), files=True),
    sheets=Sheets(identity=("unit", "title", "issued_on"), title_words=("督查单", "督查通知", "督办单", "三色单"), titled=True),
    rules=Rules(check=check, settle=settle_about(TASKS, "task_id", needed=False)),
    figures=Figures(day="issued_on", breakdowns=("unit", "level"), indicators=(
        Count("督查单数", unit="份"), Count("提醒数", lambda record: record.level == "remind", unit="份"),
        Count("警告数", lambda record: record.level == "warn", unit="份"),
        Count("挂牌数", lambda record: record.level == "listed", unit="份"),
        Count("办结数", lambda record: record.state == "accepted", unit="份"), Ratio("办结率", "办结数", "督查单数"),
    ), sentence="共发出督查单{督查单数}，其中提醒{提醒数}、警告{警告数}、挂牌督办{挂牌数}，办结率{办结率}。"),
    life=SUPERVISION,
    about="task_id",
    paper=OnPaper("notice", _on_paper, _beside_task, term="term", answer=_ANSWER),
)  # fmt: skip
