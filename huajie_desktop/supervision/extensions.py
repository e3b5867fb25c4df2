"""延期申请台账: more time asked for before the due date; the decision alone changes the date."""

from collections.abc import Mapping

from sqlalchemy import select

from db.acts import Act
from db.extensions import DECISIONS, Extension
from db.images import Row, among
from db.models import Task
from huajie_desktop.declared.about import settle_about
from huajie_desktop.declared.facets import Count, Figures, Form, Listing, Rules, Sheets, Values
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import FORM, FOUR_EYES, NUMBERS, REASON, Effect, Move, Rows, State, Workflow
from huajie_desktop.declared.presets import TODAY
from huajie_desktop.seat import Running, SeatSession
from huajie_desktop.work.forerunners import going_on
from huajie_desktop.work.numbering import in_series
from huajie_desktop.work.task_ledger import TASKS

_GRANTED = "granted"
_OF_ITS_YEAR = "of_its_year"  # need: its task was not carried into a new year


def check(values: Values) -> Mapping[str, str]:
    """Asked for before the due date, to a later one."""
    asked, before, wanted = values.get("asked_on"), values.get("before"), values.get("wanted")
    faults = {}
    if before and wanted and wanted <= before:
        faults["wanted"] = f"申请延期至要晚于原定时限（{before.isoformat()}）"
    if asked and before and asked > before:
        faults["asked_on"] = f"原定时限（{before.isoformat()}）已过，延期要在到期之前申请"
    return faults


_about = settle_about(TASKS, "task_id", needed=True)


def settle(session: SeatSession, record: Extension) -> Mapping[str, str]:
    """The task it is about, and the day that task has now."""
    faults = dict(_about(session, record))
    if not faults and record.before is None:
        record.before = session.get_one(Task, record.task_id).due
        faults.update(check({"asked_on": record.asked_on, "before": record.before, "wanted": record.wanted}))
    return faults


def _carried_on(session: SeatSession, _ledger: object, _life: object, _made: Move, rows: Rows) -> Mapping[int, str]:
    """A task that is an entry of a new year has its day there."""
    asked = select(Extension.id, Extension.task_id).where(among(Extension.id, [row["id"] for row in rows]))
    tasks: dict[int, int] = {record_id: task_id for record_id, task_id in session.execute(asked)}
    carried = going_on(session, set(tasks.values()))
    why = "申请的是上一年的任务，它已经转入新年度，时限按新年度的定，没有同意。请选不同意，要延期的在新年度的任务上重新申请。"
    return dict.fromkeys((record_id for record_id, task_id in tasks.items() if task_id in carried), why)


def _grant(running: Running, records: Mapping[int, str], reason: str) -> Mapping[int, Row]:
    """The tasks get the day that was asked for; the extension keeps the one they had."""
    session, today = running.session, running.session.seat.today()
    found = session.execute(
        select(Extension.id, Extension.task_id, Extension.wanted, Task.due)
        .join(Task, Task.id == Extension.task_id)
        .where(among(Extension.id, list(records)))
        .order_by(Extension.wanted)
    ).all()
    dues = {
        task_id: {"due": wanted, "due_precision": "day", "due_text": None, "ongoing": False} for _, task_id, wanted, _ in found
    }
    running.update(Task, dues)
    numbers = in_series(Extension, "延")(running, records, reason) or {}
    return {
        record_id: {"decided_on": today, "before": due, **numbers.get(record_id, {})} for record_id, _task, _wanted, due in found
    }


def _refuse(running: Running, records: Mapping[int, str], _reason: str) -> Mapping[int, Row]:
    today = running.session.seat.today()
    return {record_id: {"decided_on": today} for record_id in records}


_WHY = "写明审批意见，申请单位会看到。"
DECIDING = Workflow(
    column="state",
    states={
        "draft": State(DECISIONS["draft"], "grey"),
        "asked": State(DECISIONS["asked"], "blue", locks=FORM),
        _GRANTED: State(DECISIONS[_GRANTED], "green", locks=FORM),
        "refused": State(DECISIONS["refused"], "yellow", locks=FORM),
    },
    moves=(
        Move(Act.REQUEST, "提出申请", ("draft",), "asked", short="提出", tip="把延期申请交去审批"),
        Move(
            Act.GRANT, "同意延期", ("asked",), _GRANTED, short="同意", tip="任务的完成时限改为申请的日期，记入历史",
            needs=(FOUR_EYES, _OF_ITS_YEAR), writes={"return_reason": None}, effects=(NUMBERS,),
        ),
        Move(
            Act.REFUSE, "不同意延期", ("asked",), "refused", short="不同意", tip="写明意见，时限不变", asks=_WHY,
            writes={"return_reason": REASON}, effects=("refused",),
        ),
        Move(Act.WITHDRAW, "撤回", ("asked",), "draft", tip="把待审批的{noun}撤回为草稿"),
    ),
    waiting="asked",
    received="asked",
    counted=_GRANTED,
    needs={_OF_ITS_YEAR: _carried_on},
    counted_too=("asked", "refused"),
    effects={NUMBERS: Effect(_grant, writes=("decided_on", "number")), "refused": Effect(_refuse)},
)  # fmt: skip
EXTENSIONS = Ledger(
    key="extensions", title="延期申请台账", model=Extension, name="title", place="unit",
    shown=Listing(columns=("number", "asked_on", "unit", "title", "before", "wanted", "reason", "state"), filters=("unit",)),
    form=Form(
        groups=(("", ("unit", "title", "asked_on", "before", "wanted", "reason", "standing")),), filled=(("asked_on", TODAY),),
        files=True,
    ),
    sheets=Sheets(identity=("unit", "title", "asked_on"), title_words=("延期申请",), titled=True),
    rules=Rules(check=check, settle=settle),
    figures=Figures(day="asked_on", breakdowns=("unit",), indicators=(
        Count("申请数", unit="项"), Count("同意数", lambda record: record.state == _GRANTED, unit="项"),
    ), sentence="共申请延期{申请数}，同意{同意数}。"),
    life=DECIDING,
    about="task_id",
    asked="申请延期",
)  # fmt: skip
