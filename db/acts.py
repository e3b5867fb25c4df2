"""What can be done to records, for whoever speaks of it without needing the tables it is logged in."""

from enum import StrEnum


class Act(StrEnum):
    """What an operation does, whatever it does it to: what a right can be asked of."""

    SET_UP = "set_up"
    ENTER = "enter"
    CHANGE = "change"
    DELETE = "delete"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    RETURN = "return"
    UNLOCK = "unlock"
    ASK = "ask"
    CHECK = "check"  # what was doubted is as it was meant
    IMPORT = "import"
    HAND = "hand"  # a confirmed task handed to its unit
    RECALL = "recall"
    RECEIVE = "receive"
    APPLY = "apply"  # for sign-off
    VERIFY = "verify"
    REJECT = "reject"
    REOPEN = "reopen"
    SUSPEND = "suspend"
    RESUME = "resume"
    REQUEST = "request"  # more time, an answer: what somebody else decides about
    GRANT = "grant"
    REFUSE = "refuse"
    ANSWER = "answer"
    ACCEPT = "accept"
    ESCALATE = "escalate"
    ISSUE = "issue"  # papers made, handed out, signed
    ARRANGE = "arrange"  # the organisation, the year, the rules
    RESTORE = "restore"  # from an earlier version or the recycle bin
    UNDO = "undo"
    EXPORT = "export"  # personal data given out in full: changes nothing, but leaves a trace


_TAKE_BACK = "撤销"
_REVERSE = {_TAKE_BACK: "恢复", "恢复": _TAKE_BACK}  # what taking back is called, by the first word of what is taken back


def reverse_of(label: str) -> str:
    """What taking an operation back is called: 撤销 导入…; of such a one 恢复 导入…, and so on and back."""
    word, _, rest = label.partition(" ")
    return f"{_REVERSE[word]} {rest}" if word in _REVERSE and rest else f"{_TAKE_BACK} {label}"
