"""The second life of a task, declared: handed to its unit, received, worked on, signed off; and its side exits.

立项 → 交办 → 签收 → 推进 → 申请销号 → 核验 → 销号归档, as supervision offices run it; each way from one to the other stands here
once, with what it needs, and what is not here cannot be done.
"""

from dataclasses import replace

from db.acts import Act
from db.choices import HANDLING as WORDS
from huajie_desktop.declared.life import FORM, REASON, Move, State, Workflow

CONFIRMED, EVIDENCED, ANOTHER, NO_OPEN_NOTICE = "confirmed", "evidenced", "another", "no_open_notice"
DAYS, SIGNED_OFF, CLEARED, NOTED = "days", "signed_off", "cleared", "noted:"  # effects; the last with the state that is reached
_EXPLAINED = {"handling_reason": REASON}
_SILENT = {"handling_reason": None}
_HANDED = ("handed",)

_MOVES = (
    Move(
        Act.HAND, "交办", ("planned",), "handed", tip="把选中的{noun}交给责任单位，记下交办日期和签收期限",
        needs=(CONFIRMED,), writes=_SILENT, effects=(DAYS,), otherwise="已经交办过了",
    ),
    Move(Act.RECALL, "收回交办", _HANDED, "planned", short="收回", tip="还没有签收的收回来", effects=(CLEARED,)),
    Move(Act.RECEIVE, "签收", _HANDED, "underway", tip="责任单位签收了，从今天起推进", effects=(DAYS,)),
    Move(
        Act.APPLY, "申请销号", ("underway",), "applied", tip="节点都完成、佐证齐全的，申请销号",
        needs=(CONFIRMED, EVIDENCED, NO_OPEN_NOTICE), writes=_SILENT, effects=(DAYS,),
    ),
    Move(
        Act.VERIFY, "核验销号", ("applied",), "signed_off", short="销号", tip="核对佐证，由申请人以外的人核验，编销号编号",
        needs=(CONFIRMED, EVIDENCED, NO_OPEN_NOTICE, ANOTHER), writes=_SILENT, effects=(SIGNED_OFF,),
    ),
    Move(
        Act.REJECT, "退回办理", ("applied",), "underway", tip="写明原因，退回继续办理", asks="写明还差什么，责任单位会看到。",
        writes=_EXPLAINED,
    ),
    Move(
        Act.REOPEN, "重新办理", ("signed_off",), "underway", tip="写明原因，把已销号的重新列入",
        asks="写明为什么重新办理，会记入历史。", writes=_EXPLAINED, effects=(CLEARED,),
    ),
    Move(
        Act.SUSPEND, "中止", ("underway",), "suspended", tip="写明原因，暂时不办的中止",
        asks="写明为什么中止，会记入历史。", writes=_EXPLAINED,
    ),
    Move(Act.RESUME, "恢复办理", ("suspended",), "underway", short="恢复", tip="中止的继续办理", writes=_SILENT),
)  # fmt: skip
HANDLING = Workflow(
    column="handling",
    states={
        "planned": State(WORDS["planned"], "grey"),
        "handed": State(WORDS["handed"], "blue"),
        "underway": State(WORDS["underway"], "green"),
        "applied": State(WORDS["applied"], "yellow"),
        "signed_off": State(WORDS["signed_off"], "green", locks=FORM),
        "suspended": State(WORDS["suspended"], "grey"),
    },
    moves=tuple(replace(move, effects=(*move.effects, NOTED + move.end)) for move in _MOVES),  # each leaves its step
    waiting="applied",
    counted="signed_off",
)  # fmt: skip
